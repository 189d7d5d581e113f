"""The operators' queue: conversations that citizens want a person to go on with."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.consents import Consent, Purpose, in_force
from assistant.errors import AssistantError
from assistant.handover_rows import HandoverRow, HandoverState
from assistant.operator_hours import OperatorHours
from assistant.privacy import mask
from assistant.store import ConversationStore, PastTurn
from knowledge.database import Database
from knowledge.errors import StorageError
from knowledge.text import one_line

LONGEST_WAIT = timedelta(days=3)
"""After its due moment an entry that nobody took has expired; one that was taken and left lying is closed."""

_MOST_REASON = 500
_MOST_PHONE = 32
_PHONE_SHOWN = 3


class ConsentMissing(AssistantError):
    """Nothing is passed on without consent to it."""


_OPEN = (HandoverState.WAITING, HandoverState.TAKEN)
_CONSENTED = in_force(Purpose.HANDOVER, HandoverRow.conversation_id)
_WAITING = and_(HandoverRow.state == HandoverState.WAITING, _CONSENTED)


@dataclass(frozen=True, slots=True)
class Handover:
    """An entry of the queue, as everybody at the hotline may see it. Moments are ISO, UTC."""

    id: str
    conversation: str
    channel: str
    reason: str
    at: str
    due: str
    """When operators are there for it: at once, or when they open next."""
    state: HandoverState
    operator: str
    updated_at: str
    call_back: bool
    """Asked out of hours: the citizen is to be called back."""
    phone_masked: str


class HandoverQueue:
    """Who waits for a person, first come first served. An entry whose consent was taken back is in it no longer."""

    def __init__(self, database: Database, hours: OperatorHours) -> None:
        self._database = database
        self.hours = hours

    def ask(
        self, conversation: str, channel: str, reason: str, at: datetime, consent: Consent | None, phone: str = ""
    ) -> Handover:
        """Put a conversation into the queue; its open entry, where it has one.

        Raises:
            ConsentMissing: nobody agreed to it, or no longer does.
            StorageError: there is no such conversation, or the database fails.

        """
        if consent is None or (consent.conversation, consent.purpose) != (conversation, Purpose.HANDOVER):
            raise ConsentMissing("Ask the citizen first, and give the consent that ConsentLedger wrote down.")
        open_now = self.hours.is_open(at)
        row = HandoverRow(
            id=str(uuid.uuid4()),
            conversation_id=conversation,
            channel=channel,
            reason=mask(one_line(reason))[:_MOST_REASON],
            at=_text(at),
            due=_text(at if open_now else self.hours.opens_next(at)),
            state=HandoverState.WAITING,
            operator="",
            updated_at=_text(at),
            call_back=not open_now,
            phone=one_line(phone)[:_MOST_PHONE],
            phone_masked=_masked(one_line(phone)[:_MOST_PHONE]),
        )
        try:
            return self._put(row)
        except StorageError as error:
            # Another message of the same citizen was quicker: the index lets one entry in.
            before = self.open_entry(conversation) if isinstance(error.__cause__, IntegrityError) else None
            if before is None:
                raise
            return before

    def open_entry(self, conversation: str) -> Handover | None:
        """The entry of a conversation that waits or was taken."""
        with self._database.session() as session:
            row = _open_row(session, conversation)
            return _handover(row) if row else None

    def standing(self, conversation: str) -> Handover | None:
        """The last entry of a conversation, open or ended; None where its consent was taken back."""
        last = select(HandoverRow).where(HandoverRow.conversation_id == conversation, _CONSENTED)
        with self._database.session() as session:
            row = session.scalars(last.order_by(HandoverRow.at.desc(), HandoverRow.id).limit(1)).first()
            return _handover(row) if row else None

    def waiting(self) -> list[Handover]:
        """Who waits, first come first."""
        with self._database.session() as session:
            rows = session.scalars(select(HandoverRow).where(_WAITING).order_by(HandoverRow.at, HandoverRow.id))
            return [_handover(row) for row in rows]

    def position(self, conversation: str) -> int:
        """The place of a conversation in the queue, from 1 on; 0 where it does not wait."""
        with self._database.session() as session:
            mine = session.scalar(select(HandoverRow).where(_WAITING, HandoverRow.conversation_id == conversation))
            if mine is None:
                return 0
            same = and_(HandoverRow.at == mine.at, HandoverRow.id < mine.id)
            ahead = select(func.count()).select_from(HandoverRow).where(_WAITING, or_(HandoverRow.at < mine.at, same))
            return (session.scalar(ahead) or 0) + 1

    def take(self, handover: str, operator: str, at: datetime) -> bool:
        """Give an entry to an operator; False if another has it, or it waits no longer."""
        return self._move(handover, HandoverState.TAKEN, operator, at, _WAITING)

    def close(self, handover: str, operator: str, at: datetime) -> bool:
        """The operator who took it is done; False if it is not theirs."""
        return self._move(handover, HandoverState.CLOSED, operator, at, _taken_by(operator))

    def return_(self, handover: str, operator: str, at: datetime) -> bool:
        """The operator who took it gives the conversation back to the assistant; False if it is not theirs."""
        return self._move(handover, HandoverState.RETURNED, operator, at, _taken_by(operator))

    def transcript(self, handover: str, operator: str, last: int = 100) -> list[PastTurn]:
        """What was said so far, for the operator who took the entry; nothing for others, or without consent."""
        row = self._of_operator(handover, operator)
        return ConversationStore(self._database).turns(row.conversation_id, last) if row else []

    def phone(self, handover: str, operator: str) -> str:
        """The number to call back, for the operator who took the entry; empty for others, or without consent."""
        row = self._of_operator(handover, operator)
        return row.phone if row else ""

    def _of_operator(self, handover: str, operator: str) -> HandoverRow | None:
        with self._database.session() as session:
            theirs = (HandoverRow.id == handover, _taken_by(operator), _CONSENTED)
            return session.scalar(select(HandoverRow).where(*theirs))

    def _put(self, row: HandoverRow) -> Handover:
        with self._database.session() as session:
            if not session.scalar(select(in_force(Purpose.HANDOVER, row.conversation_id))):
                raise ConsentMissing("The consent was taken back: ask the citizen again.")
            before = _open_row(session, row.conversation_id)
            if before is None:
                session.add(row)
                session.flush()
            return _handover(before or row)

    def _move(
        self, handover: str, state: HandoverState, operator: str, at: datetime, condition: ColumnElement[bool]
    ) -> bool:
        """One statement finds and changes the entry: of two operators, one changes it."""
        values = {"state": state, "operator": operator, "updated_at": _text(at)}
        if state not in _OPEN:
            values["phone"] = ""
        moved = update(HandoverRow).where(HandoverRow.id == handover, condition).values(values)
        with self._database.connection() as connection:
            return connection.execute(moved).rowcount == 1


def expire(database: Database, now: datetime) -> int:
    """End what nobody will end: entries never taken, left lying, or whose consent was taken back; returns how many."""
    before = _text(now - LONGEST_WAIT)
    late = and_(HandoverRow.state == HandoverState.WAITING, HandoverRow.due < before)
    left = and_(HandoverRow.state == HandoverState.TAKEN, HandoverRow.updated_at < before)
    unwanted = and_(HandoverRow.state.in_(_OPEN), ~_CONSENTED)
    ended = 0
    with database.connection() as connection:
        for condition, state in (
            (unwanted, HandoverState.CLOSED),
            (left, HandoverState.CLOSED),
            (late, HandoverState.EXPIRED),
        ):
            values = {"state": state, "phone": "", "updated_at": _text(now)}
            ended += connection.execute(update(HandoverRow).where(condition).values(values)).rowcount
    return ended


def _taken_by(operator: str) -> ColumnElement[bool]:
    return and_(HandoverRow.state == HandoverState.TAKEN, HandoverRow.operator == operator)


def _open_row(session: Session, conversation: str) -> HandoverRow | None:
    return session.scalar(
        select(HandoverRow).where(HandoverRow.conversation_id == conversation, HandoverRow.state.in_(_OPEN))
    )


def _handover(row: HandoverRow) -> Handover:
    return Handover(
        id=row.id,
        conversation=row.conversation_id,
        channel=row.channel,
        reason=row.reason,
        at=row.at,
        due=row.due,
        state=HandoverState(row.state),
        operator=row.operator,
        updated_at=row.updated_at,
        call_back=row.call_back,
        phone_masked=row.phone_masked,
    )


def _masked(phone: str) -> str:
    """A number by which the citizen knows it again, and nobody else: *******456."""
    return (
        "*" * (len(phone) - _PHONE_SHOWN) + phone[-_PHONE_SHOWN:] if len(phone) > _PHONE_SHOWN * 2 else "*" * len(phone)
    )


def _text(at: datetime) -> str:
    # To the microsecond: who came first is served first.
    return at.astimezone(UTC).isoformat(timespec="microseconds")
