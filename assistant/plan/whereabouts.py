"""What a question says beside its procedure: the place it names, and whether it tells what happened to a family."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.conversation import Memory
from assistant.draft import Whereabouts
from knowledge.place_names import PlaceMention, choose_place, find_place, place_in
from knowledge.text import fold, syllables

_SHORTEST_NAME = 2
"""Syllables: «ba» alone is a number, and also a commune."""
_DATA = Path(__file__).with_suffix(".yaml")
_BEFORE = re.compile(
    r"(?i)(?:\b(?:nhà|nha)\s+)?(?:\b(?:tôi|toi|tui|em|mình|minh|mk|cháu|chau|i|we)\s+)?"
    r"(?:\b(?:hiện|hien|đang|dang|sống|song|cư trú|cu tru|live|am|living)\s+)*"
    r"\b(?:ở|o|tại|tai|bên|bên phía|về|ve|sang|qua|vô|vo|vào|vao|ra|in|at|from|to)\s*$"
)
"""«nhà em đang ở» goes with the place: it says nothing of what is asked."""


def whereabouts(text: str, memory: Memory) -> tuple[Whereabouts, str]:
    """The places of a question, and the question without the name of its place."""
    mention = choose_place(text, memory.asked_places) if memory.asked_places else place_in(text) or _nothing_else(text)
    rest = _without(text, mention) if mention else text
    folded = f" {' '.join(syllables(fold(text)))} "
    left = f" {' '.join(syllables(fold(rest)))} "
    found = Whereabouts(
        mention,
        memory.unit,
        anywhere=_says(folded, "anywhere"),
        district=_says(folded, "district_office") or _says(left, "district"),
    )
    return found, rest


def _nothing_else(text: str) -> PlaceMention | None:
    """The place that a message consists of: «Hải Châu»."""
    mention = find_place(text)
    if mention is None or len(syllables(text)) < _SHORTEST_NAME:
        return None
    return None if syllables(text[: mention.start] + " " + text[mention.end :]) else mention


def only_asks_where(rest: str) -> bool:
    """Whether nothing is left beside the place: «nhà ở Hòa Liên cũ», «… nay thuộc phường nào?»"""
    return only_dwells(syllables(rest))


def only_dwells(words: Iterable[str]) -> bool:
    """Whether these words say nothing but where somebody lives or files."""
    return not _dwelling().sub(" ", f" {' '.join(fold(word) for word in words)} ").strip()


def asks_for_office(text: str) -> bool:
    """Whether it is about a place itself, not about filing there: «nay là phường nào», «trụ sở ở đâu»."""
    return _says(f" {' '.join(syllables(fold(text)))} ", "office")


def asks_for_everything(text: str, read: Iterable[str] = ()) -> bool:
    """Whether all that has to be done is asked, as it is said or as it was read: «phải làm những gì?», «mần chi»."""
    spelled = (syllables(fold(text)), [fold(word) for word in read])
    return any(_says(f" {' '.join(words)} ", "everything") for words in spelled)


def tells_news(text: str) -> bool:
    """Whether a message only says what happened: it names no paper, asks nothing and wants nothing done."""
    return not set(_phrases()["wanting"]) & {fold(word) for word in syllables(text)}


def _says(folded: str, name: str) -> bool:
    return any(f" {phrase} " in folded for phrase in _phrases()[name])


def _without(text: str, mention: PlaceMention) -> str:
    """The question without the place, and without the «ở» before it."""
    rest = f"{_BEFORE.sub('', text[: mention.start])} {text[mention.end :]}"
    return re.sub(r"\s+([,.?!])", r"\1", " ".join(rest.split())).strip(" ,")


@lru_cache(maxsize=1)
def _dwelling() -> re.Pattern[str]:
    longest_first = sorted(_phrases()["dwelling"], key=len, reverse=True)
    return re.compile(rf"(?<= )(?:{'|'.join(longest_first)})(?= )")


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[str]]:
    data: dict[str, list[str]] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
