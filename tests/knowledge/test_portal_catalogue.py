"""What the importer makes of the 5,665 real records, checked against the records themselves."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from knowledge import embedder
from knowledge.database import Database
from knowledge.index import open_index
from knowledge.procedure import FeeStatus, Procedure
from knowledge.store import Import, ProcedureStore, ProcedureVersion
from knowledge.text import fold

SAYS_FREE = re.compile(r"mien (?:phi|le phi|thu)|khong (?:thu|mat|phai nop)")


@pytest.fixture(scope="module")
def raw_records(portal_file: Path) -> list[dict[str, Any]]:
    """The records as the file holds them, read without our reader."""
    with gzip.open(portal_file, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["detail"] for line in lines]


@pytest.fixture(scope="module")
def portal_database(portal_home: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{portal_home / 'tro-ly.db'}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def imported(portal_database: Database) -> dict[str, Procedure]:
    """Every imported version by code, as stored: without the written entries."""
    live = select(ProcedureVersion).where(
        ProcedureVersion.layer.in_(("national", "city")), ProcedureVersion.state == "live"
    )
    with portal_database.session() as session:
        rows = session.scalars(live).all()
    return {row.code: Procedure.model_validate_json(row.content) for row in rows}


def _code(raw: dict[str, Any]) -> str:
    """The code of a raw record, empty where it is none."""
    match = re.fullmatch(r"\s*(\d\.\d{6})(?:\.[\d.H]+)?\s*", raw["code"])
    return match.group(1) if match else ""


def test_every_line_is_stored_or_set_aside_with_its_reason(portal_database, imported, raw_records):
    store = ProcedureStore(portal_database)
    with portal_database.session() as session:
        report = session.scalars(select(Import).where(Import.source.like("%.jsonl.gz"))).one()

    aside = [p for p in store.problems(report.id) if p.kind in ("code_unreadable", "code_twice")]

    assert (report.read, report.added, report.set_aside) == (len(raw_records), len(imported), len(aside))
    assert len(imported) + len(aside) == len(raw_records) == 5665
    assert all(problem.record and problem.detail for problem in aside)


def test_every_code_that_can_be_read_is_stored(imported, raw_records):
    assert set(imported) == {code for raw in raw_records if (code := _code(raw))}


def test_no_record_is_free_unless_its_own_words_say_so(imported):
    free = [
        (procedure.code, fee.note.vi if fee.note else "")
        for procedure in imported.values()
        for method in procedure.methods
        for fee in method.fees
        if fee.status is FeeStatus.FREE
    ]

    assert [(code, words) for code, words in free if not SAYS_FREE.search(fold(words))] == []
    assert len(free) == 17


def test_a_bare_zero_is_never_told_as_a_fee(imported, raw_records):
    bare = {
        _code(raw)
        for raw in raw_records
        for method in raw["executionMethods"] or []
        for fee in method["fees"] or []
        if fee["value"] == 0 and not (fee.get("description") or "").strip()
    }
    stated = {
        procedure.code
        for procedure in imported.values()
        if any(fee.status is FeeStatus.STATED_ZERO for method in procedure.methods for fee in method.fees)
    }

    assert len(bare) > 900
    assert bare - {""} <= stated


def test_every_exact_amount_stands_in_its_record(imported, raw_records):
    """As the value of the field, as thousands of it, or as a figure in the words."""
    strange = []
    for raw in raw_records:
        procedure = imported.get(_code(raw))
        told = [fee for method in raw["executionMethods"] or [] for fee in method["fees"] or []]
        values = {fee["value"] for fee in told} | {(fee["value"] or 0) * 1000 for fee in told}
        words = {re.sub(r"[.,]", "", figure) for fee in told for figure in re.findall(r"[\d.,]+", str(fee))}
        strange += [
            (procedure.code, fee.amount)
            for method in (procedure.methods if procedure else ())
            for fee in method.fees
            if fee.status is FeeStatus.EXACT and fee.amount not in values and f"{fee.amount:.0f}" not in words
        ]

    assert strange == []


def test_other_provinces_records_are_kept_and_never_in_the_index(portal_home, portal_database, imported, raw_records):
    def elsewhere(raw: dict[str, Any]) -> bool:
        promulgator = fold(raw["departmentPromulgateName"])
        return ("tinh " in promulgator or "thanh pho" in promulgator) and "da nang" not in promulgator

    foreign = {_code(raw) for raw in raw_records if elsewhere(raw)} - {""}
    indexed = set(open_index(portal_home, embedder.build("static")).codes)
    stored = set(ProcedureStore(portal_database).hashes())

    assert len(foreign) > 700
    assert foreign <= stored
    assert indexed == stored - foreign


def test_the_citys_own_records_are_in_the_index(portal_home, imported):
    city = {code for code, procedure in imported.items() if procedure.jurisdiction == "da-nang"}
    indexed = set(open_index(portal_home, embedder.build("static")).codes)

    assert len(city) == 73
    assert city <= indexed
