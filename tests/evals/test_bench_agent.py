"""The bench of the agent: its scripted model, its clients, and what it makes of what they saw."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.conversation import Memory, Turn
from assistant.draft import AskProcedure, Draft
from assistant.plan import rules
from assistant.screen import screen
from evals.bench import agent_clients
from evals.bench.agent import outcomes
from evals.bench.agent_model import MADE_UP, Script, completion, message_of, serving, settings
from tests.assistant.conftest import NOW

PLAN = {
    "messages": [{"role": "user", "content": "Đang nói:\n- chưa có gì\n\nTin nhắn:\n«làm khai sinh cần gì»"}],
    "response_format": {"type": "json_schema"},
}
WRITE = {
    "messages": [
        {"role": "user", "content": "Dữ kiện:\nLệ phí: 8.000 đồng [1]\n\nTin nhắn của người dân:\n«mấy tiền»\n\nViết."}
    ]
}
WISHES = '{"wishes": [{"kind": "procedure", "about": "new", "question": "làm khai sinh cần gì", "parts": []}]}'


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("good", PLAN, WISHES),
        ("good", WRITE, "Lệ phí: 8.000 đồng [1]"),
        ("prose", PLAN, "Dạ, để tôi xem ạ."),
        ("prose", WRITE, "Lệ phí: 8.000 đồng [1]"),
        ("empty", PLAN, ""),
        ("made_up", PLAN, WISHES),
        ("made_up", WRITE, f"Lệ phí: 8.000 đồng [1]\n\nLệ phí là {MADE_UP} đồng [1]."),
    ],
)
def test_a_model_says_what_its_kind_says(kind, asked, said):
    assert json.loads(completion(kind, asked))["choices"][0]["message"]["content"] == said


def test_what_is_malformed_is_no_json():
    with pytest.raises(json.JSONDecodeError):
        json.loads(completion("malformed", PLAN))


@pytest.mark.parametrize(("asked", "message"), [(PLAN, "làm khai sinh cần gì"), (WRITE, "mấy tiền")])
def test_the_message_is_found_in_what_a_model_is_asked(asked, message):
    assert message_of(asked) == message


@pytest.mark.parametrize(("kind", "status"), [("good", 200), ("busy", 429), ("broken", 500), ("malformed", 200)])
def test_the_model_answers_over_http_and_tells_what_it_was_asked(kind, status):
    with serving(Script({kind: 1})) as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        line.request("POST", "/v1/chat/completions", json.dumps(PLAN))
        answer = line.getresponse()
        answer.read()
        line.request("GET", "/told")
        told = json.loads(line.getresponse().read())
        line.close()

    assert answer.status == status
    assert told == {"kinds": {kind: 1}, "messages": ["làm khai sinh cần gì"]}


def test_a_dead_line_says_nothing():
    with serving(Script({"dead": 1})) as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        line.request("POST", "/v1/chat/completions", json.dumps(PLAN))
        with pytest.raises(http.client.RemoteDisconnected):
            line.getresponse()
        line.close()


def test_settings_lead_to_the_model():
    assert settings(8123, TROLY_MODEL_DEADLINE="1.5") == {
        "TROLY_MODEL": "openai:bench",
        "TROLY_MODEL_URL": "http://127.0.0.1:8123/v1",
        "TROLY_MODEL_DEADLINE": "1.5",
    }


def test_no_two_questions_are_alike_and_a_seed_gives_the_same_ones():
    asked = agent_clients.questions(500, 7)

    assert len(set(asked)) == 500
    assert asked == agent_clients.questions(500, 7)
    assert asked != agent_clients.questions(500, 8)


@pytest.mark.parametrize("text", sorted(set(agent_clients.settled(100))))
def test_no_model_is_needed_for_what_rules_settle(text):
    turn = Turn(conversation="a test", text=text, at=NOW)
    planned = rules.plan(screen(Draft(turn, Memory(), today=NOW.date())))

    assert planned.plan is not None
    assert not isinstance(planned.plan.actions[0], AskProcedure)


ANSWER = {"conversation": "t", "turn": "1", "text": "Dạ.", "ms": 5, "answer": {"status": "answered"}}


@pytest.fixture
def server():
    """A server that gives the next of `replies`, then an answer to whoever asks."""
    replies: list[tuple[int, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = replies.pop(0) if replies else (200, json.dumps(ANSWER).encode())
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Nobody reads it."""

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield served.server_address[1], replies
    served.shutdown()
    served.server_close()


@pytest.mark.parametrize(
    ("status", "body", "is_answer", "is_raw"),
    [
        (200, json.dumps(ANSWER).encode(), True, False),
        (200, json.dumps({**ANSWER, "text": " "}).encode(), False, False),
        (200, json.dumps({**ANSWER, "text": "Traceback (most recent call last)"}).encode(), True, True),
        (200, json.dumps({**ANSWER, "answer": {"status": "error_internal"}}).encode(), False, False),
        (503, b'{"code": "storage", "message": "Anh/ch\\u1ecb th\\u1eed l\\u1ea1i."}', False, False),
        (500, b"Internal Server Error", False, True),
    ],
)
def test_what_is_no_answer_and_what_is_raw_is_told_apart(server, status, body, is_answer, is_raw):
    port, replies = server
    replies.append((status, body))
    with serving(Script({"good": 1})) as model:
        told = agent_clients.mixed(port, model, turns=1, clients=1, seed=1)

    (turn,) = told["turns"]
    assert (turn["is_answer"], turn["is_raw"], turn["made_up"], turn["shown"]) == (is_answer, is_raw, False, False)
    assert told["kinds"] == {}


def test_rules_are_asked_by_one_client_and_what_was_kept_is_counted(server):
    told = agent_clients.rules(server[0], turns=12)

    assert {name: told[name] for name in ("n", "answered", "raw", "made_up", "kept")} == {
        "n": 12,
        "answered": 12,
        "raw": 0,
        "made_up": 0,
        "kept": 12,
    }


def _row(ms, *, is_answer=True, is_raw=False, made_up=False, shown=True):
    return {"asked": "mấy tiền", "ms": ms, "is_answer": is_answer, "is_raw": is_raw, "made_up": made_up, "shown": shown}


def test_times_are_of_the_turns_that_a_model_was_asked_for():
    figures = outcomes([_row(40, shown=False), _row(900), _row(1_600)], Counter(good=3, dead=1))

    assert [(figure.value, figure.p50, figure.p95, figure.met) for figure in figures] == [
        (100, None, None, True),
        (0, None, None, True),
        (0, None, None, True),
        (None, 900, 1_600, True),
        (4, None, None, None),
    ]


def test_one_turn_without_an_answer_or_in_raw_words_or_too_late_breaks_the_promise():
    figures = outcomes([_row(1_900, is_answer=False, is_raw=True, made_up=True)], Counter(slow=1))

    assert [figure.met for figure in figures] == [False, False, False, False, None]
    assert figures[0].note == "1 turns; not: mấy tiền"
