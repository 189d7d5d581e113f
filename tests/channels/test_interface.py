"""The pages in Vietnamese and English, shown as a device chose; what is said of answers."""

from __future__ import annotations

import re
import string
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from assistant.consents import Purpose
from assistant.consents import words as consent_words
from assistant.forms.definition import forms
from channels import web
from channels.feedback import Reason
from channels.web.pages import FIRST_EVENTS
from channels.web.rendering import foreign
from channels.web.words import FILES, sentences, words_in
from knowledge.events import events

WEB = Path(web.__file__).parent
BIRTH = "1.001193"
PAGES = ("/", "/thu-tuc", "/thu-tuc?q=khai+sinh", f"/thu-tuc/{BIRTH}", "/rieng-tu", "/to-khai", "/khong-co")
CHOSEN = "tro_ly_hien_thi"
BY_GROUP = ("start", "step", "note", "card", "feedback", "display")
"""Groups whose keys are put together where they are used."""


def read(response):
    return HTMLParser(response.text)


def said(page, selector):
    """The texts of all there is under a selector."""
    return [" ".join(one.text().split()) for one in page.css(selector)]


def unmarked(page):
    """Vietnamese texts of a page that are not marked as Vietnamese."""
    for quiet in page.css("[lang=vi]:not(html), script, style"):
        quiet.decompose()
    texts = (node.text_content.strip() for node in page.root.traverse(include_text=True) if node.tag == "-text")
    return [text for text in texts if text and foreign(text, "en")]


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_sentence_is_there_in_both_languages_with_the_same_gaps():
    told = sentences()

    assert [key for key, text in told.items() if not text.en] == []
    assert [key for key, text in told.items() if gaps(text.vi) != gaps(text.en)] == []
    assert [key for key, text in told.items() if not unicodedata.is_normalized("NFC", text.vi + text.en)] == []


def test_no_key_stands_in_two_files():
    groups = [re.findall(r"^(\w+):$", path.read_text(encoding="utf-8"), re.MULTILINE) for path in FILES]
    named = [group for found in groups for group in found]

    assert sorted(named) == sorted(set(named))


def test_templates_use_every_sentence_and_only_those_there_are():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (*WEB.glob("*.py"), *WEB.glob("templates/*.html")))
    code += (WEB.parent / "app.py").read_text(encoding="utf-8")
    named = set(re.findall(r"\b[tw]\(\s*'([\w.-]+[\w-])'[,)]", code))
    quoted = set(re.findall(r"""["']([a-z_]+\.[\w-]+)["']""", code))
    own = re.findall(r"^(\w+):$", (WEB / "words.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    looked_for = [group for group in own if group not in BY_GROUP]

    assert named - set(sentences()) == set()
    assert [key for key in sentences() if key.split(".")[0] in looked_for and key not in quoted] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_english_where_english_was_chosen(client, path):
    """What is Vietnamese by nature (names of papers, laws, forms) is marked, so that it is read aloud as such."""
    page = read(client.get(path, params={"lang": "en"} if "?" not in path else {"q": "khai sinh", "lang": "en"}))

    assert page.css_first("html").attributes["lang"] == "en"
    assert unmarked(page) == []


def test_a_form_is_english_and_keeps_what_is_chosen_by_its_code(client):
    client.get("/to-khai?lang=en")
    client.post("/to-khai/bat-dau", data={"form": "khai-sinh"})
    page = read(client.get("/to-khai?da=bat-dau"))
    wrong = read(
        client.post("/to-khai", data={"form": "khai-sinh", "f.child_birth": "31/02/2026", "f.child_sex": "nu"})
    )
    chosen = {one.attributes["value"]: one.text() for one in page.css("#f-child_sex option")}

    assert said(page, "h1") == ["Birth registration declaration"]
    assert said(page, ".note") == [words_in("en").plain("note.bat-dau")]
    assert chosen == {"": "Not chosen", "nam": "Male", "nu": "Female"}
    assert said(page, "main legend") == [group.label.en for group in forms()["khai-sinh"].groups]
    assert said(wrong, "[role=alert] h2") == ["Please correct"]
    assert [one.attributes["value"] for one in wrong.css("#f-child_sex option[selected]")] == ["nu"]
    assert "f-child_birth" in wrong.css_first("[role=alert] a").attributes["href"]
    assert {text for text in unmarked(page) if not text.startswith(("For example", "By "))} <= set(_examples())


def _examples():
    return [
        text for field in forms()["khai-sinh"].fields for text in (field.example, field.help.en if field.help else "")
    ]


def test_what_is_agreed_to_is_written_down_in_the_language_it_was_read_in(client, shipped):
    client.get("/to-khai?lang=en")
    client.post("/to-khai/bat-dau", data={"form": "khai-sinh"})
    conversation = shipped.conversations.find(client.cookies["tro_ly"])
    consent = shipped.effects.consents.current(conversation, Purpose.FORM_DATA)

    assert consent.wording_hash == consent_words(Purpose.FORM_DATA, "en").hash


def test_a_language_once_chosen_is_kept_and_the_switch_leads_back_to_the_same_page(client):
    chosen = client.get("/thu-tuc", params={"q": "khai sinh", "lang": "en"})
    again = read(client.get("/rieng-tu"))
    other = read(chosen).css_first("a.tongue")

    assert again.css_first("html").attributes["lang"] == "en"
    assert (other.text(), other.attributes["lang"], other.attributes["href"]) == (
        "Tiếng Việt",
        "vi",
        "/thu-tuc?q=khai+sinh&lang=vi",
    )
    assert said(read(client.get(other.attributes["href"])), "h1") == ["Tìm thủ tục"]


def test_pages_follow_the_language_of_the_last_answer_until_one_is_chosen(client, new_client):
    client.post("/hoi", data={"text": "How do I register a marriage?"})
    spoken = read(client.get("/"))
    elsewhere = read(client.get("/rieng-tu"))
    client.get("/?lang=vi")
    chosen = read(client.get("/"))

    assert [page.css_first("html").attributes["lang"] for page in (spoken, elsewhere, chosen)] == ["en", "en", "vi"]
    assert said(spoken, "label[for=cau-hoi]") == ["Your question"]
    assert read(new_client().get("/")).css_first("html").attributes["lang"] == "vi"


def test_an_address_in_no_language_of_ours_changes_nothing(client):
    page = client.get("/?lang=fr")

    assert read(page).css_first("html").attributes["lang"] == "vi"
    assert CHOSEN not in client.cookies


def test_steps_are_told_in_the_language_of_the_question(client):
    with client.stream("POST", "/hoi/truc-tiep", data={"text": "How do I register a marriage?"}) as response:
        body = response.read().decode()

    assert re.findall(r'event: step\ndata: \{"text": "([^"]+)"\}', body) == list(words_in("en").under("step").values())


def test_text_and_colours_are_as_chosen_without_javascript(client):
    client.get("/?lang=en")
    sent = client.post(
        "/hien-thi", data={"size": "chu-lon", "scheme": "toi", "contrast": "co", "back": "/thu-tuc?q=khai+sinh"}
    )
    page = read(client.get(sent.headers["location"]))

    assert (sent.status_code, sent.headers["location"]) == (303, "/thu-tuc?q=khai+sinh")
    assert page.css_first("html").attributes == {"lang": "en", "class": "chu-lon toi tuong-phan"}
    assert [one.attributes["value"] for one in page.css(".display [checked]")] == ["chu-lon", "toi", "co"]


def test_a_device_that_chose_nothing_has_no_class_and_no_cookie(client):
    page = read(client.get("/"))

    assert page.css_first("html").attributes == {"lang": "vi"}
    assert dict(client.cookies) == {}


@pytest.mark.parametrize("cookie", ["x", "....", "en.huge.pink.no", "fr.chu-lon", '"><script>', "." * 4000])
def test_a_cookie_that_is_none_of_ours_is_read_as_far_as_it_is(client, cookie):
    page = client.get("/", headers={"Cookie": f"{CHOSEN}={cookie}"})

    assert page.status_code == 200
    assert read(page).css_first("html").attributes.get("class", "") in ("", "chu-lon")


@pytest.mark.parametrize(
    "back",
    [
        "//xau.example/a",
        "https://xau.example",
        "/\\xau.example",
        "\\\\xau.example",
        "javascript:alert(1)",
        "/a\r\nX: y",
        "",
    ],
)
def test_the_form_for_the_display_never_leads_to_another_site(client, back):
    assert client.post("/hien-thi", data={"back": back}).headers["location"] == "/"


def test_a_page_that_was_sent_as_a_form_offers_the_switch_to_a_page_that_can_be_opened(client):
    client.post("/to-khai/bat-dau", data={"form": "khai-sinh"})
    wrong = read(client.post("/to-khai", data={"form": "khai-sinh", "f.child_birth": "31/02/2026"}))
    thanks = read(client.post("/gop-y", data={"turn": "x", "reason": "other"}))

    assert [page.css_first("a.tongue").attributes["href"] for page in (wrong, thanks)] == [
        "/to-khai?lang=en",
        "/?lang=en",
    ]


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/khong-co", "There is no such page."),
        ("/thu-tuc/9.999999", "No procedure has the code 9.999999."),
        ("/thu-tuc?q=" + "x" * 2001, "The request is not in the right form. Please go back and send it again."),
    ],
)
def test_what_goes_wrong_is_told_in_english_too(client, path, heading):
    client.get("/?lang=en")

    assert said(read(client.get(path)), "h1") == [heading]


@pytest.mark.parametrize("reason", Reason)
def test_what_is_said_of_an_answer_is_kept_with_its_reason(client, shipped, reason):
    client.post("/hoi", data={"text": "Đăng ký kết hôn cần gì?"})
    turn = read(client.get("/")).css_first("[name=turn]").attributes["value"]
    thanks = client.post("/gop-y", data={"turn": turn, "reason": reason, "comment": ""})
    conversation = shipped.conversations.find(client.cookies["tro_ly"])
    kept = [one["reason"] for one in shipped.effects.held(conversation)["feedback"]]

    assert kept == [reason]
    assert said(read(thanks), "h1") == [
        words_in("vi").plain("feedback.glad" if reason is Reason.HELPFUL else "feedback.thanks")
    ]


def test_every_reason_is_offered_in_words_and_any_other_is_refused(client):
    client.post("/hoi", data={"text": "Đăng ký kết hôn cần gì?"})
    page = read(client.get("/"))
    offered = [one.attributes["value"] for one in page.css("[type=radio][name=reason]")]
    refused = client.post("/gop-y", data={"turn": "x", "reason": "vi-toi-thich"})

    assert offered == [reason.value for reason in Reason.complaints()]
    assert said(page, ".wrong fieldset label") == [words_in("vi").plain(f"feedback.{reason}") for reason in offered]
    assert refused.status_code == 422


def test_a_procedure_is_shared_by_its_own_address_alone(client, site):
    client.post("/hoi", data={"text": "Làm giấy khai sinh cho con cần gì?"})
    page = client.get(f"/thu-tuc/{BIRTH}")

    assert read(page).css_first("#dia-chi").attributes["value"] == f"{site}/thu-tuc/{BIRTH}"
    assert client.cookies["tro_ly"] not in page.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_first_screen_offers_life_events_and_questions(client, language):
    page = read(client.get("/", params={"lang": language}))
    first = [(f"/viec/{name}", events()[name].name.said_in(language)) for name in FIRST_EVENTS]

    assert [(one.attributes["href"], one.text()) for one in page.css(".events a")][:-1] == first
    assert said(page, ".starts button") == list(words_in(language).under("start").values())


@pytest.mark.parametrize("start", words_in("vi").under("start"))
def test_every_sample_question_finds_a_procedure(shipped, start):
    told = sentences()[f"start.{start}"]
    first = [shipped.catalogue.search(text, 1).codes for text in (told.vi, told.en)]

    assert all(first)


@pytest.mark.parametrize("path", PAGES)
def test_headings_follow_in_order_and_every_id_is_there_once(client, path):
    client.post("/hoi", data={"text": "Làm giấy khai sinh cho con cần gì?"})
    page = read(client.get(path))
    levels = [int(one.tag[1]) for one in page.css("h1, h2, h3, h4")]
    ids = [one.attributes["id"] for one in page.css("[id]")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [after for before, after in pairwise(levels) if after > before + 1] == []
    assert sorted(ids) == sorted(set(ids))
