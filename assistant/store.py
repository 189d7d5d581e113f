"""Conversations, turns and feedback. Questions are masked before they are written."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import ForeignKey, Index, String, bindparam, delete, func, insert, select, update
from sqlalchemy import Table as SqlTable
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from assistant.consents import ConsentRow, note_deletion
from assistant.conversation import Answer, Block, Memory, Status, Turn
from assistant.forms.store import FormDraftRow, ProfileRow
from assistant.handover_rows import HandoverRow
from assistant.privacy import mask
from assistant.wording_forms import NOT_KEPT
from knowledge.database import Database, Table
from knowledge.text import clean

RETENTION = timedelta(days=90)
"""How long a conversation is kept after its last message."""

MOST_QUESTION = 4_000
MOST_COMMENT = 1_000


class ConversationRow(Table):
    """One conversation; only a hash of its token is kept."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, index=True)
    channel: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[str] = mapped_column(String(32))
    last_at: Mapped[str] = mapped_column(String(32), index=True)


class TurnRow(Table):
    """One question and its answer."""

    __tablename__ = "turns"
    __table_args__ = (Index("ix_turns_conversation_id", "conversation_id", "number", unique=True),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[str] = mapped_column(String(32))
    question: Mapped[str] = mapped_column(LongText)
    answer: Mapped[str] = mapped_column(LongText)
    status: Mapped[str] = mapped_column(String(48))
    memory: Mapped[str] = mapped_column(LongText)
    ms: Mapped[int]


class FeedbackRow(Table):
    """«This was wrong», with a reason."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    at: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(32))
    comment: Mapped[str] = mapped_column(LongText)


# Every turn runs these. They are built once: SQLAlchemy takes longer to build a statement than SQLite to run it.
_CONVERSATIONS, _TURNS = cast("SqlTable", ConversationRow.__table__), cast("SqlTable", TurnRow.__table__)
_OF_CONVERSATION = _TURNS.c.conversation_id == bindparam("conversation")
_OPEN = insert(_CONVERSATIONS)
_MEMORY = select(_TURNS.c.memory).where(_OF_CONVERSATION).order_by(_TURNS.c.number.desc()).limit(1)
_OWNER = select(_TURNS.c.conversation_id).where(_TURNS.c.id == bindparam("turn"))
_NUMBER = select(func.coalesce(func.max(_TURNS.c.number), 0) + 1).where(_OF_CONVERSATION)
_ADD = insert(_TURNS).values(number=_NUMBER.scalar_subquery())
_TOUCH = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == bindparam("conversation")).values(last_at=bindparam("at"))


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A turn as it is shown again."""

    id: str
    question: str
    answer: Answer


class ConversationStore:
    """Keeps what was said. A conversation is reached by its token alone; ids are never secrets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, channel: str, at: datetime, token: str = "") -> tuple[str, str]:
        """A new conversation: its id, and the token that reaches it, where none is given."""
        token = token or secrets.token_urlsafe(24)
        identity = str(uuid.uuid4())
        row = {
            "id": identity,
            "token_hash": _hash(token),
            "channel": channel,
            "started_at": _text(at),
            "last_at": _text(at),
        }
        with self._database.connection() as connection:
            connection.execute(_OPEN, row)
        return identity, token

    def find(self, token: str) -> str | None:
        """The id of the conversation that a token reaches."""
        with self._database.session() as session:
            return session.scalar(select(ConversationRow.id).where(ConversationRow.token_hash == _hash(token)))

    def memory(self, conversation: str) -> Memory:
        """What the conversation remembers; nothing for a new one."""
        with self._database.connection() as connection:
            text = connection.execute(_MEMORY, {"conversation": conversation}).scalar()
        return Memory.model_validate_json(text) if text else Memory()

    def add(self, turn: Turn, answer: Answer, memory: Memory, ms: int) -> str:
        """Write a turn down, under its key if it has one; returns its id."""
        identity = turn.key or str(uuid.uuid4())
        row = {
            "id": identity,
            "conversation_id": turn.conversation,
            "conversation": turn.conversation,
            "at": _text(turn.at),
            "question": _question(turn, answer),
            "answer": _without_values(answer).model_dump_json(exclude_defaults=True),
            "status": answer.status,
            "memory": memory.model_dump_json(exclude_defaults=True, exclude={"filling", "finished", "profile"}),
            "ms": ms,
        }
        with self._database.connection() as connection:
            connection.execute(_ADD, row)
            connection.execute(_TOUCH, {"conversation": turn.conversation, "at": _text(turn.at)})
        return identity

    def turns(self, conversation: str, last: int = 30) -> list[PastTurn]:
        """The last turns, oldest first."""
        with self._database.session() as session:
            rows = session.scalars(
                select(TurnRow)
                .where(TurnRow.conversation_id == conversation)
                .order_by(TurnRow.number.desc())
                .limit(last)
            ).all()
        return [PastTurn(row.id, row.question, Answer.model_validate_json(row.answer)) for row in reversed(rows)]

    def owner(self, turn: str) -> str | None:
        """The conversation that a turn belongs to."""
        with self._database.connection() as connection:
            return connection.execute(_OWNER, {"turn": turn}).scalar()

    def turn(self, identity: str) -> PastTurn:
        """One turn; there must be one."""
        with self._database.session() as session:
            row = session.scalars(select(TurnRow).where(TurnRow.id == identity)).one()
        return PastTurn(row.id, row.question, Answer.model_validate_json(row.answer))

    def complain(self, conversation: str, turn: str, reason: str, comment: str, at: datetime) -> bool:
        """Keep feedback on a turn of that conversation; False if it has no such turn."""
        with self._database.session() as session:
            owner = session.scalar(select(TurnRow.conversation_id).where(TurnRow.id == turn))
            if owner is None or owner != conversation:
                return False
            session.add(FeedbackRow(turn_id=turn, at=_text(at), reason=reason, comment=_kept(comment, MOST_COMMENT)))
        return True

    def forget(self, conversation: str, at: datetime | None = None, how: str = "asked") -> str:
        """Delete all that is held about a conversation, in one transaction; returns the number of the line that says so.

        Nothing held: no line, no number.
        """
        of_turns = select(_TURNS.c.id).where(_TURNS.c.conversation_id == conversation)
        statements = {
            "feedback": delete(FeedbackRow).where(FeedbackRow.turn_id.in_(of_turns)),
            "turns": delete(TurnRow).where(TurnRow.conversation_id == conversation),
            "form_drafts": delete(FormDraftRow).where(FormDraftRow.conversation_id == conversation),
            "profiles": delete(ProfileRow).where(ProfileRow.conversation_id == conversation),
            "handovers": delete(HandoverRow).where(HandoverRow.conversation_id == conversation),
            "consents": delete(ConsentRow).where(ConsentRow.conversation_id == conversation),
            "conversations": delete(ConversationRow).where(ConversationRow.id == conversation),
        }
        with self._database.session() as session:
            result = {kind: session.connection().execute(statement).rowcount for kind, statement in statements.items()}
            counts = {kind: count for kind, count in result.items() if count}
            return note_deletion(session, at or datetime.now(UTC), how, counts) if counts else ""

    def sweep(self, now: datetime) -> int:
        """Delete conversations past retention; returns how many."""
        with self._database.session() as session:
            old = ConversationRow.last_at < _text(now - RETENTION)
            count = session.scalar(select(func.count()).select_from(ConversationRow).where(old)) or 0
            session.execute(delete(ConversationRow).where(old))
        return count


_OF_VALUES = (
    Status.FORM_CONSENT,
    Status.FORM_ASKED,
    Status.FORM_OFFERED,
    Status.FORM_UNREADABLE,
    Status.FORM_REVIEW,
    Status.FORM_READY,
    Status.PROFILE_SHOWN,
)
"""Answers that repeat what a citizen told for a form, and so do their questions: only the sealed draft may hold that."""


_ASKING = (Status.FORM_CONSENT, Status.FORM_ASKED, Status.FORM_UNREADABLE)
"""They end with a question that holds nothing of the citizen."""


def _question(turn: Turn, answer: Answer) -> str:
    if answer.status in _OF_VALUES:
        return NOT_KEPT.said_in(answer.language)
    return _kept(turn.text, MOST_QUESTION)


def _without_values(answer: Answer) -> Answer:
    if answer.status in _OF_VALUES:
        question = (answer.blocks[-1].text,) if answer.status in _ASKING else ()
        blocks = tuple(Block(text=text) for text in (NOT_KEPT.said_in(answer.language), *question))
        return answer.model_copy(update={"blocks": blocks, "form": None})
    return answer.model_copy(update={"form": None}) if answer.form else answer


def _kept(text: str, most: int) -> str:
    """A text as it may be written down: without personal numbers, and without characters a database refuses."""
    return mask(clean(text))[:most]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
