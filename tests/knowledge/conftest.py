"""Made-up procedures and portal records, and the stores they go into. No figure here is of any real procedure."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from knowledge.database import Database
from knowledge.procedure import Layer, Procedure, Source
from knowledge.sources.portal_http import Manners, PortalHttp, Timing
from knowledge.sources.portal_sync import Portal
from knowledge.store import ProcedureStore
from knowledge.syncing import SyncReport, sync
from tests.knowledge.office_files import detail, drawn, new_list, new_pdf, portal_details  # noqa: F401
from tests.knowledge.portal_server import PortalServer, records

Made = Callable[..., Any]

SYNC_DAY = datetime(2026, 11, 22, 9, tzinfo=UTC)
"""When every sync happens, unless a test says otherwise."""


@pytest.fixture(scope="session")
def made() -> Made:
    """Makes a procedure: `made("1.000001", "Cấp thẻ tre")`."""

    def make(code: str = "1.000001", name: str = "Cấp thẻ tre", **fields: Any) -> Procedure:
        source = Source(name="Cổng thử", url="https://example.vn/the-tre", as_of=date(2026, 7, 18))
        return Procedure(**{"code": code, "name": name, "sources": (source,), "layer": Layer.WRITTEN, **fields})

    return make


@pytest.fixture(scope="session")
def portal_record() -> Made:
    """Makes the detail of a portal record as short as one can be; give what the test is about."""

    def make(code: str = "1.000001", **fields: Any) -> dict[str, Any]:
        plain = {"id": "the-tre", "code": code, "name": "Cấp thẻ tre", "departmentPromulgateName": "Bộ Tre trúc"}
        return {**plain, **fields}

    return make


@pytest.fixture
def portal_lines(tmp_path: Path) -> Made:
    """Writes a file of JSON lines: records, or strings and bytes as they are; gzipped if its name says so."""

    def write(*lines: Any, name: str = "the-tre.jsonl") -> Path:
        packed = b"".join(_line(line) + b"\n" for line in lines)
        path = tmp_path / name
        path.write_bytes(gzip.compress(packed, mtime=0) if name.endswith(".gz") else packed)
        return path

    return write


def _line(line: Any) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps({"detail": line}, ensure_ascii=False)).encode()


@pytest.fixture
def any_store(database: Database) -> ProcedureStore:
    """An empty store in each kind of database."""
    return ProcedureStore(database)


@pytest.fixture
def new_store(tmp_path: Path) -> Iterator[Callable[..., ProcedureStore]]:
    """Makes a SQLite store in a home, with these procedures in it."""
    opened = []

    def make(*procedures: Procedure, home: Path = tmp_path) -> ProcedureStore:
        home.mkdir(parents=True, exist_ok=True)
        database = Database(f"sqlite:///{home / 'tro-ly.db'}")
        database.migrate()
        opened.append(database)
        store = ProcedureStore(database)
        if procedures:
            store.write(procedures, source="made up", problems=(), read=len(procedures))
        return store

    yield make
    for database in opened:
        database.close()


Sync = Callable[..., SyncReport]


@pytest.fixture
def portal_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PortalServer]:
    """A portal of five made-up records, two a page, to be told how to misbehave."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = PortalServer(records(5), page_size=2)
    yield server
    server.close()


@pytest.fixture
def sync_once(portal_server: PortalServer, database: Database) -> Sync:
    """Syncs with a portal of its own each time, as a new process would; nobody sleeps."""

    def sync_it(at: datetime = SYNC_DAY, over: Database = database, **options: Any) -> SyncReport:
        now = [0.0]
        timing = Timing(lambda: now[0], lambda seconds: now.__setitem__(0, now[0] + seconds), lambda: 0.5, lambda: at)
        http = PortalHttp(portal_server.url, Manners(attempts=2), timing)
        try:
            return sync(Portal(http), over, at=at, **options)
        finally:
            http.close()

    return sync_it
