"""One procedure out of several layers: who wins, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.procedure import Agency, Layer, OnlineLevel, Procedure

LAYERS = (Layer.STAFF, Layer.CITY, Layer.NATIONAL, Layer.WRITTEN, Layer.FACTS)
"""Who wins first."""

_OWN_FIELDS = frozenset(
    {"code", "local_unit", "name", "jurisdiction", "layer", "version", "sources", "grade", "internal"}
)
"""Told by the winner alone: they say whose record this is."""

_SILENT = ((), "", None, OnlineLevel.UNKNOWN, Agency())


def compose(layers: Iterable[Procedure]) -> Procedure:
    """The winner's record, with what it leaves unsaid taken from the layers below.

    A written entry stands above the imported record it was read from, until the portal changes that record
    (docs/adr/0003): it says the same facts in plain words, with warnings the record lacks.
    """
    ranked = sorted(layers, key=lambda procedure: LAYERS.index(procedure.layer))
    # A code that another province uses too must not be told by its record here.
    ranked = [procedure for procedure in ranked if procedure.applies_in_da_nang] or ranked
    written = next((p for p in ranked if p.layer is Layer.WRITTEN), None)
    original = next((p for p in ranked if written and _was_read_from(written, p)), None)
    if written and original and _changed(original) <= _changed(written):
        ranked.remove(written)
        ranked.insert(ranked.index(original), written)
    winner, *others = ranked
    for other in others:
        winner = _fill(winner, other)
    return winner


def _was_read_from(written: Procedure, record: Procedure) -> bool:
    """Whether it is the imported record, national or the city's, that the entry names as its source."""
    return record.layer in (Layer.CITY, Layer.NATIONAL) and record.sources[0].url == written.sources[0].url


def _changed(procedure: Procedure) -> date:
    source = procedure.sources[0]
    return source.updated_at or source.as_of


def _fill(winner: Procedure, other: Procedure) -> Procedure:
    missing = {
        name: getattr(other, name)
        for name in Procedure.model_fields
        if name not in _OWN_FIELDS and getattr(winner, name) in _SILENT and getattr(other, name) not in _SILENT
    }
    return winner.model_copy(update=missing) if missing else winner
