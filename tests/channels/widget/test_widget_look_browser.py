"""The widget inside foreign pages in Chromium: how it looks there, and what no page can do to it."""

from __future__ import annotations

import pytest

from tests.channels.widget.page import BIRTH, OPEN, asked, opened

pytestmark = pytest.mark.browser

HOSTILE = """<style>
  html { font-size: 40px } * { color: red !important; font-family: cursive !important; letter-spacing: 9px !important }
  tro-ly-1022 { display: none !important; opacity: 0 !important; font-size: 2px !important; visibility: hidden !important }
  button, dialog, div, textarea { display: none !important }
</style>"""


def test_no_rule_of_the_page_reaches_inside(embedded):
    page = opened(embedded(HOSTILE + "SCRIPT"))
    turn = asked(page, BIRTH)
    style = turn.locator(".answer p").first.evaluate(
        """(one) => {
             const { color, fontSize, letterSpacing, visibility } = getComputedStyle(one);
             return { color, fontSize, letterSpacing, visibility };
           }"""
    )

    assert turn.is_visible()
    assert style == {"color": "rgb(22, 33, 43)", "fontSize": "24px", "letterSpacing": "normal", "visibility": "visible"}


def test_a_page_that_forbids_inline_styles_gets_a_styled_widget(embedded, server):
    page = opened(embedded(f"SCRIPT<!--csp-->|{server}|"))

    assert page.locator("tro-ly-1022 dialog").evaluate("(one) => getComputedStyle(one).borderRadius") == "16px"


def test_the_keyboard_opens_asks_never_leaves_the_panel_and_comes_back(embedded):
    page = embedded()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type(BIRTH)
    page.keyboard.press("Enter")
    page.locator("tro-ly-1022 article .answer").wait_for()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent === 'Nút của trang'"))
    page.keyboard.press("Escape")
    back = page.evaluate("document.activeElement.shadowRoot.activeElement.textContent")

    assert not any(seen)
    assert back == OPEN


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (360, "light"), (1280, "dark")])
def test_every_target_is_large_and_nothing_hangs_over(embedded, width, scheme):
    page = opened(embedded(width=width, color_scheme=scheme))
    asked(page, "đăng ký xe")
    sizes = page.locator("tro-ly-1022").evaluate(
        """(host) => [...host.shadowRoot.querySelectorAll("button, summary, textarea, footer a")]
             .map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width)
             .filter(([, box]) => box.height < 44 || box.width < 44).map(([text, box]) => [text, box.width, box.height])"""
    )
    inside = page.locator("tro-ly-1022").evaluate(
        "(host) => { const log = host.shadowRoot.querySelector('.log'); return log.scrollWidth - log.clientWidth }"
    )

    assert sizes == []
    assert inside == 0
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(embedded, scheme):
    found = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    page = opened(embedded(color_scheme=scheme))
    for number, text in enumerate((BIRTH, "đăng ký xe", "có đám cháy"), start=1):
        asked(page, text, number)
    faults = found.Axe().run(page, context="tro-ly-1022").response["violations"]

    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == []


@pytest.mark.parametrize(
    ("colour", "background", "ink"),
    [
        ("#ffcc00", "rgb(255, 204, 0)", "rgb(0, 0, 0)"),
        ("#036", "rgb(0, 51, 102)", "rgb(255, 255, 255)"),
        ("red;background:url(//x.example)", "rgb(11, 83, 148)", "rgb(255, 255, 255)"),
        ("#fff}:host{display:none", "rgb(11, 83, 148)", "rgb(255, 255, 255)"),
        ("url(https://x.example/a.png)", "rgb(11, 83, 148)", "rgb(255, 255, 255)"),
    ],
)
def test_a_colour_is_taken_only_as_a_colour_and_stays_readable(embedded, colour, background, ink):
    page = embedded(attributes=f'data-color="{colour}"')
    style = page.get_by_role("button", name=OPEN).evaluate(
        "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    )

    assert style == [background, ink]


def test_custom_properties_of_the_page_set_colour_and_corners(embedded):
    page = embedded("<style>tro-ly-1022 { --tro-ly-color: #00695c; --tro-ly-radius: 4px }</style>SCRIPT")
    style = page.get_by_role("button", name=OPEN).evaluate(
        "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).borderRadius]"
    )

    assert style == ["rgb(0, 105, 92)", "4px"]


def test_what_a_lying_server_sends_is_shown_as_text(embedded):
    """Names, addresses and labels that are markup or scripts: none is read as either."""
    evil = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'
    answer = {
        "status": "answered", "language": "vi", "calls": [], "facts": {"code": "../../\"><b>"}, "form": None,
        "blocks": [{"heading": evil, "text": f"{evil} https://a.example/<b>", "items": [evil], "caution": True}],
        "choices": [{"code": "1.001193", "label": evil}], "suggestions": [{"label": evil, "text": evil, "about": ""}],
        "citations": [{"number": 1, "url": "javascript:window.ran=1", "source": evil, "code": evil},
                      {"number": 2, "url": "data:text/html,<script>1</script>", "source": "b", "code": ""}],
    }  # fmt: skip
    page = embedded()
    headers = {"Access-Control-Allow-Origin": "*"}
    page.route(
        "**/api/chat",
        lambda route: route.fulfill(json={"conversation": "x", "turn": "t", "answer": answer}, headers=headers),
    )
    opened(page)
    turn = asked(page, evil)
    for summary in turn.locator("summary").all():
        summary.click()

    assert evil in turn.locator("h3").inner_text()
    assert turn.locator("img, script, b").count() == 0
    assert turn.locator("a").evaluate_all("(found) => found.map((one) => new URL(one.href).protocol)") == [
        "https:",
        "http:",
    ]
    assert page.evaluate("window.ran") is None
