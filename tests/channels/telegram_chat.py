"""A Telegram bot at work: the real library, the real webhook and the real assistant, over a database of the test's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.settings import Settings
from channels.messenger.serving import Messengers, connect
from channels.telegram.bot_api import BotApi
from channels.telegram.flood import Flood
from channels.telegram.sending import TelegramSender
from channels.telegram.settings import TelegramSettings
from channels.telegram.updates import ALLOWED
from channels.telegram.webhook import PATH, router
from knowledge.database import Database
from tests.bot_api_server import BotApiServer, Sent
from tests.channels.messenger_script import own


@dataclass(frozen=True)
class Chat:
    """What people do is brought to the webhook of the bot, then answered until nothing is left to do."""

    server: BotApiServer
    messengers: Messengers

    def after(self, *, again: int = 0) -> list[Sent]:
        """What is sent once all that waits has been brought, so many times more often than once."""
        before = len(self.server.sent)
        assert set(self.server.bring(again=again)) <= {200}
        while self.messengers.postman.work_once():
            pass
        return self.server.sent[before:]


@contextmanager
def chatting(shipped: Assistant, folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Chat]:
    """A bot whose webhook listens, and whose pace never has to wait: ten seconds pass between two messages.

    `environment` is what more is set: a server that puts voice messages into words.
    """
    database = Database(f"sqlite:///{folder / 'tro-ly.db'}")
    database.migrate()
    ticks = count(0, 10)
    with BotApiServer() as server:
        settings = TelegramSettings.read(server.environment())
        assert settings is not None
        api = BotApi(settings)
        sender = TelegramSender(api, Flood(lambda: next(ticks)))
        unlimited = Settings.read({"TROLY_QUESTIONS_A_MINUTE": "0"})
        messengers = connect(own(shipped, database), {"telegram": sender}, unlimited, environment=environment or {})
        app = FastAPI()
        app.include_router(router)
        app.state.mailbox, app.state.telegram = messengers.mailbox, settings
        with served(app) as address:
            api.set_webhook(address + PATH, ALLOWED)
            yield Chat(server, messengers)
        api.close()
    database.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application, over real HTTP."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
