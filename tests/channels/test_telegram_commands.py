"""`tro-ly telegram`: fetching, and setting the bot up, as processes of their own."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.forms.sealing import new_key
from tests.bot_api_server import NAME, SECRET, BotApiServer, Fault

Start = Callable[..., subprocess.Popen[str]]

LOST = "Lúc nãy đường truyền bị ngắt, có thể một tin của tôi chưa tới anh/chị. Chưa thấy thì anh/chị bấm «Gửi lại»."
KEY = new_key()
QUESTIONS = {
    "Làm giấy khai sinh cho con cần gì?": "Đăng ký khai sinh cho con",
    "Sao y giấy tờ bao nhiêu tiền?": "Chứng thực bản sao",
    "Mất căn cước thì làm lại ở đâu?": "Làm lại thẻ căn cước",
    "Đổi giấy phép lái xe ở đâu?": "Đổi bằng lái xe",
}
"""And how the answer to each begins."""


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def tro_ly(tro_ly_process: Start, server: BotApiServer, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Runs `tro-ly telegram …` to its end: the exit status and what it says."""

    def run(*words: str, **environment: str) -> tuple[int, str, str]:
        variables = server.environment(TROLY_HOME=str(tmp_path / "home"), **environment)
        process = tro_ly_process("telegram", *words, **variables)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    return run


def test_a_bot_is_set_up_from_the_command_line(
    server: BotApiServer, tro_ly: Callable[..., tuple[int, str, str]]
) -> None:
    assert tro_ly("webhook", "https://1022.example.vn/") == (
        0,
        "Updates are brought to https://1022.example.vn/telegram/webhook\n",
        "",
    )
    assert server.webhook == {
        "url": "https://1022.example.vn/telegram/webhook",
        "secret_token": SECRET,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
    }
    assert tro_ly("check") == (
        0,
        f"bot       @{NAME} (1022)\nupdates   https://1022.example.vn/telegram/webhook\nwaiting   0\n",
        "",
    )
    status, _, err = tro_ly("poll")
    assert (status, err) == (
        1,
        "error: Updates are brought to https://1022.example.vn/telegram/webhook. "
        "Run `tro-ly telegram webhook --off` first.\n",
    )
    assert tro_ly("webhook", "--off") == (0, "Updates are brought nowhere now.\n", "")
    assert server.webhook == {}


def test_the_menu_is_put_up_in_both_languages(
    server: BotApiServer, tro_ly: Callable[..., tuple[int, str, str]]
) -> None:
    status, out, err = tro_ly("commands")
    assert (status, err) == (0, "")
    assert "vi  /xoa        Xóa cuộc trò chuyện và dữ liệu" in out
    put = [(fields.get("language_code"), len(fields["commands"])) for name, fields in server.calls]
    assert put == [(None, 6), ("vi", 6), ("en", 6)]


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (("poll",), {"TROLY_TELEGRAM_TOKEN": ""}, "There is no bot: get a token from @BotFather"),
        (("webhook", "https://a.vn"), {"TROLY_TELEGRAM_SECRET": ""}, "TROLY_TELEGRAM_SECRET is not set"),
        (("webhook", "a.vn"), {}, "a.vn is no address"),
        (("check",), {"TROLY_TELEGRAM_TOKEN": "1022:mot-cai-sai-hoan-toan"}, "Telegram does not know TROLY_TELEGRAM"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    tro_ly: Callable[..., tuple[int, str, str]], words: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    status, out, err = tro_ly(*words, **environment)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert said in err


@pytest.fixture
def poll(
    server: BotApiServer, tro_ly_process: Start, copied_home: Path
) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts `tro-ly telegram poll`; it fetches when the call returns."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        before = server.called("getUpdates")
        environment = server.environment(TROLY_HOME=str(copied_home), TROLY_DATA_KEY=KEY)
        process = tro_ly_process("telegram", "poll", **environment)
        started.append(process)
        server.wait(lambda: server.called("getUpdates") > before)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_killed_at_any_moment_it_loses_nothing_and_says_nothing_twice(
    server: BotApiServer, poll: Callable[[], subprocess.Popen[str]], copied_home: Path
) -> None:
    def kill(process: subprocess.Popen[str]) -> None:
        process.kill()
        process.communicate()
        leases_run_out(copied_home)

    people = [server.person(identity) for identity in (1, 2, 3, 4)]
    asked = dict(zip(people, QUESTIONS, strict=True))
    first, second, third, fourth = people
    server.play("sendMessage", Fault.silent(delivers=False), Fault.silent(delivers=True))
    process = poll()
    taken = first.says(asked[first])
    server.wait(lambda: server.called("sendMessage") == 1)
    second.says(asked[second])
    server.wait(lambda: server.called("sendMessage") == 2)
    kill(process)  # one message was on its way and did not arrive, the other did

    server.repeats(taken)
    third.says(asked[third])  # while nobody fetches
    process = poll()
    server.wait(lambda: len(server.sent) == 4)
    assert texts(server, 1) == [LOST]
    assert texts(server, 2) == [QUESTIONS[asked[second]], LOST]
    assert texts(server, 3) == [QUESTIONS[asked[third]]]
    first.presses("Gửi lại")
    server.wait(lambda: len(server.sent) == 5)
    assert texts(server, 1) == [LOST, QUESTIONS[asked[first]]]
    server.wait(lambda: noted(copied_home))  # else the kill below would rightly be told to the first person too

    fetches = server.called("getUpdates")
    fourth.says(asked[fourth])
    server.wait(lambda: server.called("getUpdates") > fetches)
    kill(process)  # the question was put down just now; how far the answer is nobody knows
    process = poll()
    server.wait(lambda: bool(texts(server, 4)))
    if texts(server, 4) == [LOST]:
        fourth.presses("Gửi lại")
        server.wait(lambda: len(texts(server, 4)) == 2)
    process.send_signal(signal.SIGTERM)
    assert (process.wait(timeout=60), server.waiting) == (0, [])
    assert [text for text in texts(server, 4) if text != LOST] == [QUESTIONS[asked[fourth]]]
    assert len(texts(server, 1) + texts(server, 2) + texts(server, 3)) == 5


def texts(server: BotApiServer, chat: int) -> list[str]:
    """What a person was sent: of an answer its beginning."""
    known = QUESTIONS.values()
    sent = [one.text for one in server.sent if one.chat == chat]
    return [next((beginning for beginning in known if text.startswith(beginning)), text) for text in sent]


def noted(home: Path) -> bool:
    """Whether all that was sent is put down as sent, and every message as answered."""
    with sqlite3.connect(home / "tro-ly.db") as database:
        [counted] = database.execute(
            "SELECT (SELECT count(*) FROM messenger_outgoing WHERE state IN ('waiting', 'sending'))"
            " + (SELECT count(*) FROM messenger_updates WHERE state = 'new' OR claimed_until IS NOT NULL)"
        )
    database.close()
    return bool(counted == (0,))


def leases_run_out(home: Path) -> None:
    """As if a minute had passed."""
    long_ago = "2000-01-01T00:00:00.000+00:00"
    with sqlite3.connect(home / "tro-ly.db") as database:
        for table in ("messenger_updates", "messenger_outgoing"):
            statement = f"UPDATE {table} SET claimed_until = ? WHERE claimed_until IS NOT NULL"
            database.execute(statement, (long_ago,))
    database.close()
