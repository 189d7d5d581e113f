"""The table of the operators' queue."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Table

_IS_OPEN = text("state IN ('waiting', 'taken')")


class HandoverState(StrEnum):
    """How far a handover has come: waiting → taken → closed or returned; waiting → expired."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"
    RETURNED = "returned"
    """The operator gave the conversation back to the assistant."""
    EXPIRED = "expired"
    """Nobody took it in time."""


class HandoverRow(Table):
    """One request for a person. A conversation has at most one that is open: the database sees to it."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index("uq_handovers_open", "conversation_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("ix_handovers_state", "state", "at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(LongText)
    at: Mapped[str] = mapped_column(String(32))
    due: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    operator: Mapped[str] = mapped_column(String(64))
    updated_at: Mapped[str] = mapped_column(String(32))
    call_back: Mapped[bool]
    phone: Mapped[str] = mapped_column(String(32))
    """As it was left, for the operator who took the entry; gone as soon as the entry is no longer open."""
    phone_masked: Mapped[str] = mapped_column(String(32))
