"""Fetching updates from Telegram, where it cannot bring them: no public address is needed."""

from __future__ import annotations

import logging
from threading import Event
from typing import TYPE_CHECKING, Any

from channels.telegram import updates
from channels.telegram.errors import ApiError, NothingDone
from channels.telegram.receiving import take
from knowledge.errors import StorageError

if TYPE_CHECKING:
    from channels.messenger.mailbox import Mailbox
    from channels.telegram.bot_api import BotApi

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Seconds between attempts while Telegram cannot be reached: the pause doubles from the first to the longest."""

log = logging.getLogger(__name__)


class Poller:
    """Fetches updates and puts them into the mailbox.

    An update is confirmed to Telegram with the next request only, after it lies in the mailbox: a process that dies in
    between gets it again, and the mailbox knows its key.
    """

    def __init__(self, api: BotApi, mailbox: Mailbox, bot: int) -> None:
        self._api, self._mailbox, self._bot = api, mailbox, bot
        self._offset = 0
        self._pause = 0.0

    def run(self, stop: Event) -> None:
        """Fetch until `stop` is set; a request that is held open ends on its own."""
        while not stop.is_set():
            pause = self.once()
            if pause:
                stop.wait(pause)

    def once(self) -> float:
        """One request; the seconds to wait before the next."""
        try:
            for update in self._api.updates(self._offset, updates.ALLOWED):
                self._one(update)
        except (ApiError, StorageError) as error:
            log.warning("no updates from Telegram: %s", error)
            self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
            return max(self._pause, error.seconds if isinstance(error, NothingDone) else 0)
        self._pause = 0.0
        return 0.0

    def _one(self, update: Any) -> None:
        take(update, self._mailbox, self._api, self._bot)
        try:
            self._offset = max(self._offset, updates.number(update) + 1)
        except (updates.Malformed, AttributeError):
            return  # cannot be: Telegram numbers all of them
        query = updates.query(update)
        if query:
            self._confirm(query)

    def _confirm(self, query: str) -> None:
        try:
            self._api.pressed(query)
        except ApiError as error:
            log.debug("a pressed button not confirmed: %s", error)
