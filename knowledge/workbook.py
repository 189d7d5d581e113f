"""The door to openpyxl: workbooks read and written row by row."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

_MOST_CHARACTERS = 32_767
"""What Excel keeps of one cell."""
_CUT = " […]"
_NO_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def opened(file: IO[bytes]) -> Any:
    """A workbook for reading, its formulas as their last values.

    Raises:
        ValueError, KeyError and what else openpyxl meets in a broken one: it checks little itself.

    """
    from openpyxl import load_workbook

    file.seek(0)
    try:
        with warnings.catch_warnings(action="ignore"):
            return load_workbook(file, read_only=True, data_only=True)
    except OSError as error:
        if error.errno is None:  # openpyxl's own, for a workbook without its parts
            raise ValueError(str(error)) from error
        raise


def written(path: Path, sheets: Iterable[tuple[str, Iterable[Sequence[str]]]]) -> None:
    """Write sheets of text; no cell is ever a formula.

    Raises:
        OSError: the file cannot be written.

    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    def cell_of(sheet: Any, text: str) -> Any:
        cell = WriteOnlyCell(sheet)
        cell.value = _cell(text)
        cell.data_type = "s"  # «=1+1» stays those four characters
        return cell

    book = Workbook(write_only=True)
    try:
        for name, rows in sheets:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append([cell_of(sheet, text) for text in row])
        book.save(path)
    finally:
        for sheet in book.worksheets:
            if not sheet.closed:  # its rows wait in a file of their own
                sheet.close()


def _cell(text: str) -> str:
    text = _NO_CELL.sub("", text)
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - len(_CUT)] + _CUT
