"""Whatever the portal or the line does, every page is whole or absent, and nothing is flagged that may be there."""

from __future__ import annotations

import re

import pytest

from knowledge.database import Database
from knowledge.sources.portal_sync import DETAIL, LIST
from knowledge.sources.reading import Problem, ProblemKind
from knowledge.store import ProcedureStore
from tests.knowledge import portal_server as portals
from tests.knowledge.portal_server import record, records
from tests.knowledge.sync_results import codes, counts


@pytest.mark.parametrize("claimed", [6, 100])
def test_an_incomplete_list_flags_nothing(portal_server, sync_once, database, claimed):
    sync_once()
    portal_server.remove("1.900002")
    portal_server.total = claimed

    report = sync_once()

    assert report.stopped == (
        f"The list ended after 4 of {claimed} records: what it showed was kept, and nothing was flagged as vanished. "
        "Run it again later."
    )
    assert ProcedureStore(database).vanished() == {}


def test_an_empty_list_flags_nothing(portal_server, sync_once, database):
    sync_once()
    portal_server.records.clear()

    assert "The list ended after 0 of 0 records" in sync_once().stopped
    assert ProcedureStore(database).vanished() == {}


def test_a_list_narrowed_to_one_body_flags_nothing(portal_server, sync_once, database):
    portal_server.records.append(record("1.900009", departmentPromulgateCode="G98"))
    sync_once()

    report = sync_once(department="G98")

    assert (counts(report)["listed"], report.stopped) == (1, "")
    assert ProcedureStore(database).vanished() == {}


def test_a_list_that_lost_far_too_many_is_not_believed_unasked(portal_server, sync_once, database):
    portal_server.records, portal_server.page_size = records(60), 50
    sync_once()
    portal_server.records = records(30)

    report = sync_once()
    believed = sync_once(many_gone=True)

    assert report.stopped.startswith("30 records that were there before are missing from the list, which is more than")
    assert "vanished" not in counts(report)
    assert (counts(believed)["vanished"], believed.stopped) == (30, "")


def test_a_list_that_repeats_a_page_for_ever_stops(portal_server, sync_once, database):
    sync_once()
    page = portal_server.right_answer(LIST, {"lastId": "", "departmentCode": "", "limit": 50})
    portal_server.behave()
    portal_server.misbehave(LIST, portals.data(page))

    report = sync_once()

    assert report.stopped.startswith("Page 2 of the list repeats what came before, after 2 of 5 records.")
    assert portal_server.asked[LIST] == 2
    assert ProcedureStore(database).vanished() == {}
    portal_server.behave()
    assert (sync_once().stopped, sync_once().resumed) == ("", False)


def test_a_cursor_that_does_not_move_stops(portal_server, sync_once):
    rows = portal_server.right_answer(LIST, {"lastId": "", "departmentCode": "", "limit": 50})["items"]
    stuck = {"items": rows, "lastId": "here", "total": 9}
    portal_server.misbehave(LIST, portals.data(stuck))

    assert sync_once().stopped.startswith("Page 2 of the list repeats what came before, after 2 of 9 records.")


def test_a_list_that_goes_on_beyond_its_total_stops(portal_server, sync_once, database):
    portal_server.records, portal_server.page_size, portal_server.total = records(120), 50, 3

    report = sync_once()

    assert report.stopped.startswith("Page 2: the list goes on beyond the 3 records it counts.")
    assert len(codes(database)) == 50


def test_a_list_that_repeats_its_last_page_instead_of_ending_has_ended(portal_server, sync_once):
    """Some servers give a cursor even with the last row."""
    portal_server.records = records(2)
    rows = portal_server.right_answer(LIST, {"lastId": "", "departmentCode": "", "limit": 50})["items"]
    portal_server.misbehave(LIST, portals.data({"items": rows, "lastId": rows[-1]["id"], "total": 2}))

    report = sync_once()

    assert (report.stopped, counts(report)["listed"], counts(report)["pages"]) == ("", 2, 2)


def test_a_list_that_grows_while_it_is_read_counts_each_record_once(portal_server, sync_once, database):
    rows = [portal_server._row(one) for one in portal_server.records]
    portal_server.misbehave(LIST, portals.data({"items": rows[:3], "lastId": "a", "total": 5}), at=1)
    portal_server.misbehave(LIST, portals.data({"items": rows[2:], "lastId": "", "total": 5}), at=2)

    report = sync_once()

    assert (report.stopped, counts(report)["listed"], counts(report)["fetched"]) == ("", 5, 5)


@pytest.mark.parametrize(
    ("endpoint", "answer", "told"),
    [
        (LIST, portals.status(500), r"answers with status 500, 2 times in a row"),
        (LIST, portals.status(403), r"does not let this program in \(status 403\)"),
        (LIST, portals.page(), r"answers with a web page instead of data"),
        (LIST, portals.raw(b'{"code":"OK","data":{"ite'), r"no whole JSON, 2 times in a row"),
        (LIST, portals.cut, r"cuts its answer off, 2 times in a row"),
        (LIST, portals.data({"rows": []}), r"has not the shape that is known"),
        (DETAIL, portals.status(403), r"does not let this program in \(status 403\)"),
        (DETAIL, portals.page(), r"answers with a web page instead of data"),
        (DETAIL, portals.status(500), r"answers with status 500, 2 times in a row"),
        (DETAIL, portals.raw(b"{"), r"no whole JSON, 2 times in a row"),
        (DETAIL, portals.data([]), r"3 records in a row cannot be read, the last because .* answers «OK»"),
        (DETAIL, portals.status(429, Retry_After="999"), r"asks to be left alone for 999 seconds"),
    ],
)
def test_a_bad_portal_is_told_and_nothing_of_its_page_is_kept(
    portal_server, sync_once, new_store, tmp_path, endpoint, answer, told
):
    """And when it is well again, the run goes on."""
    new_store()
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    portal_server.page_size = 3
    portal_server.records = records(6)
    for number in range(2, 20) if endpoint == LIST else range(4, 20):
        portal_server.misbehave(endpoint, answer, at=number)

    report = sync_once(over=database)

    assert report.stopped
    assert re.search(told, report.stopped)
    assert codes(database) == ["1.900001", "1.900002", "1.900003"]
    assert counts(report)["added"] == 3
    portal_server.behave()
    well = sync_once(over=database)
    assert (well.resumed, well.stopped, counts(well)["listed"], counts(well)["added"]) == (True, "", 6, 6)
    database.close()


def test_lines_that_are_no_rows_are_told_and_keep_the_list_from_being_complete(portal_server, sync_once, database):
    rows = [portal_server._row(one) for one in portal_server.records]
    portal_server.misbehave(LIST, portals.data({"items": [*rows, {"name": "Thẻ"}], "lastId": "", "total": 6}))

    report = sync_once()

    assert report.set_aside == (
        Problem("row 6 after the start", "id", ProblemKind.LINE_UNREADABLE, "no id, or not a row"),
    )
    assert report.stopped.startswith("The list ended after 5 of 6 records")
    assert len(codes(database)) == 5
