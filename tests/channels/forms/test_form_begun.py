"""Forms on their page: begun with consent, gone on with, replaced when told so, deleted."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from assistant.assistant import now
from assistant.consents import How, Purpose
from assistant.consents import words as consent_words
from assistant.forms import filling as fill
from assistant.forms.definition import Kind, forms
from assistant.forms.filling import State
from assistant.forms.values import Held
from channels.web.form_typed import read_back
from tests.channels.forms.page import BIRTH, CHILD, Shown


def test_every_form_can_be_begun_and_says_what_is_agreed_to(client):
    page = HTMLParser(client.get("/to-khai").text)
    consent = consent_words(Purpose.FORM_DATA).text

    assert [one.attributes["value"] for one in page.css("input[name=form]")] == list(forms())
    assert [one.text() for one in page.css("main summary")] == [
        form.short.vi[:1].upper() + form.short.vi[1:] for form in forms().values()
    ]
    assert [one.text().strip() for one in page.css("main details p:not(.small)")] == [consent] * len(forms())
    assert "tro_ly" not in client.cookies


def test_beginning_writes_the_consent_down_and_opens_a_conversation(begin, client, shipped, kept):
    page = begin()
    conversation = shipped.conversations.find(client.cookies["tro_ly"])
    consent = shipped.effects.consents.current(conversation, Purpose.FORM_DATA)

    assert (consent.how, consent.wording_hash) == (How.BUTTON, consent_words(Purpose.FORM_DATA).hash)
    assert (kept().form, kept().state, kept().asked, kept().values) == (BIRTH.id, State.ASKING, "addressee", {})
    assert page.said("h1") == [BIRTH.title.vi]
    assert page.said("main legend") == [group.label.vi for group in BIRTH.groups]
    assert list(page.boxes) == [field.id for field in BIRTH.fields if not field.when]


def test_the_page_says_where_the_form_stands_and_what_is_not_sure(begin, new_client):
    sure, unsure = begin(), begin("uy-quyen", new_client())

    assert f"Theo {BIRTH.source.legal}; đọc ngày 21/11/2026." in sure.said(".small")[0]
    assert sure.said(".caution") == []
    assert unsure.said(".caution")[0].startswith("Mẫu này ghi theo lời người quen việc")


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
