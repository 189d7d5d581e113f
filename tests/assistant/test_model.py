"""The door to language models, over real HTTP: words and data, however a server gives them."""

from __future__ import annotations

import pytest

from assistant.model import (
    ModelNonsense,
    ModelOff,
    Models,
    ModelSettings,
    Outcome,
    Usage,
)
from tests.assistant.model_asking import ASK, GOOD, MODEL, PLAN, SECRET, Plan, outcomes
from tests.model_server import KEY, Script


def test_text_comes_back_and_is_counted(server, models):
    server.then = Script.good(lambda messages: f"Dạ, {messages[-1]['content']}.", tokens=(31, 7))
    deadline = models.deadline()

    said = models.text("write", ASK, deadline)

    assert said == f"Dạ, {SECRET}."
    assert deadline.calls.made == [Usage("write", MODEL, 31, 7, 0, Outcome.OK)]
    (request,) = server.requests
    assert request.messages == [{"role": "system", "content": ASK[0][1]}, {"role": "user", "content": SECRET}]
    assert request.body["max_tokens"] == 2_000
    assert request.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("modes", "asked"),
    [
        (("json_schema", "tool", "json"), ["json_schema", "json_schema"]),
        (("tool", "json"), ["json_schema", "tool", "tool"]),
        (("json",), ["json_schema", "tool", "json", "json"]),
        ((), ["json_schema", "tool", "json", "plain", "plain"]),
    ],
)
def test_data_is_asked_for_in_the_strictest_form_that_the_server_takes(server, models, modes, asked):
    """What it does not take is tried once, and costs none of the turn's calls."""
    server.then, server.modes = GOOD, modes
    deadline = models.deadline()

    assert [models.structured("plan", ASK, Plan, deadline) for _ in range(2)] == [PLAN, PLAN]
    assert [request.mode for request in server.requests] == asked
    assert deadline.calls.asked == 2


def test_a_server_that_ignores_the_form_has_read_the_schema(server, models):
    server.ignores, server.then = True, Script.text('Đây ạ: ```json\n{"action": "ask", "subject": "khai sinh"}```')

    assert models.structured("plan", ASK, Plan, models.deadline()) == PLAN
    assert '"enum":["ask","office"]' in server.requests[0].messages[0]["content"]


@pytest.mark.parametrize(
    "arguments", ['{"action": "ask", "subject": "khai sinh",}', '{"action": "ask", "subject": "khai sinh"}']
)
def test_a_tool_call_is_read_even_if_it_is_no_strict_json(server, models, arguments):
    server.modes, server.then = ("tool",), Script.tool_call(arguments)

    assert models.structured("plan", ASK, Plan, models.deadline()) == PLAN


BAD_DATA = {
    "no JSON": Script.text("Tôi nghĩ là khai sinh."),
    "a wrong schema": Script.text('{"action": "đốt", "subject": "khai sinh"}'),
    "nothing": Script.text(""),
    "only thoughts": Script.text("<think>Để xem"),
    "cut": Script.text('{"action": "ask", "subject": "khai', ended="length"),
    "a tool call of nothing": Script.tool_call("{}"),
    "a tool call of half a thing": Script.tool_call('{"action": "ask", "sub'),
}


@pytest.mark.parametrize("bad", BAD_DATA.values(), ids=BAD_DATA)
def test_data_that_cannot_be_read_is_repaired_once(server, models, bad):
    server.play(bad, GOOD)
    deadline = models.deadline()

    assert models.structured("plan", ASK, Plan, deadline) == PLAN
    assert outcomes(deadline) == [(MODEL, "nonsense"), (MODEL, "ok")]


def test_the_model_is_shown_what_was_wrong(server, models):
    server.play(Script.text('{"action": "đốt", "subject": "khai sinh"}'), GOOD)

    models.structured("plan", ASK, Plan, models.deadline())

    *_, wrong, mend = server.requests[1].messages
    assert wrong == {"role": "assistant", "content": '{"action": "đốt", "subject": "khai sinh"}'}
    assert mend["content"].splitlines()[0] == (
        "The answer does not match the schema: action: Input should be 'ask' or 'office'. "
        "Answer with one JSON object and nothing else. It must match this JSON Schema:"
    )


@pytest.mark.parametrize("bad", BAD_DATA.values(), ids=BAD_DATA)
def test_data_that_is_wrong_twice_is_an_error_and_no_third_call(server, models, bad):
    server.then = bad
    deadline = models.deadline()

    with pytest.raises(ModelNonsense) as raised:
        models.structured("plan", ASK, Plan, deadline)

    assert str(raised.value) == "openai:tre-1 gives no Plan that can be read. To mend it: set a larger model."
    assert outcomes(deadline) == [(MODEL, "nonsense")] * 2


def test_endless_text_ends_with_its_last_sentence(server, models):
    server.then = Script.long("Phí là 50.000 đồng. ", times=3)
    deadline = models.deadline()

    assert models.text("write", ASK, deadline) == "Phí là 50.000 đồng. Phí là 50.000 đồng."
    assert outcomes(deadline) == [(MODEL, "cut")]


def test_no_model_is_an_error_too():
    models = Models(ModelSettings())

    with pytest.raises(ModelOff):
        models.text("write", ASK, models.deadline())
