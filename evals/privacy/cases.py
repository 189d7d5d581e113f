"""The hand-made cases: a message, and the values in it that must not leave the house."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.privacy import Kind

CASES = Path(__file__).parent / "cases.jsonl"

Value = tuple[int, int, Kind]
"""Where a value stands in its text, and what it is."""


@dataclass(frozen=True, slots=True)
class Case:
    """One message."""

    id: str
    text: str
    slice: str
    """How it is written: plain, no_marks, upper, spoken, spaced, english, transcript; none holds no personal data."""
    values: tuple[Value, ...]


@lru_cache(maxsize=4)
def load(path: Path = CASES) -> tuple[Case, ...]:
    """All cases of a file. A value that does not stand in its text is a mistake of the file: ValueError."""
    return tuple(_case(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())


def _case(record: dict[str, Any]) -> Case:
    text: str = record["text"]
    values: list[Value] = []
    place = 0
    for value in record["spans"]:
        start = text.find(value["text"], place)
        if start < 0:
            raise ValueError(f"{record['id']}: «{value['text']}» is not in the text, or not in this order")
        place = start + len(value["text"])
        values.append((start, place, Kind(value["kind"])))
    return Case(record["id"], text, record["slice"], tuple(values))
