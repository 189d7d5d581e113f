"""A question that comes twice under one key: after a lost connection, a reload, a second press."""

from __future__ import annotations

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.channels.held_assistant import held

BIRTH = "Làm giấy khai sinh cho con cần gì?"


@pytest.fixture(scope="module")
def slow(serve, shipped):
    """The address of an assistant that can be held back, and what holds it."""
    assistant, holding = held(shipped)
    return serve(assistant), holding


@pytest.fixture
def person(new_client, slow):
    """A person who has a conversation already."""
    client = new_client(slow[0])
    client.post("/hoi", data={"text": "xin chào"})
    return client


def ask(client, key, text=BIRTH):
    """Ask over the stream; the turn that came, as its id and its HTML."""
    return turn_in(client.post("/hoi/truc-tiep", data={"text": text, "key": key}).text)


def turn_in(stream):
    data = re.search(r"event: answer\ndata: (.*)\n", stream)
    html = json.loads(data[1])["html"] if data else ""
    return re.findall(r'data-turn="([^"]*)"', html), html


def turns(client):
    return re.findall(r'data-turn="([^"]*)"', client.get("/").text)


def test_a_turn_is_kept_under_its_key_and_the_key_again_gives_the_same_turn(person):
    key = str(uuid.uuid4())
    before = turns(person)

    first, html = ask(person, key)
    second, again = ask(person, key)

    assert (first, second) == ([key], [key])
    assert again == html
    assert turns(person) == [*before, key]


@pytest.mark.parametrize("key", ["", "1", "x" * 36, "../../../../../../../../etc/passwd", "0" * 36])
def test_what_is_no_key_is_left_aside(person, key):
    (first,), _ = ask(person, key)
    (second,), _ = ask(person, key)

    assert first != second
    assert key not in (first, second)


def test_a_key_of_another_conversation_shows_nothing_of_it_and_is_not_used(person, new_client, slow):
    key = str(uuid.uuid4())
    ask(person, key, "Mất căn cước, làm lại ở đâu?")
    other = new_client(slow[0])

    (mine,), html = ask(other, key)

    assert mine != key
    assert "căn cước, làm lại ở đâu" not in html
    assert turns(other) == [mine]


def test_the_answer_is_kept_although_nobody_waited_for_it(person, slow):
    """The reader goes away in the middle; what asks again under the key gets the answer of the first run."""
    address, holding = slow
    key = str(uuid.uuid4())
    holding.hold()
    with (
        httpx.Client(base_url=address, cookies=person.cookies, trust_env=False) as leaving,
        leaving.stream("POST", "/hoi/truc-tiep", data={"text": BIRTH, "key": key}) as response,
    ):
        assert next(response.iter_text()).startswith("event: step")
        assert holding.reached.wait(30)
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask, person, key)
        holding.let_go()
        found, _ = asking.result(60)

    assert found == [key]
    assert turns(person).count(key) == 1
    assert holding.runs == 1


def test_two_requests_at_once_under_one_key_are_one_run(person, slow, new_client):
    address, holding = slow
    key = str(uuid.uuid4())
    holding.hold()
    others = [httpx.Client(base_url=address, cookies=person.cookies, trust_env=False, timeout=60) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask, other, key) for other in others]
        assert holding.reached.wait(30)
        holding.let_go()
        found = [one.result(60)[0] for one in asking]
    for other in others:
        other.close()

    assert found == [[key]] * 3
    assert holding.runs == 1
