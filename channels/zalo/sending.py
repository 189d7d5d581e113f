"""Sending to citizens on Zalo: what a message becomes, and what Zalo's answer means for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from channels.messenger.contract import Button, Limits, Outgoing, Refused, Sound, TryLater, Unsure
from channels.zalo import replies
from channels.zalo.events import PRESSED
from channels.zalo.open_api import NothingDone, NoWord, OpenApi
from channels.zalo.sounds import Sounds
from channels.zalo.tokens import NotNow, Tokens, TokensLost
from knowledge.errors import StorageError

log = logging.getLogger(__name__)

LIMITS = Limits(text=2000, buttons=5, label=100, documents=False)
"""What one consultation message holds; a file would have to be given to Zalo first, so the private link goes out."""

UNTIL_MENDED = 300.0
"""Seconds between attempts while the tokens are lost; the window of the citizen goes on closing meanwhile."""
SOON = 5.0
ENOUGH = timedelta(seconds=30)
"""After so long nothing more is begun: whoever waits for the sender counts a message as lost after a minute."""

LastWrote = Callable[[str], datetime | None]
"""When a citizen last wrote or pressed; None where it is not known."""


class ZaloSender:
    """Sends consultation messages. Safe to share between threads."""

    limits = LIMITS

    def __init__(
        self,
        api: OpenApi,
        tokens: Tokens,
        *,
        last_wrote: LastWrote,
        window: timedelta,
        clock: Callable[[], datetime],
        sounds: Sounds,
    ) -> None:
        self._api, self._tokens = api, tokens
        self._last_wrote, self._window, self._clock = last_wrote, window, clock
        self._sounds = sounds

    def send(self, person: str, message: Outgoing, document: tuple[str, bytes] | None = None) -> None:
        """Send one message, within the window in which the account may answer.

        Raises:
            TryLater: nothing was delivered; Zalo is busy or the tokens have to be mended.
            Gone: the person blocked the account or follows it no more.
            Refused: the window is over, or Zalo does not take it.
            Unsure: no word came whether it was delivered.

        """
        if document is not None:
            raise Refused("a file: Zalo gets the private link")
        if self._is_too_late(person):
            log.warning("answer not sent: the consultation window is over", extra={"channel": "zalo"})
            raise Refused("the consultation window is over; an operator has to call")
        end = self._clock() + ENOUGH
        told = self._sent(_body(person, message), end)
        if replies.is_unreadable(told) and message.buttons:
            # The choices as numbers in the text: the assistant understands them too.
            told = self._sent(_body(person, without_buttons(message)), end)
        replies.judge(told)

    def busy(self, person: str) -> None:
        """Zalo shows no sign of an answer on its way."""

    def fetch(self, sound: Sound, most: int, seconds: float) -> bytes:
        """What was said, from where Zalo keeps it.

        Raises:
            NotFetched: it cannot be had, or lies elsewhere.

        """
        return self._sounds.fetch(sound.where, most, seconds)

    def _is_too_late(self, person: str) -> bool:
        last = self._last_wrote(person)
        return last is not None and self._clock() - last > self._window

    def _sent(self, body: Mapping[str, Any], end: datetime) -> dict[str, Any]:
        """What Zalo answers; with a new token, once, where the old one is no longer good."""
        token = self._token()
        told = self._posted(token, body, end)
        return self._posted(self._token(refused=token), body, end) if replies.is_token_refused(told) else told

    def _posted(self, token: str, body: Mapping[str, Any], end: datetime) -> dict[str, Any]:
        if self._clock() > end:
            raise TryLater(SOON)
        try:
            return self._api.send(token, body)
        except NothingDone as error:
            log.warning("Zalo %s", error)
            raise TryLater(error.seconds) from error
        except NoWord as error:
            raise Unsure(str(error)) from error

    def _token(self, refused: str = "") -> str:
        """An access token; without one nothing is sent, so that the message may wait."""
        try:
            return self._tokens.access(refused)
        except (TokensLost, StorageError) as error:
            log.error("nothing can be sent to Zalo: %s", error)  # noqa: TRY400 - the message says it all
            raise TryLater(UNTIL_MENDED) from error
        except (NotNow, NothingDone, NoWord) as error:
            log.warning("no token for Zalo yet: %s", error)
            raise TryLater(SOON) from error


def without_buttons(message: Outgoing) -> Outgoing:
    """The message with its choices as numbered lines, as far as there is room."""
    text = message.text
    for number, button in enumerate(message.buttons, 1):
        line = f"\n{number}. {button.label}" + (f": {button.url}" if button.url else "")
        if len(text) + len(line) <= LIMITS.text:
            text += line
    return Outgoing(text)


def _body(person: str, message: Outgoing) -> dict[str, Any]:
    content: dict[str, Any] = {"text": message.text}
    if message.buttons:
        buttons = [_button(button) for button in message.buttons[: LIMITS.buttons]]
        content["attachment"] = {"type": "template", "payload": {"buttons": buttons}}
    return {"recipient": {"user_id": person}, "message": content}


def _button(button: Button) -> dict[str, Any]:
    title = button.label[: LIMITS.label]
    if button.url:
        return {"title": title, "type": "oa.open.url", "payload": {"url": button.url}}
    # Hidden: its data would stand in the chat as if the citizen had written it.
    return {"title": title, "type": "oa.query.hide", "payload": PRESSED + button.data}
