"""What is known of each record on the portal, and how far a run has come: written page by page, each whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from knowledge.database import Database
from knowledge.errors import SourceError
from knowledge.portal_twins import Taken, owners_of, without_twins
from knowledge.procedure import Layer, Procedure
from knowledge.sources.official import national_code
from knowledge.sources.portal_sync import Row
from knowledge.sources.reading import Problem, ProblemKind
from knowledge.store import content_of, live_in, new_import, storable, write_into
from knowledge.tables import Import, ImportProblem, PortalRecord, SyncRun

LISTING, LISTED, DONE, STOPPED = "listing", "listed", "done", "stopped"

_STALE = timedelta(hours=24)
"""A run older than this is not gone on with: its cursor may point into another list."""


@dataclass(slots=True)
class Counts:
    """What a run did. Every listed record is added, changed, unchanged or set aside."""

    pages: int = 0
    listed: int = 0
    fetched: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    returned: int = 0
    set_aside: int = 0
    requests: int = 0
    retries: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Run:
    """A run under way."""

    id: int
    state: str
    cursor: str
    counts: Counts
    seen: set[str]
    """The ids that its list has shown so far."""
    resumed: bool
    total: int = 0
    problems: tuple[Problem, ...] = ()
    """What could not be read before the interruption."""


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier runs left about a record."""

    row_digest: str
    digest: str
    etag: str
    set_aside: str
    reason: str
    vanished: bool


@dataclass(frozen=True, slots=True)
class Vanished:
    """A record that the portal's complete list no longer holds."""

    portal_id: str
    code: str
    name: str
    last_seen: date
    vanished_at: date


class Ledger:
    """Keeps the ledger of one portal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, scope: str, at: datetime, *, restart: bool) -> Run:
        """The run to go on with, or a new one. Only the latest can be gone on with: a later one has seen its records anew."""
        with self._database.writing() as session:
            row = session.scalars(select(SyncRun).order_by(SyncRun.id.desc()).limit(1)).first()
            open_still = row is not None and row.scope == scope and row.state in (LISTING, LISTED)
            if row is None or not open_still or restart or at - datetime.fromisoformat(row.started_at) > _STALE:
                row = SyncRun(scope=scope, state=LISTING, started_at=at.isoformat(), cursor="", total=0, counts="{}")
                session.add(row)
                session.flush()
                return Run(row.id, LISTING, "", Counts(), set(), resumed=False)
            seen = set(session.scalars(select(PortalRecord.portal_id).where(PortalRecord.seen_in == row.id)))
            told = session.scalars(select(ImportProblem).where(ImportProblem.import_id == row.import_id))
            problems = tuple(Problem(one.record, one.field, ProblemKind(one.kind), one.detail) for one in told)
            counts = Counts(**json.loads(row.counts))
            return Run(row.id, row.state, row.cursor, counts, seen, True, row.total, problems)

    def known(self, identities: Iterable[str]) -> dict[str, Known]:
        """What is known of these records, by id."""
        with self._database.session() as session:
            rows = session.scalars(select(PortalRecord).where(PortalRecord.portal_id.in_(list(identities))))
            return {
                row.portal_id: Known(
                    row.row_digest, row.digest, row.etag, row.set_aside, row.reason, row.vanished_at is not None
                )
                for row in rows
            }

    def keep(
        self,
        run: Run,
        taken: Sequence[Taken],
        *,
        source: str,
        cursor: str,
        state: str,
        at: date,
        recounted: bool = False,
    ) -> tuple[Problem, ...]:
        """Write one page and how far the run has come, in one transaction; returns the problems of the page.

        `recounted` rows were listed and set aside earlier in this run.

        Raises:
            SourceError: another process goes on with the same run.
            StorageError: the database cannot be written; nothing of the page is.

        """
        counts = replace(run.counts)
        if recounted:
            counts.listed -= len(taken)
            counts.set_aside -= len(taken)
        with self._database.writing() as session:
            # The first statement writes, so that of two processes one waits here and then finds the cursor moved.
            unmoved = (SyncRun.id == run.id, SyncRun.cursor == run.cursor, SyncRun.state == run.state)
            session.execute(update(SyncRun).where(*unmoved).values(total=run.total))
            row = session.get_one(SyncRun, run.id)
            if (row.cursor, row.state) != (run.cursor, run.state):
                raise SourceError("Another sync of the same portal is under way. Let it finish, then run this again.")
            taken = without_twins(session, taken)
            _write(session, row, taken, counts, source)
            _remember(session, run.id, taken, counts, at)
            row.cursor, row.state, row.counts = cursor, state, json.dumps(asdict(counts))
        run.cursor, run.state, run.counts = cursor, state, counts
        run.seen.update(one.row.identity for one in taken)
        return tuple(problem for one in taken for problem in one.problems)

    def flag_vanished(self, run: Run, at: date, most: int) -> int:
        """Flag what a complete list no longer held, unless that is more than `most`; returns how many it would be."""
        unseen = (PortalRecord.seen_in < run.id, PortalRecord.vanished_at.is_(None))
        with self._database.writing() as session:
            gone = session.scalar(select(func.count()).select_from(PortalRecord).where(*unseen)) or 0
            if gone > most:
                return gone
            session.execute(update(PortalRecord).where(*unseen).values(vanished_at=at.isoformat()))
            run.counts.vanished += gone
            session.get_one(SyncRun, run.id).counts = json.dumps(asdict(run.counts))
        return gone

    def end(self, run: Run, state: str) -> None:
        """Close a run: it came to its end, or cannot be gone on with."""
        with self._database.writing() as session:
            row = session.get_one(SyncRun, run.id)
            row.state, row.counts = state, json.dumps(asdict(run.counts))
        run.state = state

    def released(self, run: Run) -> list[Row]:
        """Rows that were set aside as second of a code whose first is gone."""
        twin = PortalRecord
        with self._database.session() as session:
            twins = session.scalars(
                select(twin).where(twin.set_aside == ProblemKind.CODE_TWICE, twin.layer != "", twin.seen_in == run.id)
            ).all()
            owners = owners_of(session, [row.code for row in twins], seen_in=run.id)
        return [
            Row(t.portal_id, t.code, t.name, t.row_digest, dated=False)
            for t in twins
            if (t.code, t.layer) not in owners
        ]

    def listed(self) -> int:
        """How many records the list was last seen to hold."""
        with self._database.session() as session:
            present = select(func.count()).select_from(PortalRecord).where(PortalRecord.vanished_at.is_(None))
            return session.scalar(present) or 0

    def vanished(self) -> list[Vanished]:
        """The records that are gone from the list, the latest first."""
        gone = (
            select(PortalRecord)
            .where(PortalRecord.vanished_at.is_not(None))
            .order_by(PortalRecord.vanished_at.desc(), PortalRecord.code, PortalRecord.portal_id)
        )
        with self._database.session() as session:
            return [
                Vanished(
                    row.portal_id,
                    row.code,
                    row.name,
                    date.fromisoformat(row.last_seen),
                    date.fromisoformat(row.vanished_at or row.last_seen),
                )
                for row in session.scalars(gone)
            ]


def _write(session: Session, run: SyncRun, taken: Sequence[Taken], counts: Counts, source: str) -> None:
    """Write the procedures that say something new; the import they belong to begins with the first of them."""
    counts.listed += len(taken)
    counts.fetched += sum(one.fetched for one in taken)
    counts.set_aside += sum(bool(one.set_aside) for one in taken)
    read = [one.procedure for one in taken if one.procedure and not one.set_aside]
    live = live_in(session, [procedure.code for procedure in read])
    new = [
        procedure for procedure in read if not _says_the_same(live.get((procedure.code, procedure.layer)), procedure)
    ]
    fresh = [problem for one in taken if one.fetched for problem in one.problems]
    added = changed = 0
    if new or fresh:
        record = session.get(Import, run.import_id) if run.import_id else None
        record = record or new_import(source)
        before = (record.added, record.changed)
        record.read += sum(one.fetched for one in taken)
        record.unchanged += len(read) - len(new)
        write_into(session, record, new, fresh)
        added, changed = record.added - before[0], record.changed - before[1]
        run.import_id = record.id
    counts.added += added
    counts.changed += changed
    counts.unchanged += sum(not one.set_aside for one in taken) - added - changed


def _says_the_same(live: Procedure | None, new: Procedure) -> bool:
    """Whether only the day on which it was read differs: that alone makes no new version."""
    if live is None or len(live.sources) != len(new.sources):
        return False
    pairs = zip(new.sources, live.sources, strict=True)
    dated = tuple(source.model_copy(update={"as_of": old.as_of}) for source, old in pairs)
    return content_of(new.model_copy(update={"sources": dated})) == content_of(live)


def _remember(session: Session, run_id: int, taken: Sequence[Taken], counts: Counts, at: date) -> None:
    """Write down what was seen of each row."""
    day = at.isoformat()
    identities = [one.row.identity for one in taken]
    known = {
        row.portal_id: row
        for row in session.scalars(select(PortalRecord).where(PortalRecord.portal_id.in_(identities)))
    }
    for one in taken:
        row = known.get(one.row.identity)
        if row is None:
            row = PortalRecord(
                portal_id=one.row.identity,
                code=national_code(one.row.code),
                layer="",
                jurisdiction="",
                name=storable(one.row.name),
                digest="",
                etag="",
                first_seen=day,
            )
            session.add(row)
        if row.vanished_at is not None:
            counts.returned += 1
        row.vanished_at, row.last_seen, row.seen_in = None, day, run_id
        row.row_digest = "" if one.again else one.row.digest
        row.set_aside, row.reason = one.set_aside, storable(one.reason)
        if one.fetched and not one.again:
            row.digest, row.etag, row.name = one.digest, one.etag, storable(one.row.name)
        if one.procedure is not None:
            row.code, row.layer = one.procedure.code, Layer(one.procedure.layer).value
            row.jurisdiction, row.name = one.procedure.jurisdiction, one.procedure.name
        elif one.set_aside and one.fetched:
            row.layer = ""
