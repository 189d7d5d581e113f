"""How long each kind of data is kept, in one place, and the job that deletes what is past it.

The law gives no figures, so each is a setting: TROLY_KEEP_CONVERSATIONS_DAYS and so on. A run may be stopped at any
moment and begun again: it deletes a few rows at a time, each batch whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Self

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from assistant.consents import ConsentRow, DeletionRow, moment
from assistant.errors import SettingError
from assistant.forms.store import FormDraftRow, ProfileRow
from assistant.handover import expire
from assistant.handover_rows import HandoverRow, HandoverState
from assistant.model_budget import StoredUsage
from assistant.store import RETENTION, ConversationRow, FeedbackRow
from knowledge.database import Database

BATCH = 500


class Kind(StrEnum):
    """What is kept, by what it is kept for."""

    CONVERSATIONS = "conversations"
    """With their turns, feedback and handovers: after the last message."""
    FEEDBACK = "feedback"
    """By itself, where it is to go sooner than its conversation; never later."""
    HANDOVERS = "handovers"
    """Ended ones, where they are to go sooner than their conversation; never later."""
    CONSENTS = "consents"
    """The proof outlives the conversation: after it was withdrawn, else after it was given."""
    DELETIONS = "deletions"
    """That something was deleted; they tell of nobody."""
    FORM_DRAFTS = "form_drafts"
    """Forms not gone on with: after the last change; sooner where their document was taken."""
    PROFILES = "profiles"
    """What was kept for the next form: after it was last given."""
    MODEL_USAGE = "model_usage"
    """Tokens by day; they tell of nobody."""


DAYS: Final[Mapping[Kind, int]] = MappingProxyType(
    {
        Kind.CONVERSATIONS: RETENTION.days,
        Kind.FEEDBACK: 90,
        Kind.HANDOVERS: 90,
        Kind.CONSENTS: 730,
        Kind.DELETIONS: 1825,
        Kind.FORM_DRAFTS: 30,
        Kind.PROFILES: 365,
        Kind.MODEL_USAGE: 400,
    }
)
"""The periods where no setting says otherwise."""


@dataclass(frozen=True, slots=True)
class Periods:
    """How many days each kind is kept."""

    days: Mapping[Kind, int] = field(default_factory=lambda: DAYS)

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The periods that TROLY_KEEP_*_DAYS give, else ours.

        Raises:
            SettingError: a value is no number of days.

        """
        return cls({kind: _days(environment, kind) for kind in Kind})

    def before(self, kind: Kind, now: datetime) -> datetime:
        """What was last touched before this moment is past its period."""
        return now - timedelta(days=self.days[kind])


def sweep(database: Database, now: datetime, periods: Periods | None = None, batch: int = BATCH) -> dict[Kind, int]:
    """Delete what is past its period; returns how many of each kind. A second run finds nothing more.

    The queue of operators is tidied first, so that what nobody will end is ended.

    Raises:
        StorageError: the database fails; what was deleted so far is deleted.

    """
    periods = periods or Periods()
    expire(database, now)
    counts = {kind: _deleted(database, *past, batch) for kind, past in _past(periods, now)}
    day = periods.before(Kind.MODEL_USAGE, now).astimezone(UTC).date()
    return {**counts, Kind.MODEL_USAGE: StoredUsage(database).sweep(day)}


def _past(
    periods: Periods, now: datetime
) -> Iterator[tuple[Kind, tuple[InstrumentedAttribute[Any], ColumnElement[bool]]]]:
    """The key of each kind's table, and what is past its period there."""
    ends = {kind: moment(periods.before(kind, now)) for kind in Kind}
    yield Kind.FEEDBACK, (FeedbackRow.id, FeedbackRow.at < ends[Kind.FEEDBACK])
    ended = HandoverRow.state.not_in((HandoverState.WAITING, HandoverState.TAKEN))
    yield Kind.HANDOVERS, (HandoverRow.id, ended & (HandoverRow.updated_at < ends[Kind.HANDOVERS]))
    yield Kind.CONVERSATIONS, (ConversationRow.id, ConversationRow.last_at < ends[Kind.CONVERSATIONS])
    # A consent in use is no proof of the past: it stays with its conversation, however old.
    alone = ~select(ConversationRow.id).where(ConversationRow.id == ConsentRow.conversation_id).exists()
    spoken = func.coalesce(ConsentRow.withdrawn_at, ConsentRow.given_at)
    used = alone | ConsentRow.withdrawn_at.is_not(None)
    yield Kind.CONSENTS, (ConsentRow.id, used & (spoken < ends[Kind.CONSENTS]))
    yield Kind.DELETIONS, (DeletionRow.id, DeletionRow.at < ends[Kind.DELETIONS])
    taken = FormDraftRow.ends_at <= moment(now)
    yield Kind.FORM_DRAFTS, (FormDraftRow.id, taken | (FormDraftRow.updated_at < ends[Kind.FORM_DRAFTS]))
    yield Kind.PROFILES, (ProfileRow.conversation_id, ProfileRow.updated_at < ends[Kind.PROFILES])


def _deleted(database: Database, key: InstrumentedAttribute[Any], past: ColumnElement[bool], batch: int) -> int:
    """Delete in batches, each in a transaction of its own: nobody who writes waits for long."""
    # Of two workers that sweep at the same moment, each takes other rows; SQLite lets one write at a time anyway.
    some = select(key).where(past).limit(batch).with_for_update(skip_locked=True)
    count = 0
    while True:
        with database.session() as session:
            keys = list(session.scalars(some))
            if keys:
                count += session.connection().execute(delete(key.class_).where(key.in_(keys))).rowcount
        if len(keys) < batch:
            return count


def _days(environment: Mapping[str, str], kind: Kind) -> int:
    name = f"TROLY_KEEP_{kind.upper()}_DAYS"
    value = environment.get(name, "").strip() or str(DAYS[kind])
    if not (value.isascii() and value.isdecimal() and 0 < int(value) <= 36_500):
        raise SettingError(f"{name}={value} is no number of days: give one from 1 on, or leave it out ({DAYS[kind]}).")
    return int(value)
