"""What is counted of answers with a language model."""

from __future__ import annotations

from evals.answers.ask import ask, lines, sample
from evals.retrieval.questions import load_all
from tests.assistant.agent import honest, saying, with_model
from tests.model_server import ModelServer, Script, StillTime


def test_a_sample_is_spread_over_all_questions_and_no_larger_than_asked():
    assert len(sample(40)) == 40
    assert {question.group for question in sample(40)} == {question.group for question in load_all()}
    assert len(sample(10**6)) == len(load_all())


def test_whose_words_went_out_is_counted_and_no_lie_among_them(shipped):
    questions = sample(12)
    with ModelServer(then=Script.good(honest)) as good:
        told = ask(with_model(shipped, good.models(clock=StillTime().clock())), questions)
    with ModelServer(then=saying("Lệ phí là 987.000 đồng. [1]")) as bad:
        lied = ask(with_model(shipped, bad.models(clock=StillTime().clock())), questions)
    with ModelServer(then=Script.status(500)) as dead:
        left = ask(with_model(shipped, dead.models(clock=StillTime().clock())), questions)

    written = sum(one.words == "model" for one in told)
    assert written > 0
    assert sum(one.words in ("mended", "rewritten", "fields") for one in lied) == written
    assert {one.words for one in left} <= {"", "fields"}
    assert [one for one in (*told, *lied, *left) if one.ungrounded] == []
    assert sum(one.tokens for one in told) > 0


def test_the_figures_are_told_line_by_line(shipped):
    told = dict(lines(ask(shipped, sample(5))))

    assert told["questions"] == "5"
    assert told["answers with a figure or claim that nothing found holds"] == "0"
    assert told["tokens, all"] == "0"
