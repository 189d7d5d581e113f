"""The portal is asked politely and believed only in the shape that is known; every fault is told with what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knowledge.errors import SourceError
from knowledge.sources.portal_http import USER_AGENT, Manners, NotThere, PortalHttp, PortalRefuses, PortalSilent, Timing
from knowledge.sources.portal_sync import (
    BLANK,
    DEPARTMENTS,
    DETAIL,
    LIST,
    Department,
    Detail,
    Portal,
    RecordUnreadable,
    Row,
)
from tests.knowledge import portal_server as portals
from tests.knowledge.portal_server import PortalServer


@pytest.fixture
def server(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = PortalServer(portals.records(3))
    yield server
    server.close()


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def sleep(self, seconds):
        """Let time pass."""
        self.slept.append(round(seconds, 6))
        self.now += seconds

    def timing(self):
        """This clock as the portal's."""
        return Timing(lambda: self.now, self.sleep, lambda: 0.5, lambda: datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_portal(server, clock):
    """Opens the portal: `open_portal(attempts=2)`."""
    opened = []

    def open_it(url="", **manners):
        http = PortalHttp(url or server.url, Manners(**{"a_second": 1e6, **manners}), clock.timing())
        opened.append(http)
        return Portal(http)

    yield open_it
    for http in opened:
        http.close()


@pytest.fixture
def portal(open_portal):
    return open_portal()


def _row(code="1.900001"):
    return Row(f"id-{code}", code, "Cấp thẻ tre", "", dated=True)


def test_the_list_is_read_page_by_page(server, open_portal):
    portal = open_portal()
    server.page_size = 2

    first = portal.page()
    second = portal.page(first.cursor)

    assert [(row.identity, row.code, row.name, row.dated) for row in (*first.rows, *second.rows)] == [
        (f"id-1.90000{n}", f"1.90000{n}", f"Cấp thẻ tre số {n}", True) for n in (1, 2, 3)
    ]
    assert (first.cursor, first.total, second.cursor) == ("id-1.900002", 3, "")
    assert server.questions[0] == (LIST, {"limit": 50, "lastId": "", "q": "", "categoryId": "", "departmentCode": ""})


def test_a_row_has_another_digest_when_anything_in_it_changes(server, portal):
    before = portal.page().rows
    server.change("1.900002")
    after = portal.page().rows

    assert [one.digest == other.digest for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_a_record_that_has_not_changed_is_not_sent_again(server, portal):
    detail = portal.detail(_row())

    assert detail.raw == server.records[0]
    assert portal.detail(_row(), detail.etag) == Detail(None, detail.etag)
    server.change("1.900001", name="Cấp thẻ trúc")
    assert portal.detail(_row(), detail.etag).raw["name"] == "Cấp thẻ trúc"


def test_a_digest_does_not_mind_the_order_of_keys():
    assert Detail({"a": 1, "b": [2, "\ud800"]}).digest == Detail({"b": [2, "\ud800"], "a": 1}).digest
    assert Detail({"a": 1}).digest != Detail({"a": "1"}).digest


def test_departments_and_blank_forms_are_given(server, portal):
    server.departments = [{"id": "a", "code": "G98", "name": " Bộ Tre "}, {"id": "b", "code": "G99", "name": "Bộ Trúc"}]
    server.blanks = {"tờ-khai": b"PK\x03\x04 form"}

    assert portal.departments() == [Department("G98", "Bộ Tre"), Department("G99", "Bộ Trúc")]
    assert portal.blank("tờ-khai") == b"PK\x03\x04 form"
    with pytest.raises(RecordUnreadable, match="does not give the file none"):
        portal.blank("none")
    assert server.questions[0] == (
        DEPARTMENTS,
        {
            "levels": ["MINISTRY"], "type": "MINISTRY", "agencyLevel": "level_1",
            "lastId": "", "limit": 50, "direction": "DESC", "order": "",
        },
    )  # fmt: skip
    assert server.questions[-1] == (BLANK, {"fileId": "none"})


def test_it_says_who_it_is_and_keeps_one_connection(server, open_portal):
    portal = open_portal()
    portal.page()
    for number in (1, 2, 3):
        portal.detail(_row(f"1.90000{number}"))

    assert {headers["User-Agent"] for headers in server.headers} == {USER_AGENT}
    assert server.connections == 1


def test_it_never_asks_more_often_than_it_may(server, open_portal, clock):
    portal = open_portal(a_second=4)
    for _ in range(5):
        portal.page()

    assert clock.slept == [0.25] * 4


def test_time_that_passed_anyway_is_not_waited_for_again_nor_saved_up(server, open_portal, clock):
    portal = open_portal(a_second=1)
    portal.page()
    clock.now += 60
    portal.page()
    portal.page()

    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    ("answer", "slept"),
    [
        (portals.status(429, Retry_After="7"), [7.0]),
        (portals.status(429, Retry_After="Sun, 22 Nov 2026 00:00:09 GMT"), [9.0]),
        (portals.status(429), [1.5]),
        (portals.status(500), [1.5]),
        (portals.status(503, Retry_After="soon"), [1.5]),
        (portals.cut, [1.5]),
        (portals.raw(b'{"code":"OK","data":{"items":['), [1.5]),
        (portals.raw(b""), [1.5]),
        (portals.raw(b"\xff\xfe\x00"), [1.5]),
    ],
    ids=["429 with seconds", "429 with a date", "429", "500", "503", "cut", "half JSON", "nothing", "no text"],
)
def test_what_may_pass_is_tried_again_after_a_while(server, portal, clock, answer, slept):
    server.misbehave(LIST, answer, at=1)

    assert len(portal.page().rows) == 3
    assert (clock.slept, portal.http.requests, portal.http.retries) == (slept, 2, 1)


def test_pauses_grow_and_end(server, portal, clock):
    server.misbehave(LIST, portals.status(502))

    with pytest.raises(PortalSilent) as told:
        portal.page()

    assert str(told.value) == (
        f"{server.name} answers with status 502, 5 times in a row. Check the address and the line, or run it again later."
    )
    assert clock.slept == [1.5, 3.0, 6.0, 12.0]
    assert (portal.http.requests, portal.http.retries) == (5, 4)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (portals.cut, "cuts its answer off"),
        (portals.raw(b"[1, 2"), "answers with 5 bytes that are no whole JSON"),
    ],
)
def test_a_line_that_never_holds_is_given_up_on(server, open_portal, answer, told):
    server.misbehave(LIST, answer)

    with pytest.raises(PortalSilent, match=rf"{told}, 2 times in a row\."):
        open_portal(attempts=2).page()


def test_a_portal_that_says_nothing_is_given_up_on(server, open_portal):
    server.misbehave(LIST, portals.silence(server))

    with pytest.raises(PortalSilent, match=r"does not answer within 0\.05 seconds, 2 times in a row"):
        open_portal(attempts=2, timeout=0.05).page()


def test_a_portal_that_is_not_there_is_given_up_on(open_portal):
    with pytest.raises(PortalSilent, match=r"^127\.0\.0\.1:1 cannot be reached, 2 times in a row\. Check the address"):
        open_portal("http://127.0.0.1:1", attempts=2).page()


def test_an_answer_that_drips_is_not_waited_for_without_end(server, open_portal, clock):
    def drip(request):
        clock.now += 1000
        portals.send(request, 201, b" " * 10)

    server.misbehave(LIST, drip)

    with pytest.raises(PortalSilent, match="needs more than 60 seconds for one answer"):
        open_portal(attempts=2, whole=60).page()


def test_a_portal_that_asks_for_an_hour_is_left_alone(server, portal, clock):
    server.misbehave(LIST, portals.status(429, Retry_After="3600"))

    with pytest.raises(PortalSilent, match=r"asks to be left alone for 3600 seconds\. Run it again after that\.$"):
        portal.page()

    assert (clock.slept, portal.http.requests) == ([], 1)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (portals.status(403), r"does not let this program in \(status 403\)\. Ask who runs it for access, or import"),
        (portals.status(401), r"does not let this program in \(status 401\)"),
        (portals.page(code=403), r"does not let this program in \(status 403\)"),
        (portals.status(302, Location="/login"), r"sends the request on to a page of its own \(status 302\)"),
        (portals.status(301, Location="https://new.example.vn/x"), r"sends the request on to new\.example\.vn .*--url"),
        (portals.page(), r"answers with a web page instead of data: a login, a notice, or a wall"),
        (portals.status(400), r"does not take the request \(status 400\): its interface may have changed"),
        (portals.data([]), "answers «OK»"),
        (portals.data(None, "SYSTEM_ERROR"), "answers «SYSTEM_ERROR»"),
        (portals.data({"items": []}), r"has not the shape that is known \(«items» and «total» missing\)"),
        (portals.data({"items": {}, "total": 1}), "has not the shape that is known"),
        (portals.data({"items": [], "total": "3"}), "has not the shape that is known"),
        (portals.data({"items": [{"name": "Thẻ"}, None], "total": 2}), r"\(an «id» in any row missing\)"),
        (portals.raw(b"[]"), r"the answer has not the shape that is known \(«code» missing\)"),
        (portals.raw(b"null"), "has not the shape that is known"),
    ],
)
def test_what_will_not_pass_is_told_at_once(server, portal, answer, told):
    server.misbehave(LIST, answer)

    with pytest.raises(SourceError, match=rf"^{server.name}:? .*{told}"):
        portal.page()

    assert portal.http.requests == 1


def test_an_answer_of_any_size_does_not_fill_the_memory(server, open_portal):
    server.misbehave(LIST, portals.raw(b" " * 3_000_000))

    with pytest.raises(PortalRefuses, match="sends more than 1 MiB: no answer is"):
        open_portal(most_bytes=2**20).page()


def test_an_address_where_no_portal_is_is_told(server, open_portal):
    with pytest.raises(NotThere, match=rf"has no /elsewhere{LIST} \(status 404\)\. Check the address"):
        open_portal(f"{server.url}/elsewhere").page()


@pytest.mark.parametrize("url", ["", "portal.example.vn", "ftp://portal.example.vn", "https://", "file:///etc/passwd"])
def test_what_is_no_address_is_told(url):
    with pytest.raises(SourceError, match="is no address of a portal: give one such as"):
        PortalHttp(url)


def test_a_password_in_the_address_is_never_told(server):
    http = PortalHttp(server.url.replace("//", "//anna:bamboo@"), Manners(attempts=1))
    server.misbehave(LIST, portals.status(403))

    with pytest.raises(PortalRefuses) as told:
        Portal(http).page()

    assert "bamboo" not in str(told.value)
    http.close()


def test_lines_that_are_no_rows_are_told_and_the_others_read(server, portal):
    rows = [{"id": "a", "code": "1.900001"}, {"id": 7}, "thẻ", {"id": "b" * 65}, {"id": "c\x00"}]
    server.misbehave(LIST, portals.data({"items": rows, "lastId": None, "total": 5}))

    page = portal.page()

    assert [row.identity for row in page.rows] == ["a"]
    assert [fault.record for fault in page.faults] == [f"row {n} after the start" for n in (2, 3, 4, 5)]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (portals.status(404), "listed, but the portal does not give it"),
        (portals.data(None, "NOT_FOUND"), "answers «NOT_FOUND»"),
        (portals.data({"id": "id-1.900002", "code": "1.900002", "name": "Thẻ"}), "gave another record, id-1.900002"),
        (portals.data({"id": "id-1.900001", "code": None, "name": "Thẻ"}), "the record has no code or no name"),
        (portals.data({"id": "id-1.900001", "code": "1.900001"}), "the record has no code or no name"),
    ],
)
def test_one_record_that_cannot_be_read_is_told_as_such(server, portal, answer, told):
    server.misbehave(DETAIL, answer)

    with pytest.raises(RecordUnreadable, match=told):
        portal.detail(_row())


@pytest.mark.parametrize("content", [b"", b"<!DOCTYPE html>", b"<html>", b'{"code":"ERROR"}'])
def test_a_blank_that_is_no_document_is_refused(server, portal, content):
    server.blanks = {"tờ": content}

    with pytest.raises(RecordUnreadable, match="sends no document for the file tờ"):
        portal.blank("tờ")
