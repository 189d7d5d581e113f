"""A text as the check reads it: plain, in lower case, in sentences and clauses."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from knowledge.procedure import Language
from knowledge.text import clean

_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”)]*\s+(?=[\w«“\"(\[*-])|\n+")
_NO_END = re.compile(
    r"(?:(?:^|[\s(])(?:tp|tt|p|q|h|ths|ts|st|no|mr|mrs|dr|vs|vd|[A-ZĐ])|(?:^|\n)\s*\d{1,2})\.$", re.IGNORECASE
)
_CLAUSE = re.compile(r"(?:,|;|\s[–—-])\s|\s(?:thì|nhưng|còn|but|while|whereas)\s|[()]")
_RARE = 12
_BULLET = re.compile(r"\s*(?:[-*•+–]|\d{1,2}[.)]|[a-zđ]\))\s")


def plain(text: str) -> str:
    """The text in NFC, without emphasis and invisible characters, with ordinary spaces."""
    return _EMPHASIS.sub("", clean(text))


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text."""

    start: int
    end: int


class Prose:
    """A plain text with its sentences; positions are those of `text`."""

    def __init__(self, text: str) -> None:
        self.text = text
        lowered = text.lower()
        # A letter whose small form is longer would move what stands behind it.
        self.low = lowered if len(lowered) == len(text) else "".join(c.lower()[:1] for c in text)

    def masked(self, spans: Iterable[tuple[int, int]]) -> Prose:
        """The same text in which these spans say nothing."""
        other = Prose(self.text)
        for start, end in spans:
            other.low = other.low[:start] + "·" * (end - start) + other.low[end:]
        return other

    @cached_property
    def language(self) -> Language:
        """Vietnamese where it has more of its letters than a name or two in an English text."""
        letters = sum(1 for letter in self.low if letter.isalpha() and not letter.isascii())
        return "vi" if letters * _RARE > len(self.low) else "en"

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences and lines, in order, each with the space behind it."""
        spans, start = [], 0
        for match in _SENTENCE_END.finditer(self.text):
            if "\n" not in match.group() and _NO_END.search(self.text, start, match.start()):
                continue
            if self.text[start : match.start()].strip():
                spans.append(Span(start, match.end()))
                start = match.end()
        if self.text[start:].strip():
            spans.append(Span(start, len(self.text)))
        return spans

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds a position."""
        starts = self._starts
        return self.sentences[max(bisect_right(starts, position) - 1, 0)] if starts else Span(0, len(self.text))

    def words_of(self, span: Span) -> str:
        """What a span says, in lower case."""
        return self.low[span.start : span.end]

    def clause_at(self, start: int, end: int) -> str:
        """The part of the sentence around a claim, with the line above where that one opens a list."""
        sentence = self.sentence_at(start)
        first, last = sentence.start, sentence.end
        for match in _CLAUSE.finditer(self.low, sentence.start, sentence.end):
            if match.end() <= start:
                first = match.end()
            elif match.start() >= end:
                last = match.start()
                break
        return f"{self.opening(sentence)} {self.low[first:last]}"

    def opening(self, sentence: Span) -> str:
        """The line that opens the list in which a sentence stands; empty if it stands in none."""
        return self._openings.get(sentence.start, "")

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _openings(self) -> dict[int, str]:
        opened, found = "", {}
        for sentence in self.sentences:
            words = self.low[sentence.start : sentence.end]
            if words.rstrip().endswith(":"):
                opened = words.strip()
            elif opened and _BULLET.match(words):
                found[sentence.start] = opened
            elif (
                not self.text[sentence.start - 1 : sentence.start].isspace() or "\n" in self.text[: sentence.start][-2:]
            ):
                opened = ""
        return found


def is_bullet(words: str) -> bool:
    """Whether a line is an item of a list."""
    return _BULLET.match(words) is not None


def nfc(text: str) -> str:
    """The text with composed letters, so that one letter is one character."""
    return unicodedata.normalize("NFC", text)
