"""What a person is offered where several procedures may be meant: the hits, and the choices of the groups near what was said.

Neither alone is enough: a group does not know what else was said, and the hits do not know what people mix up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.same import same_as
from knowledge.twins import Near

_SPREAD = 1.5
"""A hit whose score is behind the first by so much is worth 1/e of it."""
_OF_GROUP = 2.0
"""What being the first choice of a group is worth, for each part that the group is nearer than it must be."""
_LATER = 0.95
"""Each choice of a group is worth this share of the one before: what people ask for most comes first."""


class Offer(NamedTuple):
    """A procedure that may be meant."""

    code: str
    worth: float
    """Beside the best, which is worth 1."""


def offers(hits: Sequence[tuple[str, float]], near: Sequence[Near]) -> tuple[Offer, ...]:
    """What may be meant, likeliest first, given the hits with their scores, best first; a procedure listed twice counts once."""
    worth: dict[str, float] = {}
    for code, score in hits:
        _add(worth, code, math.exp((score - hits[0][1]) / _SPREAD))
    for group, beyond in near:
        for place, code in enumerate(group.choices):
            _add(worth, code, _OF_GROUP * beyond * _LATER**place)
    best = max(worth.values(), default=1.0)
    return tuple(Offer(code, round(worth[code] / best, 4)) for code in sorted(worth, key=lambda code: -worth[code]))


def _add(worth: dict[str, float], code: str, more: float) -> None:
    known = code if code in worth else next((same for same in same_as(code) if same in worth), code)
    worth[known] = worth.get(known, 0.0) + more
