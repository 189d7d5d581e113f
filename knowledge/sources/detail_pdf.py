"""The PDF that the national portal exports for one procedure (reference: portal-formats §6).

It is put into the shape of the portal's JSON and read by the same rules, so that both tell a procedure alike.
What the PDF does not say, or says for two different things, is unknown here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.procedure import Caution, OnlineLevel, Procedure, Section, Source, Text
from knowledge.sources.formats import refused
from knowledge.sources.limits import Budget
from knowledge.sources.official import (
    NATIONAL,
    PORTAL_HOME,
    PORTAL_NAME,
    UNKNOWN,
    layer_of,
    legal_number,
    says_nothing,
    typed_code,
)
from knowledge.sources.pdf_pages import Document, Heading, Passage, Row, read_document
from knowledge.sources.pdf_ways import (
    CHANNELS,
    DAYS_IN_DOUBT,
    days_in_doubt,
    is_printed_free,
    methods,
    with_shared_words,
)
from knowledge.sources.portal_json import read_detail
from knowledge.sources.reading import Notes, Problem, ProblemKind, Record
from knowledge.text import clean, fold, one_line

TITLE = "chi tiet thu tuc hanh chinh"

_WAYS = ("hinh thuc nop", "thoi han giai quyet", "phi, le phi", "mo ta")
_PAPERS = ("ten giay to", "mau don, to khai", "so luong")
_DOCUMENTS = ("ten van ban phap ly", "ma van ban")

_QUANTITY = re.compile(r"(\d+)\s*bản\s+(chính|sao)")
_FULL_QUANTITY = re.compile(r"Không có|\d+ bản (?:chính|sao)(?:, \d+ bản (?:chính|sao))?")
_FILE = re.compile(r"(?i).+?\.(?:docx?|pdf|xlsx?|odt|rtf|zip|rar|jpe?g|png)\b")
_CASE = re.compile(r"^Trường hợp \d+:\s*")
_RESULT_CODE = re.compile(r"\s+Mã:\s*[\w.-]+\s*")
_LEVELS = {"xa": "isWard", "tinh": "isProvince", "bo": "isMinistry", "co quan khac": "isOtherAgency"}
_ENDS_A_NAME = re.compile(r",\s+(?=[A-ZÀ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ])(?![^()]*\))")
_MINISTRIES = re.compile(
    r"(?:QĐ|QD)[-_/](?:\d+-)?(?:BCA|BCT|BDTTG|BGDĐT|BGTVT|BHXH|BKHCN|BKHĐT|BLĐTBXH|BNG|BNN|BNNMT|BNNNMT|BNNPTNT|BNV|BQP|BTC"
    r"|BTNMT|BTP|BTTTT|BVHTTDL|BXD|BYT|CHHĐTVN|KTNN|LĐTBXH|NHNN|TANDTC|TCHQ|TTCP|TTg|UBDT|VKSNDTC|VPCP)(?:-[A-Z]\w{0,6})?\s*$"
)
"""Signs of decisions that publish national procedures; a province's end in UBND, VP, TTPVHCC, BQL and others."""


def read_file(path: Path, as_of: date | None, today: date, budget: Budget) -> Iterator[Record]:
    """Read the one procedure of a PDF.

    Raises:
        SourceError: it is no such PDF, or one that cannot be read.
        OSError: it cannot be opened.

    """
    document = read_document(path, budget)
    sections = _sections(document, path.name)
    detail = _detail(sections)
    found = typed_code(detail["code"])
    if found is None:
        yield Record(None, (Problem(detail["code"] or path.name, "code", ProblemKind.CODE_UNREADABLE, detail["name"]),))
        return
    record = read_detail(detail, as_of or document.made or today, today)
    if record.procedure is None:
        yield record
        return
    notes = Notes(found[0], list(record.problems))
    procedure = _with_what_is_unsure(record.procedure, sections.get("cach thuc thuc hien", []), notes)
    yield Record(procedure, tuple(notes.problems))


Sections = dict[str, list[Row | Passage]]
"""By folded heading, what stands under it."""


def _sections(document: Document, name: str) -> Sections:
    titles = [fold(block.text) for block in document.blocks if isinstance(block, Heading)]
    if TITLE not in titles:
        what = "it is a PDF, but no «Chi tiết thủ tục hành chính»"
        raise refused(name, what, "Give the PDF that the portal exports for one procedure.")
    sections: Sections = {}
    current = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            current = fold(block.text)
            continue
        blocks = sections.setdefault(current, [])
        last = blocks[-1] if blocks else None
        if isinstance(block, Row) and isinstance(last, Row) and last.goes_on(block) and not _met_by_chance(last, block):
            blocks[-1] = last.with_rest(block)
        else:
            blocks.append(block)
    return sections


def _met_by_chance(row: Row, rest: Row) -> bool:
    """Whether two rows only met at the page's end: each has a cell that no other row of its table lacks."""
    if len(row.cells) == len(_WAYS):
        return all(fold(texts[0]) in CHANNELS for texts in (row.texts, rest.texts))
    if len(row.cells) == len(_PAPERS):
        return all(_FULL_QUANTITY.fullmatch(one_line(texts[2])) for texts in (row.texts, rest.texts))
    return all(legal_number(one_line(texts[-1])) for texts in (row.texts, rest.texts))


def _rows(blocks: Sequence[Row | Passage], columns: int) -> list[tuple[str, ...]]:
    """The rows of a table, without its labels."""
    rows = [block.texts for block in blocks if isinstance(block, Row) and len(block.cells) == columns]
    return [row for row in rows if fold(row[0]) not in (_PAPERS[0], _WAYS[0], _DOCUMENTS[0])]


def _prose(sections: Sections, heading: str) -> str:
    words = clean("\n".join(block.text for block in sections.get(heading, []) if isinstance(block, Passage)))
    return "" if fold(words) == "khong co thong tin" else words


def _detail(sections: Sections) -> dict[str, Any]:
    """The PDF in the shape of the portal's JSON."""
    head = {fold(label): value for label, value in _rows(sections.get(TITLE, []), 2)}
    levels = {
        _LEVELS.get(fold(level).strip().removeprefix("cap "))
        for level in re.split(r"[,;]", head.get("cap thuc hien", ""))
    }
    return {
        "id": "",
        "code": one_line(head.get("ma thu tuc", "")),
        "name": one_line(head.get("ten thu tuc", "")),
        "decisionNo": head.get("so quyet dinh", ""),
        **{flag: flag in levels for flag in _LEVELS.values()},
        "categoriesDetails": _named([head.get("linh vuc", "")]),
        "subjectTypesDetails": _named(_ENDS_A_NAME.split(one_line(head.get("doi tuong thuc hien", "")))),
        "executingAgencies": _agencies(_prose(sections, "co quan thuc hien")),
        "delegatedAgencies": _agencies(head.get("co quan co tham quyen", "")),
        "authorizedAgencies": _agencies(head.get("co quan duoc uy quyen", "")),
        "coordinatingAgencies": _agencies(head.get("co quan phoi hop", "")),
        "dossierReceivingAddresses": head.get("dia chi tiep nhan hs", ""),
        "executionSteps": [{"description": _prose(sections, "trinh tu thuc hien")}],
        "executionCases": _cases(sections.get("thanh phan ho so", [])),
        "executionMethods": methods(_rows(sections.get("cach thuc thuc hien", []), len(_WAYS))),
        "legalBasisesDetails": [
            {"name": name, "code": code}
            for name, code in _rows(sections.get("can cu phap ly", []), len(_DOCUMENTS))
            if name or code
        ],
        "requirementsAndConditions": _prose(sections, "yeu cau, dieu kien thuc hien"),
        "description": _prose(sections, "mo ta"),
        "resultsDetails": _named(_RESULT_CODE.split(_prose(sections, "ket qua xu ly"))),
        "keywords": _prose(sections, "tu khoa"),
    }


def _named(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in names if not says_nothing(name)]


def _agencies(words: str) -> str:
    return "" if says_nothing(words) else one_line(words)


def _cases(blocks: Sequence[Row | Passage]) -> list[dict[str, Any]]:
    """The papers by case: a row over all columns names the case of those below it."""
    groups: list[dict[str, Any]] = [{"name": "", "profileComponents": []}]
    for row in (block.texts for block in blocks if isinstance(block, Row)):
        if len(row) == 1:
            groups.append({"name": _CASE.sub("", one_line(row[0])), "profileComponents": []})
        elif len(row) == len(_PAPERS) and fold(row[0]) != _PAPERS[0]:
            groups[-1]["profileComponents"].append(_paper(*row))
    return groups


def _paper(name: str, files: str, quantity: str) -> dict[str, Any]:
    counts = {kind: int(count) for count, kind in _QUANTITY.findall(one_line(quantity))}
    attached = [] if says_nothing(files) else _FILE.findall(one_line(files)) or [one_line(files)]
    return {
        "name": name,
        "originalQty": counts.get("chính", 0),
        "copyQty": counts.get("sao", 0),
        "attachments": [{"fileName": file.strip(" ,;")} for file in attached],
    }


def _with_what_is_unsure(procedure: Procedure, table: Sequence[Row | Passage], notes: Notes) -> Procedure:
    """The record with its source, and without what the PDF cannot know."""
    rows = _rows(table, len(_WAYS))
    if is_printed_free(rows):
        notes.add("fees", ProblemKind.FEE_PRINTED_FREE, "the PDF prints «Miễn phí» where no fee is stated")
    jurisdiction = _jurisdiction(procedure.decision)
    if jurisdiction == UNKNOWN:
        notes.add("jurisdiction", ProblemKind.JURISDICTION_UNKNOWN, f"decision «{procedure.decision}»")
    doubtful = days_in_doubt(rows)
    if doubtful:
        notes.add("executionMethods", ProblemKind.TIME_UNIT_DOUBTFUL, "; ".join(doubtful))
    return procedure.model_copy(
        update={
            "methods": with_shared_words(procedure.methods, rows),
            "online": OnlineLevel.UNKNOWN if procedure.online is OnlineLevel.PARTIAL else procedure.online,
            "warnings": (Caution(about=Section.TIME, text=Text(vi=DAYS_IN_DOUBT)),) if doubtful else (),
            "sources": (Source(name=f"{PORTAL_NAME}: bản PDF", url=PORTAL_HOME, as_of=procedure.sources[0].as_of),),
            "jurisdiction": jurisdiction,
            "layer": layer_of(jurisdiction),
        }
    )


def _jurisdiction(decision: str) -> str:
    """The PDF names no publisher, but a ministry's decision ends in its sign; a province's does not say which."""
    return NATIONAL if _MINISTRIES.search(one_line(decision)) else UNKNOWN
