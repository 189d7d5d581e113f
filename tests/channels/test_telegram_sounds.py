"""Fetching what people say on Telegram, through the real library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from channels.messenger.contract import NotFetched, Sound
from channels.telegram.bot_api import BotApi
from channels.telegram.sending import TelegramSender
from channels.telegram.settings import TelegramSettings
from tests.bot_api_server import TOKEN, BotApiServer, Fault
from tests.transcriber_server import spoken

SAID = spoken("xin chào")
MOST = 1_000


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def sender(server: BotApiServer) -> Iterator[TelegramSender]:
    settings = TelegramSettings.read(server.environment())
    assert settings is not None
    api = BotApi(settings)
    yield TelegramSender(api)
    api.close()


def kept(server: BotApiServer, body: bytes = SAID, size: int | None = None) -> Sound:
    return Sound(server.files.keep(body, size)["file_id"])


def why(sender: TelegramSender, sound: Sound, seconds: float = 30) -> str:
    with pytest.raises(NotFetched) as wrong:
        sender.fetch(sound, MOST, seconds)
    assert TOKEN not in str(wrong.value)
    return str(wrong.value)


def test_what_was_said_is_fetched(server, sender):
    assert sender.fetch(kept(server), MOST, 30) == SAID


def test_what_is_told_to_be_too_large_is_not_fetched(server, sender):
    assert why(sender, kept(server, size=MOST + 1)) == "no file, or one of 1001 bytes"


def test_what_is_larger_than_told_is_not_passed_on(server, sender):
    assert why(sender, kept(server, b"a" * (MOST + 1), size=10)) == "a file of 1001 bytes"


def test_what_telegram_does_not_know_is_not_there(sender):
    assert why(sender, Sound("AwACAgUA")) == "Wrong file_id or the file is temporarily unavailable"


def test_what_telegram_has_no_longer_is_gone_and_the_token_is_not_doubted(server, sender):
    server.play("file", Fault(404, "Not Found"))

    assert why(sender, kept(server)) == "the file is gone"


@pytest.mark.parametrize("method", ["getFile", "file"])
def test_what_does_not_come_in_time_is_given_up(server, sender, method):
    server.play(method, Fault.silent(delivers=False))

    assert why(sender, kept(server), seconds=0.3) == "no answer within 0.3 s"
