"""What Zalo's events say."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.messenger.contract import NOT_READ, Incoming, Kind, Sound
from channels.zalo.events import Malformed, read
from tests.zalo_server import CITIZEN, event

AT = datetime(2026, 11, 22, 9, 30, 15, 250_000, tzinfo=UTC)


def incoming(kind, text="", **fields):
    return Incoming("zalo", CITIZEN, "m7", AT, kind, text, message="m7", **fields)


def message(name, **fields):
    return event(name, at=AT, message={"msg_id": "m7", **fields})


def attachment(kind, **payload):
    return [{"type": kind, "payload": payload}]


def test_words_are_read_with_the_id_as_it_is_written():
    told = json.loads(json.dumps(message("user_send_text", text=" xin chào ")))

    assert read(told) == incoming(Kind.TEXT, "xin chào")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("user_send_image", "photo"),
        ("user_send_gif", "photo"),
        ("user_send_video", "video"),
        ("user_send_sticker", "sticker"),
        ("user_send_file", "file"),
        ("user_send_business_card", "contact"),
        ("user_send_link", "other"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_name(name, what):
    told = read(message(name, attachments=attachment("x", url="https://example.vn/x")))

    assert (told, what in NOT_READ) == (incoming(Kind.UNSUPPORTED, what), True)


def test_something_said_is_told_by_its_address():
    told = read(message("user_send_audio", attachments=attachment("audio", url="https://voice.zdn.vn/1.aac")))

    assert told == incoming(Kind.VOICE, sound=Sound("https://voice.zdn.vn/1.aac"))


@pytest.mark.parametrize(
    "url", [None, "", 7, {}, "https://voice.zdn.vn/tiếng.aac", "https://voice.zdn.vn/" + "a" * 2_000]
)
def test_something_said_without_an_address_is_named_like_other_things(url):
    told = read(message("user_send_audio", attachments=attachment("audio", url=url)))

    assert told == incoming(Kind.UNSUPPORTED, "voice")


def test_the_words_with_something_said_are_the_question():
    there = attachment("audio", url="https://voice.zdn.vn/1.aac")

    assert read(message("user_send_audio", text="nộp ở đâu?", attachments=there)) == incoming(
        Kind.TEXT, "nộp ở đâu?", unread="voice"
    )


def test_the_words_below_a_picture_are_a_question_beside_which_the_picture_is_named():
    told = read(message("user_send_image", text="giấy này làm ở đâu?"))

    assert told == incoming(Kind.TEXT, "giấy này làm ở đâu?", unread="photo")


def test_a_text_without_words_is_something_that_cannot_be_read():
    assert read(message("user_send_text", text="  ")) == incoming(Kind.UNSUPPORTED, "other")


def test_a_place_comes_in_strings_or_numbers():
    strings = message(
        "user_send_location",
        attachments=attachment("location", coordinates={"latitude": "16.06", "longitude": "108.2"}),
    )
    numbers = message(
        "user_send_location", attachments=attachment("location", coordinates={"latitude": 16.06, "longitude": 108.2})
    )

    assert read(strings) == read(numbers) == incoming(Kind.LOCATION, latitude=16.06, longitude=108.2)


def test_a_pressed_button_comes_back_as_a_message_and_is_known_by_its_sign():
    assert read(message("user_send_text", text="#chon 3f2a:c1")) == incoming(Kind.PRESSED, "3f2a:c1")
    assert read(message("user_click_button", payload="#chon 3f2a:c1")) == incoming(Kind.PRESSED, "3f2a:c1")


def test_the_words_of_a_button_that_the_account_itself_set_up_are_asked():
    assert read(message("user_click_button", payload="làm khai sinh")) == incoming(Kind.TEXT, "làm khai sinh")


@pytest.mark.parametrize(("name", "kind"), [("follow", Kind.STARTED), ("unfollow", Kind.LEFT)])
def test_who_follows_is_greeted_and_who_leaves_is_let_go(name, kind):
    told = event(name, at=AT, follower={"id": CITIZEN})
    key = f"{name} {CITIZEN} {told['timestamp']}"

    assert read(told) == Incoming("zalo", CITIZEN, key, AT, kind)


def test_who_opens_the_chat_is_greeted():
    told = {
        "event_name": "user_click_chatnow",
        "user_id": CITIZEN,
        "oa_id": "1022",
        "timestamp": str(int(AT.timestamp() * 1000)),
    }

    key = f"user_click_chatnow {CITIZEN} {told['timestamp']}"

    assert read(told) == Incoming("zalo", CITIZEN, key, AT, Kind.STARTED)


@pytest.mark.parametrize(
    "name",
    ["user_submit_info", "oa_send_text", "user_seen_message", "user_received_message", "anonymous_send_text", "mới"],
)
def test_what_needs_no_answer_is_passed_over(name):
    assert read(event(name, message={"text": "x", "msg_id": "m7"})) is None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, "no event_name"),
        ({"event_name": 7}, "no event_name"),
        ({"event_name": "user_send_text", "message": {"text": "x"}, "timestamp": "1"}, "no id"),
        ({"event_name": "user_send_text", "sender": {"id": 9007199254740993123}, "message": {"text": "x"}, "timestamp": "1"}, "as a string"),
        ({"event_name": "user_send_text", "sender": "x", "message": {"text": "x"}, "timestamp": "1"}, "no id"),
        ({"event_name": "user_send_text", "sender": {"id": "7"}, "message": {"text": "x"}}, "timestamp"),
        ({"event_name": "user_send_text", "sender": {"id": "7"}, "message": {"text": "x"}, "timestamp": "9" * 30}, "timestamp"),
        ({"event_name": "user_send_location", "sender": {"id": "7"}, "timestamp": "1"}, "no coordinates"),
        (message("user_send_location", attachments=attachment("location", coordinates={"latitude": "nan", "longitude": "1"})), "earth"),
        (message("user_send_location", attachments=attachment("location", coordinates={"latitude": "1e9", "longitude": "1"})), "earth"),
        (message("user_send_location", attachments=[]), "no coordinates"),
    ],
)  # fmt: skip
def test_what_is_no_event_is_said_to_be_none(told, why):
    with pytest.raises(Malformed, match=why):
        read(told)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "payload", "coordinates"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    name=st.sampled_from(
        [
            "user_send_text",
            "user_send_location",
            "user_send_image",
            "user_send_audio",
            "follow",
            "unfollow",
            "user_click_button",
        ]
    ),
    fields=st.dictionaries(
        st.sampled_from(["sender", "follower", "message", "timestamp", "user_id", "attachments"]), _JSON, max_size=5
    ),
)
def test_whatever_comes_is_read_or_called_malformed(name, fields):
    try:
        told = read({"event_name": name, **fields})
    except Malformed:
        return

    assert isinstance(told, Incoming)
