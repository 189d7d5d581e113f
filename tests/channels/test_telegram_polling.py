"""Fetching updates: in which order things happen, and what a broken line costs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from channels.messenger.mailbox import Mailbox
from channels.messenger.rows import UpdateRow
from channels.telegram.bot_api import BotApi
from channels.telegram.polling import FIRST_PAUSE, LONGEST_PAUSE, Poller
from channels.telegram.settings import TelegramSettings
from channels.telegram.updates import ALLOWED
from knowledge.database import Database
from tests.bot_api_server import BotApiServer, Fault


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def poller(server: BotApiServer, database: Database) -> Iterator[Poller]:
    settings = TelegramSettings.read(server.environment())
    assert settings is not None
    api = BotApi(settings)
    yield Poller(api, Mailbox(database), settings.bot)
    api.close()


def keys(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(select(UpdateRow.key).order_by(UpdateRow.id)))


def asked(server: BotApiServer) -> list[dict[str, Any]]:
    return [fields for name, fields in server.calls if name == "getUpdates"]


def test_an_update_is_confirmed_only_after_it_was_kept(
    server: BotApiServer, poller: Poller, database: Database
) -> None:
    first, second = server.person(7).says("một"), server.person(8).says("hai")
    assert poller.once() == 0
    assert server.waiting == [first, second]
    assert keys(database) == [str(first["update_id"]), str(second["update_id"])]
    third = server.person(7).says("ba")
    assert poller.once() == 0
    assert server.waiting == [third]
    assert [fields["offset"] for fields in asked(server)] == ["0", str(second["update_id"] + 1)]
    assert asked(server)[0]["allowed_updates"] == list(ALLOWED)


def test_what_cannot_be_read_does_not_hold_up_the_rest(
    server: BotApiServer, poller: Poller, database: Database
) -> None:
    server.happens("message", {"chat": {"id": 7, "type": "private"}, "text": "không có ngày"})
    server.happens("something_new", {})
    read = server.person(7).says("chào")
    poller.once()
    assert keys(database) == [str(read["update_id"])]
    server.person(7).says("chào lại")
    poller.once()
    assert len(server.waiting) == 1


def test_what_could_not_be_kept_is_fetched_again(server: BotApiServer, poller: Poller, database: Database) -> None:
    server.person(7).says("chào")
    with database.session() as session:
        session.execute(text("ALTER TABLE messenger_updates RENAME TO gone"))
    assert poller.once() == FIRST_PAUSE
    with database.session() as session:
        session.execute(text("ALTER TABLE gone RENAME TO messenger_updates"))
    assert poller.once() == 0
    assert len(keys(database)) == 1


def test_a_pressed_button_is_confirmed_at_once(server: BotApiServer, poller: Poller) -> None:
    update = server.person(7).presses_data("x:c1")
    poller.once()
    assert server.calls[-1] == ("answerCallbackQuery", {"callback_query_id": update["callback_query"]["id"]})


def test_the_pause_doubles_while_telegram_is_down_and_is_over_at_once_after(
    server: BotApiServer, poller: Poller
) -> None:
    server.play("getUpdates", *[Fault(504, "Gateway Timeout")] * 8)
    pauses = [poller.once() for _ in range(8)]
    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE]
    server.person(7).says("chào")
    assert poller.once() == 0
    server.play("getUpdates", Fault.flood(40))
    assert poller.once() == 40
