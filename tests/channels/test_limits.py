"""Limits over HTTP: whom they count, what is said and kept, and who is never refused."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

BIRTH = "Làm giấy khai sinh cho con cần gì?"
IN_ENGLISH = "How do I register the birth of my child?"
FIRE = "Cháy nhà rồi, cứu với!"
PROXY = {"TROLY_TRUSTED_PROXIES": "127.0.0.1"}


@pytest.fixture(scope="module")
def limited(serve, shipped):
    """Three questions a minute from one address, two of one person, behind a proxy on the same machine."""
    return serve(shipped, a_minute=3, TROLY_QUESTIONS_A_MINUTE_EACH="2", **PROXY)


@pytest.fixture
def person(new_client, limited):
    """Makes people: `person("203.0.113.9")` is one more person at that address, by way of the proxy."""

    def new(address, site=limited):
        client = new_client(site)
        client.headers["X-Forwarded-For"] = address
        return client

    return new


def asked(client, text=BIRTH, token=""):
    """The status of a question to the API, and what it said."""
    answer = client.post("/api/chat", json={"text": text, "conversation": token})
    return answer.status_code, answer.json()


def statuses(client, times, token=""):
    return [asked(client, token=token)[0] for _ in range(times)]


def test_one_person_waits_while_others_at_the_address_are_answered(person):
    first = person("203.0.113.1")
    token = asked(first)[1]["conversation"]

    assert statuses(first, 2, token) == [200, 200]
    assert statuses(first, 1, token) == [429]
    assert statuses(person("203.0.113.1"), 1) == [429]
    assert statuses(person("203.0.113.2"), 1) == [200]


def test_a_made_up_token_is_no_person_of_its_own(person):
    answered = [asked(person("203.0.113.3"), token=f"token-{number}")[0] for number in range(4)]

    assert answered == [200, 200, 200, 429]


def test_only_the_last_hop_before_the_proxy_counts(person):
    answered = [asked(person(f"198.51.100.{number}, 203.0.113.4"))[0] for number in range(4)]
    through_two = asked(person("203.0.113.4, 127.0.0.1"))[0]

    assert (answered, through_two) == ([200, 200, 200, 429], 429)


def test_one_household_has_one_limit_whichever_of_its_ipv6_addresses_it_uses(person):
    answered = [asked(person(f"2001:db8:7:7::{number}"))[0] for number in range(4)]
    neighbour = asked(person("2001:db8:7:8::1"))[0]

    assert (answered, neighbour) == ([200, 200, 200, 429], 200)


def test_nobody_is_believed_where_no_proxy_is_named(serve, shipped, person):
    bare = serve(shipped, a_minute=2)

    assert [asked(person(f"203.0.113.{number}", bare))[0] for number in range(3)] == [200, 200, 429]


def test_the_page_says_when_and_keeps_the_question(person):
    someone = person("203.0.113.5")
    for _ in range(3):
        someone.post("/hoi", data={"text": BIRTH})
    refused = someone.post("/hoi", data={"text": '</textarea>"Phí & hạn?\n', "about": "1.001193"})
    page = HTMLParser(refused.text)
    wait = int(refused.headers["Retry-After"])

    assert refused.status_code == 429
    assert page.css_first("h1").text() == f"Anh/chị hỏi hơi nhanh, xin đợi {wait} giây rồi gửi lại."
    assert page.css_first("textarea").text() == '</textarea>"Phí & hạn?\n'
    assert page.css_first("main input[name=about]").attributes["value"] == "1.001193"
    assert 1 <= wait <= 30


def test_who_asks_in_english_is_told_in_english(person):
    someone = person("203.0.113.6")
    for _ in range(3):
        someone.post("/hoi", data={"text": IN_ENGLISH})
    page = HTMLParser(someone.post("/hoi/truc-tiep", data={"text": IN_ENGLISH}).text)

    assert page.css_first("h1").text().startswith("Too many questions; please wait ")
    assert page.css_first("textarea").text() == IN_ENGLISH


def test_a_danger_is_answered_beyond_every_limit(person):
    someone = person("203.0.113.7")
    before = statuses(someone, 9)
    status, told = asked(someone, FIRE)
    page = someone.post("/hoi", data={"text": FIRE}, follow_redirects=True)

    assert before[3:] == [429] * 6
    assert (status, told["answer"]["status"], told["answer"]["calls"][0]) == (200, "emergency", "114")
    assert 'href="tel:114"' in page.text


def test_who_does_not_stop_is_told_to_wait_minutes(person):
    someone = person("203.0.113.8")
    told = [asked(someone)[1] for _ in range(14)][-1]

    assert told == {
        "code": "too_many",
        "message": "Anh/chị hỏi hơi nhanh, xin đợi 10 phút rồi gửi lại.",
        "message_en": "Too many questions; please wait 10 minutes and send it again.",
    }


@pytest.mark.redis
def test_two_servers_with_one_redis_count_together(serve, shipped, person, redis_server):
    patient = f"{redis_server.url}?socket_timeout=10"  # on a busy machine Redis may be slow
    sites = [serve(shipped, a_minute=3, TROLY_REDIS_URL=patient, **PROXY) for _ in range(2)]
    someone = [person("203.0.113.11", site) for site in sites]

    assert [asked(someone[number % 2])[0] for number in range(4)] == [200, 200, 200, 429]
    assert asked(someone[0], FIRE)[0] == 200


def test_a_server_answers_and_counts_by_itself_where_no_redis_answers(serve, shipped, person, caplog):
    site = serve(shipped, a_minute=3, TROLY_REDIS_URL="redis://:giau-kin@127.0.0.1:1", **PROXY)

    assert statuses(person("203.0.113.12", site), 4) == [200, 200, 200, 429]
    assert [line for line in caplog.messages if "Redis" in line] == [
        "Redis cannot be used, so each process counts questions by itself: "
        "Error 111 connecting to 127.0.0.1:1. Connection refused."
    ]


class _Slow:
    """The steps of an answer, that of `BIRTH` held back until told."""

    def __init__(self, run):
        self._run = run
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, draft):
        if draft.turn.text == BIRTH:
            self.begun.set()
            self.go_on.wait(30)
        return self._run(draft)


def test_one_address_cannot_take_all_places_and_a_danger_still_gets_one(serve, shipped, person):
    slow = _Slow(shipped.run)
    few = {"TROLY_WAITING_OF_ONE_ADDRESS": "1", "TROLY_ANSWERS_AT_ONCE": "2", **PROXY}
    site = serve(replace(shipped, run=slow), a_minute=60, **few)
    answered = []
    waiting = threading.Thread(target=lambda: answered.append(asked(person("203.0.113.9", site))[0]))
    waiting.start()
    slow.begun.wait(30)
    neighbour = person("203.0.113.9", site)
    meanwhile = {
        "same address": asked(neighbour, "Mất căn cước"),
        "same address, on the page": neighbour.post("/hoi", data={"text": "Mất căn cước"}).status_code,
        "danger": asked(neighbour, FIRE)[0],
        "danger, on the page": neighbour.post("/hoi", data={"text": FIRE}).status_code,
        "another address": asked(person("203.0.113.10", site), "Mất căn cước")[0],
    }
    slow.go_on.set()
    waiting.join()

    assert meanwhile == {
        "same address": (
            429,
            {
                "code": "too_many",
                "message": "Nhiều câu hỏi từ cùng một mạng đang chờ trả lời, xin anh/chị đợi 5 giây rồi gửi lại.",
                "message_en": "Many questions from the same network are waiting; please wait 5 seconds and send it again.",
            },
        ),
        "same address, on the page": 429,
        "danger": 200,
        "danger, on the page": 303,
        "another address": 200,
    }
    assert answered == [200]
    assert asked(neighbour, "Mất căn cước")[0] == 200
