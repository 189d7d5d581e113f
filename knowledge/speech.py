"""Repairing how people type and talk, before anything is looked up. Only words are exchanged; no fact is added."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.procedure import CODE_PATTERN
from knowledge.text import clean, fold, has_diacritics, syllables

_DATA = Path(__file__).parent / "speech.yaml"
_CODE = re.compile(CODE_PATTERN[:-1] + r"(?!\d)")

_ENGLISH_SIGNS = frozenset(
    (
        "how what where when which who is are do does can could i my the a an to for of need get want please "
        "english birth marriage passport residence permit license licence register registration apply "
        "certificate card fee long much and foreigner foreign visa lost renew child baby my long cost "
        "documents"
    ).split()
)
_VIETNAMESE_SIGNS = frozenset(
    (
        "toi khong giay lam cho gi bao nhieu dau xe nha can cuoc sinh hon ky khau duoc nhu the nao con tien phuong xa"
    ).split()
)

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it will be looked up."""

    original: str
    words: tuple[str, ...]
    """Every word, short forms and dialect exchanged for common words."""
    content: tuple[str, ...]
    """The words that may name a procedure; the dress of the question is left out."""
    accented: bool
    """Whether the writer used diacritics; without them only folded words are compared."""
    codes: tuple[str, ...]
    """Procedure codes that were typed."""


def understand(question: str) -> Query:
    """Repair a question for look-up. Never raises; an empty question gives an empty query."""
    text = clean(question)
    typed = syllables(text)
    accented = has_diacritics(text)
    english = is_english(text)
    words = typed if english else exchange(typed, _exchanges(accented=accented))
    content = exchange(words, frames(english=english, accented=accented))
    codes = tuple(dict.fromkeys(match.group(0) for word in typed if (match := _CODE.match(word))))
    return Query(text, tuple(words), tuple(content or words), accented, codes)


@lru_cache(maxsize=4096)
def is_english(text: str) -> bool:
    """Whether a text is English rather than Vietnamese, with or without diacritics."""
    if any(ord(letter) > 0x24F or letter in "đĐăĂơƠưƯ" for letter in text) or has_diacritics(text):
        return False
    words = text.lower().replace("'", " ").split()
    plain = [re.sub(r"\W", "", word) for word in words]
    english = sum(word in _ENGLISH_SIGNS for word in plain)
    vietnamese = sum(word in _VIETNAMESE_SIGNS for word in plain)
    return english > vietnamese and english * 4 >= len(plain)


def frames(*, english: bool, accented: bool) -> Mapping[Phrase, Phrase]:
    """The dress of a question, each phrase exchanged for nothing."""
    return _english_frames() if english else _frames(accented=accented)


def exchange(words: list[str], table: Mapping[Phrase, Phrase]) -> list[str]:
    """Exchange phrases, the longest first; what stands in no phrase stays."""
    result: list[str] = []
    longest = max(map(len, table), default=1)
    position = 0
    while position < len(words):
        for length in range(min(longest, len(words) - position), 0, -1):
            replacement = table.get(tuple(words[position : position + length]))
            if replacement is not None:
                result += replacement
                position += length
                break
        else:
            result.append(words[position])
            position += 1
    return result


@lru_cache(maxsize=2)
def _exchanges(*, accented: bool) -> dict[Phrase, Phrase]:
    data = _data()
    table = {tuple(syllables(short)): tuple(syllables(full)) for short, full in data["short"].items()}
    dialect = {tuple(syllables(word)): tuple(syllables(full)) for word, full in data["dialect"].items()}
    if accented:
        return dialect | table
    # Without marks «mo» may be mở and «chu» may be chủ: only phrases of two words and more are safe to exchange.
    folded = {_folded(word): _folded(full) for word, full in dialect.items() if len(word) > 1}
    return folded | {_folded(short): _folded(full) for short, full in table.items()}


@lru_cache(maxsize=2)
def _frames(*, accented: bool) -> dict[Phrase, Phrase]:
    data = _data()
    frames: list[Phrase] = [tuple(syllables(frame)) for frame in data["frames"]]
    if not accented:
        # A single folded syllable may be another word: «can» is cần and căn.
        frames = [_folded(frame) for frame in frames if len(frame) > 1 or _folded(frame) in _SAFE_FOLDED]
    return dict.fromkeys(frames, ())


@lru_cache(maxsize=1)
def _english_frames() -> dict[Phrase, Phrase]:
    return dict.fromkeys((tuple(syllables(frame)) for frame in _data()["english_frames"]), ())


_SAFE_FOLDED: frozenset[Phrase] = frozenset(
    (word,)
    for word in (
        "da a oi nhe nha voi giup muon toi em minh gi sao dau may tien thi la ma va roi vay phai de nay do no "
        "cac nhung di nua dang se bi khong co duoc thu tuc lam ho"
    ).split()
)


def _folded(phrase: Phrase) -> Phrase:
    return tuple(fold(word) for word in phrase)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return data
