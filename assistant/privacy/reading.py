"""A text made ready to be searched: one plain letter for each letter, and the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.privacy.kinds import Kind, Span
from knowledge.text import fold

_SMALL = "abcdefghijklmnopqrstuvwxyzàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_PLAIN = {ord(letter): fold(letter) for small in _SMALL for letter in (small, small.upper())}
_PLAIN |= {
    ord("\n"): "\n",
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
    ord("\t"): " ",
    ord("–"): "-",
    ord("—"): "-",
    ord("‐"): "-",
}
_PLAIN |= {ord("’"): "'", ord("："): ":"}
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_WORD = re.compile(r" {0,3}([^\W\d_]{1,20}(?:['-][^\W\d_]{1,20}){0,3})(?!\w)")
_MOSTLY = 0.7
_MOST_MARKS = 8
"""On one letter; composing thousands of them takes minutes."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands, as written and plain."""

    start: int
    end: int
    written: str
    plain: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.written[0].isupper()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, as written in NFC and plain: equally long, so that what is found in one is found in the other."""

    original: str
    written: str
    plain: str
    edges: tuple[int, ...] | None
    """Where each letter of `written` begins in the original; None where both are the same."""
    marked: bool
    """Whether the writer used Vietnamese letters."""
    cased: bool
    """Whether a capital letter says something: not in a text of small letters only, nor in one that shouts."""

    def span(self, start: int, end: int, kind: Kind) -> Span:
        """What stands here, in places of the original."""
        if self.edges is not None:
            start, end = self.edges[start], self.edges[end]
        return Span(start, end, kind, self.original[start:end])

    def words(self, place: int, most: int) -> Iterator[Word]:
        """The next words with nothing but spaces between."""
        for _ in range(most):
            match = _WORD.match(self.plain, place)
            if match is None:
                return
            start, place = match.span(1)
            yield Word(start, place, self.written[start:place], match[1])


def reading(text: str) -> Reading:
    """The text, ready to be searched."""
    written, edges = (text, None) if _is_plain(text) else _composed(text)
    plain = written.translate(_PLAIN)
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    capitals = sum(c.isupper() for c in written)
    letters = sum(c.isalpha() for c in written)
    marked = any(c != p and c.lower() != p for c, p in zip(written, plain, strict=True) if c.isalpha())
    return Reading(text, written, plain, edges, marked, 0 < capitals <= _MOSTLY * letters)


def _is_plain(text: str) -> bool:
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _HIDDEN.search(text))


def _composed(text: str) -> tuple[str, tuple[int, ...]]:
    """The text in NFC without invisible characters, and where each letter begins; the end of the text comes last."""
    letters: list[str] = []
    edges: list[int] = []
    for place, clusters in _clusters(text):
        composed = unicodedata.normalize("NFC", clusters)
        letters.append(composed)
        edges += [place] * len(composed)
    return "".join(letters), (*edges, len(text))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter with the marks that belong to it; invisible characters stand in none."""
    start, held = 0, ""
    for place, letter in enumerate(text):
        if _HIDDEN.match(letter):
            continue
        if held and (not unicodedata.combining(letter) or len(held) == _MOST_MARKS):
            yield start, held
            held = ""
        if not held:
            start = place
        held += letter
    if held:
        yield start, held
