"""Procedures as versions in layers, and what each import brought."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from knowledge.database import Database
from knowledge.errors import UnknownProcedure
from knowledge.layers import compose
from knowledge.procedure import Layer, Procedure
from knowledge.sources.reading import Problem
from knowledge.tables import Import, ImportProblem, Mark, PortalRecord, ProcedureVersion, State

_BATCH = 500


def content_of(procedure: Procedure) -> str:
    """The JSON a version is stored as: defaults left out, so that new fields do not change old hashes."""
    return procedure.model_copy(update={"version": 1}).model_dump_json(exclude_defaults=True)


def hash_of(content: str) -> str:
    """A digest of stored content."""
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


class ProcedureStore:
    """Reads and writes procedures. Reading composes the live layers of a code."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, code: str) -> Procedure:
        """The procedure as all its live layers tell it.

        Raises:
            UnknownProcedure: no live record under that code.

        """
        with self._database.session() as session:
            rows = session.scalars(_live().where(ProcedureVersion.code == code)).all()
        if not rows:
            raise UnknownProcedure(code)
        return compose(_procedure(row) for row in rows)

    def many(self, codes: Sequence[str]) -> dict[str, Procedure]:
        """The procedures under those codes; unknown codes are left out."""
        layers: dict[str, list[Procedure]] = defaultdict(list)
        with self._database.session() as session:
            for start in range(0, len(codes), _BATCH):
                rows = session.scalars(_live().where(ProcedureVersion.code.in_(codes[start : start + _BATCH])))
                for row in rows:
                    layers[row.code].append(_procedure(row))
        return {code: compose(found) for code, found in layers.items()}

    def iterate(self, codes: Sequence[str] | None = None) -> Iterator[Procedure]:
        """All procedures in order of code, a batch in memory at a time."""
        codes = sorted(self.hashes()) if codes is None else codes
        for start in range(0, len(codes), _BATCH):
            batch = self.many(codes[start : start + _BATCH])
            yield from (batch[code] for code in codes[start : start + _BATCH] if code in batch)

    def of_layer(self, layer: Layer, codes: Sequence[str]) -> Iterator[Procedure]:
        """The procedures under those codes as one layer tells them; those it does not hold are left out."""
        for start in range(0, len(codes), _BATCH):
            with self._database.session() as session:
                found = live_in(session, codes[start : start + _BATCH])
            yield from (found[code, layer] for code in codes[start : start + _BATCH] if (code, layer) in found)

    def hashes(self) -> dict[str, str]:
        """By code, a digest of everything its live layers say: what tells an index it is out of date."""
        with self._database.session() as session:
            rows = session.execute(
                select(ProcedureVersion.code, ProcedureVersion.layer, ProcedureVersion.content_hash)
                .where(ProcedureVersion.state == State.LIVE)
                .order_by(ProcedureVersion.code, ProcedureVersion.layer)
            ).all()
        joined: dict[str, str] = defaultdict(str)
        for code, layer, content_hash in rows:
            joined[code] += f"{layer}:{content_hash};"
        return {code: hash_of(text) for code, text in joined.items()}

    def foreign_codes(self) -> frozenset[str]:
        """Codes that only another province's own record tells: kept, and never an answer here."""
        with self._database.session() as session:
            rows = session.execute(
                select(ProcedureVersion.code, ProcedureVersion.jurisdiction).where(ProcedureVersion.state == State.LIVE)
            ).all()
        ours = {code for code, jurisdiction in rows if jurisdiction in ("national", "da-nang")}
        return frozenset(code for code, _ in rows if code not in ours)

    def listing(self, offset: int, limit: int) -> tuple[int, list[tuple[str, str]]]:
        """How many codes are live, and one page of (code, name) in order of code."""
        live = select(ProcedureVersion.code, func.min(ProcedureVersion.name)).where(
            ProcedureVersion.state == State.LIVE, ProcedureVersion.jurisdiction.in_(("national", "da-nang"))
        )
        grouped = live.group_by(ProcedureVersion.code).order_by(ProcedureVersion.code)
        with self._database.session() as session:
            total = session.scalar(select(func.count()).select_from(grouped.subquery())) or 0
            page = session.execute(grouped.offset(offset).limit(limit)).all()
        return total, [(code, name) for code, name in page]

    def write(self, procedures: Iterable[Procedure], *, source: str, problems: Sequence[Problem], read: int) -> Import:
        """Make each procedure the live version of its layer, all or none; unchanged ones are left untouched."""
        with self._database.writing() as session:
            record = new_import(source, read)
            write_into(session, record, procedures, problems)
        return record

    def replace_layer(self, layer: Layer, procedures: Sequence[Procedure], *, source: str) -> Import:
        """`write`, and archive what the layer no longer holds."""
        record = self.write(procedures, source=source, problems=(), read=len(procedures))
        kept = {procedure.code for procedure in procedures}
        with self._database.writing() as session:
            codes = session.scalars(
                _live().with_only_columns(ProcedureVersion.code).where(ProcedureVersion.layer == layer)
            )
            gone = [code for code in codes if code not in kept]
            condition = (
                ProcedureVersion.layer == layer,
                ProcedureVersion.code.in_(gone),
                ProcedureVersion.state == State.LIVE,
            )
            session.execute(update(ProcedureVersion).where(*condition).values(state=State.ARCHIVED))
        return record

    def vanished(self) -> dict[str, date]:
        """The codes that the portal's list no longer holds, and the day that was noticed. Their records are kept."""
        row = PortalRecord
        gone = (
            select(row.code, func.max(row.vanished_at))
            .where(row.code != "", row.jurisdiction.in_(("", "national", "da-nang")))
            .group_by(row.code)
            .having(func.count() == func.count(row.vanished_at))
        )
        with self._database.session() as session:
            return {code: date.fromisoformat(day) for code, day in session.execute(gone) if day}

    def problems(self, import_id: int) -> list[ImportProblem]:
        """What an import could not read."""
        with self._database.session() as session:
            return list(session.scalars(select(ImportProblem).where(ImportProblem.import_id == import_id)))

    def mark(self, name: str) -> str:
        """A remembered value, empty if there is none."""
        with self._database.session() as session:
            row = session.get(Mark, name)
            return row.value if row else ""

    def set_mark(self, name: str, value: str) -> None:
        """Remember a value."""
        with self._database.writing() as session:
            session.execute(delete(Mark).where(Mark.name == name))
            session.add(Mark(name=name, value=value))


def new_import(source: str, read: int = 0) -> Import:
    """The record of a run that begins now."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Import(source=source, started_at=now, read=read, added=0, changed=0, unchanged=0, set_aside=0)


def write_into(session: Session, record: Import, procedures: Iterable[Procedure], problems: Sequence[Problem]) -> None:
    """Make each procedure the live version of its layer, counted in `record`, as part of a larger transaction."""
    procedures = list(procedures)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    record.set_aside += sum(problem.kind.sets_record_aside for problem in problems)
    session.add(record)
    session.flush()
    few = [procedure.code for procedure in procedures] if len(procedures) <= _BATCH else None
    known = _known_versions(session, few)
    for procedure in procedures:
        _write_one(session, record, procedure, known.get((procedure.code, procedure.layer), _UNKNOWN), now)
    session.add_all(_problem_row(record.id, problem) for problem in problems)


def live_in(session: Session, codes: Sequence[str]) -> dict[tuple[str, str], Procedure]:
    """The live records under these codes, each by code and layer."""
    rows = session.scalars(_live().where(ProcedureVersion.code.in_(codes)))
    return {(row.code, row.layer): _procedure(row) for row in rows}


def _live() -> Select[ProcedureVersion]:
    return select(ProcedureVersion).where(ProcedureVersion.state == State.LIVE)


def _procedure(row: ProcedureVersion) -> Procedure:
    return Procedure.model_validate_json(row.content).model_copy(update={"version": row.version})


@dataclass(frozen=True, slots=True)
class _Known:
    """The newest version of a code and layer, and the live one if there is one."""

    version: int = 0
    live_id: int | None = None
    live_hash: str = ""


_UNKNOWN = _Known()


def _known_versions(session: Session, codes: Sequence[str] | None) -> dict[tuple[str, str], _Known]:
    """What is known of these codes; of all where none are named."""
    row = ProcedureVersion
    named = () if codes is None else (row.code.in_(codes),)
    known = {
        (code, layer): _Known(version)
        for code, layer, version in session.execute(
            select(row.code, row.layer, func.max(row.version)).where(*named).group_by(row.code, row.layer)
        )
    }
    live = session.execute(select(row.code, row.layer, row.id, row.content_hash).where(row.state == State.LIVE, *named))
    for code, layer, row_id, content_hash in live:
        known[code, layer] = replace(known[code, layer], live_id=row_id, live_hash=content_hash)
    return known


def _write_one(session: Session, record: Import, procedure: Procedure, known: _Known, now: str) -> None:
    content = content_of(procedure)
    content_hash = hash_of(content)
    if known.live_hash == content_hash:
        record.unchanged += 1
        return
    if known.live_id is not None:
        session.execute(
            update(ProcedureVersion).where(ProcedureVersion.id == known.live_id).values(state=State.ARCHIVED)
        )
        record.changed += 1
    else:
        record.added += 1
    session.add(
        ProcedureVersion(
            code=procedure.code,
            layer=procedure.layer,
            version=known.version + 1,
            state=State.LIVE,
            jurisdiction=procedure.jurisdiction,
            name=procedure.name,
            content=content,
            content_hash=content_hash,
            created_at=now,
        )
    )


def _problem_row(import_id: int, problem: Problem) -> ImportProblem:
    return ImportProblem(
        import_id=import_id,
        record=storable(problem.record)[:64],
        field=problem.field,
        kind=problem.kind,
        detail=storable(problem.detail),
    )


def storable(text: str) -> str:
    """The text without what a database refuses: NUL and halves of surrogate pairs, which damaged records hold."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
