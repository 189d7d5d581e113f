"""What is held about one conversation, for the citizen whose it is: all of it, and nothing of another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Select, column, select, table
from sqlalchemy.orm import Session

from assistant.consents import ConsentRow, Purpose, words
from assistant.forms.sealing import Seal
from assistant.forms.store import FormStore, ProfileStore
from assistant.handover_rows import HandoverRow
from assistant.store import ConversationRow, FeedbackRow, TurnRow
from knowledge.database import Database, Table

_HIDDEN: Final = frozenset(("token_hash", "conversation_id", "turn_id"))
"""A digest of the secret that opens the conversation, and marks that only tie the rows together."""
_ON_MESSENGERS: Final = table(
    "messenger_people", *map(column, ("channel", "person", "language", "last_at", "conversation_id"))
)
"""By name: the channels keep it, and nothing here imports them."""
_JSON: Final = frozenset(("answer", "memory"))


def export(database: Database, conversation: str, seal: Seal | None = None) -> dict[str, Any]:
    """Everything held about a conversation, as JSON can say it; empty lists where nothing is. `seal` opens what is sealed."""
    mine = {
        "conversations": select(ConversationRow).where(ConversationRow.id == conversation),
        "turns": select(TurnRow).where(TurnRow.conversation_id == conversation).order_by(TurnRow.number),
        "feedback": (
            select(FeedbackRow)
            .join(TurnRow, TurnRow.id == FeedbackRow.turn_id)
            .where(TurnRow.conversation_id == conversation)
            .order_by(FeedbackRow.id)
        ),
        "consents": (
            select(ConsentRow).where(ConsentRow.conversation_id == conversation).order_by(ConsentRow.given_at)
        ),
        "handovers": (select(HandoverRow).where(HandoverRow.conversation_id == conversation).order_by(HandoverRow.at)),
    }
    with database.session() as session:
        held = {kind: _rows(session, statement) for kind, statement in mine.items()}
        kept = _ON_MESSENGERS.c
        on = select(_ON_MESSENGERS).where(kept.conversation_id == conversation).order_by(kept.channel)
        held["messenger_people"] = [_seen(row) for row in session.execute(on).mappings()]
    held["consents"] = [_with_words(line) for line in held["consents"]]
    return {**held, **_sealed(database, conversation, seal or Seal())}


def _sealed(database: Database, conversation: str, seal: Seal) -> dict[str, Any]:
    filling = FormStore(database, seal).of(conversation, datetime.now(UTC))
    profile = ProfileStore(database, seal).of(conversation)
    return {
        "form_drafts": [filling.model_dump(mode="json", exclude={"id"})] if filling else [],
        "profiles": [{name: held.model_dump(mode="json") for name, held in profile.items()}] if profile else [],
    }


def is_held(data: Mapping[str, Any]) -> bool:
    """Whether an export holds anything."""
    return any(data.values())


def _rows(session: Session, statement: Select[Any]) -> list[dict[str, Any]]:
    return [_told(row) for row in session.scalars(statement)]


def _seen(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _HIDDEN}


def _told(row: Table) -> dict[str, Any]:
    values = _seen({column.name: getattr(row, column.name) for column in row.__table__.columns})
    return {name: json.loads(value) if name in _JSON and value else value for name, value in values.items()}


def _with_words(line: dict[str, Any]) -> dict[str, Any]:
    """A consent with the very words that were agreed to, where they are the ones we still have."""
    asked = [words(Purpose(line["purpose"]), language, line["version"]) for language in ("vi", "en")]
    return {**line, "words": next((one.text for one in asked if one.hash == line["wording_hash"]), "")}
