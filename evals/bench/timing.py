"""Asking a searcher the questions, and what its times and answers come to."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

SEED = 1022
THREADS = 2
"""So many ask at once where questions a second are counted."""

Searcher = Callable[[str], Sequence[str]]
"""A question in, the codes of procedures out, best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and every code that answers it; none for what no office does."""

    text: str
    codes: tuple[str, ...]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)]


def latency(milliseconds: Sequence[float]) -> dict[str, float]:
    """p50 and p95 of what was timed."""
    return {
        "n": len(milliseconds),
        "p50": round(percentile(milliseconds, 0.50), 2),
        "p95": round(percentile(milliseconds, 0.95), 2),
    }


def ask(searcher: Searcher, questions: Sequence[Asked], rounds: int) -> dict[str, Any]:
    """Hit rates from a first pass, which is the warm-up too; then times from seeded rounds over all questions."""
    first = [(question.codes, tuple(searcher(question.text))) for question in questions]
    in_scope = [(right, found) for right, found in first if right]
    hits = {at: sum(bool(set(right) & set(found[:at])) for right, found in in_scope) for at in (1, 5)}
    order, times = list(questions), []
    shuffle = random.Random(SEED).shuffle  # noqa: S311 - the same order every time is the point
    for _ in range(rounds):
        shuffle(order)
        for question in order:
            started = time.perf_counter()
            searcher(question.text)
            times.append((time.perf_counter() - started) * 1000)
    asked = max(len(in_scope), 1)
    return {
        **latency(times),
        "asked": asked,
        "hit@1": round(hits[1] / asked, 4),
        "hit@5": round(hits[5] / asked, 4),
    }


def per_second(searcher: Searcher, questions: Sequence[Asked]) -> float:
    """How many questions a second one process answers that asks with `THREADS` threads."""
    with ThreadPoolExecutor(THREADS) as pool:
        started = time.perf_counter()
        for _ in pool.map(lambda question: searcher(question.text), questions):
            pass
        return round(len(questions) / (time.perf_counter() - started), 1)
