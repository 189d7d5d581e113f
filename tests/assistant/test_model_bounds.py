"""What a turn may spend, and what no server, log or error may learn."""

from __future__ import annotations

import json
import logging
import threading

import pytest

from assistant.model import (
    ModelBusy,
    ModelError,
    ModelRefused,
    ModelSpent,
    Outcome,
    TooManyCalls,
    Usage,
)
from assistant.model_budget import MemoryUsage
from tests.assistant.model_asking import ASK, GOOD, MODEL, SECRET, Plan, with_fallback
from tests.model_server import KEY, Script


def test_as_many_calls_as_allowed_are_under_way_and_no_more(server):
    server.then = Script.slow(Script.good("Dạ."))
    models = server.models(TROLY_MODEL_AT_ONCE="2", TROLY_MODEL_TIMEOUT="30", TROLY_MODEL_DEADLINE="60")
    models.warm()
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(models.text("write", ASK, models.deadline()))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    server.wait(2)
    hasty = models.deadline()

    with pytest.raises(ModelBusy) as raised:
        models.text("write", ASK, type(hasty)(hasty.at - 59.8, hasty.monotonic))
    server.release()
    for thread in threads:
        thread.join()

    assert str(raised.value) == (
        "2 calls of models are under way. To mend it: raise TROLY_MODEL_AT_ONCE, if the server can answer more at once."
    )
    assert said == ["Dạ.", "Dạ."]
    assert len(server.requests) == 2


def test_who_comes_when_as_many_already_wait_does_without_a_model_at_once(server):
    server.then = Script.slow(Script.good("Dạ."))
    models = server.models(TROLY_MODEL_AT_ONCE="1", TROLY_MODEL_TIMEOUT="30", TROLY_MODEL_DEADLINE="60")
    models.warm()
    usual = models.deadline()
    stands_in_line = threading.Event()
    said: list[str] = []

    def seen() -> float:
        stands_in_line.set()
        return usual.monotonic()

    def ask(deadline) -> None:
        said.append(models.text("write", ASK, deadline))

    first = threading.Thread(target=ask, args=(models.deadline(),))
    first.start()
    server.wait(1)
    second = threading.Thread(target=ask, args=(type(usual)(usual.at, seen),))
    second.start()
    stands_in_line.wait()

    with pytest.raises(ModelBusy):
        models.text("write", ASK, models.deadline())
    server.release()
    first.join()
    second.join()

    assert said == ["Dạ.", "Dạ."]


def test_many_turns_at_once_get_their_own_answers(server):
    server.then = Script.good(lambda messages: {"action": "ask", "subject": messages[-1]["content"]})
    models = server.models(TROLY_MODEL_DEADLINE="60", TROLY_MODEL_TIMEOUT="60", TROLY_MODEL_AT_ONCE="20")
    models.warm()
    got: dict[str, str] = {}

    def ask(subject: str) -> None:
        got[subject] = models.structured("plan", [("user", subject)], Plan, models.deadline()).subject

    threads = [threading.Thread(target=ask, args=(f"việc {number}",)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert got == {f"việc {number}": f"việc {number}" for number in range(40)}


def test_a_turn_asks_four_times_at_most(server, models):
    deadline = models.deadline()
    for _ in range(4):
        models.text("write", ASK, deadline)

    with pytest.raises(TooManyCalls):
        models.text("write", ASK, deadline)
    assert len(server.requests) == 4
    assert models.text("write", ASK, models.deadline()) == "Dạ."


def test_spent_tokens_stop_the_next_call(server, time):
    usage = MemoryUsage()
    models = server.models(usage, time.clock(), TROLY_MODEL_TOKENS_A_DAY="40")

    for _ in range(2):
        models.text("write", ASK, models.deadline())
    with pytest.raises(ModelSpent):
        models.text("write", ASK, models.deadline())

    assert usage.spent(time.today) == 60
    assert len(server.requests) == 2


def test_tokens_that_nobody_counts_are_estimated(server, models):
    server.then = Script.good("Dạ có ạ.", tokens=None)
    deadline = models.deadline()

    models.text("write", ASK, deadline)

    assert deadline.calls.made == [Usage("write", MODEL, 24, 5, 0, Outcome.OK)]


def test_a_key_goes_to_its_own_server_only(server, other, time, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    server.then = Script.status(401)
    models = with_fallback(server, other, time)

    models.text("write", ASK, models.deadline())

    assert [request.headers["authorization"] for request in other.requests] == ["Bearer none"]


def test_a_question_is_taken_nowhere_else(server, other, models):
    server.then = Script.status(307, location=f"{other.url}/chat/completions")

    with pytest.raises(ModelRefused):
        models.text("write", ASK, models.deadline())
    assert other.requests == []


def test_nobody_else_is_told_what_was_asked(server, models, other, monkeypatch):
    """LangChain would send every prompt to LangSmith where the environment says so."""
    for name, value in {"TRACING_V2": "true", "ENDPOINT": other.url, "API_KEY": "x"}.items():
        monkeypatch.setenv(f"LANGSMITH_{name}", value)
    from langsmith import utils

    utils.get_env_var.cache_clear()

    models.text("write", ASK, models.deadline())
    from langchain_core.tracers.langchain import wait_for_all_tracers

    wait_for_all_tracers()
    utils.get_env_var.cache_clear()

    assert other.connections == 0


LOUD = {
    "good": GOOD,
    "dead": Script.dead(),
    "broken": Script.status(500, message=f"{SECRET} {KEY}"),
    "a wrong key": Script.status(401, message=f"Incorrect API key provided: {KEY}"),
    "refused": Script.status(400, message=SECRET),
    "half JSON": Script.body(SECRET.encode()),
    "an error in good health": Script.body(json.dumps({"error": {"message": SECRET}}).encode()),
    "no JSON": Script.text(SECRET),
    "a wrong schema": Script.text(json.dumps({"action": SECRET})),
    "nothing said": Script.text(""),
}


@pytest.mark.parametrize("script", LOUD.values(), ids=LOUD)
def test_neither_key_nor_words_reach_logs_or_errors(server, models, script, caplog):
    caplog.set_level(logging.DEBUG)
    server.then = script

    for ask in (models.text, lambda *rest: models.structured(*rest[:2], Plan, rest[2])):
        try:
            ask("plan", ASK, models.deadline())
        except ModelError as error:
            logging.getLogger("somebody").exception("no model", exc_info=error)

    logged = "\n".join(f"{caplog.handler.format(record)} {vars(record)}" for record in caplog.records)
    assert KEY not in logged
    assert SECRET not in logged
    assert "khai sinh" not in logged
    assert "model call" in logged
    assert KEY not in repr(models)
