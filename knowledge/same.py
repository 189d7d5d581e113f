"""Procedures that the portal lists under two codes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

_DATA = Path(__file__).parent / "same.yaml"


@lru_cache(maxsize=1)
def _sets() -> dict[str, tuple[str, ...]]:
    sets: list[list[str]] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {code: tuple(codes) for codes in sets for code in codes}


def same_as(code: str) -> tuple[str, ...]:
    """A code and those that are the same procedure."""
    return _sets().get(code, (code,))
