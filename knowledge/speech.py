"""Repairing how people type and talk, before anything is looked up. Only words are exchanged; no fact is added."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.keyboards import decoded
from knowledge.numbers import with_numerals
from knowledge.procedure import CODE_PATTERN
from knowledge.repair import Repair, Vocabulary, repaired
from knowledge.sounds import is_syllable
from knowledge.spans import protected
from knowledge.text import clean, fold_word, has_diacritics, syllables, tokens, without_markup

_DATA = Path(__file__).parent / "speech.yaml"
_CODE = re.compile(CODE_PATTERN[:-1] + r"(?!\d)")

_ENGLISH_SIGNS = frozenset(
    (
        "how what where when which who is are do does can could i my the a an to for of need get want please "
        "english birth marriage passport residence permit license licence register registration apply "
        "certificate card fee long much and foreigner foreign visa lost renew child baby my long cost "
        "documents we us our will that this from with have has you your if not or by"
    ).split()
)
_VIETNAMESE_SIGNS = frozenset(
    (
        "toi khong giay lam cho gi bao nhieu dau xe nha can cuoc sinh hon ky khau duoc nhu the nao con tien phuong xa"
    ).split()
)

Phrase = tuple[str, ...]


class Phrases(dict[Phrase, Phrase]):
    """What stands for each phrase: other words, or none."""

    @cached_property
    def longest(self) -> dict[str, int]:
        """How many words the longest phrase has that begins with a word: most words begin none."""
        longest: dict[str, int] = {}
        for phrase in self:
            longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
        return longest


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
    repairs: tuple[Repair, ...] = ()
    """Slips of keys and of hearing that were undone."""


def understand(question: str, vocabulary: Vocabulary | None = None) -> Query:
    """Repair a question for look-up, by the words of the catalogue where they are given. Never raises.

    An empty question gives an empty query.
    """
    text = clean(question)
    told = without_markup(text)
    typed = syllables(told)
    accented = has_diacritics(told)
    english = is_english(told)
    codes = tuple(dict.fromkeys(match.group(0) for word in typed if (match := _CODE.match(word))))
    if english:
        content = exchange(typed, frames(english=True, accented=accented))
        return Query(text, tuple(typed), tuple(content or typed), accented, codes)
    kept = protected(text)
    repairs: tuple[Repair, ...] = ()
    if vocabulary is not None:
        typed, repairs = repaired(typed, vocabulary, kept)
        accented = accented or any(has_diacritics(repair.became) for repair in repairs)
    words, kept = with_numerals(typed, kept)
    words = exchange(words, _exchanges(accented=accented), kept)
    content = exchange(words, frames(english=False, accented=accented))
    return Query(text, tuple(words), tuple(content or words), accented, codes, repairs)


@lru_cache(maxsize=4096)
def is_english(text: str) -> bool:
    """Whether a text is English rather than Vietnamese, with or without diacritics."""
    words = [word.lower() for word in tokens(text) if word.isalpha()]
    if not words or sum(fold_word(word) != word for word in words) * _MOST_ACCENTED > len(words):
        return False
    english = sum(word in _ENGLISH_SIGNS for word in words)
    vietnamese = sum(word in _VIETNAMESE_SIGNS for word in words)
    foreign = sum(_is_foreign(word) for word in words)
    return (english > vietnamese and english * 4 >= len(words)) or (foreign > 1 and foreign * 3 >= len(words))


_MOST_ACCENTED = 8
"""One word in so many may have marks: fiancée, Đà Nẵng."""
_TELLING = 4
"""Shorter words that are no Vietnamese syllable are short forms: gks, ntn."""


def _is_foreign(word: str) -> bool:
    return len(word) >= _TELLING and word.isascii() and not is_syllable(word) and not decoded(word)


def frames(*, english: bool, accented: bool) -> Phrases:
    """The dress of a question, each phrase exchanged for nothing."""
    return _english_frames() if english else _frames(accented=accented)


def exchange(words: list[str], table: Phrases, kept: Collection[int] = ()) -> list[str]:
    """Exchange phrases, the longest first; what stands in no phrase stays, and so do the kept places."""
    result: list[str] = []
    position = 0
    begins = table.longest
    while position < len(words):
        if words[position] not in begins:
            result.append(words[position])
            position += 1
            continue
        longest = min(begins[words[position]], len(words) - position)
        for length in range(longest, 0, -1):
            replacement = table.get(tuple(words[position : position + length]))
            if replacement is not None and not any(place in kept for place in range(position, position + length)):
                result += replacement
                position += length
                break
        else:
            result.append(words[position])
            position += 1
    return result


@lru_cache(maxsize=1)
def short_forms() -> Mapping[Phrase, tuple[Phrase, ...]]:
    """Each full phrase and the short forms people use for it: `short`, backwards."""
    forms: dict[Phrase, tuple[Phrase, ...]] = {}
    for short, full in _table("short", accented=True).items():
        forms[full] = (*forms.get(full, ()), short)
    return forms


@lru_cache(maxsize=2)
def _exchanges(*, accented: bool) -> Phrases:
    table = {**_table("stays", accented=accented), **_table("dialect", accented=accented)}
    if not accented:
        # One word of dialect without marks may be another word: «mo» mở, «chi» chỉ.
        table = {phrase: full for phrase, full in table.items() if len(phrase) > 1}
    return Phrases({**table, **_table("heard", accented=accented), **_table("short", accented=accented)})


@lru_cache(maxsize=2)
def _frames(*, accented: bool) -> Phrases:
    frames = [tuple(syllables(frame)) for frame in _data()["frames"]]
    if not accented:
        # A single folded syllable may be another word: «can» is cần and căn.
        frames = [_folded(frame) for frame in frames if len(frame) > 1 or _folded(frame) in _SAFE_FOLDED]
    return Phrases({**_table("stays", accented=accented), **dict.fromkeys(frames, ())})


def _table(part: str, *, accented: bool) -> dict[Phrase, Phrase]:
    """A list of `speech.yaml` by phrases; without marks only what is safe to read so."""
    told: Mapping[str, str] = _data()[part] if part != "stays" else {phrase: phrase for phrase in _data()[part]}
    table = {tuple(syllables(phrase)): tuple(syllables(full)) for phrase, full in told.items()}
    if accented:
        return table
    readable = (phrase for phrase in table if part == "stays" or "".join(phrase).isascii())
    return {_folded(phrase): _folded(table[phrase]) for phrase in readable}


@lru_cache(maxsize=1)
def _english_frames() -> Phrases:
    return Phrases((tuple(syllables(frame)), ()) for frame in _data()["english_frames"])


_SAFE_FOLDED: frozenset[Phrase] = frozenset(
    (word,)
    for word in (
        "a oi nhe voi giup muon toi tui em minh gi la va roi vay phai de nay cac nhung nua khong co ko alo ad thanks tks pls"
    ).split()
)


def _folded(phrase: Phrase) -> Phrase:
    return tuple(map(fold_word, phrase))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
