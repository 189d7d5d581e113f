"""Life events as checklists: every step with when, until when, and what it takes over from the one before."""

from __future__ import annotations

from assistant import wording, wording_events
from assistant.conversation import Answer, Block, Choice, Citation, Status, Suggestion
from assistant.draft import Finding, NextStep
from knowledge.events import Event
from knowledge.procedure import Language, Section

_NAMES = frozenset(("Cổng", "Thuế", "Bảo", "Công", "Giấy", "Trung", "VNeID", "Tết"))
"""First words that are written large wherever they stand."""


def tell_event(finding: Finding, language: Language) -> Answer:
    """The whole checklist, each procedure a choice."""
    event = finding.event
    assert event is not None  # noqa: S101 - only called with one
    if finding.step is not None:
        return _tell_step(event, finding.step, language)
    items = tuple(f"{number}. {_line(entry, language)}" for number, entry in enumerate(finding.steps, start=1))
    blocks = (
        Block(text=event.intro.said_in(language), cites=(1,)),
        Block(heading=event.name.said_in(language), items=items),
        Block(text=wording_events.EVENT_HOW.said_in(language)),
    )
    choices = tuple(
        Choice(code=entry.procedure.code if entry.procedure else "", label=_title(entry, language))
        for entry in finding.steps
    )
    return Answer(
        status=Status.ANSWERED_EVENT,
        language=language,
        blocks=blocks,
        procedures=event.codes[:10],
        citations=_citations(event),
        choices=choices,
    )


def _tell_step(event: Event, entry: NextStep, language: Language) -> Answer:
    """One step that is no procedure we hold: what the checklist says of it, and whom to ask."""
    ask = wording_events.STEP_WITHOUT_CODE.said_in(language).format(hotline=wording.HOTLINE)
    return Answer(
        status=Status.ANSWERED_EVENT,
        language=language,
        blocks=(
            Block(text=_told(_with_case(_title(entry, language), entry, language), entry, language), cites=(1,)),
            Block(text=ask),
        ),
        procedures=event.codes[:10],
        citations=_citations(event),
    )


def next_block(finding: Finding, language: Language) -> list[Block]:
    """What usually comes after a procedure, offered without being asked: in short, a tap tells more."""
    if not finding.steps or finding.event is None:
        return []
    items = tuple(_with_case(_title(entry, language), entry, language) for entry in finding.steps)
    return [Block(heading=wording_events.NEXT_HEADING.said_in(language), items=items)]


def next_buttons(finding: Finding, language: Language) -> tuple[Suggestion, ...]:
    """The next procedures as buttons."""
    held = (entry for entry in finding.steps if entry.procedure)
    return tuple(
        Suggestion(label=_title(entry, language), text=_title(entry, language), about=entry.procedure.code)
        for entry in held
        if entry.procedure
    )


def _line(entry: NextStep, language: Language) -> str:
    return _told(_short(entry, language), entry, language)


def _told(first: str, entry: NextStep, language: Language) -> str:
    """The step's first words, then until when, what it takes over and what to know."""
    step = entry.step
    told = [
        first,
        *(
            label.said_in(language).format(words=_lower(sentence.said_in(language)).rstrip("."))
            for label, sentence in ((wording_events.STEP_BY, step.by), (wording_events.STEP_CARRIES, step.carries))
            if sentence
        ),
        *([step.note.said_in(language)] if step.note else []),
    ]
    return ". ".join(part.rstrip(".") for part in told) + "."


def _short(entry: NextStep, language: Language) -> str:
    """What to do, how many other steps it spares, and in which case."""
    line = _title(entry, language)
    if len(entry.step.instead_of) > 1:
        line += f" ({wording_events.AT_ONCE.said_in(language).format(count=len(entry.step.instead_of))})"
    return _with_case(line, entry, language)


def _with_case(line: str, entry: NextStep, language: Language) -> str:
    when = entry.step.when
    return f"{line} – {_lower(when.said_in(language)).rstrip('.')}" if when else line


def _lower(words: str) -> str:
    """The first letter small, unless it begins a name or a short form."""
    first, _, _ = words.partition(" ")
    return words if first.isupper() or first in _NAMES else words[:1].lower() + words[1:]


def _title(entry: NextStep, language: Language) -> str:
    if entry.step.title:
        return entry.step.title.said_in(language).rstrip(".")
    return entry.procedure.title.said_in(language) if entry.procedure else ""


def _citations(event: Event) -> tuple[Citation, ...]:
    source = event.sources[0]
    return (
        Citation(
            code=event.codes[0] if event.codes else "",
            section=Section.OVERVIEW,
            url=source.url,
            source=source.name,
            version=1,
            as_of=source.as_of.isoformat(),
        ),
    )
