"""The pages of life events: every event in both languages, steps in order, papers that serve several, the way to the chat."""

from __future__ import annotations

import html
import re

import pytest

from assistant.act.event import all_steps
from channels.web.events import SharedPaper, shared_papers
from knowledge.events import events, recognise
from knowledge.speech import understand


def titles(page):
    """The steps, as the page heads them."""
    found = re.findall(r'<li id="viec-\d+">\s*<h3>.*?</span> <span[^>]*>(.*?)</span></h3>', page.text, re.DOTALL)
    return [html.unescape(title) for title in found]


def test_the_list_leads_to_every_event(client):
    page = client.get("/viec")

    assert sorted(re.findall(r'href="/viec/([^"]+)"', page.text)) == sorted(events())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_event_has_its_page_in_both_languages(client, language):
    seen = {name: client.get(f"/viec/{name}", params={"lang": language}) for name in events()}

    assert {name: page.status_code for name, page in seen.items()} == dict.fromkeys(events(), 200)
    assert all(html.escape(events()[name].name.said_in(language)) in page.text for name, page in seen.items())
    assert all(f'<html lang="{language}"' in page.text for page in seen.values())


def test_the_steps_stand_in_the_order_of_the_chat(client, ask):
    told = ask("vợ mới sinh")["answer"]["choices"]

    assert titles(client.get("/viec/birth")) == [choice["label"] for choice in told]


def test_a_step_says_what_it_spares_and_by_what_it_is_spared(client):
    page = client.get("/viec/birth").text
    first, second = (page.split(f'<li id="viec-{number}">')[1].split("<li id=")[0] for number in (1, 2))

    assert re.findall(r'href="#viec-(\d)"', first) == ["2", "3", "4", "5"]
    assert "Làm việc này thì khỏi làm riêng" in first
    assert re.findall(r'href="#viec-(\d)"', second.split("Không cần nếu đã làm")[1].split("</div>")[0]) == ["1"]


def test_a_paper_that_several_steps_ask_for_is_listed_once_with_its_steps(shipped):
    found = all_steps(events()["losing-a-job"], shipped.catalogue)

    assert shared_papers(found, "vi") == [SharedPaper("Sổ bảo hiểm xã hội", (2, 7))]


def test_steps_done_one_instead_of_the_other_share_no_paper(shipped):
    first, second, *_ = all_steps(events()["birth"], shipped.catalogue)
    papers = [{paper.name.vi for paper in entry.procedure.real_papers} for entry in (first, second)]

    assert papers[0] & papers[1] != set()
    assert shared_papers([first, second], "vi") == []


def test_every_event_is_understood_by_the_chat_in_the_words_of_its_button(client):
    asked = {}
    for name in events():
        for language in ("vi", "en"):
            page = client.get(f"/viec/{name}", params={"lang": language}).text
            text = html.unescape(
                re.search(r'action="/hoi"[^>]*><input type="hidden" name="text" value="([^"]*)"', page)[1]
            )
            found = recognise(understand(text))
            asked[name, language] = found.id if found else text

    assert asked == {(name, language): name for name in events() for language in ("vi", "en")}


def test_an_unknown_event_is_told_in_words(client):
    page = client.get("/viec/khong-co")

    assert page.status_code == 404
    assert "<h1>Không có việc này.</h1>" in page.text


@pytest.mark.browser
def test_from_an_event_one_press_asks_the_chat_about_a_step(visit):
    page = visit("/viec/birth", width=360)
    page.get_by_role("button", name="Hỏi về việc này: Đăng ký khai sinh cho con").click()
    page.locator("[data-turn]").wait_for()

    assert "1.001193" in page.locator("[data-turn] .answer").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["/viec", "/viec/building-a-house?lang=en", "/noi-lam-thu-tuc?q=Hòa Liên", "/nguoi-that"]
)
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_no_fault_and_nothing_hangs_over(visit, path, width, scheme):
    found = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    page = visit(path, width=width, color_scheme=scheme)

    assert [
        (fault["id"], [node["target"] for node in fault["nodes"]])
        for fault in found.Axe().run(page).response["violations"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
