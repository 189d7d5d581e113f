"""The word lists of the check, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent


@lru_cache(maxsize=64)
def words(name: str) -> re.Pattern[str]:
    """The words of that name in `words.yaml`, as one pattern over text in lower case."""
    return re.compile("|".join(f"(?:{word})" for word in _read("words.yaml")[name]))


@lru_cache(maxsize=1)
def own_numbers() -> frozenset[str]:
    """Figures that the assistant may always say."""
    return frozenset(_read("words.yaml")["own_numbers"])


@dataclass(frozen=True, slots=True)
class Names:
    """Names to be found in a text, each with the id of what it names."""

    pattern: re.Pattern[str]
    ids: tuple[str, ...]
    """Of the groups of the pattern, in order."""

    @staticmethod
    def of(names: Mapping[str, Sequence[str]], around: str = "{}") -> Names:
        """One pattern over all names; they begin where a word begins, which keeps the search short."""
        groups = "|".join(f"({'|'.join(shapes)})" for shapes in names.values())
        return Names(re.compile(r"(?<!\w)" + around.format(rf"(?:{groups})(?!\w)")), tuple(names))

    def found(self, low: str) -> Iterator[tuple[str, int, int]]:
        """What is named, and where."""
        for match in self.pattern.finditer(low):
            yield self.ids[(match.lastindex or 1) - 1], match.start(), match.end()


@lru_cache(maxsize=1)
def bodies() -> tuple[Names, ...]:
    """The names of offices: those of their own, then departments, ministries and divisions by what they deal with."""
    data = _read("bodies.yaml")
    own = Names.of(data["bodies"])
    topics = {topic: [re.escape(name) for name in names] for topic, names in data["topics"].items()}
    heads = (
        Names.of({f"{head} of {topic}": names for topic, names in topics.items()}, shape + r"\b")
        for head, shapes in data["heads"].items()
        for shape in shapes
    )
    return own, *heads


@lru_cache(maxsize=1)
def together() -> tuple[frozenset[str], ...]:
    """Offices that share a counter."""
    return tuple(frozenset(group) for group in _read("bodies.yaml")["together"])


@lru_cache(maxsize=1)
def papers() -> Names:
    """The names of papers."""
    return Names.of(_read("papers.yaml"))


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load((_HERE / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
