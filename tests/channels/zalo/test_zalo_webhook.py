"""Zalo's events at the door: signed ones are kept once and answered at once, others are sent away."""

from __future__ import annotations

import json
import logging
import threading
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text

from channels.messenger.mailbox import Mailbox
from channels.messenger.rows import UpdateRow
from channels.zalo import router
from channels.zalo.settings import ZaloSettings
from tests import zalo_server
from tests.zalo_server import CITIZEN, signed


@pytest.fixture
def door(zalo, database, serve_app):
    """A server with the webhook over a real mailbox; its address."""
    app = FastAPI()
    app.include_router(router)
    app.state.mailbox = Mailbox(database)
    app.state.zalo = ZaloSettings.read(zalo.environment(TROLY_ZALO_VERIFIER="Tre<1>"))
    return serve_app(app)


@pytest.fixture
def kept(database):
    """The updates in the mailbox: who sent them, and under which key."""

    def read():
        with database.session() as session:
            return [
                tuple(row) for row in session.execute(select(UpdateRow.person, UpdateRow.key).order_by(UpdateRow.id))
            ]

    return read


def test_a_signed_event_is_kept_under_the_very_id(zalo, door, kept):
    event = zalo_server.text("làm khai sinh cần gì?")

    assert (zalo.webhook(door, event).status_code, kept()) == (200, [(CITIZEN, event["message"]["msg_id"])])


def test_the_signature_is_over_the_bytes_as_they_came(zalo, door, kept):
    """Other spaces, other order, escaped letters: the same JSON, other bytes."""
    event = zalo_server.text("làm khai sinh cần gì?")
    for body in (
        json.dumps(event, indent=2).encode(),
        json.dumps(dict(reversed(event.items())), separators=(",", ":"), ensure_ascii=False).encode(),
    ):
        answer = zalo.webhook(door, body, signed(body, event["timestamp"]))
        assert answer.status_code == 200

    assert len(kept()) == 1


@pytest.mark.parametrize("signature", ["", "mac=", "mac=" + "0" * 64, "x" * 10_000, "mac=ký"])
def test_a_forged_event_is_sent_away(zalo, door, kept, signature):
    headers = {"X-ZEvent-Signature": signature.encode()}
    answer = httpx.post(f"{door}/zalo/webhook", json=zalo_server.text("xin chào"), headers=headers, trust_env=False)

    assert (answer.status_code, kept()) == (403, [])


def test_an_event_signed_with_another_secret_is_sent_away(zalo, door, kept):
    event = zalo_server.text("xin chào")
    body = json.dumps(event).encode()

    assert (zalo.webhook(door, body, signed(body, event["timestamp"], "other")).status_code, kept()) == (403, [])


def test_a_changed_body_or_time_is_sent_away(zalo, door, kept):
    event = zalo_server.text("xin chào")
    body = json.dumps(event).encode()
    signature = signed(body, event["timestamp"])
    changed = body.replace(CITIZEN.encode(), b"9007199254740993124")
    later = body.replace(event["timestamp"].encode(), b"1999999999999")
    answers = [zalo.webhook(door, other, signature).status_code for other in (changed, later, body + b" ")]

    assert (answers, kept()) == ([403, 403, 403], [])


def test_a_repeated_event_is_answered_and_kept_once(zalo, door, kept):
    event = zalo_server.text("xin chào")
    answers = [zalo.webhook(door, event).status_code for _ in range(3)]

    assert (answers, len(kept())) == ([200, 200, 200], 1)


def test_a_repeat_after_half_a_day_is_kept_and_one_played_back_after_days_is_not(zalo, door, kept):
    now = datetime.now(UTC)
    zalo.webhook(door, zalo_server.text("muộn", at=now - timedelta(hours=12)))
    late = zalo.webhook(door, zalo_server.text("cũ", at=now - timedelta(days=2)))

    assert (late.status_code, len(kept())) == (200, 1)


def test_what_needs_no_answer_is_taken_and_not_kept(zalo, door, kept):
    answer = zalo.webhook(door, zalo_server.event("user_seen_message", message={"msg_ids": ["m1"]}))

    assert (answer.status_code, kept()) == (200, [])


def test_a_signed_event_that_cannot_be_read_is_taken_and_logged_without_its_words(zalo, door, kept, caplog):
    event = zalo_server.event("user_send_text", message={"text": "tôi là Tre", "msg_id": "m1"})
    event["sender"] = {"id": 9007199254740993123}
    answer = zalo.webhook(door, event)

    assert (answer.status_code, kept()) == (200, [])
    assert [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING] == [
        "an event of Zalo that cannot be read: no id of who did it, as a string"
    ]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"event_name": "follow"}', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_event_at_all_is_sent_away(zalo, door, kept, body):
    assert (zalo.webhook(door, body, signed(body, "")).status_code, kept()) == (403, [])


def test_an_event_that_could_not_be_kept_is_asked_for_again(zalo, door, kept, database):
    event = zalo_server.text("xin chào")
    with database.connection() as connection:
        connection.execute(text("ALTER TABLE messenger_updates RENAME TO away"))
    broken = zalo.webhook(door, event).status_code
    with database.connection() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO messenger_updates"))

    assert (broken, zalo.webhook(door, event).status_code, len(kept())) == (503, 200, 1)


def test_many_events_at_once_are_all_kept(zalo, door, database):
    events = [zalo_server.text("xin chào", person=str(9007199254740993000 + number % 7)) for number in range(60)]
    threads = [threading.Thread(target=zalo.webhook, args=(door, event)) for event in events]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(UpdateRow)) == 60


def test_zalo_finds_the_page_that_shows_whose_the_domain_is(door):
    page = httpx.get(f"{door}/zalo_verifierTre%3C1%3E.html", trust_env=False)
    other = httpx.get(f"{door}/zalo_verifierkhac.html", trust_env=False)

    assert (page.status_code, other.status_code) == (200, 404)
    assert '<meta name="zalo-platform-site-verification" content="Tre&lt;1&gt;">' in page.text


def test_without_an_account_there_is_no_webhook(zalo, site):
    assert zalo.webhook(site, zalo_server.text("xin chào")).status_code == 404
