"""The offices of today's wards: found by a name, new or old, or around a position that the citizen gives once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from assistant import wording
from assistant.draft import Finding, Whereabouts
from assistant.write.figures import distance
from assistant.write.office import ask_place, tell_place
from channels.web.display import language_of, seen
from channels.web.rendering import page
from channels.web.words import words_in
from knowledge.place_names import PlaceMention, find_place
from knowledge.places import OUTSIDE_KM, Unit, places
from knowledge.procedure import Language

HOME = "/noi-lam-thu-tuc"

router = APIRouter(include_in_schema=False, dependencies=[Depends(seen)])

_NEAREST = 5
_AROUND = 3
_DECIMALS = 3
"""Of a degree: about 100 m, near enough to tell which office is nearest and no nearer to where somebody lives."""


@dataclass(frozen=True, slots=True)
class Found:
    """An office as the page shows it."""

    unit: Unit
    far: str = ""
    """How far away it is, in words."""


@router.get(HOME)
def offices_page(request: Request, q: Annotated[str, Query(max_length=300)] = "") -> Response:
    """The office of a ward or commune by its name of today or before, with those around it."""
    language = language_of(request)
    mention = find_place(q) if q.strip() else None
    if mention is None:
        t = words_in(language)
        said = t.plain("offices.not_found", said=q.strip()[:80], hotline=wording.HOTLINE) if q.strip() else ""
        return _page(request, q=q, said=said)
    if mention.match is None:
        said = ask_place(mention, language).blocks[0].text
        several = [Found(match.unit) for match in mention.matches]
        return _page(request, q=q, said=said, heading="offices.several", offices=several)
    unit = mention.match.unit
    office = unit.office
    beside = places().nearest(office.latitude, office.longitude, _AROUND + 1)[1:]
    return _page(
        request,
        q=q,
        said=_today(mention, unit, language),
        offices=[Found(unit)],
        around=_with_distance(beside, language),
    )


@router.post(HOME)
def around(
    request: Request,
    latitude: Annotated[str, Form(max_length=32)] = "",
    longitude: Annotated[str, Form(max_length=32)] = "",
) -> Response:
    """The offices nearest to a position. It comes as a form, so that it stands in no address and no log."""
    language = language_of(request)
    t = words_in(language)
    point = _point(latitude, longitude)
    if point is None:
        refused = _page(request, said=t.plain("offices.bad_position"))
        refused.status_code = 422
        return refused
    nearest = places().nearest(*point, _NEAREST)
    far = nearest[0][1]
    said = t.plain("offices.too_far", far=distance(far, language)) if far > OUTSIDE_KM else ""
    offices = _with_distance(nearest, language)
    return _page(request, said=said, heading="offices.nearest", offices=offices)


def _page(request: Request, **shown: Any) -> Response:
    return page(request, "offices.html", **{"q": "", "source": places().offices_source, **shown})


def _with_distance(found: Iterable[tuple[Unit, float]], language: Language) -> list[Found]:
    return [Found(unit, distance(kilometres, language)) for unit, kilometres in found]


def _today(mention: PlaceMention, unit: Unit, language: Language) -> str:
    """What a name is today, as the chat says it."""
    finding = Finding(whereabouts=Whereabouts(mention=mention), unit=unit)
    return tell_place(finding, language).blocks[0].text


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """The position, rounded; None where it is none on earth."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None
    if not (math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180):
        return None
    return round(north, _DECIMALS), round(east, _DECIMALS)
