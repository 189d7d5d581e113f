"""The row in which an application's tokens are kept, and the lease under which they are renewed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, insert, select, update
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from assistant.consents import moment
from knowledge.database import Database, Table
from knowledge.errors import StorageError


class ZaloTokenRow(Table):
    """The tokens of one application. There is one pair at a time, sealed where TROLY_DATA_KEY is set."""

    __tablename__ = "zalo_tokens"

    app_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str] = mapped_column(LongText)
    expires_at: Mapped[str] = mapped_column(String(32))
    """Of the access token."""
    seed: Mapped[str] = mapped_column(String(64))
    """The hash of the refresh token that the environment held when this row was made."""
    broken: Mapped[bool]
    """Zalo took the refresh token no more."""
    lease_by: Mapped[str] = mapped_column(String(36))
    lease_until: Mapped[str | None] = mapped_column(String(32))
    changed_at: Mapped[str] = mapped_column(String(32))


@dataclass(frozen=True, slots=True)
class Kept:
    """The row as it was read."""

    sealed: str = field(repr=False)
    expires_at: datetime
    seed: str
    broken: bool


class TokenRows:
    """Reads and writes the row of one application; every change holds only if the row is still as it was read."""

    def __init__(self, database: Database, app_id: str) -> None:
        self._database, self._app_id = database, app_id
        self._mine = ZaloTokenRow.app_id == app_id

    def read(self) -> Kept | None:
        """The row, if there is one."""
        columns = (ZaloTokenRow.sealed, ZaloTokenRow.expires_at, ZaloTokenRow.seed, ZaloTokenRow.broken)
        with self._database.connection() as connection:
            row = connection.execute(select(*columns).where(self._mine)).one_or_none()
        return Kept(row.sealed, datetime.fromisoformat(row.expires_at), row.seed, row.broken) if row else None

    def seed(self, before: Kept | None, sealed: str, expires_at: datetime, seed: str, at: datetime) -> None:
        """Make the row, or mend the broken one; where another process was quicker, its row stands."""
        if before is not None:
            self._change(ZaloTokenRow.sealed == before.sealed, **_pair(sealed, expires_at, at), seed=seed)
            return
        row = {"app_id": self._app_id, **_pair(sealed, expires_at, at), "seed": seed}
        try:
            with self._database.connection() as connection:
                connection.execute(insert(ZaloTokenRow).values(**row))
        except StorageError:
            if self.read() is None:
                raise

    def put(self, sealed: str, expires_at: datetime, seed: str, at: datetime) -> None:
        """Write a pair over whatever there is."""
        if not self._change(ZaloTokenRow.app_id.is_not(None), **_pair(sealed, expires_at, at), seed=seed):
            self.seed(None, sealed, expires_at, seed, at)

    def lease(self, kept: Kept, who: str, now: datetime, until: datetime) -> bool:
        """Whether `who` may renew this very pair, alone, until then."""
        free = ZaloTokenRow.lease_until.is_(None) | (ZaloTokenRow.lease_until < moment(now))
        same = ZaloTokenRow.sealed == kept.sealed
        return self._change(free & same, lease_by=who, lease_until=moment(until))

    def release(self, kept: Kept, who: str) -> None:
        """Let another try."""
        mine = (ZaloTokenRow.sealed == kept.sealed) & (ZaloTokenRow.lease_by == who)
        self._change(mine, lease_by="", lease_until=None)

    def write(self, used_up: str, sealed: str, expires_at: datetime, at: datetime) -> None:
        """Put the next pair in place of the one that was used up for it, whoever holds the lease by now."""
        self._change(ZaloTokenRow.sealed == used_up, **_pair(sealed, expires_at, at))

    def mark_broken(self, kept: Kept) -> bool:
        """Note that this pair is of no use; False where another has taken its place meanwhile."""
        return self._change(ZaloTokenRow.sealed == kept.sealed, broken=True, lease_by="", lease_until=None)

    def _change(self, where: ColumnElement[bool], **values: Any) -> bool:
        with self._database.connection() as connection:
            return connection.execute(update(ZaloTokenRow).where(self._mine, where).values(**values)).rowcount > 0


def _pair(sealed: str, expires_at: datetime, at: datetime) -> dict[str, Any]:
    """What a row holds when a pair was written just now."""
    return {
        "sealed": sealed,
        "expires_at": moment(expires_at),
        "broken": False,
        "lease_by": "",
        "lease_until": None,
        "changed_at": moment(at),
    }
