"""Papers in a text: those that it names, and those that it says are not needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.lexicon import papers, words
from assistant.checking.prose import Prose

_REACH = 70
"""Characters behind «không cần nộp» in which the paper is named, and before «thì không cần»."""
_WORD = re.compile(r"\w{2,}")
_WORDS, _SHARED = 12, 2
"""Words near a denial that are looked at, and how many of them a paper's name must share."""
_STOP = re.compile(
    r"[.;:!?\n]|, (?!giấy|tờ|bản|đơn|hay|hoặc|or)| mà | nhưng | but | chỉ cần | only | if | nếu | khi | vì | because "
)


_CASE = re.compile(r"(?:no|without)\b(?! need| longer)")
"""«if there is no certificate» is a case, and says nothing of what is needed."""


@dataclass(frozen=True, slots=True)
class PaperName:
    """A paper that a text names."""

    paper: str
    """Its id in `papers.yaml`; its own words where it has none."""
    start: int
    end: int
    listed: bool = True
    """Whether it has an id."""
    shorter: str = ""
    """Its name with one word less, where the last one may not belong to it."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A paper that is said not to be needed."""

    paper: str
    start: int
    end: int
    at: int = 0
    """Where the words stand that deny it: the same for all papers that they deny."""
    sure: bool = True
    """Whether it says so outright: «without a certificate» may be a case like any other."""


def paper_names(low: str, start: int = 0, end: int | None = None) -> list[PaperName]:
    """The papers that a text in lower case names, in order."""
    end = len(low) if end is None else end
    piece = low[start:end]
    found = [PaperName(name, start + first, start + last) for name, first, last in papers().found(piece)]
    taken = [(name.start, name.end) for name in found]
    for other in (*_vietnamese(piece), *_english(piece)):
        first, last = start + other.start, start + other.end
        if not any(first < stop and begin < last for begin, stop in taken):
            found.append(PaperName(other.paper, first, last, listed=False, shorter=other.shorter))
    return sorted(found, key=lambda name: name.start)


def negations(prose: Prose, names: Mapping[str, Sequence[frozenset[str]]] | None = None) -> list[Negation]:
    """The papers that are said not to be needed; `names` are those of a record, by the words of each."""
    found: dict[tuple[str, int], Negation] = {}
    for denial in _denials(prose):
        for paper, start, end in _objects(prose.low, denial, names or {}):
            begin = start if denial.last < denial.end else denial.start
            found.setdefault((paper, begin), Negation(paper, begin, max(end, denial.end), denial.end, denial.sure))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Denial:
    """«không cần nộp …», «… thì không cần», and where its object stands."""

    start: int
    end: int
    first: int
    last: int
    sure: bool


def _denials(prose: Prose) -> Iterator[_Denial]:
    low = prose.low
    for match in words("not_needed").finditer(low):
        behind = low[match.end() : match.end() + _REACH]
        stop = _STOP.search(behind)
        last = match.end() + (stop.start() if stop else len(behind))
        yield _Denial(match.start(), match.end(), match.start(), last, sure=not _CASE.match(match.group()))
    for match in words("not_needed_after").finditer(low):
        first = max(prose.sentence_at(match.start()).start, match.start() - _REACH)
        stops = [stop.end() for stop in _STOP.finditer(low, first, match.start())]
        begin = stops[-1] if stops else first
        yield _Denial(begin, match.end(), begin, match.start(), sure=True)


def _objects(
    low: str, denial: _Denial, names: Mapping[str, Sequence[frozenset[str]]]
) -> Iterator[tuple[str, int, int]]:
    """The papers that are denied: all up to where the clause stops, as in «giấy khai sinh hay hộ chiếu»."""
    listed = [name for name in paper_names(low, denial.first, denial.last) if name.start - denial.end < _REACH // 2]
    yield from ((name.paper, name.start, name.end) for name in listed)
    told = list(_WORD.finditer(low, denial.first, denial.last))
    told = told[:_WORDS] if denial.last > denial.end else told[-_WORDS:]
    near = {match.group() for match in told}
    for name, own in names.items():
        if any(len(near & said) >= max(min(_SHARED, len(said)), min(len(said), _WORDS) / 3) for said in own):
            start = next(match.start() for match in told if any(match.group() in said for said in own))
            yield name, start, denial.last


def _vietnamese(piece: str) -> Iterator[PaperName]:
    for match in words("paper_heads").finditer(piece):
        head, rest = match["head"], match["rest"].split()
        kept = 0
        while kept < len(rest) and not _no_name().fullmatch(rest[kept]) and not rest[kept].isdigit():
            kept += 1
        if kept:
            end = match.end("head") + sum(len(word) + 1 for word in rest[:kept])
            shorter = f"{head} {rest[0]}" if kept > 1 else ""
            yield PaperName(f"{head} {' '.join(rest[:kept])}", match.start(), end, listed=False, shorter=shorter)


def _english(piece: str) -> Iterator[PaperName]:
    for match in words("english_paper").finditer(piece):
        if not _english_no_name().fullmatch(match["first"]):
            yield PaperName(f"{match['first']} {match['head']}", match.start(), match.end(), listed=False)


@lru_cache(maxsize=1)
def _no_name() -> re.Pattern[str]:
    return words("no_name")


@lru_cache(maxsize=1)
def _english_no_name() -> re.Pattern[str]:
    return words("english_no_name")
