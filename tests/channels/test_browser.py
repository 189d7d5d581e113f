"""The chat in Chromium, on a phone and on a desk: by keyboard, by touch, offline, enlarged, without JavaScript."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

BIRTH = "Làm giấy khai sinh cho con cần gì?"
PHONE, DESK = 360, 1280
WIDTHS = pytest.mark.parametrize("width", [PHONE, DESK])
CUT_SHORT = 'event: step\ndata: {"text": "Đang tra dữ liệu…"}\n\n'


def ask(page, text, number=1):
    """Type a question, send it with Enter, and wait for the turn with that number."""
    page.get_by_label("Câu hỏi của anh/chị").fill(text)
    page.keyboard.press("Enter")
    return turn(page, number)


def turn(page, number):
    found = page.locator("[data-turn]").nth(number - 1)
    found.wait_for()
    return found


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def sideways(page):
    """How far the page can be scrolled to the side, in pixels."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@WIDTHS
def test_the_keyboard_alone_is_enough(visit, width):
    """Tab to the box, ask, read, Tab to the first button of what to ask next, press it."""
    page = visit(width=width)
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    for _ in range(40):
        if focused(page) == "cau-hoi":
            break
        page.keyboard.press("Tab")
    page.keyboard.type(BIRTH)
    page.keyboard.press("Enter")
    answer = turn(page, 1)
    reading = focused(page)
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.next') !== null"):
            break
    page.keyboard.press("Enter")

    assert first == "Đến nội dung chính"
    assert "1.001193" in answer.inner_text()
    assert reading == "answer answered"
    assert "Lệ phí bao nhiêu?" in turn(page, 2).locator(".said").inner_text()


def test_shift_enter_begins_a_line_and_sends_nothing(visit):
    page = visit()
    box = page.get_by_label("Câu hỏi của anh/chị")
    box.fill("dòng một")
    box.press("Shift+Enter")

    assert box.input_value() == "dòng một\n"
    assert page.locator("[data-turn], .said").count() == 0


@WIDTHS
def test_a_start_a_choice_and_a_next_question_are_one_press_each(visit, width):
    page = visit(width=width)
    page.get_by_role("button", name=BIRTH).click()
    turn(page, 1).get_by_role("button", name="Mấy ngày").click()
    told = turn(page, 2).inner_text()
    offered = ask(page, "đăng ký xe", 3)
    label = offered.locator(".choices button").nth(1).inner_text()
    offered.locator(".choices button").nth(1).click()
    chosen = turn(page, 4).inner_text()

    assert "Thời hạn giải quyết" in told
    assert re.sub(r"^\d\. ", "", label) in chosen
    assert sideways(page) == 0


def test_a_mark_in_the_text_opens_its_source(visit):
    answer = ask(visit(), BIRTH)
    link = answer.locator(".sources a").first
    before = link.is_visible()
    answer.get_by_role("link", name="Nguồn 1").first.click()

    assert (before, link.is_visible()) == (False, True)
    assert link.get_attribute("href").startswith("https://dichvucong.gov.vn/")
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_copy_takes_the_words_the_facts_and_the_source(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    answer = ask(page, BIRTH)
    answer.get_by_role("button", name="Chép").click()
    answer.get_by_role("button", name="Đã chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")

    assert copied.startswith("Đăng ký khai sinh cho con (mã 1.001193).")
    for words in ("Giấy tờ cần có", "Lệ phí", "Thời hạn", "Nơi nộp", "https://dichvucong.gov.vn/"):
        assert words in copied


def test_feedback_is_sent_and_thanked_for_in_place(visit):
    page = visit()
    answer = ask(page, BIRTH)
    answer.get_by_text("Trả lời sai?").click()
    answer.get_by_label("Còn thiếu").check()
    answer.get_by_role("button", name="Gửi góp ý").click()
    answer.get_by_text("Cảm ơn anh/chị. Chúng tôi sẽ xem lại câu trả lời này.").wait_for()

    assert answer.locator("form[data-wrong]").count() == 0
    assert page.locator("[data-turn]").count() == 1


def test_the_conversation_is_there_again_until_it_is_deleted(visit):
    page = visit()
    words = ask(page, BIRTH).locator(".words").inner_text()
    page.reload()
    again = turn(page, 1).locator(".words").inner_text()
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    page.get_by_role("heading", name="Anh/chị cần làm giấy tờ gì?").wait_for()

    assert again == words
    assert page.locator("[data-turn]").count() == 0
    assert page.context.cookies() == []


@WIDTHS
def test_everything_works_without_javascript(visit, width):
    page = visit(width=width, java_script_enabled=False)
    page.get_by_label("Câu hỏi của anh/chị").fill(BIRTH)
    page.get_by_role("button", name="Gửi", exact=True).click()
    turn(page, 1).get_by_role("button", name="Lệ phí").click()
    second = turn(page, 2)
    fee = second.inner_text()
    second.locator(".sources summary").click()
    source = second.locator(".sources a").is_visible()
    copying = second.locator("[data-copy]").is_visible()
    second.get_by_text("Trả lời sai?").click()
    second.get_by_label("Sai số liệu, giấy tờ").check()
    second.get_by_role("button", name="Gửi góp ý").click()
    thanks = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Về trang hỏi đáp").click()
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()

    assert "Phí, lệ phí" in fee
    assert (source, copying) == (True, False)
    assert thanks == "Cảm ơn anh/chị. Chúng tôi sẽ xem lại câu trả lời này."
    assert page.get_by_role("heading", name="Anh/chị cần làm giấy tờ gì?").is_visible()


def test_offline_it_says_so_and_sends_again_when_told(visit):
    page = visit(faulty=True)
    page.context.set_offline(True)
    page.get_by_label("Câu hỏi của anh/chị").fill(BIRTH)
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="Gửi lại")
    again.wait_for()
    told = page.get_by_role("status").inner_text()
    page.context.set_offline(False)
    again.click()
    answer = turn(page, 1)

    assert told == "Mất kết nối, câu hỏi chưa gửi được. Gửi lại"
    assert "1.001193" in answer.inner_text()
    assert page.locator(".said").count() == 1
    assert page.get_by_label("Câu hỏi của anh/chị").input_value() == ""
    assert again.count() == 0


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"body": CUT_SHORT, "content_type": "text/event-stream"}, "Mất kết nối, câu trả lời chưa về tới. Gửi lại"),
        ({"body": "<h1>Xin đợi 9 giây</h1>", "status": 429}, "Xin đợi 9 giây Gửi lại"),
        ({"body": "Bad gateway", "status": 502}, "Mất kết nối, câu hỏi chưa gửi được. Gửi lại"),
    ],
    ids=["stream cut short", "refused", "gateway"],
)
def test_an_answer_that_does_not_come_leaves_the_question_to_mend(visit, broken, told):
    """The words stand in the box again; asking something else takes the unanswered bubble away."""
    page = visit(faulty=True)
    page.route("**/hoi/truc-tiep", lambda route: route.fulfill(**broken))
    box = page.get_by_label("Câu hỏi của anh/chị")
    box.fill("Cau hoi nay se hong")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Gửi lại").wait_for()
    heard, left = page.get_by_role("status").inner_text(), box.input_value()
    page.unroute("**/hoi/truc-tiep")
    ask(page, BIRTH)

    assert (heard, left) == (told, "Cau hoi nay se hong")
    assert [said.splitlines()[-1] for said in page.locator(".said").all_inner_texts()] == [BIRTH]


def test_an_emergency_shows_numbers_to_press(visit):
    answer = ask(visit(width=PHONE), "có đám cháy")

    assert [link.get_attribute("href") for link in answer.locator(".emergency-calls a").all()] == [
        "tel:114",  # a fire: those who put it out first
        "tel:115",
        "tel:113",
        "tel:111",
    ]


@pytest.mark.parametrize(("width", "height"), [(640, 370), (320, 256)], ids=["200 %", "400 %"])
def test_nothing_runs_off_the_side_when_enlarged(visit, width, height):
    """A desk screen enlarged is a small one: 1280 pixels at 200 % are 640."""
    page = visit(width=width, height=height, faulty=True)
    ask(page, BIRTH)
    ask(page, "đăng ký xe", 2)
    ask(page, "How do I register a marriage?", 3)
    widths = [sideways(page)]
    for path in ("/", "/thu-tuc?q=khai+sinh", "/thu-tuc/1.001193", "/rieng-tu", "/khong-co"):
        page.goto(path)
        widths.append(sideways(page))

    assert widths == [0] * 6


def test_text_alone_at_twice_the_size_stays_within_a_phone(visit):
    page = visit(width=PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    ask(page, BIRTH)

    assert sideways(page) == 0


@WIDTHS
def test_buttons_are_large_enough_to_touch(visit, width):
    page = visit(width=width)
    ask(page, BIRTH)
    ask(page, "đăng ký xe", 2)
    boxes = [one.bounding_box() for one in page.locator("button:visible, summary:visible, nav a, .card .more").all()]

    assert len(boxes) > 12
    assert min(round(box["height"]) for box in boxes) >= 44
