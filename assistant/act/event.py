"""The steps of a life event, each with its procedure."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.draft import NextStep
from knowledge.events import Event, EventStep, after
from knowledge.reader import Catalogue

_MOST_NEXT = 3
"""So many steps are offered unasked; the whole list is a question away."""


def all_steps(event: Event, catalogue: Catalogue) -> tuple[NextStep, ...]:
    """Every step, in order."""
    return _with_procedures(event.steps, catalogue)


def next_steps(code: str, catalogue: Catalogue) -> tuple[Event | None, tuple[NextStep, ...]]:
    """What usually comes after a procedure, and the event it belongs to."""
    found = after(code)
    if found is None:
        return None, ()
    return found.event, _with_procedures(found.steps[:_MOST_NEXT], catalogue)


def _with_procedures(steps: Iterable[EventStep], catalogue: Catalogue) -> tuple[NextStep, ...]:
    steps = tuple(steps)
    held = catalogue.many(list(dict.fromkeys(step.code for step in steps if step.code)))
    found = (NextStep(step, held.get(step.code or "")) for step in steps)
    return tuple(entry for entry in found if entry.procedure or entry.step.title)
