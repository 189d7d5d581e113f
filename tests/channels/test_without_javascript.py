"""What the pages say and offer where no script runs: that all was deleted, how a form put off is taken up again."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from assistant.conversation import Status
from assistant.screen import MOST_CHARACTERS
from assistant.write.fields import said
from channels.web.words import words_in


@pytest.fixture
def ask(client):
    """Sends the form of the chat; returns the page it leads to."""

    def send(text):
        client.post("/hoi", data={"text": text})
        return HTMLParser(client.get("/").text)

    return send


def notes(page):
    """What the page says of itself, to screen readers too."""
    return [one.text() for one in page.css("main .note[role=status]")]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_deleting_is_told_once_it_is_done(client, ask, language):
    client.get("/", params={"lang": language})
    ask("Đăng ký kết hôn cần gì?")
    deleted = HTMLParser(client.get(client.post("/xoa").headers["location"]).text)
    words = said(Status.PRIVACY_DELETED, language)

    assert notes(deleted) == [words]
    assert deleted.css_first("title").text() == words_in(language).plain("base.titled", title=words)
    assert notes(HTMLParser(client.get("/").text)) == []


def test_who_asks_on_after_deleting_does_not_read_it_again(client, ask):
    client.post("/xoa")
    ask("Đăng ký kết hôn cần gì?")

    assert notes(HTMLParser(client.get("/?da=xoa").text)) == []


def test_a_made_up_word_in_the_address_says_nothing(client):
    page = client.get("/?da=gi-do")

    assert (page.status_code, notes(HTMLParser(page.text))) == (200, [])


def test_a_form_that_is_put_off_is_taken_up_again_here_or_by_a_link_made_for_it(client, new_client, ask):
    for text in ("điền tờ khai đăng ký khai sinh", "đồng ý", "UBND phường Hải Châu"):
        ask(text)
    page = ask("để sau")
    strip = page.css_first("[data-form-strip]")
    here = strip.css_first("a.chip.strong")
    button = strip.css_first("form[action='/to-khai/duong-dan']")
    fields = {one.attributes["name"]: one.attributes["value"] for one in button.css("input")}
    made = HTMLParser(client.post("/to-khai/duong-dan", data=fields).text)
    link = made.css_first("#duong-dan").attributes["value"]
    elsewhere = HTMLParser(new_client().get(re.sub(r"^https?://[^/]+", "", link)).text)

    assert "nhắn «tiếp tục tờ khai»" in page.css("[data-turn] .answer")[-1].text()
    assert (here.attributes["href"], here.text()) == ("/to-khai", words_in("vi").plain("strip.open"))
    assert button.css_first("button").text() == words_in("vi").plain("form.make_link")
    assert elsewhere.css_first("h1").text() == "Tờ khai đăng ký khai sinh"


def test_no_link_is_offered_while_a_form_goes_on(ask):
    ask("điền tờ khai đăng ký khai sinh")
    page = ask("đồng ý")

    assert page.css_first("[data-form-strip] form") is None


def test_a_box_takes_as_much_as_the_assistant_reads(client):
    page = HTMLParser(client.get("/").text)

    assert page.css_first("#cau-hoi").attributes["maxlength"] == str(MOST_CHARACTERS)
