"""The ledger of consents: what was agreed to, in which words, when and how; and that data was deleted, without whose."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, String, select, update
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.database import Database, Table
from knowledge.procedure import Language

WORDS = Path(__file__).with_name("consents.yaml")


class Purpose(StrEnum):
    """What data is used for. Each is agreed to by itself, none is bound to another."""

    HANDOVER = "handover"
    """An operator reads the conversation and goes on with it."""
    PROFILE = "profile"
    """Data given once is kept for the next form."""
    FORM_DATA = "form_data"
    """A form is filled in with it."""
    IMPROVEMENT = "improvement"
    """Questions are looked at to make the assistant better."""


class How(StrEnum):
    """The deed by which somebody agreed. There is none for saying nothing: silence is no consent."""

    TYPED = "typed"
    BUTTON = "button"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class Words:
    """What a citizen is asked."""

    version: int
    text: str

    @property
    def hash(self) -> str:
        """A digest by which it can be proved that these were the words."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Consent:
    """One line of the ledger. Moments are ISO, UTC."""

    id: str
    conversation: str
    purpose: Purpose
    version: int
    given_at: str
    withdrawn_at: str | None
    how: How
    wording_hash: str


class ConsentRow(Table):
    """A consent. It outlives the conversation, as its proof, unless the citizen has everything deleted."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_conversation_id", "conversation_id", "purpose"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(36))
    purpose: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    given_at: Mapped[str] = mapped_column(String(32))
    withdrawn_at: Mapped[str | None] = mapped_column(String(32))
    how: Mapped[str] = mapped_column(String(16))
    wording_hash: Mapped[str] = mapped_column(String(64))


class DeletionRow(Table):
    """That somebody's data was deleted: when, how, and how many things of each kind. Nothing tells whose."""

    __tablename__ = "deletions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[str] = mapped_column(String(32), index=True)
    how: Mapped[str] = mapped_column(String(16))
    counts: Mapped[str] = mapped_column(LongText)


@cache
def words(purpose: Purpose, language: Language = "vi", version: int = 0) -> Words:
    """What is asked for a purpose: the newest version, unless one is named."""
    import yaml

    versions = yaml.load(WORDS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[purpose.value]
    entry = next(one for one in versions if one["version"] == version) if version else versions[-1]
    return Words(entry["version"], entry[language])


class ConsentLedger:
    """Writes consents down, and tells which stand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, conversation: str, purpose: Purpose, at: datetime, how: How, language: Language = "vi") -> Consent:
        """Write down that the newest words were agreed to; once is enough while that stands."""
        asked = words(purpose, language)
        with self._database.session() as session:
            row = session.scalars(_standing(conversation, purpose, asked.version)).first()
            if row is None:
                row = ConsentRow(
                    id=str(uuid.uuid4()),
                    conversation_id=conversation,
                    purpose=purpose,
                    version=asked.version,
                    given_at=moment(at),
                    how=How(how),
                    wording_hash=asked.hash,
                )
                session.add(row)
                session.flush()
            return _consent(row)

    def withdraw(self, conversation: str, at: datetime, purpose: Purpose | None = None) -> int:
        """Take consent back, for one purpose or for all; returns how many lines that ended."""
        ended = (
            update(ConsentRow)
            .where(ConsentRow.conversation_id == conversation, ConsentRow.withdrawn_at.is_(None))
            .values(withdrawn_at=moment(at))
        )
        if purpose is not None:
            ended = ended.where(ConsentRow.purpose == purpose)
        with self._database.connection() as connection:
            return connection.execute(ended).rowcount

    def current(self, conversation: str, purpose: Purpose) -> Consent | None:
        """The consent that stands. None where none was given, it was taken back, or other words are asked by now."""
        with self._database.session() as session:
            row = session.scalars(_standing(conversation, purpose, words(purpose).version)).first()
            return _consent(row) if row else None

    def history(self, conversation: str) -> list[Consent]:
        """Every line of a conversation, oldest first."""
        lines = select(ConsentRow).where(ConsentRow.conversation_id == conversation)
        with self._database.session() as session:
            return [_consent(row) for row in session.scalars(lines.order_by(ConsentRow.given_at, ConsentRow.id))]

    def export(self) -> Iterator[dict[str, Any]]:
        """The whole ledger as it is handed to whoever audits it: consents, then deletions, oldest first."""
        with self._database.session() as session:
            for row in session.scalars(select(ConsentRow).order_by(ConsentRow.given_at, ConsentRow.id)):
                yield {"kind": "consent", **asdict(_consent(row))}
            for gone in session.scalars(select(DeletionRow).order_by(DeletionRow.at, DeletionRow.id)):
                line = {"id": gone.id, "at": gone.at, "how": gone.how, "counts": json.loads(gone.counts)}
                yield {"kind": "deletion", **line}


def in_force(purpose: Purpose, conversation: Any) -> ColumnElement[bool]:
    """The condition that a consent stands for a conversation, for the statements of other tables."""
    stands = select(ConsentRow.id).where(
        ConsentRow.conversation_id == conversation,
        ConsentRow.purpose == purpose,
        ConsentRow.withdrawn_at.is_(None),
    )
    return stands.exists()


def note_deletion(session: Session, at: datetime, how: str, counts: dict[str, int]) -> str:
    """Write down that data was deleted, in the transaction that deletes it; returns the number of the line."""
    identity = str(uuid.uuid4())
    session.add(DeletionRow(id=identity, at=moment(at), how=how, counts=json.dumps(counts)))
    return identity


def moment(at: datetime) -> str:
    """A moment as the ledger keeps it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _standing(conversation: str, purpose: Purpose, version: int) -> Select[ConsentRow]:
    return (
        select(ConsentRow)
        .where(
            ConsentRow.conversation_id == conversation,
            ConsentRow.purpose == purpose,
            ConsentRow.version == version,
            ConsentRow.withdrawn_at.is_(None),
        )
        .order_by(ConsentRow.given_at)
    )


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        id=row.id,
        conversation=row.conversation_id,
        purpose=Purpose(row.purpose),
        version=row.version,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
        how=How(row.how),
        wording_hash=row.wording_hash,
    )
