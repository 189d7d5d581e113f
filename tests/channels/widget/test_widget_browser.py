"""A conversation in the widget, in Chromium: asked, answered, lost, sent again, downloaded, deleted."""

from __future__ import annotations

import json
import re

import pytest

from assistant import wording
from tests.channels.widget.page import BIRTH, BOX, asked, opened, stored

pytestmark = pytest.mark.browser


def test_a_question_a_choice_a_source_and_a_complaint(embedded):
    page = opened(embedded())
    first = asked(page, BIRTH)
    told = first.inner_text()
    first.get_by_role("button", name="Lệ phí").click()
    second = page.locator("tro-ly-1022 article").nth(1)
    second.locator(".answer").wait_for()
    second.get_by_text("Nguồn (1)").click()
    source = second.locator("details li a").first
    second.get_by_text("Trả lời sai?").click()
    second.get_by_role("button", name="Khó hiểu").click()
    second.get_by_text("Cảm ơn anh/chị.").wait_for()

    assert "1.001193" in told
    assert source.get_attribute("href").startswith("https://")
    assert source.get_attribute("rel") == "noopener noreferrer"


def test_the_token_stays_in_the_storage_of_the_page_and_out_of_every_address(embedded, server):
    page = embedded()
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    opened(page)
    asked(page, BIRTH)
    asked(page, "thế lệ phí bao nhiêu?", 2)
    kept = stored(page)
    page.reload()
    opened(page)
    again = asked(page, "thế mấy ngày?").inner_text()

    ((key, token),) = kept.items()
    assert key == f"tro-ly-1022:{server}/"
    assert stored(page) == kept
    assert not [address for address in addresses if token in address]
    assert "1.001193" in again
    assert page.get_by_text("Anh/chị đang nói tiếp chuyện lúc nãy").count() == 1


def test_starting_again_and_deleting_forget_the_conversation(embedded):
    page = opened(embedded())
    asked(page, BIRTH)
    first = stored(page)
    page.get_by_role("button", name="Bắt đầu lại").click()
    restarted = stored(page), page.locator("tro-ly-1022 article").count()
    asked(page, "xóa dữ liệu của tôi")
    page.get_by_role("button", name="Xóa hết").click()
    page.get_by_text("Đã xóa. Tôi không còn giữ gì").wait_for()

    assert first != {}
    assert restarted == ({}, 0)
    assert stored(page) == {}


def test_an_emergency_has_its_numbers_to_call(embedded):
    turn = asked(opened(embedded()), "có đám cháy")

    calls = turn.locator(".calls a").evaluate_all("(found) => found.map((one) => one.getAttribute('href'))")
    assert sorted(calls) == sorted(f"tel:{number}" for number in wording.EMERGENCY_NUMBERS)
    assert calls[0] == "tel:114"


def test_offers_between_procedures_are_buttons(embedded):
    turn = asked(opened(embedded()), "đăng ký xe")
    offers = turn.locator(".offers").first.get_by_role("button")
    label = offers.first.inner_text()
    offers.first.click()
    chosen = turn.page.locator("tro-ly-1022 article").nth(1)
    chosen.locator(".answer").wait_for()

    assert label.startswith("1. ")
    assert label.removeprefix("1. ") in chosen.locator(".said").inner_text()


def test_a_form_is_filled_in_and_its_documents_are_a_private_link_away(embedded, server):
    page = opened(embedded())
    said = (
        "điền giúp tờ khai kết hôn",
        "đồng ý",
        "bên nữ tên Lê Thị Na sinh 1/12/2001, bên nam tên Trần Văn Hùng sinh 3/3/2000",
        "xong",
        "đúng hết, xuất tờ khai",
    )
    turns = [asked(page, text, number) for number, text in enumerate(said, start=1)]
    with page.context.expect_page() as shown:
        turns[-1].get_by_role("link", name="Tải bản Word, PDF").click()
    shown.value.get_by_role("link", name="Word", exact=True).wait_for()

    assert turns[2].locator(".note").inner_text() == "Đang điền tờ khai kết hôn: 4/16 mục."
    assert re.fullmatch(rf"{server}/to-khai/l/[\w-]{{32}}", shown.value.url)


def test_a_page_that_is_not_allowed_is_told_so_and_learns_nothing(embedded, server):
    page = opened(embedded(allowed=False))
    page.get_by_label(BOX).fill(BIRTH)
    page.keyboard.press("Enter")
    page.get_by_text("Trang web này chưa được phép dùng trợ lý.").wait_for()

    assert page.get_by_role("link", name="Mở trang của trợ lý").get_attribute("href") == f"{server}/"
    assert page.get_by_label(BOX).input_value() == BIRTH
    assert stored(page) == {}


def test_a_lost_connection_keeps_the_question_and_sends_it_again(embedded):
    page = opened(embedded())
    page.context.set_offline(True)
    page.get_by_label(BOX).fill(BIRTH)
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="Gửi lại")
    again.wait_for()
    kept = page.get_by_label(BOX).input_value()
    page.context.set_offline(False)
    again.click()
    page.locator("tro-ly-1022 article .answer").wait_for()

    assert kept == BIRTH
    assert page.get_by_label(BOX).input_value() == ""
    assert page.locator("tro-ly-1022 article").count() == 1


def test_a_question_whose_answer_was_lost_is_sent_again_and_is_one_turn(embedded, shipped):
    """The server answers, the answer gets lost, twice; a first question and one that goes on."""
    page = opened(embedded())
    lost = []

    def lose(route):
        lost.append(route.fetch().json())
        route.abort()

    for number, text in enumerate((BIRTH, "thế lệ phí bao nhiêu?"), start=1):
        page.route("**/api/chat", lose)
        page.get_by_label(BOX).fill(text)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Gửi lại").wait_for()
        page.unroute("**/api/chat", lose)
        page.get_by_role("button", name="Gửi lại").click()
        page.locator("tro-ly-1022 article .answer").nth(number - 1).wait_for()
    (token,) = stored(page).values()
    kept = shipped.conversations.turns(shipped.conversations.find(token))

    assert [turn.question for turn in kept] == [BIRTH, "thế lệ phí bao nhiêu?"]
    assert [turn.id for turn in kept] == [told["turn"] for told in lost]
    assert page.locator("tro-ly-1022 article").count() == 2


def test_the_same_words_after_their_answer_are_a_new_question(embedded, shipped):
    page = opened(embedded())
    asked(page, BIRTH)
    asked(page, BIRTH, 2)
    (token,) = stored(page).values()

    assert len(shipped.conversations.turns(shipped.conversations.find(token))) == 2


def test_ones_own_data_are_downloaded_once_something_is_kept(embedded, shipped):
    page = opened(embedded())
    mine = page.get_by_text("Dữ liệu của tôi", exact=True)
    before = mine.is_visible()
    answer = asked(page, "tôi muốn xem dữ liệu của tôi")
    with page.expect_download() as from_answer:
        answer.get_by_role("button", name="Tải dữ liệu của tôi").click()
    page.get_by_text("Đã tải dữ liệu của anh/chị về máy.").wait_for()
    mine.click()
    with page.expect_download() as from_below:
        page.locator("tro-ly-1022 footer").get_by_role("button", name="Tải dữ liệu của tôi").click()
    (token,) = stored(page).values()
    held = shipped.effects.held(shipped.conversations.find(token))

    assert before is False
    assert from_below.value.suggested_filename == "du-lieu-cua-toi.json"
    assert [json.loads(one.value.path().read_bytes()) for one in (from_answer, from_below)] == [held] * 2
    assert [row["channel"] for row in held["conversations"]] == ["widget"]


def test_a_press_asks_whether_to_delete_and_another_deletes(embedded, shipped):
    page = opened(embedded())
    asked(page, BIRTH)
    (token,) = stored(page).values()
    page.get_by_text("Dữ liệu của tôi", exact=True).click()
    page.get_by_role("button", name="Xóa dữ liệu của tôi").click()
    page.get_by_role("button", name="Xóa hết").click()
    page.get_by_text("Đã xóa. Tôi không còn giữ gì").wait_for()

    assert shipped.conversations.find(token) is None
    assert page.get_by_text("Dữ liệu của tôi", exact=True).is_visible() is False


def test_who_asks_too_fast_reads_how_long_to_wait(embedded, serve, shipped, sites):
    slow = serve(shipped, a_minute=1, TROLY_WIDGET_ORIGINS=sites[1])
    page = opened(embedded(f'<script src="{slow}/widget.js"></script>'))
    asked(page, BIRTH)
    page.get_by_label(BOX).fill("thế lệ phí?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Gửi lại").wait_for()

    assert re.search(r"đợi .*\d+ giây", page.locator("tro-ly-1022 .status").inner_text())


def test_two_widgets_speak_two_languages_and_keep_two_conversations(embedded, server):
    page = embedded(
        'SCRIPT<tro-ly-1022 id="a"></tro-ly-1022><tro-ly-1022 id="b" lang="en" side="left"></tro-ly-1022>SCRIPT'
    )
    opened(page)
    asked(page, BIRTH)
    page.keyboard.press("Escape")
    opened(page, "Ask the 1022 assistant")
    page.get_by_label("Your question").fill("How do I register a birth?")
    page.keyboard.press("Enter")
    english = page.locator("tro-ly-1022#b article .answer")
    english.wait_for()
    kept = stored(page)

    assert page.locator("tro-ly-1022").count() == 2
    assert english.get_attribute("lang") == "en"
    assert sorted(kept) == [f"tro-ly-1022:{server}/:a", f"tro-ly-1022:{server}/:b"]
    assert len(set(kept.values())) == 2


def test_the_language_can_change_while_it_is_open(embedded):
    page = opened(embedded())
    asked(page, BIRTH)
    page.get_by_label(BOX).fill("đang viết")
    page.evaluate("document.querySelector('tro-ly-1022').lang = 'en'")

    assert page.get_by_label("Your question").input_value() == "đang viết"
    assert page.locator("tro-ly-1022 article").count() == 1


def test_without_storage_it_still_answers(embedded):
    refuse = (
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = opened(embedded(init=refuse))
    asked(page, BIRTH)

    assert "1.001193" in asked(page, "thế lệ phí bao nhiêu?", 2).inner_text()
