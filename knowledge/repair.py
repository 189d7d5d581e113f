"""Repairing mistyped and misheard words by what the catalogue's own names are made of.

A word is changed only for a word that the names hold, and a misheard one only where its neighbours say so: «tộm trú»
becomes «tạm trú» because nobody says «tộm trú» and many say «tạm trú». Nothing is added and nothing is guessed from afar.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge import keyboards, sounds
from knowledge.terms import FOLDED, pair_term
from knowledge.text import fold_word

_HELD_DOWN = re.compile(r"(.)(?:\1{2,}|\1+$)")
_ENOUGH = 3
"""In so many names two words must stand together before a misheard word is changed for their sake."""

_TIMES_MORE, _TIMES_MORE_IF_RARE = 25, 5
"""So many times more often than the words as they were written: a few names were themselves written down from calls."""

_COMMON = 12
"""A word in more names than this is one that people do say."""

_RARE = 20
"""A word is rare beside another that stands in so many times more names."""

_SHARE_OF_ALL = 0.3
"""A word that stands in many names is changed only for a pair that stands in this share as many."""


class Vocabulary(Protocol):
    """The words of all names."""

    def count(self, term: str) -> int:
        """In how many names a term stands."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One word that was changed, and why: `keys`, `letters` or `sound`."""

    typed: str
    became: str
    why: str


def repaired(
    words: Sequence[str], vocabulary: Vocabulary, protected: Collection[int] = ()
) -> tuple[list[str], tuple[Repair, ...]]:
    """The words with slips of keys and of hearing undone, and what was changed; protected places stay as they are."""
    out = list(words)
    changes: dict[int, Repair] = {}
    places = [place for place, word in enumerate(words) if place not in protected and len(word) > 1]
    for place in places:
        if found := _mistyped(words[place], vocabulary):
            out[place], changes[place] = found.became, found
    # Text without any marks says nothing of what was heard: «chu» there is trú, chủ or chú.
    heard = places if any(not word.isascii() for word in out) else []
    for place in heard:
        before, word, after = ["", *out, ""][place : place + 3]
        if place not in changes and (found := _misheard(word, before, after, vocabulary)):
            out[place], changes[place] = found.became, found
    return out, tuple(changes[place] for place in sorted(changes))


def _mistyped(word: str, vocabulary: Vocabulary) -> Repair | None:
    if _is_known(word, vocabulary) or keyboards.is_loan(word):
        return None
    keys = keyboards.decoded(word)
    if keys and _is_known(keys, vocabulary):
        return Repair(word, keys, "keys")
    if any(letter.isdigit() for letter in word):
        return None
    # Letters are held down at the end, or for long: «sinhh», «đeeeep». Two in the middle may be keys, or a loan such as «neem».
    single = _HELD_DOWN.sub(r"\1", word)
    if len(single) > 1 and single[-1] == fold_word(single[-2]):
        single = single[:-1]  # cóooo
    for candidate in (single, keyboards.decoded(single)):
        if candidate and candidate != word and sounds.is_syllable(candidate) and _is_known(candidate, vocabulary):
            return Repair(word, candidate, "letters")
    return None


def _misheard(word: str, before: str, after: str, vocabulary: Vocabulary) -> Repair | None:
    if not sounds.is_syllable(word) or keyboards.is_loan(word):
        return None
    often = vocabulary.count(word)
    swapped = sounds.other_tone(word)
    least = max(_ENOUGH, _SHARE_OF_ALL * often)
    found = [
        (_beside(candidate, before, (after, *sounds.meant(after)), vocabulary), candidate)
        for candidate in sounds.meant(word)
        # No word stands beside another in more names than it stands in itself: most need not be looked at.
        if (times := vocabulary.count(candidate)) >= least
        # Hỏi and ngã make the same pairs, so there only a word that hardly anybody writes is changed.
        and (candidate != swapped or _is_slip(often, times))
    ]
    best, meant = max(found, default=(0.0, word))
    if best < least:
        return None
    own = _times(before, word, vocabulary) + _times(word, after, vocabulary) if often and meant != swapped else 0
    more = _TIMES_MORE if often > _COMMON else _TIMES_MORE_IF_RARE
    return Repair(word, meant, "sound") if best >= more * own else None


def _is_slip(often: int, other: int) -> bool:
    return often <= _COMMON and _RARE * often <= other


def _beside(word: str, before: str, after: Sequence[str], vocabulary: Vocabulary) -> float:
    """In about how many names a word stands beside its neighbours, the better of the two.

    Pairs are counted without marks, so the count is shared out: of all names with «tro», few have «tro» and most «trợ».
    """
    pairs = [(before, word), *((word, other) for other in after)]
    together = ((a, b, times) for a, b in pairs if (times := _times(a, b, vocabulary)))
    return max((_share(a, vocabulary) * _share(b, vocabulary) * times for a, b, times in together), default=0.0)


def _share(word: str, vocabulary: Vocabulary) -> float:
    return vocabulary.count(word) / max(vocabulary.count(FOLDED + fold_word(word)), 1)


def _times(first: str, second: str, vocabulary: Vocabulary) -> int:
    return vocabulary.count(pair_term(fold_word(first), fold_word(second))) if first and second else 0


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.count(FOLDED + word if word.isascii() else word) > 0
