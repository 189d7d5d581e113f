"""The sums are those of the results."""

from __future__ import annotations

import pytest

from evals.retrieval.calibration import calibration, risk_coverage, wilson
from evals.retrieval.outcomes import Outcome, Verdict, verdict
from evals.retrieval.questions import Group
from evals.retrieval.score import noise_gap, rates, score
from evals.retrieval.subjects import Subject
from tests.evals.made import result

ANSWERED, ASKED_BACK, TURNED_AWAY = Outcome.ANSWERED, Outcome.ASKED_BACK, Outcome.TURNED_AWAY


@pytest.mark.parametrize(
    ("came", "rank"),
    [(("a", "b"), 1), (("x", "b"), 2), (("x", "y"), 0), ((), 0), (("b", "a"), 1)],
)
def test_the_rank_is_the_place_of_the_first_right_procedure(came, rank):
    assert result(came, codes=("a", "b")).rank == rank


@pytest.mark.parametrize(
    ("outcome", "choices", "worth"),
    [
        (ANSWERED, ("a",), Verdict.ANSWERED_RIGHT),
        (ANSWERED, ("x",), Verdict.ANSWERED_WRONG),
        (ASKED_BACK, ("x", "a"), Verdict.ASKED_BACK_WITH),
        (ASKED_BACK, ("x", "y"), Verdict.ASKED_BACK_WITHOUT),
        (TURNED_AWAY, (), Verdict.TURNED_AWAY),
    ],
)
def test_an_outcome_is_worth_what_it_told_or_offered(outcome, choices, worth):
    assert verdict(outcome, choices, ("a", "b")) is worth


def test_all_figures_of_a_small_run():
    results = [
        result(("a",), confidence=0.9, ms=1, outcome=ANSWERED, choices=("a",)),
        result(("x", "a"), confidence=0.9, ms=3, speech="teencode", section="fee", outcome=ANSWERED, choices=("x",)),
        result(("x", *"123", "a"), confidence=0.5, ms=2, speech="teencode", outcome=ASKED_BACK, choices=("x", "a")),
        result(("x",), confidence=0.1, ms=4, codes=("b",)),
        result(("x",), confidence=0.3, ms=9, group=Group.OUT_OF_SCOPE, kind="weather"),
        result(("x",), confidence=0.1, ms=9, group=Group.OUT_OF_SCOPE, kind="sports", outcome=ANSWERED, choices=("x",)),
        result(codes=("a", "b"), group=Group.AMBIGUOUS, outcome=ASKED_BACK, choices=("a", "x", "b")),
        result(codes=("a", "b"), group=Group.AMBIGUOUS, outcome=ASKED_BACK, choices=("a", "x")),
        result(codes=("a", "b"), group=Group.AMBIGUOUS, outcome=ANSWERED, choices=("a",)),
        result(codes=("a", "b"), group=Group.AMBIGUOUS),
    ]

    figures = score(results, {"a": Subject("Hộ tịch", "written", seen=True)})
    bins = [(told["n"], told["confidence"], told["right"]) for told in figures["calibration"].pop("bins")]
    del figures["calibration_with_out_of_scope"]["bins"]

    assert bins[1::4] == [(1, 0.1, 0), (1, 0.5, 0), (2, 0.9, 0.5)]
    assert figures == {
        "all": _rates(4, 0.25, 0.5, 0.75, 0.75, 0.425),
        "held_out": _rates(2, 0, 0.5, 0.5, 0.5, 0.25),
        "speech": {"plain": _rates(2, 0.5, 0.5, 0.5, 0.5, 0.5), "teencode": _rates(2, 0, 0.5, 1, 1, 0.35)},
        "section": {
            "fee": _rates(1, 0, 1, 1, 1, 0.5),
            "overview": _rates(3, 0.3333, 0.3333, 0.6667, 0.6667, 0.4),
        },
        "field": {
            "Hộ tịch": _rates(3, 0.3333, 0.6667, 1, 1, 0.5667),
            "not in this catalogue": _rates(1, 0, 0, 0, 0, 0),
        },
        "origin": {
            "not in this catalogue": _rates(1, 0, 0, 0, 0, 0),
            "written": _rates(3, 0.3333, 0.6667, 1, 1, 0.5667),
        },
        "phrasings": {"seen": _rates(3, 0.3333, 0.6667, 1, 1, 0.5667), "unseen": _rates(1, 0, 0, 0, 0, 0)},
        "noise_gap": 0.5,
        "calibration": {"ece": 0.35, "brier": 0.27},
        "calibration_with_out_of_scope": {"ece": 0.3, "brier": 0.1967},
        "outcomes": {
            "n": 4,
            "answered_right": 0.25,
            "answered_wrong": 0.25,
            "asked_back_with": 0.25,
            "asked_back_without": 0.0,
            "turned_away": 0.25,
            "answer_precision": 0.5,
            "ask_back_precision": 1.0,
        },
        "ambiguous": {
            "n": 4,
            "offered": 0.5,
            "all_offered_held_out": 0.0,
            "all_offered": 0.25,
            "all_offered_asking": 0.25,
            "asked_back": 0.5,
            "answered_at_once": 0.25,
            "turned_away": 0.25,
        },
        "out_of_scope": {
            "n": 2,
            "not_answered": 0.5,
            "turned_away": 0.5,
            "mean_confidence": 0.2,
            "kind": {
                "sports": {"n": 1, "not_answered": 0.0, "turned_away": 0.0},
                "weather": {"n": 1, "not_answered": 1.0, "turned_away": 1.0},
            },
        },
        "speed": {"p50": 1.0, "p95": 9},
    }


def test_a_run_without_questions_has_figures_too():
    figures = score([], {})

    assert figures["all"] == _rates(0, 0, 0, 0, 0, 0)
    assert (figures["calibration"]["ece"], figures["outcomes"]["answer_precision"]) == (0, None)
    assert (figures["out_of_scope"]["n"], figures["ambiguous"]["n"], figures["noise_gap"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("judged", "ece", "brier"),
    [
        ([(0.5, True), (0.5, False)], 0, 0.25),
        ([(0.5, False), (0.5, False)], 0.5, 0.25),
        ([(1.0, True)], 0, 0),
        ([], 0, 0),
    ],
)
def test_a_confidence_that_keeps_its_word_has_no_error(judged, ece, brier):
    told = calibration(judged)

    assert (told["ece"], told["brier"], sum(bin_["n"] for bin_ in told["bins"])) == (ece, brier, len(judged))
    assert len(told["bins"]) == 10


def test_risk_is_that_of_the_surest_first():
    assert risk_coverage([(0.2, False), (0.9, True), (0.5, True), (0.4, False)]) == [
        (0.25, 0),
        (0.5, 0),
        (0.75, 1 / 3),
        (1, 0.5),
    ]


def test_the_interval_of_a_share_is_that_of_wilson():
    assert wilson(0.8, 10) == pytest.approx((0.4901, 0.9433), abs=1e-3)
    assert wilson(1.0, 50)[1] == 1
    assert wilson(0.0, 0) == (0, 1)


def test_the_noise_gap_is_that_of_the_worst_noisy_speech():
    speech = {
        "plain": rates([1, 1, 1, 1]),
        "teencode": rates([1, 1, 1, 0]),
        "dialect": rates([1, 0]),
        "short": rates([0]),
    }

    assert noise_gap(speech) == 0.5
    assert noise_gap({"plain": rates([0]), "dialect": rates([1])}) == 0
    assert noise_gap({"dialect": rates([1])}) == 0


def _rates(n, *told):
    return dict(zip(("n", "hit@1", "hit@3", "hit@5", "hit@10", "mrr"), (n, *told), strict=True))
