"""A source becomes checked records, and checked records become versions: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.procedure import Layer, Procedure
from knowledge.sources import portal_json, written
from knowledge.sources.reading import Problem, Record
from knowledge.store import ProcedureStore

MOST_BYTES = 512 * 1024 * 1024
"""A larger file is no catalogue."""

_SHIPPED = "shipped catalogue"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import read, kept and could not read."""

    source: str
    read: int
    added: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...]

    @property
    def set_aside(self) -> tuple[Problem, ...]:
        """The problems that kept a record out."""
        return tuple(problem for problem in self.problems if problem.kind.sets_record_aside)

    @property
    def incomplete(self) -> bool:
        """Whether the file ended before its end."""
        return any(problem.field == "file" for problem in self.problems)


def import_portal_file(
    path: Path, store: ProcedureStore, *, today: date, as_of: date | None = None, progress: Progress = lambda _: None
) -> ImportReport:
    """Import a portal JSON-lines file.

    Nothing is written unless at least one record can be read; a file cut short is kept as far as it goes, and said so.

    Raises:
        SourceError: the file is missing, too large, or holds no procedure at all.
        StorageError: the database cannot be written.

    """
    records = _counted(_records(path, as_of or _day_in_name(path) or today, today), progress)
    procedures: list[Procedure] = []
    problems: list[Problem] = []
    read = 0
    for record in records:
        read += not any(problem.field == "file" for problem in record.problems)
        problems += record.problems
        if record.procedure is not None:
            procedures.append(record.procedure)
    if not procedures:
        first = f" First problem: {problems[0].record}: {problems[0].detail}." if problems else ""
        raise SourceError(f"{path.name} holds no procedure that can be read.{first} Give a portal JSON-lines file.")
    saved = store.write(procedures, source=path.name, problems=problems, read=read)
    return ImportReport(path.name, read, saved.added, saved.changed, saved.unchanged, tuple(problems))


def load_written(store: ProcedureStore) -> bool:
    """Bring the written entries of this release into the store; True if anything changed.

    Raises:
        CatalogueError: an entry has mistakes.

    """
    digest = written.digest()
    if store.mark(_SHIPPED) == digest:
        return False
    store.replace_layer(Layer.WRITTEN, written.load(), source=_SHIPPED)
    store.set_mark(_SHIPPED, digest)
    return True


def _records(path: Path, as_of: date, today: date) -> Iterator[Record]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(f"{path.name} is larger than {MOST_BYTES // 2**20} MiB: give a portal JSON-lines file.")
        yield from portal_json.read_file(path, as_of, today)
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror or error}. Check the path and your rights."
        ) from error


def _counted(records: Iterator[Record], progress: Progress) -> Iterator[Record]:
    for number, record in enumerate(records, start=1):
        yield record
        if number % 100 == 0:
            progress(number)


def _day_in_name(path: Path) -> date | None:
    """The snapshot day that a file name carries, as in dvcqg-2026-07-18.jsonl.gz."""
    stem = path.name.split(".")[0]
    try:
        return date.fromisoformat(stem[-10:])
    except ValueError:
        return None
