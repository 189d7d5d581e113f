"""What tests of every part share: homes, the shipped assistant, the 5,665 records, a database of one's own."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from assistant.assistant import Assistant, build, prepare, refresh_index
from assistant.forms.sealing import new_key
from assistant.settings import Settings
from knowledge.database import Database
from knowledge.importing import import_portal_file

REPOSITORY = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)
"""The day on which every test happens."""

_POSTGRES = os.environ.get("TROLY_TEST_POSTGRES") or "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"

NewSettings = Callable[..., Settings]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of reference data beside the repository; never part of the project."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the reference data is not here: ../shared/data")
    return folder


@pytest.fixture(scope="session")
def portal_file(shared_data: Path) -> Path:
    """The 5,665 real records of the national portal."""
    path = shared_data / "catalogue" / "dvcqg-2026-07-18.jsonl.gz"
    if not path.exists():
        pytest.skip(f"the portal's records are not here: {path.name}")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> NewSettings:
    """Makes settings over a fresh home: `settings()`, `settings(TROLY_PORT="81")`."""

    def new(**environment: str) -> Settings:
        return Settings.read({"TROLY_HOME": str(tmp_path / "home"), **environment})

    return new


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of `shipped`: read it, copy it, never write to it."""
    return tmp_path_factory.mktemp("shipped")


@pytest.fixture(scope="session")
def shipped(shipped_home: Path) -> Assistant:
    """The assistant as it is on a fresh machine, the shipped catalogue only, with a key to keep citizens' details under."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TROLY_DATA_KEY", new_key())
        return build(Settings.read({"TROLY_HOME": str(shipped_home)}))


@pytest.fixture
def copied_home(shipped: Assistant, shipped_home: Path, tmp_path: Path) -> Path:
    """A copy of the shipped home that a test may write to, or break."""
    home = tmp_path / "home"
    shutil.copytree(shipped_home, home)
    return home


@pytest.fixture(scope="session")
def portal_home(portal_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the 5,665 records imported and indexed: read it, never write to it."""
    home = tmp_path_factory.mktemp("portal")
    settings = Settings.read({"TROLY_HOME": str(home)})
    database, store = prepare(settings)
    import_portal_file(portal_file, store, today=TODAY)
    refresh_index(settings, store)
    database.close()
    return home


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The URL of an empty PostgreSQL database of this test's own."""
    name = f"tro_ly_test_{uuid.uuid4().hex}"
    server = create_engine(_POSTGRES, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    except OperationalError as error:
        server.dispose()
        pytest.skip(f"no PostgreSQL server answers (set TROLY_TEST_POSTGRES): {str(error.orig).splitlines()[0]}")
    yield server.url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each kind that is supported, its tables made."""
    sqlite = f"sqlite:///{tmp_path / 'tro-ly.db'}"
    database = Database(sqlite if request.param == "sqlite" else request.getfixturevalue("postgres_url"))
    database.migrate()
    yield database
    database.close()
