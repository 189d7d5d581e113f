"""The pages as a browser without JavaScript gets them, and the stream that JavaScript reads."""

from __future__ import annotations

import html
import json
import re

import pytest

from channels.app import SECURITY_HEADERS
from channels.web.rendering import linked
from knowledge.events import events

BIRTH = "1.001193"
PAGES = ("/", "/thu-tuc", "/thu-tuc?q=khai+sinh", f"/thu-tuc/{BIRTH}", "/rieng-tu", "/khong-co", "/hoi")


@pytest.fixture
def asked(client):
    """Sends the form and follows to the page it leads to; returns the page's HTML."""

    def send(text: str, **fields: str) -> str:
        sent = client.post("/hoi", data={"text": text, **fields})
        assert (sent.status_code, sent.headers["location"]) == (303, "/#moi-nhat")
        return client.get("/").text

    return send


def test_the_form_answers_without_javascript_and_the_page_keeps_what_was_said(asked, client, new_client):
    page = asked("Làm giấy khai sinh cho con cần gì?")
    again = client.get("/").text

    assert _said(page) == ["Làm giấy khai sinh cho con cần gì?"]
    assert f"mã {BIRTH}" in page
    assert 'id="moi-nhat"' in page
    assert again == page
    assert _said(new_client().get("/").text) == []


def test_the_next_question_goes_on_with_the_same_conversation(asked):
    asked("Làm giấy khai sinh cho con cần gì?")

    page = asked("Thế lệ phí bao nhiêu?")

    assert _said(page) == ["Làm giấy khai sinh cho con cần gì?", "Thế lệ phí bao nhiêu?"]
    assert page.count(f"mã {BIRTH})") == 2


def test_choices_are_forms_that_name_their_procedure(asked):
    page = asked("đăng ký xe")
    choices = re.findall(r'name="text" value="([^"]+)"><input type="hidden" name="about" value="([^"]+)"', page)

    assert len(choices) >= 2
    assert re.findall(r"<button class=\"chip strong\">(\d\. [^<]+)<", page) == [
        f"{number}. {label}" for number, (label, _) in enumerate(choices, start=1)
    ]

    label, code = choices[1]
    page = asked(html.unescape(label), about=code)

    assert f"mã {code})" in page


def test_a_life_event_shows_its_lines_and_a_numbered_button_for_each_procedure(asked):
    """A step without a code is told in its line and has no button; the others keep their numbers."""
    page = asked("ông nội tui mới mất, chừ phải mần chi hè")
    lines = re.findall(r"<li>(\d+)\. ", page)
    buttons = re.findall(r'name="about" value="([\d.]+)"><button class="chip strong">(\d+)\. ', page)
    codes = [step.code or "" for step in events()["death"].steps]

    assert lines == [str(number) for number in range(1, len(codes) + 1)]
    assert buttons == [(code, str(number)) for number, code in enumerate(codes, start=1) if code]
    assert "" in codes

    picked = asked(str(1 + codes.index("")))

    assert "Việc này không có trong danh mục thủ tục tôi tra được" in picked


def test_what_else_may_be_meant_stands_once_right_above_its_buttons(asked):
    page = asked("lam lai gks cho con bi mat")
    beside, buttons = page.split('<p class="beside">')[1].split("</ul>")[0].split("</p>")

    assert beside == "Nếu anh/chị hỏi việc khác gần đó, bấm chọn:"
    labels = re.findall(r'<button class="chip">([^<]+)</button>', buttons)
    assert labels
    for label in labels:
        assert page.count(f">{label}<") == 1


def test_places_that_may_be_meant_are_buttons(asked):
    page = asked("nhà ở Hòa Liên cũ")
    forms = r'name="text" value="([^"]+)"><input type="hidden" name="about" value=""><button class="chip">([^<]+)<'

    assert re.findall(forms, page.split('class="next"')[1]) == [
        ("phường Hải Vân", "Phường Hải Vân"),
        ("phường Liên Chiểu", "Phường Liên Chiểu"),
    ]
    assert "Trụ sở UBND phường Hải Vân" in asked("phường Hải Vân")


@pytest.mark.parametrize(
    ("question", "label"),
    [("trụ sở phường Hải Châu ở đâu", "mở bản đồ"), ("where is the office of Hai Chau ward", "open the map")],
)
def test_a_map_is_a_link_told_in_words(asked, question, label):
    page = asked(question)
    url = "https://www.google.com/maps/search/?api=1&amp;query=16.06373,108.22247"

    assert f'<a href="{url}" rel="noopener noreferrer" target="_blank">{label}</a>' in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Phí < 5 & > 3 <script>alert(1)</script>", "Phí &lt; 5 &amp; &gt; 3 &lt;script&gt;alert(1)&lt;/script&gt;"),
        (
            "Xem https://example.vn/a?b=1&c=2.",
            'Xem <a href="https://example.vn/a?b=1&amp;c=2" rel="noopener noreferrer" target="_blank">example.vn</a>.',
        ),
        (
            'https://example.vn/"><script>alert(1)</script>',
            '<a href="https://example.vn/&#34;" rel="noopener noreferrer" target="_blank">example.vn</a>&gt;&lt;script',
        ),
        ("(https://example.vn/a), rồi", '(<a href="https://example.vn/a" rel="noopener noreferrer" target="_blank">'),
        ("javascript:alert(1) data:text/html,x", "javascript:alert(1) data:text/html,x"),
        ("lienthong.dichvucong.gov.vn", "lienthong.dichvucong.gov.vn"),
        ("https://[hong/a", ">https://[hong/a</a>"),
        ("", ""),
    ],
)
def test_text_is_escaped_and_only_addresses_of_the_web_become_links(text, shown):
    told = str(linked(text))

    assert shown in told
    assert "<script>" not in told


@pytest.mark.parametrize(("scheme", "secure"), [("http", []), ("https", ["Secure"])])
def test_the_cookie_is_for_this_site_and_no_script(serve, shipped, new_client, scheme, secure):
    """Behind a proxy that speaks HTTPS to the world it is never sent in the clear."""
    client = new_client(serve(shipped, TROLY_TRUSTED_PROXIES="127.0.0.1"))
    answer = client.post("/hoi", data={"text": "Xin chào"}, headers={"X-Forwarded-Proto": scheme})
    name_and_token, *marks = answer.headers["set-cookie"].split("; ")

    assert re.fullmatch(r"tro_ly=[\w-]{32}", name_and_token)
    assert sorted(marks) == sorted(["HttpOnly", "Max-Age=7776000", "Path=/", "SameSite=lax", *secure])


@pytest.mark.parametrize("path", [*PAGES, "/static/chat.js", "/static/khong-co", "/api/procedures", "/api/khong-co"])
def test_every_answer_carries_the_security_headers(client, path):
    answer = client.get(path)

    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_vietnamese_and_hold_nothing_the_policy_would_stop(client, path):
    page = client.get(path)

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-store"
    assert page.text.startswith('<!doctype html>\n<html lang="vi">')
    assert page.text.count("<h1") == page.text.count("<main") == page.text.count("<title>") == 1
    assert re.findall(r"<script(?! src=\"/static/)|<style|\sstyle=|\son\w+=|javascript:", page.text) == []
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(?!/static/|/manifest)[^\"]*", page.text) == []


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://xau.example"}],
    ids=["cross-site", "same-site", "origin"],
)
@pytest.mark.parametrize("path", ["/hoi", "/hoi/truc-tiep", "/gop-y", "/xoa"])
def test_a_form_on_another_site_is_refused(client, asked, headers, path):
    asked("Đăng ký kết hôn cần gì?")

    refused = client.post(path, data={"text": "x", "turn": "x"}, headers=headers)

    assert refused.status_code == 403
    assert _heading(refused.text) == "Yêu cầu này đến từ trang khác nên không nhận."
    assert _said(client.get("/").text) == ["Đăng ký kết hôn cần gì?"]


def test_our_own_form_is_taken_whichever_way_the_browser_names_its_origin(client, site):
    ways = ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": site}, {})

    statuses = [client.post("/hoi", data={"text": "Xin chào"}, headers=headers).status_code for headers in ways]

    assert statuses == [303] * 4


def test_markup_in_a_question_is_shown_as_text(asked, client):
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)> làm giấy khai sinh"
    page = asked(attack)
    streamed = "".join(data["html"] for name, data in _events(client, attack) if name == "answer")
    searched = client.get("/thu-tuc", params={"q": '"><script>alert(1)</script>'}).text

    assert _said(page) == _said(streamed) == [attack]
    for text in (page, streamed, searched):
        assert "<script>alert" not in text
        assert "<img" not in text


def test_numbers_of_a_person_are_not_kept(asked):
    page = asked("Số của tôi là 0905 123 456, căn cước 048090001234: làm giấy khai sinh cần gì?")

    assert _said(page) == ["Số của tôi là [số điện thoại], căn cước [số định danh]: làm giấy khai sinh cần gì?"]


def test_a_conversation_is_deleted_when_told_so(asked, client):
    asked("Đăng ký kết hôn cần gì?")
    token = client.cookies["tro_ly"]

    deleted = client.post("/xoa")

    assert (deleted.status_code, deleted.headers["location"]) == (303, "/?da=xoa")
    assert "tro_ly" not in client.cookies
    assert _said(client.get("/", headers={"Cookie": f"tro_ly={token}"}).text) == []


def test_an_empty_question_is_asked_again_on_a_page(asked):
    assert "Anh/chị nhập giúp câu hỏi" in asked("   ")


def test_feedback_is_kept_without_javascript(asked, client, new_client):
    page = asked("Đăng ký kết hôn cần gì?")
    turn = re.findall(r'name="turn" value="([^"]+)"', page)[0]
    complaint = {"turn": turn, "reason": "wrong_fact", "comment": "gọi tôi 0905123456"}

    kept = client.post("/gop-y", data=complaint)
    foreign = new_client().post("/gop-y", data=complaint)
    empty = client.post("/gop-y", data={})

    assert (kept.status_code, _heading(kept.text)) == (
        200,
        "Cảm ơn anh/chị. Chúng tôi sẽ xem lại câu trả lời này.",
    )
    assert (foreign.status_code, _heading(foreign.text)) == (404, "Không tìm thấy câu trả lời để góp ý.")
    assert (empty.status_code, _heading(empty.text)) == (
        422,
        "Yêu cầu không đúng dạng. Anh/chị quay lại và gửi lại giúp.",
    )


def test_a_procedure_has_a_page_with_its_sources_and_a_way_to_ask(client):
    page = client.get(f"/thu-tuc/{BIRTH}").text

    assert _heading(page) == "Đăng ký khai sinh cho con"
    for heading in ("Giấy tờ cần có", "Phí, lệ phí", "Thời hạn giải quyết", "Nơi nộp", "Căn cứ pháp lý"):
        assert f"<h2>{heading}" in page
    assert f'name="about" value="{BIRTH}"' in page
    assert re.search(r'<details class="sources" open>.*https://dichvucong\.gov\.vn/', page, re.DOTALL)


@pytest.mark.parametrize("code", ["9.999999", "khong-phai-ma", "%3Cscript%3E"])
def test_a_procedure_that_is_none_has_a_page_that_says_so(client, code):
    answer = client.get(f"/thu-tuc/{code}")

    assert answer.status_code == 404
    assert _heading(answer.text).startswith("Không có thủ tục mã")
    assert 'href="/"' in answer.text


def test_a_search_lists_procedures_or_says_there_are_none(client):
    found = client.get("/thu-tuc", params={"q": "sang tên xe máy"}).text
    nothing = client.get("/thu-tuc", params={"q": "zzzz"}).text
    blank = client.get("/thu-tuc", params={"q": "  "}).text

    assert re.findall(r'<a href="/thu-tuc/([\d.]+)">', found)[0] == "1.013076"
    assert 'value="sang tên xe máy"' in found
    assert "Chưa tìm thấy thủ tục nào" in nothing
    assert "/thu-tuc/1." not in nothing + blank


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/khong-co", 404, "Không có trang này."),
        ("/hoi", 405, "Địa chỉ này không nhận cách gọi đó."),
        ("/thu-tuc?q=" + "x" * 2001, 422, "Yêu cầu không đúng dạng. Anh/chị quay lại và gửi lại giúp."),
    ],
)
def test_what_goes_wrong_is_a_page_with_a_way_back(client, path, status, heading):
    answer = client.get(path)

    assert (answer.status_code, _heading(answer.text)) == (status, heading)
    assert '<a class="chip strong" href="/">' in answer.text


def test_the_privacy_page_says_how_long_and_lets_one_delete(client):
    page = client.get("/rieng-tu").text

    assert "90 ngày" in page
    assert '<form method="post" action="/xoa"' in page
    assert "Anh/chị đang nói chuyện với máy (AI)" in page


def test_the_stream_tells_each_step_and_ends_in_one_answer(client):
    events = list(_events(client, "Làm giấy khai sinh cho con cần gì?"))
    names = [name for name, _ in events]
    page = client.get("/").text

    assert names == ["step"] * (len(names) - 1) + ["answer"]
    assert [data["text"] for name, data in events if name == "step"] == [
        "Đang đọc câu hỏi…",
        "Đang tìm thủ tục…",
        "Đang tra dữ liệu…",
        "Đang soạn câu trả lời…",
        "Đang kiểm tra số liệu…",
    ]
    assert events[-1][1]["html"].strip() in page


def _events(client, text: str):
    with client.stream("POST", "/hoi/truc-tiep", data={"text": text}) as response:
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        body = response.read().decode()
    for event in body.removesuffix("\n\n").split("\n\n"):
        name, data = event.split("\n")
        yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def _said(page: str) -> list[str]:
    found = re.findall(r'<div class="said"[^>]*><span class="quiet">[^<]*</span>(.*?)</div>', page, re.DOTALL)
    return [html.unescape(text) for text in found]


def _heading(page: str) -> str:
    return html.unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0])
