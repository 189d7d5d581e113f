"""The page of the form, as a browser without JavaScript gets it: begun, filled in, quarrelled over, handed out, deleted."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from assistant.assistant import now
from assistant.consents import How, Purpose
from assistant.consents import words as consent_words
from assistant.forms import filling as fill
from assistant.forms.definition import Kind, forms
from assistant.forms.filling import State
from assistant.forms.store import AFTER_DOWNLOAD
from assistant.forms.values import Held
from channels.web.form_place import without_link
from channels.web.form_typed import read_back

BIRTH = forms()["khai-sinh"]
CARD = "048190001234|201234567|Nguyễn Thị Hoa|12031990|Nữ|123 Lê Duẩn, phường Hải Châu, Đà Nẵng|20112021"
CHILD = {
    "f.addressee": "Ủy ban nhân dân phường Hải Châu",
    "f.requester_name": "Nguyễn Thị Hoa",
    "f.child_name": "Lê Minh An",
    "f.child_birth": "05/11/2026",
    "f.child_sex": "nam",
    "f.copies_wanted": "co",
}
POSTS = ("", "/xong", "/giu", "/xoa", "/duong-dan", "/can-cuoc", "/can-cuoc/dung", "/bat-dau")


class Shown:
    """A page of the form."""

    def __init__(self, response):
        self.status = response.status_code
        self.tree = HTMLParser(response.text)

    @property
    def boxes(self) -> dict[str, str]:
        """By field, what stands in its box."""
        return {name.removeprefix("f."): text for name, text in self.sent().items() if name.startswith("f.")}

    def sent(self) -> dict[str, str]:
        """What pressing a button of the page sends when nothing was touched."""
        named = (one for one in self.tree.css("#to-khai [name]") if one.tag != "button")
        return {
            one.attributes["name"]: _value(one)
            for one in named
            if one.attributes.get("type") != "checkbox" or "checked" in one.attributes
        }

    def said(self, selector: str) -> list[str]:
        """The texts of all there is under a selector."""
        return [" ".join(one.text().split()) for one in self.tree.css(selector)]


def _value(box) -> str:
    if box.tag == "textarea":
        return box.text().removeprefix("\n")
    if box.tag == "select":
        chosen = box.css_first("option[selected]")
        return chosen.attributes["value"] if chosen else ""
    return box.attributes.get("value") or ""


@pytest.fixture
def begin(client):
    """Begins a form; returns its page."""

    def press(name: str = BIRTH.id, person=None, **fields: str) -> Shown:
        person = person or client
        begun = person.post("/to-khai/bat-dau", data={"form": name, **fields})
        assert (begun.status_code, begun.headers["location"]) == (303, "/to-khai?da=bat-dau")
        return Shown(person.get("/to-khai"))

    return press


@pytest.fixture
def save(client):
    """Sends a page as it stands, with some boxes filled in; follows to the page it leads to."""

    def press(page: Shown, fields: dict[str, str], button: str = "/to-khai", person=None) -> Shown:
        person = person or client
        sent = person.post(button, data={**page.sent(), **fields})
        return Shown(person.get(sent.headers["location"]) if sent.status_code == 303 else sent)

    return press


@pytest.fixture
def kept(client, shipped):
    """What is kept of this person's form."""

    def read(person=None, after: timedelta = timedelta()):
        conversation = shipped.conversations.find((person or client).cookies["tro_ly"])
        return shipped.effects.forms.of(conversation, now() + after)

    return read


def shown_by(filling) -> dict[str, str]:
    return {name: held.shown for name, held in filling.values.items()}


def test_every_form_can_be_begun_and_says_what_is_agreed_to(client):
    page = HTMLParser(client.get("/to-khai").text)
    consent = consent_words(Purpose.FORM_DATA).text

    assert [one.attributes["value"] for one in page.css("input[name=form]")] == list(forms())
    assert [one.text() for one in page.css("summary")] == [
        form.short.vi[:1].upper() + form.short.vi[1:] for form in forms().values()
    ]
    assert [one.text().strip() for one in page.css("details p:not(.small)")] == [consent] * len(forms())
    assert "tro_ly" not in client.cookies


def test_beginning_writes_the_consent_down_and_opens_a_conversation(begin, client, shipped, kept):
    page = begin()
    conversation = shipped.conversations.find(client.cookies["tro_ly"])
    consent = shipped.effects.consents.current(conversation, Purpose.FORM_DATA)

    assert (consent.how, consent.wording_hash) == (How.BUTTON, consent_words(Purpose.FORM_DATA).hash)
    assert (kept().form, kept().state, kept().asked, kept().values) == (BIRTH.id, State.ASKING, "addressee", {})
    assert page.said("h1") == [BIRTH.title.vi]
    assert page.said("legend") == [group.label.vi for group in BIRTH.groups]
    assert list(page.boxes) == [field.id for field in BIRTH.fields if not field.when]


def test_the_page_says_where_the_form_stands_and_what_is_not_sure(begin, new_client):
    sure, unsure = begin(), begin("uy-quyen", new_client())

    assert f"Theo {BIRTH.source.legal}; đọc ngày 21/11/2026." in sure.said(".small")[0]
    assert sure.said(".caution") == []
    assert unsure.said(".caution")[0].startswith("Mẫu này ghi theo lời người quen việc")


def test_what_is_typed_is_read_kept_and_shown_as_the_form_writes_it(begin, save, kept):
    page = save(begin(), {**CHILD, "f.requester_birth": "12 tháng 3 năm 1990", "f.copies_wanted": "co"})

    assert (page.status, page.said("[role=status]")) == (200, ["Đã lưu."])
    assert page.boxes["requester_birth"] == "12/03/1990"
    assert page.boxes["child_sex"] == kept().values["child_sex"].data == "nam"
    assert {(held.origin, held.confirmed, held.words) for held in kept().values.values()} == {("typed", True, "")}
    assert kept().asked == "requester_document"


def test_a_choice_opens_the_fields_that_hang_on_it(begin, save):
    closed = begin()
    opened = save(closed, {"f.copies_wanted": "co"})
    again = save(opened, {"f.copies_wanted": "khong"})

    assert ["copies_number" in page.boxes for page in (closed, opened, again)] == [False, True, False]
    assert closed.said("#h-copies_wanted") == ["Chọn xong, anh/chị bấm «Lưu» để hiện thêm những mục đi kèm."]


def test_what_cannot_be_read_stays_in_its_box_while_the_rest_is_kept(begin, save, kept):
    page = save(begin(), {**CHILD, "f.child_birth": "31/02/2026", "f.requester_document": "căn cước 04819000123"})
    message = page.said("#e-child_birth")[0]

    assert page.status == 422
    assert page.boxes["child_birth"] == "31/02/2026"
    assert page.tree.css_first("#f-child_birth").attributes["aria-invalid"] == "true"
    assert page.tree.css_first("#f-child_birth").attributes["aria-describedby"].split() == [
        "h-child_birth",
        "e-child_birth",
    ]
    assert [link.attributes["href"] for link in page.tree.css("[role=alert] a")] == [
        "#f-requester_document",
        "#f-child_birth",
    ]
    assert f"Ngày, tháng, năm sinh: {message}" in page.said("[role=alert] li")
    assert sorted(kept().values) == ["addressee", "child_name", "child_sex", "copies_wanted", "requester_name"]

    mended = save(page, {"f.child_birth": "5/11/2026", "f.requester_document": ""})

    assert (mended.status, mended.boxes["child_birth"]) == (200, "05/11/2026")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("requester_name", "a" * 10_000),
        ("child_home", "phường " * 2_000),
        ("child_name", "0905123456"),
        ("child_birth", "mùng 2 tết"),
        ("child_sex", "khác"),
        ("copies_wanted", "<script>"),
    ],
)
def test_bad_input_is_told_and_nothing_breaks(begin, save, kept, field, typed):
    page = save(begin(), {f"f.{field}": typed})

    assert page.status == 422
    assert page.said(f"#e-{field}")[0].endswith((".", "»."))
    assert kept().values == {}


@pytest.mark.parametrize(
    "typed",
    ['"><script>alert(1)</script>', "{{ 7*7 }} {% raw %}", "</textarea><img src=x>", "=HYPERLINK(1)", "Hòa & Bình <3"],
)
def test_signs_of_templates_and_markup_are_only_letters(begin, save, typed):
    page = save(begin(), {"f.addressee": typed})

    assert page.boxes["addressee"] == typed
    assert [one.attributes.get("src") for one in page.tree.css("script")] == ["/static/chat.js"]
    assert page.tree.css("img") == []


def test_an_emptied_box_drops_its_value_and_none_is_ticked_where_the_form_allows_it(begin, save, kept):
    page = save(begin(), {**CHILD, "f.father_name": "Lê Văn Minh"})
    emptied = save(page, {"f.father_name": "", "f.child_name": ""})
    ticked = save(emptied, {"none.father_name": "co", "none.child_name": "co"})
    unticked = {name: text for name, text in ticked.sent().items() if name != "none.father_name"}

    assert "father_name" not in kept().values
    assert kept().none == ("father_name",)
    assert "none.father_name" in ticked.sent()

    unticking = HTMLParser("<form id=to-khai></form>")
    ticked.tree = unticking
    save(ticked, unticked)

    assert kept().none == ()


def test_two_tabs_that_write_into_different_boxes_are_both_kept(begin, save, kept):
    first = second = begin()
    save(first, {"f.child_name": "Lê Minh An"})
    page = save(second, {"f.requester_name": "Nguyễn Thị Hoa"})

    assert shown_by(kept()) == {"child_name": "Lê Minh An", "requester_name": "Nguyễn Thị Hoa"}
    assert page.said("[role=status]") == ["Đã lưu. Tờ khai cũng vừa được sửa ở nơi khác, dưới đây là bản mới nhất."]


def test_two_tabs_that_write_into_the_same_box_lose_nothing(begin, save, kept):
    first = second = begin()
    save(first, {"f.child_name": "Lê Minh An", "f.child_sex": "nam"})
    page = save(second, {"f.child_name": "Lê Minh Ân", "f.child_sex": "nu", "f.requester_name": "Nguyễn Thị Hoa"})

    assert page.status == 409
    assert (page.boxes["child_name"], page.boxes["child_sex"]) == ("Lê Minh An", "nam")
    assert page.said(".mine q") == ["Lê Minh Ân", "Nữ"]
    assert shown_by(kept())["requester_name"] == "Nguyễn Thị Hoa"

    taken = save(page, {"take.child_name": "co"})

    assert taken.status == 200
    assert (shown_by(kept())["child_name"], kept().values["child_sex"].data) == ("Lê Minh Ân", "nam")


def test_what_the_chat_noted_shows_its_words_and_waits_for_a_yes(begin, save, client, shipped, kept):
    begin()
    conversation = shipped.conversations.find(client.cookies["tro_ly"])
    held = Held(data="Lê Minh An", shown="Lê Minh An", words="con tôi tên Lê Minh An")
    shipped.effects.forms.save(conversation, fill.put(kept(), {"child_name": held}), now())
    page = Shown(client.get("/to-khai"))

    assert page.said("#w-child_name") == [
        "Ghi từ câu «con tôi tên Lê Minh An». Anh/chị xem đã đúng chưa, sai thì sửa hoặc xóa."
    ]

    save(page, {}, "/to-khai/xong")

    assert kept().state is State.DONE
    assert kept().values["child_name"] == held.model_copy(update={"confirmed": True})


def test_what_contradicts_is_told_with_its_fields_and_what_is_missing_is_listed(begin, save):
    page = save(begin(), {"f.child_birth": "05/11/2026", "f.mother_birth": "2020"})

    assert "Mẹ chưa tới 13 tuổi" in page.said("#xem-lai li")[0]
    assert [one.attributes["href"] for one in page.tree.css("#xem-lai a")] == ["#f-mother_birth", "#f-child_birth"]
    assert "#f-child_name" in [one.attributes["href"] for one in page.tree.css(".missing a")]
    assert "#f-child_birth" not in [one.attributes["href"] for one in page.tree.css(".missing a")]


def test_an_empty_form_is_not_finished_and_neither_is_one_that_changed_meanwhile(begin, save, kept):
    page = begin()
    empty = save(page, {}, "/to-khai/xong")
    save(page, {"f.child_name": "Lê Minh An"})
    behind = save(page, {"f.requester_name": "Nguyễn Thị Hoa"}, "/to-khai/xong")

    assert (empty.status, empty.said("[role=alert]")) == (
        409,
        ["Tờ khai còn trống. Anh/chị điền ít nhất một mục."],
    )
    assert (behind.status, kept().state) == (409, State.ASKING)
    assert sorted(shown_by(kept())) == ["child_name", "requester_name"]


def test_what_blocks_keeps_a_form_from_being_finished(begin, save, kept):
    """Two people who marry: the form itself says from what age."""
    page = save(begin("ket-hon"), {"f.bride_birth": "01/01/2015", "f.groom_birth": "01/01/2014"}, "/to-khai/xong")

    assert page.status == 409
    assert page.said("[role=alert] p")[0].startswith("Chỗ này mâu thuẫn")
    assert kept().state is State.ASKING


@pytest.fixture
def finished(begin, save, kept):
    """A form that is done; returns its page."""
    page = save(begin(), CHILD, "/to-khai/xong")
    assert (page.said("[role=status]"), kept().state) == (
        ["Tờ khai đã xong. Anh/chị tải về, xem lại lần cuối rồi ký."],
        State.DONE,
    )
    return page


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
    assert kept(after=AFTER_DOWNLOAD * 2) is not None

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


def test_a_form_is_deleted_and_what_a_page_left_open_still_holds_is_not_lost(begin, save, client, kept):
    page = save(begin(), CHILD)
    deleted = client.post("/to-khai/xoa")
    late = save(page, {"f.child_home": "phường Điện Bàn, Đà Nẵng"})

    assert (deleted.status_code, deleted.headers["location"]) == (303, "/to-khai?da=xoa")
    assert Shown(client.get("/to-khai?da=xoa")).said("[role=status]") == ["Đã xóa tờ khai."]
    assert kept() is None
    assert (late.status, late.said(".typed dt"), late.said(".typed dd")) == (
        404,
        ["Quê quán"],
        ["phường Điện Bàn, Đà Nẵng"],
    )


def test_another_form_takes_the_place_of_one_only_when_told_so(begin, save, client, kept):
    page = save(begin(), CHILD)
    asked = client.post("/to-khai/bat-dau", data={"form": "ket-hon"})

    assert asked.status_code == 409
    assert "Anh/chị đang khai dở tờ khai khai sinh." in Shown(asked).said(".caution")[0]
    assert kept().form == BIRTH.id

    begin("ket-hon", instead="co")
    late = save(page, {"f.child_home": "Huế"})

    assert kept().form == "ket-hon"
    assert (late.status, late.said(".typed dd")) == (409, ["Huế"])


def test_beginning_the_same_form_again_goes_on_with_it(begin, save, kept):
    save(begin(), CHILD)
    again = begin()

    assert again.boxes["child_name"] == "Lê Minh An"


def test_a_form_the_chat_waits_to_begin_is_agreed_to_on_the_page(client, shipped, kept):
    client.post("/hoi", data={"text": "Xin chào"})
    conversation = shipped.conversations.find(client.cookies["tro_ly"])
    held = Held(data="Lê Minh An", shown="Lê Minh An", words="con tôi tên Lê Minh An")
    shipped.effects.forms.save(conversation, fill.put(fill.begin(BIRTH), {"child_name": held}), now())
    page = Shown(client.get("/to-khai"))
    client.post("/to-khai/bat-dau", data={"form": BIRTH.id})

    assert page.said("h1") == ["Điền tờ khai khai sinh"]
    assert page.said("article li, .page > ul:not(.forms) li") == ["Họ, chữ đệm, tên: Lê Minh An"]
    assert (kept().state, kept().values) == (State.ASKING, {"child_name": held})


def test_a_form_of_an_older_version_is_shown_as_todays_and_says_so(begin, save, client, shipped, kept):
    begin()
    conversation = shipped.conversations.find(client.cookies["tro_ly"])
    held = Held(data="x", shown="x", confirmed=True)
    old = fill.put(kept(), {"child_name": held, "no_longer": held}).model_copy(update={"version": "2020-01-01"})
    shipped.effects.forms.save(conversation, old, now())
    page = Shown(client.get("/to-khai"))
    save(page, {})

    assert page.said(".caution")[0].startswith("Mẫu tờ khai đã có bản mới.")
    assert (kept().version, list(kept().values)) == (BIRTH.version, ["child_name"])


def test_an_identity_card_fills_in_what_is_ticked(begin, save, kept):
    page = save(begin(), {"f.requester_name": "Nguyễn Thị Hoài"})
    read = save(page, {"card": CARD}, "/to-khai/can-cuoc")
    ticked = [name for name in read.sent() if name.startswith("fill.")]

    assert read.status == 200
    assert "Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Hoa (đang ghi: Nguyễn Thị Hoài)" in read.said("#can-cuoc .tick")
    assert ticked == ["fill.requester_birth", "fill.requester_document", "fill.requester_address"]
    assert list(kept().values) == ["requester_name"]

    filled = save(read, {}, "/to-khai/can-cuoc/dung")

    assert filled.said("[role=status]") == ["Đã điền theo thẻ căn cước."]
    assert (filled.boxes["requester_name"], filled.boxes["requester_birth"]) == ("Nguyễn Thị Hoài", "12/03/1990")
    assert (kept().values["requester_birth"].origin, kept().values["requester_birth"].confirmed) == ("card", True)


@pytest.mark.parametrize("text", ["", "không phải thẻ", "1|2|3|4|5|6|7", CARD.replace("12031990", "31021990"), "|" * 9])
def test_what_is_no_card_is_told_and_what_was_typed_beside_it_is_kept(begin, save, kept, text):
    page = save(begin(), {"card": text, "f.child_name": "Lê Minh An"}, "/to-khai/can-cuoc")

    assert (page.status, page.sent()["card"], bool(page.said("#the-e")[0])) == (422, text, True)
    assert list(kept().values) == ["child_name"]


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


@pytest.mark.parametrize("fields", [{"revision": "9" * 5_000}, {"revision": "x"}, {"f.": "x"}, {"f.khong_co": "x"}])
def test_a_page_that_was_tampered_with_changes_nothing(begin, save, kept, fields):
    page = save(begin(), fields)

    assert page.status == 200
    assert kept().values == {}


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.id)
def test_every_form_has_its_page_and_every_choice_is_read_back_as_itself(begin, form):
    """The page sends what a choice is kept as; the reader gets its label."""
    page = begin(form.id)
    today = now().date()
    told = {
        (field.id, option.id): read_back(field, option.id, today).data
        for field in form.fields
        if field.kind is Kind.CHOICE
        for option in field.options
    }

    assert page.said("h1") == [form.title.vi]
    assert told == {(field, option): option for field, option in told}
