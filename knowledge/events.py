"""Life events: what a birth, a move, a death asks of a family, in order, with what carries over from step to step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, ValidationError, model_validator

from knowledge.errors import CatalogueError
from knowledge.procedure import CODE_PATTERN, Fact, Sentence, Source
from knowledge.speech import Query, understand
from knowledge.text import fold, syllables

EVENTS = Path(__file__).parent / "events"

_MOST_BETWEEN = 2
"""Words that may stand between two words of a saying."""

Code = Annotated[str, Field(pattern=CODE_PATTERN)]


class EventStep(Fact):
    """One thing to do: a procedure by its code, or something that is none."""

    code: Code | None = None
    title: Sentence | None = None
    """What to call it here; a procedure without one is called by its own name."""
    when: Sentence | None = None
    """In which case; None means always."""
    by: Sentence | None = None
    """Until when, as the law says."""
    carries: Sentence | None = None
    """What an earlier step left that this one uses."""
    note: Sentence | None = None
    instead_of: tuple[Code, ...] = ()
    """Whoever does this need not do these: interconnected procedures, and one way instead of another."""

    @model_validator(mode="after")
    def _says_what(self) -> EventStep:
        if self.code is None and self.title is None:
            raise ValueError("a step has a code or a title")
        return self


class Event(Fact):
    """A life event with its steps, in the order in which they are done."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]+$")
    name: Sentence
    sayings: tuple[str, ...] = Field(min_length=5)
    """How people say that it happened: «em bé vừa sinh»."""
    sayings_en: tuple[str, ...] = Field(min_length=2)
    unless: tuple[str, ...] = ()
    """Words that speak of something else: «ba mới mất căn cước» is no death."""
    mourning: bool = False
    """Somebody died: it is told only to whoever says so, as condolence stands before it."""
    intro: Sentence
    leads: tuple[Code, ...] = ()
    """After these the later steps are offered unasked: whoever files one is in this event and no other."""
    steps: tuple[EventStep, ...] = Field(min_length=2)
    sources: tuple[Source, ...] = Field(min_length=1)

    @property
    def codes(self) -> tuple[str, ...]:
        """The procedures of the event, in order."""
        return tuple(dict.fromkeys(step.code for step in self.steps if step.code))


@dataclass(frozen=True, slots=True)
class Next:
    """What usually comes after a procedure."""

    event: Event
    steps: tuple[EventStep, ...]


@lru_cache(maxsize=1)
def events() -> dict[str, Event]:
    """All events, by id.

    Raises:
        CatalogueError: a file has mistakes.

    """
    found = {event.id: event for event in (_read(path) for path in files())}
    if len(found) != len(files()):
        raise CatalogueError("Two life events share an id: see knowledge/events.")
    return found


def files(folder: Path = EVENTS) -> list[Path]:
    """The event files, in a fixed order."""
    return sorted(folder.glob("*.yaml"))


def digest() -> str:
    """A digest of all event files."""
    return hashlib.blake2b(b"".join(path.read_bytes() for path in files()), digest_size=16).hexdigest()


def _read(path: Path) -> Event:
    try:
        return Event.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error


def lint(known: set[str]) -> Iterator[str]:
    """The mistakes of the event files: codes nobody publishes, steps that replace what the event does not have."""
    for event in events().values():
        for step in event.steps:
            if step.code and step.code not in known:
                yield f"{event.id}: no procedure has the code {step.code}"
            for code in step.instead_of:
                if code not in event.codes:
                    yield f"{event.id}: {step.code} replaces {code}, which is none of its steps"
        for code in event.leads:
            if code not in event.codes or _by_code()[code] is not event:
                yield f"{event.id}: {code} leads, but is none of its steps, or leads in another event too"


def recognise(query: Query) -> Event | None:
    """The event that a question tells of: the one with the longest saying that stands in it, word after word."""
    said = list(query.words) if query.accented else [fold(word) for word in query.words]
    best: tuple[int, Event] | None = None
    present = set(said)
    for words, event in _sayings(accented=query.accented):
        longer = best is None or len(words) > best[0]
        if longer and present.issuperset(words) and _stands(words, said) and not _denied(event, said):
            best = (len(words), event)
    return best[1] if best else None


def _stands(saying: tuple[str, ...], said: Sequence[str]) -> bool:
    """Whether the words of a saying stand in this order, with at most two words between them: «ba em mới mất»."""
    return any(_from(saying, said, start) for start, word in enumerate(said) if word == saying[0])


def _from(saying: tuple[str, ...], said: Sequence[str], start: int) -> bool:
    place = start
    for word in saying[1:]:
        near = said[place + 1 : place + 2 + _MOST_BETWEEN]
        if word not in near:
            return False
        place += 1 + near.index(word)
    return True


def _denied(event: Event, said: Sequence[str]) -> bool:
    """Whether the question speaks of something that the event is not."""
    folded = [fold(word) for word in said]
    return any(_stands(tuple(fold(word) for word in syllables(phrase)), folded) for phrase in event.unless)


@lru_cache(maxsize=2)
def _sayings(*, accented: bool) -> list[tuple[tuple[str, ...], Event]]:
    """Each saying in the words that a question is read in: dialect and short forms exchanged."""
    found = []
    for event in events().values():
        for saying in (*event.sayings, *event.sayings_en):
            words = understand(saying).words
            found.append((words if accented else tuple(fold(word) for word in words), event))
    return found


def after(code: str) -> Next | None:
    """What comes after a procedure that leads in an event; steps done in one go with it are left out."""
    event = _by_code().get(code)
    if event is None:
        return None
    place = max(number for number, step in enumerate(event.steps) if step.code == code)
    done = {other for step in event.steps if step.code == code for other in step.instead_of}
    left = [s for s in event.steps[place + 1 :] if s.code not in done and code not in s.instead_of and s.code != code]
    return Next(event, tuple(left)) if left else None


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Event]:
    """For each procedure that leads the event it leads in: a birth certificate belongs to the birth."""
    return {code: event for event in events().values() for code in event.leads}
