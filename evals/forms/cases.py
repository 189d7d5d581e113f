"""The hand-written cases: a message to a form, and what it tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases.jsonl"

WAYS = ("plain", "teencode", "transcript")
"""How a message is written: with marks and signs; in chat, short or without marks; as a call is written down."""


@dataclass(frozen=True, slots=True)
class Case:
    """One message."""

    id: str
    form: str
    way: str
    held: bool
    """Whether nobody looks at how it goes while the patterns are being worked on."""
    asked: str
    """The field the form had asked for; empty where none."""
    text: str
    values: Mapping[str, Any]
    """What is told, by field: the data, or for a paper the parts of it that are told. Of free words the words themselves."""


@lru_cache(maxsize=4)
def load(path: Path = CASES) -> tuple[Case, ...]:
    """All cases of a file."""
    return tuple(Case(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())
