"""Scoring: arithmetic over what came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import mean, median
from typing import Any

from evals.retrieval.ask import Result

_AT = (1, 5, 10)
_BINS = 10


def score(results: Sequence[Result]) -> dict[str, Any]:
    """Hit rates of all, by way of speaking and by section; calibration; what is out of scope."""
    asked = [result for result in results if result.question.codes]
    outside = [result for result in results if not result.question.codes]
    by_speech: dict[str, list[Result]] = defaultdict(list)
    by_section: dict[str, list[Result]] = defaultdict(list)
    for result in asked:
        by_speech[result.question.speech].append(result)
        by_section[result.question.section].append(result)
    return {
        "all": _rates(asked),
        "held_out": _rates(asked[1::2]),
        "speech": {name: _rates(group) for name, group in sorted(by_speech.items())},
        "section": {name: _rates(group) for name, group in sorted(by_section.items())},
        "ece": round(calibration_error(asked), 4),
        "out_of_scope": {"n": len(outside), "mean_confidence": round(mean(r.confidence for r in outside), 3)},
        "ms_p50": round(median(result.ms for result in asked), 2),
    }


def calibration_error(results: Sequence[Result]) -> float:
    """Expected calibration error of the confidence in the first hit, ten equal bins."""
    bins: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        bins[min(int(result.confidence * _BINS), _BINS - 1)].append(result)
    gaps = (len(g) * abs(mean(r.confidence for r in g) - mean(r.rank == 1 for r in g)) for g in bins.values())
    return sum(gaps) / max(len(results), 1)


def show(figures: dict[str, Any], print_line: Callable[[str], None]) -> None:
    """The figures as a table."""
    print_line(f"{'':16}{'n':>5}{'hit@1':>8}{'hit@5':>8}{'hit@10':>8}{'MRR':>8}")
    rows = [("all", figures["all"]), ("held out (even)", figures["held_out"])]
    rows += [*figures["speech"].items(), *((f"· {name}", rates) for name, rates in figures["section"].items())]
    for name, rates in rows:
        print_line(
            f"{name:16}{rates['n']:>5}{rates['hit@1']:>8.3f}{rates['hit@5']:>8.3f}{rates['hit@10']:>8.3f}{rates['mrr']:>8.3f}"
        )
    outside = figures["out_of_scope"]
    print_line(
        f"ECE {figures['ece']:.3f}; out of scope: {outside['n']} questions, mean confidence "
        f"{outside['mean_confidence']:.2f}; p50 {figures['ms_p50']} ms"
    )


def show_misses(results: Sequence[Result], print_line: Callable[[str], None]) -> None:
    """The questions whose procedure did not come first."""
    for result in results:
        if result.question.codes and result.rank != 1:
            question = result.question
            print_line(f"{question.id} [{question.speech}] rank {result.rank or '–'}: {question.question}")
            print_line(f"     right {', '.join(question.codes)}; came {', '.join(result.codes[:3])}")


def _rates(results: Sequence[Result]) -> dict[str, float]:
    n = max(len(results), 1)
    rates: dict[str, float] = {"n": len(results)}
    for at in _AT:
        rates[f"hit@{at}"] = round(sum(0 < result.rank <= at for result in results) / n, 4)
    rates["mrr"] = round(sum(1 / result.rank for result in results if result.rank) / n, 4)
    return rates
