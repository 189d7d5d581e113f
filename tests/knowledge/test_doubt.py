"""Three chances make three outcomes, by thresholds that stand in one file."""

from __future__ import annotations

import pytest

from knowledge import doubt
from knowledge.doubt import Judgement, Outcome, judge, thresholds

LIMITS = thresholds()
SURE, UNSURE = LIMITS.answer_from, LIMITS.answer_from - 0.001
KNOWN, STRANGE, UNKNOWN = LIMITS.scope_from, LIMITS.scope_from - 0.001, LIMITS.ask_from - 0.001
CLEAR, VAGUE = LIMITS.vague_from - 0.001, LIMITS.vague_from


@pytest.mark.parametrize(
    ("right", "scope", "vague", "outcome"),
    [
        (SURE, KNOWN, CLEAR, Outcome.ANSWER),
        (UNSURE, KNOWN, CLEAR, Outcome.ASK_BACK),
        (SURE, KNOWN, VAGUE, Outcome.ASK_BACK),
        (SURE, STRANGE, CLEAR, Outcome.ASK_BACK),
        (SURE, UNKNOWN, CLEAR, Outcome.NOT_FOUND),
        (UNSURE, UNKNOWN, VAGUE, Outcome.NOT_FOUND),
    ],
)
def test_the_outcome_follows_from_the_thresholds(right, scope, vague, outcome):
    assert Judgement(right, scope, vague).outcome is outcome


def test_a_typed_code_is_answered_and_nothing_found_is_said():
    assert doubt.SURE.outcome is Outcome.ANSWER
    assert doubt.LOST.outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize("size", [0.0, 1.0, -1e9, 1e9])
def test_chances_stay_chances_whatever_the_signs(size):
    names = {name for curve in (LIMITS.right, LIMITS.scope, LIMITS.vague) for name in curve} - {"bias"}

    judged = judge(dict.fromkeys(names, size))

    assert all(0 <= chance <= 1 for chance in (judged.right, judged.scope, judged.vague))
