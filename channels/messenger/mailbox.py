"""What came in from messengers, kept until it is answered: nothing is lost, nothing is taken twice.

An update is new or answered, never half. Whoever answers one holds a claim on it, a lease that runs out, so that several
processes may work on one database and one that died does not keep a person waiting.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from assistant.assistant import now
from assistant.forms.sealing import Seal, Unsealable
from channels.messenger.bell import Bell
from channels.messenger.contract import Incoming, Kind, Outgoing
from channels.messenger.outbox import Outbox
from channels.messenger.packing import packed, unpacked
from channels.messenger.rows import PersonRow, UpdateRow, UpdateState, language_in, stamp
from channels.messenger.wording import TOO_MANY_WAITING
from knowledge.database import Database
from knowledge.procedure import Language

LEASE = timedelta(seconds=15)
"""So long a claim holds without being renewed: how long a person waits at most after a process died."""

MOST_WAITING: Final = 20
"""So many updates of one person may wait; more are refused, with a word about it."""

KEPT = timedelta(days=2)
"""How long keys are known: Zalo repeats an event for twelve hours, Telegram for a day."""

_ANSWERED: Final = {
    "state": UpdateState.ANSWERED,
    "person": "",
    "body": "",
    "claim": "",
    "claimed_until": None,
    "begun_in": "",
    "turn": "",
}
"""Nothing but the key is left of an update, not even whose it was."""

_LONGEST_KEY: Final = 128

_CLAIM_LOCK = text("SELECT pg_advisory_xact_lock(1022, 5)")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """An update that is being answered, by one worker alone."""

    id: int
    token: str
    incoming: Incoming
    conversation: str
    """Of the person; empty where there is none yet."""
    language: Language
    last_message: str
    """The last message of the person that was answered."""
    begun_in: str = ""
    """Somebody began to answer it in this conversation and did not come to the end."""
    turn: str = ""
    """The key of its turn there."""
    form_before: int = 0
    """The revision of the form that was being filled in then; 0: none."""


class Mailbox:
    """Takes updates in and gives them out, one of each person at a time. What they say is sealed where there is a key."""

    def __init__(
        self,
        database: Database,
        seal: Seal | None = None,
        clock: Callable[[], datetime] = now,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._database, self._seal, self._clock, self._most = database, seal or Seal.read(), clock, most_waiting
        self.bell = Bell()
        """Rings when something comes in through this mailbox."""
        self.outbox = Outbox(database, self._seal, clock)
        """What goes out."""

    def put(self, incoming: Incoming) -> bool:
        """Take an update in; False where its key was seen before. Two quick statements: a webhook can wait for it.

        Raises:
            StorageError: it could not be written down; the messenger must send it again.

        """
        at = stamp(self._clock())
        with self._database.session() as session:
            full = self._waiting(session, incoming) >= self._most and incoming.kind is not Kind.LEFT
            row = {
                "channel": incoming.channel,
                "person": incoming.person,
                "key": _short(incoming.key),
                "at": stamp(incoming.at),
                "put_at": at,
                "due": at,
                "body": "" if full else self._seal.close(packed(incoming)),
                "state": UpdateState.REFUSED if full else UpdateState.NEW,
                "claim": "",
                "begun_in": "",
                "turn": "",
                "form_before": 0,
            }
            insert = (postgresql if self._is_postgres else sqlite).insert
            unseen = insert(UpdateRow).values(row).on_conflict_do_nothing().returning(UpdateRow.id)
            added = session.connection().execute(unseen).scalar() is not None
            if added and full:
                self._tell_full(session, incoming)
        if added:
            self.bell.ring()
        return added

    def claim(self, channels: Sequence[str]) -> Claim | None:
        """The update whose turn it is on these channels, for this caller alone until the lease runs out.

        None where nothing is to be done.

        Of one person the oldest, and none while another of theirs is being answered. Among people it goes by how long
        each has been waiting since they were last answered: nobody waits behind a talkative person.
        """
        while True:
            with self._database.session() as session:
                row = self._next(session, channels)
                if row is None:
                    return None
                try:
                    body, at = self._seal.open(row.body), datetime.fromisoformat(row.at)
                except Unsealable:
                    log.exception("an update cannot be opened", extra={"channel": row.channel})
                    session.execute(update(UpdateRow).where(UpdateRow.id == row.id).values(**_ANSWERED))
                    continue
                incoming = unpacked(body, row.channel, row.person, row.key, at)
                return self._claimed(session, row, incoming)

    def renew(self, claims: Iterable[Claim]) -> None:
        """Hold claims for another while."""
        until = stamp(self._clock() + LEASE)
        for claim in claims:
            with self._database.session() as session:
                session.execute(update(UpdateRow).where(_is(claim)).values(claimed_until=until))

    def begin(self, claim: Claim, conversation: str, turn: str, form_before: int = 0) -> None:
        """Note, before an update is answered, in which conversation that is, under which key, and how its form stands.

        Raises:
            StorageError: there is no such conversation, or the database fails.

        """
        at, incoming = stamp(self._clock()), claim.incoming
        with self._database.session() as session:
            session.execute(
                update(UpdateRow).where(_is(claim)).values(begun_in=conversation, turn=turn, form_before=form_before)
            )
            person = session.get(PersonRow, (incoming.channel, incoming.person))
            if person is None:
                person = PersonRow(channel=incoming.channel, person=incoming.person, last_message="", language="vi")
                session.add(person)
            person.conversation_id, person.last_at, person.gone = conversation, at, False

    def finish(self, claim: Claim, messages: Sequence[Outgoing] = (), language: Language | None = None) -> bool:
        """Mark an update answered and write down what goes out, both or neither; False where another has it by now."""
        incoming, at = claim.incoming, stamp(self._clock())
        with self._database.session() as session:
            mine = update(UpdateRow).where(_is(claim), UpdateRow.state == UpdateState.NEW).values(**_ANSWERED)
            if not session.connection().execute(mine).rowcount:
                return False
            waiting = and_(_of(incoming), UpdateRow.state == UpdateState.NEW)
            session.execute(update(UpdateRow).where(waiting).values(due=at))
            self.outbox.add(session, incoming.channel, incoming.person, messages)
            person = session.get(PersonRow, (incoming.channel, incoming.person))
            if person is not None:
                person.language = language or person.language
                person.gone = incoming.kind is Kind.LEFT
                person.last_message, person.last_at = incoming.message, at
            elif claim.begun_in or claim.conversation:  # all that was said is deleted
                self.outbox.forget_unsure(session, incoming.channel, incoming.person)
        if incoming.kind is Kind.LEFT:
            self.outbox.drop_all(incoming.channel, incoming.person)
        return True

    def release(self, claim: Claim) -> None:
        """Give an update back unanswered: it is taken up again at once."""
        with self._database.session() as session:
            session.execute(update(UpdateRow).where(_is(claim)).values(claim="", claimed_until=None))

    def mark_gone(self, channel: str, person: str) -> None:
        """Note that a person cannot be reached, and drop what was to be sent to them."""
        mine = and_(PersonRow.channel == channel, PersonRow.person == person)
        with self._database.session() as session:
            session.execute(update(PersonRow).where(mine).values(gone=True))
        self.outbox.drop_all(channel, person)

    def conversation_of(self, channel: str, person: str) -> str:
        """The conversation of a person; empty where there is none."""
        with self._database.session() as session:
            row = session.get(PersonRow, (channel, person))
            return row.conversation_id if row else ""

    def language_of(self, channel: str, person: str) -> Language:
        """The language a person was last answered in."""
        with self._database.session() as session:
            return language_in(session, channel, person)

    def sweep(self) -> int:
        """Delete answered updates whose keys need not be known any longer, and what was sent; how many updates."""
        end = stamp(self._clock() - KEPT)
        old = and_(UpdateRow.put_at < end, UpdateRow.state != UpdateState.NEW)
        with self._database.session() as session:
            count = session.connection().execute(delete(UpdateRow).where(old)).rowcount
        self.outbox.sweep(end)
        return count

    @property
    def _is_postgres(self) -> bool:
        return self._database.engine.dialect.name == "postgresql"

    def _waiting(self, session: Session, incoming: Incoming) -> int:
        waiting = select(func.count()).where(_of(incoming), UpdateRow.state == UpdateState.NEW)
        return session.scalar(waiting) or 0

    def _tell_full(self, session: Session, incoming: Incoming) -> None:
        """Say once a minute that too much waits already."""
        since = stamp(self._clock() - timedelta(minutes=1))
        told = select(func.count()).where(
            _of(incoming), UpdateRow.state == UpdateState.REFUSED, UpdateRow.put_at > since
        )
        if session.scalar(told) == 1:
            words = TOO_MANY_WAITING.said_in(language_in(session, incoming.channel, incoming.person))
            message = Outgoing(words.format(count=self._most, seconds=60))
            self.outbox.add(session, incoming.channel, incoming.person, (message,))

    def _next(self, session: Session, channels: Sequence[str]) -> UpdateRow | None:
        if self._is_postgres:
            session.execute(_CLAIM_LOCK)  # else two workers could each take one of the same person
        row = session.scalar(_due(stamp(self._clock()), channels))
        if row is None:
            return None
        # SQLite reads before it locks: the row is ours only if nobody took it in between.
        seen = UpdateRow.claim == row.claim
        token, until = str(uuid.uuid4()), stamp(self._clock() + LEASE)
        taken = update(UpdateRow).where(UpdateRow.id == row.id, seen, UpdateRow.state == UpdateState.NEW)
        if not session.connection().execute(taken.values(claim=token, claimed_until=until)).rowcount:
            session.rollback()
            return self._next(session, channels)
        session.refresh(row)
        return row

    def _claimed(self, session: Session, row: UpdateRow, incoming: Incoming) -> Claim:
        person = session.get(PersonRow, (row.channel, row.person))
        return Claim(
            row.id,
            row.claim,
            incoming,
            person.conversation_id if person else "",
            language_in(session, row.channel, row.person),
            person.last_message if person else "",
            row.begun_in,
            row.turn,
            row.form_before,
        )


def _due(at: str, channels: Sequence[str]) -> Select[UpdateRow]:
    """The update whose turn it is: the oldest of its person, with none of theirs claimed."""
    other = aliased(UpdateRow)
    free = or_(UpdateRow.claimed_until.is_(None), UpdateRow.claimed_until <= at)
    older = or_(other.at < UpdateRow.at, and_(other.at == UpdateRow.at, other.id < UpdateRow.id))
    same = and_(other.person == UpdateRow.person, other.channel == UpdateRow.channel, other.state == UpdateState.NEW)
    first = ~exists().where(same, other.id != UpdateRow.id, or_(older, other.claimed_until > at))
    new = and_(UpdateRow.state == UpdateState.NEW, UpdateRow.channel.in_(channels))
    return select(UpdateRow).where(new, free, first).order_by(UpdateRow.due, UpdateRow.id).limit(1)


def _is(claim: Claim) -> ColumnElement[bool]:
    return and_(UpdateRow.id == claim.id, UpdateRow.claim == claim.token)


def _of(incoming: Incoming) -> ColumnElement[bool]:
    return and_(UpdateRow.person == incoming.person, UpdateRow.channel == incoming.channel)


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
