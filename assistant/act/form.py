"""A form that is being filled in: the procedure it is for is looked up once it is ready."""

from __future__ import annotations

from assistant.draft import FillForm, Finding
from assistant.forms.dialogue import Move
from knowledge.errors import UnknownProcedure
from knowledge.reader import Catalogue

_WITH_PROCEDURE = (Move.REVIEW, Move.READY)


def fill_form(action: FillForm, catalogue: Catalogue) -> Finding:
    """What the message did to the form, with its procedure where papers, place and fee are told."""
    step = action.step
    code = step.filling.code if step.filling else ""
    if not code or step.move not in _WITH_PROCEDURE:
        return Finding(step_of_form=step)
    try:
        return Finding(step_of_form=step, procedure=catalogue.get(code))
    except UnknownProcedure:
        return Finding(step_of_form=step)
