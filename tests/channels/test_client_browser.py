"""The script of the chat in Chromium: a weak network, a reload in the middle, an officer being waited for."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.channels.held_assistant import held

pytestmark = pytest.mark.browser

BIRTH = "Làm giấy khai sinh cho con cần gì?"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
CLOSED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("closed", "SecurityError"); } });"""
LATER = "const now = Date.now; Date.now = () => now() + 3 * 60 * 1000;"


@pytest.fixture(scope="module")
def slow(serve, shipped):
    """The address of an assistant that can be held back, and what holds it."""
    assistant, holding = held(shipped)
    address = serve(assistant)
    httpx.get(f"{address}/healthz", timeout=60, trust_env=False)  # it has warmed up: nothing else of it is held back
    return address, holding


@pytest.fixture
def visit_slow(visit, slow):
    """Opens the chat of the slow server, held back."""
    address, holding = slow
    holding.hold()
    yield lambda **options: visit(f"{address}/", faulty=True, **options)
    holding.let_go()


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


def told(page):
    return page.locator("#tien-trinh").inner_text()


def said(page):
    """The questions that can be seen, with or without an answer."""
    return [one.splitlines()[-1] for one in page.locator(".said").all_inner_texts()]


def kept(page):
    """What this tab keeps."""
    return page.evaluate("Object.keys(sessionStorage).sort()")


def test_a_reload_in_the_middle_loses_nothing_and_asks_once(visit_slow, slow):
    page = visit_slow()
    send(page, BIRTH)
    assert slow[1].reached.wait(30)
    page.reload()
    page.locator(".said").wait_for()
    waiting = (said(page), page.get_by_role("button", name="Gửi", exact=True).is_disabled())
    slow[1].let_go()
    page.locator("[data-turn]").wait_for()
    after = (said(page), told(page), kept(page))
    page.reload()

    assert waiting == ([BIRTH], True)
    assert after == ([BIRTH], "", [])
    assert (said(page), page.locator("[data-turn]").count(), slow[1].runs) == ([BIRTH], 1, 1)


def test_an_answer_that_came_to_the_server_meanwhile_is_shown_and_not_asked_for(visit_slow, slow):
    page = visit_slow()
    send(page, BIRTH)
    assert slow[1].reached.wait(30)
    page.goto("about:blank")
    slow[1].let_go()
    page.goto(f"{slow[0]}/")
    page.locator("[data-turn]").wait_for()

    assert (said(page), slow[1].runs) == ([BIRTH], 1)
    assert kept(page) == []


def test_one_question_at_a_time(visit_slow, slow):
    page = visit_slow()
    send(page, BIRTH)
    assert slow[1].reached.wait(30)
    page.get_by_role("button", name="Mất căn cước, làm lại ở đâu?").click()
    waiting = (told(page), said(page))
    slow[1].let_go()
    page.locator("[data-turn]").wait_for()

    assert waiting == ("Anh/chị đợi câu trả lời này rồi hỏi tiếp nhé.", [BIRTH])
    assert slow[1].runs == 1


def test_a_slow_answer_is_told_of_then_given_up_and_sent_again_without_being_asked_twice(visit_slow, slow):
    page = visit_slow()
    page.clock.install()
    send(page, BIRTH)
    assert slow[1].reached.wait(30)
    page.get_by_text("Đang tìm thủ tục…").or_(page.get_by_text("Đang đọc câu hỏi…")).wait_for()
    page.clock.fast_forward(9_000)
    slowly = told(page)
    page.clock.fast_forward(60_000)
    again = page.get_by_role("button", name="Gửi lại")
    again.wait_for()
    late = told(page)
    again.click()
    slow[1].let_go()
    page.locator("[data-turn]").wait_for()

    assert slowly == "Mạng chậm, tôi vẫn đang đợi câu trả lời…"
    assert late == "Lâu quá chưa có câu trả lời. Gửi lại"
    assert (said(page), box(page).input_value(), slow[1].runs) == ([BIRTH], "", 1)


def test_words_typed_and_not_sent_are_there_after_a_reload(visit):
    page = visit()
    box(page).fill("tôi muốn hỏi về")
    page.reload()
    again = box(page).input_value()
    box(page).fill("")
    page.reload()

    assert again == "tôi muốn hỏi về"
    assert box(page).input_value() == ""


def test_an_old_unanswered_question_is_offered_and_can_be_dropped_or_sent(visit):
    page = visit(faulty=True)
    page.route("**/hoi/truc-tiep", lambda route: route.abort())
    send(page, BIRTH)
    page.get_by_role("button", name="Gửi lại").wait_for()
    page.unroute("**/hoi/truc-tiep")
    page.add_init_script(LATER)
    page.reload()
    offered = (told(page), said(page))
    page.reload()
    page.get_by_role("button", name="Gửi lại").click()
    page.locator("[data-turn]").wait_for()
    answered = (said(page), kept(page))

    assert offered == ("Câu hỏi này chưa có câu trả lời. Gửi lại Bỏ câu hỏi này", [BIRTH])
    assert answered == ([BIRTH], [])


def test_a_dropped_question_does_not_come_back(visit):
    page = visit(faulty=True)
    page.route("**/hoi/truc-tiep", lambda route: route.abort())
    send(page, BIRTH)
    page.get_by_role("button", name="Gửi lại").wait_for()
    box(page).fill("")
    page.add_init_script(LATER)
    page.reload()
    page.get_by_role("button", name="Bỏ câu hỏi này").click()
    focused = page.evaluate("document.activeElement.id")
    page.reload()

    assert focused == "cau-hoi"
    assert (said(page), told(page), kept(page)) == ([], "", [])


@pytest.mark.parametrize("broken", ["{", '"x"', "null", '{"key": "x", "text": "y"}', '{"key": 5}'])
def test_what_somebody_else_put_into_the_store_is_left_aside(visit, broken):
    page = visit()
    page.evaluate("(text) => sessionStorage.setItem('tro-ly.question', text)", broken)
    page.evaluate("(text) => localStorage.setItem('tro-ly.answers', text)", broken)
    page.reload()
    answer = ask(page, BIRTH)

    assert "1.001193" in answer.inner_text()
    assert kept(page) == []


@pytest.mark.parametrize("trouble", [FULL, CLOSED], ids=["full", "closed"])
def test_asking_works_where_nothing_can_be_stored(visit, trouble):
    page = visit("/rieng-tu")
    page.add_init_script(trouble)
    page.goto("/")
    answer = ask(page, BIRTH)
    keeping = answer.get_by_role("button", name="Lưu để xem khi mất mạng")
    if trouble is FULL:
        keeping.click()

    assert "1.001193" in answer.inner_text()
    assert keeping.count() == 0
    assert answer.get_by_text("Máy hết chỗ, chưa lưu được").count() == (1 if trouble is FULL else 0)


def test_deleting_by_words_clears_the_screen_and_what_the_device_keeps(visit):
    page = visit()
    ask(page, BIRTH).get_by_role("button", name="Lưu để xem khi mất mạng").click()
    before = page.evaluate("localStorage.length")
    ask(page, "xóa hết dữ liệu của tôi đi", 2)
    send(page, "có")
    page.locator("[data-deleted]").wait_for()

    assert (before, page.evaluate("localStorage.length"), kept(page)) == (1, 0, [])
    assert said(page) == ["có"]


def test_waiting_for_an_officer_is_followed_less_often_while_the_network_fails(visit):
    """The state is told where it changes; once the matter is closed, nothing is asked any more."""
    page = visit(faulty=True)
    states = [
        {"state": "waiting", "position": 2, "said": "Còn 1 người trước anh/chị."},
        None,
        {"state": "taken", "position": 0, "said": "Cán bộ đã nhận."},
        {"state": "closed", "position": 0, "said": "Đã xong."},
    ]
    asked = []

    def answer(route):
        state = states[min(len(asked), 3)]
        asked.append(state)
        if state:
            route.fulfill(body=json.dumps(state), content_type="application/json")
        else:
            route.fulfill(status=503)

    page.route("**/nguoi-that.json", answer)
    page.clock.install()
    ask(page, "cho tôi gặp cán bộ")
    ask(page, "có", 2)
    place = page.locator("[data-handover]")
    heard = []
    for seconds, words in ((0, "Còn 1 người trước anh/chị."), (11, ""), (21, "Cán bộ đã nhận."), (11, "Đã xong.")):
        page.clock.fast_forward(seconds * 1000)
        if words:
            place.filter(has_text=words).wait_for()
        heard.append(place.inner_text())
    page.clock.fast_forward(600_000)

    assert heard == ["Còn 1 người trước anh/chị.", "Còn 1 người trước anh/chị.", "Cán bộ đã nhận.", "Đã xong."]
    assert place.get_attribute("role") == "status"
    assert asked == states
