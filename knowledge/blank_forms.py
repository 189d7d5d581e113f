"""The blank forms that the portal's records name: fetched only when somebody asks for them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import StorageError
from knowledge.procedure import Form, Layer, Procedure
from knowledge.sources.portal_sync import Portal, RecordUnreadable
from knowledge.store import ProcedureStore
from knowledge.text import clean

_UNSAFE = re.compile(r"[^\w.() -]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class BlanksReport:
    """What was saved, and what the portal did not give."""

    saved: int
    present: int
    missing: tuple[str, ...]


def fetch_blanks(
    portal: Portal, store: ProcedureStore, folder: Path, progress: Callable[[int, int], None] = lambda _, __: None
) -> BlanksReport:
    """Save the blank forms that the portal's records of Da Nang's procedures name, as CODE/ID-name; those there stay.

    Raises:
        SourceError: the portal gives no answer.
        StorageError: the folder cannot be written.

    """
    codes = sorted(store.hashes())
    wanted = [
        (form, _path_of(folder, procedure, form))
        for layer in (Layer.NATIONAL, Layer.CITY)
        for procedure in store.of_layer(layer, codes)
        if procedure.applies_in_da_nang
        for form in procedure.forms
        if form.file_id
    ]
    saved = present = 0
    missing: list[str] = []
    for number, (form, path) in enumerate(wanted, start=1):
        try:
            if path.exists():
                present += 1
            else:
                _save(path, portal.blank(form.file_id))
                saved += 1
        except RecordUnreadable as error:
            missing.append(f"{path.parent.name}: {form.file_name or form.name.vi}: {error}")
        except OSError as error:
            raise StorageError.of(error, str(folder)) from error
        progress(number, len(wanted))
    return BlanksReport(saved, present, tuple(missing))


def _path_of(folder: Path, procedure: Procedure, form: Form) -> Path:
    """A name that cannot lead out of the folder, whatever the portal calls the file."""
    name = f"{form.file_id}-{form.file_name or form.name.vi}"
    safe = Path(_UNSAFE.sub("_", clean(name)).strip(". "))
    return folder / procedure.code / f"{safe.stem[:_LONGEST_NAME].strip()}{safe.suffix[:8]}"


def _save(path: Path, content: bytes) -> None:
    """All of the file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{os.getpid()}.part")
    aside.write_bytes(content)
    aside.replace(path)
