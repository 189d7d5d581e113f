"""What a conversation remembers of a turn, for the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.conversation import Answer, Memory, Status
from assistant.draft import AskProcedure, Draft
from assistant.forms.definition import forms
from assistant.forms.filling import Filling, State, worth_keeping
from assistant.forms.values import Held
from knowledge.events import events
from knowledge.procedure import Section

_WAITING = (Status.HANDED_OVER_REQUESTED, Status.PRIVACY_DELETION_WANTED, Status.PROFILE_ASKED)
"""What waits for a yes or a no in the very next message."""
_MOST_BEFORE = 10


def remember(draft: Draft, answer: Answer) -> Memory:
    """What the next turn needs to know."""
    before = draft.memory
    kept: dict[str, Any] = {
        "language": answer.language,
        "unit": _unit(draft) or before.unit,
        "asked_places": _places_asked(draft, answer),
        "event": _event(draft, answer),
        "pending": answer.status if answer.status in _WAITING else None,
        **_forms(draft),
        "profile": _profile(before, answer.status),
    }
    match answer.status:
        case Status.ANSWERED:
            current = answer.procedures[0]
            return Memory(current=current, before=_before(before, current), sections=_sections(draft), **kept)
        case Status.ANSWERED_EVENT:
            offered = tuple(choice.code for choice in answer.choices)
            return Memory(offered=offered, before=_before(before, ""), **kept)
        case Status.CLARIFICATION_PROCEDURE:
            return Memory(
                current=before.current,
                before=before.before,
                offered=tuple(choice.code for choice in answer.choices),
                sections=_sections(draft),
                asked_back=before.asked_back + 1,
                **kept,
            )
        case _:
            filling = kept["filling"]
            if answer.status.family == "form" and isinstance(filling, Filling) and filling.code:
                kept |= {"current": filling.code, "before": _before(before, filling.code), "offered": ()}
            return before.model_copy(update=kept)


def _profile(before: Memory, status: Status) -> Mapping[str, Held]:
    """What is kept of the citizen for the next form."""
    if status in (Status.PROFILE_FORGOTTEN, Status.PRIVACY_WITHDRAWN):
        return {}
    if status is Status.PROFILE_KEPT and before.filling:
        return {**before.profile, **worth_keeping(before.filling, forms()[before.filling.form])}
    return before.profile


def _forms(draft: Draft) -> dict[str, Filling | None]:
    """The form as this turn left it, and the one done before it: that is there again once this one is called off."""
    before, now = draft.memory, _filling(draft)
    if now is None:
        withdrawn = draft.answer is not None and draft.answer.status is Status.PRIVACY_WITHDRAWN
        return {"filling": None if withdrawn else before.finished, "finished": None}
    if before.filling and before.filling.state is State.DONE and before.filling.form != now.form:
        return {"filling": now, "finished": before.filling}
    return {"filling": now, "finished": before.finished}


def _filling(draft: Draft) -> Filling | None:
    """The form as this turn left it; one that was called off is gone."""
    if draft.answer and draft.answer.status is Status.PRIVACY_WITHDRAWN:
        return None
    steps = [finding.step_of_form for finding in draft.findings if finding.step_of_form]
    return steps[-1].filling if steps else draft.memory.filling


def _before(memory: Memory, current: str) -> tuple[str, ...]:
    """What was spoken of before, latest first, none twice."""
    told = dict.fromkeys((memory.current, *memory.before))
    return tuple(code for code in told if code and code != current)[:_MOST_BEFORE]


def _unit(draft: Draft) -> str:
    return next((finding.unit.code for finding in draft.findings if finding.unit), "")


def _event(draft: Draft, answer: Answer) -> str:
    """The event told last, until something else is offered by number or spoken of."""
    if answer.status is Status.ANSWERED_EVENT:
        return next((finding.event.id for finding in draft.findings if finding.event), "")
    before = events().get(draft.memory.event)
    if before is None or answer.status is Status.CLARIFICATION_PROCEDURE:
        return ""
    return "" if answer.status is Status.ANSWERED and answer.procedures[0] not in before.codes else before.id


def _places_asked(draft: Draft, answer: Answer) -> tuple[str, ...]:
    """The units between which the answer leaves the choice."""
    if answer.status not in (Status.ANSWERED, Status.CLARIFICATION_PLACE):
        return ()
    buttons = {button.text for button in answer.suggestions}
    mentions = [finding.whereabouts.mention for finding in draft.findings]
    unsure = (mention for mention in mentions if mention and mention.match is None)
    asked = (mention for mention in unsure if buttons & {match.unit.full_name for match in mention.matches})
    return tuple(match.unit.code for mention in asked for match in mention.matches)


def _sections(draft: Draft) -> tuple[Section, ...]:
    actions = draft.plan.actions if draft.plan else ()
    return next((action.sections for action in actions if isinstance(action, AskProcedure)), ())
