"""Does a confidence keep its word? And what would be gained by keeping silent more often?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from statistics import mean

from evals.retrieval.figures import Bin, Calibration

_BINS = 10
_Z = 1.96
"""Standard deviations that hold 95 %."""

Judged = Sequence[tuple[float, bool]]
"""Confidences, each with whether the first hit was right."""


def calibration(judged: Judged) -> Calibration:
    """Ten equal bins, the expected calibration error over them, and the Brier score."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in judged:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    told = [_bin(number, bins.get(number, [])) for number in range(_BINS)]
    n = max(len(judged), 1)
    return {
        "ece": round(sum(abs(sum(c - r for c, r in held)) for held in bins.values()) / n, 4),
        "brier": round(sum((confidence - right) ** 2 for confidence, right in judged) / n, 4),
        "bins": told,
    }


def risk_coverage(judged: Judged) -> list[tuple[float, float]]:
    """For each share of questions, the surest first, the share of wrong first hits among them."""
    points, wrong = [], 0
    for number, (_, right) in enumerate(sorted(judged, key=lambda told: -told[0]), start=1):
        wrong += not right
        points.append((number / len(judged), wrong / number))
    return points


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share counted over n."""
    if not n:
        return 0.0, 1.0
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _bin(number: int, held: Judged) -> Bin:
    return {
        "from": number / _BINS,
        "to": (number + 1) / _BINS,
        "n": len(held),
        "confidence": round(mean(confidence for confidence, _ in held), 4) if held else None,
        "right": round(mean(right for _, right in held), 4) if held else None,
    }
