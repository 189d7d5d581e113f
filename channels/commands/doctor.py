"""`tro-ly doctor`: is everything there that an answer needs?"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import typer

from assistant.errors import AssistantError
from assistant.settings import Settings
from channels.commands.screen import out
from knowledge import embedder, reranker
from knowledge.database import Database, newest_revision
from knowledge.embedder import Embedder
from knowledge.errors import KnowledgeError, StorageError
from knowledge.index import current, open_index
from knowledge.speech import understand

_LEAST_FREE = 500 * 2**20
"""bytes: an index of all records and its successor need about half of it."""


def doctor() -> None:
    """Look at settings, folder, database, embedder and index; say what is wrong and how to mend it."""
    try:
        settings = Settings.read()
    except AssistantError as error:
        out.print(f"settings   {error}", markup=False)
        raise typer.Exit(1) from error
    checks: dict[str, Callable[[Settings], str]] = {
        "python": _python,
        "folder": _folder,
        "database": _database,
        "embedder": _embedder,
        "index": _index,
    }
    if settings.reranker:
        checks["reranker"] = _reranker
    if settings.redis_url:
        checks["redis"] = _redis
    failed = False
    for name, look in checks.items():
        try:
            out.print(f"ok       {name:<10}{look(settings)}", markup=False)
        except (KnowledgeError, OSError) as error:
            failed = True
            out.print(f"PROBLEM  {name:<10}{error}", markup=False)
    if failed:
        raise typer.Exit(1)


def _python(_: Settings) -> str:
    return sys.version.split()[0]


def _folder(settings: Settings) -> str:
    probe = settings.home / ".probe"
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise StorageError.of(error, str(settings.home)) from error
    free = shutil.disk_usage(settings.home).free
    if free < _LEAST_FREE:
        raise KnowledgeError(f"{settings.home}: only {free // 2**20} MiB free. Free some disk space.")
    return f"{settings.home}, {free // 2**30} GiB free"


def _database(settings: Settings) -> str:
    database = Database(settings.database_url)
    database.migrate()
    return f"{database.engine.dialect.name}, revision {database.revision()} of {newest_revision()}"


def _embedder(settings: Settings) -> str:
    """A server elsewhere is asked for a vector: that it is named says nothing."""
    model = _model(settings)
    return f"{model.identity}, {model.question(understand('khai sinh')).shape[1]} dimensions"


def _model(settings: Settings) -> Embedder:
    return embedder.build(settings.embedder, settings.embedder_url, settings.embedder_key)


def _reranker(settings: Settings) -> str:
    model = reranker.build(settings.reranker, settings.reranker_url, settings.reranker_key)
    if model is not None:
        model.scores("khai sinh", ["Đăng ký khai sinh"])
    return settings.reranker


def _redis(settings: Settings) -> str:
    from channels.counting_in_redis import version

    return f"version {version(settings.redis_url)}"


def _index(settings: Settings) -> str:
    if current(settings.home) is None:
        return "none yet; it is built when the assistant starts"
    index = open_index(settings.home, _model(settings), settings.chroma_url)
    return f"build {index.build}, {len(index.codes)} procedures, {index.vectors.count()} vectors"
