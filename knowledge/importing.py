"""A source becomes checked records, and checked records become versions: all of them, or none."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from knowledge.comparing import Finding, compare, differences
from knowledge.database import Database
from knowledge.errors import SourceError
from knowledge.precedence import adopted, counterpart, is_told, takes_place
from knowledge.procedure import Layer, Procedure
from knowledge.sources import portal_json
from knowledge.sources.files import FULL, day_in_name, read_file
from knowledge.sources.formats import IMPORTABLE
from knowledge.sources.limits import USUAL, Budget, Clock, Limits
from knowledge.sources.official import UNKNOWN
from knowledge.sources.reading import Problem, ProblemKind, Record
from knowledge.store import ProcedureStore, live_in, new_import, write_into
from knowledge.tables import Import

_BATCH = 500
Progress = Callable[[int], None]
Live = dict[str, list[Procedure]]
"""By code, what each layer holds."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import read, kept and could not read."""

    source: str
    read: int
    added: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...]
    compared: int = 0
    """Records that took no place, because the catalogue knows more."""
    differences: tuple[Finding, ...] = ()
    """Where those contradict the catalogue."""

    @property
    def set_aside(self) -> tuple[Problem, ...]:
        """The problems that kept a record out."""
        return tuple(problem for problem in self.problems if problem.kind.sets_record_aside)

    @property
    def incomplete(self) -> bool:
        """Whether the file ended before its end."""
        return any(problem.field == "file" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file says, beside what the catalogue says in the same layer."""

    source: str
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]
    """Codes of which that layer has no live record."""
    set_aside: tuple[Problem, ...]


@dataclass(slots=True)
class _Read:
    """What came out of one file."""

    procedures: list[Procedure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    full: bool = False
    """Whether its records tell everything, so that they take the place of older ones."""


@dataclass(frozen=True, slots=True)
class Importer:
    """Brings files of any known format into a catalogue, or holds them against it."""

    database: Database
    today: date
    as_of: date | None = None
    jurisdiction: str = ""
    """Whose the records are, where a file does not say."""
    replace: bool = False
    """Whether PDFs and pages take the place of live records all the same."""
    limits: Limits = USUAL
    clock: Clock = time.monotonic
    progress: Progress = lambda _: None

    def __call__(self, path: Path) -> ImportReport:
        """Import one file in one transaction.

        Raises:
            SourceError: it cannot be read, or holds no procedure; nothing was written.
            CatalogueError: it is an entry with mistakes.
            StorageError: the database cannot be written.

        """
        found = self._read(path)
        with self.database.writing() as session:
            record, kept_out = self._write(session, path.name, found)
        findings = [finding for procedure, live in kept_out if live for finding in compare(procedure, live)]
        return _report(record, found.problems, len(kept_out), differences(findings))

    def compare(self, path: Path) -> Comparison:
        """Hold one file against the live records of the same layer. Nothing is written.

        Raises:
            SourceError: it cannot be read, or holds no procedure.

        """
        found = self._read(path)
        with self.database.session() as session:
            procedures, known = self._adopted(session, found)
        pairs = [(given, counterpart(given, known.get(given.code, []), same_layer=True)) for given in procedures]
        return Comparison(
            source=path.name,
            findings=tuple(finding for given, record in pairs if record for finding in compare(given, record)),
            unknown=tuple(given.code for given, record in pairs if record is None),
            set_aside=tuple(problem for problem in found.problems if problem.kind.sets_record_aside),
        )

    def _read(self, path: Path) -> _Read:
        """The whole file, before anything is written: what is half read leaves nothing behind."""
        budget = Budget(path.name, self.limits, self.clock)
        with _told(path):
            form, records = read_file(path, self.as_of, self.today, budget)
            found = _gathered(records, path, self.progress, IMPORTABLE)
        found.full = form in FULL
        return found

    def _write(
        self, session: Session, name: str, found: _Read
    ) -> tuple[Import, list[tuple[Procedure, Procedure | None]]]:
        """Write what may take a place; give back the rest, each with what it is compared with."""
        record = new_import(name, found.count)
        if found.full:
            new = self._news(session, found.procedures)
            record.unchanged = len(found.procedures) - len(new)
            write_into(session, record, new, found.problems)
            return record, []
        procedures, known = self._adopted(session, found)
        taking, kept_out = [], []
        for procedure in procedures:
            live = known.get(procedure.code, [])
            if takes_place(procedure, live, replace=self.replace):
                taking.append(procedure)
            else:
                kept_out.append((procedure, counterpart(procedure, live)))
        write_into(session, record, taking, found.problems)
        return record, kept_out

    def _news(self, session: Session, procedures: list[Procedure]) -> list[Procedure]:
        """The procedures without the staff edits that only repeat what a release, or a layer below, says."""
        edits = [procedure.code for procedure in procedures if procedure.layer is Layer.STAFF]
        known = _live(session, edits)
        return [given for given in procedures if not is_told(given, known.get(given.code, []))]

    def _adopted(self, session: Session, found: _Read) -> tuple[list[Procedure], Live]:
        """The procedures with what the catalogue knows about whose they are; that problem is then none."""
        known = _live(session, [procedure.code for procedure in found.procedures])
        procedures = [adopted(given, known.get(given.code, []), self.jurisdiction) for given in found.procedures]
        settled = {procedure.code for procedure in procedures if procedure.jurisdiction != UNKNOWN}
        found.problems = [
            p for p in found.problems if p.kind is not ProblemKind.JURISDICTION_UNKNOWN or p.record not in settled
        ]
        return procedures, known


def import_portal_file(
    path: Path, store: ProcedureStore, *, today: date, as_of: date | None = None, progress: Progress = lambda _: None
) -> ImportReport:
    """Import a portal JSON-lines file.

    Nothing is written unless at least one record can be read; a file cut short is kept as far as it goes, and said so.

    Raises:
        SourceError: the file is missing, too large, or holds no procedure at all.
        StorageError: the database cannot be written.

    """
    budget = Budget(path.name)
    with _told(path):
        budget.check_size(path)
        records = portal_json.read_file(path, as_of or day_in_name(path) or today, today, budget)
        found = _gathered(records, path, progress, "Give a portal JSON-lines file.")
    record = store.write(found.procedures, source=path.name, problems=found.problems, read=found.count)
    return _report(record, found.problems)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror or error}. Check the path and your rights."
        ) from error


def _gathered(records: Iterable[Record], path: Path, progress: Progress, remedy: str) -> _Read:
    """All records of a file; at least one must be readable."""
    found = _Read()
    for number, record in enumerate(records, start=1):
        found.count += not any(problem.field == "file" for problem in record.problems)
        found.problems += record.problems
        if record.procedure is not None:
            found.procedures.append(record.procedure)
        if number % 100 == 0:
            progress(number)
    if not found.procedures:
        first = found.problems[0] if found.problems else None
        told = f" First problem: {first.record}: {first.detail}." if first else ""
        raise SourceError(f"{path.name} holds no procedure that can be read.{told} {remedy}")
    return found


def _live(session: Session, codes: Sequence[str]) -> Live:
    known: Live = {}
    for start in range(0, len(codes), _BATCH):
        for (code, _), record in live_in(session, codes[start : start + _BATCH]).items():
            known.setdefault(code, []).append(record)
    return known


def _report(
    record: Import, problems: Iterable[Problem], compared: int = 0, differing: Iterable[Finding] = ()
) -> ImportReport:
    return ImportReport(
        record.source,
        record.read,
        record.added,
        record.changed,
        record.unchanged,
        tuple(problems),
        compared,
        tuple(differing),
    )
