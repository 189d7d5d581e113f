"""Sending to citizens on Telegram: within its pace, and what its answer means for a message."""

from __future__ import annotations

import logging

from channels.messenger.contract import Button, Gone, NotFetched, Outgoing, Refused, Sound, TryLater, Unsure
from channels.telegram.bot_api import BotApi
from channels.telegram.errors import ApiError, NothingDone, NotTaken, NoWord, PersonGone
from channels.telegram.flood import Flood
from channels.telegram.layout import LIMITS
from channels.telegram.places import Place

NOT_IN_GROUP = (
    "Tệp có thông tin riêng nên tôi không gửi vào nhóm. Anh/chị mở trò chuyện riêng với tôi, bấm «Bắt đầu», rồi làm lại ở đó.\n\n"
    "The file holds personal details, so I do not send it to the group. Open a private chat with me, press “Start”, and ask there."
)
"""In both languages: who reads it is not known here."""
OPEN_PRIVATE = "Nhắn riêng / Private chat"

log = logging.getLogger(__name__)


class TelegramSender:
    """Sends messages. Safe to share between threads; it never waits, but says how long to wait.

    Telegram knows no message again, so that one of which no word came is not sent twice: a 500 or a line that never opened
    delivered nothing, a time-out after sending or a gateway that gave up may have.
    """

    limits = LIMITS

    def __init__(self, api: BotApi, flood: Flood | None = None) -> None:
        self.api = api
        self._flood = flood or Flood()

    def send(self, person: str, message: Outgoing, document: tuple[str, bytes] | None = None) -> None:
        """Send one message. A file that is meant for one person of a group goes to their private chat.

        Raises:
            TryLater: nothing was delivered: it is too soon, or Telegram is busy or cannot be reached.
            Gone: the person blocked the bot, or the chat is no more.
            Refused: Telegram will never take it.
            Unsure: no word came whether it was delivered.

        """
        place = Place.named(person)
        if document is None or not place.group:
            self._send(place, message, document)
            return
        try:
            self._send(Place(place.user), message, document)  # others read along in a group
        except Gone:
            link = f"https://t.me/{self.api.account().name}"
            self._send(place, Outgoing(NOT_IN_GROUP, (Button(OPEN_PRIVATE, url=link),)), None)

    def _send(self, place: Place, message: Outgoing, document: tuple[str, bytes] | None) -> None:
        wait = self._flood.wait(place.chat)
        if wait:
            raise TryLater(wait)
        try:
            self.api.send(place, message, document)
        except NothingDone as error:
            log.warning("Telegram: %s", error)
            raise TryLater(error.seconds) from error
        except PersonGone as error:
            raise Gone(str(error)) from error
        except NoWord as error:
            raise Unsure(str(error)) from error
        except NotTaken as error:
            raise Refused(str(error)) from error

    def busy(self, person: str) -> None:
        """Show «typing…»; where that fails nothing is lost."""
        try:
            self.api.busy(Place.named(person))
        except ApiError as error:
            log.debug("not shown as typing: %s", error)

    def fetch(self, sound: Sound, most: int, seconds: float) -> bytes:
        """What was said, from where Telegram keeps it.

        Raises:
            NotFetched: it cannot be had.

        """
        try:
            return self.api.sound(sound.where, most, seconds)
        except ApiError as error:
            raise NotFetched(str(error)) from error
