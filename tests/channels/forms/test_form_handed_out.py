"""A finished form: its documents, the hour they leave it, the sheet of what to bring, the strip below the chat."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from assistant.forms.definition import forms
from assistant.forms.filling import State
from assistant.forms.store import AFTER_DOWNLOAD
from tests.channels.forms.page import BIRTH, Shown

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXTENSIONS = {
    _WORD: "docx",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "image/png": "png",
    "application/json": "json",
}


@pytest.mark.parametrize(
    ("kind", "media", "begins"),
    [
        ("docx", _WORD, b"PK"),
        ("pdf", "application/pdf", b"%PDF-"),
        ("png?trang=1", "image/png", b"\x89PNG"),
        ("png", "image/png", b"\x89PNG"),
        ("json", "application/json", b"{"),
    ],
)
def test_a_finished_form_is_handed_out(finished, client, kind, media, begins):
    answer = client.get(f"/to-khai/tai/{kind}")
    plain, full = (
        answer.headers["content-disposition"].removeprefix("attachment; filename=").split("; filename*=UTF-8''")
    )

    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(begins)
    assert plain.isascii()
    assert unquote(full) == f"to-khai-dang-ky-khai-sinh-le-minh-an.{_EXTENSIONS[media]}"


def test_what_was_typed_stands_in_the_documents(finished, client):
    word = zipfile.ZipFile(io.BytesIO(client.get("/to-khai/tai/docx").content)).read("word/document.xml").decode()
    data = json.dumps(client.get("/to-khai/tai/json").json(), ensure_ascii=False)

    assert "Lê Minh An" in word
    assert "Lê Minh An" in data


def test_a_form_goes_an_hour_after_its_download_unless_it_is_kept(finished, client, save, kept):
    first = client.get("/to-khai/tai/pdf")
    soon = kept(after=AFTER_DOWNLOAD - timedelta(minutes=1))
    page = save(finished, {}, "/to-khai/giu")

    assert (first.status_code, soon is not None) == (200, True)
    assert page.said("[role=status]") == ["Đã giữ lại tờ khai này."]

    client.get("/to-khai/tai/pdf")

    assert kept(after=AFTER_DOWNLOAD * 2) is not None


def test_a_form_that_went_after_its_download_leaves_the_page_on_which_forms_are_begun(finished, client, kept):
    client.get("/to-khai/tai/pdf")

    assert kept(after=AFTER_DOWNLOAD + timedelta(minutes=1)) is None
    assert client.get("/to-khai").text.count('name="form"') == len(forms())


def test_looking_at_the_pages_starts_no_clock(finished, client, kept):
    page = HTMLParser(client.get("/to-khai/xem").text)

    assert page.css_first("img").attributes["src"].startswith("data:image/png;base64,iVBOR")
    assert page.css_first("img").attributes["alt"].startswith("Trang 1")
    assert kept(after=AFTER_DOWNLOAD * 2) is not None


@pytest.mark.parametrize("path", ["/to-khai/tai/docx", "/to-khai/tai/png", "/to-khai/xem"])
def test_nothing_is_handed_out_before_it_is_done_or_to_another_site(begin, client, new_client, path):
    nobody = new_client().get(path)
    begin()
    early = client.get(path)
    foreign = client.get(path, headers={"Sec-Fetch-Site": "cross-site"})

    assert [one.headers["location"] for one in (nobody, early, foreign)] == [
        "/to-khai",
        "/to-khai?da=chua-xong",
        "/to-khai",
    ]
    assert Shown(client.get("/to-khai?da=chua-xong")).said("[role=status]")[0].startswith("Tờ khai chưa xong")


@pytest.mark.parametrize(("path", "status"), [("/to-khai/tai/exe", 404), ("/to-khai/tai/png?trang=9", 404)])
def test_a_document_that_is_none_is_a_page_that_says_so(finished, client, path, status):
    assert client.get(path).status_code == status


def test_a_finished_form_that_is_mended_stays_finished_unless_something_blocks(finished, save, kept):
    save(finished, {"f.child_name": "Lê Minh Ân"})

    assert (kept().state, kept().values["child_name"].shown) == (State.DONE, "Lê Minh Ân")


def test_one_page_to_print_says_what_is_missing_and_what_to_bring(begin, save, client):
    save(begin(), {"f.child_birth": "05/11/2026", "f.mother_birth": "2020"})
    asked = HTMLParser(client.get("/to-khai/mang-theo").text)
    page = HTMLParser(client.get("/to-khai/mang-theo?ma=1.001193").text)
    headings = [one.text() for one in page.css("h2")]

    assert asked.css_first(".found a").attributes["href"] == "/to-khai/mang-theo?ma=1.001193"
    assert headings[:2] == ["Xem lại giúp", "Còn trống trong tờ khai, viết tay sau khi in"]
    assert [word for word in ("Giấy tờ", "Nơi nộp", "phí") if not any(word in one for one in headings)] == []
    assert page.css_first(".sources a").attributes["href"].startswith("https://dichvucong.gov.vn/")


def test_a_form_of_no_procedure_says_whom_to_ask_what_to_bring(begin, client):
    begin("uy-quyen")

    assert "Tờ khai này không gắn với một thủ tục nào" in client.get("/to-khai/mang-theo").text


def test_the_chat_shows_the_form_below_what_was_said(finished, begin, client, new_client):
    other = new_client()
    begin(person=other)
    waiting, ready = (HTMLParser(one.get("/").text).css_first("[data-form-strip]") for one in (other, client))

    assert "Đang khai: tờ khai khai sinh" in waiting.text()
    assert BIRTH.field("addressee").ask.vi in waiting.text()
    assert [one.attributes["href"] for one in waiting.css("a")] == ["/to-khai"]
    assert [one.attributes["href"] for one in ready.css("a")] == [
        "/to-khai",
        "/to-khai/tai/docx",
        "/to-khai/tai/pdf",
        "/to-khai/xem",
        "/to-khai/tai/json",
        "/to-khai/mang-theo",
    ]
    assert "data-form-strip" not in new_client().get("/").text
