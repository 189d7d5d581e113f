"""The words of a message, and the word lists beside this file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.forms.definition import FormField, Kind
from assistant.privacy.kinds import data as privacy_data
from assistant.privacy.reading import Reading, reading
from knowledge.text import fold, place_tones

_DATA = Path(__file__).with_name("words.yaml")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_FEWEST_MARKED = 4
"""One word of so many has marks where they are used; mostly it is three of four."""

Phrase = tuple[str, ...]
"""Words, small, their tones in place."""


class Word(NamedTuple):
    """A word where it stands."""

    start: int
    end: int
    key: str
    """Without marks, its short form undone."""
    written: str
    """In small letters, its tone in place, its short form undone."""


class Trait(NamedTuple):
    """A kind of value that may be anybody's."""

    kinds: tuple[Kind, ...]
    about: tuple[str, ...]
    words: tuple[Phrase, ...]

    def takes(self, field: FormField) -> bool:
        """Whether a field holds such a value."""
        told = " | ".join((field.label.vi, *field.said)).lower()
        return field.kind in self.kinds and (not self.about or any(word in told for word in self.about))


@cache
def data() -> dict[str, Any]:
    """The lists."""
    loaded: dict[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


@cache
def listed(name: str) -> frozenset[str]:
    """A list of single words, without marks."""
    return frozenset(fold(word) for word in _list(name))


def is_listed(name: str, word: str, *, marked: bool) -> bool:
    """Whether a small word is on a list: marks count where the writer uses them."""
    told = data()["short"].get(word, word)
    return told in _list(name) if marked else fold(told) in listed(name)


@cache
def _list(name: str) -> frozenset[str]:
    found = data()[name]
    return frozenset(found.split() if isinstance(found, str) else found)


@cache
def numbers() -> frozenset[str]:
    """The words of spoken digits, without marks."""
    return frozenset((*(fold(word) for word in privacy_data("words")["digits"]), "muoi"))


@cache
def traits() -> Mapping[str, Trait]:
    """The traits by name."""
    return {name: _trait(told) for name, told in data()["traits"].items()}


def _trait(told: Mapping[str, Any]) -> Trait:
    words = told["words"]
    split = words.split(",") if isinstance(words, str) else words
    return Trait(tuple(map(Kind, told["kinds"])), tuple(told.get("about", ())), tuple(map(phrase, split)))


def phrase(text: str) -> Phrase:
    """The words of a phrase."""
    return tuple(place_tones(word) for word in _WORD.findall(text.lower()))


def read_through(text: str) -> Reading:
    """A message ready to be searched. A «dạ» alone makes no text with marks of one that is written without."""
    read = reading(text)
    words = [read.written[match.start() : match.end()] for match in _WORD.finditer(read.plain) if match[0].isalpha()]
    marks = sum(not word.isascii() for word in words)
    return replace(read, marked=read.marked and marks * _FEWEST_MARKED >= len(words))


def words_in(read: Reading) -> list[Word]:
    """The words of a text."""
    return [_word(match, read) for match in _WORD.finditer(read.plain)]


def _word(match: re.Match[str], read: Reading) -> Word:
    start, end = match.span()
    written = place_tones(read.written[start:end].lower())
    full = data()["short"].get(written, written)
    return Word(start, end, fold(full), full)
