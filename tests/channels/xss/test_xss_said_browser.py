"""Texts that would run as programs, said to the assistant, in a real Chromium: none runs, none becomes an element."""

from __future__ import annotations

import pytest

from tests.channels.xss.hostile import SHOWN
from tests.channels.xss.payloads import PAYLOADS

pytestmark = pytest.mark.browser

HARMLESS_AS_HTML = 45
"""At most so many of the texts need more than to be put into a page as they are: an attribute, a script, a stream."""


def test_the_watch_sees_them_where_nothing_is_escaped(watched):
    watched.look("/rieng-tu")
    unseen = []
    for payload in PAYLOADS:
        watched.page.evaluate("text => { document.body.innerHTML = text }", payload)
        if not watched.page.evaluate("audit()"):
            unseen.append(payload)

    assert len(PAYLOADS) >= 60
    assert len(unseen) <= HARMLESS_AS_HTML, unseen
    assert "pwned() ran" in watched.faults


def test_what_is_asked_runs_nowhere_with_the_pages_own_script(watched):
    watched.look("/")
    for payload in PAYLOADS:
        watched.ask(payload)
    watched.look()
    watched.look("/")

    assert watched.page.locator(".said").count() == SHOWN
    assert watched.faults == []


def test_what_is_asked_runs_nowhere_without_it_nor_do_names_of_people_and_places(watched):
    said = [*PAYLOADS]
    for payload in PAYLOADS[::4]:
        said += [
            f"tôi tên {payload}, ở phường {payload}",
            f"UBND phường {payload} ở đâu",
            f"hồ sơ {payload} tới đâu rồi",
        ]
    for number, text in enumerate(said, start=1):
        watched.post("/hoi", text=text, about=text[:8] if number % 5 == 0 else "")
        if number % SHOWN == 0 or number == len(said):
            watched.look("/")

    assert watched.page.locator(".said").count() == SHOWN
    assert watched.faults == []


def test_what_is_written_into_a_form_runs_nowhere(watched):
    watched.post("/to-khai/bat-dau", form="khai-sinh")
    watched.look("/to-khai")
    fields = watched.page.locator(BOXES).count()
    for start in range(0, len(PAYLOADS), fields):
        _write(watched.page, PAYLOADS[start : start + fields])
        watched.look()
        for path in ("/", "/to-khai/mang-theo", "/to-khai"):
            watched.look(path)

    assert fields > 10
    assert watched.faults == []


BOXES = "#to-khai :is(input:not([type]), textarea)[name^='f.']"


def _write(page, texts):
    """Write the texts into the boxes, one each, and send the form as a browser without JavaScript does."""
    with page.expect_navigation():
        page.evaluate(
            """([boxes, texts]) => {
                document.querySelectorAll(boxes).forEach((box, at) => { box.value = texts[at % texts.length]; });
                document.querySelector("#to-khai").submit();
            }""",
            [BOXES, texts],
        )


def test_a_comment_a_device_setting_and_a_refused_question_run_nowhere(watched, watching, serve, shipped):
    watched.look("/")
    watched.ask("làm giấy khai sinh cần gì")
    turn = watched.page.locator("article[data-turn]").get_attribute("data-turn")
    for payload in PAYLOADS[::12]:
        watched.post("/gop-y", turn=turn, reason="other", comment=payload)
        watched.post("/hien-thi", size=payload[:16], scheme=payload[:16], contrast=payload[:16], back=payload)
        watched.look("/")
        shown = watched.page.request.get(watched.site + "/du-lieu-cua-toi.json")
        assert (shown.headers["content-type"], shown.headers["x-content-type-options"]) == (
            "application/json",
            "nosniff",
        )
    refused = watching()
    refused.site = serve(shipped, a_minute=1)
    refused.look("/thu-tuc")
    refused.post("/hoi", text="làm giấy khai sinh cần gì")
    for payload in PAYLOADS[::4]:
        refused.look_at(refused.post("/hoi", text=payload, about=payload[:8]).text())

    assert (watched.faults, refused.faults) == ([], [])
