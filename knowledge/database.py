"""The one database: SQLite under `TROLY_HOME`, or PostgreSQL. Its tables are made by Alembic alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from knowledge.errors import StorageError

_LOCK = text("SELECT pg_advisory_xact_lock(1022)")

MIGRATIONS = Path(__file__).parent / "migrations"


class Table(DeclarativeBase):
    """The base of every stored table, here and in the assistant."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Database:
    """An engine whose schema is up to date."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self.engine = _engine(url)
        except (ArgumentError, ImportError, ValueError) as error:
            raise StorageError(
                "TROLY_DATABASE_URL names no database: give postgresql://user:password@host/name, or leave it out for SQLite."
            ) from error

    def migrate(self) -> None:
        """Bring the schema to the newest revision; quick when it is there already.

        Raises:
            StorageError: the database cannot be reached or written.

        """
        try:
            if self.revision() != newest_revision():
                _upgrade(self.engine)
        except (DBAPIError, OSError) as error:
            raise StorageError.of(error, self.url) from error

    def revision(self) -> str | None:
        """The revision the schema is at, None for an empty database."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back and raises `StorageError`."""
        with Session(self.engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except SQLAlchemyError as error:
                session.rollback()
                raise StorageError.of(error, self.url) from error

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection that commits at the end, or rolls back and raises `StorageError`; for statements without objects."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StorageError.of(error, self.url) from error

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that waits until no other writes so: of two workers that start at once, the second finds the work done.

        SQLite lets one write at a time anyway.
        """
        with self.session() as session:
            if self.engine.dialect.name == "postgresql":
                session.execute(_LOCK)
            yield session

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def newest_revision() -> str:
    """The revision this code expects: the last file of the one line of migrations."""
    return max(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _engine(url: str) -> Engine:
    # Parameters hold what citizens wrote; an error in the log must not repeat it.
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, hide_parameters=True)
    engine = create_engine(url, connect_args={"timeout": 10}, hide_parameters=True)
    event.listen(engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: Any, _: Any) -> None:
    """Readers beside a writer, and a commit that survives a crash of the process."""
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "busy_timeout = 10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    # Two workers that start at once must not both create the tables.
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(_LOCK)
        elif engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
