"""The tests behind the rules for sayings that look at a saying, a code or a file by itself."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.text import has_diacritics, one_line, place_tones

FEWEST = 3
"""So many sayings every procedure has."""
LONGEST = 300
"""Characters: longer, it is a letter and not a saying."""
_WHOLE_TITLE = 5
"""Words: a shorter title may well stand in what somebody says."""
_MOSTLY_TITLE = 2
"""A saying more than so many times as long as the title that stands in it tells something of its own."""
_COPIED_FROM = 6
"""Words: of a shorter saying too little is left to compare."""
_COPIED_SHARE = 0.9
_STRETCH = 1.5
"""The part of the title that a copy was taken from is at most so many times as long: a long title holds the words of
every short name in order, and a short name is no copy."""

_PERSONAL = re.compile(r"(?<!\d)(?:\d{9}|\d{12})(?!\d)|(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)|\S@\S")
_TITLE_DRESS = re.compile(r"^\s*(?:\d+\.\s*)?thủ tục\s+|\s*\([^()]*\)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Official:
    """What the catalogue says of a procedure, as far as sayings are compared with it."""

    name: str
    """The official title."""
    title: tuple[str, ...]
    """Its words."""
    folded: tuple[str, ...]
    bare: tuple[str, ...]
    """The folded words without «Thủ tục» before and a bracket behind."""
    field: str


@dataclass(frozen=True, slots=True)
class Saying:
    """One line of a file."""

    file: str
    code: str
    text: str
    words: tuple[str, ...]
    folded: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file} {self.code}: «{self.text}»"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, with what it collides with in the words of the staff."""

    file: str
    code: str
    saying: str
    detail: str
    other: tuple[str, str] = ("", "")
    """File and code of the second saying, where two collide."""


@dataclass(frozen=True)
class Gathered:
    """All sayings, and what they are judged by."""

    sayings: Sequence[Saying]
    places: Mapping[str, Sequence[str]]
    """For each code the files it stands in, in order; a file twice where the code stands there twice."""
    fields: Mapping[str, frozenset[str]]
    """For each file the fields its first line names."""
    officials: Mapping[str, Official]

    @cached_property
    def by_code(self) -> Mapping[str, Sequence[Saying]]:
        """The sayings of each code."""
        groups: dict[str, list[Saying]] = defaultdict(list)
        for saying in self.sayings:
            groups[saying.code].append(saying)
        return groups


def bare_title(name: str) -> str:
    """An official title without «Thủ tục» before and a bracket behind."""
    return _TITLE_DRESS.sub("", name)


def code_unknown(gathered: Gathered) -> Iterator[Found]:
    """Codes that nothing shipped has."""
    for code, files in gathered.places.items():
        if code not in gathered.officials:
            yield Found(files[0], code, "", "mã không có trong danh mục")


def code_elsewhere(gathered: Gathered) -> Iterator[Found]:
    """Codes in a file of another field."""
    for code, files in gathered.places.items():
        official = gathered.officials.get(code)
        for file in dict.fromkeys(files):
            if official and official.field not in gathered.fields[file]:
                here = "; ".join(sorted(gathered.fields[file])) or "dòng đầu không ghi lĩnh vực"
                yield Found(file, code, "", f"lĩnh vực «{official.field}», tệp dành cho «{here}»")


def code_twice(gathered: Gathered) -> Iterator[Found]:
    """Codes that stand in two places."""
    for code, files in gathered.places.items():
        if len(files) > 1:
            yield Found(files[0], code, "", f"còn ở {', '.join(files[1:])}")


def too_few(gathered: Gathered) -> Iterator[Found]:
    """Codes with fewer sayings than every procedure has."""
    for code, files in gathered.places.items():
        count = len(gathered.by_code.get(code, ()))
        if count < FEWEST:
            yield Found(files[0], code, "", f"{count} lời, cần ít nhất {FEWEST}")


def said_twice(gathered: Gathered) -> Iterator[Found]:
    """The same words twice, under one code or two."""
    first: dict[tuple[str, ...], Saying] = {}
    for saying in gathered.sayings:
        twin = first.setdefault(saying.folded, saying)
        if twin is not saying and saying.folded:
            yield Found(saying.file, saying.code, saying.text, f"trùng với {twin}", (twin.file, twin.code))


def untidy(gathered: Gathered) -> Iterator[Found]:
    """Sayings that are not in the one way of writing."""
    for saying in gathered.sayings:
        tidy = place_tones(one_line(saying.text))
        if tidy != saying.text and tidy:
            yield Found(saying.file, saying.code, saying.text, f"viết là «{tidy}»")


def length(gathered: Gathered) -> Iterator[Found]:
    """Sayings without a word, and letters."""
    for saying in gathered.sayings:
        if not saying.folded:
            yield Found(saying.file, saying.code, saying.text, "không có chữ nào")
        elif len(saying.text) > LONGEST:
            yield Found(saying.file, saying.code, saying.text, f"{len(saying.text)} ký tự, nhiều nhất là {LONGEST}")


def personal_data(gathered: Gathered) -> Iterator[Found]:
    """Sayings with a number or an address that may be somebody's."""
    for saying in gathered.sayings:
        if match := _PERSONAL.search(saying.text):
            yield Found(saying.file, saying.code, saying.text, f"«{match.group().strip()}»")


def title_copied(gathered: Gathered) -> Iterator[Found]:
    """Sayings taken from the official title."""
    for saying in gathered.sayings:
        official = gathered.officials.get(saying.code)
        if official and (_is_title(saying, official) or _is_stretch(saying, official)):
            yield Found(saying.file, saying.code, saying.text, f"tên chính thức «{official.name}»")


def _is_title(saying: Saying, official: Official) -> bool:
    if saying.folded in (official.folded, official.bare):
        return True
    if len(official.bare) < _WHOLE_TITLE or len(saying.folded) > _MOSTLY_TITLE * len(official.bare):
        return False
    return f" {' '.join(official.bare)} " in f" {' '.join(saying.folded)} "


def _is_stretch(saying: Saying, official: Official) -> bool:
    # Marks are compared where there are some: folded, «đóng cửa» stands in «hoạt động của».
    marked = has_diacritics(saying.text)
    words, title = (saying.words, official.title) if marked else (saying.folded, official.folded)
    least = _COPIED_SHARE * len(words)
    if len(words) < _COPIED_FROM or sum((Counter(words) & Counter(title)).values()) < least:
        return False
    size = math.ceil(_STRETCH * len(words))
    starts = range(max(1, len(title) - size + 1))
    return any(_in_order(words, title[start : start + size]) >= least for start in starts)


def _in_order(words: Sequence[str], others: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(others) + 1)
    for word in words:
        before = 0
        for place, other in enumerate(others, start=1):
            before, row[place] = row[place], before + 1 if word == other else max(row[place], row[place - 1])
    return row[-1]
