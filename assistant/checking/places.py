"""Wards, communes, former districts and other provinces that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.checking.claims import Claim, Kind
from knowledge.places import places, split_kind
from knowledge.text import fold, fold_word

_WORD = re.compile(r"[^\W\d_]+|\d+")
_KINDS = frozenset(("phường", "xã", "quận", "huyện", "trấn", "khu", "p", "ward", "wards", "commune", "district"))
_TWO_WORDS = {"trấn": "thị", "khu": "đặc"}
_BEHIND = frozenset(("ward", "commune", "district", "township"))
_NO_PLACE_BEFORE = frozenset(
    "đường phố chợ cầu trường viện sông hồ ông bà hẻm kiệt ngõ street road bridge market".split()
)
_IN_FRONT = frozenset("ở tại về đến tới qua từ in at from to near của thuộc gần và or and of".split())
_HERE = frozenset(("da nang", "quang nam", "viet nam", "vietnam"))
_LONGEST = 4
_STREET = re.compile(
    r"(?<![\d.,/:-])(?:số )?(\d+[a-zA-Z]?(?:[/-]\d+)*) (?:(?:đường|phố) [^\W\d_]\w+|[A-ZĐ][^\W\d_]+(?= [^\W\da-z_]))(?: [^\W\d_]+)?"
)
_NO_STREET = frozenset(("tờ", "giấy", "đơn", "bản", "ảnh", "bộ", "trung", "ủy", "công", "cơ", "sở"))


def read(text: str) -> list[Claim]:
    """The places of a text: what «phường» and its like stand before, and names that only a ward or commune has."""
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    claims, position = [], 0
    while position < len(words):
        claim, taken = _at(text, words, position)
        if claim:
            claims.append(claim)
        position += max(taken, 1)
    return claims


def addresses(text: str) -> Iterator[Claim]:
    """House numbers with the first words of their street."""
    for match in _STREET.finditer(text):
        behind = match.group().removeprefix("số ").split()
        if behind[1].lower() not in _NO_STREET:
            key = " ".join([word for word in behind if word.lower() not in ("đường", "phố")][:3])
            yield Claim(Kind.ADDRESS, fold(key), match.start(), match.end())


def _at(text: str, words: list[tuple[str, int, int]], position: int) -> tuple[Claim | None, int]:
    word, start, _ = words[position]
    if not (word[0].isupper() or word.isdigit()):
        return None, 1
    run = _run(text, words, position)
    kind = position > 0 and _is_kind(text, words, position)
    if word.isdigit():
        return (
            (Claim(Kind.PLACE, f"phuong {word}", start, words[position][2]), 1)
            if kind and _is_ward(words, position)
            else (None, 1)
        )
    for length in range(min(run, _LONGEST), 0, -1):
        name = " ".join(fold_word(words[place][0]) for place in range(position, position + length))
        if name in _HERE:
            return None, length
        end = words[position + length - 1][2]
        after = words[position + length][0].lower() if position + length < len(words) else ""
        named = kind or after in _BEHIND
        if name in _names() and (named or (length > 1 and length == run and _may_stand(words, position))):
            return Claim(Kind.PLACE, name, start, end), length
    if kind and run >= 1 and position and _is_ward(words, position) and not _is_heading(words, position):
        length = min(run, 3)
        name = " ".join(fold_word(words[place][0]) for place in range(position, position + length))
        return Claim(Kind.PLACE, name, start, words[position + length - 1][2]), length
    return None, 1 if position == 0 or _is_lead(word) else run


def _run(text: str, words: list[tuple[str, int, int]], position: int) -> int:
    """How many capitalised words stand together."""
    end = position + 1
    while end < len(words) and words[end][0][0].isupper() and text[words[end - 1][2] : words[end][1]] == " ":
        end += 1
    return end - position


def _is_kind(text: str, words: list[tuple[str, int, int]], position: int) -> bool:
    before = words[position - 1][0].lower()
    between = text[words[position - 1][2] : words[position][1]]
    if before not in _KINDS or between not in ((" ", ". ", ".") if before == "p" else (" ",)):
        return False
    if before in ("ward", "commune", "district", "wards") and not words[position][0].isdigit():
        return False
    pair = _TWO_WORDS.get(before)
    return pair is None or (position > 1 and words[position - 2][0].lower() == pair)


def _is_ward(words: list[tuple[str, int, int]], position: int) -> bool:
    return words[position - 1][0].lower() in ("phường", "xã", "p", "trấn", "ward")


def _is_heading(words: list[tuple[str, int, int]], position: int) -> bool:
    """«Xã, Phường», «XÃ HỘI»: the kind itself, or capitals that tell nothing."""
    word = words[position][0]
    return word.lower() in _KINDS or (word.isupper() and len(word) > 1)


def _may_stand(words: list[tuple[str, int, int]], position: int) -> bool:
    before = words[position - 1][0] if position else ""
    return (
        before.lower() not in _NO_PLACE_BEFORE
        and not before.isdigit()
        and (not before[:1].isupper() or before.lower() in _IN_FRONT)
    )


def _is_lead(word: str) -> bool:
    return word.lower() in _IN_FRONT or word.lower() in _KINDS or word.lower() in ("công", "ubnd", "đặc", "thị")


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Every name of a unit of today or before, of a district, of another province; without marks."""
    units = places().units.values()
    wards = [unit.name for unit in units] + [former.name for unit in units for former in unit.was]
    districts = [split_kind(district)[1] for district in places().districts]
    return frozenset(fold(name) for name in (*wards, *districts, *places().other_provinces)) - _HERE
