"""Messages on their way to Telegram, through the real library, against a server that takes what Telegram takes."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from assistant.errors import SettingError
from channels.messenger.contract import Button, Gone, Outgoing, Refused, TryLater, Unsure
from channels.telegram.bot_api import BotApi
from channels.telegram.connecting import sender as sender_of
from channels.telegram.errors import NothingDone
from channels.telegram.flood import Flood
from channels.telegram.places import Account
from channels.telegram.sending import NOT_IN_GROUP, OPEN_PRIVATE, TelegramSender
from channels.telegram.settings import TelegramSettings
from tests.bot_api_server import NAME, SECRET, TOKEN, BotApiServer, Fault, Sent

NewSender = Callable[..., TelegramSender]

SPITEFUL = "<b>đậm</b> &amp; <script>alert(1)</script> *sao* _gạch_ [x](http://a.vn) `mã` </a> < > & \\ 👍🏽"


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        server.person(7)
        yield server


@pytest.fixture
def new_sender(server: BotApiServer) -> Iterator[NewSender]:
    """Makes senders that reach the server; on their clock ten seconds pass between two messages."""
    made: list[BotApi] = []

    def new(*, answer: float = 20, **environment: str) -> TelegramSender:
        settings = TelegramSettings.read(server.environment(**environment))
        assert settings is not None
        ticks = count(0, 10)
        made.append(BotApi(settings, answer=answer))
        return TelegramSender(made[-1], Flood(lambda: next(ticks)))

    yield new
    for api in made:
        api.close()


@pytest.fixture
def sender(new_sender: NewSender) -> TelegramSender:
    return new_sender()


def test_what_stands_in_a_text_is_shown_as_it_stands(server: BotApiServer, sender: TelegramSender) -> None:
    sender.send("7", Outgoing(SPITEFUL))
    assert server.sent == [Sent(7, SPITEFUL)]
    method, fields = server.calls[-1]
    assert method == "sendMessage"
    assert "parse_mode" not in fields
    assert fields["link_preview_options"] == {"is_disabled": True}


def test_buttons_stand_below_in_rows(server: BotApiServer, sender: TelegramSender) -> None:
    buttons = (
        Button("Đăng ký khai sinh cho con", data="a:c1"),
        Button("Phí", data="a:s1"),
        Button("Nơi nộp", data="a:s2"),
        Button("Mở trang", url="https://dichvucong.gov.vn/"),
    )
    sender.send("7", Outgoing("Anh/chị chọn giúp:", buttons))
    assert server.sent == [
        Sent(
            7,
            "Anh/chị chọn giúp:",
            (("Đăng ký khai sinh cho con",), ("Phí", "Nơi nộp", "Mở trang")),
            buttons={
                "Đăng ký khai sinh cho con": "a:c1",
                "Phí": "a:s1",
                "Nơi nộp": "a:s2",
                "Mở trang": "https://dichvucong.gov.vn/",
            },
        )
    ]


def test_a_button_that_is_not_taken_costs_the_buttons_and_not_the_words(
    server: BotApiServer, sender: TelegramSender
) -> None:
    sender.send("7", Outgoing("Trang riêng của anh/chị", (Button("Mở", url="http://noi-bo"),)))
    assert server.sent == [Sent(7, "Trang riêng của anh/chị")]
    sender.send("7", Outgoing("Chọn giúp", (Button("Một", data="x" * 65),)))
    assert server.sent[1:] == [Sent(7, "Chọn giúp")]


def test_a_document_brings_its_name_and_its_words(server: BotApiServer, sender: TelegramSender) -> None:
    body = bytes(range(256)) * 40
    sender.send("7", Outgoing("Tờ khai <đã điền>"), ("to-khai-Nguyễn Văn An.docx", body))
    assert server.sent == [Sent(7, "Tờ khai <đã điền>", document=("to-khai-Nguyễn Văn An.docx", body))]


def test_a_caption_that_is_too_long_is_cut(server: BotApiServer, sender: TelegramSender) -> None:
    sender.send("7", Outgoing("ạ" * 2000), ("a.pdf", b"%PDF"))
    assert server.sent == [Sent(7, "ạ" * 1023 + "…", document=("a.pdf", b"%PDF"))]


def test_the_longest_message_is_taken_and_a_longer_one_refused(server: BotApiServer, sender: TelegramSender) -> None:
    sender.send("7", Outgoing("👍" * (sender.limits.text // 2)))
    assert len(server.sent) == 1
    with pytest.raises(Refused, match="Message is too long"):
        sender.send("7", Outgoing("👍" * (sender.limits.text // 2) + "!"))


def test_a_forum_is_answered_in_its_topic_and_a_group_in_the_group(
    server: BotApiServer, sender: TelegramSender
) -> None:
    server.member(-100, 7)
    sender.send("-100:7:55", Outgoing("Dạ"))
    sender.send("-100:7", Outgoing("Dạ"))
    assert server.sent == [Sent(-100, "Dạ", topic=55), Sent(-100, "Dạ")]


def test_a_file_is_never_sent_into_a_group(server: BotApiServer, sender: TelegramSender) -> None:
    server.member(-100, 7)
    server.member(-100, 8)
    sender.send("-100:7", Outgoing("Dữ liệu của anh/chị"), ("du-lieu.json", b"{}"))
    assert server.sent == [Sent(7, "Dữ liệu của anh/chị", document=("du-lieu.json", b"{}"))]
    sender.send("-100:8", Outgoing("Dữ liệu của anh/chị"), ("du-lieu.json", b"{}"))  # never opened a private chat
    assert server.sent[1:] == [
        Sent(-100, NOT_IN_GROUP, ((OPEN_PRIVATE,),), buttons={OPEN_PRIVATE: f"https://t.me/{NAME}"})
    ]


def test_telegram_asking_for_patience_says_for_how_long(server: BotApiServer, sender: TelegramSender) -> None:
    server.play("sendMessage", Fault.flood(17))
    with pytest.raises(TryLater) as later:
        sender.send("7", Outgoing("Dạ"))
    assert later.value.seconds == 17
    assert server.sent == []


def test_too_soon_is_never_even_tried(server: BotApiServer, sender: TelegramSender) -> None:
    hurried = TelegramSender(sender.api, Flood(lambda: 0.0))
    hurried.send("7", Outgoing("Một"))
    with pytest.raises(TryLater) as later:
        hurried.send("7", Outgoing("Hai"))
    assert later.value.seconds == 1.0
    assert [one.text for one in server.sent] == ["Một"]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_what_telegram_says_it_failed_to_do_is_tried_again(
    server: BotApiServer, sender: TelegramSender, status: int
) -> None:
    words = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
    server.play("sendMessage", Fault(status, words[status]))
    with pytest.raises(TryLater):
        sender.send("7", Outgoing("Dạ"))


def test_where_nobody_listens_nothing_was_delivered(new_sender: NewSender) -> None:
    with pytest.raises(TryLater):
        new_sender(TROLY_TELEGRAM_API="http://127.0.0.1:9").send("7", Outgoing("Dạ"))


@pytest.mark.parametrize("delivers", [True, False])
def test_without_a_word_nobody_knows_whether_it_was_delivered(
    server: BotApiServer, new_sender: NewSender, *, delivers: bool
) -> None:
    server.play("sendMessage", Fault.silent(delivers=delivers))
    with pytest.raises(Unsure):
        new_sender(answer=0.3).send("7", Outgoing("Dạ"))
    assert len(server.sent) == delivers


def test_a_gateway_that_gave_up_waiting_may_have_delivered(server: BotApiServer, sender: TelegramSender) -> None:
    server.play("sendMessage", Fault(504, "Gateway Timeout"))
    with pytest.raises(Unsure):
        sender.send("7", Outgoing("Dạ"))


def test_who_blocked_the_bot_is_gone_and_so_is_a_chat_that_is_no_more(
    server: BotApiServer, sender: TelegramSender
) -> None:
    server.blocked.add(7)
    with pytest.raises(Gone):
        sender.send("7", Outgoing("Dạ"))
    with pytest.raises(Gone):
        sender.send("8", Outgoing("Dạ"))


def test_an_empty_text_is_refused(sender: TelegramSender) -> None:
    with pytest.raises(Refused, match="Message text is empty"):
        sender.send("7", Outgoing(" "))


def test_typing_is_shown_and_failing_at_it_costs_nothing(server: BotApiServer, sender: TelegramSender) -> None:
    sender.busy("7")
    assert server.calls == [("sendChatAction", {"chat_id": "7", "action": "typing"})]
    server.play("sendChatAction", Fault.failed())
    sender.busy("7")


def test_who_the_bot_is_is_asked_once(server: BotApiServer, sender: TelegramSender) -> None:
    assert sender.api.account() == sender.api.account() == Account(1022, NAME)
    assert server.called("getMe") == 1


def test_a_wrong_token_waits_until_it_is_mended_and_is_never_told(
    new_sender: NewSender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    wrong = "1022:mot-cai-khac-han-khong-lo"
    sender = new_sender(TROLY_TELEGRAM_TOKEN=wrong)
    with pytest.raises(TryLater):
        sender.send("7", Outgoing("Dạ"))
    with pytest.raises(NothingDone, match="TROLY_TELEGRAM_TOKEN"):
        sender.api.account()
    assert wrong not in caplog.text


def test_the_token_stands_in_no_log_and_no_error(
    server: BotApiServer, sender: TelegramSender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    server.play("sendMessage", Fault(400, f"Bad Request: /bot{TOKEN}/sendMessage"))
    with pytest.raises(Refused) as refused:
        sender.send("7", Outgoing("Dạ"))
    sender.send("7", Outgoing("Dạ"))
    assert TOKEN not in caplog.text + str(refused.value) + repr(TelegramSettings.read(server.environment()))
    assert SECRET not in repr(TelegramSettings.read(server.environment()))


def test_without_a_bot_the_library_is_not_even_loaded() -> None:
    script = "import sys, channels.app, channels.command_line; sys.exit('telegram.error' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_there_is_a_sender_where_there_is_a_token(server: BotApiServer) -> None:
    assert sender_of({}) is None
    first, second = sender_of(server.environment()), sender_of(server.environment())
    assert first is second is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [("TOKEN", "mat-khau"), ("SECRET", "ngắn"), ("SECRET", "co dau cach o giua nay"), ("API", "ftp.may-chu:8081")],
)
def test_a_setting_that_cannot_be_right_is_named_and_not_repeated(server: BotApiServer, name: str, value: str) -> None:
    with pytest.raises(SettingError) as error:
        sender_of(server.environment(**{f"TROLY_TELEGRAM_{name}": value}))
    assert str(error.value).startswith(f"TROLY_TELEGRAM_{name}")
    assert value not in str(error.value)
