"""The catalogues that can be asked, each in a home of its own that is made once and then kept up to date."""

from __future__ import annotations

import hashlib
import shutil
from enum import StrEnum
from pathlib import Path

from assistant import assistant as building
from assistant.assistant import Assistant
from assistant.settings import Settings
from evals.retrieval.errors import EvaluationError
from knowledge.errors import StorageError
from knowledge.importing import import_portal_file
from knowledge.index_build import Progress, Report

PORTAL_FILE = Path(__file__).parents[2].parent / "shared" / "data" / "catalogue" / "dvcqg-2026-07-18.jsonl.gz"
"""The portal's records, where a copy lies beside the repository."""

_IMPORTED = "imported"
"""The file of a home that names what was imported; written last, so that a half-made home is made again."""


class CatalogueName(StrEnum):
    """Which catalogue is asked."""

    SHIPPED = "shipped"
    """What this release brings along."""
    PORTAL = "portal"
    """The same with the national portal's records imported."""
    HOME = "home"
    """The catalogue of TROLY_HOME as it is."""


def open_assistant(
    name: CatalogueName, settings: Settings, portal: Path = PORTAL_FILE, report: Report = lambda _: None
) -> Assistant:
    """The assistant over one of the catalogues, made or brought up to date where need be.

    Raises:
        EvaluationError: the portal's records are not there.
        StorageError: the home cannot be written.

    """
    if name is CatalogueName.HOME:
        return building.build(settings, report)
    kept = settings_of(settings, name)
    if name is CatalogueName.PORTAL:
        _import_portal(portal, kept, report)
    return building.build(kept, report)


def settings_of(settings: Settings, name: str) -> Settings:
    """The settings of a home that an evaluation keeps under TROLY_HOME: its own database and index, the same embedder."""
    return Settings.read({"TROLY_HOME": str(folder_of(settings, name)), "TROLY_EMBEDDER": settings.embedder})


def folder_of(settings: Settings, name: str) -> Path:
    """The folder under TROLY_HOME in which an evaluation keeps what it made.

    Raises:
        StorageError: it cannot be made.

    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        folder = settings.home / "evals" / name
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.of(error, str(settings.home)) from error
    return folder


def _import_portal(portal: Path, settings: Settings, report: Report) -> None:
    """Import the portal's records unless this home was made from them."""
    mark = settings.home / _IMPORTED
    digest = _digest(portal)
    if mark.exists() and mark.read_text(encoding="utf-8") == digest:
        return
    shutil.rmtree(settings.home)
    database, store = building.prepare(settings)
    today = building.now().date()
    import_portal_file(portal, store, today=today, progress=lambda done: report(Progress("Importing", done, 0)))
    database.close()
    mark.write_text(digest, encoding="utf-8")


def _digest(portal: Path) -> str:
    try:
        return hashlib.blake2b(portal.read_bytes(), digest_size=16).hexdigest()
    except OSError as error:
        raise EvaluationError(
            f"Không đọc được dữ liệu của Cổng Dịch vụ công tại {portal}: chỉ tệp bằng --portal, hoặc chọn "
            f"--catalogue shipped. / The portal's records are not at {portal} ({error.strerror}): "
            "name the file with --portal, or take --catalogue shipped."
        ) from error
