"""Sending to citizens on Zalo, against a stand-in that checks what it is sent."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from channels.messenger.contract import Button, Gone, Outgoing, Refused, TryLater, Unsure
from channels.zalo.open_api import OpenApi
from channels.zalo.sending import LIMITS, UNTIL_MENDED, ZaloSender, without_buttons
from channels.zalo.sounds import Sounds
from channels.zalo.tokens import HOW_TO_MEND
from tests.channels.zalo.conftest import NOW
from tests.zalo_server import CITIZEN, code, cut, send, status

DAY = timedelta(days=1)
CHOICES = (Button("Khai sinh", data="3f2a:c0"), Button("Trang của thủ tục", url="https://1022.example.vn/thu-tuc/1"))


def test_words_reach_the_citizen_under_the_very_id(sender, zalo):
    sender.send(CITIZEN, Outgoing("Chào anh/chị"))

    assert zalo.messages == [{"recipient": {"user_id": CITIZEN}, "message": {"text": "Chào anh/chị"}}]


def test_choices_are_buttons_that_come_back_hidden_and_links_are_opened(sender, zalo):
    sender.send(CITIZEN, Outgoing("Anh/chị cần gì?", CHOICES))

    assert zalo.messages[0]["message"]["attachment"] == {
        "type": "template",
        "payload": {
            "buttons": [
                {"title": "Khai sinh", "type": "oa.query.hide", "payload": "#chon 3f2a:c0"},
                {
                    "title": "Trang của thủ tục",
                    "type": "oa.open.url",
                    "payload": {"url": "https://1022.example.vn/thu-tuc/1"},
                },
            ]
        },
    }


def test_a_full_message_is_within_what_zalo_takes(sender, zalo):
    buttons = tuple(Button("ẩ" * LIMITS.label, data="x" * 64) for _ in range(LIMITS.buttons))
    sender.send(CITIZEN, Outgoing("ẩ" * LIMITS.text, buttons))

    assert (len(zalo.messages), zalo.refused) == (1, [])


@pytest.mark.parametrize("number", [-200, -201, -210])
def test_where_zalo_does_not_like_the_buttons_the_choices_are_numbered_lines(sender, zalo, number):
    zalo.script = [code(number)]
    sender.send(CITIZEN, Outgoing("Anh/chị cần gì?", CHOICES))

    assert zalo.texts() == ["Anh/chị cần gì?\n1. Khai sinh\n2. Trang của thủ tục: https://1022.example.vn/thu-tuc/1"]


def test_numbered_lines_never_make_a_message_too_long():
    told = without_buttons(Outgoing("x" * (LIMITS.text - 12), CHOICES))

    assert told == Outgoing("x" * (LIMITS.text - 12))


def test_an_expired_token_is_renewed_and_the_message_sent_once(sender, zalo):
    sender.send(CITIZEN, Outgoing("một"))
    zalo.expire()
    sender.send(CITIZEN, Outgoing("hai"))

    assert (zalo.texts(), zalo.renewed, zalo.revoked) == (["một", "hai"], 2, False)


def test_a_token_that_is_refused_again_right_away_waits(sender, zalo):
    zalo.script = [code(-216), code(-216)]
    with pytest.raises(TryLater) as later:
        sender.send(CITIZEN, Outgoing("một"))

    assert (later.value.seconds, zalo.texts()) == (60, [])


def test_while_the_tokens_are_lost_messages_wait_and_it_is_logged_how_to_mend_it(sender, zalo, caplog):
    zalo.refresh = "lost"
    with pytest.raises(TryLater) as later:
        sender.send(CITIZEN, Outgoing("một"))

    assert later.value.seconds == UNTIL_MENDED
    assert HOW_TO_MEND in caplog.messages[-1]


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        (status(429, Retry_After="17"), 17),
        (status(429), 5),
        (status(429, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), 5),
        (status(500), 5),
        (status(503), 5),
        (code(-32), 60),
    ],
)
def test_where_nothing_was_delivered_it_is_tried_again_later(sender, zalo, reply, seconds):
    zalo.script = [reply]
    with pytest.raises(TryLater) as later:
        sender.send(CITIZEN, Outgoing("một"))
    sender.send(CITIZEN, Outgoing("một"))

    assert (later.value.seconds, zalo.texts()) == (seconds, ["một"])


def test_a_zalo_that_cannot_be_reached_is_tried_again_later(new_tokens, zalo, zalo_settings):
    new_tokens().access()
    zalo.close()
    fresh = OpenApi(zalo_settings)  # without a connection that is still open
    with pytest.raises(TryLater):
        ZaloSender(fresh, new_tokens(), last_wrote=lambda _: None, window=DAY, clock=lambda: NOW, sounds=Sounds()).send(
            CITIZEN, Outgoing("một")
        )


@pytest.mark.parametrize("reply", [cut, status(504)])
def test_what_may_have_been_delivered_is_not_sent_again(sender, zalo, reply):
    zalo.script = [reply]
    with pytest.raises(Unsure):
        sender.send(CITIZEN, Outgoing("một"))


def test_an_answer_that_says_nothing_of_the_message_leaves_it_unsure(sender, zalo):
    zalo.script = [lambda request: send(request, 200, {"message": "?"}), lambda request: send(request, 200, b"[]")]
    for _ in range(2):
        with pytest.raises(Unsure):
            sender.send(CITIZEN, Outgoing("một"))


@pytest.mark.parametrize("number", [-213, -217, -227, -244])
def test_who_left_is_gone(sender, zalo, number):
    zalo.script = [code(number)]
    with pytest.raises(Gone, match=str(number)):
        sender.send(CITIZEN, Outgoing("một"))


@pytest.mark.parametrize("number", [-230, -232])
def test_where_zalo_says_that_the_window_is_over_nothing_is_sent_again(sender, zalo, number):
    zalo.script = [code(number)]
    with pytest.raises(Refused, match="window is over"):
        sender.send(CITIZEN, Outgoing("một"))


@pytest.mark.parametrize(("number", "remedy"), [(-224, "zalo.cloud"), (-211, "buy more"), (-221, "verified")])
def test_what_a_person_has_to_mend_is_logged_with_its_remedy(sender, zalo, caplog, number, remedy):
    zalo.script = [code(number)]
    with pytest.raises(Refused):
        sender.send(CITIZEN, Outgoing("một"))

    assert remedy in caplog.text


@pytest.fixture
def after(api, new_tokens):
    """A sender to citizens who wrote so many hours ago."""

    def make(hours):
        wrote = NOW - timedelta(hours=hours)
        return ZaloSender(
            api,
            new_tokens(),
            last_wrote=lambda _: wrote,
            window=timedelta(hours=48),
            clock=lambda: NOW,
            sounds=Sounds(),
        )

    return make


def test_at_the_end_of_the_window_the_answer_is_still_sent(after, zalo):
    after(48).send(CITIZEN, Outgoing("một"))

    assert zalo.texts() == ["một"]


def test_outside_the_window_zalo_is_not_even_asked(after, zalo):
    with pytest.raises(Refused, match="the consultation window is over; an operator has to call"):
        after(48.01).send(CITIZEN, Outgoing("một"))

    assert (zalo.texts(), zalo.renewed) == ([], 0)


def test_a_file_is_refused_as_zalo_gets_the_link(sender):
    with pytest.raises(Refused, match="private link"):
        sender.send(CITIZEN, Outgoing("tờ khai"), ("to-khai.pdf", b"%PDF"))


def test_neither_words_nor_tokens_nor_what_zalo_says_come_into_the_log(sender, zalo, caplog):
    caplog.set_level(logging.DEBUG)
    for reply in (code(-32), code(-224), code(-213), status(500), cut):
        zalo.script = [reply]
        with pytest.raises((TryLater, Gone, Refused, Unsure)) as raised:
            sender.send(CITIZEN, Outgoing("Nguyễn Văn Tre hỏi"))
        assert "Tre" not in str(raised.value)
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith(("channels", "httpx")))

    assert [word for word in ("Tre", "access-", "refresh-", CITIZEN) if word in ours] == []
