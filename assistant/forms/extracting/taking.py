"""Values taken from one message: each by its field's reader, with its words, none sharing a word with another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from assistant.forms.commands import is_question
from assistant.forms.definition import Form, FormField, Kind
from assistant.forms.extracting.bare import in_digits
from assistant.forms.extracting.dress import Stretch
from assistant.forms.extracting.stretches import FREE
from assistant.forms.values import Read, Unreadable, read
from assistant.privacy.reading import Reading
from knowledge.procedure import Text

_MOST_UNLISTED = 3
"""Words of a people, a country or a relation that no list knows; more are a sentence."""
_NO_ANSWER = Unreadable("question", Text(vi="Em chưa thấy câu trả lời.", en="I do not see an answer."))


@dataclass(frozen=True, slots=True)
class Found:
    """A value, and the words that carry it: `text[start:end]`."""

    field: str
    read: Read
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A field was named or asked, and what was said for it cannot be read."""

    field: str
    words: str
    problem: Unreadable


@dataclass
class Taking:
    """What was taken from a message so far."""

    form: Form
    read: Reading
    today: date
    asked: str
    values: dict[str, Read] = field(default_factory=dict)
    stretches: dict[str, Stretch] = field(default_factory=dict)
    """Where each stands in `read`."""
    problems: dict[str, tuple[Stretch, Unreadable]] = field(default_factory=dict)

    def take(self, name: str, ways: Iterable[Stretch]) -> Unreadable | None:
        """Take the first stretch that the field's reader accepts; else what is wrong with the likeliest."""
        blank = self.form.field(name)
        first: Unreadable | None = None
        unlisted: tuple[Stretch, Read] | None = None
        if name in self.values or blank.kind is Kind.TABLE:
            return None
        for way in ways:
            if way[0] >= way[1] or self.is_covered(way):
                continue
            value = self._read(blank, way)
            if isinstance(value, Unreadable):
                first = first or value
            elif not _is_unlisted(value):
                self._keep(name, way, value)
                return None
            else:
                unlisted = unlisted or (way, value)
        if unlisted and name == self.asked and self._is_short(unlisted[0]):
            self._keep(name, *unlisted)
            return None
        return first

    def fail(self, name: str, way: Stretch, problem: Unreadable) -> None:
        """Say that a field was spoken of, and its value cannot be read."""
        self.problems.setdefault(name, (way, problem))

    def is_covered(self, way: Stretch) -> bool:
        """Whether a value was taken from these words."""
        return any(way[0] < end and start < way[1] for start, end in self.stretches.values())

    def result(self) -> tuple[tuple[Found, ...], tuple[Failed, ...]]:
        """What was found, in order, and what was named but cannot be read."""
        order = sorted(self.values, key=lambda name: self.stretches[name])
        found = (Found(name, self.values[name], *self._words(self.stretches[name])) for name in order)
        failed = (
            Failed(name, self._words(way)[0], problem)
            for name, (way, problem) in self.problems.items()
            if name not in self.values
        )
        return tuple(found), tuple(failed)

    def _read(self, blank: FormField, way: Stretch) -> Read | Unreadable:
        words = self.read.written[slice(*way)]
        if blank.kind in FREE | {Kind.NAME} and is_question(words):
            return _NO_ANSWER
        try:
            return read(blank, in_digits(words) if blank.kind is Kind.DOCUMENT else words, self.today)
        except Unreadable as problem:
            return problem

    def _keep(self, name: str, way: Stretch, value: Read) -> None:
        self.values[name] = value
        self.stretches[name] = way

    def _is_short(self, way: Stretch) -> bool:
        return len(self.read.plain[slice(*way)].split()) <= _MOST_UNLISTED

    def _words(self, way: Stretch) -> tuple[str, int, int]:
        """The words as they were typed, and where."""
        edges = self.read.edges
        start, end = way if edges is None else (edges[way[0]], edges[way[1]])
        return self.read.original[start:end], start, end


def _is_unlisted(value: Read) -> bool:
    """Whether a list of peoples, countries or relatives does not know the word: only an answer may bring a new one."""
    return any(doubt.code.endswith("_unlisted") for doubt in value.warnings)
