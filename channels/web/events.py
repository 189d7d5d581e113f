"""Life events as pages: what to do in order, which papers serve several steps, what spares what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from fastapi import APIRouter, Depends, Request, Response

from assistant.act.event import all_steps
from assistant.draft import NextStep
from assistant.write.sentences import shorten
from channels.requests import parts, problem
from channels.web.display import language_of, seen
from channels.web.rendering import page
from channels.web.words import sentences
from knowledge import events as knowledge_events
from knowledge.events import Event
from knowledge.procedure import Language, Procedure, Text
from knowledge.text import fold

HOME = "/viec"

router = APIRouter(include_in_schema=False, dependencies=[Depends(seen)])

_MOST_PAPERS = 8
"""Of one step; the procedure's own page has all."""
_LONGEST_PAPER = 160


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the page shows it, numbered as the chat numbers it."""

    number: int
    title: str
    code: str
    """Empty where it is no procedure of the catalogue."""
    when: str
    by: str
    carries: str
    note: str
    instead: tuple[tuple[int, str], ...]
    """The steps that it takes the place of: number and title."""
    spared: tuple[int, ...]
    """The steps that take its place."""
    papers: tuple[str, ...]
    more_papers: bool


@dataclass(frozen=True, slots=True)
class SharedPaper:
    """A paper that several steps ask for."""

    name: str
    steps: tuple[int, ...]


@router.get(HOME)
def events_page(request: Request) -> Response:
    """All life events."""
    language = language_of(request)
    listed = sorted(knowledge_events.events().values(), key=lambda event: fold(event.name.said_in(language)))
    return page(request, "events.html", events=listed)


@router.get(f"{HOME}/{{name}}")
def event_page(request: Request, name: str) -> Response:
    """One life event, step by step.

    Raises:
        HTTPException: 404, there is no such event.

    """
    event = knowledge_events.events().get(name)
    if event is None:
        unknown = sentences()["events.unknown"]
        raise problem(404, "unknown_event", unknown.vi, unknown.en)
    language = language_of(request)
    found = all_steps(event, parts(request).catalogue)
    return page(
        request,
        "event.html",
        event=event,
        steps=_steps(found, language),
        together=shared_papers(found, language),
        ask=_saying(event, language),
    )


def shared_papers(found: Sequence[NextStep], language: Language) -> list[SharedPaper]:
    """The papers that several steps always ask for, each with the numbers of its steps; the most used first.

    Steps of which one is done instead of the other share nothing.
    """
    names: dict[str, str] = {}
    used: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(found, start=1):
        for name in dict.fromkeys(_always(entry.procedure, language)):
            names.setdefault(fold(name), name)
            used[fold(name)].append(number)
    shared = [
        SharedPaper(names[key], tuple(numbers))
        for key, numbers in used.items()
        if any(not _alternatives(found[one - 1], found[other - 1]) for one, other in combinations(numbers, 2))
    ]
    return sorted(shared, key=lambda paper: -len(paper.steps))


def _alternatives(one: NextStep, other: NextStep) -> bool:
    return one.step.code in other.step.instead_of or other.step.code in one.step.instead_of


def _steps(found: Sequence[NextStep], language: Language) -> list[Step]:
    numbers: dict[str, list[int]] = defaultdict(list)
    sparing: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(found, start=1):
        if entry.step.code:
            numbers[entry.step.code].append(number)
        for code in entry.step.instead_of:
            sparing[code].append(number)
    titles = [_title(entry, language) for entry in found]
    return [_step(number, entry, language, titles, numbers, sparing) for number, entry in enumerate(found, start=1)]


def _step(
    number: int,
    entry: NextStep,
    language: Language,
    titles: Sequence[str],
    numbers: dict[str, list[int]],
    sparing: dict[str, list[int]],
) -> Step:
    step = entry.step
    replaced = [other for code in step.instead_of for other in numbers.get(code, ()) if other != number]
    papers = _always(entry.procedure, language)
    return Step(
        number=number,
        title=titles[number - 1],
        code=entry.procedure.code if entry.procedure else "",
        when=_said(step.when, language),
        by=_said(step.by, language),
        carries=_said(step.carries, language),
        note=_said(step.note, language),
        instead=tuple((other, titles[other - 1]) for other in replaced),
        spared=tuple(other for other in sparing.get(step.code or "", ()) if other != number),
        papers=papers[:_MOST_PAPERS],
        more_papers=entry.procedure is not None and len(entry.procedure.real_papers) > len(papers[:_MOST_PAPERS]),
    )


def _title(entry: NextStep, language: Language) -> str:
    title = entry.step.title or (entry.procedure.title if entry.procedure else None)
    return _said(title, language).rstrip(".")


def _always(procedure: Procedure | None, language: Language) -> tuple[str, ...]:
    """The papers needed in every case; those of some cases stand on the procedure's page."""
    papers = procedure.real_papers if procedure else ()
    return tuple(shorten(paper.name.said_in(language), _LONGEST_PAPER) for paper in papers if paper.condition is None)


def _said(text: Text | None, language: Language) -> str:
    return text.said_in(language) if text else ""


def _saying(event: Event, language: Language) -> str:
    """Words by which the chat recognises the event."""
    return event.sayings_en[0] if language == "en" else event.sayings[0]
