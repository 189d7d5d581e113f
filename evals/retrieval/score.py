"""Scoring: arithmetic over what came back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import mean

from evals.bench.timing import percentile
from evals.retrieval.ask import Ranking, Result
from evals.retrieval.calibration import Judged, calibration
from evals.retrieval.figures import Ambiguous, Figures, Outcomes, OutOfScope, Rates, Refused, Speed
from evals.retrieval.outcomes import Outcome, Verdict
from evals.retrieval.questions import Group
from evals.retrieval.subjects import Subject, Subjects
from knowledge.same import same_as

PLAIN = "plain"
NOISY = ("no_diacritics", "teencode", "transcript", "dialect")
"""The ways of speaking whose words are as plain as those of `plain`, only written or heard otherwise."""


def score(results: Sequence[Result], subjects: Subjects) -> Figures:
    """All figures of one run."""
    asked = [result for result in results if result.question.group is Group.IN_SCOPE]
    outside = [result for result in results if result.question.group is Group.OUT_OF_SCOPE]
    ambiguous = [result for result in results if result.question.group is Group.AMBIGUOUS]
    judged = [(result.confidence, result.rank == 1) for result in asked]
    by_speech = _by(asked, lambda result: result.question.speech)

    def subject(result: Result) -> Subject:
        return subjects.get(result.question.codes[0], Subject())

    return {
        "all": rates(result.rank for result in asked),
        "held_out": held_out(asked),
        "speech": by_speech,
        "section": _by(asked, lambda result: result.question.section),
        "field": _by(asked, lambda result: subject(result).field),
        "origin": _by(asked, lambda result: subject(result).origin),
        "phrasings": _by(asked, lambda result: "seen" if subject(result).seen else "unseen"),
        "noise_gap": noise_gap(by_speech),
        "calibration": calibration(judged),
        "calibration_with_out_of_scope": calibration([*judged, *_wrong(outside)]),
        "outcomes": _outcomes(asked),
        "ambiguous": _ambiguous(ambiguous),
        "out_of_scope": _out_of_scope(outside),
        "speed": _speed(results),
    }


def rates(ranks: Iterable[int]) -> Rates:
    """Hit rates and mean reciprocal rank of the ranks of right procedures; a rank of 0 is a miss."""
    found = list(ranks)
    n = max(len(found), 1)
    at = {most: round(sum(0 < rank <= most for rank in found) / n, 4) for most in (1, 3, 5, 10)}
    mrr = round(sum(1 / rank for rank in found if rank) / n, 4)
    return {"n": len(found), "hit@1": at[1], "hit@3": at[3], "hit@5": at[5], "hit@10": at[10], "mrr": mrr}


def held_out(rankings: Sequence[Ranking]) -> Rates:
    """The rates of the even-numbered questions in scope, by which nothing was chosen."""
    return rates(ranking.rank for ranking in rankings[1::2])


def noise_gap(by_speech: dict[str, Rates]) -> float:
    """By how much the worst of the noisy ways of speaking falls behind the plain one, right first; never below 0."""
    noisy = [by_speech[name]["hit@1"] for name in NOISY if name in by_speech]
    return round(max(by_speech[PLAIN]["hit@1"] - min(noisy), 0.0), 4) if noisy and PLAIN in by_speech else 0.0


def share(part: Sequence[object], whole: Sequence[object]) -> float:
    """How much of the whole the part is."""
    return round(len(part) / max(len(whole), 1), 4)


def _by(results: Iterable[Result], name: Callable[[Result], str]) -> dict[str, Rates]:
    groups: dict[str, list[int]] = defaultdict(list)
    for result in results:
        groups[name(result)].append(result.rank)
    return {key: rates(ranks) for key, ranks in sorted(groups.items())}


def _wrong(outside: Iterable[Result]) -> Judged:
    return [(result.confidence, False) for result in outside]


def _outcomes(asked: Sequence[Result]) -> Outcomes:
    counts = Counter(result.verdict for result in asked)
    n = max(len(asked), 1)
    shares = {verdict.value: round(counts[verdict] / n, 4) for verdict in Verdict}
    return {
        "n": len(asked),
        "answered_right": shares["answered_right"],
        "answered_wrong": shares["answered_wrong"],
        "asked_back_with": shares["asked_back_with"],
        "asked_back_without": shares["asked_back_without"],
        "turned_away": shares["turned_away"],
        "answer_precision": _precision(counts[Verdict.ANSWERED_RIGHT], counts[Verdict.ANSWERED_WRONG]),
        "ask_back_precision": _precision(counts[Verdict.ASKED_BACK_WITH], counts[Verdict.ASKED_BACK_WITHOUT]),
    }


def _precision(good: int, bad: int) -> float | None:
    return round(good / (good + bad), 4) if good + bad else None


def _ambiguous(results: Sequence[Result]) -> Ambiguous:
    offered = [result for result in results if result.outcome is Outcome.ASKED_BACK]
    return {
        "n": len(results),
        "offered": round(mean(map(_offered, results)), 4) if results else 0.0,
        "all_offered_held_out": share([r for r in results[1::2] if _offered(r) == 1], results[1::2]),
        "all_offered": share([r for r in results if _offered(r) == 1], results),
        "all_offered_asking": share([r for r in offered if _offered(r) == 1], results),
        "asked_back": share(offered, results),
        "answered_at_once": share([r for r in results if r.outcome is Outcome.ANSWERED], results),
        "turned_away": share([r for r in results if r.outcome is Outcome.TURNED_AWAY], results),
    }


def _offered(result: Result) -> float:
    """The share of what could be meant that was told or offered, be it under its other code."""
    return mean(bool(set(same_as(code)) & set(result.choices)) for code in result.question.codes)


def _out_of_scope(outside: Sequence[Result]) -> OutOfScope:
    kinds: dict[str, list[Result]] = defaultdict(list)
    for result in outside:
        kinds[result.question.kind].append(result)
    confidence = round(mean(result.confidence for result in outside), 3) if outside else 0.0
    return {
        **_refused(outside),
        "mean_confidence": confidence,
        "kind": {kind: _refused(held) for kind, held in sorted(kinds.items())},
    }


def _refused(results: Sequence[Result]) -> Refused:
    kept = [result for result in results if result.outcome is not Outcome.ANSWERED]
    turned_away = [result for result in kept if result.outcome is Outcome.TURNED_AWAY]
    return {
        "n": len(results),
        "not_answered": share(kept, results),
        "turned_away": share(turned_away, results),
    }


def _speed(results: Sequence[Result]) -> Speed:
    times = [result.ms for result in results] or [0.0]
    return {"p50": round(percentile(times, 0.50), 2), "p95": round(percentile(times, 0.95), 2)}
