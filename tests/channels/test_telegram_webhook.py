"""The door at which Telegram brings its updates: what is let in, and what it hears."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from assistant.assistant import Assistant
from assistant.settings import Settings
from channels.app import MOST_BYTES, create_app
from channels.messenger.mailbox import Mailbox
from channels.messenger.rows import UpdateRow
from channels.telegram.connecting import connected
from channels.telegram.settings import TelegramSettings
from channels.telegram.updates import ALLOWED
from channels.telegram.webhook import PATH, SECRET_HEADER, router
from knowledge.database import Database
from tests.bot_api_server import SECRET, BotApiServer, Fault
from tests.channels.messenger_script import own
from tests.channels.telegram_chat import served

RIGHT = {SECRET_HEADER: SECRET}
SAID = "cccd 049090001234"


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server
        settings = TelegramSettings.read(server.environment())
        assert settings is not None
        connected(settings).api.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def app(server: BotApiServer, database: Database) -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    app.state.mailbox = Mailbox(database)
    app.state.telegram = TelegramSettings.read(server.environment())
    return app


@pytest.fixture
def door(app: FastAPI) -> Iterator[httpx.Client]:
    with served(app) as address, httpx.Client(base_url=address, trust_env=False) as client:
        yield client


def kept(database: Database) -> list[tuple[str, str]]:
    """Whose updates lie in the mailbox, and under which keys."""
    with database.session() as session:
        rows = session.execute(select(UpdateRow.person, UpdateRow.key).order_by(UpdateRow.id)).all()
    return [(row.person, row.key) for row in rows]


def test_an_update_with_the_secret_is_kept_once(server: BotApiServer, door: httpx.Client, database: Database) -> None:
    update = server.person(7).says("Làm khai sinh")
    answers = [door.post(PATH, json=update, headers=RIGHT) for _ in range(3)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"")] * 3
    assert kept(database) == [("7", str(update["update_id"]))]


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: SECRET + "0"}]
)
def test_without_the_secret_nothing_is_let_in(
    server: BotApiServer, door: httpx.Client, database: Database, headers: dict[str, str]
) -> None:
    assert door.post(PATH, json=server.person(7).says(SAID), headers=headers).status_code == 403
    assert kept(database) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        json.dumps({"update_id": 1, "message": {"text": SAID, "chat": {"id": 7, "type": "private"}}}).encode(),
        json.dumps({"update_id": 1, "message": SAID}).encode(),
    ],
)
def test_what_cannot_be_read_is_taken_and_told_without_what_it_says(
    door: httpx.Client, database: Database, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    assert door.post(PATH, content=body, headers=RIGHT).status_code == 200
    assert kept(database) == []
    assert [record.message.split(":")[0] for record in caplog.records if record.levelno >= logging.WARNING] == [
        "an update of Telegram that cannot be read"
    ]
    assert SAID not in caplog.text


def test_a_pressed_button_is_confirmed_in_the_answer(server: BotApiServer, door: httpx.Client) -> None:
    update = server.person(7).presses_data("x:c1")
    answer = door.post(PATH, json=update, headers=RIGHT)
    assert answer.json() == {"method": "answerCallbackQuery", "callback_query_id": update["callback_query"]["id"]}


def test_a_group_waits_until_the_bot_knows_its_own_name(
    server: BotApiServer, door: httpx.Client, database: Database
) -> None:
    update = server.member(-100, 7).says("@TroLy1022Bot làm căn cước ở đâu?")
    server.play("getMe", Fault.failed())
    assert door.post(PATH, json=update, headers=RIGHT).status_code == 503
    assert door.post(PATH, json=update, headers=RIGHT).status_code == 200
    assert kept(database) == [("-100:7", str(update["update_id"]))]


def test_what_could_not_be_kept_comes_again(server: BotApiServer, door: httpx.Client, database: Database) -> None:
    with database.session() as session:
        session.execute(text("DROP TABLE messenger_updates"))
    assert door.post(PATH, json=server.person(7).says("chào"), headers=RIGHT).status_code == 503


@pytest.mark.parametrize("settings", [None, TelegramSettings("1022:tre-xanh-tre-xanh")])
def test_without_a_bot_or_a_secret_there_is_no_such_page(
    app: FastAPI, door: httpx.Client, settings: TelegramSettings | None
) -> None:
    app.state.telegram = settings
    assert door.post(PATH, json={}, headers={SECRET_HEADER: ""}).status_code == 404


def test_the_server_answers_on_telegram_by_itself(
    shipped: Assistant, server: BotApiServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    app = create_app(Settings.read({"TROLY_QUESTIONS_A_MINUTE": "0"}), own(shipped, database))
    an = server.person(7)
    with served(app) as address:
        settings = TelegramSettings.read(server.environment())
        assert settings is not None
        connected(settings).api.set_webhook(address + PATH, ALLOWED)
        an.says("Cảm ơn nhé")
        assert server.bring() == [200]
        server.wait(lambda: len(server.sent) == 1)
        too_much: dict[str, Any] = {"content": b" " * (MOST_BYTES + 1), "headers": RIGHT}
        assert httpx.post(address + PATH, **too_much, trust_env=False).status_code == 413
    assert [one.chat for one in server.sent] == [7]
