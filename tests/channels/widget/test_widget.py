"""What the widget asks of the server: its script, and which pages may ask."""

from __future__ import annotations

import gzip

import httpx
import pytest

from assistant.errors import SettingError

LEAVE = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
ORIGIN = "https://danang.gov.vn"


def from_page(server, origin, path="/api/chat", method="POST", **headers):
    """What a browser sends for a page of an origin."""
    sent = {"Origin": origin, "Sec-Fetch-Site": "cross-site", **headers}
    body = {"text": "chào"} if method == "POST" else None
    return httpx.request(method, server + path, headers=sent, json=body, trust_env=False, timeout=30)


def test_the_script_is_small_and_kept_under_its_version(server):
    with httpx.Client(base_url=server, trust_env=False, timeout=30) as client:
        script = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
        tag = script.headers["etag"].strip('"').removeprefix("W/").strip('"')
        versioned = client.get("/widget.js", params={"v": tag})
        other = client.get("/widget.js", params={"v": "0"})
        unchanged = client.get("/widget.js", headers={"If-None-Match": script.headers["etag"]})

    assert len(gzip.compress(script.content, 6)) <= 12 * 1024
    assert int(script.headers["content-length"]) <= 12 * 1024
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert [one.headers["cache-control"] for one in (script, other, versioned)] == [
        "public, max-age=300", "public, max-age=300", "public, max-age=31536000, immutable",
    ]  # fmt: skip
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("path", ["/api/chat", "/api/feedback", "/api/own-data"])
def test_leave_is_given_to_the_pages_that_are_set_and_to_three_addresses_only(server, path):
    given = from_page(server, ORIGIN, path, method="OPTIONS", **LEAVE)
    elsewhere = from_page(server, ORIGIN, "/api/search?q=a", method="OPTIONS", **LEAVE)

    assert given.status_code == 204
    assert {name: value for name, value in given.headers.items() if name.startswith("access-control")} == {
        "access-control-allow-origin": ORIGIN,
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "Content-Type",
        "access-control-max-age": "600",
    }
    assert given.headers["vary"] == "Origin"
    assert [name for name in elsewhere.headers if name.startswith("access-control")] == []


@pytest.mark.parametrize(
    "origin",
    [
        "https://xau.example",
        "null",
        "http://danang.gov.vn",
        "https://danang.gov.vn:444",
        "https://danang.gov.vn.xau.example",
        "",
    ],
)
def test_no_other_page_gets_an_answer(server, origin):
    answers = [from_page(server, origin), from_page(server, origin, method="OPTIONS", **LEAVE)]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "origin_not_allowed")] * 2
    assert [one.headers.get("access-control-allow-origin") for one in answers] == [None, None]


def test_errors_can_be_read_by_the_page_and_no_cookie_is_set_or_allowed(server):
    broken = from_page(server, ORIGIN, "/api/feedback")
    answered = from_page(server, ORIGIN)

    assert (broken.status_code, broken.headers["access-control-allow-origin"]) == (422, ORIGIN)
    assert (answered.status_code, answered.headers["access-control-allow-origin"]) == (200, ORIGIN)
    assert "Origin" in answered.headers["vary"]
    assert "set-cookie" not in answered.headers
    assert "access-control-allow-credentials" not in answered.headers


def test_programs_and_the_assistants_own_pages_ask_as_before(server):
    alone = httpx.post(f"{server}/api/chat", json={"text": "chào"}, trust_env=False, timeout=30)
    own = httpx.post(
        f"{server}/api/chat", json={"text": "chào"}, headers={"Origin": server}, trust_env=False, timeout=30
    )

    assert (alone.status_code, own.status_code) == (200, 200)
    assert "access-control-allow-origin" not in {**alone.headers, **own.headers}


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "https://*.danang.gov.vn",
        "danang.gov.vn",
        "https://danang.gov.vn/trang",
        "ftp://a.vn",
        "https://a.vn:443",
        "null",
    ],
)
def test_what_is_no_origin_is_refused_at_the_start(settings, given):
    with pytest.raises(SettingError, match="TROLY_WIDGET_ORIGINS"):
        settings(TROLY_WIDGET_ORIGINS=given)


def test_origins_are_read_as_browsers_write_them(settings):
    given = settings(TROLY_WIDGET_ORIGINS=" https://DaNang.gov.vn/ ,http://localhost:8080,")

    assert given.widget_origins == ("https://danang.gov.vn", "http://localhost:8080")
