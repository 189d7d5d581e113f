"""The whole way on Zalo: webhook, mailbox, the shipped assistant, and back to the citizen."""

from __future__ import annotations

import httpx
import pytest

from assistant.assistant import build
from assistant.conversation import Status
from assistant.settings import Settings
from assistant.write.fields import said
from channels.app import create_app
from tests import zalo_server
from tests.channels.held_assistant import held


@pytest.fixture
def whole(zalo, copied_home, serve_app, monkeypatch):
    """The server as it runs, set up for Zalo by its environment alone: its address, and what holds the assistant back."""
    for name, value in zalo.environment().items():
        monkeypatch.setenv(name, value)
    settings = Settings.read({"TROLY_HOME": str(copied_home), "TROLY_QUESTIONS_A_MINUTE": "0"})
    assistant, graph = held(build(settings))
    address = serve_app(create_app(settings, assistant))
    assert httpx.get(f"{address}/readyz", timeout=120, trust_env=False).status_code == 200
    yield address, graph
    graph.let_go()


def test_a_webhook_is_answered_while_the_assistant_thinks_and_every_event_is_answered_once_in_order(zalo, whole):
    address, graph = whole
    birth, fee = zalo_server.text("làm khai sinh cho con cần gì?"), zalo_server.text("nhà tôi đang cháy")
    graph.hold()
    answers = [zalo.webhook(address, birth).status_code]
    assert graph.reached.wait(60)
    answers += [zalo.webhook(address, event).status_code for event in (fee, birth, fee)]  # the last two are repeats

    assert (answers, zalo.messages) == ([200, 200, 200, 200], [])

    graph.let_go()
    zalo.webhook(address, zalo_server.event("follow", follower={"id": zalo_server.CITIZEN}))
    told = zalo.wait(said(Status.SMALLTALK_GREETING, "vi"))

    assert told[0].startswith("Đăng ký khai sinh cho con (mã 1.001193).")
    assert told[-2].startswith("Gọi ngay: 114")
    assert [sum(sign in text for text in told) for sign in ("mã 1.001193).", "Gọi ngay: 114")] == [1, 1]
    assert (zalo.refused, zalo.renewed) == ([], 1)


def test_who_left_is_sent_nothing_and_who_comes_back_is_answered(zalo, whole):
    address, _ = whole
    zalo.webhook(address, zalo_server.event("unfollow", follower={"id": zalo_server.CITIZEN}))
    zalo.webhook(address, zalo_server.text("nhà tôi đang cháy"))

    assert len(zalo.wait("Gọi ngay: 114")) == 1
