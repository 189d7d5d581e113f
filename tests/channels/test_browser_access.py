"""Whoever cannot see well or move a pointer can use every page: axe finds nothing serious, in light and dark."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe():
    found = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    return found.Axe()


def faults(axe, page):
    """Every violation, as axe names it, with the elements concerned."""
    return [
        (fault["id"], fault["impact"], [node["target"] for node in fault["nodes"]])
        for fault in axe.run(page).response["violations"]
    ]


def lightness(page):
    """How light the background is and how light the text, 0 to 255."""
    return page.evaluate(
        """[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]
           .map((colour) => Math.max(...colour.match(/\\d+/g).map(Number)))"""
    )


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
@pytest.mark.parametrize("path", ["/", "/thu-tuc?q=khai+sinh", "/thu-tuc/1.001193", "/rieng-tu"])
def test_a_page_has_no_fault_that_axe_finds(visit, axe, path, width, scheme):
    assert faults(axe, visit(path, width=width, color_scheme=scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_message_page_has_none(visit, axe, scheme):
    assert faults(axe, visit("/khong-co", faulty=True, color_scheme=scheme)) == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_a_conversation_has_none(visit, axe, width, scheme):
    """An answer opened up, choices, an emergency, English: as they arrive, and shown again."""
    page = visit(width=width, color_scheme=scheme)
    for number, text in enumerate(
        ("Làm giấy khai sinh cho con cần gì?", "đăng ký xe", "có đám cháy", "Register a birth")
    ):
        page.get_by_label("Câu hỏi của anh/chị").fill(text)
        page.keyboard.press("Enter")
        page.locator("[data-turn]").nth(number).wait_for()
    for summary in page.locator("summary").all():
        summary.click()
    arrived = faults(axe, page)
    page.reload()

    assert arrived == []
    assert faults(axe, page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_life_event_and_an_office_have_none_on_a_phone(visit, axe, scheme):
    """Long numbered lines, buttons with numbers, a map, two sources; nothing runs off the side."""
    page = visit(width=360, color_scheme=scheme)
    for number, text in enumerate(
        (
            "ông nội tui mới mất, chừ phải mần chi hè",
            "tôi ở phường Hòa Cường Bắc cũ, làm giấy khai sinh ở đâu?",
            "nhà ở Hòa Liên cũ",
        )
    ):
        page.get_by_label("Câu hỏi của anh/chị").fill(text)
        page.keyboard.press("Enter")
        page.locator("[data-turn]").nth(number).wait_for()
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    small = [
        box["height"] for one in page.locator("button:visible").all() if (box := one.bounding_box())["height"] < 44
    ]
    page.get_by_role("link", name="mở bản đồ").scroll_into_view_if_needed()

    assert faults(axe, page) == []
    assert (sideways, small) == (0, [])


@pytest.mark.parametrize(("scheme", "dark_paper"), [("light", False), ("dark", True)])
def test_the_page_follows_the_scheme_of_the_device(visit, scheme, dark_paper):
    paper, ink = lightness(visit(color_scheme=scheme))

    assert (paper < 64 < 192 < ink, ink < 64 < 192 < paper) == (dark_paper, not dark_paper)


def test_a_short_window_is_not_covered_by_the_bar(visit):
    """Enlarged four times, the question box scrolls with the page instead of hiding it."""
    page = visit(width=320, height=256)

    assert page.evaluate("getComputedStyle(document.querySelector('.ask-bar')).position") == "static"
