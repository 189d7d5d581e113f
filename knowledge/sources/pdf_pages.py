"""The door to pdfplumber: a PDF as headings, text and table rows, in reading order, with wrapped lines put together."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError, SourceError
from knowledge.sources.formats import refused
from knowledge.sources.limits import Budget
from knowledge.text import clean

_HEADING_SIZE = 13.5
"""points: table labels are bold too, and smaller."""

_PADDING = 20
"""points: left and right of the text in a cell."""

_FOOT = 73
"""points: a row whose frame reaches down to here was cut by the end of the page."""

_NO_SPACE_AFTER = ("/", "-", "–")

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, and what of the next line would still have fitted behind it."""

    text: str
    width: float
    space: float
    room: float
    """How wide a line here may be."""
    word: float
    """The width of its first word."""
    letter: float
    """The width of its first letter."""
    top: float = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line in large bold type."""

    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of running text, over page ends too."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines as sentences."""
        return joined(self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, as far as its page shows it."""

    cells: tuple[tuple[Line, ...], ...]
    edges: tuple[int, ...]
    """Where its columns begin."""
    top: float
    cut: bool
    """The page ended within it."""
    first: bool = False
    """Nothing stands above it on its page."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What its cells say."""
        return tuple(joined(cell) for cell in self.cells)

    def goes_on(self, other: Row) -> bool:
        """Whether the other row, at the top of the next page, may be the rest of this one."""
        return self.cut and other.first and self.edges == other.edges

    def with_rest(self, other: Row) -> Row:
        """This row and its rest on the next page."""
        cells = tuple(mine + rest for mine, rest in zip(self.cells, other.cells, strict=True))
        return Row(cells, self.edges, self.top, other.cut, self.first)


Block = Heading | Passage | Row


@dataclass(frozen=True, slots=True)
class Document:
    """What a PDF holds."""

    blocks: tuple[Block, ...]
    made: date | None
    """The day on which it was written, by its own word."""


def read_document(path: Path, budget: Budget) -> Document:
    """Read a PDF that has text.

    Raises:
        SourceError: it is encrypted, damaged, too large or too long, or holds pictures of pages.
        OSError: it cannot be opened.

    """
    content = path.read_bytes()
    budget.check_streams(content)
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            blocks = tuple(_grouped(_page_items(pdf.pages, budget)))
            made = _day(str(pdf.metadata.get("CreationDate") or ""))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            remedy = "Open it, print it to a PDF without password, import that."
            raise refused(path.name, "it is protected by a password", remedy) from error
        raise _damaged(path.name, error) from error
    except KnowledgeError:
        raise
    except Exception as error:  # pdfminer raises whatever its reading of a broken file trips over
        raise _damaged(path.name, error) from error
    if not blocks:
        raise refused(
            path.name, "it is a scan: pictures of pages, without text", "Give the PDF that the portal exports."
        )
    return Document(blocks, made)


def _damaged(name: str, error: Exception) -> SourceError:
    why = (str(error) or type(error).__name__).splitlines()[0]
    return refused(name, f"it is a damaged PDF ({why})", "Get it again from the portal.")


def joined(lines: Iterable[Line]) -> str:
    """The lines as sentences: a line goes on where the next word would not have fitted behind it."""
    lines = list(lines)
    parts = [lines[0].text] if lines else []
    for line, after in pairwise(lines):
        parts.append(_break(line, after) + after.text)
    return clean("".join(parts))


def _break(line: Line, after: Line) -> str:
    text = line.text
    if line.width + after.word + 2 * line.space < line.room - 1:
        return "\n"
    if text.endswith((" ", *_NO_SPACE_AFTER)) or line.width + after.letter > line.room - 1:
        return ""
    return " "


def _page_items(pages: Iterable[Any], budget: Budget) -> Iterator[Line | Row]:
    for number, page in enumerate(pages, start=1):
        budget.page(number, sum(map(len, page.objects.values())))
        tables = page.find_tables()
        free = [c for c in page.chars if not any(_inside(c, table.bbox) for table in tables)]
        lines = [line for line in _lines(free, _room(free, page)) if line.text.strip()]
        rows = [row for table in tables for row in _rows(page, table)]
        items: list[Line | Row] = sorted([*lines, *rows], key=_top)
        if items and isinstance(items[0], Row):
            items[0] = replace(items[0], first=True)
        yield from items
        page.close()


def _top(item: Line | Row) -> float:
    return item.top


def _rows(page: Any, table: Any) -> Iterator[Row]:
    within = [c for c in page.chars if _inside(c, table.bbox)]
    for row in table.rows:
        chars = [c for c in within if _inside(c, row.bbox)]
        boxes = [box for box in row.cells if box]
        cells = tuple(tuple(_lines([c for c in chars if _inside(c, box)], box[2] - box[0] - _PADDING)) for box in boxes)
        edges = tuple(round(box[0]) for box in boxes)
        yield Row(cells, edges, row.bbox[1], cut=row.bbox[3] > page.height - _FOOT)


def _inside(char: dict[str, Any], box: Box) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= down < box[3])


def _room(chars: list[dict[str, Any]], page: Any) -> float:
    """How wide running text may be on this page: it begins at the left margin, and the right one is the same."""
    left = min((c["x0"] for c in chars), default=0)
    return float(page.width) - 2 * left


def _lines(chars: Iterable[dict[str, Any]], room: float) -> Iterator[Line]:
    """Printed lines, in the order of the file: sorted by place, tone marks would fall behind the wrong letter."""
    line: list[dict[str, Any]] = []
    for char in chars:
        mark = bool(unicodedata.combining(char["text"][:1] or " "))
        if line and not mark and abs(char["bottom"] - line[-1]["bottom"]) > char["size"] / 4:
            yield _line(line, room)
            line = []
        line.append(char)
    if line:
        yield _line(line, room)


def _line(chars: list[dict[str, Any]], room: float) -> Line:
    chars = _without_false_spaces(chars)
    text = "".join(c["text"] for c in chars).replace("\x00", " ")  # what the font has no letter for: tabs
    solid = [c for c in chars if not c["text"].isspace()] or chars
    word = _first_word(chars)
    heading = all("bold" in c["fontname"].lower() and c["size"] > _HEADING_SIZE for c in solid)
    return Line(
        text=text,
        width=solid[-1]["x1"] - solid[0]["x0"],
        space=solid[-1]["size"] / 4,
        room=room,
        word=word[-1]["x1"] - word[0]["x0"],
        letter=word[0]["x1"] - word[0]["x0"],
        top=solid[0]["top"],
        heading=heading and text.isupper(),
    )


def _without_false_spaces(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the spaces that take no room: a direction mark is drawn as one, in the middle of a word."""
    ends = [after["x0"] for after in chars[1:]] + [float("inf")]
    return [c for c, end in zip(chars, ends, strict=True) if c["text"] != " " or abs(end - c["x0"]) > c["size"] / 16]


def _first_word(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Up to the first space at which a line may end: a no-break space is none."""
    word: list[dict[str, Any]] = []
    for char in chars:
        if char["text"] not in " \t":
            word.append(char)
        elif word:
            break
    return word or chars


def _grouped(items: Iterable[Line | Row]) -> Iterator[Block]:
    """Headings, rows, and the lines between them as one passage."""
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line) and not item.heading:
            lines.append(item)
            continue
        if lines:
            yield Passage(tuple(lines))
            lines = []
        yield item if isinstance(item, Row) else Heading(clean(item.text))
    if lines:
        yield Passage(tuple(lines))


def _day(written: str) -> date | None:
    """The day of a PDF date, D:20260718020703Z."""
    try:
        return datetime.strptime(written[2:10], "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None
