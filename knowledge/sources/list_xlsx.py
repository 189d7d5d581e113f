"""Lists of procedures as Excel workbooks (reference: portal-formats §6): a code, a name and who is in charge, no more."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from knowledge import workbook
from knowledge.errors import KnowledgeError
from knowledge.procedure import Agency, OnlineLevel, Procedure, Source, Text
from knowledge.sources.formats import refused
from knowledge.sources.limits import Budget
from knowledge.sources.official import (
    CITY,
    CITY_HOME,
    CITY_UNIT,
    PORTAL_HOME,
    PORTAL_NAME,
    UNKNOWN,
    each_once,
    is_test,
    jurisdiction_of,
    layer_of,
    online_level,
    title,
    typed_code,
)
from knowledge.sources.reading import Notes, Problem, ProblemKind, Record
from knowledge.text import clean, fold, one_line

_LABELS = {
    "code": ("ma so", "ma tthc", "ma thu tuc", "ma thu tuc hanh chinh", "ma so tthc", "ma so thu tuc", "ma ho so tthc"),
    "name": ("ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh", "thu tuc hanh chinh", "ten thu tuc (tthc)"),
    "promulgator": ("co quan ban hanh", "co quan cong bo", "don vi ban hanh"),
    "agency": ("co quan thuc hien", "co quan giai quyet", "don vi thuc hien"),
    "field": ("linh vuc", "linh vuc tthc"),
    "online": ("muc do dvc", "muc do", "muc do dich vu cong", "dich vu cong truc tuyen"),
    "decision": ("quyet dinh", "so quyet dinh", "quyet dinh cong bo"),
}
_DEEPEST_HEADER = 60
"""Title rows before it; a table that starts later is no list."""

_PUBLISHER = re.compile(r"(?i)^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+(?:tỉnh|thành phố|tp\.?)\s+\S.{1,40}$")
_SIX_DECIMALS = re.compile(r"0\.0{6}")


@dataclass(slots=True)
class _Sheet:
    """Where things stand in one sheet, and what was read of it."""

    columns: dict[str, int]
    """By field, the column that holds it."""
    publisher: str
    """The jurisdiction that the rows above the table name, empty without one."""
    day: date
    place: str
    """How rows are named in reports, before their number."""
    seen: dict[str, str] = field(default_factory=dict)


def read_file(path: Path, as_of: date | None, today: date, budget: Budget) -> Iterator[Record]:
    """Read every sheet that has a table of procedures, one thin `Record` a row.

    Raises:
        SourceError: it is no workbook, damaged, too large, or no sheet has the labels of a list.
        OSError: it cannot be opened.

    """
    file = io.BytesIO(path.read_bytes())
    try:
        yield from _read_book(_opened(file, budget), path, as_of, today, budget)
    except KnowledgeError:
        raise
    except Exception as error:  # openpyxl checks little, and raises whatever it trips over
        why = (str(error) or type(error).__name__).splitlines()[0]
        what = f"it is a damaged workbook ({why})"
        raise refused(path.name, what, "Open it, save it anew, import that.") from error


def _opened(file: IO[bytes], budget: Budget) -> Any:
    with zipfile.ZipFile(file) as archive:
        budget.check_zip(archive, file.seek(0, 2))
    return workbook.opened(file)


def _read_book(book: Any, path: Path, as_of: date | None, today: date, budget: Budget) -> Iterator[Record]:
    made = book.properties.modified or book.properties.created
    day = as_of or min(made.date() if made else today, today)
    seen: dict[str, str] = {}
    tables = 0
    for sheet in book.worksheets:
        rows = _filled_rows(sheet, budget)
        table = _header(rows, day, f"{sheet.title} row" if len(book.worksheets) > 1 else "row")
        if table is None:
            continue
        tables += 1
        table.seen = seen
        for number, cells in rows:
            record = _read_row(cells, number, table)
            if record is not None:
                yield record
    if not tables:
        raise refused(
            path.name, "no row of it has the labels «Mã số» and «Tên»", "Give the list as the portal exports it."
        )


def _filled_rows(sheet: Any, budget: Budget) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows that hold anything, numbered; a sheet may claim a million empty ones."""
    sheet.reset_dimensions()  # exporters write wrong ones, and rows beyond them would be lost
    filled = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        budget.tick()
        if any(cell.value is not None for cell in cells):
            filled += 1
            budget.row(filled)
            yield number, cells


def _header(rows: Iterator[tuple[int, Sequence[Any]]], day: date, place: str) -> _Sheet | None:
    """The table's labels, wherever they stand; the rows before them may name the publisher."""
    publisher = ""
    for number, cells in rows:
        columns = _columns(cells)
        if {"code", "name"} <= columns.keys():
            return _Sheet(columns, publisher, day, place)
        publisher = publisher or _publisher(cells)
        if number > _DEEPEST_HEADER:
            return None
    return None


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        label = fold(one_line(str(cell.value or ""))).strip(" .:*")
        known = next((name for name, labels in _LABELS.items() if label in labels), None)
        if known:
            columns.setdefault(known, place)
    return columns


def _publisher(cells: Sequence[Any]) -> str:
    for cell in cells:
        for line in clean(str(cell.value or "")).splitlines():
            if _PUBLISHER.match(line):
                return jurisdiction_of(line.title() if line.isupper() else line)
    return ""


def _read_row(cells: Sequence[Any], number: int, sheet: _Sheet) -> Record | None:
    """One row as a thin procedure; None for a row that is none, such as a signature below the table."""
    written, name = _code_text(cells, sheet), _text(cells, sheet, "name")
    label = f"{sheet.place} {number}"
    if not written and not name:
        return None
    if is_test(name, written):
        return Record(None, (Problem(label, "name", ProblemKind.ROW_IS_A_TEST, f"{written} {one_line(name)}".strip()),))
    found = typed_code(written)
    if found is None:
        return Record(
            None, (Problem(label, "code", ProblemKind.CODE_UNREADABLE, f"{written} {one_line(name)}".strip()),)
        )
    code, unit = found
    if code in sheet.seen:
        return Record(None, (Problem(code, "code", ProblemKind.CODE_TWICE, f"{label}, first {sheet.seen[code]}"),))
    sheet.seen[code] = label
    notes = Notes(code)
    try:
        procedure = _procedure(cells, code, unit, name, notes, sheet)
    except ValidationError as error:
        notes.add("record", ProblemKind.RECORD_UNREADABLE, f"{label}: {error}")
        return Record(None, tuple(notes.problems))
    return Record(procedure, tuple(notes.problems))


def _procedure(cells: Sequence[Any], code: str, unit: str, name: str, notes: Notes, sheet: _Sheet) -> Procedure:
    promulgator = one_line(_text(cells, sheet, "promulgator"))
    jurisdiction = _jurisdiction(promulgator, sheet.publisher, unit)
    if jurisdiction == UNKNOWN:
        notes.add("jurisdiction", ProblemKind.JURISDICTION_UNKNOWN, "neither the row nor the heading names a publisher")
    agency = "; ".join(each_once(re.split(r"[\n;]", _text(cells, sheet, "agency"))))
    if "agency" in sheet.columns and not agency:
        notes.add("agency", ProblemKind.AGENCY_MISSING)
    return Procedure(
        code=code,
        local_unit=unit,
        name=title(name, notes),
        field=one_line(_text(cells, sheet, "field")),
        agency=Agency(receives=Text(vi=agency) if agency else None),
        online=online_level(_text(cells, sheet, "online")) if "online" in sheet.columns else OnlineLevel.UNKNOWN,
        decision=one_line(_text(cells, sheet, "decision")),
        sources=(_source(jurisdiction, sheet.day),),
        jurisdiction=jurisdiction,
        layer=layer_of(jurisdiction),
    )


def _jurisdiction(promulgator: str, publisher: str, unit: str) -> str:
    """Who published it: the row says it, else the heading, else the suffix of the code; nobody guesses."""
    if promulgator:
        return jurisdiction_of(promulgator)
    return publisher or (CITY if unit == CITY_UNIT else unit) or UNKNOWN


def _source(jurisdiction: str, day: date) -> Source:
    url = CITY_HOME if jurisdiction == CITY else PORTAL_HOME
    return Source(name=f"{PORTAL_NAME}: danh sách thủ tục hành chính", url=url, as_of=day)


def _text(cells: Sequence[Any], sheet: _Sheet, name: str) -> str:
    place = sheet.columns.get(name, len(cells))
    value = cells[place].value if place < len(cells) else None
    return "" if value is None else str(value)


def _code_text(cells: Sequence[Any], sheet: _Sheet) -> str:
    """The code as written. A number is a code only with six decimals: Excel drops the zeros at the end of 1.001190."""
    place = sheet.columns["code"]
    cell = cells[place] if place < len(cells) else None
    value = cell.value if cell is not None else None
    if isinstance(value, float | int) and not isinstance(value, bool):
        six = f"{value:.6f}"
        shown = bool(_SIX_DECIMALS.fullmatch(str(getattr(cell, "number_format", ""))))
        return six if shown or not six.endswith("0") else f"{value} (a number: zeros may be lost at its end)"
    return one_line(str(value or "")).lstrip("'")
