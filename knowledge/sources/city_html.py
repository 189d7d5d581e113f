"""Pages of Da Nang's own portal, saved as HTML (reference: portal-formats §7).

A page of one procedure is put into the shape of the national portal's JSON and read by the same rules; a page of
results gives codes and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.procedure import Form, Layer, OnlineLevel, Procedure, Source, Text
from knowledge.sources.city_papers import paper, table_papers
from knowledge.sources.html_page import Cell, Link, Page, read_page
from knowledge.sources.limits import Budget
from knowledge.sources.official import (
    CITY,
    CITY_HOME,
    CITY_NAME,
    CITY_UNIT,
    legal_number,
    online_level,
    says_nothing,
    title,
    typed_code,
)
from knowledge.sources.portal_json import read_detail
from knowledge.sources.reading import Notes, Problem, ProblemKind, Record
from knowledge.text import fold, one_line

_LABELS = frozenset(
    (
        "ma thu tuc",
        "ten thu tuc",
        "linh vuc",
        "thong tin cong bo",
        "cach thuc nop truc tuyen",
        "thoi han giai quyet",
        "muc truc tuyen",
        "le phi",
        "phi",
        "van ban quy dinh le phi",
        "co quan thuc hien",
        "co quan co tham quyen quyet dinh",
        "doi tuong thuc hien",
        "cach thuc thuc hien",
        "dieu kien thuc hien",
        "so bo ho so",
        "ket qua thuc hien",
        "dia chi tiep nhan ho so",
        "mau don/to khai",
        "trinh tu thuc hien",
        "thanh phan ho so",
        "can cu phap ly",
        "tinh trang hieu luc",
    )
)
_CHANNELS = {
    "DIRECT": re.compile(r"truc tiep|tai quay|mot cua"),
    "ONLINE": re.compile(r"truc tuyen|qua mang"),
    "POSTAL": re.compile(r"buu chinh|buu dien"),
}
_DETAIL_LABELS = ("table td.td-1", "table td:first-child", "table th:first-child")
_LIST_LINKS = "td.dvc-tendvc a"
_CODE = re.compile(r"\b\d\.\d{6}[\w.]*")
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)/(\d\d?)/(\d{4})")
_OUT_OF_FORCE = re.compile(r"het hieu luc|bai bo|khong con hieu luc")

Cells = dict[str, Cell]
"""By folded label, what stands beside it."""


def read_file(path: Path, as_of: date | None, today: date, budget: Budget) -> Iterator[Record]:
    """Read a page of one procedure, or the procedures that a page of results lists.

    Raises:
        SourceError: it is neither: an error page, a login page, another page, or no readable text.
        OSError: it cannot be opened.

    """
    page = read_page(path, budget)
    day = as_of or min(datetime.fromtimestamp(path.stat().st_mtime, UTC).date(), today)
    cells, notes = _cells(page)
    if "ma thu tuc" in cells:
        yield _detail_record(page, cells, notes, day, today)
        return
    listed = list(page.rows(_LIST_LINKS))
    if not listed:
        page.refuse()
    for number, (row, link) in enumerate(listed, start=1):
        yield _listed_record(row, link, f"row {number}", day)


def _cells(page: Page) -> tuple[Cells, Notes]:
    """The cells by label, by the portal's own class where it is there; unknown labels are noted."""
    notes = Notes("")
    for selector in _DETAIL_LABELS:
        cells: Cells = {}
        for label, cell in page.labelled(selector):
            folded = re.sub(r"\s*/\s*", "/", fold(label))
            if folded in _LABELS:
                cells.setdefault(folded, cell)
            elif selector == _DETAIL_LABELS[0] and cell.text:
                notes.add(label, ProblemKind.LABEL_UNKNOWN, one_line(cell.text))
        if "ma thu tuc" in cells:
            return cells, notes
    return {}, notes


def _detail_record(page: Page, cells: Cells, notes: Notes, day: date, today: date) -> Record:
    written = one_line(_text(cells, "ma thu tuc"))
    name = page.first("div.box-tthc h2.tieude-h2", ".tieude-h2", "div.box-tthc h2") or _text(cells, "ten thu tuc")
    found = typed_code(written)
    if found is None:
        return Record(None, (Problem(written or "page", "code", ProblemKind.CODE_UNREADABLE, name),))
    code, unit = found
    state = _text(cells, "tinh trang hieu luc")
    if _OUT_OF_FORCE.search(fold(state)):
        return Record(None, (Problem(code, "state", ProblemKind.NOT_IN_FORCE, f"{state}: {name}"),))
    record = read_detail(_detail(cells, code, name), day, today)
    notes = Notes(code, [*record.problems, *(Problem(code, p.field, p.kind, p.detail) for p in notes.problems)])
    if record.procedure is None:
        return Record(None, tuple(notes.problems))
    procedure = record.procedure.model_copy(
        update={
            "local_unit": unit or CITY_UNIT,
            "online": _online(cells),
            "forms": _forms(cells, page.url),
            "effective_from": _day(_text(cells, "thong tin cong bo"), notes),
            "sources": (_source(page.url, day),),
            "jurisdiction": CITY,
            "layer": Layer.CITY,
        }
    )
    _note_silent_fees(cells, notes)
    return Record(procedure, tuple(notes.problems))


def _detail(cells: Cells, code: str, name: str) -> dict[str, Any]:
    """The page in the shape of the national portal's JSON."""
    return {
        "id": "",
        "code": code,
        "name": name,
        "decisionNo": legal_number(one_line(_text(cells, "thong tin cong bo"))),
        "categoriesDetails": _named(cells, "linh vuc"),
        "subjectTypesDetails": [
            {"name": who} for line in _lines(cells, "doi tuong thuc hien") for who in re.split(r"[;,]\s+", line)
        ],
        "executingAgencies": "; ".join(_lines(cells, "co quan thuc hien")),
        "delegatedAgencies": "; ".join(_lines(cells, "co quan co tham quyen quyet dinh")),
        "dossierReceivingAddresses": _text(cells, "dia chi tiep nhan ho so"),
        "executionSteps": [{"description": _text(cells, "trinh tu thuc hien")}],
        "executionMethods": _methods(cells),
        "executionCases": [{"name": "", "profileComponents": _papers(cells)}],
        "legalBasisesDetails": [{"name": line} for line in _lines(cells, "can cu phap ly")],
        "requirementsAndConditions": _text(cells, "dieu kien thuc hien"),
        "resultsDetails": _named(cells, "ket qua thuc hien"),
    }


def _text(cells: Cells, label: str) -> str:
    cell = cells.get(label)
    return "" if cell is None or says_nothing(cell.text) else cell.text


def _lines(cells: Cells, label: str) -> list[str]:
    return [line.lstrip("-+•* ") for line in _text(cells, label).splitlines() if line.strip("-+•* ")]


def _named(cells: Cells, label: str) -> list[dict[str, str]]:
    return [{"name": line} for line in _lines(cells, label)]


def _online(cells: Cells) -> OnlineLevel:
    return online_level(_text(cells, "muc truc tuyen").removeprefix("Dịch vụ công trực tuyến "))


def _methods(cells: Cells) -> list[dict[str, Any]]:
    """The ways the page names; it gives one limit and one fee for all of them."""
    words = fold(_text(cells, "cach thuc thuc hien"))
    channels = [channel for channel, sign in _CHANNELS.items() if sign.search(words)]
    if not channels and _online(cells) in (OnlineLevel.FULL, OnlineLevel.PARTIAL):
        channels = ["ONLINE"]
    rule = one_line(_text(cells, "van ban quy dinh le phi"))
    fees = [
        {"type": kind, "value": None, "description": _text(cells, label) + (f" ({rule})" if rule else "")}
        for label, kind in (("le phi", "SERVICE_FEE"), ("phi", "FEE"))
        if _text(cells, label)
    ]
    limit = _text(cells, "thoi han giai quyet")
    return [
        {"submissionMethod": channel, "processingTime": limit, "fees": fees}
        for channel in channels or [""]
        if limit or fees
    ]


def _papers(cells: Cells) -> list[dict[str, Any]]:
    """The papers, row by row or line by line, and how many sets of them."""
    table = cells.get("thanh phan ho so", Cell("")).table
    papers = table_papers(table) if table else [paper(line) for line in _lines(cells, "thanh phan ho so")]
    sets = one_line(_text(cells, "so bo ho so"))
    return [*papers, {"name": f"Số bộ hồ sơ: {sets}"}] if sets and papers else papers


def _forms(cells: Cells, page_url: str) -> tuple[Form, ...]:
    """The blank forms the page links to; a link within the page is a button."""
    links = cells.get("mau don/to khai", Cell("")).links
    files = [link for link in links if link.text and "://" in link.url and link.url.partition("#")[0] != page_url]
    return tuple(Form(name=Text(vi=link.text), url=link.url) for link in files)


def _note_silent_fees(cells: Cells, notes: Notes) -> None:
    """«Không có» beside a fee's label is no word of free."""
    for label in ("le phi", "phi"):
        cell = cells.get(label)
        if cell is not None and says_nothing(cell.text):
            notes.add("fees", ProblemKind.FEE_BARE_ZERO, f"{label}: {one_line(cell.text)}")


def _day(words: str, notes: Notes) -> date | None:
    """The day it came into force, as the page writes it: 2023-07-04 or 04/07/2023."""
    match = _DAY.search(words)
    if match is None:
        return None
    year, month, day = match.groups()[:3] if match.group(1) else reversed(match.groups()[3:])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        notes.add("effective_from", ProblemKind.DATE_UNREADABLE, match.group(0))
        return None


def _source(url: str, day: date) -> Source:
    ours = url.startswith((CITY_HOME, CITY_HOME.replace("https", "http")))
    return Source(name=CITY_NAME, url=url if ours else f"{CITY_HOME}/thu-tuc-hanh-chinh", as_of=day)


def _listed_record(row: str, link: Link, label: str, day: date) -> Record:
    """One line of a page of results: a name, and the code if the line has one."""
    match = _CODE.search(row) or _CODE.search(link.url)
    found = typed_code(match.group(0)) if match else None
    if found is None:
        return Record(None, (Problem(label, "code", ProblemKind.CODE_UNREADABLE, link.text),))
    code, unit = found
    notes = Notes(code)
    try:
        procedure = Procedure(
            code=code,
            local_unit=unit or CITY_UNIT,
            name=title(link.text, notes),
            sources=(_source(link.url, day),),
            jurisdiction=CITY,
            layer=Layer.CITY,
        )
    except ValidationError as error:
        notes.add("record", ProblemKind.RECORD_UNREADABLE, str(error))
        return Record(None, tuple(notes.problems))
    return Record(procedure, tuple(notes.problems))
