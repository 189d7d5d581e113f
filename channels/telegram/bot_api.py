"""Telegram's Bot API, through python-telegram-bot. The only door to that library.

The library is asynchronous, our callers are threads: one loop runs in a thread of its own, and every call is handed to it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram import error as told
from telegram.request import HTTPXRequest

from channels.messenger.contract import Button, Outgoing
from channels.telegram.errors import ApiError, NothingDone, NotTaken, NoWord, PersonGone
from channels.telegram.layout import MOST_CAPTION, cut, rows
from channels.telegram.places import Account, Place
from channels.telegram.settings import TelegramSettings
from knowledge.procedure import Language

CONNECT = 5.0
ANSWER = 20.0
"""Seconds for Telegram's answer to what was sent."""
UPLOAD = 20.0
LONGEST = 50.0
"""Seconds for one call in all: less than a message may take before another process thinks that this one died."""
LONG_POLL = 50
"""Seconds that Telegram holds the line open while there is no update."""
BUSY_SECONDS = 5.0
"""Where Telegram asks for patience and does not say for how long."""
_CONNECTIONS = 32

_NEVER_SENT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "ProxyError")
"""Errors of the line that come before the first byte: Telegram saw nothing."""
_FAILED = ("Internal Server Error", "Service Unavailable", "Bad Gateway")
"""Telegram's own word that it did not do it; at a gateway's time-out it may have."""

T = TypeVar("T")

# The library tells times as `timedelta` from its next version on, and warns of it until asked to do so now.
os.environ.setdefault("PTB_TIMEDELTA", "1")
# It writes the address of every request, and the token is part of it.
logging.getLogger("httpx").setLevel(logging.WARNING)


class BotApi:
    """Calls Telegram. Safe to share between threads; connections are kept."""

    def __init__(self, settings: TelegramSettings, *, answer: float = ANSWER) -> None:
        self._settings = settings
        self._bot = _Bot(
            settings.token,
            base_url=f"{settings.api}/bot",
            base_file_url=f"{settings.api}/file/bot",
            request=_requests(_CONNECTIONS, answer),
            get_updates_request=_requests(1, answer),
        )
        self._account: Account | None = None
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def send(self, place: Place, message: Outgoing, document: tuple[str, bytes] | None) -> None:
        """Send a message as plain text: whatever stands in it is shown as it stands.

        Raises:
            NothingDone: nothing was sent; it may be tried again.
            PersonGone: the person blocked the bot, or the chat is no more.
            NotTaken: Telegram will never take it.
            NoWord: it may have been sent, or not.

        """
        where: dict[str, Any] = {"chat_id": place.chat, "message_thread_id": place.topic or None}
        try:
            self._send(where, message, document)
        except NotTaken as refused:
            if not message.buttons or "BUTTON" not in str(refused).upper():
                raise
            # A button is not to Telegram's liking; the words are what counts.
            self._send(where, Outgoing(message.text), document)

    def busy(self, place: Place) -> None:
        """Show «typing…» for some seconds.

        Raises:
            ApiError: Telegram did not take it.

        """
        topic = place.topic or None
        self._call(self._bot.send_chat_action(place.chat, "typing", message_thread_id=topic))

    def pressed(self, query: str) -> None:
        """Tell Telegram that a pressed button arrived, so that it stops turning.

        Raises:
            ApiError: Telegram did not take it; after some minutes it never does.

        """
        self._call(self._bot.answer_callback_query(query))

    def sound(self, file: str, most: int, seconds: float) -> bytes:
        """What a file holds that a citizen sent, within so many seconds.

        Raises:
            ApiError: it cannot be had, or holds more than so many bytes.

        """
        return self._call(self._bot.sound(file, most), seconds)

    def account(self) -> Account:
        """Who the bot is; asked once.

        Raises:
            ApiError: Telegram cannot be reached, or does not know the token.

        """
        if self._account is None:
            me = self._call(self._bot.get_me())
            self._account = Account(me.id, me.username or "")
        return self._account

    def updates(self, offset: int, allowed: Sequence[str], *, wait: int = LONG_POLL) -> list[Any]:
        """The updates from a number on, as they came; all before it are thereby taken as received.

        Raises:
            ApiError: there are none to be had now.

        """
        return self._call(self._bot.raw_updates(offset, allowed, wait), wait + LONGEST)

    def set_webhook(self, url: str, allowed: Sequence[str]) -> None:
        """Have updates brought to a URL from now on, with the secret.

        Raises:
            ApiError: Telegram did not take it; says why.

        """
        secret = self._settings.secret
        self._call(self._bot.set_webhook(url, allowed_updates=allowed, secret_token=secret))

    def delete_webhook(self) -> None:
        """Have no updates brought any longer: they wait until they are fetched.

        Raises:
            ApiError: Telegram did not take it.

        """
        self._call(self._bot.delete_webhook())

    def webhook(self) -> Mapping[str, Any]:
        """Where updates are brought to, how many wait, and what went wrong last.

        Raises:
            ApiError: Telegram cannot be reached.

        """
        info = self._call(self._bot.get_webhook_info())
        return {"url": info.url, "waiting": info.pending_update_count, "error": info.last_error_message or ""}

    def set_commands(self, menu: Sequence[tuple[str, str]], language: Language | None) -> None:
        """Show these commands in the menu, to people whose Telegram speaks that language; None: to all others.

        Raises:
            ApiError: Telegram did not take it.

        """
        commands = [BotCommand(name, described) for name, described in menu]
        self._call(self._bot.set_my_commands(commands, language_code=language))

    def close(self) -> None:
        """End the loop; connections are dropped."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)

    def _send(self, where: dict[str, Any], message: Outgoing, document: tuple[str, bytes] | None) -> None:
        keyboard = _keyboard(message.buttons)
        if document is None:
            preview = LinkPreviewOptions(is_disabled=True)
            self._call(
                self._bot.send_message(**where, text=message.text, reply_markup=keyboard, link_preview_options=preview)
            )
            return
        name, body = document
        file, caption = InputFile(body, filename=name), cut(message.text, MOST_CAPTION) or None
        self._call(self._bot.send_document(**where, document=file, caption=caption, reply_markup=keyboard))

    def _call(self, call: Coroutine[Any, Any, T], most: float = LONGEST) -> T:
        try:
            return asyncio.run_coroutine_threadsafe(asyncio.wait_for(call, most), self._running()).result()
        except TimeoutError:
            raise NoWord(f"no answer within {most:g} s") from None
        except told.TelegramError as error:
            raise self._understood(error) from None  # what it came from may hold the address, and so the token

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True).start()
            return self._loop

    def _understood(self, error: told.TelegramError) -> ApiError:
        said = error.message.replace(self._settings.token, "…")
        if isinstance(error, told.RetryAfter):
            return NothingDone(said, _seconds(error))
        if isinstance(error, told.Forbidden | told.ChatMigrated):
            return PersonGone(said)
        if isinstance(error, told.BadRequest):
            return PersonGone(said) if "chat not found" in said.lower() else NotTaken(said)
        if isinstance(error, told.InvalidToken):
            return NothingDone("Telegram does not know TROLY_TELEGRAM_TOKEN", 60.0)
        if isinstance(error, told.Conflict):
            return NothingDone(said)
        if type(error.__cause__).__name__ in _NEVER_SENT or said.startswith(_FAILED):
            return NothingDone(said)
        return NoWord(said)


class _Bot(Bot):
    async def raw_updates(self, offset: int, allowed: Sequence[str], wait: int) -> list[Any]:
        """Updates as they came: the library's own reading gives up a whole batch for one it cannot read, and logs it."""
        asked = {"offset": offset, "timeout": wait, "allowed_updates": list(allowed)}
        answer: list[Any] = await self._post("getUpdates", asked, read_timeout=wait + ANSWER)
        return answer

    async def sound(self, file: str, most: int) -> bytes:
        """What a file holds, if that is not too much; it is only in memory."""
        found = await self.get_file(file)
        if not found.file_path or (found.file_size or 0) > most:
            raise NotTaken(f"no file, or one of {found.file_size} bytes")
        try:
            body = await found.download_as_bytearray()
        except told.InvalidToken as missing:  # so the library calls every 404
            raise NotTaken("the file is gone") from missing
        if len(body) > most:
            raise NotTaken(f"a file of {len(body)} bytes")
        return bytes(body)


def _requests(connections: int, answer: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT,
        pool_timeout=CONNECT,
        read_timeout=answer,
        write_timeout=answer,
        media_write_timeout=UPLOAD,
    )


def _keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup([[_button(one) for one in row] for row in rows(buttons)])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)


def _seconds(error: told.RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
