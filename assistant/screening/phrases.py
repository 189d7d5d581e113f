"""Finding phrases in what people write, with diacritics or without. The phrases are data; here is the language they are in.

    nhà (tôi|em)? .. đang cháy      words; a choice; a word that may be missing; up to four words between
    {who} bị đánh !(mất|giá)        a named list of the same file; not followed by
    ^ chào $                        where a sentence begins and ends
    năm #                           any number

A word stands for itself as it is typed. In a message with few or no diacritics it also stands for itself without them,
unless it is written with a mark of its own, as in «=chạy».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.keyboards import decoded, is_loan
from knowledge.sounds import is_syllable
from knowledge.speech import is_english, understand
from knowledge.text import fold_word, syllable, syllables

_PIECE = re.compile(r"!\(|[()|?^$#]|\.{2,3}|=?[^\s()|?{}!^$#]+")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?;…])\s+|\n+")
_FEW_MARKS = 0.4
"""Below this share of words with diacritics, a word without them may be any: in Vietnamese about two in three have them."""
_FIXED = {
    "(": "(?:",
    ")": ")",
    "|": "|",
    "?": "?",
    "^": r"(?:\A|(?<= \|))",
    "$": r"(?= (?:\||\Z))",
    "#": r" \d+",
    "..": "(?: [^ |]+){0,4}",
    "...": "(?: [^ |]+){0,9}",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A text made ready for comparing: its words in normal form, a stroke between sentences."""

    typed: str
    repaired: str
    """With short forms, dialect and the keys of Telex exchanged; the same where there are none."""
    bare: bool
    """Whether it has few diacritics, so that a word may stand for any that folds to it."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Any of some phrases."""

    marked: re.Pattern[str] | None
    bare: re.Pattern[str] | None

    @classmethod
    def of(
        cls,
        phrases: Iterable[str],
        names: Mapping[str, Iterable[str]] | None = None,
        unmarked: Iterable[str] | None = None,
    ) -> Phrases:
        """The phrases, compiled; `names` are the lists that they mention.

        With `unmarked` the phrases need their diacritics everywhere, and a text with few is searched for those of
        `unmarked` too: «biến» (begone) would else be in every «bien».
        """
        lines = [_expanded(phrase, names or {}) for phrase in phrases]
        if unmarked is None:
            return cls(_compiled(lines, bare=False), _compiled(lines, bare=True))
        more = [_expanded(phrase, names or {}) for phrase in unmarked]
        return cls(_compiled(lines, bare=False), _compiled([*lines, *more], bare=False))

    def __call__(self, read: Read) -> bool:
        """Whether one of them is in the text."""
        pattern = self.bare if read.bare else self.marked
        if pattern is None:
            return False
        return any(pattern.search(words) for words in dict.fromkeys((read.typed, read.repaired)))

    def without(self, read: Read) -> Read:
        """The text with them taken out."""
        pattern = self.bare if read.bare else self.marked
        if pattern is None:
            return read
        return Read(pattern.sub(" |", read.typed), pattern.sub(" |", read.repaired), read.bare)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop."""
    return [part.strip() for part in _END_OF_SENTENCE.split(text) if part.strip()]


@lru_cache(maxsize=1024)
def read(text: str) -> Read:
    """A text made ready for `Phrases`."""
    plain = as_typed(text)
    if is_english(text):
        return plain
    repaired = [_repaired(syllables(part)) for part in sentences(text)]
    return Read(plain.typed, _joined(repaired), plain.bare)


def as_typed(text: str) -> Read:
    """The same, with nothing exchanged: what was turned around for show was not also typed in a hurry."""
    words = [syllables(part) for part in sentences(text)]
    letters = [word for part in words for word in part if word.isalpha()]
    marked = sum(fold_word(word) != word for word in letters)
    typed = _joined(words)
    return Read(typed, typed, bare=marked < _FEW_MARKS * max(len(letters), 1))


def _repaired(words: list[str]) -> list[str]:
    """The words with the keys of Telex and VNI undone, short forms and dialect exchanged."""
    undone = [(_undone(word) or word) for word in words]
    return [syllable(word) for word in understand(" ".join(undone)).words]


def _undone(word: str) -> str | None:
    """What the keys stand for, where the word is no syllable, or one that ends in a tone key as none does."""
    if not word.isascii() or is_loan(word) or is_syllable(word):
        return None
    return decoded(word)


def _joined(parts: list[list[str]]) -> str:
    return " " + " | ".join(" ".join(part) for part in parts) + " "


def _expanded(phrase: str, names: Mapping[str, Iterable[str]]) -> str:
    """The phrase with its named lists written out."""
    for name in re.findall(r"\{(\w+)\}", phrase):
        phrase = phrase.replace(f"{{{name}}}", f"({'|'.join(_expanded(entry, names) for entry in names[name])})")
    return phrase


def _compiled(phrases: list[str], *, bare: bool) -> re.Pattern[str] | None:
    if not phrases:
        return None
    return re.compile(f"(?:{'|'.join(dict.fromkeys(_expression(phrase, bare=bare) for phrase in phrases))})(?= )")


def _expression(phrase: str, *, bare: bool) -> str:
    """A phrase as a regular expression over words that each have a space before them."""
    written = ""
    open_groups: list[str] = []
    for piece in _PIECE.findall(phrase):
        if piece == "!(":
            written += "(?!(?:"
        elif piece == ")" and open_groups.pop() == "!(":
            written += ")(?= ))"
        elif piece == "?" and not written.endswith(")"):
            raise ValueError(f"«{phrase}»: only a choice in brackets can be missing")
        else:
            written += _FIXED.get(piece) or _word(piece, bare=bare)
        if piece in ("(", "!("):
            open_groups.append(piece)
    if open_groups:
        raise ValueError(f"«{phrase}»: a bracket is not closed")
    return written


def _word(written: str, *, bare: bool) -> str:
    exact = written.startswith("=")
    word = syllable(written.removeprefix("=").lower())
    folded = fold_word(word)
    if exact or not bare or folded == word:
        return f" {re.escape(word)}"
    return f" (?:{re.escape(word)}|{re.escape(folded)})"


def load(name: str) -> dict[str, Any]:
    """The file of phrases of this name, as it is written."""
    path = Path(__file__).with_name(f"{name}.yaml")
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
