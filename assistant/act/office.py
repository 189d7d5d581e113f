"""Which ward or commune of today a question is about."""

from __future__ import annotations

from assistant.draft import Whereabouts
from knowledge.places import Unit, places


def unit_of(where: Whereabouts) -> Unit | None:
    """The unit that is named for sure; else, where no place is named, the one named before."""
    if where.mention is not None:
        return where.mention.match.unit if where.mention.match else None
    return places().units.get(where.unit)
