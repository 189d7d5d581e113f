"""One database, made by migrations alone, shared by processes that start together; trouble is told with its remedy."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from assistant.assistant import prepare
from assistant.settings import Settings
from knowledge.database import Database, Table
from knowledge.errors import StorageError
from knowledge.shipped import shipped_facts
from knowledge.sources import written
from knowledge.store import ProcedureStore, ProcedureVersion

STARTING = """
import os, sys
import alembic.command, alembic.config
from knowledge.database import Database
from knowledge.shipped import load_shipped
from knowledge.store import ProcedureStore

go, start = os.pipe()
workers = []
for _ in range(4):
    worker = os.fork()
    if worker == 0:
        os.close(start)
        os.read(go, 1)
        database = Database(sys.argv[1])
        database.migrate()
        load_shipped(ProcedureStore(database))
        os._exit(0)
    workers.append(worker)
os.close(go)
os.close(start)
sys.exit(any(os.waitpid(worker, 0)[1] for worker in workers))
"""
"""Four workers that set off at the same moment: when the pipe they all wait on is closed."""


def test_the_migrations_make_the_tables_that_the_code_knows(database):
    with database.engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), Table.metadata)

    assert difference == []


def test_workers_that_start_together_prepare_the_database_once(tmp_path):
    """Each finds its tables, and every entry is live once."""
    url = f"sqlite:///{tmp_path / 'tro-ly.db'}"

    _start_together(url)

    assert _live_entries(url) == len(written.files()) + sum(1 for _ in shipped_facts())


@pytest.mark.postgres
def test_workers_that_start_together_prepare_a_served_database_once(postgres_url):
    _start_together(postgres_url)

    assert _live_entries(postgres_url) == len(written.files()) + sum(1 for _ in shipped_facts())


def _start_together(url):
    done = subprocess.run([sys.executable, "-c", STARTING, url], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def _live_entries(url):
    database = Database(url)
    with database.session() as session:
        count = session.scalar(
            select(func.count()).select_from(ProcedureVersion).where(ProcedureVersion.state == "live")
        )
    database.close()
    return count


def test_a_server_that_does_not_answer_is_told_without_its_password():
    database = Database("postgresql+psycopg://anna:bamboo@127.0.0.1:1/city")

    with pytest.raises(StorageError, match=r"^127\.0\.0\.1:1/city: .*To mend it: start the database") as told:
        database.migrate()

    assert "bamboo" not in str(told.value)


def test_a_database_that_cannot_be_written_is_told_with_its_remedy(tmp_path, made):
    Database(f"sqlite:///{tmp_path / 'tro-ly.db'}").migrate()
    store = ProcedureStore(Database(f"sqlite:///file:{tmp_path / 'tro-ly.db'}?mode=ro&uri=true"))

    with pytest.raises(StorageError, match=r"To mend it: make the folder writable, or set TROLY_HOME to one that is"):
        store.write([made()], source="thử", problems=(), read=1)


def test_a_folder_that_is_not_there_is_told_with_its_remedy(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'nowhere' / 'tro-ly.db'}")

    with pytest.raises(StorageError, match=r"To mend it: make the folder exist and writable"):
        database.migrate()


def test_a_home_that_is_a_file_is_told_with_its_remedy(tmp_path):
    (tmp_path / "home").write_text("a letter")

    with pytest.raises(StorageError, match="To mend it: set TROLY_HOME to a folder: a file stands in its place"):
        prepare(Settings.read({"TROLY_HOME": str(tmp_path / "home")}))


def test_a_file_that_is_no_database_is_told(tmp_path):
    (tmp_path / "tro-ly.db").write_text("this is a letter, not a database" * 100)

    with pytest.raises(StorageError, match="file is not a database"):
        Database(f"sqlite:///{tmp_path / 'tro-ly.db'}").migrate()
