"""A file is known by its content; what cannot be imported is told for what it is, with what to do."""

from __future__ import annotations

import gzip
import json
import zipfile

import pytest

from knowledge.errors import SourceError
from knowledge.sources.formats import IMPORTABLE, Format, detect
from knowledge.sources.limits import MIB, USUAL

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _stream(name):
    return OLE + name.encode("utf-16-le")


@pytest.fixture
def file(tmp_path):
    """Writes content under a name that says nothing."""

    def write(content, name="tep"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


RECORD = json.dumps({"detail": {"code": "1.000001", "name": "Cấp thẻ tre"}})
EXPORT = json.dumps({"code": "1.000001", "name": "Cấp thẻ tre", "sources": []}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (RECORD, Format.PORTAL_LINES),
        (gzip.compress(RECORD.encode()), Format.PORTAL_LINES),
        ("\ufeff" + RECORD, Format.PORTAL_LINES),
        ("{broken", Format.PORTAL_LINES),
        ("[" * 100_000, Format.PORTAL_LINES),
        (b"\x1f\x8b" + b"garbage" * 9, Format.PORTAL_LINES),
        (EXPORT, Format.OWN_EXPORT),
        (f"{EXPORT}\n{EXPORT}\n", Format.OWN_EXPORT),
        (f"[{EXPORT}]", Format.OWN_EXPORT),
        (json.dumps(json.loads(EXPORT), indent=1), Format.OWN_EXPORT),
        (gzip.compress(f"{EXPORT}\n{EXPORT}".encode()), Format.OWN_EXPORT),
        ('# thẻ\ncode: "1.000001"\nname: Cấp thẻ tre\n', Format.OWN_ENTRY),
        ("<!DOCTYPE html><html></html>", Format.CITY_HTML),
        ("\ufeff  <HTML>", Format.CITY_HTML),
        ("<!-- saved from url=(0007)http:// -->\n<html>", Format.CITY_HTML),
        ("<html><p>thẻ".encode("utf-16"), Format.CITY_HTML),
        (b"%PDF-1.4\n", Format.DETAIL_PDF),
        (b"\r\n%PDF-1.7\n", Format.DETAIL_PDF),
    ],
)
def test_the_content_tells_the_format_whatever_the_name(file, content, form):
    assert detect(file(content, "danh-sach.xlsx")) is form


def test_a_workbook_is_known_by_what_it_holds(new_list):
    assert detect(new_list(["Mã số", "Tên"], name="trang.html")) is Format.LIST_XLSX


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "it is empty. Get it again."),
        (b" \r\n\0\0", "it is empty. Get it again."),
        (
            _stream("EncryptedPackage"),
            "it is protected by a password. Open it, save it without password, import that.",
        ),
        (_stream("Workbook"), "it is an old Excel workbook (.xls). Save it as .xlsx and import that."),
        (
            _stream("WordDocument"),
            "it is an old Word document (.doc). Give the PDF the portal exports instead.",
        ),
        (b"PK\x03\x04 cut", "it is damaged (File is not a zip file). Get it again."),
        ("code,name\n1.000001,thẻ\n", f"it is of no format known here. {IMPORTABLE}"),
        (bytes(range(1, 256)) * 9, f"it is of no format known here. {IMPORTABLE}"),
        ("<?xml version='1.0'?><thẻ/>", f"it is of no format known here. {IMPORTABLE}"),
    ],
)
def test_what_cannot_be_imported_is_told_with_what_to_do(file, content, told):
    with pytest.raises(SourceError) as caught:
        detect(file(content))

    assert str(caught.value) == f"tep holds no procedure that can be read: {told}"


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("word/document.xml", "it is a Word document. Give the PDF the portal exports instead."),
        ("a.pdf", "it is a ZIP archive and no workbook. Unpack it and import what is in it."),
    ],
)
def test_an_archive_that_is_no_workbook_is_told(tmp_path, inside, told):
    with zipfile.ZipFile(tmp_path / "tep", "w") as archive:
        archive.writestr(inside, "x")

    with pytest.raises(SourceError) as caught:
        detect(tmp_path / "tep")

    assert str(caught.value) == f"tep holds no procedure that can be read: {told}"


def _hole(path, head, size):
    """A file of that size which takes no room."""
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("head", "size", "most"),
    [
        (b"", 200 * 10**6, USUAL.bytes),
        (b"{", 200 * 10**6, USUAL.bytes),
        (b"%PDF-1.4\n", 33 * MIB, 32 * MIB),
        (b"<html>", 9 * MIB, 8 * MIB),
        (b"code: 1.000001\n", 2 * MIB, MIB),
    ],
)
def test_a_file_too_large_for_its_kind_is_refused_unread(tmp_path, head, size, most):
    with pytest.raises(SourceError) as caught:
        detect(_hole(tmp_path / "film", head, size))

    assert str(caught.value) == f"film is larger than {most // MIB} MiB: no file of its kind is. Check the file."


def test_every_real_file_is_known(shared_data):
    forms = {
        path.name: detect(path) for folder in ("exports", "catalogue") for path in (shared_data / folder).glob("*[fxz]")
    }

    assert {name for name, form in forms.items() if form is Format.DETAIL_PDF} == {
        n for n in forms if n.endswith("pdf")
    }
    assert {name for name, form in forms.items() if form is Format.LIST_XLSX} == {
        n for n in forms if n.endswith("xlsx")
    }
    assert [name for name, form in forms.items() if form is Format.PORTAL_LINES] == ["dvcqg-2026-07-18.jsonl.gz"]
    assert len(forms) == 18


@pytest.mark.parametrize(
    "name", ["dang ky khai sinh.doc", "dang ky thuong tru.docx", "01_to_khai_dang_ky_khai_sinh.pdf"]
)
def test_a_blank_form_is_no_procedure(shared_data, name):
    from datetime import date

    from knowledge.sources.files import read_file
    from knowledge.sources.limits import Budget

    with pytest.raises(SourceError, match=r"holds no procedure that can be read: it is an? "):
        list(read_file(shared_data / "forms" / name, None, date(2026, 11, 22), Budget(name))[1])
