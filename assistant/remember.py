"""What a conversation remembers of a turn, for the next."""

from __future__ import annotations

from assistant.conversation import Answer, Memory, Status
from assistant.draft import AskProcedure, Draft
from knowledge.events import events
from knowledge.procedure import Section

_WAITING = (Status.HANDED_OVER_REQUESTED, Status.PRIVACY_DELETION_WANTED)
"""What waits for a yes or a no in the very next message."""
_MOST_BEFORE = 10


def remember(draft: Draft, answer: Answer) -> Memory:
    """What the next turn needs to know."""
    before = draft.memory
    kept = {
        "language": answer.language,
        "unit": _unit(draft) or before.unit,
        "asked_places": _places_asked(draft, answer),
        "event": _event(draft, answer),
        "pending": answer.status if answer.status in _WAITING else None,
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
            return before.model_copy(update=kept)


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
