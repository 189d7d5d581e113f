"""What tests of Zalo share: a stand-in for Zalo, the settings that lead to it, tokens and a sender over it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import uvicorn
from fastapi import FastAPI

from assistant.forms.sealing import Seal
from channels.zalo.connecting import tokens as tokens_of
from channels.zalo.oauth import renewing
from channels.zalo.open_api import OpenApi
from channels.zalo.sending import ZaloSender
from channels.zalo.settings import ZaloSettings
from channels.zalo.sounds import Sounds
from channels.zalo.tokens import Timing, Tokens
from knowledge.database import Database
from tests.zalo_server import APP_ID, FIRST_REFRESH, ZaloServer

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
"""The moment at which messages are sent, where it matters."""


@pytest.fixture
def zalo() -> Iterator[ZaloServer]:
    """Zalo, as far as we talk to it."""
    server = ZaloServer()
    yield server
    server.close()


@pytest.fixture
def zalo_settings(zalo: ZaloServer) -> ZaloSettings:
    """The account's settings, leading to the stand-in."""
    settings = ZaloSettings.read(zalo.environment())
    assert settings is not None
    return settings


@pytest.fixture
def api(zalo_settings: ZaloSettings) -> Iterator[OpenApi]:
    """Calls the stand-in."""
    api = OpenApi(zalo_settings)
    yield api
    api.close()


@pytest.fixture
def new_tokens(api: OpenApi, database: Database) -> Callable[..., Tokens]:
    """Makes tokens over one database, as another process would: `new_tokens(seal=…)`."""

    def new(seal: Seal | None = None, first: str = FIRST_REFRESH, timing: Timing | None = None) -> Tokens:
        return Tokens(database, seal or Seal(), APP_ID, first, renewing(api), timing)

    return new


@pytest.fixture
def sender(api: OpenApi, zalo_settings: ZaloSettings, database: Database) -> ZaloSender:
    """Sends to citizens who wrote just now."""
    return ZaloSender(
        api,
        tokens_of(zalo_settings, api, database, Seal()),
        last_wrote=lambda _: NOW,
        window=timedelta(hours=48),
        clock=lambda: NOW,
        sounds=Sounds(zalo_settings.sound_hosts),
    )


@contextmanager
def _served(app: FastAPI) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def serve_app() -> Iterator[Callable[[FastAPI], str]]:
    """Serves an application over real HTTP until the test ends; returns the address."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(_served(app))
