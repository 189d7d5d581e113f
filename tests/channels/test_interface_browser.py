"""The pages in Chromium: in both languages, light, dark, high contrast, large; what they weigh; how they print."""

from __future__ import annotations

import gzip

import pytest

from channels.web.static_files import STATIC, content

pytestmark = pytest.mark.browser

CHOSEN = "tro_ly_hien_thi"
BIRTH = "/thu-tuc/1.001193"
PATHS = ("/thu-tuc?q=khai+sinh", BIRTH, "/rieng-tu", "/khong-co", "/to-khai/chon", "/to-khai/mang-theo?ma=1.001193")
GUIDES = ("/viec", "/viec/birth", "/noi-lam-thu-tuc", "/noi-lam-thu-tuc?q=hai+chau", "/nguoi-that", "/ngoai-tuyen")
LOOKS = {
    "Vietnamese, light": ("vi...", "light"),
    "English, dark by the device": ("en...", "dark"),
    "English, light chosen, high contrast": ("en..sang.tuong-phan", "dark"),
    "Vietnamese, dark chosen, high contrast, largest": ("vi.chu-rat-lon.toi.tuong-phan", "light"),
}
MOST_BYTES, MOST_SCRIPT_BYTES, MOST_REQUESTS = 100 * 1024, 40 * 1024, 8


@pytest.fixture(scope="module")
def axe():
    found = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    return found.Axe()


@pytest.fixture
def look(visit, site):
    """Opens pages as a device shows them that chose so: `look("en.chu-lon.toi.", path="/rieng-tu")`."""

    def opened(chosen, path="/", **options):
        page = visit("/healthz", faulty=True, **options)
        page.context.add_cookies([{"name": CHOSEN, "value": chosen, "url": site}])
        page.goto(path)
        return page

    return opened


def faults(axe, page):
    """Every violation, as axe names it, with the elements concerned."""
    return [
        (fault["id"], fault["impact"], [node["target"] for node in fault["nodes"]])
        for fault in axe.run(page).response["violations"]
    ]


def ask(page, text, number=1):
    page.locator("#cau-hoi").fill(text)
    page.keyboard.press("Enter")
    found = page.locator("[data-turn]").nth(number - 1)
    found.wait_for()
    return found


def begin_form(page):
    page.goto("/to-khai")
    page.locator("main details:has([value=khai-sinh]) summary").click()
    page.locator("main details:has([value=khai-sinh]) button").click()
    page.wait_for_url("**/to-khai?da=*")


def spoil_form(page):
    """Have the page of the form say what is wrong on it."""
    page.goto("/to-khai")
    page.locator("#f-child_birth").fill("31/02/2026")
    page.locator(".save-bar button").first.click()
    page.get_by_role("alert").wait_for()


def sideways(page):
    """How far the page can be scrolled to the side, in pixels."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def colours(page, selector="body"):
    """The lightest part of the background, and of the text."""
    return page.evaluate(
        """(selector) => { const style = getComputedStyle(document.querySelector(selector));
           return [style.backgroundColor, style.color].map((one) => Math.max(...one.match(/\\d+/g).slice(0, 3).map(Number))) }""",
        selector,
    )


@pytest.mark.parametrize("name", LOOKS)
def test_axe_finds_no_fault_on_any_page(look, axe, name):
    """The first screen, an answer opened up, choices, an emergency, a form begun and wrong, and every other page."""
    chosen, scheme = LOOKS[name]
    page = look(chosen, width=360, color_scheme=scheme)
    page.locator(".display summary").click()
    found = {"first screen": faults(axe, page)}
    for number, text in enumerate(
        ("Làm giấy khai sinh cho con cần gì?", "đăng ký xe", "Register a birth", "có cháy"), 1
    ):
        ask(page, text, number)
    for summary in page.locator("[data-turn] summary").all():
        summary.click()
    found["conversation"] = faults(axe, page)
    begin_form(page)
    found["form"] = faults(axe, page)
    spoil_form(page)
    found["form with mistakes"] = faults(axe, page)
    for path in ("/", *PATHS, *GUIDES):
        page.goto(path)
        found[path] = faults(axe, page)

    assert {where: told for where, told in found.items() if told} == {}


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_largest_text_runs_off_no_page_and_all_is_large_enough_to_touch(look, width):
    page = look("vi.chu-rat-lon..", width=width)
    ask(page, "Làm giấy khai sinh cho con cần gì?")
    found = {}
    for path in ("/", *PATHS, *GUIDES):
        page.goto(path)
        pressed = page.locator("button:visible, summary:visible, nav a:visible, .chip:visible, .tongue:visible").all()
        small = [one.inner_text() for one in pressed if round(one.bounding_box()["height"]) < 44]
        found[path] = (sideways(page), small)

    assert found == dict.fromkeys(found, (0, []))


def test_the_display_is_chosen_without_javascript(visit):
    page = visit("/rieng-tu", width=360, java_script_enabled=False, color_scheme="light")
    before = page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize")
    page.get_by_text("Hiển thị", exact=True).click()
    page.get_by_label("Rất lớn").check()
    page.get_by_label("Tối").check()
    page.get_by_label("Tương phản cao").check()
    page.get_by_role("button", name="Áp dụng").click()
    after = page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize")

    assert page.url.endswith("/rieng-tu")
    assert float(after[:-2]) == pytest.approx(1.5 * float(before[:-2]))
    assert colours(page) == [0, 255]


@pytest.mark.parametrize(
    ("chosen", "scheme", "dark"), [("..sang.", "dark", False), ("..toi.", "light", True), ("...", "dark", True)]
)
def test_a_chosen_background_goes_before_that_of_the_device(look, chosen, scheme, dark):
    paper, ink = colours(look(chosen, color_scheme=scheme))

    assert (paper < ink) == dark


def test_a_device_that_asks_for_contrast_gets_it_unasked(visit):
    assert colours(visit("/rieng-tu", contrast="more")) == [255, 0]


def test_borders_and_words_stay_where_the_device_forces_its_colours(visit):
    page = visit("/", forced_colors="active")
    widths = page.evaluate(
        "[...document.querySelectorAll('.send, .mark')].map((one) => getComputedStyle(one).borderTopWidth)"
    )

    assert widths == ["2px", "2px"]


@pytest.mark.parametrize(("motion", "scrolling"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_whoever_asks_for_rest(visit, motion, scrolling):
    page = visit("/rieng-tu")
    page.emulate_media(reduced_motion=motion)

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == scrolling


def test_two_presses_of_the_keyboard_lead_to_the_question(visit):
    """The second link that skips goes to the box; both are seen once they have the focus."""
    page = visit()
    seen = []
    for _ in range(2):
        page.keyboard.press("Tab")
        box = page.locator(":focus").bounding_box()
        seen.append((page.locator(":focus").inner_text(), box["x"] >= 0, box["y"] >= 0))
    page.keyboard.press("Enter")

    assert seen == [("Đến nội dung chính", True, True), ("Đến ô hỏi", True, True)]
    assert page.evaluate("document.activeElement.id") == "cau-hoi"


def test_the_switch_keeps_the_page_and_turns_it_into_english(visit):
    page = visit("/thu-tuc?q=khai+sinh")
    page.get_by_role("link", name="English").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Find a procedure"
    assert page.get_by_label("What you need to do").input_value() == "khai sinh"
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_answer_can_be_called_right_and_why_it_is_wrong_in_words(visit):
    page = visit()
    answer = ask(page, "Làm giấy khai sinh cho con cần gì?")
    answer.get_by_role("button", name="Đúng rồi").click()
    answer.get_by_text("Cảm ơn anh/chị đã cho biết.").wait_for()
    other = ask(page, "Đăng ký kết hôn cần gì?", 2)
    other.get_by_text("Trả lời sai?").click()
    other.get_by_label("Lý do khác").check()
    other.get_by_label("Nói thêm").fill("Khó đọc")
    other.get_by_role("button", name="Gửi góp ý").click()
    other.get_by_text("Chúng tôi sẽ xem lại câu trả lời này.").wait_for()

    assert page.locator("[data-turn]").count() == 2


def test_a_procedure_is_shared_by_its_own_address(visit, site):
    page = visit(BIRTH, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép đường dẫn").click()
    page.get_by_role("button", name="Đã chép").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == site + BIRTH


def test_a_printed_procedure_is_dark_on_white_without_what_is_to_be_pressed(look):
    page = look("..toi.tuong-phan", BIRTH)
    page.emulate_media(media="print")
    hidden = page.locator("nav, .tongue, .display, .share, .foot, form, button").all()

    assert [one.inner_text() for one in hidden if one.is_visible()] == []
    assert page.locator(".printed").inner_text().endswith(BIRTH)
    assert colours(page) == [255, 0]


def test_the_first_load_is_light_and_asks_nobody_else(visit, site):
    """What the network carried, headers and all, as Chromium counts it."""
    page = visit("/healthz", faulty=True, service_workers="block")
    network = page.context.new_cdp_session(page)
    sizes, asked = {}, {}
    network.on("Network.requestWillBeSent", lambda told: asked.update({told["requestId"]: told["request"]["url"]}))
    network.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    network.send("Network.enable")
    page.goto("/", wait_until="networkidle")
    first = sum(sizes.values())
    sizes.clear()
    page.goto("/rieng-tu", wait_until="networkidle")

    assert [url for url in asked.values() if not url.startswith((site, "data:"))] == []
    assert len({url for url in asked.values() if "/rieng-tu" not in url}) <= MOST_REQUESTS
    assert first <= MOST_BYTES
    assert sum(sizes.values()) < 10 * 1024, "what was loaded once is not loaded again"


def test_all_own_scripts_together_stay_small():
    scripts = sum(len(gzip.compress(content(path.name), 6)) for path in STATIC.glob("*.js"))

    assert scripts <= MOST_SCRIPT_BYTES
