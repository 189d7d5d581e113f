"""The shipped catalogue is found often enough, and what is asked of it is written in one place."""

from __future__ import annotations

import pytest

from evals.retrieval.ask import ask_all
from evals.retrieval.errors import EvaluationError
from evals.retrieval.questions import load as load_questions
from evals.retrieval.questions import load_all
from evals.retrieval.score import score
from evals.retrieval.subjects import subjects
from evals.retrieval.thresholds import THRESHOLDS, Threshold, load
from knowledge import phrasings
from tests.evals.made import report, result


@pytest.fixture(scope="module")
def figures(shipped):
    """One run of all questions over what is shipped."""
    questions = load_all()
    return score(ask_all(shipped, questions), subjects(shipped.catalogue, questions, phrasings.load()))


@pytest.mark.parametrize("threshold", load(), ids=lambda threshold: threshold.name)
def test_the_shipped_catalogue_keeps_within_every_bound(figures, threshold):
    assert threshold.is_met(figures), f"{threshold.name} is {threshold.measured(figures)}, bound {threshold.bound}"


def test_every_question_is_counted(figures):
    asked = len(load_questions())

    assert figures["all"]["n"] == figures["outcomes"]["n"] == asked
    for groups in (figures["speech"], figures["section"], figures["field"], figures["origin"], figures["phrasings"]):
        assert sum(rates["n"] for rates in groups.values()) == asked
    assert sum(told["n"] for told in figures["calibration"]["bins"]) == asked
    assert figures["all"]["n"] + figures["ambiguous"]["n"] + figures["out_of_scope"]["n"] == len(load_all())


def test_a_bound_is_kept_on_its_own_side():
    told = report(result(("a",), confidence=0.9), result(("x",), confidence=0.9))["figures"]

    assert [Threshold("hit_at_1", bound, at_least=True).is_met(told) for bound in (0.4, 0.5, 0.6)] == [
        True,
        True,
        False,
    ]
    assert [Threshold("ece", bound, at_least=False).is_met(told) for bound in (0.3, 0.4, 0.5)] == [False, True, True]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("hit_at_1: {at_least: often}", "«hit_at_1» must be"),
        ("hit_at_1: {at_least: 0.8, at_most: 0.9}", "«hit_at_1» must be"),
        ("hit_at_1: 0.8", "«hit_at_1» must be"),
        ("hit_at_2: {at_least: 0.8}", "must have exactly these lines: hit_at_1, "),
    ],
)
def test_a_line_that_is_no_bound_is_told(tmp_path, line, told):
    lines = THRESHOLDS.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "thresholds.yaml"
    path.write_text("\n".join(line if kept.startswith("hit_at_1:") else kept for kept in lines), encoding="utf-8")

    with pytest.raises(EvaluationError, match=told):
        load(path)
