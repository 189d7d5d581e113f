"""The names of places as they are looked up: words, kinds, and every name of today and before, however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from knowledge.places import DISTRICT_KINDS, WARD_KINDS, Former, Unit, places, split_kind
from knowledge.text import fold, syllable

_TOKEN = re.compile(r"\w+")
_BREAK = re.compile(r"[,;!?()\[\]{}\n|/]|\.\s|\s[-–]\s|^\.$")
_LONGEST_NAME = 5
"""Syllables."""

KINDS: Mapping[str, str] = {
    **{fold(kind): kind for kind in (*WARD_KINDS, *DISTRICT_KINDS)},
    "p": "phường",
    "f": "phường",
    "ph": "phường",
    "x": "xã",
    "tt": "thị trấn",
    "ward": "phường",
    "commune": "xã",
    "q": "quận",
    "h": "huyện",
    "huyen dao": "huyện",
    "tx": "thị xã",
    "tp": "thành phố",
    "district": "quận",
}
"""Every way of writing a kind, folded."""

_SHORT_KINDS = frozenset(("p", "f", "ph", "x", "tt", "q", "h", "tx", "tp"))
_KIND_BEGINNINGS = frozenset(kind.split()[0] for kind in KINDS)
_OTHER_WORDS = frozenset(("xa", "quan"))
"""Kinds without their marks that are words of their own: «đi làm xa», «cơ quan»."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, in normal form."""

    word: str
    folded: str
    start: int
    end: int
    gap: str
    """What stands between it and the word before."""
    breaks: bool
    """A sentence or a part of one ends before it: no name goes across."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one place."""

    spelled: tuple[str, ...]
    kind: str
    unit: Unit | None
    former: Former | None = None
    """The old unit that had the name, if it is an old one."""
    district: str = ""
    """Set where the name is a district's."""

    @property
    def folded(self) -> tuple[str, ...]:
        """Its words without marks."""
        return tuple(fold(word) for word in self.spelled)

    @property
    def key(self) -> str:
        """Its words without marks, written together."""
        return "".join(self.folded)

    @property
    def districts(self) -> frozenset[str]:
        """The abolished districts that it lay in."""
        olds = (self.former,) if self.former else self.unit.was if self.unit else ()
        return frozenset(former.district for former in olds)


def tokens_of(text: str) -> list[Token]:
    """The words of a text in NFC; the dot of «p.» or «TP.» is no end of a sentence."""
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        word = _normal(match.group().lower())
        gap = text[end : match.start()]
        if gap.startswith(".") and tokens and tokens[-1].folded in _SHORT_KINDS:
            gap = gap[1:]
        breaks = gap != " " and bool(_BREAK.search(gap))
        tokens.append(Token(word, fold(word), match.start(), match.end(), gap, breaks))
        end = match.end()
    return tokens


def _normal(word: str) -> str:
    """The normal form of a word; quí is quý."""
    word = syllable(word)
    if fold(word) != "qui":
        return word
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).replace("i", "y"))


def kind_at(tokens: Sequence[Token], position: int, *, accented: bool) -> tuple[str, int]:
    """The kind that is written at a position before more words, and how many words it takes."""
    if position >= len(tokens) or tokens[position].folded not in _KIND_BEGINNINGS:
        return "", 0
    if [token.folded for token in tokens[position : position + 2]] == ["xa", "hoi"]:
        return "", 0  # «bảo hiểm xã hội» is no commune
    for length in (2, 1):
        words = tokens[position : position + length]
        kind = KINDS.get(" ".join(token.folded for token in words), "")
        behind = tokens[position + 1 : position + length + 1]
        whole = len(behind) == length and not any(token.breaks for token in behind)
        if kind and whole and (not accented or _is_written(kind, words)):
            return kind, length
    return "", 0


def _is_written(kind: str, words: Sequence[Token]) -> bool:
    """Whether the marks are those of the kind, or left out: «phương án» is no ward."""
    said = " ".join(token.word for token in words)
    return said.startswith(kind) or (said.isascii() and said not in _OTHER_WORDS)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names by their words written together without marks."""

    names: Mapping[str, list[Name]]
    beginnings: frozenset[str]
    """Of all names: nearly every word of a text begins none."""

    @staticmethod
    def of(names: Iterable[tuple[str, Name]]) -> NameIndex:
        """An index of names by these keys."""
        index: dict[str, list[Name]] = defaultdict(list)
        for key, name in names:
            index[key].append(name)
        return NameIndex(dict(index), frozenset(key[:end] for key in index for end in range(1, len(key) + 1)))


def names_at(tokens: Sequence[Token], position: int, index: NameIndex) -> tuple[list[Name], int]:
    """The longest name at a position, and how many words it takes; together or apart is the same."""
    whole: tuple[list[Name], int] | None = None
    glued: tuple[list[Name], int] | None = None
    written: tuple[str, ...] = ()
    for token in tokens[position : position + _LONGEST_NAME]:
        if written and token.breaks:
            break
        written += (token.folded,)
        key = "".join(written)
        if key not in index.beginnings:
            break
        names = [name for name in index.names.get(key, []) if _fits(written, name.folded)]
        if any(name.folded == written for name in names):
            whole = names, len(written)
        elif names:
            glued = names, len(written)
    # «Tam An h. Phú Ninh» is not Tam Anh.
    return whole or glued or ([], 0)


def _fits(written: Sequence[str], name: Sequence[str]) -> bool:
    """Whether words are only written together or apart: «trạm y» is no Trà My."""
    ends, own = (set(accumulate(len(word) for word in words)) for words in (written, name))
    return ends <= own or own <= ends


def by_marks(names: Sequence[Name], words: Sequence[Token], *, accented: bool, kind: str) -> list[Name]:
    """The names whose marks agree. One wrong mark is forgiven behind a kind, where the rest is right."""
    if not accented:
        return list(names)
    joined = "".join(token.word for token in words)
    exact = [name for name in names if "".join(name.spelled) == joined]
    if exact or joined.isascii():
        return exact or list(names)
    near = 1 if kind and len(words) > 1 else 0
    wrong = [(_wrong_marks(name, words), name) for name in names]
    fewest = min((count for count, _ in wrong), default=0)
    return [name for count, name in wrong if count == fewest <= near]


def _wrong_marks(name: Name, words: Sequence[Token]) -> int:
    """How many words bear other marks than the name; a word without marks bears none."""
    if len(name.spelled) != len(words):
        return len(words)
    return sum(
        not (token.word == word or token.word.isascii()) for token, word in zip(words, name.spelled, strict=True)
    )


@lru_cache(maxsize=1)
def name_index() -> NameIndex:
    """Every name: today's units first, then old units, then districts."""
    return NameIndex.of((name.key, name) for name in (*_names_of_units(), *_names_of_districts()))


@lru_cache(maxsize=1)
def district_index() -> NameIndex:
    """The names of the abolished districts alone."""
    return NameIndex.of((name.key, name) for name in _names_of_districts())


@lru_cache(maxsize=1)
def initials_index() -> NameIndex:
    """The names of units by their first letters: HC."""
    return NameIndex.of(("".join(word[0] for word in name.folded), name) for name in _names_of_units())


@lru_cache(maxsize=1)
def other_provinces() -> NameIndex:
    """The names of other provinces and cities."""
    names = (Name(_spelled(name), "", None) for name in places().other_provinces)
    return NameIndex.of((name.key, name) for name in names)


def _names_of_units() -> list[Name]:
    units = places().units.values()
    today = [Name(_spelled(unit.name), unit.kind, unit) for unit in units]
    return today + [Name(_spelled(former.name), former.kind, unit, former) for unit in units for former in unit.was]


def _names_of_districts() -> list[Name]:
    split = ((district, *split_kind(district)) for district in places().districts)
    return [Name(_spelled(name), kind, None, district=district) for district, kind, name in split]


def _spelled(name: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens_of(unicodedata.normalize("NFC", name)))
