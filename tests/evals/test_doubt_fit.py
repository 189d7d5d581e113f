"""The curves of doubt are fitted on the signs they are weighed by."""

from __future__ import annotations

import pytest

from evals.retrieval.doubt_fit import CURVES, Seen, fit
from evals.retrieval.questions import Group
from knowledge.doubt import thresholds


@pytest.mark.parametrize("curve", CURVES)
def test_the_shipped_curves_weigh_the_signs_that_are_fitted(curve):
    assert set(getattr(thresholds(), curve)) == {"bias", *CURVES[curve]}


def test_a_sign_that_tells_gets_its_weight():
    """Near what is outside and not in scope, near a vague saying and ambiguous, with a lead and right."""
    names = {name for signs in CURVES.values() for name in signs}
    seen = [
        Seen(group, right, dict.fromkeys(names, 0.0) | {sign: value})
        for group, right, sign, value in (
            (Group.IN_SCOPE, True, "margin", 2.0),
            (Group.IN_SCOPE, False, "margin", 0.0),
            (Group.OUT_OF_SCOPE, False, "outside_agree", 0.9),
            (Group.AMBIGUOUS, False, "vague", 0.9),
        )
        for _ in range(20)
    ]

    curves = fit(seen)

    assert curves["right"]["margin"] > 0
    assert curves["scope"]["outside_agree"] < 0
    assert curves["vague"]["vague"] > 0
