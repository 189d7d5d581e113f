"""Our own files: a written entry as YAML, and exported procedures as JSON."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from knowledge.procedure import Layer, Procedure
from knowledge.sources import written
from knowledge.sources.formats import Format, refused, text_of
from knowledge.sources.limits import Budget
from knowledge.sources.reading import Problem, ProblemKind, Record

_SHIPPED = (Layer.WRITTEN, Layer.FACTS)
"""These layers belong to a release: what somebody brings in beside it is a staff edit."""


def read_file(path: Path, form: Format, budget: Budget) -> Iterator[Record]:
    """Read an entry, or exported procedures: one as JSON, a list, or one a line, gzipped or not.

    Raises:
        SourceError: it is damaged.
        CatalogueError: the entry has mistakes.
        OSError: it cannot be opened.

    """
    if form is Format.OWN_ENTRY:
        yield Record(_kept(written.load_file(path)))
        return
    for number, content in enumerate(_contents(path, budget), start=1):
        budget.row(number)
        yield _read(content, number)


def _contents(path: Path, budget: Budget) -> Iterator[str]:
    """Each procedure as JSON text."""
    text = _text(path, budget)
    if "\n" in text.strip() and _is_json(text.strip().split("\n", 1)[0]):
        yield from (line for line in text.split("\n") if line.strip())
        return
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refused(path.name, f"it is damaged JSON ({error})", "Export it again.") from error
    if isinstance(whole, dict) and isinstance(whole.get("procedures"), list):
        whole = whole["procedures"]  # our own export, with its terms around it
    yield from (json.dumps(entry) for entry in (whole if isinstance(whole, list) else [whole]))


def _text(path: Path, budget: Budget) -> str:
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            content = bytearray()
            while chunk := file.read(budget.limits.line):
                budget.unpack(len(chunk))
                content += chunk
        return text_of(bytes(content))
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise refused(path.name, f"it is damaged ({error})", "Export it again.") from error


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _read(content: str, number: int) -> Record:
    try:
        return Record(_kept(Procedure.model_validate_json(content)))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
        return Record(None, (Problem(f"record {number}", "record", ProblemKind.RECORD_UNREADABLE, faults),))


def _kept(procedure: Procedure) -> Procedure:
    return procedure.model_copy(update={"layer": Layer.STAFF}) if procedure.layer in _SHIPPED else procedure
