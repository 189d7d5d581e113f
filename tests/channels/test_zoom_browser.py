"""The pages and the widget's host enlarged by the browser: 200 % and 400 % of a window of 1280 × 1024 CSS pixels.

A browser that enlarges lays the page out in fewer CSS pixels, each drawn as several of the screen: a window of 640 × 512
at two device pixels each is what 200 % gives.
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

BIRTH = "Làm giấy khai sinh cho con cần gì?"
ENLARGED = pytest.mark.parametrize("percent", [200, 400])
PATHS = {
    "start": "/",
    "life events": "/viec",
    "life event": "/viec/birth",
    "offices": "/noi-lam-thu-tuc?q=hai+chau",
    "search": "/thu-tuc?q=khai+sinh",
    "procedure": "/thu-tuc/1.001193",
    "forms": "/to-khai/chon",
    "privacy": "/rieng-tu",
    "offline": "/ngoai-tuyen",
}

TROUBLE = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".quiet, .skip, [hidden]");
  const named = (one) => `${one.tagName} ${one.className} «${(one.textContent || one.value || "").trim().slice(0, 40)}»`;
  const all = [...document.querySelectorAll("body *")].filter(seen);
  const troubles = [];
  if (document.documentElement.scrollWidth > innerWidth) troubles.push(`wider by ${document.documentElement.scrollWidth - innerWidth}`);
  for (const one of all) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    if (box.left < -0.5 || box.right > innerWidth + 0.5) troubles.push(`beside the page: ${named(one)}`);
    const cut = style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1 && style.display !== "inline";
    if (cut && one.tagName !== "TEXTAREA" && one.tagName !== "INPUT") troubles.push(`cut off: ${named(one)}`);
  }
  const pressed = all.filter((one) => one.matches("a, button, summary, input, select, textarea"));
  const boxes = pressed.flatMap((one) => [...one.getClientRects()].map((box) => [one, box]));
  const fixed = (one) => one.closest(".ask-bar, .save-bar, .net"); // they may lie over what can be scrolled away from under them
  for (const [at, [one, box]] of boxes.entries()) for (const [other, its] of boxes.slice(at + 1)) {
    if (one === other || one.contains(other) || other.contains(one) || fixed(one) !== fixed(other)) continue;
    const wide = Math.min(box.right, its.right) - Math.max(box.left, its.left);
    const high = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
    if (wide > 1 && high > 1) troubles.push(`${named(one)} and ${named(other)} overlap`);
  }
  return troubles;
}"""
"""What runs off the side, is cut off or lies over another control."""

COVERED = """() => {
  const pressed = [...document.querySelectorAll(":is(main, footer) :is(a, button, summary, input, select, textarea)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".quiet, .skip"));
  return pressed.filter((one) => {
    one.focus({ preventScroll: false });
    const [box] = one.getClientRects();
    if (!box) return false;
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return !(top && (one.contains(top) || top.contains(one) || (one.labels && [...one.labels].some((label) => label.contains(top)))));
  }).map((one) => `${one.tagName} «${(one.textContent || one.name || "").trim().slice(0, 40)}»`);
}"""
"""Controls that something else lies over once the keyboard has come to them."""


@pytest.fixture
def enlarged(visit):
    """Opens pages as a browser shows them at so many per cent: `enlarged(200)`."""

    def opened(percent, path="/", **options):
        factor = percent // 100
        return visit(
            path, width=1280 // factor, height=1024 // factor, device_scale_factor=factor, faulty=True,
            service_workers="block", **options,
        )  # fmt: skip

    return opened


def ask(page, text, number=1):
    page.locator("#cau-hoi").fill(text)
    page.keyboard.press("Enter")
    found = page.locator("[data-turn]").nth(number - 1)
    found.wait_for()
    return found


def look(page):
    """What is wrong with the page as it stands, all its details opened."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    return page.evaluate(TROUBLE), page.evaluate(COVERED)


FAULTY = """<h1>x</h1><main><p style="width: 2000px">wide</p><p style="width: 5em; overflow: hidden; white-space: nowrap">cut off
after so much</p><button id="a">one</button><button id="b" style="margin-left: -20px">two</button>
<a href="#" id="c">under</a></main><div style="position: fixed; inset: 0; background: red"></div>"""


def test_what_is_wrong_is_seen(enlarged):
    page = enlarged(200, "/rieng-tu", bypass_csp=True)
    page.evaluate("(html) => { document.body.innerHTML = html }", FAULTY)
    troubles, covered = look(page)

    assert [one.split(":")[0].split(" by ")[0] for one in troubles] == [
        "wider", "beside the page", "cut off", "BUTTON  «one» and BUTTON  «two» overlap",
    ]  # fmt: skip
    assert covered == ["BUTTON «one»", "BUTTON «two»", "A «under»"]


@ENLARGED
def test_every_page_can_be_read_and_reached(enlarged, percent):
    page = enlarged(percent)
    found = {}
    for name, path in PATHS.items():
        page.goto(path)
        found[name] = look(page)

    assert found == dict.fromkeys(PATHS, ([], []))


@ENLARGED
def test_a_conversation_with_a_card_offers_and_an_emergency_can_be_read_and_reached(enlarged, percent):
    page = enlarged(percent)
    for number, text in enumerate((BIRTH, "đăng ký xe", "có đám cháy"), start=1):
        ask(page, text, number)

    assert page.locator(".card").count() > 0
    assert look(page) == ([], [])


@ENLARGED
def test_waiting_for_an_officer_can_be_read_and_reached(enlarged, percent):
    page = enlarged(percent)
    ask(page, "cho tôi gặp cán bộ")
    ask(page, "có", 2)
    page.goto("/nguoi-that")

    assert page.get_by_role("heading", level=1).inner_text() == "Gặp cán bộ"
    assert look(page) == ([], [])


@ENLARGED
def test_a_form_with_and_without_mistakes_can_be_read_and_reached(enlarged, percent):
    page = enlarged(percent, "/to-khai")
    page.locator("main details:has([value=khai-sinh]) summary").click()
    page.locator("main details:has([value=khai-sinh]) button").click()
    page.wait_for_url("**/to-khai?da=*")
    begun = look(page)
    page.locator("#f-child_birth").fill("31/02/2026")
    page.locator(".save-bar button").first.click()
    page.get_by_role("alert").wait_for()

    assert (begun, look(page)) == (([], []), ([], []))
