"""Foreign sites that embed the widget, and a server that lets one of them ask."""

from __future__ import annotations

import http.server
import threading
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from tests.channels.widget.page import PAGE


@contextmanager
def _pages(written):
    """A web site of somebody else's: pages by path, on a port of its own."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            page = written.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if page and "<!--csp-->" in page:
                self.send_header(
                    "Content-Security-Policy", f"default-src 'none'; script-src {page.split('|')[1]}; connect-src *"
                )
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def sites():
    """Two sites whose pages the tests write: `pages`, `allowed` and `other`; the second is not allowed."""
    pages = {}
    with ExitStack() as stack:
        yield pages, stack.enter_context(_pages(pages)), stack.enter_context(_pages(pages))


@pytest.fixture(scope="module")
def server(serve, shipped, sites):
    address = serve(shipped, TROLY_WIDGET_ORIGINS=f"https://danang.gov.vn, {sites[1]}")
    httpx.get(f"{address}/healthz", trust_env=False, timeout=120).raise_for_status()  # it has begun to serve
    return address


@pytest.fixture
def embedded(browser, sites, server):
    """Opens a foreign page that embeds the widget: `embedded(body, allowed=True, width=1280)`; gathers what went wrong."""
    pages, allowed_site, other_site = sites
    contexts, faults = [], []

    def open_page(body=None, *, allowed=True, width=1280, height=740, attributes="", init="", **options):
        script = f'<script src="{server}/widget.js" {attributes}></script>'
        body = script if body is None else body.replace("SCRIPT", script).replace("SERVER", server)
        pages["/"] = PAGE + body
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        contexts.append(context)
        if init:
            context.add_init_script(init)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(allowed_site if allowed else other_site)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
