"""Finding values in sentences stays as good as it was, and its cases stay enough."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.forms.definition import forms
from evals.forms.__main__ import lines
from evals.forms.cases import WAYS, Case, load
from evals.forms.score import Rates, run

LEAST_PRECISION, LEAST_RECALL = 0.98, 0.85
LEAST_PRECISION_OF_A_WAY = 0.93
"""A way has half as many values: one wrong weighs twice."""


@pytest.fixture(scope="module")
def report():
    """One run over all cases."""
    return run()


def test_there_are_enough_cases_of_each_way_and_form():
    cases = load()
    ways = Counter(case.way for case in cases)

    assert set(ways) == set(WAYS)
    assert min(ways.values()) >= 30
    assert len({case.form for case in cases}) >= 8
    assert sum(case.held for case in cases) * 2 >= len(cases)


def test_ids_and_texts_are_told_once():
    cases = load()

    assert len({case.id for case in cases}) == len({(case.text, case.asked) for case in cases}) == len(cases)


def test_cases_speak_of_fields_that_exist():
    names = {name: {field.id for field in form.fields} for name, form in forms().items()}

    assert [
        case.id for case in load() if not {*case.values, *([case.asked] if case.asked else [])} <= names[case.form]
    ] == []


@pytest.mark.parametrize("chosen", ["all", "held"])
def test_values_are_found_and_not_made_up(report, chosen):
    assert report.rates[chosen].precision >= LEAST_PRECISION
    assert report.rates[chosen].recall >= LEAST_RECALL


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_speaking_is_left_behind(report, way):
    for name in (way, f"{way} held"):
        assert report.rates[name].precision >= LEAST_PRECISION_OF_A_WAY
        assert report.rates[name].recall >= LEAST_RECALL


def test_the_score_counts_what_is_missed_and_what_is_made_up():
    cases = [
        Case("a", "khai-sinh", "plain", False, "", "mẹ là Lê Thị Hoa sinh năm 1990", {"mother_name": "Lê Thị Hoa"}),
        Case("b", "khai-sinh", "plain", True, "child_name", "em bận", {"child_name": "Lê An"}),
    ]

    report = run(cases)

    assert report.rates["all"] == Rates(right=1, found=2, told=2)
    assert report.rates["held"] == Rates(right=0, found=0, told=1)
    assert [(wrong.case.id, wrong.missed, wrong.made_up) for wrong in report.wrong] == [
        ("a", {}, {"mother_birth": "năm 1990"}),
        ("b", {"child_name": "Lê An"}, {}),
    ]


def test_the_table_shows_no_case_that_is_held_out():
    cases = [Case("b", "khai-sinh", "plain", True, "child_name", "em bận", {"child_name": "Lê An"})]

    assert not any("em bận" in line for line in lines(run(cases)))
