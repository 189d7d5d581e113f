"""What a person meets with: one procedure told, a question back, or neither."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum

from assistant.assistant import Assistant, now
from assistant.conversation import Memory, Turn
from assistant.draft import Draft, Finding

_LAST_STEP = "act"
"""What is written afterwards changes no outcome."""


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    """One procedure was told as the answer; what else may have been meant can stand beside it."""
    ASKED_BACK = "asked_back"
    """Several were offered: choices, or the steps of a life event."""
    TURNED_AWAY = "turned_away"
    """No procedure was told or offered: not found, refused, an emergency, small talk, or a place alone."""


class Verdict(StrEnum):
    """How good an outcome is for a question that procedures answer."""

    ANSWERED_RIGHT = "answered_right"
    ANSWERED_WRONG = "answered_wrong"
    ASKED_BACK_WITH = "asked_back_with"
    """A right one was among the choices."""
    ASKED_BACK_WITHOUT = "asked_back_without"
    TURNED_AWAY = "turned_away"


Met = tuple[Outcome, tuple[str, ...]]
"""An outcome, and the codes that were told or offered; of an answer the told one is first."""


def meet(assistant: Assistant, text: str) -> Met:
    """Ask as a person who has said nothing before; nothing is written or kept."""
    at = now()
    return _met(_finding(assistant, text, at, at.date()))


def verdict(outcome: Outcome, choices: Sequence[str], codes: Collection[str]) -> Verdict:
    """What an outcome is worth where these codes are right."""
    right = any(code in codes for code in choices)
    match outcome:
        case Outcome.ANSWERED:
            return Verdict.ANSWERED_RIGHT if set(choices[:1]) & set(codes) else Verdict.ANSWERED_WRONG
        case Outcome.ASKED_BACK:
            return Verdict.ASKED_BACK_WITH if right else Verdict.ASKED_BACK_WITHOUT
        case Outcome.TURNED_AWAY:
            return Verdict.TURNED_AWAY


def _finding(assistant: Assistant, text: str, at: datetime, today: date) -> Finding | None:
    draft = Draft(Turn(conversation="eval", text=text, at=at, channel="eval"), Memory(), today=today)
    for name, left in assistant.run.steps(draft):
        draft = left
        if name == _LAST_STEP:
            break
    return draft.findings[0] if draft.findings else None


def _met(finding: Finding | None) -> Met:
    if finding is None or finding.said is not None:
        return Outcome.TURNED_AWAY, ()
    if finding.procedure is not None:
        return Outcome.ANSWERED, (finding.procedure.code, *(procedure.code for procedure in finding.others))
    choices = [procedure.code for procedure in finding.choices]
    choices += [step.procedure.code for step in finding.steps if step.procedure]
    return (Outcome.ASKED_BACK, tuple(dict.fromkeys(choices))) if choices else (Outcome.TURNED_AWAY, ())
