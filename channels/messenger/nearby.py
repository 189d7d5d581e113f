"""The offices nearest to a place that a person shared."""

from __future__ import annotations

from typing import Final

from assistant.write.figures import distance
from assistant.write.office import office_lines
from channels.messenger import wording
from knowledge.places import OUTSIDE_KM, Unit, places
from knowledge.procedure import Language

_COUNT: Final = 3


def tell_nearby(latitude: float, longitude: float, language: Language) -> str:
    """The nearest offices with their addresses, and that it goes by where one lives."""
    try:
        found = places().nearest(latitude, longitude, _COUNT)
    except ValueError:
        return wording.NO_PLACE.said_in(language)
    if found[0][1] > OUTSIDE_KM:
        return wording.OUTSIDE_CITY.said_in(language).format(far=distance(found[0][1], language))
    offices = [_office(unit, far, language) for unit, far in found]
    return "\n\n".join([wording.NEAREST.said_in(language), *offices, wording.BY_RESIDENCE.said_in(language)])


def _office(unit: Unit, far: float, language: Language) -> str:
    name = unit.full_name[:1].upper() + unit.full_name[1:]
    return "\n".join([f"{name} – {distance(far, language)}", *office_lines(unit, language)])
