"""People named in a sentence: «mẹ», «con trai tôi», «vợ của em». A word in a street or a number is nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from assistant.forms.extracting.lexicon import Word, data, is_listed, listed, numbers
from assistant.forms.extracting.vocabulary import Entry, Vocabulary
from assistant.privacy.reading import Reading
from knowledge.text import fold

COLON = re.compile(r"\s*[:=]")
_CLAUSE = re.compile(r"(?:^|[,.;:!?\n(]|(?<!\w)(?:con|va|da|thua|thi|vang|cho|roi|a|alo|ok))\s*$")
_COUNTED_AFTER = frozenset(("thang", "ngay", "mung", "mong"))
_MIDDLES = frozenset(("van", "thi", "huu"))
_NEVER_NAMES = frozenset(("sinh", "la", "o"))
_MOST_OWNERS = 4


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a message, and what a form calls things."""

    known: Vocabulary
    words: Sequence[Word]
    read: Reading

    def key(self, place: int) -> str:
        """The word at a place without marks; empty where there is none."""
        return self.words[place].key if 0 <= place < len(self.words) else ""

    def joins(self, place: int) -> bool:
        """Whether a word stands right behind another."""
        if not 0 < place < len(self.words):
            return False
        return not self.read.plain[self.words[place - 1].end : self.words[place].start].strip()

    def is_capital(self, place: int) -> bool:
        """Whether a word is written with a capital that says something."""
        return self.read.cased and self.read.written[self.words[place].start].isupper()

    def at(self, place: int) -> tuple[int, list[Entry]]:
        """The longest phrase that begins at a word: its length, and what it may mean."""
        return self.known.at(self.words, place, self.read)

    def is_in_a_name(self, place: int) -> bool:
        """Whether a word stands in the middle of a name: «Nguyễn Văn Ba sinh», «văn minh sinh»."""
        if not self.joins(place):
            return False
        start, end = self.words[place][:2]
        shouted = end - start > 1 and self.read.written[start:end].isupper()
        after_capital = self.read.written[self.words[place - 1].start].isupper()
        middle = self.key(place - 1) in _MIDDLES and self.key(place) not in _NEVER_NAMES
        return middle or (self.is_capital(place) and after_capital and not shouted)


class Person(NamedTuple):
    """Somebody named."""

    people: tuple[str, ...]
    """The sections about them."""
    after: int
    """The place of the first word behind."""


def person(sentence: Sentence, place: int) -> Person | None:
    """Who is named at a word, «của tôi», «em», «đầu lòng» behind included."""
    named = _named(sentence, place)
    if named is None:
        return None
    found, owned = named
    return found if _is_one(sentence, place, found.after, owned=owned) else None


def person_behind(sentence: Sentence, place: int) -> Person | None:
    """Who is named right behind a label, «của» or not: whose value it is."""
    if sentence.key(place - 1) in ("ngay", "nam", "hom"):
        return None  # «sinh ngày ba tháng tư»
    of = sentence.key(place) in listed("of")
    place += of
    if not sentence.joins(place) or (sentence.is_capital(place) and not of):
        return None
    named = _named(sentence, place)
    return named[0] if named else None


def is_owned(sentence: Sentence, place: int) -> bool:
    """Whether «em», «tôi» at a word only says whose somebody is: «chị gái em tên …»."""
    if sentence.key(place) not in listed("self") or not sentence.joins(place):
        return False
    return is_listed("relatives", sentence.words[place - 1].written, marked=sentence.read.marked)


def _named(sentence: Sentence, place: int) -> tuple[Person, bool] | None:
    length, entries = sentence.known.at(sentence.words, place, sentence.read, people=True)
    people = tuple(dict.fromkeys(name for entry in entries for name in entry.people))
    if not people or _is_of_a_couple(sentence, place):
        return None
    after = place + length
    end = after if sentence.key(place) in listed("self") else _behind_owner(sentence, after)
    if _is_counted(sentence, place, end):
        return None
    return Person(people, end), end > after


def _behind_owner(sentence: Sentence, place: int) -> int:
    """The place behind «của tôi», «em», «thứ hai của mình»."""
    for _ in range(_MOST_OWNERS):
        if not sentence.joins(place):
            break
        key, following = sentence.key(place), sentence.key(place + 1)
        of = key in listed("of") and following in listed("whose")
        ordinal = key == "thu" and following in numbers() | {"nhat", "nhi"}
        if of or ordinal:
            place += 2
        elif is_listed("whose", sentence.words[place].written, marked=sentence.read.marked) and not sentence.is_capital(
            place
        ):
            place += 1
        else:
            break
    return place


def _is_counted(sentence: Sentence, place: int, after: int) -> bool:
    """Whether «ba» is a three: «tháng ba», «hai mươi ba», «ba tháng»."""
    if sentence.key(place) not in numbers():
        return False
    before, behind = sentence.key(place - 1), sentence.key(after)
    counted = before in numbers() or before in _COUNTED_AFTER
    return behind == "thang" or (counted and behind not in ("la", "ten"))


def _is_of_a_couple(sentence: Sentence, place: int) -> bool:
    """Whether a word speaks of two: «cha mẹ», «vợ chồng»."""
    pairs = ((sentence.key(first), sentence.key(first + 1)) for first in (place - 1, place))
    return any(pair in _couples() for pair in pairs)


@cache
def _couples() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(told).split()) for told in data()["couples"])


def _is_one(sentence: Sentence, place: int, after: int, *, owned: bool) -> bool:
    """Whether a person's word is one here, and no part of a name or a street: «Hai Bà Trưng»."""
    if sentence.is_in_a_name(place):
        return False
    linked = sentence.key(after) in listed("link") and sentence.joins(after)
    if owned or linked or COLON.match(sentence.read.plain, sentence.words[after - 1].end):
        return True
    begins = _CLAUSE.search(sentence.read.plain, 0, sentence.words[place].start) is not None
    return begins and (sentence.read.marked or after - place > 1 or not place)
