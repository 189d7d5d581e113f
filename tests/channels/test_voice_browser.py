"""Speaking and listening in Chromium, whose speech is stood in for: no machine of the tests has a microphone."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

BIRTH = "Làm giấy khai sinh cho con cần gì?"
HEARING = """
window.heard = [];
window.SpeechRecognition = class {
  start() { window.heard.push(["start", this.lang]); window.listening = this; }
  stop() { window.heard.push(["stop"]); this.onend(); }
  abort() { window.heard.push(["abort"]); this.onend(); }
  say(...pieces) { this.onresult({ results: pieces.map((transcript) => [{ transcript }]) }); }
  fail(error) { this.onerror({ error }); this.onend(); }
};
"""
SPEAKING = """
window.spoken = []; window.voices = [{ lang: "en-US" }, { lang: "vi-VN", name: "Lan" }];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => window.voices,
  speak: (one) => window.spoken.push(one),
  cancel: () => { const cut = window.spoken.find((one) => !one.over); window.spoken.length = 0; if (cut) cut.onerror({}); },
} });
"""
MUTE = """delete window.webkitSpeechRecognition; delete window.SpeechRecognition;
for (const name of ["speechSynthesis", "webkitSpeechRecognition"]) Object.defineProperty(window, name, { value: undefined });"""


def box(page):
    return page.locator("#cau-hoi")


def send(page, text):
    box(page).fill(text)
    page.keyboard.press("Enter")


def ask(page, text, number=1):
    send(page, text)
    turn = page.locator("[data-turn]").nth(number - 1)
    turn.wait_for()
    return turn


def said(page):
    """The questions that can be seen, with or without an answer."""
    return [one.splitlines()[-1] for one in page.locator(".said").all_inner_texts()]


def test_speaking_fills_the_box_and_tells_that_it_listens(visit):
    page = visit("/rieng-tu")
    page.add_init_script(HEARING)
    page.goto("/")
    box(page).fill("Cho hỏi")
    page.get_by_role("button", name="Nói", exact=True).click()
    listening = page.locator(".heard").inner_text()
    page.evaluate("listening.say('làm giấy')")
    half = box(page).input_value()
    page.evaluate("listening.say('làm giấy khai sinh', 'cần gì')")
    page.get_by_role("button", name="Dừng nghe").click()
    over = page.locator(".heard").inner_text()

    assert listening.startswith("Đang nghe, anh/chị nói đi… Giọng nói do trình duyệt đổi thành chữ")
    assert half == "Cho hỏi làm giấy"
    assert box(page).input_value() == "Cho hỏi làm giấy khai sinh cần gì"
    assert over == "Anh/chị xem lại chữ rồi bấm Gửi."
    assert page.evaluate("heard") == [["start", "vi-VN"], ["stop"]]
    assert page.get_by_role("button", name="Nói", exact=True).is_visible()
    assert page.locator("[data-turn]").count() == 0


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("not-allowed", "Trình duyệt chưa cho dùng micro. Anh/chị cho phép trong cài đặt của trang, hoặc gõ chữ."),
        ("no-speech", "Chưa nghe được gì, anh/chị bấm Nói rồi thử lại."),
        ("network", "Mất mạng nên chưa nghe được, anh/chị gõ chữ giúp."),
        ("language-not-supported", "Chưa nghe được, anh/chị gõ chữ giúp."),
    ],
)
def test_speech_that_fails_says_what_to_do(visit, error, words):
    page = visit("/rieng-tu")
    page.add_init_script(HEARING)
    page.goto("/")
    page.get_by_role("button", name="Nói", exact=True).click()
    page.evaluate("(error) => listening.fail(error)", error)

    assert page.locator(".heard").inner_text() == words
    assert page.evaluate("document.activeElement.id") == "cau-hoi"


def test_sending_stops_the_listening(visit):
    page = visit("/rieng-tu")
    page.add_init_script(HEARING)
    page.goto("/")
    page.get_by_role("button", name="Nói", exact=True).click()
    page.evaluate("(words) => listening.say(words)", BIRTH)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-turn]").wait_for()

    assert page.evaluate("heard") == [["start", "vi-VN"], ["abort"]]
    assert (said(page), box(page).input_value()) == ([BIRTH], "")


def test_an_answer_is_read_aloud_without_marks_and_addresses_until_it_is_stopped(visit):
    page = visit("/rieng-tu")
    page.add_init_script(SPEAKING)
    page.goto("/")
    answer = ask(page, BIRTH)
    answer.get_by_role("button", name="Nghe", exact=True).click()
    spoken = page.evaluate("spoken.map((one) => [one.lang, one.voice.name, one.text])")
    answer.get_by_role("button", name="Dừng đọc").click()
    text = " ".join(piece for _, _, piece in spoken)

    assert {(language, voice) for language, voice, _ in spoken} == {("vi-VN", "Lan")}
    assert text.startswith("Đăng ký khai sinh cho con (mã 1.001193).")
    assert not [sign for sign in ("http", "«", "▸", "  ") if sign in text]
    assert max(len(piece) for _, _, piece in spoken) <= 200
    assert page.evaluate("spoken") == []
    assert answer.get_by_role("button", name="Nghe", exact=True).is_visible()


def test_reading_ends_by_itself_and_english_has_its_own_voice(visit):
    page = visit("/rieng-tu")
    page.add_init_script(SPEAKING)
    page.goto("/")
    answer = ask(page, "How do I register a birth?")
    answer.get_by_role("button", name="Listen", exact=True).click()
    languages = page.evaluate("[...new Set(spoken.map((one) => one.lang))]")
    page.evaluate("for (const one of spoken) one.over = true; spoken[spoken.length - 1].onend()")

    assert languages == ["en-US"]
    assert answer.get_by_role("button", name="Listen", exact=True).is_visible()


def test_a_device_without_a_vietnamese_voice_says_so(visit):
    page = visit("/rieng-tu")
    page.add_init_script(SPEAKING + "window.voices.pop();")
    page.goto("/")
    answer = ask(page, BIRTH)
    answer.get_by_role("button", name="Nghe", exact=True).click()

    assert answer.get_by_role("button", name="Máy này chưa có giọng đọc tiếng Việt.").is_visible()
    assert page.evaluate("spoken") == []


def test_a_browser_without_speech_shows_nothing_of_it(visit):
    page = visit("/rieng-tu")
    page.add_init_script(MUTE)
    page.goto("/")
    answer = ask(page, BIRTH)

    assert answer.get_by_role("button", name="Nghe", exact=True).count() == 0
    assert page.get_by_role("button", name="Nói", exact=True).count() == 0
