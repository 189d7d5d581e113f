"""Any file that can be imported, as records: the one place that knows every reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge.sources import city_html, detail_pdf, list_xlsx, own, portal_json
from knowledge.sources.formats import Format, detect
from knowledge.sources.limits import Budget
from knowledge.sources.reading import Record

FULL = frozenset((Format.PORTAL_LINES, Format.OWN_ENTRY, Format.OWN_EXPORT))
"""Formats whose records tell everything their publisher says: a newer one takes the older one's place."""


def read_file(path: Path, as_of: date | None, today: date, budget: Budget) -> tuple[Format, Iterator[Record]]:
    """The format of a file, and its records, read as they are asked for.

    Raises:
        SourceError: it is nothing that can be imported; also while it is read.
        OSError: it cannot be opened.

    """
    found = detect(path, budget)
    day = as_of or day_in_name(path)
    return found, _records(found, path, day, today, budget)


def _records(found: Format, path: Path, day: date | None, today: date, budget: Budget) -> Iterator[Record]:
    match found:
        case Format.PORTAL_LINES:
            yield from portal_json.read_file(path, day or today, today, budget)
        case Format.LIST_XLSX:
            yield from list_xlsx.read_file(path, day, today, budget)
        case Format.DETAIL_PDF:
            yield from detail_pdf.read_file(path, day, today, budget)
        case Format.CITY_HTML:
            yield from city_html.read_file(path, day, today, budget)
        case Format.OWN_ENTRY | Format.OWN_EXPORT:
            yield from own.read_file(path, found, budget)


def day_in_name(path: Path) -> date | None:
    """The snapshot day that a file name carries, as in dvcqg-2026-07-18.jsonl.gz."""
    stem = path.name.split(".")[0]
    try:
        return date.fromisoformat(stem[-10:])
    except ValueError:
        return None
