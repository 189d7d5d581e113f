"""Who reaches a form, by a private link or not at all, and what no page and no log may hold."""

from __future__ import annotations

import re

import pytest

from channels.web.form_place import without_link
from tests.channels.forms.page import BIRTH, CHILD, Shown, shown_by

POSTS = ("", "/xong", "/giu", "/xoa", "/duong-dan", "/can-cuoc", "/can-cuoc/dung", "/bat-dau")


def test_a_private_link_opens_the_form_on_another_device_and_nothing_else(begin, save, client, new_client, site, kept):
    client.post("/hoi", data={"text": "Làm giấy khai sinh cho con cần gì?"})
    page = save(save(begin(), CHILD), {"f.child_name": "Lê Minh Ân"}, "/to-khai/duong-dan")
    link = page.tree.css_first("#duong-dan").attributes["value"]
    path, other = link.removeprefix(site), new_client()
    there = other.get(path)
    elsewhere = Shown(there)

    assert link.startswith(f"{site}/to-khai/l/")
    assert (there.status_code, there.headers["referrer-policy"], there.headers["x-robots-tag"]) == (
        200,
        "same-origin",
        "noindex",
    )
    assert elsewhere.boxes["child_name"] == "Lê Minh Ân"
    assert {one.attributes["formaction"] for one in elsewhere.tree.css("#to-khai button")} == {
        path,
        f"{path}/xong",
        f"{path}/can-cuoc",
    }
    assert Shown(other.get("/")).said("[data-turn]") == []

    saved = save(elsewhere, {"f.child_name": "Lê Minh Khôi"}, path, other)
    done = save(saved, {}, f"{path}/xong", other)

    assert shown_by(kept())["child_name"] == "Lê Minh Khôi"
    assert [one.attributes["href"] for one in done.tree.css("#tai-ve a[download]")] == [
        f"{path}/tai/{kind}" for kind in ("docx", "pdf", "json")
    ]
    assert other.get(f"{path}/tai/pdf").content.startswith(b"%PDF-")
    assert "tro_ly" not in other.cookies


def test_a_link_that_leads_nowhere_says_so(begin, save, client, new_client):
    page = begin()
    old = save(page, {}, "/to-khai/duong-dan").tree.css_first("#duong-dan").attributes["value"]
    save(page, {}, "/to-khai/duong-dan")
    other = new_client()
    answers = [other.get(path) for path in (old, "/to-khai/l/khong-co", "/to-khai/l/khong-co/mang-theo")]
    typed = other.post("/to-khai/l/khong-co", data={"form": BIRTH.id, "f.child_name": "Lê Minh An"})

    assert [one.status_code for one in answers] == [404, 404, 303]
    assert Shown(answers[1]).said("h1") == ["Đường dẫn này không còn mở được tờ khai"]
    assert (typed.status_code, Shown(typed).said(".typed dd")) == (404, ["Lê Minh An"])


@pytest.mark.parametrize("path", [f"/to-khai{post}" for post in POSTS] + [f"/to-khai/l/x{post}" for post in POSTS])
def test_another_site_cannot_press_a_button(begin, save, client, kept, path):
    save(begin(), CHILD)
    refused = client.post(path, data={"form": "ket-hon", "instead": "co"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert refused.status_code == 403
    assert len(kept().values) == len(CHILD)


def test_whoever_saves_too_fast_keeps_what_was_typed(serve, shipped, new_client, begin, save, kept):
    person = new_client(serve(shipped, a_minute=2))
    page = save(begin(person=person), {"f.child_name": "Lê Minh An"}, person=person)
    refused = save(page, {"f.requester_name": "Nguyễn Thị Hoa"}, person=person)

    assert refused.status == 429
    assert refused.said("[role=status]")[0].startswith("Anh/chị bấm hơi nhanh")
    assert refused.boxes["requester_name"] == "Nguyễn Thị Hoa"
    assert shown_by(kept(person)) == {"child_name": "Lê Minh An"}


@pytest.mark.parametrize("path", ["", "/chon", "/xem", "/mang-theo", "/mang-theo?ma=1.001193", "/l/khong-co"])
def test_no_page_holds_what_the_policy_would_stop(finished, client, path):
    page = client.get(f"/to-khai{path}")

    assert page.headers["cache-control"] == "no-store"
    assert "unsafe" not in page.headers["content-security-policy"]
    assert re.findall(r"<script(?! src=\"/static/)|<style|\sstyle=|\son\w+=|javascript:", page.text) == []
    assert page.text.count("<h1") == page.text.count("<main") == page.text.count("<title>") == 1


def test_no_log_holds_a_private_link():
    paths = ("/to-khai/l/abc_-9", "/to-khai/l/abc/tai/pdf", "/to-khai/tai/pdf")

    assert [without_link(path) for path in paths] == ["/to-khai/l/…", "/to-khai/l/…/tai/pdf", "/to-khai/tai/pdf"]
