"""The boxes of a form: read, kept, refused with a reason, quarrelled over by two tabs, confirmed by pressing «Xong»."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from assistant.assistant import now
from assistant.forms import filling as fill
from assistant.forms.filling import State
from assistant.forms.values import Held
from tests.channels.forms.page import CARD, CHILD, Shown, shown_by


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
    assert {one.attributes["src"].split("/")[1] for one in page.tree.css("script")} == {"static"}
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


@pytest.mark.parametrize("fields", [{"revision": "9" * 5_000}, {"revision": "x"}, {"f.": "x"}, {"f.khong_co": "x"}])
def test_a_page_that_was_tampered_with_changes_nothing(begin, save, kept, fields):
    page = save(begin(), fields)

    assert page.status == 200
    assert kept().values == {}
