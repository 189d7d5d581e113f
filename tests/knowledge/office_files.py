"""Files as offices hand them over, made here: PDFs drawn as the portal draws them, workbooks, saved pages."""

from __future__ import annotations

import gzip
import json
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

PAGE_HEIGHT = 841.89
FOOT = 769.89
"""Where the portal's pages end: a row that reaches down to here goes on behind."""

DIRECTION_MARK = "\u200e"

_EDGES = {1: (47, 558), 3: (47, 303, 456, 558), 4: (47, 149, 252, 354, 558)}
_HEAD_EDGES, _LAW_EDGES = (47, 200, 558), (47, 405, 558)


@dataclass
class Row:
    """One table row; a cell is a line, or several as they are printed."""

    cells: Sequence[str | Sequence[str]]
    cut: bool = False
    law: bool = False

    @property
    def edges(self) -> tuple[int, ...]:
        """Where its columns begin, as in the portal's tables."""
        return (_LAW_EDGES if self.law else _HEAD_EDGES) if len(self.cells) == 2 else _EDGES[len(self.cells)]


@dataclass
class Drawing:
    """A PDF with two fonts, in which every letter is 4.2 points wide; marks that combine take no room."""

    letters: dict[str, int] = field(default_factory=dict)
    objects: list[bytes] = field(default_factory=list)

    def page(self, items: Iterable[str | Row | Sequence[str]]) -> bytes:
        """A content stream: upper-case strings are headings, lists are printed lines, rows are table rows."""
        drawn: list[str] = []
        y = 57.0
        for item in items:
            if isinstance(item, Row):
                y = self._row(drawn, item, y)
            elif isinstance(item, str):
                y += 20
                drawn.append(self._text(item, 47, y, font=2, size=14))
                y += 10
            else:
                for line in item:
                    y += 14
                    drawn.append(self._text(line, 47, y))
        return "\n".join(drawn).encode()

    def _row(self, drawn: list[str], row: Row, y: float) -> float:
        cells = [[cell] if isinstance(cell, str) else cell for cell in row.cells]
        bottom = FOOT if row.cut else y + 20 + 14 * max(1, *map(len, cells))
        for left, right, lines in zip(row.edges[:-1], row.edges[1:], cells, strict=True):
            corners = [(left, y), (right, y), (right, bottom), (left, bottom), (left, y)]
            for (x0, y0), (x1, y1) in pairwise(corners):
                drawn.append(f"{x0} {PAGE_HEIGHT - y0:.2f} m {x1} {PAGE_HEIGHT - y1:.2f} l S")
            for number, line in enumerate(lines, start=1):
                drawn.append(self._text(line, left + 10, y + 7 + 14 * number))
        return bottom

    def _text(self, words: str, x: float, y: float, font: int = 1, size: int = 12) -> str:
        codes = "".join(f"{self.letters.setdefault(letter, len(self.letters) + 1):04x}" for letter in words)
        return f"BT /F{font} {size} Tf 1 0 0 1 {x} {PAGE_HEIGHT - y:.2f} Tm <{codes}> Tj ET"

    def file(self, streams: Sequence[bytes], made: str = "D:20260718020703Z", *, packed: bool = True) -> bytes:
        """The whole file."""
        self.objects = [b""] * 3
        fonts = " ".join(f"/F{n} {self._font(name)} 0 R" for n, name in ((1, "Ve"), (2, "Ve-Bold")))
        kids = [self._page(stream, fonts, packed=packed) for stream in streams]
        self.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        self.objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
        self.objects[2] = f"<< /CreationDate ({made}) >>".encode()
        return self._joined()

    def _page(self, stream: bytes, fonts: str, *, packed: bool) -> int:
        content = zlib.compress(stream) if packed else stream
        head = "/Filter /FlateDecode" if packed else ""
        number = self._add(f"<< /Length {len(content)} {head} >>\nstream\n".encode() + content + b"\nendstream")
        box = f"[0 0 595.28 {PAGE_HEIGHT}]"
        return self._add(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {number} 0 R /Resources << /Font << {fonts} >> >> >>".encode()
        )

    def _font(self, name: str) -> int:
        pairs = "\n".join(
            f"<{code:04x}> <{_told_as(letter).encode('utf-16-be').hex()}>" for letter, code in self.letters.items()
        )
        cmap = (
            "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{len(self.letters)} beginbfchar\n{pairs}\nendbfchar endcmap end"
        ).encode()
        unicode = self._add(f"<< /Length {len(cmap)} >>\nstream\n".encode() + cmap + b"\nendstream")
        narrow = " ".join(f"{code} [0]" for letter, code in self.letters.items() if _takes_no_room(letter))
        descriptor = self._add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -200 500 800] /Ascent 800 /Descent -200 >>".encode()
        )
        descendant = self._add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 350 /W [{narrow}] /FontDescriptor {descriptor} 0 R "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>".encode()
        )
        return self._add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>".encode()
        )

    def _add(self, content: bytes) -> int:
        self.objects.append(content)
        return len(self.objects)

    def _joined(self) -> bytes:
        body, places = b"%PDF-1.4\n", []
        for number, content in enumerate(self.objects, start=1):
            places.append(len(body))
            body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        trailer = f"trailer << /Size {len(places) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{len(body)}\n%%EOF"
        return body + f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def _takes_no_room(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or letter == DIRECTION_MARK


def _told_as(letter: str) -> str:
    """The portal's font has a space for the mark."""
    return " " if letter == DIRECTION_MARK else letter


Made = Callable[..., Any]


@pytest.fixture
def new_pdf(tmp_path: Path) -> Made:
    """Draws a PDF: `new_pdf(["TITLE", Row(["a", "b"])], [...second page])`."""

    def draw(*pages: Iterable[Any], name: str = "the-tre.pdf", **options: Any) -> Path:
        drawing = Drawing()
        streams = [drawing.page(page) for page in pages]
        path = tmp_path / name
        path.write_bytes(drawing.file(streams, **options))
        return path

    return draw


@pytest.fixture
def detail(new_pdf: Made) -> Made:
    """Draws the PDF of one procedure: give the parts the test is about, the others are as short as can be."""

    def draw(*more: Any, ways: Any = (), papers: Any = (), name: str = "the-tre.pdf", **head: str) -> Path:
        labels = {"code": "Mã thủ tục", "title": "Tên thủ tục", "decision": "Số quyết định", **_HEAD}
        values = {"code": "1.000001", "title": "Cấp thẻ tre", "decision": "12/QĐ-BTP", **head}
        first = ["CHI TIẾT THỦ TỤC HÀNH CHÍNH", *(Row([labels[key], value]) for key, value in values.items())]
        first += ["CÁCH THỨC THỰC HIỆN", Row(WAYS), *map(Row, ways)] if ways else []
        first += ["THÀNH PHẦN HỒ SƠ", Row(PAPERS), *map(Row, papers)] if papers else []
        return new_pdf([*first, *more], name=name)

    return draw


_HEAD = {
    "level": "Cấp thực hiện",
    "field": "Lĩnh vực",
    "audience": "Đối tượng thực hiện",
    "agency": "Cơ quan có thẩm quyền",
}
WAYS = ["Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả"]
PAPERS = ["Tên giấy tờ", "Mẫu đơn, tờ khai", "Số lượng"]
LAWS = ["Tên văn bản pháp lý", "Mã văn bản"]


@pytest.fixture
def drawn() -> Any:
    """The parts of a drawing."""
    return type("drawn", (), {"Row": Row, "WAYS": WAYS, "PAPERS": PAPERS, "LAWS": LAWS, "Drawing": Drawing})


@pytest.fixture
def new_list(tmp_path: Path) -> Made:
    """Writes a workbook: `new_list(["Mã số", "Tên"], ["1.000001", "Cấp thẻ tre"], name=…)`; a list of lists is a sheet."""

    def write(
        *rows: Sequence[Any], name: str = "danh-sach.xlsx", sheets: Sequence[Sequence[Sequence[Any]]] = ()
    ) -> Path:
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        for number, content in enumerate(sheets or [rows], start=1):
            sheet = book.create_sheet(f"Tờ {number}")
            for row in content:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture(scope="session")
def portal_details(portal_file: Path) -> dict[str, dict[str, Any]]:
    """The real portal records by code."""
    with gzip.open(portal_file, "rt", encoding="utf-8") as lines:
        details = [json.loads(line)["detail"] for line in lines]
    return {detail["code"][:8]: detail for detail in details}
