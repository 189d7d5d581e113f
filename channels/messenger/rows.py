"""The tables of messengers: who writes, what came in, what goes out."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.store import ConversationRow
from knowledge.database import Table
from knowledge.procedure import Language


class UpdateState(StrEnum):
    """Where an update stands."""

    NEW = "new"
    ANSWERED = "answered"
    REFUSED = "refused"
    """Too many of that person waited already."""


class OutgoingState(StrEnum):
    """Where a message to a person stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    UNSURE = "unsure"
    """Nobody knows whether it arrived: the person was told, and may ask for it again."""


class PersonRow(Table):
    """A person of a messenger, for as long as their conversation is kept: the row goes with it."""

    __tablename__ = "messenger_people"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(ConversationRow.id, ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    last_message: Mapped[str] = mapped_column(String(64))
    """The channel's name of the last message answered: only that one is answered anew when it is edited."""
    last_at: Mapped[str] = mapped_column(String(32))
    gone: Mapped[bool]
    """Blocked us, or left."""


class UpdateRow(Table):
    """One update of a channel. Its key outlives its body, so that the same update is known again."""

    __tablename__ = "messenger_updates"
    __table_args__ = (
        UniqueConstraint("channel", "key", name="uq_messenger_updates_channel"),
        Index("ix_messenger_updates_state", "state", "due", "id"),
        Index("ix_messenger_updates_person", "person", "channel", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(128))
    at: Mapped[str] = mapped_column(String(32))
    """As the channel tells it: the order of one person's updates."""
    put_at: Mapped[str] = mapped_column(String(32), index=True)
    due: Mapped[str] = mapped_column(String(32))
    """Its turn among all people: since it waits, or since its person was last answered."""
    body: Mapped[str] = mapped_column(LongText)
    state: Mapped[str] = mapped_column(String(16))
    claim: Mapped[str] = mapped_column(String(36))
    claimed_until: Mapped[str | None] = mapped_column(String(32))
    begun_in: Mapped[str] = mapped_column(String(36))
    """The conversation it began to be answered in, empty before that."""
    turn: Mapped[str] = mapped_column(String(36))
    """The key of its turn there: whoever takes it up again sees whether it was answered already."""
    form_before: Mapped[int]
    """The revision of the form that was being filled in when it was begun."""


class OutgoingRow(Table):
    """One message to a person. What it says is wiped as soon as it was sent."""

    __tablename__ = "messenger_outgoing"
    __table_args__ = (
        Index("ix_messenger_outgoing_state", "state", "channel", "not_before"),
        Index("ix_messenger_outgoing_person", "person", "channel", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(String(64))
    place: Mapped[int]
    """In its answer, from 0 on."""
    at: Mapped[str] = mapped_column(String(32), index=True)
    body: Mapped[str] = mapped_column(LongText)
    state: Mapped[str] = mapped_column(String(16))
    claim: Mapped[str] = mapped_column(String(36))
    claimed_until: Mapped[str | None] = mapped_column(String(32))
    not_before: Mapped[str] = mapped_column(String(32))


def language_in(session: Session, channel: str, person: str) -> Language:
    """The language a person was last answered in."""
    row = session.get(PersonRow, (channel, person))
    return "en" if row is not None and row.language == "en" else "vi"


def stamp(at: datetime) -> str:
    """A moment as these tables hold it: UTC with milliseconds, so that texts sort as moments do."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
