"""The page of the form in Chromium: on a phone, by keyboard alone, without JavaScript, in light and dark."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PHONE, DESK = 390, 1280
WIDTHS = pytest.mark.parametrize("width", [PHONE, DESK])
LOOKS = pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])


@pytest.fixture(scope="module")
def axe():
    found = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    return found.Axe()


@pytest.fixture
def begin(visit):
    """Begins a form on its page; what the page says to wrong input reaches the console too, so that is not watched."""

    def press(name="khai sinh", **options):
        page = visit("/to-khai", faulty=True, **options)
        page.get_by_text(f"Tờ khai {name}", exact=True).click()
        page.get_by_role("button", name=f"Đồng ý, điền tờ khai {name}", exact=True).click()
        page.get_by_role("heading", level=1).wait_for()
        return page

    return press


def faults(axe, page):
    """Every violation, as axe names it, with the elements concerned."""
    return [
        (fault["id"], fault["impact"], [node["target"] for node in fault["nodes"]])
        for fault in axe.run(page).response["violations"]
    ]


def sideways(page):
    """How far the page can be scrolled to the side, in pixels."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def small(page):
    """Buttons and links to press that are lower than a finger needs."""
    told = page.locator("button:visible, summary:visible, .chip:visible, select:visible, .box > input:visible").all()
    return [one.inner_text() for one in told if round(one.bounding_box()["height"]) < 44]


def tab_to(page, selector):
    """Press Tab until the element has the focus, and see that nothing covers it."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return page.evaluate(
                """() => { const box = document.activeElement.getBoundingClientRect();
                   const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                   return document.activeElement.contains(top); }"""
            )
    raise AssertionError(f"{selector} is never reached")


@WIDTHS
def test_the_keyboard_alone_fills_a_form_in(visit, width):
    """Choose, agree, write, be told of a mistake, follow the link to it, mend it, finish."""
    page = visit("/to-khai", width=width, faulty=True)
    seen = [tab_to(page, "details:has([value=khai-sinh]) summary")]
    page.keyboard.press("Enter")
    seen.append(tab_to(page, "details:has([value=khai-sinh]) button"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/to-khai?da=bat-dau")
    seen.append(tab_to(page, "#f-child_name"))
    page.keyboard.type("Lê Minh An")
    seen.append(tab_to(page, "#f-child_birth"))
    page.keyboard.type("31/02/2026")
    seen.append(tab_to(page, "#f-child_sex"))
    page.keyboard.type("Nam")
    seen.append(tab_to(page, "[formaction='/to-khai/xong']"))
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    title = page.title()
    seen.append(tab_to(page, "[role=alert] a"))
    page.keyboard.press("Enter")
    focused = page.evaluate("document.activeElement.id")
    page.keyboard.press("Control+A")
    page.keyboard.type("05/11/2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/to-khai?da=luu")
    seen.append(tab_to(page, "[formaction='/to-khai/xong']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/to-khai?da=xong*")

    assert seen == [True] * len(seen)
    assert (title, focused) == ("Cần sửa: Tờ khai khai sinh – Trợ lý 1022", "f-child_birth")
    assert page.get_by_role("link", name="PDF").is_visible()
    assert [page.locator(f"#f-{name}").input_value() for name in ("child_name", "child_birth", "child_sex")] == [
        "Lê Minh An",
        "05/11/2026",
        "nam",
    ]


@LOOKS
def test_no_state_of_the_page_has_a_fault_that_axe_finds(begin, axe, width, scheme):
    """The list, begun, wrong, quarrelled over, a card read, a link made, done, its pages to look at and to print."""
    page = begin(width=width, color_scheme=scheme)
    found = {"begun": faults(axe, page)}
    other = page.context.new_page()
    other.goto("/to-khai")
    page.locator("#f-child_name").fill("Lê Minh An")
    page.locator("#f-mother_birth").fill("2020")
    page.locator("#f-child_birth").fill("31/02/2026")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("alert").wait_for()
    found["wrong"] = faults(axe, page)
    other.locator("#f-child_name").fill("Lê Minh Ân")
    other.get_by_role("button", name="Lưu", exact=True).click()
    other.get_by_role("alert").wait_for()
    found["quarrelled over"] = faults(axe, other)
    other.close()
    page.goto("/to-khai")
    page.get_by_label("Dán nội dung").fill("048190001234||Nguyễn Thị Hoa|12031990|Nữ|123 Lê Duẩn, Đà Nẵng|20112021")
    page.get_by_role("button", name="Đọc thẻ").click()
    found["card"] = faults(axe, page)
    page.get_by_role("button", name="Điền những mục đã chọn").click()
    page.get_by_role("button", name="Tạo đường dẫn riêng").click()
    found["link"] = faults(axe, page)
    link = page.get_by_label("Đường dẫn riêng").input_value()
    page.get_by_role("button", name="Xong, tạo văn bản").click()
    for summary in page.locator("summary").all():
        summary.click()
    found["done"] = faults(axe, page)
    for path in ("/to-khai/xem", "/to-khai/mang-theo", "/to-khai/mang-theo?ma=1.001193", "/to-khai/chon", "/", link):
        page.goto(path)
        found[path] = faults(axe, page)

    assert {state: told for state, told in found.items() if told} == {}


@WIDTHS
def test_nothing_runs_off_the_side_and_all_is_large_enough_to_touch(begin, width):
    page = begin(width=width)
    page.locator("#f-addressee").fill("UBND " + "Ủyban" * 59)
    page.locator("#f-child_birth").fill("x" * 300)
    page.get_by_role("button", name="Lưu", exact=True).click()
    found = {"wrong": (sideways(page), small(page))}
    page.get_by_role("button", name="Tạo đường dẫn riêng").click()
    page.locator("#f-child_birth").fill("")
    page.get_by_role("button", name="Xong, tạo văn bản").click()
    for path in ("/to-khai", "/to-khai/chon", "/to-khai/xem", "/to-khai/mang-theo?ma=1.001193", "/"):
        page.goto(path)
        found[path] = (sideways(page), small(page))

    assert found == dict.fromkeys(found, (0, []))


def test_text_at_twice_the_size_stays_within_a_phone(begin):
    page = begin(width=PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert sideways(page) == 0


def test_it_all_works_without_javascript(begin):
    """Open a hidden field, finish, take the document, delete."""
    page = begin(width=PHONE, java_script_enabled=False)
    page.get_by_label("Đề nghị cấp bản sao").select_option("co")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_label("Số lượng bản sao").fill("2")
    page.get_by_role("button", name="Xong, tạo văn bản").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Word").click()
    page.get_by_text("Xóa tờ khai này").click()
    page.get_by_role("button", name="Xóa hẳn tờ khai").click()

    assert taken.value.suggested_filename.endswith(".docx")
    assert page.get_by_role("heading", level=1).inner_text() == "Điền sẵn tờ khai"


def test_a_private_link_is_copied_with_one_press(begin):
    page = begin(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Tạo đường dẫn riêng").click()
    link = page.get_by_label("Đường dẫn riêng").input_value()
    page.get_by_role("button", name="Chép đường dẫn").click()
    page.get_by_role("button", name="Đã chép").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == link


def test_the_chat_shows_how_the_form_stands_once(begin):
    """Below the last answer, not below each."""
    page = begin(width=PHONE)
    page.goto("/")
    before = page.locator("[data-form-strip]").count()
    for number, text in enumerate(("Phường Hải Châu", "Lệ phí khai sinh bao nhiêu?")):
        page.get_by_label("Câu hỏi của anh/chị").fill(text)
        page.keyboard.press("Enter")
        page.locator("[data-turn]").nth(number).wait_for()

    assert (before, page.locator("[data-form-strip]").count()) == (1, 1)
    assert page.locator("[data-turn]").last.locator("[data-form-strip]").is_visible()
