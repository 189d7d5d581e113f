"""What goes out to people of messengers: in order, once.

A message is marked `sending` before it is handed over and `sent` after. A process that died in between left it at
`sending`, and nobody can know whether the messenger took it: neither Telegram nor Zalo can be asked, and neither knows a
message again. It is not sent a second time. In its place goes a short word that something may not have arrived, with a
button that fetches it: so nothing is doubled unasked, and nothing is lost for good.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, exists, or_, select, text, update
from sqlalchemy.orm import Session, aliased

from assistant.forms.sealing import Seal, Unsealable
from channels.messenger.contract import Button, Outgoing
from channels.messenger.packing import unwrapped, wrapped
from channels.messenger.rows import OutgoingRow, OutgoingState, language_in, stamp
from channels.messenger.wording import AGAIN, MAYBE_LOST
from knowledge.database import Database

LEASE = timedelta(seconds=15)
"""So long a message counts as being sent without being renewed: how long those behind it wait after a process died."""

STALE = timedelta(hours=12)
"""A message that could not be sent for so long is dropped: it answers a question of yesterday."""

AGAIN_PREFIX = "again:"

_OPEN = (OutgoingState.WAITING, OutgoingState.SENDING)
_SEND_LOCK = text("SELECT pg_advisory_xact_lock(1022, 6)")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message that is being sent, by one worker alone."""

    id: int
    token: str
    channel: str
    person: str
    at: datetime
    message: Outgoing


class Outbox:
    """Gives out what is to be sent, one message of each person at a time."""

    def __init__(self, database: Database, seal: Seal, clock: Callable[[], datetime]) -> None:
        self._database, self._seal, self._clock = database, seal, clock

    def add(self, session: Session, channel: str, person: str, messages: Sequence[Outgoing]) -> None:
        """Write down what goes out to a person, in the caller's transaction."""
        at = stamp(self._clock())
        for place, message in enumerate(messages):
            body = self._seal.close(wrapped(message))
            parts = {"channel": channel, "person": person, "at": at, "not_before": at, "claim": ""}
            session.add(OutgoingRow(**parts, place=place, body=body, state=OutgoingState.WAITING))
            session.flush()  # their numbers are their order

    def take(self, channels: Sequence[str]) -> Parcel | None:
        """The next message that is due on one of these channels, marked as being sent; None where there is none."""
        while True:
            with self._database.session() as session:
                row = self._next(session, channels)
                if row is None:
                    return None
                if row.state == OutgoingState.SENDING:  # by one that died
                    self._doubt(session, row)
                    continue
                try:
                    message = unwrapped(self._seal.open(row.body))
                except Unsealable:
                    log.exception("a message cannot be opened", extra={"channel": row.channel})
                    _end(row, OutgoingState.DROPPED)
                    continue
                row.state, row.claim = OutgoingState.SENDING, str(uuid.uuid4())
                row.claimed_until = stamp(self._clock() + LEASE)
                at = datetime.fromisoformat(row.at)
                return Parcel(row.id, row.claim, row.channel, row.person, at, message)

    def renew(self, parcel: Parcel) -> None:
        """It is still being sent."""
        self._change(parcel, {"claimed_until": stamp(self._clock() + LEASE)})

    def sent(self, parcel: Parcel) -> None:
        """It arrived: what it said is wiped."""
        self._settle(parcel, OutgoingState.SENT)

    def drop(self, parcel: Parcel) -> None:
        """It will never be sent."""
        self._settle(parcel, OutgoingState.DROPPED)

    def later(self, parcel: Parcel, seconds: float) -> bool:
        """It was not delivered and is tried again after so long; False where it is too old by then, and dropped."""
        then = self._clock() + timedelta(seconds=max(seconds, 0))
        if then - parcel.at > STALE:
            self.drop(parcel)
            return False
        values = {"state": OutgoingState.WAITING, "claim": "", "claimed_until": None, "not_before": stamp(then)}
        self._change(parcel, values)
        return True

    def doubt(self, parcel: Parcel) -> None:
        """Nobody knows whether it arrived."""
        with self._database.session() as session:
            row = session.get(OutgoingRow, parcel.id)
            if row is not None and row.claim == parcel.token:
                self._doubt(session, row)

    def again(self, channel: str, person: str, data: str) -> Outgoing | None:
        """The message that a button asks for again; None where it is this person's no longer."""
        number = data.removeprefix(AGAIN_PREFIX)
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            return None
        with self._database.session() as session:
            row = session.get(OutgoingRow, int(number))
            if row is None or (row.channel, row.person, row.state) != (channel, person, OutgoingState.UNSURE):
                return None
            try:
                return unwrapped(self._seal.open(row.body))
            except Unsealable:
                return None

    def drop_all(self, channel: str, person: str) -> None:
        """Send nothing more of what waits for a person."""
        mine = and_(OutgoingRow.channel == channel, OutgoingRow.person == person, OutgoingRow.state.in_(_OPEN))
        values = _settled(OutgoingState.DROPPED)
        with self._database.session() as session:
            session.execute(update(OutgoingRow).where(mine).values(**values))

    def forget_unsure(self, session: Session, channel: str, person: str) -> None:
        """Delete what a person may ask for again, in the caller's transaction."""
        mine = and_(OutgoingRow.channel == channel, OutgoingRow.person == person)
        session.execute(delete(OutgoingRow).where(mine, OutgoingRow.state == OutgoingState.UNSURE))

    def sweep(self, before: str) -> None:
        """Delete what was settled before a moment."""
        old = and_(OutgoingRow.at < before, OutgoingRow.state.not_in(_OPEN))
        with self._database.session() as session:
            session.execute(delete(OutgoingRow).where(old))

    def _next(self, session: Session, channels: Sequence[str]) -> OutgoingRow | None:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(_SEND_LOCK)
        row = session.scalar(_due(stamp(self._clock()), channels))
        if row is None:
            return None
        # SQLite reads before it locks: the row is ours only if nobody took it in between.
        seen = and_(OutgoingRow.id == row.id, OutgoingRow.claim == row.claim, OutgoingRow.state == row.state)
        if not session.connection().execute(update(OutgoingRow).where(seen).values(place=row.place)).rowcount:
            session.rollback()
            return self._next(session, channels)
        return row

    def _doubt(self, session: Session, row: OutgoingRow) -> None:
        """Keep the message aside, and let a word about it take its place in the order."""
        if AGAIN_PREFIX in self._plain(row):  # the word itself: about that nothing more is said
            _end(row, OutgoingState.DROPPED)
            return
        aside = OutgoingRow(
            channel=row.channel,
            person=row.person,
            place=row.place,
            at=row.at,
            body=row.body,
            state=OutgoingState.UNSURE,
            claim="",
            not_before=row.not_before,
        )
        session.add(aside)
        session.flush()
        language = language_in(session, row.channel, row.person)
        button = Button(AGAIN.said_in(language), data=f"{AGAIN_PREFIX}{aside.id}")
        word = Outgoing(MAYBE_LOST.said_in(language), (button,))
        row.body = self._seal.close(wrapped(word))
        row.state, row.claim, row.claimed_until = OutgoingState.WAITING, "", None

    def _plain(self, row: OutgoingRow) -> str:
        try:
            return self._seal.open(row.body)
        except Unsealable:
            return AGAIN_PREFIX

    def _settle(self, parcel: Parcel, state: OutgoingState) -> None:
        self._change(parcel, _settled(state))

    def _change(self, parcel: Parcel, values: dict[str, Any]) -> None:
        mine = and_(OutgoingRow.id == parcel.id, OutgoingRow.claim == parcel.token)
        with self._database.session() as session:
            session.execute(update(OutgoingRow).where(mine).values(**values))


def _due(at: str, channels: Sequence[str]) -> Select[OutgoingRow]:
    """The message whose turn it is: the first of its person that is not settled, if nothing holds it back."""
    other = aliased(OutgoingRow)
    same = and_(other.person == OutgoingRow.person, other.channel == OutgoingRow.channel, other.state.in_(_OPEN))
    first = ~exists().where(same, other.id < OutgoingRow.id)
    waits = and_(OutgoingRow.state == OutgoingState.WAITING, OutgoingRow.not_before <= at)
    left = and_(OutgoingRow.state == OutgoingState.SENDING, OutgoingRow.claimed_until <= at)
    mine = and_(OutgoingRow.channel.in_(channels), or_(waits, left), first)
    return select(OutgoingRow).where(mine).order_by(OutgoingRow.id).limit(1)


def _settled(state: OutgoingState) -> dict[str, Any]:
    """What is left of a message: that there was one, not to whom."""
    return {"state": state, "person": "", "body": "", "claim": "", "claimed_until": None}


def _end(row: OutgoingRow, state: OutgoingState) -> None:
    for name, value in _settled(state).items():
        setattr(row, name, value)
