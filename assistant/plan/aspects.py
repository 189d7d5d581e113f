"""Which parts of a procedure a question asks for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.procedure import Section
from knowledge.speech import Phrases, exchange, frames
from knowledge.text import fold, syllables

_DATA = Path(__file__).with_suffix(".yaml")
_MOST = 4
"""More parts than this are an overview."""

Phrase = tuple[str, ...]

_WEAK: frozenset[Phrase] = frozenset(
    tuple(phrase.split())
    for phrase in (
        "giấy tờ",
        "hồ sơ",
        "phí",
        "mẫu",
        "tờ khai",
        "có được",
        "được không",
        "được ko",
        "được k",
        "can i",
        "can we",
        "can he",
        "can she",
    )
)
"""Words that also belong to names of things; they ask for a part only where nothing clearer does."""


def sections_asked(words: tuple[str, ...], *, english: bool, accented: bool) -> tuple[Section, ...]:
    """The parts asked for, in the order in which they are asked; none for a question about the whole."""
    table = _phrases(english=english, accented=accented or english)
    found: dict[Section, bool] = {}
    position = 0
    while position < len(words):
        match = _longest(words, position, table)
        if match is None:
            position += 1
            continue
        phrase, section, weak = match
        found[section] = found.get(section, True) and weak
        position += len(phrase)
    strong = [section for section, weak in found.items() if not weak and section is not Section.OVERVIEW]
    asked = strong or [section for section in found if section is not Section.OVERVIEW]
    return tuple(asked) if len(asked) <= _MOST else (Section.OVERVIEW,)


def subject(words: tuple[str, ...], *, english: bool, accented: bool) -> list[str]:
    """The words left once what is asked and how it is dressed are taken out: they name the subject, if any does."""
    return exchange(list(words), _dress(english=english, accented=accented))


@lru_cache(maxsize=4)
def _dress(*, english: bool, accented: bool) -> Phrases:
    asked = _phrases(english=english, accented=accented or english)
    return Phrases({**frames(english=english, accented=accented), **dict.fromkeys(asked, ())})


def _longest(
    words: tuple[str, ...], position: int, table: dict[Phrase, tuple[Section, bool]]
) -> tuple[Phrase, Section, bool] | None:
    for length in range(5, 0, -1):
        phrase = words[position : position + length]
        if len(phrase) == length and phrase in table:
            return phrase, *table[phrase]
    return None


@lru_cache(maxsize=4)
def _phrases(*, english: bool, accented: bool) -> dict[Phrase, tuple[Section, bool]]:
    data = _data()
    told: dict[str, list[str]] = data["english"] if english else {k: v for k, v in data.items() if k != "english"}
    table: dict[Phrase, tuple[Section, bool]] = {}
    for name, phrases in told.items():
        for phrase in phrases:
            words = tuple(syllables(phrase))
            key = words if accented else tuple(fold(word) for word in words)
            table[key] = (Section(name), words in _WEAK)
    return table


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
