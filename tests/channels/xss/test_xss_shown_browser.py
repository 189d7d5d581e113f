"""Texts that would run as programs, in the catalogue, in addresses and in the widget, in a real Chromium: none runs."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from assistant.settings import Settings
from channels.app import create_app
from tests.channels.xss.hostile import thirds
from tests.channels.xss.payloads import PAYLOADS

pytestmark = pytest.mark.browser


def pages():
    """The pages of the application, each with the names that its query may have."""
    routers = [route for route in create_app(Settings.read({})).routes if hasattr(route, "effective_route_contexts")]
    read = [one for router in routers for one in router.effective_route_contexts() if "GET" in one.methods]
    files = ("/api/", "/healthz", "/readyz", ".js", ".webmanifest", "/tai/")
    return {one.path: [each.alias for each in one.dependant.query_params] for one in read if not _any(files, one.path)}


def _any(parts, text):
    return any(part in text for part in parts)


def test_what_the_catalogue_holds_runs_on_no_page(watched):
    for number, (first, *_) in enumerate(thirds()):
        watched.look(f"/thu-tuc/1.9{number:05d}?lang={'en' if number % 2 else 'vi'}")
        watched.look(f"/thu-tuc?q={quote(first)}")

    assert watched.faults == []


def test_what_the_catalogue_holds_runs_in_no_answer(watched):
    watched.look("/")
    answered = 0
    for number in range(len(thirds())):
        code = f"1.9{number:05d}"
        watched.ask(
            f"{code} cần giấy tờ gì, phí bao nhiêu, nộp ở đâu" if number % 3 else f"What papers does {code} need?"
        )
        answered += code in watched.page.locator("article[data-turn]").last.inner_text()
    watched.look()
    watched.look("/")

    assert answered == len(thirds())
    assert watched.faults == []


def test_what_stands_in_an_address_runs_on_no_page(watched):
    for number, (path, names) in enumerate(pages().items()):
        for payload in PAYLOADS[number % 16 :: 16]:
            query = "&".join(f"{name}={quote(payload)}" for name in {*names, "lang", "da"})
            watched.look(f"{_filled(path, payload)}?{query}")

    assert len(pages()) > 10
    assert watched.faults == []


def _filled(path, payload):
    """The path with its parameters filled in, each a whole part of it."""
    inside = quote(payload.replace("/", "\u2215"), safe="")
    return "/".join(inside if part.startswith("{") else part for part in path.split("/"))


def test_what_stands_in_the_widgets_attributes_runs_nowhere_nor_what_it_is_told(watched):
    watched.look("/rieng-tu")
    watched.page.evaluate(
        """async (payloads) => {
            const script = document.createElement("script");
            script.src = "/widget.js";
            Object.assign(script.dataset, { lang: payloads[0], color: payloads[1], side: payloads[2] });
            const loaded = new Promise((done) => { script.onload = done; });
            document.head.append(script);
            await loaded;
            delete script.onload;
            for (const payload of payloads) {
                const widget = document.createElement("tro-ly-1022");
                for (const name of ["lang", "color", "side", "id", "class", "title"]) widget.setAttribute(name, payload);
                document.body.append(widget);
            }
        }""",
        PAYLOADS,
    )
    watched.look()
    watched.page.evaluate("document.body.replaceChildren(document.createElement('tro-ly-1022'))")
    widget = watched.page.locator("tro-ly-1022")
    widget.locator("button.launcher").click()
    for number, payload in enumerate(PAYLOADS[::6]):
        for text in (payload, f"1.9{number:05d} cần giấy tờ gì, phí bao nhiêu"):
            widget.locator("textarea").fill(text)
            widget.locator("textarea").press("Enter")
            watched.page.wait_for_function("!document.querySelector('tro-ly-1022').waiting")
    answered = widget.locator("article .answer").count()
    watched.look()

    assert answered >= len(PAYLOADS[::6])
    assert watched.faults == []


def test_our_own_pages_keep_to_the_policy(watching):
    strict = watching(bypass_csp=False)
    strict.look("/")
    strict.ask("1.900001 cần giấy tờ gì, phí bao nhiêu, nộp ở đâu")
    strict.ask("tách sổ đỏ")
    strict.post("/to-khai/bat-dau", form="khai-sinh")
    for path in pages():
        strict.look(_filled(path, "1.001193") + "?q=khai+sinh")
    strict.look("/viec/birth")

    assert strict.faults == []
