"""What a file is, by its content: names and endings lie."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import Any

from knowledge.errors import SourceError
from knowledge.sources.limits import MIB, Budget

IMPORTABLE = (
    "What can be imported: a portal file of JSON lines, a list of procedures (XLSX), a procedure's detail PDF, "
    "a page of the city portal (HTML), an entry or export of our own (YAML, JSON)."
)

EXPORT_MARK = '"tro_ly_export"'
"""How the object begins that `knowledge.exporting` writes its JSON as."""

_HEAD = 16_384
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GZIP = b"\x1f\x8b"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HTML = re.compile(r"(?i)<(?:!doctype html|html|head|body|div|table|meta|script|title)\b")
_ENTRY = re.compile(r"(?m)^code:\s*[\"']?\d\.\d{6}\b")


class Format(StrEnum):
    """A kind of file that can be imported."""

    PORTAL_LINES = "portal JSON lines"
    LIST_XLSX = "list XLSX"
    DETAIL_PDF = "detail PDF"
    CITY_HTML = "city HTML"
    OWN_ENTRY = "entry YAML"
    OWN_EXPORT = "export JSON"


_MOST = {
    Format.LIST_XLSX: 32 * MIB,
    Format.DETAIL_PDF: 32 * MIB,
    Format.CITY_HTML: 8 * MIB,
    Format.OWN_ENTRY: MIB,
}
"""What a file of a kind may weigh, where it is less than any file may."""


def refused(name: str, what: str, remedy: str = IMPORTABLE) -> SourceError:
    """What to raise for a file that holds no procedure: what it is, and what to do."""
    return SourceError(f"{name} holds no procedure that can be read: {what}. {remedy}")


def detect(path: Path, budget: Budget | None = None) -> Format:
    """The format of a file, judged by its content and checked for size.

    Raises:
        SourceError: it is too large, empty, protected, or of no format that can be imported.
        OSError: it cannot be read.

    """
    budget = budget or Budget(path.name)
    budget.check_size(path)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    found = _of_magic(path, head) or _of_text(path, head)
    if found in _MOST:
        budget.check_size(path, _MOST[found])
    return found


def text_of(content: bytes, declared: str = "") -> str:
    """The content decoded: by its byte order mark, else as UTF-8, else as it declares.

    Raises:
        UnicodeDecodeError: none of them fits.

    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if not declared:
            raise
    try:
        return content.decode(declared)
    except LookupError as error:
        raise UnicodeDecodeError("utf-8", content[:1], 0, 1, f"unknown encoding {declared}") from error


def _of_magic(path: Path, head: bytes) -> Format | None:
    """What the first bytes say, None for text."""
    if not head.strip(b"\x00\t\r\n "):
        raise refused(path.name, "it is empty", "Get it again.")
    if head.startswith(_OLE):
        raise _old_office(path)
    if head.startswith(b"PK"):
        return _zipped(path)
    if b"%PDF-" in head[:1024]:
        return Format.DETAIL_PDF
    if head.startswith(_GZIP):
        return _json_kind(_unpacked_head(path))
    return None


def _of_text(path: Path, head: bytes) -> Format:
    text = _readable(head).lstrip("\ufeff \t\r\n")
    if _HTML.match(text) or (text.startswith("<") and _HTML.search(text)):
        return Format.CITY_HTML
    if text.startswith(("{", "[")):
        return _json_kind(path.read_bytes()[:MIB])
    if _ENTRY.search(text):
        return Format.OWN_ENTRY
    raise refused(path.name, "it is of no format known here")


def _readable(head: bytes) -> str:
    """The head as text, good enough to recognise markup in it."""
    encoding = next((name for mark, name in _BOMS if head.startswith(mark)), "utf-8")
    return head.decode(encoding, "replace")


def _old_office(path: Path) -> SourceError:
    """An OLE file holds an encrypted workbook, or a document of before 2007."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refused(path.name, "it is protected by a password", "Open it, save it without password, import that.")
    if "WordDocument".encode("utf-16-le") in content:
        return refused(path.name, "it is an old Word document (.doc)", "Give the PDF the portal exports instead.")
    return refused(path.name, "it is an old Excel workbook (.xls)", "Save it as .xlsx and import that.")


def _zipped(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refused(path.name, f"it is damaged ({error})", "Get it again.") from error
    if "xl/workbook.xml" in names:
        return Format.LIST_XLSX
    if "word/document.xml" in names:
        raise refused(path.name, "it is a Word document", "Give the PDF the portal exports instead.")
    raise refused(path.name, "it is a ZIP archive and no workbook", "Unpack it and import what is in it.")


def _unpacked_head(path: Path) -> bytes:
    """The beginning of what a gzip file holds; nothing where it is damaged, which its reader will tell."""
    unpacker = zlib.decompressobj(wbits=31)
    with path.open("rb") as file:
        try:
            return unpacker.decompress(file.read(MIB), MIB)
        except zlib.error:
            return b""


def _json_kind(content: bytes) -> Format:
    """Our own export is a procedure by our names; everything else is for the portal's reader to judge."""
    if _readable(content[:_HEAD]).lstrip("\ufeff \t\r\n{").startswith(EXPORT_MARK):
        return Format.OWN_EXPORT
    first = _first_object(content)
    return Format.OWN_EXPORT if isinstance(first, dict) and {"code", "sources"} <= first.keys() else Format.PORTAL_LINES


def _first_object(content: bytes) -> Any:
    """The first JSON value: the first line, or all of it where it runs over several."""
    text = _readable(content).lstrip("\ufeff")
    for words in (text.split("\n", 1)[0], text):
        try:
            found = json.loads(words)
        except (ValueError, RecursionError):
            continue
        return found[0] if isinstance(found, list) and found else found
    return None
