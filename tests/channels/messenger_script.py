"""A messenger without a messenger: a sender that keeps what it is given, and a person who writes through it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from assistant.assistant import Assistant
from assistant.effects import Effects
from assistant.forms.sealing import Seal, new_key
from assistant.operator_hours import OperatorHours
from assistant.store import ConversationStore
from channels.messenger.answering import Answering, Pace
from channels.messenger.contract import Incoming, Kind, Limits, NotFetched, Outgoing, Sound
from channels.messenger.hearing import Hearing
from channels.messenger.mailbox import Mailbox
from channels.messenger.postman import Postman
from knowledge.database import Database

CHANNEL = "telegram"
WIDE = Limits(text=4096, buttons=8, label=64, documents=True)
"""Like Telegram."""
NARROW = Limits(text=2000, buttons=5, label=100, documents=False)
"""Like Zalo."""


class Clock:
    """Stands still until it is set forward."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The present moment."""
        return self.moment

    def pass_by(self, seconds: float) -> None:
        """Set it forward."""
        self.moment += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Sent:
    """A message as it reached its person."""

    person: str
    message: Outgoing
    document: tuple[str, bytes] | None = None

    @property
    def text(self) -> str:
        """What it says."""
        return self.message.text


@dataclass
class ScriptedSender:
    """Keeps what it is given. Told `fails`, it raises these errors for the next messages, one after the other.

    Told `breaks`, it delivers the next message and raises then: nobody hears that it arrived.
    """

    limits: Limits = WIDE
    sent: list[Sent] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    said: dict[str, bytes] = field(default_factory=dict)
    """What can be fetched, by where it is."""
    _errors: deque[BaseException] = field(default_factory=deque)
    _breaks: deque[BaseException] = field(default_factory=deque)

    def fails(self, *errors: BaseException) -> None:
        """Deliver nothing of the next messages, and raise these."""
        self._errors.extend(errors)

    def breaks(self, *errors: BaseException) -> None:
        """Deliver the next messages, and raise these."""
        self._breaks.extend(errors)

    def send(self, person: str, message: Outgoing, document: tuple[str, bytes] | None = None) -> None:
        """Keep one message."""
        if self._errors:
            raise self._errors.popleft()
        self.sent.append(Sent(person, message, document))
        if self._breaks:
            raise self._breaks.popleft()

    def busy(self, person: str) -> None:
        """Keep who was shown that an answer is coming."""
        self.typing.append(person)

    def fetch(self, sound: Sound, most: int, seconds: float) -> bytes:
        """What was said."""
        body = self.said.get(sound.where)
        if body is None or len(body) > most or seconds <= 0:
            raise NotFetched("nothing there, too much, or no time")
        return body

    @property
    def texts(self) -> list[str]:
        """What all messages say, in order."""
        return [sent.text for sent in self.sent]

    def take(self) -> list[Sent]:
        """What came since the last time."""
        came, self.sent = self.sent, []
        return came


@dataclass
class Office:
    """Mailbox, postman and assistant over one database."""

    assistant: Assistant
    mailbox: Mailbox
    postman: Postman
    sender: ScriptedSender
    clock: Clock
    _keys: Any = field(default_factory=lambda: count(1))

    def put(self, person: str, text: str = "", kind: Kind = Kind.TEXT, **parts: Any) -> bool:
        """Something comes in; each time under a key of its own unless one is given."""
        key = parts.pop("key", f"key-{next(self._keys)}")
        at = parts.pop("at", self.clock())
        return self.mailbox.put(Incoming(CHANNEL, person, key, at, kind, text, **parts))

    def work(self) -> None:
        """Work until nothing is left to do."""
        while self.postman.work_once():
            pass

    def say(self, person: str, text: str = "", kind: Kind = Kind.TEXT, **parts: Any) -> list[Sent]:
        """Put something in, and return what is sent for it."""
        self.put(person, text, kind, **parts)
        self.work()
        return self.sender.take()

    def press(self, person: str, below: Sent, label: str) -> list[Sent]:
        """Press the button that begins with these words below a message."""
        data = next(button.data for button in below.message.buttons if button.label.startswith(label))
        return self.say(person, data, Kind.PRESSED)

    def again(self, **parts: Any) -> Office:
        """A second one on the same database, as another process or after a restart."""
        made = office_of(self.assistant, self.assistant.effects.database, clock=self.clock, **parts)
        return replace(made, _keys=self._keys)


def office_of(
    shipped: Assistant,
    database: Database,
    *,
    clock: Clock | None = None,
    sender: ScriptedSender | None = None,
    mailbox: type[Mailbox] = Mailbox,
    seal: Seal | None = None,
    pace: Pace | None = None,
    clock_seconds: Callable[[], float] = time.monotonic,
    address: str = "",
    hearing: Hearing | None = None,
) -> Office:
    """The shipped assistant over a database of one's own, with a sender that keeps what it is given."""
    clock, sender = clock or Clock(), sender or ScriptedSender()
    assistant = own(shipped, database, seal)
    box = mailbox(database, assistant.effects.forms.seal, clock)
    senders = {CHANNEL: sender}
    answering = Answering(assistant, box, senders, pace=pace, address=address, hearing=hearing, clock=clock_seconds)
    return Office(assistant, box, Postman(assistant, box, senders, answering=answering), sender, clock)


def own(shipped: Assistant, database: Database, seal: Seal | None = None) -> Assistant:
    """The shipped assistant, keeping what is said in this database."""
    if shipped.effects.database is database:
        return shipped
    seal = seal or Seal.read({"TROLY_DATA_KEY": new_key()})
    effects = Effects.of(database, OperatorHours.read({}), seal)
    return replace(shipped, conversations=ConversationStore(database), effects=effects)
