"""What is said on Telegram: heard, answered as if it had been typed, and declined kindly where it was not heard."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from channels.messenger.hearing import AT_ONCE
from tests import transcriber_server
from tests.bot_api_server import Fault, Person, Sent
from tests.channels.telegram_chat import Chat, chatting
from tests.transcriber_server import TranscriberServer, body, spoken, status, words

TYPE = (
    "Tôi chưa nghe được tin thoại. Anh/chị gõ chữ giúp: cần làm giấy tờ gì, đang vướng ở đâu. "
    "Muốn gặp cán bộ, anh/chị nhắn «gặp cán bộ» hoặc gọi 1022."
)
NOT_HEARD = "Tôi nghe chưa rõ tin thoại này, xin anh/chị gõ chữ giúp. Đang nguy hiểm thì gọi ngay 113, 114, 115, 111."
NOT_HEARD_EN = "I could not make out this voice message; please type it instead. If you are in danger, call 113, 114, 115, 111 now."
TOO_LONG = "Tin thoại này dài quá, tôi nghe được tin tới 60 giây. Anh/chị gửi tin ngắn hơn, hoặc gõ chữ giúp."
SCRIPT = (
    "Làm giấy khai sinh cho con cần gì?",
    "thế lệ phí bao nhiêu",
    "ờ cho tui hỏi là đăng ký tộm trú ở mô hè",
    "nhà tôi đang cháy",
    "điền tờ khai đăng ký khai sinh",
    "đồng ý",
    "Ủy ban nhân dân phường Hải Châu",
    "để mai làm tiếp",
    "How do I register my baby's birth?",
)
"""What people say, after one another."""


@pytest.fixture
def transcriber() -> Iterator[TranscriberServer]:
    with TranscriberServer() as server:
        yield server


@pytest.fixture
def chat(shipped: Assistant, tmp_path: Path, transcriber: TranscriberServer) -> Iterator[Chat]:
    with chatting(shipped, tmp_path, transcriber.environment(TROLY_TRANSCRIBER_TIMEOUT="120")) as chat:
        yield chat


@pytest.fixture
def hurried(shipped: Assistant, tmp_path: Path, transcriber: TranscriberServer) -> Iterator[Chat]:
    """The same, with little patience for voice messages."""
    with chatting(shipped, tmp_path, transcriber.environment(TROLY_TRANSCRIBER_TIMEOUT="1")) as chat:
        yield chat


@pytest.fixture
def an(chat: Chat) -> Person:
    return chat.server.person(7)


def texts(sent: list[Sent]) -> list[str]:
    return [one.text for one in sent]


def headed(line: str, typed: list[Sent]) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """What was sent for words that were typed, as it must be for the same words said."""
    first, *rest = [(one.text, one.rows) for one in typed]
    return [(f"{line}\n\n{first[0]}", first[1]), *rest]


def test_what_is_said_on_telegram_is_answered_as_what_is_typed_but_for_the_first_line(chat, transcriber):
    speaker, typist = chat.server.person(7, "An"), chat.server.person(8, "Bình")
    for said in SCRIPT:
        speaker.speaks(spoken(said))
        answered = [(one.text, one.rows) for one in chat.after()]
        typist.says(said)
        line = f"I heard: “{said}”" if said.startswith("How") else f"Tôi nghe: «{said}»"

        assert answered == headed(line, chat.after())
    assert transcriber.refused == []
    # From the last answer on it would be English that is expected.
    assert {asked.language for asked in transcriber.asked} == {"vi"}


def test_who_was_answered_in_english_is_listened_to_in_english(chat, an, transcriber):
    an.says("How do I register my baby's birth?")
    an.speaks(spoken("How much is it?"))
    sent = chat.after()

    assert sent[-1].text.startswith("I heard: “How much is it?”\n\n")
    assert transcriber.asked[0].language == "en"


def test_a_sound_file_is_listened_to_like_a_voice_message(chat, an):
    an.sends(audio={**chat.server.files.keep(spoken("nhà tôi đang cháy")), "duration": 9, "mime_type": "audio/mpeg"})

    assert chat.after()[0].text.startswith("Tôi nghe: «nhà tôi đang cháy»\n\nGọi ngay: 114")


def test_however_long_somebody_in_danger_speaks_the_number_to_call_is_near(chat, an):
    an.speaks(spoken("nhà tôi đang cháy " + "mau lên giúp tôi với " * 60))

    heard, call = chat.after()[0].text.split("\n\n")[:2]
    assert (len(heard) < 100, heard.endswith("…»"), call.startswith("Gọi ngay: 114")) == (True, True, True)


def test_numbers_of_people_are_hidden_in_what_was_heard_as_in_what_is_kept(chat, an, tmp_path):
    an.speaks(spoken("căn cước của tôi số 048090001236 mất rồi làm lại ở đâu"))
    told = chat.after()[0].text
    with sqlite3.connect(tmp_path / "tro-ly.db") as database:
        kept = [question for (question,) in database.execute("SELECT question FROM turns")]

    assert told.startswith("Tôi nghe: «căn cước của tôi số [số định danh] mất rồi làm lại ở đâu»")
    assert kept == ["căn cước của tôi số [số định danh] mất rồi làm lại ở đâu"]


def test_of_what_was_said_nothing_is_kept_in_any_table_or_log(chat, an, tmp_path, caplog):
    caplog.set_level(logging.INFO)
    said = spoken("lệ phí đăng ký kết hôn")
    identity = an.speaks(said)["message"]["voice"]["file_id"]
    chat.after()
    with sqlite3.connect(tmp_path / "tro-ly.db") as database:
        kept = "\n".join(database.iterdump())

    assert ["kết hôn" in kept, "OggS" in kept, said.hex().upper() in kept, identity in kept] == [
        True,
        False,
        False,
        False,
    ]
    assert [line for line in caplog.messages if "kết hôn" in line or identity in line] == []


def test_in_a_group_private_matters_that_are_said_are_not_repeated(chat):
    member = chat.server.member(-1001022, 9)
    member.speaks(
        spoken("xem dữ liệu của tôi"), reply_to_message={"message_id": 1, "from": {"id": 1022, "is_bot": True}}
    )

    assert texts(chat.after()) == [
        "Việc này có thông tin riêng của anh/chị, mà trong nhóm ai cũng đọc được. Anh/chị nhắn riêng cho tôi để làm tiếp."
    ]


def test_the_words_below_something_said_are_the_question_as_before(chat, an, transcriber):
    an.speaks(spoken("nhà tôi đang cháy"), caption="Cảm ơn em nhé")
    sent = texts(chat.after())

    assert sent[0] == "Tôi chưa nghe được tin thoại. Tôi trả lời theo phần chữ."
    assert (len(sent), transcriber.asked) == (2, [])


@pytest.mark.parametrize(
    "reply",
    [
        words(""),
        words("dạ " * 2_000),
        body(b"<html>"),
        body({"error": "model"}),
        body(b" " * 100_000),
        status(401),
        status(413),
        transcriber_server.cut,
    ],
)
def test_what_could_not_be_heard_is_asked_for_in_writing_and_the_next_is_heard(chat, an, transcriber, reply):
    transcriber.script = [reply]
    an.speaks(spoken("xin chào"))
    an.says("nhà tôi đang cháy")
    an.speaks(spoken("nhà tôi đang cháy"))
    sent = texts(chat.after())

    assert sent[0] == NOT_HEARD
    assert sent[1].startswith("Gọi ngay: 114")
    assert sent[2].startswith("Tôi nghe: «nhà tôi đang cháy»")


@pytest.mark.parametrize("reply", [transcriber_server.silent, transcriber_server.endless])
def test_a_slow_server_is_not_waited_for_and_who_typed_is_answered(hurried, transcriber, reply):
    transcriber.script = [reply]
    an = hurried.server.person(7)
    an.speaks(spoken("xin chào"))
    an.says("nhà tôi đang cháy")
    unheard, call = texts(hurried.after())

    assert (unheard, call.startswith("Gọi ngay: 114")) == (NOT_HEARD, True)


def test_a_file_that_does_not_come_is_not_waited_for(hurried, transcriber):
    hurried.server.play("file", Fault.silent(delivers=False))
    hurried.server.person(7).speaks(spoken("xin chào"))

    assert (texts(hurried.after()), transcriber.asked) == ([NOT_HEARD], [])


def test_a_server_that_asks_for_patience_once_is_asked_again(chat, an, transcriber):
    transcriber.script = [status(429, Retry_After="0")]
    an.speaks(spoken("nhà tôi đang cháy"))

    assert chat.after()[0].text.startswith("Tôi nghe: «nhà tôi đang cháy»")


def test_who_has_an_english_app_is_asked_in_english(chat, transcriber):
    transcriber.script = [words("")]
    Person(chat.server, 7, "Ann", chat.server.person(7).chat, "en-GB").speaks(spoken("…"))

    assert texts(chat.after()) == [NOT_HEARD_EN]


@pytest.mark.parametrize("more", [{"seconds": 61}, {"seconds": 3_600}])
def test_what_is_too_long_is_asked_for_in_short_and_not_fetched(chat, an, transcriber, more):
    an.speaks(spoken("xin chào"), **more)

    assert texts(chat.after()) == [TOO_LONG]
    assert (chat.server.called("getFile"), transcriber.asked) == (0, [])


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("getFile", Fault.failed()),
        ("getFile", Fault(400, "Bad Request: wrong file_id or the file is temporarily unavailable")),
        ("file", Fault(404, "Not Found")),
        ("file", Fault.failed()),
    ],
)
def test_what_telegram_does_not_hand_out_is_asked_for_in_writing(chat, an, transcriber, method, fault):
    chat.server.play(method, fault)
    an.speaks(spoken("xin chào"))

    assert texts(chat.after()) == [NOT_HEARD]
    assert transcriber.asked == []


def test_a_file_that_is_larger_than_told_is_not_passed_on(chat, an, transcriber):
    large = chat.server.files.keep(spoken("a" * (8 * 2**20)), size=1_000)
    an.sends(voice={**large, "duration": 4})

    assert texts(chat.after()) == [NOT_HEARD]
    assert transcriber.asked == []


def test_without_a_server_people_are_asked_to_type(shipped, tmp_path):
    with chatting(shipped, tmp_path) as chat:
        chat.server.person(7).speaks(spoken("xin chào"))

        assert texts(chat.after()) == [TYPE]
        assert chat.server.called("getFile") == 0


def test_who_types_is_answered_while_others_wait_to_be_heard(chat, transcriber):
    transcriber.script = [transcriber_server.held] * AT_ONCE
    chat.messengers.postman.start()
    try:
        for number in range(AT_ONCE):
            chat.server.person(10 + number).speaks(spoken("xin chào"))
        assert set(chat.server.bring()) == {200}
        transcriber.wait(AT_ONCE)
        chat.server.person(7).says("nhà tôi đang cháy")
        assert chat.server.bring() == [200]
        chat.server.wait(lambda: any(one.chat == 7 for one in chat.server.sent))
        others = [one for one in chat.server.sent if one.chat != 7]
    finally:
        transcriber.released.set()
        chat.messengers.postman.stop()

    assert others == []
