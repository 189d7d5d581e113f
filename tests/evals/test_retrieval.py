"""The question set is fair, the sums are right, and the shipped catalogue is found often enough."""

from __future__ import annotations

import pytest

from evals.retrieval.ask import OUT_OF_SCOPE, Question, Result, ask_all, load
from evals.retrieval.score import calibration_error, score
from knowledge import phrasings
from knowledge.procedure import Section
from knowledge.shipped import shipped_facts
from knowledge.sources import written
from knowledge.text import fold, syllables

LEAST_HIT_AT_1 = 0.87
LEAST_HIT_AT_5 = 0.98
"""Over all that is shipped; lowering one needs a line in the changelog."""
SPEECHES = {"plain", "dialect", "no_diacritics", "teencode", "transcript", "situation", "short", "english"}
NEAR = 0.8
"""Token overlap from which a question counts as copied from what the index holds."""


@pytest.fixture(scope="module")
def known():
    """The shipped procedures by code."""
    return {procedure.code: procedure for procedure in (*shipped_facts(), *written.load())}


def test_the_set_is_large_and_every_question_has_a_name_of_its_own():
    questions = [*load(), *load(OUT_OF_SCOPE)]

    assert len(load()) >= 150
    assert len(load(OUT_OF_SCOPE)) >= 30
    assert len({question.id for question in questions}) == len(questions)
    assert len({_tokens(question.question) for question in questions}) == len(questions)


def test_every_question_asks_for_procedures_that_are_shipped(known):
    assert [q.id for q in load() if not q.codes or not set(q.codes) <= set(known)] == []
    assert [q.id for q in load(OUT_OF_SCOPE) if q.codes] == []


def test_every_question_says_how_it_is_spoken_and_what_it_asks():
    questions = [*load(), *load(OUT_OF_SCOPE)]

    assert {question.speech for question in questions} <= SPEECHES
    assert {question.section for question in questions} <= {section.value for section in Section}
    assert {question.speech for question in load()} == SPEECHES


def test_no_question_is_copied_from_what_the_index_holds(known):
    """Else the measure would only tell that a text finds itself."""
    told = {_tokens(saying) for sayings in phrasings.load().values() for saying in sayings}
    for procedure in known.values():
        names = (procedure.name, procedure.title.vi, procedure.title.en, *procedure.synonyms)
        told |= {_tokens(name) for name in names if name}

    assert [(q.id, q.question) for q in load() if _is_near(_tokens(q.question), told)] == []


def _is_near(asked, told):
    """Whether some text has nearly the same words; only those of about its length can."""
    near = (saying for saying in told if len(asked) * NEAR <= len(saying) <= len(asked) / NEAR)
    return any(len(asked & saying) / len(asked | saying) >= NEAR for saying in near)


def test_the_right_procedure_comes_first_often_enough(shipped):
    figures = score(ask_all(shipped.catalogue))

    assert figures["all"]["n"] == len(load())
    assert figures["all"]["hit@1"] >= LEAST_HIT_AT_1
    assert figures["all"]["hit@5"] >= LEAST_HIT_AT_5
    assert figures["all"]["hit@1"] <= figures["all"]["hit@5"] <= figures["all"]["hit@10"] <= 1
    assert sum(group["n"] for group in figures["speech"].values()) == len(load())
    assert figures["out_of_scope"]["n"] == len(load(OUT_OF_SCOPE))


@pytest.mark.parametrize(
    ("came", "rank"),
    [(("a", "b"), 1), (("x", "b"), 2), (("x", "y"), 0), ((), 0), (("b", "a"), 1)],
)
def test_the_rank_is_the_place_of_the_first_right_procedure(came, rank):
    assert _result(came, codes=("a", "b")).rank == rank


def test_the_sums_are_those_of_the_results():
    results = [
        _result(("a",), confidence=0.9, ms=1),
        _result(("x", "a"), confidence=0.9, ms=3, speech="teencode", section="fee"),
        _result(("x", *"123456", "a"), confidence=0.5, ms=2, speech="teencode"),
        _result(("x",), confidence=0.1, ms=4),
        _result(("x",), codes=(), confidence=0.3, ms=9),
        _result(("x",), codes=(), confidence=0.1, ms=9),
    ]
    rates = {"n": 4, "hit@1": 0.25, "hit@5": 0.5, "hit@10": 0.75, "mrr": 0.4062}

    assert score(results) == {
        "all": rates,
        "held_out": {"n": 2, "hit@1": 0.0, "hit@5": 0.5, "hit@10": 0.5, "mrr": 0.25},
        "speech": {
            "plain": {"n": 2, "hit@1": 0.5, "hit@5": 0.5, "hit@10": 0.5, "mrr": 0.5},
            "teencode": {"n": 2, "hit@1": 0.0, "hit@5": 0.5, "hit@10": 1.0, "mrr": 0.3125},
        },
        "section": {
            "fee": {"n": 1, "hit@1": 0.0, "hit@5": 1.0, "hit@10": 1.0, "mrr": 0.5},
            "overview": {"n": 3, "hit@1": 0.3333, "hit@5": 0.3333, "hit@10": 0.6667, "mrr": 0.375},
        },
        "ece": 0.35,
        "out_of_scope": {"n": 2, "mean_confidence": 0.2},
        "ms_p50": 2.5,
    }


def test_a_confidence_that_keeps_its_word_has_no_error():
    right, wrong = _result(("a",), confidence=0.5), _result(("x",), confidence=0.5)

    assert calibration_error([right, wrong]) == 0
    assert calibration_error([wrong, wrong]) == 0.5
    assert calibration_error([_result(("a",), confidence=1.0)]) == 0
    assert calibration_error([]) == 0


def _result(came, *, codes=("a",), confidence=0.5, ms=1.0, speech="plain", section="overview"):
    return Result(Question("q", "?", tuple(codes), speech, section), tuple(came), confidence, ms)


def _tokens(text):
    return frozenset(syllables(fold(text)))
