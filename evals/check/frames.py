"""The frames: ways of writing a fact, by section and language; and the wrong values that go into them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def frames() -> dict[str, Any]:
    """What `frames.yaml` holds."""
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return data


def ways(section: str, language: str, *, held_out: bool) -> list[Any]:
    """The ways of writing a section: every third one, which nobody tunes on, or the others."""
    return [shape for place, shape in enumerate(frames()[section][language]) if (place % 3 == 2) == held_out]
