"""Tables: a row a line, or rows parted by semicolons, or a list in JSON; every cell by its column's reader."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.forms.definition import Column, FormField, Kind
from assistant.forms.kinds.said import line, quoted, refuse, tidied
from assistant.forms.values import Doubt, Read, Reader, Unreadable
from knowledge.procedure import Text

_MOST_ROWS = 60
BETWEEN = " | "
"""Between the cells of a row, as it is shown."""


@dataclass(frozen=True, slots=True)
class Table:
    """Reads a table with the readers of its columns."""

    readers: Mapping[Kind, Reader]

    def __call__(self, said: str, blank: FormField | Column, today: date) -> Read:
        """A list of {column: data}; cells that were left empty are not in it.

        Raises:
            Unreadable: a cell cannot be read, or a row does not fit; told which row and which column.

        """
        columns: Sequence[Column] = getattr(blank, "columns", ())
        try:
            return self._table(_rows(said, columns), columns, today)
        except Unreadable:
            # A semicolon may as well part the cells of a single row, where these have commas.
            row = [cell.strip() for cell in said.split(";")]
            if "\n" in said.strip() or not 1 < len(row) <= len(columns):
                raise
            cells = dict(zip((column.id for column in columns), row, strict=False))
            with suppress(Unreadable):
                return self._table([cells], columns, today)
            raise

    def _table(self, rows: Sequence[Mapping[str, str]], columns: Sequence[Column], today: date) -> Read:
        rows = [row for row in rows if any(cell.strip() for cell in row.values())]
        if len(rows) > _MOST_ROWS or not rows:
            raise refuse(
                "table_rows",
                f"Bảng này nhận từ 1 đến {_MOST_ROWS} dòng, tôi đếm được {len(rows)}. Anh/chị ghi lại giúp.",
                f"This table takes 1 to {_MOST_ROWS} rows; I count {len(rows)}. Please write it again.",
            )
        read = [self._row(number, row, columns, today) for number, row in enumerate(rows, start=1)]
        return Read(
            data=[{column: cell.data for column, cell in row.items()} for row in read],
            shown="\n".join(_shown(row, columns) for row in read),
            warnings=tuple(
                _placed(warning, number, _column(columns, column))
                for number, row in enumerate(read, start=1)
                for column, cell in row.items()
                for warning in cell.warnings
            ),
        )

    def _row(self, number: int, row: Mapping[str, str], columns: Sequence[Column], today: date) -> dict[str, Read]:
        return {
            column.id: self._cell(number, row[column.id], column, today)
            for column in columns
            if _is_given(number, row, column)
        }

    def _cell(self, number: int, said: str, column: Column, today: date) -> Read:
        reader = self.readers.get(column.kind)
        if reader is None:
            raise refuse("table_column", "Cột này tôi chưa đọc được.", "This column cannot be read.")
        try:
            return reader(said, column, today)
        except Unreadable as error:
            raise Unreadable(error.code, _where(error.message, number, column)) from error


def _rows(said: str, columns: Sequence[Column]) -> list[dict[str, str]]:
    """The cells as they were written, by column.

    Raises:
        Unreadable: a row has more cells than columns, or the JSON is no list of rows.

    """
    text = tidied(said.replace("\t", BETWEEN))
    if text.startswith(("[", "{")):
        return _from_json(text, columns)
    lines = [part.strip() for part in re.split(r"\n|;", text)]
    return [_cells(number, row, columns) for number, row in enumerate(filter(None, lines), start=1)]


def _cells(number: int, row: str, columns: Sequence[Column]) -> dict[str, str]:
    row = re.sub(r"^(?:[-*•]|\d{1,2}[.)]) +", "", row)
    cells = [cell.strip() for cell in row.split("|" if "|" in row else ",")]
    if len(cells) > len(columns):
        named = ", ".join(column.label.vi for column in columns)
        raise refuse(
            "table_cells",
            f"Dòng {number} có {len(cells)} ô, bảng có {len(columns)} cột: {named}. Trong ô có dấu phẩy thì anh/chị ngăn các ô bằng dấu |.",
            f"Row {number} has {len(cells)} cells, the table {len(columns)} columns. Where a cell has a comma, part the cells with |.",
        )
    return dict(zip((column.id for column in columns), cells, strict=False))


def _from_json(text: str, columns: Sequence[Column]) -> list[dict[str, str]]:
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_rows() from error
    told = [told] if isinstance(told, dict) else told
    if not isinstance(told, list) or not all(isinstance(row, dict) for row in told):
        raise _no_rows()
    known = {column.id for column in columns}
    strange = sorted({str(name) for row in told for name in row} - known)
    if strange:
        raise refuse(
            "table_column",
            f"Bảng không có cột {quoted(strange[0])}. Các cột là: {', '.join(sorted(known))}.",
            f"The table has no column {quoted(strange[0])}. The columns are: {', '.join(sorted(known))}.",
        )
    return [{name: _written(cell) for name, cell in row.items()} for row in told]


def _written(cell: Any) -> str:
    """A cell of JSON as somebody would write it.

    Raises:
        Unreadable: it is a list or an object.

    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, str | int | float):
        return str(cell)
    raise _no_rows()


def _no_rows() -> Unreadable:
    return refuse(
        "table_json",
        "Tôi chưa đọc được bảng này. Anh/chị ghi mỗi người một dòng, các ô cách nhau bằng dấu phẩy.",
        "I cannot read this table. Please write one row a line, the cells parted by commas.",
    )


def _is_given(number: int, row: Mapping[str, str], column: Column) -> bool:
    """Whether the cell holds something.

    Raises:
        Unreadable: it is empty, and must not be.

    """
    if row.get(column.id, "").strip():
        return True
    if column.required:
        raise refuse(
            "table_missing",
            f"Dòng {number} còn thiếu «{column.label.vi}». Anh/chị ghi thêm giúp.",
            f"Row {number} lacks “{column.label.en or column.label.vi}”. Please add it.",
        )
    return False


def _column(columns: Sequence[Column], name: str) -> Column:
    return next(column for column in columns if column.id == name)


def _where(message: Text, number: int, column: Column) -> Text:
    """The message with the place it is about."""
    return Text(
        vi=f"Dòng {number}, cột «{column.label.vi}»: {message.vi}",
        en=f"Row {number}, column “{column.label.en or column.label.vi}”: {message.en}",
    )


def _placed(warning: Doubt, number: int, column: Column) -> Doubt:
    return Doubt(code=warning.code, message=_where(warning.message, number, column))


def _shown(row: Mapping[str, Read], columns: Sequence[Column]) -> str:
    cells = [line(row[column.id].shown) if column.id in row else "" for column in columns]
    return BETWEEN.join(cells).rstrip(" |")
