"""Tokens by day and model: what was spent, and whether more may be."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from datetime import date
from typing import Protocol, cast

from sqlalchemy import BigInteger, String, delete, func, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from assistant.model_calls import Clock
from assistant.model_errors import ModelSpent
from assistant.model_settings import ModelSettings
from knowledge.database import Database, Table
from knowledge.errors import StorageError

MOST_NAME = 200

_log = logging.getLogger(__name__)


class UsageStore(Protocol):
    """Where spent tokens are counted."""

    def spent(self, since: date) -> int:
        """Tokens of all models from that day on, in and out together."""
        ...

    def add(self, day: date, model: str, tokens_in: int, tokens_out: int) -> None:
        """Count one call."""
        ...


class MemoryUsage:
    """Counts in this process, until it ends."""

    def __init__(self) -> None:
        self._tokens: defaultdict[date, int] = defaultdict(int)
        self._lock = threading.Lock()

    def spent(self, since: date) -> int:
        """Tokens of all models from that day on."""
        with self._lock:
            return sum(count for day, count in self._tokens.items() if day >= since)

    def add(self, day: date, model: str, tokens_in: int, tokens_out: int) -> None:  # noqa: ARG002 - a total is enough here
        """Count one call."""
        with self._lock:
            self._tokens[day] += tokens_in + tokens_out


class ModelUsageRow(Table):
    """What one model was given and gave on one day."""

    __tablename__ = "model_usage"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    model: Mapped[str] = mapped_column(String(MOST_NAME), primary_key=True)
    calls: Mapped[int]
    tokens_in: Mapped[int] = mapped_column(BigInteger)
    tokens_out: Mapped[int] = mapped_column(BigInteger)


_USAGE = cast("SqlTable", ModelUsageRow.__table__)


class StoredUsage:
    """Counts in the database, for all processes together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spent(self, since: date) -> int:
        """Tokens of all models from that day on.

        Raises:
            StorageError: the database cannot be read.

        """
        total = func.coalesce(func.sum(_USAGE.c.tokens_in + _USAGE.c.tokens_out), 0)
        with self._database.connection() as connection:
            return int(connection.execute(select(total).where(_USAGE.c.day >= since.isoformat())).scalar_one())

    def add(self, day: date, model: str, tokens_in: int, tokens_out: int) -> None:
        """Count one call.

        Raises:
            StorageError: the database cannot be written.

        """
        row = {
            "day": day.isoformat(),
            "model": model[:MOST_NAME],
            "calls": 1,
            "tokens_in": tokens_in,
            "tokens_out": tokens_out,
        }
        # One statement: of two workers that count at the same time neither is lost.
        postgres = self._database.engine.dialect.name == "postgresql"
        new = (postgresql.insert if postgres else sqlite.insert)(_USAGE).values(row)
        sums = {name: _USAGE.c[name] + new.excluded[name] for name in ("calls", "tokens_in", "tokens_out")}
        with self._database.connection() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=[_USAGE.c.day, _USAGE.c.model], set_=sums))

    def sweep(self, before: date) -> int:
        """Delete the counts of days before that one; returns how many."""
        with self._database.connection() as connection:
            return connection.execute(delete(_USAGE).where(_USAGE.c.day < before.isoformat())).rowcount


class Budget:
    """Lets calls through while the day's and the month's tokens last."""

    def __init__(self, settings: ModelSettings, store: UsageStore, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock

    def check(self) -> None:
        """Go on only while there are tokens.

        Raises:
            ModelSpent: they are used up, or nobody can say: money is spent only where it is counted.

        """
        today = self._clock.today()
        limits = (
            ("TROLY_MODEL_TOKENS_A_DAY", self._settings.tokens_a_day, today),
            ("TROLY_MODEL_TOKENS_A_MONTH", self._settings.tokens_a_month, today.replace(day=1)),
        )
        for name, most, since in limits:
            if most and self._spent(since) >= most:
                raise ModelSpent(
                    f"The {most} tokens of {name} are used up. To mend it: raise it, or wait for the next."
                )

    def add(self, model: str, tokens_in: int, tokens_out: int) -> None:
        """Count a call. An answer is not lost because it could not be counted."""
        if not tokens_in + tokens_out:
            return
        try:
            self._store.add(self._clock.today(), model, tokens_in, tokens_out)
        except StorageError as error:
            _log.warning("model tokens not counted", extra={"model": model, "error": str(error)})

    def _spent(self, since: date) -> int:
        try:
            return self._store.spent(since)
        except StorageError as error:
            raise ModelSpent(f"Nobody knows what models have spent: {error}") from None
