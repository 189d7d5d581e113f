"""A saved page is decoded, walked however it is nested, and told for what it is where it holds no procedure."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from knowledge.errors import SourceError
from knowledge.sources.city_html import read_file
from knowledge.sources.limits import Budget, Limits

TODAY = date(2026, 11, 22)


def _page(field):
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><h2 class='tieude-h2'>Cấp thẻ tre</h2>"
        "<table><tr><td class='td-1'>Mã thủ tục</td><td>1.000001</td></tr>"
        f"<tr><td class='td-1'>Lĩnh vực</td><td>{field}</td></tr></table></body></html>"
    )


@pytest.fixture
def saved(tmp_path):
    """Writes a page, text or bytes."""

    def write(page):
        path = tmp_path / "trang.html"
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
        return path

    return write


def _read(path, **limits):
    return list(read_file(path, None, TODAY, Budget(path.name, Limits(**limits))))


def _field(path):
    (record,) = _read(path)
    return record.procedure.field


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<html><title>403 Forbidden</title><h1>403 Forbidden</h1></html>", "it is an error page («403 Forbidden»)"),
        ("<html><body><h1>Lỗi hệ thống</h1></body></html>", "it is an error page («Lỗi hệ thống»)"),
        ("<html><title>502 Bad Gateway</title></html>", "it is an error page («502 Bad Gateway»)"),
        ("<html><title>Đăng nhập</title><form><input type=password></form></html>", "it is a login page"),
        ("<html><title>Tin tức</title><p>Chào</p></html>", "it is a page without a procedure («Tin tức»)"),
        ("<html></html>", "it is a page without a procedure («»)"),
    ],
)
def test_another_page_is_told_for_what_it_is(saved, page, told):
    with pytest.raises(SourceError) as caught:
        _read(saved(page))

    assert str(caught.value) == (
        f"trang.html holds no procedure that can be read: {told}. "
        "Open the page of one procedure in a browser, save it, import that."
    )


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1258", "windows-1258"),
        ("utf-8", "iso-8859-1"),
    ],
)
def test_a_page_is_decoded_by_its_mark_else_as_utf8_else_as_it_declares(saved, encoding, declared):
    """cp1258 writes a tone as a letter of its own; a declared iso-8859-1 over UTF-8 is a lie."""
    page = _page("Đường sắt").replace("utf-8", declared)
    if encoding == "cp1258":
        keep = {ord(c): c for c in "ăâđêôơưĂÂĐÊÔƠƯ"}
        page = "".join(c if ord(c) in keep else _apart(c) for c in page)

    assert _field(saved(page.encode(encoding))) == "Đường sắt"


def _apart(letter):
    """The letter as cp1258 has it: a vowel with its hook, and the tone behind it."""
    parts = unicodedata.normalize("NFD", letter)
    tones = [c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + "".join(tones)


def test_letters_that_no_encoding_explains_are_told(saved):
    with pytest.raises(SourceError, match=r"its letters cannot be read .*\. Save it as UTF-8 and import that\.$"):
        _read(saved(b"<html><meta charset=no-such-thing><table><tr><td>M\xe3 th\xff t\xf0c"))


def test_a_page_nested_without_end_is_read_without_falling_over(saved):
    deep = "<div>" * 20_000 + "Tre trúc" + "</div>" * 20_000

    assert _field(saved(_page(deep))) == "Tre trúc"


def test_a_page_with_too_many_rows_is_told(saved):
    with pytest.raises(SourceError, match="more than 1 rows"):
        _read(saved(_page("Tre")), rows=1)
