"""One procedure out of several layers: who wins, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from knowledge.procedure import Agency, Channel, Layer, Method, OnlineLevel, Procedure, Section, Source

LAYERS = (Layer.STAFF, Layer.CITY, Layer.NATIONAL, Layer.WRITTEN, Layer.FACTS)
"""Who wins first."""

_OWN_FIELDS = frozenset(
    {"code", "local_unit", "name", "jurisdiction", "layer", "version", "sources", "grade", "internal"}
)
"""Told by the winner alone: they say whose record this is."""

_SILENT = ((), "", None, OnlineLevel.UNKNOWN, Agency())

_SECTIONS: dict[str, tuple[Section, ...]] = {
    "summary": (Section.OVERVIEW,),
    "audience": (Section.AUDIENCE,),
    "agency": (Section.WHERE,),
    "steps": (Section.STEPS,),
    "methods": (Section.FEE, Section.TIME),
    "papers": (Section.PAPERS,),
    "forms": (Section.FORMS,),
    "conditions": (Section.CONDITIONS,),
    "results": (Section.RESULT,),
    "legal_basis": (Section.LEGAL_BASIS,),
    "online": (Section.ONLINE,),
}
"""What each field is cited as."""


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
    winner = winner.model_copy(update={"sources": _of_layer(winner.sources, winner.layer)})
    for other in others:
        winner = _fill(winner, other)
    return winner


def _was_read_from(written: Procedure, record: Procedure) -> bool:
    """Whether it is the imported record, national or the city's, that the entry names as its source."""
    return record.layer in (Layer.CITY, Layer.NATIONAL) and record.sources[0].url == written.sources[0].url


def _changed(procedure: Procedure) -> date:
    source = procedure.sources[0]
    return source.updated_at or source.as_of


def _of_layer(sources: Sequence[Source], layer: Layer) -> tuple[Source, ...]:
    return tuple(source.model_copy(update={"layer": layer}) for source in sources)


def _fill(winner: Procedure, other: Procedure) -> Procedure:
    """The winner with what it leaves unsaid, and the other's source for just those parts."""
    missing: dict[str, Any] = {
        name: getattr(other, name)
        for name in Procedure.model_fields
        if name not in _OWN_FIELDS and getattr(winner, name) in _SILENT and getattr(other, name) not in _SILENT
    }
    if other.layer is Layer.FACTS:
        missing.pop("warnings", None)  # they are about the record that was condensed, not about a fuller one
    sections = [section for name in missing for section in _SECTIONS.get(name, ())]
    if "methods" not in missing:
        methods, filled = _fill_methods(winner.methods, other.methods)
        missing |= {"methods": methods} if filled else {}
        sections += filled
    if not missing:
        return winner
    if sections:
        missing["sources"] = (*winner.sources, *_sources_of(other, sections))
    return winner.model_copy(update=missing)


def _sources_of(other: Procedure, sections: Iterable[Section]) -> tuple[Source, ...]:
    """Where these sections of the other record were read."""
    covered: dict[Source, list[Section]] = {}
    for section in sections:
        covered.setdefault(other.source_of(section), []).append(section)
    told = (source.model_copy(update={"covers": tuple(parts)}) for source, parts in covered.items())
    return _of_layer(tuple(told), other.layer)


def _fill_methods(ours: tuple[Method, ...], theirs: tuple[Method, ...]) -> tuple[tuple[Method, ...], list[Section]]:
    """Our ways of filing, with the fees or the limits of theirs where none of ours has any.

    What they say of one way is never told of another: filed online a fee may be lower.
    """
    filled = []
    for name, section in (("fees", Section.FEE), ("time_limits", Section.TIME)):
        if any(getattr(method, name) for method in ours) or not any(getattr(method, name) for method in theirs):
            continue
        told = tuple(part for method in ours for part in _by_channel(method, theirs, name))
        if any(getattr(method, name) for method in told):
            ours = told
            filled.append(section)
    return ours, filled


def _by_channel(method: Method, theirs: tuple[Method, ...], name: str) -> list[Method]:
    """A way of filing with what they say of its channels; taken apart where they say it of each differently."""
    told: dict[tuple[Any, ...], list[Channel]] = {}
    for channel in method.channels:
        values = (value for other in theirs if channel in other.channels for value in getattr(other, name))
        told.setdefault(tuple(dict.fromkeys(values)), []).append(channel)
    return [method.model_copy(update={"channels": tuple(channels), name: values}) for values, channels in told.items()]
