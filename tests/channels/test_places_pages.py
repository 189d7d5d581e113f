"""The page of offices: by name, new, old or divided; around a position; without JavaScript; in both languages."""

from __future__ import annotations

import html
import re

import pytest

from assistant.write.figures import distance

HOME = "/noi-lam-thu-tuc"
DRAGON_BRIDGE = {"latitude": 16.06113, "longitude": 108.22790}
HANOI = {"latitude": 21.02851, "longitude": 105.85420}


def told(response):
    """The sentence above the offices."""
    return text(response, r'<p class="note" role="status">(.*?)</p>')


def text(response, pattern):
    found = re.search(pattern, response.text, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


def offices(response):
    """The names of the offices, in order."""
    return [html.unescape(name) for name in re.findall(r'<li class="office"[^>]*>\s*<h\d[^>]*>(.*?)</h', response.text)]


def test_an_old_name_leads_to_the_office_of_today_with_those_around_it(client):
    page = client.get(HOME, params={"q": "phường Hòa Cường Bắc"})

    assert told(page) == "Phường Hòa Cường Bắc (quận Hải Châu cũ) nay thuộc phường Hòa Cường."
    assert offices(page) == ["Phường Hòa Cường", "Phường Hải Châu", "Phường Cẩm Lệ", "Phường An Hải"]
    assert "cách 2,8 km đường chim bay" in page.text
    assert "Gần nhất chưa chắc là nơi nhận" in page.text


def test_a_name_without_marks_is_read(client):
    assert offices(client.get(HOME, params={"q": "hai van"}))[0] == "Phường Hải Vân"


def test_where_two_sources_differ_both_addresses_are_told(client):
    page = client.get(HOME, params={"q": "Hòa Cường"})

    assert text(page, r"<dd>(<span>Số 388.*?)</dd>") == (
        "Số 388 đường Núi Thành, phường Hòa CườngNguồn khác ghi Số 338 đường Núi Thành, phường Hòa Cường; "
        "anh/chị gọi 1022 hỏi lại trước khi đi."
    )


def test_a_divided_commune_is_asked_about_and_all_its_offices_are_shown(client):
    page = client.get(HOME, params={"q": "xã Hòa Liên"})

    assert told(page) == (
        "Xã Hòa Liên nay chia về 2 nơi, tùy thôn hay khu: phường Hải Vân, phường Liên Chiểu. "
        "Anh/chị ở nơi nào? Chưa biết thì gọi 1022."
    )
    assert offices(page) == ["Phường Hải Vân", "Phường Liên Chiểu"]
    assert "Xã Hòa Liên (một phần)" in page.text


def test_what_names_no_place_is_said_back_escaped_and_no_office_is_guessed(client):
    page = client.get(HOME, params={"q": "<b>khai sinh</b>"})

    assert told(page).startswith("Tôi không nhận ra tên nơi nào trong «<b>khai sinh</b>».")
    assert "<b>khai" not in page.text
    assert offices(page) == []


def test_the_map_is_a_plain_link_and_nothing_is_loaded_from_elsewhere(client):
    page = client.get(HOME, params={"q": "Hải Vân"})

    links = re.findall(r'href="(https://[^"]+)"', page.text)
    assert html.unescape(links[0]) == "https://www.google.com/maps/search/?api=1&query=16.10698,108.12643"
    assert re.findall(r'src="https?:', page.text) == []


def test_the_page_speaks_english(client):
    page = client.get(HOME, params={"q": "phường Hòa Cường Bắc", "lang": "en"})

    assert told(page) == "Phường Hòa Cường Bắc (former quận Hải Châu) is part of phường Hòa Cường today."
    assert "2.8 km as the crow flies" in page.text
    assert '<html lang="en"' in page.text


def test_a_position_is_answered_with_the_nearest_offices_and_stands_in_no_address(client):
    page = client.post(HOME, data=DRAGON_BRIDGE)

    assert (page.status_code, page.url.query) == (200, b"")
    assert offices(page)[:2] == ["Phường Hải Châu", "Phường An Hải"]
    assert len(offices(page)) == 5
    assert str(DRAGON_BRIDGE["latitude"]) not in page.text


def test_a_position_outside_the_city_is_told_so(client):
    assert told(client.post(HOME, data=HANOI)).startswith("Chỗ anh/chị đứng cách trụ sở gần nhất ")


@pytest.mark.parametrize(
    "point", [("", ""), ("nan", "108"), ("91", "0"), ("16", "inf"), ("mười sáu", "108"), ("16", "-181")]
)
def test_what_is_no_position_is_refused_kindly(client, point):
    page = client.post(HOME, data={"latitude": point[0], "longitude": point[1]})

    assert page.status_code == 422
    assert told(page) == "Vị trí gửi lên không đúng. Anh/chị gõ tên xã, phường giúp."


def test_the_api_gives_the_same_order(client):
    found = client.get("/api/places/nearest", params={**DRAGON_BRIDGE, "k": 2}).json()

    assert [unit["name"] for unit in found] == ["phường Hải Châu", "phường An Hải"]


@pytest.mark.parametrize(
    ("kilometres", "language", "words"),
    [
        (0.0, "vi", "10 m"),
        (0.854, "vi", "850 m"),
        (1.234, "vi", "1,2 km"),
        (1.234, "en", "1.2 km"),
        (45.4, "vi", "45 km"),
    ],
)
def test_a_distance_is_said_as_people_say_it(kilometres, language, words):
    assert distance(kilometres, language) == words


@pytest.mark.browser
def test_one_press_finds_the_offices_around(visit):
    page = visit(HOME, geolocation=DRAGON_BRIDGE, permissions=["geolocation"])
    with page.expect_navigation() as gone:
        page.get_by_role("button", name="Tìm quanh chỗ tôi đứng").click()

    assert gone.value.request.post_data == "latitude=16.061&longitude=108.228"
    assert page.locator(".office h3").first.inner_text() == "Phường Hải Châu"
    assert page.url.endswith(HOME)


@pytest.mark.browser
def test_whoever_gives_no_position_is_led_back_to_the_name(visit):
    page = visit(HOME, width=360, permissions=[])
    page.get_by_role("button", name="Tìm quanh chỗ tôi đứng").click()
    page.get_by_text("Máy chưa cho biết vị trí.").wait_for()

    assert page.get_by_role("button", name="Tìm quanh chỗ tôi đứng").is_enabled()


@pytest.mark.browser
def test_without_javascript_the_name_is_enough(visit):
    page = visit(HOME, java_script_enabled=False)
    offered = page.get_by_role("button", name="Tìm quanh chỗ tôi đứng").count()
    page.get_by_label("Tên xã, phường").fill("Hải Vân")
    page.get_by_role("button", name="Tìm", exact=True).click()

    assert offered == 0
    assert page.locator(".office h2").first.inner_text() == "Phường Hải Vân"
