"""What comes in from a messenger and what goes out to it.

    update → Incoming → Mailbox → Postman → Turn → Assistant.reply → render → Outgoing → Sender

A channel reads its own updates into `Incoming`, and has a `Sender`. All between is the same for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from knowledge.procedure import Language


class Kind(StrEnum):
    """What came in."""

    TEXT = "text"
    """Words, or a command that the channel has put in words («Xoá dữ liệu của tôi»)."""
    PRESSED = "pressed"
    """A button of an earlier answer: `text` is its `data`."""
    LOCATION = "location"
    STARTED = "started"
    """The person opened the chat for the first time, or follows the account."""
    LEFT = "left"
    """The person blocked the bot, or follows the account no more: nothing is sent any longer."""
    VOICE = "voice"
    """Something said: `sound` is where it can be fetched."""
    UNSUPPORTED = "unsupported"
    """A picture, a sticker, a file: `text` says which, in the words of `NOT_READ`."""


NOT_READ = ("photo", "video", "voice", "sticker", "file", "contact", "other")
"""What cannot be read."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A voice message as its channel keeps it: the sound itself is fetched when it is listened to, and not kept."""

    where: str
    """What the channel's `Sender.fetch` finds it by: Telegram's file id, Zalo's address."""
    seconds: int = 0
    """How long it is; 0 where the channel does not say."""
    size: int = 0
    """Its bytes; 0 where the channel does not say."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of a messenger."""

    channel: str
    person: str
    """The chat to answer in, as the channel names it; digits are not read as a number."""
    key: str
    """The channel's own name of the update: the same update twice is answered once."""
    at: datetime
    kind: Kind
    text: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    edited: bool = False
    """A message that was answered already, changed."""
    message: str = ""
    """The channel's name of the message itself, where it has one: an edit has that of what it changes."""
    unread: str = ""
    """What came with the words and cannot be read, in the words of `NOT_READ`: the picture above a caption."""
    shared: bool = False
    """Others read along: nothing that is about the person is asked or told there."""
    sound: Sound | None = None
    """What was said, with `Kind.VOICE`."""
    language: Language | Literal[""] = ""
    """The language of the person's app, where the channel tells it: spoken to them until they have written."""


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to press below a message: it comes back as `Kind.PRESSED` with `data`, or opens `url`."""

    label: str
    data: str = ""
    """At most 64 bytes, as Telegram allows no more."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that a message brings: made when it is sent, so that no copy of it waits anywhere."""

    form: str
    """The id of the form that the person filled in; empty: everything that is held about them."""
    extension: str
    """`docx` or `pdf`; `json` for what is held."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send."""

    text: str
    buttons: tuple[Button, ...] = ()
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message of a channel can hold."""

    text: int
    """Characters."""
    buttons: int
    label: int
    """Characters on a button."""
    documents: bool
    """Whether a file can be sent; else the private link to the form goes out."""


class TryLater(Exception):
    """The messenger asks to wait, or cannot be reached; nothing was delivered."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = seconds


class Gone(Exception):
    """The person blocked the bot or left: nothing more can be sent to them."""


class Refused(Exception):
    """The messenger will never take this message; says why."""


class Unsure(Exception):
    """It may have been delivered or not, after a time-out for example: it is not sent again by itself."""


class NotFetched(Exception):
    """A sound cannot be had: it is gone, too large or late, or not where the channel keeps sounds. Says why, and no address."""


class Sender(Protocol):
    """Sends to the people of one channel, and fetches what they said. Safe to share between threads."""

    limits: Limits

    def send(self, person: str, message: Outgoing, document: tuple[str, bytes] | None = None) -> None:
        """Send one message; `document` is the file that `message.document` asks for: its name and what it holds.

        Raises:
            TryLater: nothing was delivered; it may be tried again after so many seconds.
            Gone: the person cannot be reached any more.
            Refused: it will never be taken.
            Unsure: nobody knows whether it was delivered. Any other error counts as this one.

        """

    def busy(self, person: str) -> None:
        """Show that an answer is on its way, where the channel can. Never raises."""

    def fetch(self, sound: Sound, most: int, seconds: float) -> bytes:
        """What was said, at most so many bytes, within so many seconds.

        Raises:
            NotFetched: it cannot be had.

        """
