"""The gate: what is false in prose is caught, what is true goes through."""

from __future__ import annotations

from itertools import islice

import pytest

from evals.check.made import EACH, KINDS, TRUE, TRUTHS, cases
from evals.check.score import Report, run


@pytest.fixture(scope="module")
def report() -> Report:
    return run()


@pytest.mark.parametrize("kind", KINDS)
def test_falsehoods_are_caught(report, kind):
    assert report.tuned[kind].of + report.held_out[kind].of == EACH
    assert report.share(kind) >= 0.99
    assert report.held_out[kind].share >= 0.97


def test_the_truth_goes_through(report):
    assert report.tuned[TRUE].of + report.held_out[TRUE].of == TRUTHS
    assert report.share(TRUE) >= 0.98
    assert report.held_out[TRUE].share >= 0.97


def test_the_same_seed_makes_the_same_cases():
    first, again = ([(case.text, case.planted) for case in islice(cases(seed=7), 40)] for _ in range(2))

    assert first == again
