"""How sure a search is, and from when that is enough: every threshold stands in `doubt.yaml`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parent / "doubt.yaml"

CERTAIN = 100.0
"""The score of a procedure whose code was typed: beyond anything the ranker gives."""


class Outcome(StrEnum):
    """What a search comes to."""

    ANSWER = "answer"
    ASK_BACK = "ask_back"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The values of `doubt.yaml`, where each is told."""

    right: Mapping[str, float]
    scope: Mapping[str, float]
    vague: Mapping[str, float]
    answer_from: float
    scope_from: float
    ask_from: float
    vague_from: float
    clear_from: float
    too_vague_from: float
    rivals_from: float
    others_from: float
    answer_outside_from: float
    offers: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """Three chances, each from 0 to 1."""

    right: float
    """That the first hit is the procedure meant."""
    scope: float
    """That any procedure is meant at all."""
    vague: float
    """That what was said fits several procedures equally."""

    @property
    def has_rivals(self) -> bool:
        """Whether an answer should name what else may have been meant."""
        return self.vague >= thresholds().rivals_from

    @property
    def is_strange(self) -> bool:
        """Whether it may be that no procedure is meant: enough to ask, too little to answer."""
        return self.scope < thresholds().scope_from

    @property
    def outcome(self) -> Outcome:
        """What to do about it."""
        limits = thresholds()
        if self.scope < limits.ask_from:
            return Outcome.NOT_FOUND
        if self.is_strange:
            return Outcome.ASK_BACK
        doubted = limits.clear_from if self.vague >= limits.vague_from else limits.answer_from
        sure = self.right >= doubted and self.vague < limits.too_vague_from
        return Outcome.ANSWER if sure else Outcome.ASK_BACK


SURE = Judgement(1.0, 1.0, 0.0)
"""A code was typed."""
LOST = Judgement(0.0, 0.0, 0.0)
"""Nothing in the index has anything to do with the question."""


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """The thresholds of this release."""
    data: dict[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Thresholds(**data)


def judge(signs: Mapping[str, float]) -> Judgement:
    """The three chances by the signs of a search; see `Search.signs`."""
    limits = thresholds()
    return Judgement(_chance(limits.right, signs), _chance(limits.scope, signs), _chance(limits.vague, signs))


def _chance(curve: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """A logistic curve: its weights by sign, and `bias`."""
    z = curve["bias"] + sum(weight * signs[name] for name, weight in curve.items() if name != "bias")
    return round(1 / (1 + math.exp(-max(-50.0, min(z, 50.0)))), 4)
