"""The tables of the catalogue; migrations make them. Those of conversations are in `assistant.store`."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Table


class State(StrEnum):
    """The life of a version. One version of a code and layer is live at a time."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    LIVE = "live"
    ARCHIVED = "archived"


class ProcedureVersion(Table):
    """One version of one procedure in one layer; `content` is the `Procedure` as JSON."""

    __tablename__ = "procedure_versions"
    __table_args__ = (Index("ix_procedure_versions_live", "state", "code", "layer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8))
    layer: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    jurisdiction: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(LongText)
    content: Mapped[str] = mapped_column(LongText)
    content_hash: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[str] = mapped_column(String(32))


class Import(Table):
    """One run of an importer."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(LongText)
    started_at: Mapped[str] = mapped_column(String(32))
    read: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    set_aside: Mapped[int]


class ImportProblem(Table):
    """One thing an import could not read."""

    __tablename__ = "import_problems"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), index=True)
    record: Mapped[str] = mapped_column(String(64))
    field: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(LongText)


class Mark(Table):
    """A named value the system remembers, such as the digest of the shipped catalogue."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(LongText)


class PortalRecord(Table):
    """One record of the portal's list, by the portal's own id. It stays when the list no longer holds it."""

    __tablename__ = "portal_records"

    portal_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), index=True)
    """The national code, empty where there is none that can be read."""
    layer: Mapped[str] = mapped_column(String(16))
    """Where its version lives, empty for a record that has none."""
    jurisdiction: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(LongText)
    row_digest: Mapped[str] = mapped_column(String(32))
    """Of its line in the list; empty where the record has to be read again."""
    digest: Mapped[str] = mapped_column(String(32))
    """Of the record as it was last read."""
    etag: Mapped[str] = mapped_column(LongText)
    set_aside: Mapped[str] = mapped_column(String(32))
    """The kind of problem that kept it out, empty for a record that was kept."""
    reason: Mapped[str] = mapped_column(LongText)
    first_seen: Mapped[str] = mapped_column(String(10))
    last_seen: Mapped[str] = mapped_column(String(10))
    seen_in: Mapped[int]
    """The last run whose list held it."""
    vanished_at: Mapped[str | None] = mapped_column(String(10))
    """The day on which a complete list was first seen without it."""


class SyncRun(Table):
    """One reading of the portal's list, and how far it has come."""

    __tablename__ = "sync_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(LongText)
    """What was read and how: only the same is gone on with."""
    state: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[str] = mapped_column(String(32))
    cursor: Mapped[str] = mapped_column(LongText)
    total: Mapped[int]
    counts: Mapped[str] = mapped_column(LongText)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
