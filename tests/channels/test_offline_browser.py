"""The chat without a network, in Chromium: what is kept on the device, what is not, and how it is installed."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

BIRTH = "Làm giấy khai sinh cho con cần gì?"
ID_CARD = "Mất căn cước, làm lại ở đâu?"
READY = "navigator.serviceWorker.ready.then(() => true)"
CACHED = """caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
  .then((lists) => lists.flat().map((one) => new URL(one.url).pathname).sort())"""
STORED = "JSON.parse(localStorage.getItem('tro-ly.answers') || '[]').map((one) => one.question)"
KEEP = "Lưu để xem khi mất mạng"
HEADING = "Số khẩn cấp và câu trả lời đã lưu"


@pytest.fixture
def installed(visit):
    """Opens the chat and waits until its service worker is there."""

    def open_page(**options):
        page = visit(faulty=True, **options)
        page.evaluate(READY)
        return page

    return open_page


def ask(page, text, number=1):
    page.locator("#cau-hoi").fill(text)
    page.keyboard.press("Enter")
    turn = page.locator("[data-turn]").nth(number - 1)
    turn.wait_for()
    return turn


def keep(page, *questions):
    """Ask, and keep the answers."""
    for number, text in enumerate(questions, start=1):
        ask(page, text, number).get_by_role("button", name=KEEP).click()


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


def net(page):
    return page.locator(".net").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_without_a_network_any_page_shows_emergency_numbers_and_what_was_kept(installed, width):
    page = installed(width=width)
    keep(page, BIRTH, ID_CARD)
    words = page.locator("[data-words] p").first.inner_text().split("\n")[0]
    page.context.set_offline(True)
    shown = []
    for path in ("/", "/thu-tuc", "/to-khai"):
        page.goto(path)
        shown.append(heading(page))
    numbers = [link.get_attribute("href") for link in page.locator(".emergency-calls a").all()]
    answer = page.locator("details.kept").filter(has_text=BIRTH)
    answer.locator("summary").click()

    assert shown == [HEADING] * 3
    assert numbers == ["tel:113", "tel:114", "tel:115", "tel:111"]
    assert page.locator("details.kept summary").all_inner_texts() == [ID_CARD, BIRTH]
    assert words in answer.inner_text()
    assert "\nGiấy tờ cần có\n– Tờ khai đăng ký khai sinh" in answer.inner_text()
    assert "\nNơi nộp: Trung tâm Phục vụ hành chính công" in answer.inner_text()
    assert "https://dichvucong.gov.vn/" in answer.inner_text()
    assert net(page).startswith("Đang mất mạng.")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0


def test_nothing_but_the_offline_page_is_cached(installed):
    """Whatever was asked and looked at: no page of a conversation, no form, no procedure."""
    page = installed()
    ask(page, BIRTH)
    for path in ("/", "/thu-tuc/1.001193", "/to-khai", "/du-lieu-cua-toi.json", "/"):
        page.evaluate("(path) => fetch(path).then((response) => response.text())", path)
    page.reload()

    assert page.evaluate(CACHED) == [
        "/ngoai-tuyen",
        "/static/answers.js",
        "/static/icon.svg",
        "/static/offline.js",
        "/static/page.css",
    ]


def test_going_offline_and_coming_back_is_told_and_the_question_goes_on(installed):
    page = installed()
    page.context.set_offline(True)
    page.locator(".net", has_text="Đang mất mạng").wait_for()
    gone = net(page)
    page.locator("#cau-hoi").fill(BIRTH)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Gửi lại").wait_for()
    page.reload()
    offline = heading(page)
    page.context.set_offline(False)
    page.locator(".net", has_text="Đã có mạng lại.").wait_for()
    page.reload()
    answer = page.locator("[data-turn]")
    answer.wait_for()

    assert gone == (
        "Đang mất mạng. Chữ anh/chị gõ vẫn còn đây; có mạng lại thì gửi. Xem số khẩn cấp và câu trả lời đã lưu"
    )
    assert offline == HEADING
    assert "1.001193" in answer.inner_text()
    assert page.locator(".said").count() == 1


def test_answers_are_kept_counted_let_go_and_deleted(visit):
    page = visit()
    keep(page, BIRTH, ID_CARD)
    link = page.get_by_role("link", name="Đã lưu (2)")
    counted = link.is_visible()
    page.locator("[data-turn]").nth(1).get_by_role("button", name="Bỏ lưu").click()
    let_go = page.evaluate(STORED)
    page.get_by_role("button", name=KEEP).click()
    page.reload()
    again = page.get_by_role("button", name="Bỏ lưu").count()
    link.click()
    page.locator("details.kept summary").filter(has_text=BIRTH).click()
    page.get_by_role("button", name=f"Xóa: {BIRTH}").click()
    told = page.evaluate("document.activeElement.textContent")
    left = page.evaluate(STORED)
    page.get_by_role("button", name="Xóa hết các câu đã lưu").click()
    empty = page.locator("[data-saved]").inner_text().splitlines()

    assert (counted, let_go, again) == (True, [BIRTH], 2)
    assert (told, left) == ("Đã xóa khỏi máy này.", [ID_CARD])
    assert empty == ["Đã xóa khỏi máy này.", "", "Máy này chưa lưu câu trả lời nào."]
    assert page.evaluate("localStorage.length") == 0


def test_deleting_the_conversation_deletes_what_was_kept(visit):
    page = visit()
    keep(page, BIRTH)
    page.locator("#cau-hoi").fill("chưa gửi")
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    page.get_by_role("heading", name="Anh/chị cần làm giấy tờ gì?").wait_for()

    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.locator("#cau-hoi").input_value() == ""


def test_offline_nothing_is_deleted_and_that_is_said(installed):
    page = installed()
    keep(page, BIRTH)
    page.context.set_offline(True)
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    page.locator(".net", has_text="chưa xóa được trên máy chủ").wait_for()

    assert page.evaluate(STORED) == [BIRTH]
    assert page.locator("[data-turn]").count() == 1


@pytest.mark.parametrize("payload", ["<img src=x onerror=alert(1)>", "</p><script>alert(1)</script>"])
def test_what_is_kept_is_shown_as_text_only(visit, payload):
    page = visit("/ngoai-tuyen")
    page.evaluate(
        """(text) => localStorage.setItem("tro-ly.answers", JSON.stringify([
             { id: text, question: text, text, lang: text, at: text }, null, 5, { question: "không có chữ" }]))""",
        payload,
    )
    page.reload()
    page.locator("details.kept summary").click()

    assert page.locator("details.kept summary").all_inner_texts() == [payload]
    assert page.locator(".kept-text").inner_text() == payload
    assert page.locator("[data-saved] :is(img, script)").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_offline_page_has_no_fault_that_axe_finds(visit, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = visit(width=width, color_scheme=scheme)
    keep(page, BIRTH)
    page.goto("/ngoai-tuyen")
    page.locator("details.kept summary").click()

    assert [fault["id"] for fault in axe.Axe().run(page).response["violations"]] == []


def test_chromium_would_install_it(installed):
    page = installed()
    browser = page.context.new_cdp_session(page)
    manifest = browser.send("Page.getAppManifest")
    faults = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["errors"] == []
    assert [fault for fault in faults if fault["errorId"] != "in-incognito"] == []  # each test is a private window
