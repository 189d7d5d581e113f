"""What the widget asks of the server: a question under its key, counted as the widget's; one's own data."""

from __future__ import annotations

import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.channels.held_assistant import held
from tests.channels.widget.page import BIRTH

ORIGIN = "https://danang.gov.vn"
LOST_CARD = "Mất căn cước, làm lại ở đâu?"


@pytest.fixture(scope="module")
def slow(serve, shipped):
    """The address of an assistant that can be held back, and what holds it."""
    assistant, holding = held(shipped)
    address = serve(assistant)
    httpx.get(f"{address}/healthz", trust_env=False, timeout=120).raise_for_status()  # it has begun to serve
    return address, holding


@pytest.fixture
def turns(shipped):
    """The questions that are kept of the conversation behind a token."""

    def kept(token):
        conversation = shipped.conversations.find(token)
        return [turn.question for turn in shipped.conversations.turns(conversation)] if conversation else None

    return kept


def post(client, text=BIRTH, *, conversation="", key="", **headers):
    """A question to the API; the answer, which has to come."""
    sent = {"text": text, "conversation": conversation, "key": key}
    response = client.post("/api/chat", json=sent, headers=headers)
    assert response.status_code == 200, response.text
    return response.json()


def new_key():
    return str(uuid.uuid4())


def new_token():
    return secrets.token_urlsafe(32)


def without_time(told):
    return {name: value for name, value in told.items() if name != "ms"}


def test_a_question_that_comes_twice_under_its_key_is_one_turn_with_one_answer(client, turns):
    token = post(client, "xin chào")["conversation"]
    key = new_key()

    first = post(client, conversation=token, key=key)
    again = post(client, conversation=token, key=key)

    assert without_time(again) == without_time(first)
    assert (again["turn"], again["ms"]) == (key, 0)
    assert turns(token) == ["xin chào", BIRTH]


def test_a_first_question_comes_twice_where_its_conversation_has_a_token_of_the_askers_own(client, turns):
    token, key = new_token(), new_key()

    first = post(client, conversation=token, key=key)
    again = post(client, conversation=token, key=key)

    assert without_time(again) == without_time(first)
    assert first["conversation"] == token
    assert turns(token) == [BIRTH]


@pytest.mark.parametrize("token", ["a" * 42, "a" * 44, "a" * 42 + "!", "xin-chao"])
def test_a_token_of_another_form_begins_a_conversation_under_one_made_here(client, turns, token):
    given = post(client, conversation=token)["conversation"]

    assert given != token
    assert (turns(token), turns(given)) == (None, [BIRTH])


def test_a_key_of_another_conversation_shows_nothing_of_it_and_is_not_used(client, new_client, turns):
    key = new_key()
    mine = post(client, LOST_CARD, key=key)
    others = [post(new_client(), key=key), post(new_client(), conversation=new_token(), key=key)]

    assert [other["answer"]["facts"]["code"] for other in others] == ["1.001193"] * 2
    assert mine["answer"]["facts"]["code"] != "1.001193"
    assert len({mine["turn"], *(other["turn"] for other in others)}) == 3
    assert [turns(other["conversation"]) for other in others] == [[BIRTH]] * 2


def test_the_form_beside_an_answer_that_comes_again_is_as_it_stands_now(client):
    token, key = new_token(), new_key()
    post(client, "điền tờ khai đăng ký khai sinh", conversation=token)
    first = post(client, "đồng ý", conversation=token, key=key)
    again = post(client, "đồng ý", conversation=token, key=key)

    assert again["answer"]["form"] == first["answer"]["form"]
    assert (again["answer"]["form"]["id"], again["answer"]["status"]) == ("khai-sinh", "form_asked")


def test_an_unusable_question_is_refused_again_under_its_key(client):
    sent = {"text": "  ", "conversation": new_token(), "key": new_key()}
    answers = [client.post("/api/chat", json=sent) for _ in range(2)]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(422, "clarification_empty")] * 2


@pytest.mark.parametrize("key", ["1", "x" * 36, "0" * 36, new_key().upper(), new_key() + "0", new_key() + "\n"])
def test_what_is_no_key_is_refused_and_said_so(client, key):
    refused = client.post("/api/chat", json={"text": BIRTH, "key": key})

    assert (refused.status_code, refused.json()["detail"][0]["field"]) == (422, "body.key")


def test_two_requests_at_once_under_one_key_are_one_run(new_client, slow, turns):
    address, holding = slow
    token, key = new_token(), new_key()
    holding.hold()
    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(post, new_client(address), conversation=token, key=key) for _ in range(3)]
        assert holding.reached.wait(30)
        holding.let_go()
        found = [one.result(60) for one in asking]

    assert [told["turn"] for told in found] == [key] * 3
    assert (holding.runs, turns(token)) == (1, [BIRTH])


def test_the_answer_is_kept_although_the_asker_went_away(new_client, slow, turns):
    address, holding = slow
    token, key = new_token(), new_key()
    holding.hold()
    leaving = httpx.Client(base_url=address, trust_env=False, timeout=httpx.Timeout(30, read=0.2))
    with leaving, pytest.raises(httpx.ReadTimeout):
        leaving.post("/api/chat", json={"text": BIRTH, "conversation": token, "key": key})
    assert holding.reached.wait(30)
    holding.let_go()
    told = post(new_client(address), conversation=token, key=key)

    assert (told["turn"], holding.runs, turns(token)) == (key, 1, [BIRTH])


def test_the_key_is_told_of_in_the_schema(client):
    schema = client.get("/api/openapi.json").json()["components"]["schemas"]["ChatIn"]["properties"]

    assert "lost connection" in schema["key"]["description"]
    assert schema["key"]["pattern"].startswith("^(")


@pytest.mark.parametrize(
    ("headers", "channel"),
    [
        ({}, "api"),
        ({"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}, "widget"),
        ({"Sec-Fetch-Site": "none", "X-Channel": "telegram", "Channel": "hotline"}, "api"),
    ],
)
def test_what_a_page_sends_is_the_widgets_and_no_other_name_is_taken(new_client, shipped, server, headers, channel):
    sent = {"text": BIRTH, "channel": "telegram"}
    told = new_client(server).post("/api/chat", json=sent, headers=headers).json()
    held_of_it = shipped.effects.held(shipped.conversations.find(told["conversation"]))

    assert [row["channel"] for row in held_of_it["conversations"]] == [channel]


def test_a_crowd_on_one_channel_keeps_nobody_of_the_other_waiting(new_client, serve, shipped):
    busy = serve(
        shipped, a_minute=100, TROLY_QUESTIONS_A_MINUTE_CHANNEL="2", TROLY_WIDGET_ORIGINS=ORIGIN,
        TROLY_TRUSTED_PROXIES="127.0.0.1",
    )  # fmt: skip
    client = new_client(busy)
    page = {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}

    def asked(number, **headers):
        sent = {"X-Forwarded-For": f"203.0.113.{number}", **headers}
        return client.post("/api/chat", json={"text": "xin chào"}, headers=sent).status_code

    assert [asked(number, **page) for number in range(3)] == [200, 200, 429]
    assert [asked(number) for number in range(3, 6)] == [200, 200, 429]


def test_ones_own_data_come_to_whoever_has_the_token(new_client, server, shipped):
    client = new_client(server)
    page = {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}
    token = post(client, **page)["conversation"]
    other = post(client, LOST_CARD, **page)["conversation"]
    told = client.post("/api/own-data", json={"conversation": token}, headers=page)

    assert told.json() == shipped.effects.held(shipped.conversations.find(token))
    assert [turn["question"] for turn in told.json()["turns"]] == [BIRTH]
    assert (told.headers["cache-control"], told.headers["access-control-allow-origin"]) == ("no-store", ORIGIN)
    assert token not in told.text
    assert other != token


@pytest.mark.parametrize("token", ["", "x", new_token()])
def test_nothing_is_told_of_a_conversation_that_is_not_there(client, token):
    told = client.post("/api/own-data", json={"conversation": token})

    assert (told.status_code, told.json()["code"]) == (404, "no_such_conversation")
