"""The recogniser of personal data stays as good as it was, and its cases stay enough."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.privacy import Kind, mask, spans
from evals.privacy.__main__ import lines
from evals.privacy.cases import Case, load
from evals.privacy.score import IN_WORDS, Rates, run
from evals.retrieval import questions
from evals.retrieval.questions import AMBIGUOUS, OUT_OF_SCOPE, QUESTIONS

LEAST_NUMERIC, LEAST_IN_WORDS = 0.95, 0.85


@pytest.fixture(scope="module")
def report():
    """One run over all cases."""
    return run()


def test_there_are_enough_cases_and_many_hold_nothing_personal():
    slices = Counter(case.slice for case in load())

    assert slices.total() >= 240
    assert slices["none"] >= 80
    assert set(slices) == {"plain", "no_marks", "upper", "spoken", "spaced", "english", "transcript", "none"}


def test_a_case_of_none_has_no_values_and_every_other_has():
    assert [case.id for case in load() if (case.slice == "none") is bool(case.values)] == []


def test_ids_and_texts_are_told_once():
    cases = load()

    assert len({case.id for case in cases}) == len({case.text for case in cases}) == len(cases)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in IN_WORDS])
def test_numbers_are_found(report, kind):
    assert report.whole[kind.value].f1 >= LEAST_NUMERIC


@pytest.mark.parametrize("kind", sorted(IN_WORDS))
def test_names_and_addresses_are_found_in_context(report, kind):
    assert report.whole[kind.value].f1 >= LEAST_IN_WORDS


def test_fees_codes_documents_and_public_places_are_never_masked(report):
    assert report.masked_for_nothing == ()


def test_questions_as_people_ask_them_are_left_alone():
    """Nearly two thousand real questions, one of which names somebody."""
    asked = [question.question for path in (QUESTIONS, AMBIGUOUS, OUT_OF_SCOPE) for question in questions.load(path)]

    masked = [mask(text) for text in asked if spans(text)]

    assert len(asked) > 1_500
    assert masked == ["Tra giúp tôi số điện thoại với địa chỉ nhà của chị [họ tên] ở Hải Châu."]


def test_the_score_counts_what_is_missed_and_what_is_too_much():
    cases = [
        Case("a", "sđt 0905123456", "plain", ((4, 14, Kind.PHONE),)),
        Case("b", "cccd 048099001234", "plain", ((5, 17, Kind.PHONE),)),
        Case("c", "gọi 0914567890", "none", ()),
    ]

    report = run(cases)

    assert report.whole["all"] == Rates(right=1, found=3, there=2)
    assert report.whole["phone"] == Rates(right=1, found=2, there=2)
    assert report.whole["identity"] == Rates(right=0, found=1, there=0)
    assert report.characters == Rates(right=22, found=32, there=22)
    assert report.masked_for_nothing == ("c",)
    assert [wrong.case.id for wrong in report.wrong] == ["b", "c"]


def test_a_value_that_is_not_in_its_text_is_a_mistake_of_the_file(tmp_path):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "x", "text": "a", "slice": "plain", "spans": [{"kind": "name", "text": "b"}]}', "utf-8")

    with pytest.raises(ValueError, match="x: «b» is not in the text"):
        load(path)


def test_the_table_says_what_went_wrong():
    told = list(lines(run([Case("a", "tôi tên là Lan", "plain", ())])))

    assert told[0] == "1 cases, masked for nothing: a"
    assert told[-1] == "a 'tôi tên là Lan': missed nothing; masked name «Lan»"
