"""Keeping the catalogue in step with the portal: only what changed is read, and nothing is ever half written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from knowledge.database import Database
from knowledge.errors import SourceError
from knowledge.portal_ledger import DONE, LISTED, LISTING, STOPPED, Counts, Known, Ledger, Run
from knowledge.portal_twins import Taken
from knowledge.sources.portal_http import PortalSilent
from knowledge.sources.portal_json import read_detail
from knowledge.sources.portal_sync import PAGE, Detail, Page, Portal, RecordUnreadable, Row
from knowledge.sources.reading import Problem, ProblemKind

MOST_FAILURES = 3
"""Records in a row that may fail before the portal is held to be at fault, not the records."""

_FEW = 20
_SHARE = 0.1
"""More records than that, and more than that share, do not vanish in one day: the list is at fault then."""

_NEW = Known(row_digest="", digest="", etag="", set_aside="", reason="", vanished=False)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, and why it stopped if it did not come to its end."""

    counts: Counts
    problems: tuple[Problem, ...] = ()
    stopped: str = ""
    """What went wrong, and what to do; empty after a whole run."""
    resumed: bool = False
    undated: bool = False
    """The list does not say when its records changed: unchanged rows were taken at their word."""

    @property
    def set_aside(self) -> tuple[Problem, ...]:
        """The problems that kept a record out."""
        return tuple(problem for problem in self.problems if problem.kind.sets_record_aside)


class _Astray(SourceError):
    """The list does not behave as a list: this run cannot be gone on with."""


def sync(
    portal: Portal,
    database: Database,
    *,
    at: datetime,
    full: bool = False,
    department: str = "",
    restart: bool = False,
    many_gone: bool = False,
    progress: Progress = lambda _, __: None,
) -> SyncReport:
    """Read the portal's list and the records that are new or changed; go on where an earlier run was interrupted.

    Every page is one transaction. A fault of the portal ends the run with what came before kept, and is told in the report.

    `full` looks into every record, whatever its row says; `department` narrows the list to what one body published,
    and nothing is flagged as vanished then; `restart` does not go on with an interrupted run; `many_gone` believes a
    list that has lost far more records than is usual.

    Raises:
        StorageError: the database cannot be read or written.

    """
    ledger = Ledger(database)
    scope = f"{portal.http.name} {department or '*'}{' full' if full else ''}"
    run = ledger.begin(scope, at, restart=restart)
    work = _Sync(portal, ledger, run, at, full=full, department=department, many_gone=many_gone, progress=progress)
    stopped = ""
    try:
        work.go()
    except _Astray as error:
        stopped = str(error)
        ledger.end(run, STOPPED)
    except SourceError as error:
        stopped = str(error)
    return SyncReport(work.counted(), tuple(work.problems), stopped, run.resumed, work.undated)


@dataclass(slots=True)
class _Sync:
    """One run over the list."""

    portal: Portal
    ledger: Ledger
    run: Run
    at: datetime
    full: bool
    department: str
    many_gone: bool
    progress: Progress
    problems: list[Problem] = field(default_factory=list)
    undated: bool = False
    _failures: int = 0
    _began: float = 0.0
    _spent: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.problems += self.run.problems
        self._reset_meter()

    def go(self) -> None:
        """Read page after page, then see what is gone."""
        while self.run.state == LISTING:
            self._read_page(self.portal.page(self.run.cursor, self.department))
        if not self.department:
            self._flag_vanished()
            self._take_released()
        self._count()
        self.ledger.end(self.run, DONE)

    def counted(self) -> Counts:
        """The counts, with what was spent since the last page."""
        self._count()
        return self.run.counts

    def _read_page(self, page: Page) -> None:
        if page.rows:
            self.run.total = page.total
        fresh = self._fresh(page)
        last = self._is_last(page, fresh)
        known = self.ledger.known(row.identity for row in fresh)
        self.undated = self.undated or any(not row.dated for row in fresh)
        self._count()
        self.run.counts.pages += 1
        taken = [self._take(row, known.get(row.identity)) for row in fresh]
        self._count()
        self.problems += page.faults
        self._keep(taken, page.cursor, LISTED if last else LISTING)
        self.progress(len(self.run.seen), self.run.total)

    def _fresh(self, page: Page) -> list[Row]:
        """The rows that this run has not seen: a list that grows meanwhile shows some of them twice."""
        return list({row.identity: row for row in page.rows if row.identity not in self.run.seen}.values())

    def _is_last(self, page: Page, fresh: list[Row]) -> bool:
        """Whether the list ends here.

        Raises:
            _Astray: it goes round in circles, or on beyond its end.

        """
        run = self.run
        seen, number = len(run.seen) + len(fresh), run.counts.pages + 1
        stands_still = bool(page.rows) and (not fresh or page.cursor == run.cursor != "")
        if stands_still and seen < run.total:
            raise _Astray(
                f"Page {number} of the list repeats what came before, after {seen} of {run.total} records. "
                "Nothing was flagged as vanished. Run it again later, or import a file."
            )
        if seen > run.total + PAGE:
            raise _Astray(
                f"Page {number}: the list goes on beyond the {run.total} records it counts. "
                "Nothing was flagged as vanished. Run it again later, or import a file."
            )
        return not page.rows or not page.cursor or stands_still

    def _take(self, row: Row, known: Known | None) -> Taken:
        """Look into a record if there is reason to."""
        before = known or _NEW
        if not (self.full or known is None or before.vanished or before.row_digest != row.digest):
            return _as_before(row, before)
        try:
            detail = self.portal.detail(row, before.etag if before.digest else "")
        except (RecordUnreadable, PortalSilent) as error:
            return self._failed(row, error)
        self._failures = 0
        if detail.raw is None or detail.digest == before.digest:
            return replace(_as_before(row, before), fetched=True, digest=before.digest, etag=detail.etag)
        return self._read(row, detail)

    def _failed(self, row: Row, error: SourceError) -> Taken:
        """Pass over one record that cannot be had; several in a row are the portal's fault, and end the run."""
        self._failures += 1
        if self._failures >= MOST_FAILURES:
            raise error if isinstance(error, PortalSilent) else _unreadable_portal(self.portal, error)
        return _set_aside(row, ProblemKind.RECORD_UNREADABLE, str(error), again=True)

    def _read(self, row: Row, detail: Detail) -> Taken:
        assert detail.raw is not None  # noqa: S101 - told apart by the caller
        record = read_detail(detail.raw, self.at.date(), self.at.date())
        if record.procedure is None:
            problem = next(p for p in record.problems if p.kind.sets_record_aside)
            aside = _set_aside(row, problem.kind, problem.detail)
            return replace(aside, digest=detail.digest, etag=detail.etag, problems=record.problems)
        return Taken(row, record.procedure, detail.digest, detail.etag, fetched=True, problems=record.problems)

    def _flag_vanished(self) -> None:
        run = self.run
        if len(run.seen) < run.total or not run.seen:
            raise _Astray(
                f"The list ended after {len(run.seen)} of {run.total} records: what it showed was kept, "
                "and nothing was flagged as vanished. Run it again later."
            )
        most = max(_FEW, round(self.ledger.listed() * _SHARE))
        gone = self.ledger.flag_vanished(run, self.at.date(), 10**9 if self.many_gone else most)
        if not self.many_gone and gone > most:
            raise _Astray(
                f"{gone} records that were there before are missing from the list, which is more than can be believed: "
                "none was flagged as vanished. Look at the portal; if they are gone indeed, run it with --many-gone."
            )

    def _take_released(self) -> None:
        """Take the records whose code has become free."""
        rows = self.ledger.released(self.run)
        if not rows:
            return
        taken = [self._take(row, None) for row in rows]
        released = {row.told_code for row in rows}
        self.problems = [p for p in self.problems if p.kind is not ProblemKind.CODE_TWICE or p.record not in released]
        self._count()
        self._keep(taken, self.run.cursor, LISTED, recounted=True)

    def _keep(self, taken: list[Taken], cursor: str, state: str, *, recounted: bool = False) -> None:
        source = f"sync {self.portal.http.name}"
        self.problems += self.ledger.keep(
            self.run, taken, source=source, cursor=cursor, state=state, at=self.at.date(), recounted=recounted
        )

    def _count(self) -> None:
        """Add what was asked of the portal since the last count."""
        http, counts = self.portal.http, self.run.counts
        counts.requests += http.requests - self._spent[0]
        counts.retries += http.retries - self._spent[1]
        counts.seconds += http.timing.clock() - self._began
        self._reset_meter()

    def _reset_meter(self) -> None:
        http = self.portal.http
        self._began, self._spent = http.timing.clock(), (http.requests, http.retries)


def _as_before(row: Row, known: Known) -> Taken:
    """What the last run made of it still holds."""
    if not known.set_aside:
        return Taken(row)
    return replace(_set_aside(row, ProblemKind(known.set_aside), known.reason), fetched=False)


def _set_aside(row: Row, kind: ProblemKind, why: str, *, again: bool = False) -> Taken:
    problem = Problem(row.told_code, "record", kind, why)
    return Taken(row, fetched=True, again=again, set_aside=kind, reason=why, problems=(problem,))


def _unreadable_portal(portal: Portal, error: SourceError) -> SourceError:
    return SourceError(
        f"{portal.http.name}: {MOST_FAILURES} records in a row cannot be read, the last because {error}. "
        "Its interface may have changed: import a file instead, and report this."
    )
