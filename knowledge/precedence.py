"""Which records of a file may take a place in the catalogue, and what they are compared with where they may not."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.layers import compose
from knowledge.procedure import Layer, Procedure
from knowledge.sources.official import PORTAL_HOME, UNKNOWN, layer_of

_BY_HAND = (Layer.STAFF, Layer.WRITTEN)
"""What people of ours wrote, in plain words and checked: an export of less does not stand before it unasked."""


def is_thin(procedure: Procedure) -> bool:
    """Whether it is a line of a list: a name and little more."""
    return not (procedure.methods or procedure.papers or procedure.steps)


def adopted(procedure: Procedure, live: Sequence[Procedure], stated: str) -> Procedure:
    """The procedure with what its file could not know: whose it is, and the address of its page.

    Somebody says whose it is, or the live records of the same code do.
    """
    changes: dict[str, object] = {}
    if procedure.jurisdiction == UNKNOWN:
        known = (record.jurisdiction for record in live if record.jurisdiction != UNKNOWN)
        jurisdiction = stated or next(known, UNKNOWN)
        changes |= {"jurisdiction": jurisdiction, "layer": layer_of(jurisdiction)}
    source = procedure.sources[0]
    if source.url == PORTAL_HOME:
        pages = (told.url for record in live for told in record.sources if told.url.startswith(f"{PORTAL_HOME}/"))
        changes["sources"] = (source.model_copy(update={"url": next(pages, source.url)}), *procedure.sources[1:])
    return procedure.model_copy(update=changes)


def takes_place(procedure: Procedure, live: Sequence[Procedure], *, replace: bool) -> bool:
    """Whether it becomes the live record of its layer.

    A line of a list only where nothing at all is known of the code; a page or PDF where its layer has no record and
    nobody wrote an entry, or everywhere if so asked. Another province's record never drives out one that applies here.
    """
    ours = [record for record in live if record.applies_in_da_nang]
    rivals = ours if procedure.applies_in_da_nang else live
    if is_thin(procedure):
        return not rivals
    same = [record for record in rivals if record.layer is procedure.layer]
    if not procedure.applies_in_da_nang and any(record in ours for record in same):
        return False
    return replace or not (same or any(record.layer in _BY_HAND for record in rivals))


def counterpart(procedure: Procedure, live: Sequence[Procedure], *, same_layer: bool = False) -> Procedure | None:
    """The live record to compare it with: its own layer's, else, unless told not to, what all layers say together."""
    same = next((record for record in live if record.layer is procedure.layer), None)
    return same if same or same_layer or not live else compose(live)


def is_told(procedure: Procedure, live: Sequence[Procedure]) -> bool:
    """Whether the catalogue says exactly this already, in one layer or in all together: our own export come back."""
    known = [*live, compose(live)] if live else []
    plain = {"layer": procedure.layer, "version": procedure.version}
    return any(record.model_copy(update=plain) == procedure for record in known)
