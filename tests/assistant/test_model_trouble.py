"""Servers that are broken, busy, slow or endless: an error of its kind, another try, or another model, all in time."""

from __future__ import annotations

import pytest

from assistant.model import (
    ModelError,
    ModelLate,
    ModelNonsense,
    ModelRefused,
    ModelUnavailable,
)
from assistant.model_chain import LEAST
from tests.assistant.model_asking import ASK, MODEL, outcomes, with_fallback
from tests.model_server import KEY, Script

BROKEN = {
    "dead": (Script.dead(), ModelUnavailable, "cannot be reached. To mend it: start it, or correct its address.", 3),
    "cut off": (Script.cut(), ModelUnavailable, "cannot be reached. To mend it: start it, or correct its address.", 3),
    "broken": (
        Script.status(500),
        ModelUnavailable,
        "answers with status 500. To mend it: look at its log, or try again later.",
        3,
    ),
    "busy": (
        Script.status(429),
        ModelUnavailable,
        "answers with status 429. To mend it: wait, or have its limit raised.",
        3,
    ),
    "a wrong key": (
        Script.status(401, message=f"Incorrect API key provided: {KEY}"),
        ModelRefused,
        "answers with status 401. To mend it: correct its key.",
        1,
    ),
    "no such model": (
        Script.status(404),
        ModelRefused,
        "answers with status 404. To mend it: correct its name and address.",
        1,
    ),
    "half JSON": (
        Script.body(b'{"choices": [{"mess'),
        ModelNonsense,
        "gives no whole answer (JSONDecodeError). To mend it: correct its address, or look at its log.",
        1,
    ),
    "a page": (
        Script.body(b"<html>Login</html>", "text/html"),
        ModelNonsense,
        "gives no whole answer (ValueError). To mend it: correct its address, or look at its log.",
        1,
    ),
    "no choices": (
        Script.body(b'{"choices": []}'),
        ModelNonsense,
        "gives no whole answer (IndexError). To mend it: correct its address, or look at its log.",
        1,
    ),
    "an error in good health": (
        Script.body(b'{"error": {"message": "x"}}'),
        ModelNonsense,
        "gives no whole answer (ValueError). To mend it: correct its address, or look at its log.",
        1,
    ),
    "nothing said": (Script.text(""), ModelNonsense, "says nothing. To mend it: set a larger model.", 1),
    "only thoughts": (Script.text("<think>a"), ModelNonsense, "says nothing. To mend it: set a larger model.", 1),
}


@pytest.mark.parametrize(("script", "kind", "told", "tries"), BROKEN.values(), ids=BROKEN)
def test_a_broken_server_is_an_error_of_its_kind_with_a_remedy(server, models, script, kind, told, tries):
    server.then = script

    with pytest.raises(ModelError) as raised:
        models.text("write", ASK, models.deadline())

    assert type(raised.value) is kind
    assert str(raised.value) == f"{MODEL} {told}"
    assert len(server.requests) == tries


def test_nobody_listening_is_an_error(server, models):
    server.close()

    with pytest.raises(ModelUnavailable):
        models.text("write", ASK, models.deadline())


def test_a_broken_server_is_asked_again_after_growing_waits(server, models, time):
    server.play(Script.status(503), Script.dead(), Script.good("Dạ có."))

    assert models.text("write", ASK, models.deadline()) == "Dạ có."
    assert time.slept == [0.25, 0.5]


def test_a_busy_server_is_asked_again_when_it_says(server, models, time):
    server.play(Script.status(429, retry_after=3), Script.good("Dạ có."))

    assert models.text("write", ASK, models.deadline()) == "Dạ có."
    assert time.slept == [3.125]


def test_it_is_not_waited_for_beyond_the_turn_and_left_alone_that_long(server, models, time):
    server.play(Script.status(429, retry_after=20))

    for later in (0, 19):
        time.now += later
        with pytest.raises(ModelUnavailable):
            models.text("write", ASK, models.deadline())
    assert len(server.requests) == 1

    time.now += 1
    assert models.text("write", ASK, models.deadline()) == "Dạ."
    assert time.slept == []


@pytest.mark.parametrize(
    "bad",
    [Script.status(429, retry_after=3), Script.status(401), Script.body(b"no"), Script.endless()],
    ids=["busy", "a wrong key", "half JSON", "endless"],
)
def test_another_model_answers_at_once_where_the_first_does_not(server, other, time, bad):
    server.then = bad
    models = with_fallback(server, other, time)
    deadline = models.deadline()

    assert models.text("write", ASK, deadline) == "Từ máy khác."
    assert [model for model, _ in outcomes(deadline)] == [MODEL, "openai:tre-2"]
    assert time.slept == []


def test_another_model_answers_after_a_few_tries_of_a_broken_one(server, other, time):
    server.then = Script.dead()
    models = with_fallback(server, other, time)

    assert models.text("write", ASK, models.deadline()) == "Từ máy khác."
    assert time.slept == [0.25, 0.5]


def test_a_model_that_fails_is_left_alone_and_tried_again_later(server, models, time):
    server.then = Script.status(500)
    for _ in range(3):
        with pytest.raises(ModelUnavailable):
            models.text("write", ASK, models.deadline())
    assert len(server.requests) == 3

    server.then = Script.good("Dạ có.")
    with pytest.raises(ModelUnavailable) as raised:
        models.text("write", ASK, models.deadline())
    time.now += 30

    assert str(raised.value) == "openai:tre-1 failed a moment ago and is left alone for a while."
    assert models.text("write", ASK, models.deadline()) == "Dạ có."
    assert models.text("write", ASK, models.deadline()) == "Dạ có."


def test_a_slow_model_costs_its_time_and_another_answers(server, other):
    server.then = Script.slow()
    models = server.models(TROLY_MODEL_FALLBACKS=f"openai:tre-2@{other.url}", TROLY_MODEL_TIMEOUT="1.5")
    models.warm()
    deadline = models.deadline()

    assert models.text("write", ASK, deadline) == "Từ máy khác."
    assert outcomes(deadline) == [(MODEL, "late"), ("openai:tre-2", "ok")]


def test_a_turn_ends_in_time_though_every_model_is_slow(server, other):
    server.then = other.then = Script.slow()
    models = server.models(TROLY_MODEL_FALLBACKS=f"openai:tre-2@{other.url}", TROLY_MODEL_DEADLINE="0.2")
    models.warm()

    with pytest.raises(ModelLate) as raised:
        models.text("write", ASK, models.deadline())

    assert str(raised.value) == (
        "The time of this turn for models is over. To mend it: raise TROLY_MODEL_DEADLINE, or set a faster model."
    )
    assert other.requests == []


def test_a_slow_model_is_left_alone_even_if_turns_are_short(server):
    server.then = Script.slow()
    models = server.models(TROLY_MODEL_DEADLINE="0.1")
    models.warm()
    for _ in range(3):
        with pytest.raises(ModelLate):
            models.text("write", ASK, models.deadline())

    with pytest.raises(ModelUnavailable):
        models.text("write", ASK, models.deadline())
    assert len(server.requests) <= 3


def test_a_turn_whose_time_is_over_asks_nobody(server, models, time):
    deadline = models.deadline()
    time.now += 12

    with pytest.raises(ModelLate):
        models.text("write", ASK, deadline)
    assert server.requests == []


def test_no_wait_leaves_less_than_a_call_needs(server, models, time):
    server.then = Script.status(503)
    deadline = models.deadline()
    time.now += 12 - LEAST - 0.1

    with pytest.raises(ModelUnavailable):
        models.text("write", ASK, deadline)
    assert (len(server.requests), time.slept) == (1, [])


def test_bytes_without_end_are_not_read(server, models):
    server.then = Script.endless()

    with pytest.raises(ModelNonsense) as raised:
        models.text("write", ASK, models.deadline())

    assert str(raised.value) == "A model sent more than an answer can be. To mend it: set another."
    assert server.left.wait(10)


def test_an_answer_that_trickles_is_late_and_the_line_is_dropped(server):
    server.then = Script.endless(b" ", pause=0.02)
    models = server.models(TROLY_MODEL_TIMEOUT="0.3")
    models.warm()

    with pytest.raises(ModelLate):
        models.text("write", ASK, models.deadline())
    assert server.left.wait(10)
