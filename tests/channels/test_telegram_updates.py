"""What an update of Telegram becomes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from channels.messenger.contract import Incoming, Kind, Sound
from channels.telegram.places import Account, Place
from channels.telegram.updates import Malformed, query, read

ME = Account(1022, "TroLy1022Bot")
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
SENT = datetime(2026, 11, 22, 0, 40, tzinfo=UTC)
CHANGED = datetime(2026, 11, 22, 0, 50, tzinfo=UTC)
AN = {"id": 7, "is_bot": False, "first_name": "An"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Tổ dân phố 5"}


def message(kind: str = "message", **content: Any) -> dict[str, Any]:
    told = {"message_id": 3, "date": int(SENT.timestamp()), "from": AN, "chat": PRIVATE, **content}
    return {"update_id": 10, kind: told}


def incoming(kind: Kind, text: str = "", person: str = "7", **more: Any) -> Incoming:
    parts = {"message": "3", "shared": person.startswith("-"), **more}
    return Incoming("telegram", person, "10", parts.pop("at", SENT), kind, text, **parts)


def taken(update: dict[str, Any]) -> Incoming | None:
    return read(update, ME, NOW)


def test_words_are_taken_as_they_were_typed() -> None:
    assert taken(message(text="  Làm khai sinh\ncho con ")) == incoming(Kind.TEXT, "Làm khai sinh\ncho con")


def test_what_no_database_keeps_is_left_out() -> None:
    assert taken(message(text="khai\ud83d sinh\0")) == incoming(Kind.TEXT, "khai sinh")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/help", "Bạn làm được gì?"),
        ("/xoa", "Xoá dữ liệu của tôi"),
        ("/XOA", "Xoá dữ liệu của tôi"),
        ("/dulieu", "Xem dữ liệu của tôi"),
        ("/nguoi", "Cho tôi gặp cán bộ"),
        ("/tokhai", "Điền tờ khai"),
        ("/tokhai@TroLy1022Bot khai sinh", "Điền tờ khai khai sinh"),
        ("/english", "What can you do?"),
        ("/delete", "Delete my data"),
        ("/tam_tru", "tam tru"),
        ("/start 1_001193", "1.001193"),
        ("/ thì sao", "/ thì sao"),
    ],
)
def test_a_command_is_put_into_words(typed: str, meant: str) -> None:
    assert taken(message(text=typed)) == incoming(Kind.TEXT, meant)


def test_start_opens_the_conversation() -> None:
    assert taken(message(text="/start")) == incoming(Kind.STARTED)
    assert taken(message(text="/start quang-cao")) == incoming(Kind.STARTED)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [{}]}, "photo"),
        ({"video": {}}, "video"),
        ({"animation": {}, "document": {}}, "video"),
        ({"voice": {"duration": 3}}, "voice"),
        ({"sticker": {"emoji": "👍"}}, "sticker"),
        ({"document": {}}, "file"),
        ({"contact": {"phone_number": "0905"}}, "contact"),
        ({"poll": {}}, "other"),
    ],
)
def test_what_cannot_be_read_is_named(content: dict[str, Any], kind: str) -> None:
    assert taken(message(**content)) == incoming(Kind.UNSUPPORTED, kind)


@pytest.mark.parametrize("name", ["voice", "audio"])
def test_something_said_is_told_by_where_it_can_be_fetched(name: str) -> None:
    said = {"file_id": "AwACAgUA", "file_unique_id": "u", "duration": 4, "mime_type": "audio/ogg", "file_size": 9_000}
    assert taken(message(**{name: said})) == incoming(Kind.VOICE, sound=Sound("AwACAgUA", 4, 9_000))


@pytest.mark.parametrize("said", [{"file_id": "AwACAgUA"}, {"file_id": "AwACAgUA", "duration": "4", "file_size": -1}])
def test_how_long_something_said_is_need_not_be_told(said: dict[str, Any]) -> None:
    assert taken(message(voice=said)) == incoming(Kind.VOICE, sound=Sound("AwACAgUA"))


@pytest.mark.parametrize(
    "said", [{}, {"file_id": ""}, {"file_id": 7}, {"file_id": "tin-thoại"}, {"file_id": "A" * 257}, "A"]
)
def test_something_said_that_cannot_be_fetched_is_named_like_other_things(said: Any) -> None:
    assert taken(message(voice=said)) == incoming(Kind.UNSUPPORTED, "voice")


def test_the_words_with_something_said_are_the_question() -> None:
    said = {"file_id": "AwACAgUA", "duration": 4}
    expected = incoming(Kind.TEXT, "Giấy này nộp ở đâu?", unread="voice")
    assert taken(message(voice=said, caption="Giấy này nộp ở đâu?")) == expected


def test_something_said_is_not_answered_anew_when_its_words_are_taken_away() -> None:
    assert taken(message("edited_message", voice={"file_id": "AwACAgUA"}, edit_date=int(CHANGED.timestamp()))) is None


def test_in_a_group_something_said_is_meant_for_the_bot_when_it_answers_it() -> None:
    said, reply = {"file_id": "AwACAgUA"}, {"from": {"id": 1022}}
    expected = incoming(Kind.VOICE, person="-100:7", sound=Sound("AwACAgUA"))
    assert taken(message(voice=said, chat=GROUP, reply_to_message=reply)) == expected
    assert taken(message(voice=said, chat=GROUP)) is None


@pytest.mark.parametrize(
    ("code", "language"),
    [("vi", "vi"), ("vi-VN", "vi"), ("en", "en"), ("en-US", "en"), ("ko", "en"), ("", ""), (None, ""), (7, "")],
)
def test_the_language_of_somebodys_app_is_told(code: Any, language: str) -> None:
    user = {**AN, "language_code": code}
    pressed = {"id": "88", "from": user, "message": {"message_id": 2, "chat": PRIVATE}, "data": "turn:c1"}
    assert taken(message(text="/start", **{"from": user})) == incoming(Kind.STARTED, language=language)
    assert taken({"update_id": 10, "callback_query": pressed}) == Incoming(
        "telegram", "7", "10", NOW, Kind.PRESSED, "turn:c1", language=language
    )


def test_the_words_below_a_picture_are_a_question() -> None:
    assert taken(message(photo=[{}], caption="Giấy này nộp ở đâu?")) == incoming(
        Kind.TEXT, "Giấy này nộp ở đâu?", unread="photo"
    )


def test_a_location_and_a_venue_are_places() -> None:
    place = {"latitude": 16.0678, "longitude": 108.2208}
    expected = incoming(Kind.LOCATION, latitude=16.0678, longitude=108.2208)
    assert taken(message(location=place)) == expected
    assert taken(message(location=place, venue={"location": place, "title": "Chợ Hàn"})) == expected


def test_a_live_location_is_answered_once() -> None:
    update = message("edited_message", location={"latitude": 16.0, "longitude": 108.0})
    assert taken(update) is None


def test_an_edit_says_so_and_when() -> None:
    update = message("edited_message", text="Đăng ký tạm trú", edit_date=int(CHANGED.timestamp()))
    assert taken(update) == incoming(Kind.TEXT, "Đăng ký tạm trú", at=CHANGED, edited=True)


def test_a_pressed_button_brings_its_data() -> None:
    pressed = {"id": "88", "from": AN, "message": {"message_id": 2, "chat": PRIVATE}, "data": "turn:c1"}
    update = {"update_id": 10, "callback_query": pressed}
    assert taken(update) == Incoming("telegram", "7", "10", NOW, Kind.PRESSED, "turn:c1")
    assert query(update) == "88"


def test_who_blocks_the_bot_has_left() -> None:
    change = {"chat": PRIVATE, "from": AN, "date": int(SENT.timestamp())}
    left = {"update_id": 10, "my_chat_member": {**change, "new_chat_member": {"status": "kicked"}}}
    back = {"update_id": 10, "my_chat_member": {**change, "new_chat_member": {"status": "member"}}}
    assert taken(left) == Incoming("telegram", "7", "10", SENT, Kind.LEFT)
    assert taken(back) is None


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("@TroLy1022Bot làm căn cước ở đâu?", "làm căn cước ở đâu?"),
        ("Làm căn cước ở đâu @troly1022bot ơi?", "Làm căn cước ở đâu ơi?"),
        ("Nhờ @TroLy1022Bot: phí bao nhiêu", "Nhờ : phí bao nhiêu"),
        ("/xoa@TroLy1022Bot", "Xoá dữ liệu của tôi"),
    ],
)
def test_in_a_group_who_names_the_bot_is_answered_in_a_conversation_of_their_own(text: str, heard: str) -> None:
    assert taken(message(text=text, chat=GROUP)) == incoming(Kind.TEXT, heard, person="-100:7")


@pytest.mark.parametrize(
    "text",
    ["Mai họp tổ nhé", "/xoa", "/xoa@BotKhac", "thư a@TroLy1022Bot", "@TroLy1022Bot2 ơi", "troly1022bot hay ghê"],
)
def test_in_a_group_others_are_left_alone(text: str) -> None:
    assert taken(message(text=text, chat=GROUP)) is None


def test_in_a_group_a_reply_to_the_bot_is_meant_for_it() -> None:
    update = message(text="Thế lệ phí?", chat=GROUP, reply_to_message={"from": {"id": 1022}})
    assert taken(update) == incoming(Kind.TEXT, "Thế lệ phí?", person="-100:7")
    assert taken(message(text="Ừ", chat=GROUP, reply_to_message={"from": {"id": 8}})) is None


def test_in_a_group_the_bare_name_is_a_greeting() -> None:
    assert taken(message(text="@TroLy1022Bot", chat=GROUP)) == incoming(Kind.STARTED, person="-100:7")


def test_a_forum_is_answered_in_its_topic() -> None:
    update = message(text="@TroLy1022Bot chào", chat=GROUP, message_thread_id=55, is_topic_message=True)
    assert taken(update) == incoming(Kind.TEXT, "chào", person="-100:7:55")
    assert Place.named("-100:7:55") == Place(-100, 7, 55)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 10, "channel_post": {"chat": {"id": -5, "type": "channel"}, "text": "Thông báo"}},
        {"update_id": 10, "poll_answer": {}},
        message(text="chào", **{"from": {"id": 9, "is_bot": True}}),
        message(text="@TroLy1022Bot tin", chat=GROUP, is_automatic_forward=True),
        message(new_chat_members=[AN]),
        message(pinned_message={}),
    ],
)
def test_what_nobody_waits_for_is_not_answered(update: dict[str, Any]) -> None:
    assert taken(update) is None


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": "10"},
        {"update_id": 10, "message": "chào"},
        {"update_id": 10, "message": {"chat": PRIVATE, "from": AN, "text": "chào"}},
        message(date=10**20, text="chào"),
        message(location={"latitude": "nan", "longitude": 1}),
        message(location={"latitude": 95, "longitude": 1}),
    ],
)
def test_what_is_broken_is_called_so(update: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        taken(update)


def test_a_button_pressed_in_a_group_says_that_others_read_along() -> None:
    pressed = {"id": "5", "from": AN, "data": "turn:c1", "message": {"message_id": 3, "chat": GROUP}}
    assert taken({"update_id": 10, "callback_query": pressed}) == Incoming(
        "telegram", "-100:7", "10", NOW, Kind.PRESSED, "turn:c1", shared=True
    )
