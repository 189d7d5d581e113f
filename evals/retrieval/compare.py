"""Two runs side by side: every figure, the questions won and lost, and whether that can be chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb

from evals.retrieval.figures import RATES, Entry, Figures, Report
from evals.retrieval.questions import Group

_SMALLEST = 0.0001
"""A probability below it is told as such."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both runs."""

    name: str
    old: float
    new: float
    higher_is_better: bool = True

    @property
    def difference(self) -> float:
        """How much larger the new one is."""
        return round(self.new - self.old, 4)

    @property
    def better(self) -> bool:
        """Whether the difference is a gain."""
        return self.difference > 0 if self.higher_is_better else self.difference < 0


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose right procedure came first in one run only."""

    old: Entry
    new: Entry


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs, over the questions that both were asked."""

    rows: tuple[Row, ...]
    won: tuple[Change, ...]
    lost: tuple[Change, ...]
    both: int
    """Questions in scope that both runs were asked, with the same words and right answers."""
    only_old: int
    only_new: int

    @property
    def p(self) -> float:
        """McNemar's exact test: how likely is a split at least as uneven, were both runs equally good?"""
        return mcnemar(len(self.won), len(self.lost))

    @property
    def told(self) -> str:
        """Won, lost, and whether that can be chance, in a sentence."""
        chance = "p < 0.0001" if self.p < _SMALLEST else f"p = {self.p:.4f}"
        others = f"; only in the older run: {self.only_old}, only in the newer: {self.only_new}"
        return (
            f"{self.both} questions in both runs: {len(self.won)} won, {len(self.lost)} lost; "
            f"McNemar's exact test {chance}{others if self.only_old or self.only_new else ''}"
        )


def compare(new: Report, old: Report) -> Comparison:
    """Hold a run against an older one."""
    olds, news = _in_scope(old), _in_scope(new)
    pairs = [Change(olds[key], entry) for key, entry in news.items() if key in olds]
    return Comparison(
        tuple(_rows(old["figures"], new["figures"])),
        tuple(pair for pair in pairs if pair.old["rank"] != 1 and pair.new["rank"] == 1),
        tuple(pair for pair in pairs if pair.old["rank"] == 1 and pair.new["rank"] != 1),
        len(pairs),
        len(olds) - len(pairs),
        len(news) - len(pairs),
    )


def mcnemar(won: int, lost: int) -> float:
    """The two-sided exact binomial probability of a split like this among questions that changed."""
    n = won + lost
    tail = sum(comb(n, k) for k in range(min(won, lost) + 1))
    return min(tail / 2.0 ** (n - 1), 1.0)


def _in_scope(report: Report) -> dict[tuple[str, str, tuple[str, ...]], Entry]:
    """By what makes a question the same one in both runs: a reworded question is another."""
    return {
        (entry["id"], entry["question"], tuple(entry["codes"])): entry
        for entry in report["results"]
        if entry["group"] == Group.IN_SCOPE
    }


def _rows(old: Figures, new: Figures) -> Iterator[Row]:
    for name in RATES:
        yield Row(f"{name.replace('mrr', 'MRR')}, all", old["all"][name], new["all"][name])
    yield Row("hit@1, held out", old["held_out"]["hit@1"], new["held_out"]["hit@1"])
    yield Row("hit@5, held out", old["held_out"]["hit@5"], new["held_out"]["hit@5"])
    for speech in [name for name in new["speech"] if name in old["speech"]]:
        yield Row(f"hit@1, {speech}", old["speech"][speech]["hit@1"], new["speech"][speech]["hit@1"])
    yield Row("noise gap", old["noise_gap"], new["noise_gap"], higher_is_better=False)
    yield from _outcome_rows(old, new)
    first, second = old["calibration"], new["calibration"]
    yield Row("ECE, in scope", first["ece"], second["ece"], higher_is_better=False)
    yield Row("Brier, in scope", first["brier"], second["brier"], higher_is_better=False)
    yield Row("search p50, ms", old["speed"]["p50"], new["speed"]["p50"], higher_is_better=False)
    yield Row("search p95, ms", old["speed"]["p95"], new["speed"]["p95"], higher_is_better=False)


def _outcome_rows(old: Figures, new: Figures) -> Iterator[Row]:
    first, second = old["outcomes"], new["outcomes"]
    yield Row("answered right", first["answered_right"], second["answered_right"])
    yield Row("answered wrong", first["answered_wrong"], second["answered_wrong"], higher_is_better=False)
    yield Row("asked back, right one offered", first["asked_back_with"], second["asked_back_with"])
    yield Row(
        "asked back without it", first["asked_back_without"], second["asked_back_without"], higher_is_better=False
    )
    yield Row("turned away", first["turned_away"], second["turned_away"], higher_is_better=False)
    yield Row("ambiguous: of those meant, offered", old["ambiguous"]["offered"], new["ambiguous"]["offered"])
    yield Row("ambiguous: all offered", old["ambiguous"]["all_offered"], new["ambiguous"]["all_offered"])
    yield Row("out of scope: not answered", old["out_of_scope"]["not_answered"], new["out_of_scope"]["not_answered"])
