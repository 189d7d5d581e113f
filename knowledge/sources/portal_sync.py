"""The national portal's interface of 2026 (reference: portal-formats §2 and §3): its list, its records, its blanks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.errors import SourceError
from knowledge.sources.official import national_code
from knowledge.sources.portal_http import NotThere, PortalHttp, PortalRefuses
from knowledge.sources.reading import Problem, ProblemKind
from knowledge.text import one_line

LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen"
DEPARTMENTS = "/api/v1/configuring/citizen/department/list-with-location"
BLANK = "/api/v1/submitting/preview-attachment-by-citizen"

PAGE = 50
"""Rows a page: what an interruption may cost is at most the records of one."""

_LONGEST_ID = 64
_DATES = ("updatedAt", "modifiedAt", "lastModifiedAt")
"""Where a row says when its record last changed, if it says so at all."""
_MOST_DEPARTMENT_PAGES = 100


class RecordUnreadable(SourceError):
    """One record cannot be read; the others may be."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; its digest changes when anything in it does."""

    identity: str
    code: str
    name: str
    digest: str
    dated: bool
    """Whether it says when its record changed: without that, an unchanged row proves little."""

    @property
    def told_code(self) -> str:
        """What to call the record in a report."""
        return national_code(self.code) or self.code or self.identity


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, the cursor of the next, and how many records there are in all."""

    rows: tuple[Row, ...]
    cursor: str
    total: int
    faults: tuple[Problem, ...] = ()
    """Lines that are no rows."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A record; `raw` is None where it has not changed."""

    raw: dict[str, Any] | None
    etag: str = ""

    @property
    def digest(self) -> str:
        """A digest of what the record says, whatever the order of its keys."""
        return digest_of(self.raw)


@dataclass(frozen=True, slots=True)
class Department:
    """A body that publishes procedures."""

    code: str
    name: str


class Portal:
    """Reads the portal. Every method may raise `SourceError` that says what is wrong and what to do."""

    def __init__(self, http: PortalHttp) -> None:
        self.http = http

    def page(self, cursor: str = "", department: str = "", limit: int = PAGE) -> Page:
        """The page of the list that follows a cursor."""
        question = {"limit": limit, "lastId": cursor, "q": "", "categoryId": "", "departmentCode": department}
        data, _ = self._data(LIST, question)
        items, total = data.get("items"), data.get("total")
        if not isinstance(items, list) or not isinstance(total, int) or isinstance(total, bool):
            raise self._unknown_shape("list", "«items» and «total»")
        rows: list[Row] = []
        faults: list[Problem] = []
        for number, item in enumerate(items, start=1):
            row = _row(item)
            if row is None:
                where = f"row {number} after {cursor or 'the start'}"[:64]
                faults.append(Problem(where, "id", ProblemKind.LINE_UNREADABLE, "no id, or not a row"))
            else:
                rows.append(row)
        if items and not rows:
            raise self._unknown_shape("list", "an «id» in any row")
        return Page(tuple(rows), str(data.get("lastId") or ""), total, tuple(faults))

    def detail(self, row: Row, etag: str = "") -> Detail:
        """The record of a row, if it has changed since `etag`.

        Raises:
            RecordUnreadable: the portal does not give this record in a shape that is known.

        """
        try:
            data, new_etag = self._data(DETAIL, {"id": row.identity}, etag)
        except NotThere as error:
            raise RecordUnreadable("listed, but the portal does not give it") from error
        except _NoData as error:
            raise RecordUnreadable(str(error)) from error
        if data is None:
            return Detail(None, new_etag)
        if data.get("id") != row.identity:
            raise RecordUnreadable(f"the portal gave another record, {one_line(str(data.get('id')))[:64]}")
        if not isinstance(data.get("code"), str) or not isinstance(data.get("name"), str):
            raise RecordUnreadable("the record has no code or no name")
        return Detail(data, new_etag)

    def departments(self) -> list[Department]:
        """The ministries and bodies whose codes narrow the list."""
        found: dict[str, Department] = {}
        cursor = ""
        for _ in range(_MOST_DEPARTMENT_PAGES):
            question = {
                "levels": ["MINISTRY"],
                "type": "MINISTRY",
                "agencyLevel": "level_1",
                "lastId": cursor,
                "limit": PAGE,
                "direction": "DESC",
                "order": "",
            }
            data, _ = self._data(DEPARTMENTS, question)
            rows = data.get("rows")
            if not isinstance(rows, list):
                raise self._unknown_shape("list of departments", "«rows»")
            new = [row for row in rows if isinstance(row, dict) and row.get("code") and str(row["code"]) not in found]
            for row in new:
                code = str(row["code"])
                found[code] = Department(code, one_line(str(row.get("name") or code)))
            cursor = str(
                data.get("lastId") or (rows[-1].get("id") if rows and isinstance(rows[-1], dict) else "") or ""
            )
            if not new or not cursor or len(rows) < PAGE:
                break
        return list(found.values())

    def blank(self, file_id: str) -> bytes:
        """The bytes of a blank form.

        Raises:
            RecordUnreadable: the portal does not give this file.

        """
        try:
            content = self.http.file(BLANK, {"fileId": file_id})
        except NotThere as error:
            raise RecordUnreadable(f"the portal does not give the file {file_id}") from error
        if content.lstrip()[:2] in (b"", b"<!", b"<h", b'{"'):
            raise RecordUnreadable(f"the portal sends no document for the file {file_id}")
        return content

    def _data(self, path: str, question: Mapping[str, Any], etag: str = "") -> tuple[Any, str]:
        """What an answer carries; None where nothing has changed."""
        answer, new_etag = self.http.json(path, question, etag)
        if answer is None and etag:
            return None, new_etag
        if not isinstance(answer, dict) or "code" not in answer:
            raise self._unknown_shape("answer", "«code»")
        if answer["code"] != "OK" or not isinstance(answer.get("data"), dict):
            said = one_line(str(answer.get("message") or ""))[:120]
            raise _NoData(f"{self.http.name} answers «{one_line(str(answer['code']))[:40]}» {said}".strip() + ".")
        return answer["data"], new_etag

    def _unknown_shape(self, what: str, missing: str) -> SourceError:
        return PortalRefuses(
            f"{self.http.name}: the {what} has not the shape that is known ({missing} missing). Nothing of it was kept. "
            "Import a file instead: `tro-ly catalogue import FILE`, and report this."
        )


class _NoData(SourceError):
    """An answer that carries nothing."""


def digest_of(value: Any) -> str:
    """A digest of JSON, whatever the order of its keys."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()


def _row(item: Any) -> Row | None:
    identity = item.get("id") if isinstance(item, dict) else None
    if not isinstance(identity, str) or not 0 < len(identity) <= _LONGEST_ID or not identity.isprintable():
        return None
    return Row(
        identity=identity,
        code=one_line(str(item.get("code") or "")),
        name=one_line(str(item.get("name") or "")),
        digest=digest_of(item),
        dated=any(item.get(key) for key in _DATES),
    )
