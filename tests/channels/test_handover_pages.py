"""Waiting for an officer: the page and the JSON through every state, and taking the request back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from assistant.assistant import now
from assistant.consents import How, Purpose
from assistant.operator_hours import OperatorHours
from channels.web.device import COOKIE

NOBODY = {
    "state": "none",
    "position": 0,
    "said": "Anh/chị chưa nhờ chuyển đến cán bộ. Cần gặp, anh/chị nhắn «gặp cán bộ» trong cuộc trò chuyện, hoặc gọi 1022.",
    "messages": [],
}


@pytest.fixture
def officers_work(shipped, monkeypatch):
    """At whatever hour the tests run, officers are there."""
    monkeypatch.setattr(shipped.effects.queue, "hours", OperatorHours.read({"TROLY_OPERATOR_HOURS": "0:00-24:00"}))


@pytest.fixture
def new_wait(shipped, client):
    """Lets the citizen agree to be passed on; returns their entry of the queue."""

    def wait():
        conversation, token = shipped.conversations.open("web", now())
        client.cookies.set(COOKIE, token)
        consent = shipped.effects.consents.give(conversation, Purpose.HANDOVER, now(), How.BUTTON)
        return shipped.effects.queue.ask(conversation, "web", "asked for a person", now(), consent)

    return wait


@pytest.fixture
def waiting(officers_work, new_wait):
    """A citizen who waits while officers are there."""
    return new_wait()


def standing(client, **params):
    return client.get("/nguoi-that.json", params=params).json()


def test_whoever_asked_for_nobody_is_told_how(client):
    response = client.get("/nguoi-that.json")

    assert response.json() == NOBODY
    assert response.headers["cache-control"] == "no-store"


def test_the_state_follows_the_officer(client, shipped, waiting):
    place = shipped.effects.queue.position(waiting.conversation)
    seen = [standing(client)]
    shipped.effects.queue.take(waiting.id, "lan", now())
    seen.append(standing(client))
    shipped.effects.queue.close(waiting.id, "lan", now())
    seen.append(standing(client))

    assert [(one["state"], one["position"]) for one in seen] == [("waiting", place), ("taken", 0), ("closed", 0)]
    assert [one["said"] for one in seen] == [
        f"Anh/chị đang ở vị trí thứ {place} trong hàng chờ của cán bộ. Cần gấp, anh/chị gọi 1022.",
        "Cán bộ đã nhận và đang xem cuộc trò chuyện của anh/chị.",
        "Cán bộ đã xử lý xong yêu cầu của anh/chị.",
    ]


def test_a_conversation_given_back_may_go_on(client, shipped, waiting):
    shipped.effects.queue.take(waiting.id, "lan", now())
    shipped.effects.queue.return_(waiting.id, "lan", now())

    assert standing(client)["said"] == "Cán bộ đã chuyển lại cho trợ lý; anh/chị cứ hỏi tiếp."


def test_out_of_hours_the_time_of_opening_is_told(client, shipped, monkeypatch, new_wait):
    day_after_tomorrow = now() + timedelta(days=2)
    hours = OperatorHours.read({"TROLY_OPERATOR_DAYS": str(day_after_tomorrow.isoweekday())})
    monkeypatch.setattr(shipped.effects.queue, "hours", hours)
    entry = new_wait()
    opens = hours.opens_next(now())

    assert entry.call_back is True
    assert standing(client, lang="en")["said"] == (
        f"Officers have gone home and are back at 7:30 on {opens:%d/%m/%Y}. Your request is kept, "
        f"as number {shipped.effects.queue.position(entry.conversation)}. If it is urgent, call 1022."
    )


def test_taking_the_request_back_leaves_the_queue_and_the_consent(client, shipped, waiting):
    page = client.post("/nguoi-that/rut", follow_redirects=True)

    assert page.status_code == 200
    assert "Đã rút đồng ý. Cán bộ không xem được cuộc trò chuyện này nữa." in page.text
    assert standing(client) == NOBODY
    assert shipped.effects.queue.position(waiting.conversation) == 0
    assert shipped.effects.consents.current(waiting.conversation, Purpose.HANDOVER) is None
    assert shipped.effects.queue.take(waiting.id, "lan", now()) is False


def test_another_site_cannot_take_it_back(client, waiting):
    response = client.post("/nguoi-that/rut", headers={"Origin": "https://xau.example"})

    assert response.status_code == 403
    assert standing(client)["state"] == "waiting"


def test_the_page_looks_again_by_itself_until_that_is_stopped(client, waiting):
    page, stopped = client.get("/nguoi-that"), client.get("/nguoi-that?dung=1")

    assert (page.headers.get("refresh"), stopped.headers.get("refresh")) == ("30", None)
    assert "Trang tự xem lại sau 30 giây." in page.text


def test_nobodys_page_stays_as_it_is(client):
    page = client.get("/nguoi-that")

    assert page.headers.get("refresh") is None
    assert re.findall("<button", page.text) == ["<button"]  # that of the display settings
    assert NOBODY["said"] in page.text


@pytest.mark.browser
def test_without_javascript_a_citizen_waits_and_changes_their_mind(visit, officers_work):
    page = visit(java_script_enabled=False)
    for words in ("gặp cán bộ", "đồng ý"):
        page.get_by_label("Câu hỏi của anh/chị").fill(words)
        page.get_by_role("button", name="Gửi", exact=True).click()
    page.goto("/nguoi-that")
    waiting = page.locator("main").inner_text()
    page.get_by_role("button", name="Thôi, không gặp cán bộ nữa").click()

    assert "trong hàng chờ của cán bộ" in waiting
    assert "Đã rút đồng ý." in page.locator("main").inner_text()
