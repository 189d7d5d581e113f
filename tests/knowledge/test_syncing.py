"""The catalogue keeps in step with the portal: what changed is read, and nothing else is touched."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from itertools import islice

import pytest
from sqlalchemy import select

from knowledge.portal_ledger import Ledger
from knowledge.procedure import Layer, Procedure
from knowledge.sources.portal_json import read_detail
from knowledge.sources.portal_sync import DETAIL
from knowledge.sources.reading import Problem, ProblemKind
from knowledge.store import ProcedureStore
from knowledge.tables import ProcedureVersion
from tests.knowledge import portal_server as portals
from tests.knowledge.conftest import SYNC_DAY
from tests.knowledge.portal_server import record
from tests.knowledge.sync_results import codes, counts, versions


def test_a_first_run_brings_everything(sync_once, database):
    report = sync_once()

    assert counts(report) == {
        "pages": 3, "listed": 5, "fetched": 5, "added": 5, "requests": 8, "seconds": 3.5,
    }  # fmt: skip
    assert (report.stopped, report.resumed, report.undated, report.set_aside) == ("", False, False, ())
    assert codes(database) == [f"1.90000{n}" for n in range(1, 6)]
    procedure = ProcedureStore(database).get("1.900001")
    assert (procedure.name, procedure.layer, procedure.sources[0].as_of) == (
        "Cấp thẻ tre số 1", Layer.NATIONAL, date(2026, 11, 22),
    )  # fmt: skip


def test_a_run_without_changes_writes_no_version_and_asks_for_the_list_alone(portal_server, sync_once, database):
    sync_once()
    before = versions(database)
    portal_server.behave()

    report = sync_once(at=SYNC_DAY + timedelta(days=1))

    assert counts(report) == {"pages": 3, "listed": 5, "unchanged": 5, "requests": 3, "seconds": 1.0}
    assert versions(database) == before
    assert portal_server.asked_details() == []


def test_only_what_changed_is_asked_for_and_gets_a_version(portal_server, sync_once, database):
    sync_once()
    portal_server.behave()
    portal_server.change("1.900002", name="Cấp thẻ trúc")
    portal_server.records.append(record("1.900009"))

    report = sync_once()

    assert counts(report) == {
        "pages": 3, "listed": 6, "fetched": 2, "added": 1, "changed": 1, "unchanged": 4, "requests": 5, "seconds": 2.0,
    }  # fmt: skip
    assert portal_server.asked_details() == ["id-1.900002", "id-1.900009"]
    assert versions(database)[0][5:] == [
        ("1.900002", "national", 2, "live", "Cấp thẻ trúc"),
        ("1.900009", "national", 1, "live", "Cấp thẻ tre"),
    ]


def test_a_record_touched_without_a_change_gets_no_version(portal_server, sync_once, database):
    """A new day of change in the list alone is no change: the record says when its content changed."""
    portal_server.dated = False
    sync_once()
    before = versions(database)
    portal_server.dated = True

    assert counts(sync_once()) == {
        "pages": 3, "listed": 5, "fetched": 5, "unchanged": 5, "requests": 8, "seconds": 3.5,
    }  # fmt: skip
    assert versions(database) == before


def test_the_day_of_reading_alone_makes_no_version(portal_server, sync_once, database):
    """What a file brought on another day is not written anew when the portal says the same."""
    known = [read_detail(one, date(2026, 7, 18), date(2026, 7, 18)).procedure for one in portal_server.records]
    ProcedureStore(database).write(known, source="a file", problems=(), read=5)
    before = versions(database)[0]

    assert counts(sync_once())["unchanged"] == 5
    assert versions(database)[0] == before


@pytest.mark.parametrize("etags", [True, False])
def test_a_full_run_looks_into_every_record_and_writes_what_changed(portal_server, sync_once, database, etags):
    portal_server.dated, portal_server.etags = False, etags
    assert sync_once().undated
    portal_server.behave()
    (found,) = (one for one in portal_server.records if one["code"] == "1.900003")
    found["executionSteps"] = [{"description": "Mang trúc tới quầy."}]

    assert counts(sync_once())["unchanged"] == 5
    report = sync_once(full=True)

    assert counts(report) == {
        "pages": 3, "listed": 5, "fetched": 5, "changed": 1, "unchanged": 4, "requests": 8, "seconds": 3.5,
    }  # fmt: skip
    assert ProcedureStore(database).get("1.900003").steps[0].vi == "Mang trúc tới quầy."
    assert [bool(headers.get("If-None-Match")) for headers in portal_server.headers].count(True) == (5 if etags else 0)


def test_what_vanished_is_flagged_and_kept_and_unflagged_when_it_returns(portal_server, sync_once, database):
    sync_once()
    gone = portal_server.remove("1.900002", "1.900004")

    report = sync_once(at=SYNC_DAY + timedelta(days=2))

    assert (counts(report)["vanished"], counts(report)["listed"], report.stopped) == (2, 3, "")
    assert codes(database) == [f"1.90000{n}" for n in range(1, 6)]
    assert ProcedureStore(database).vanished() == dict.fromkeys(("1.900002", "1.900004"), date(2026, 11, 24))
    assert [(one.code, one.name, one.last_seen, one.vanished_at) for one in Ledger(database).vanished()] == [
        (f"1.90000{n}", f"Cấp thẻ tre số {n}", date(2026, 11, 22), date(2026, 11, 24)) for n in (2, 4)
    ]
    assert "vanished" not in counts(sync_once(at=SYNC_DAY + timedelta(days=3)))

    portal_server.records += gone
    portal_server.change("1.900004", name="Cấp thẻ trúc")
    report = sync_once(at=SYNC_DAY + timedelta(days=4))

    assert (counts(report)["returned"], counts(report)["changed"]) == (2, 1)
    assert ProcedureStore(database).vanished() == {}
    assert Ledger(database).vanished() == []


def test_one_bad_record_is_set_aside_and_looked_at_again(portal_server, sync_once, database):
    portal_server.misbehave(DETAIL, portals.data({"id": "id-1.900002", "code": 5, "name": "Thẻ"}), at=2)
    first = sync_once()
    portal_server.behave()
    second = sync_once()

    assert first.set_aside == (
        Problem("1.900002", "record", ProblemKind.RECORD_UNREADABLE, "the record has no code or no name"),
    )
    assert (counts(first)["added"], counts(first)["set_aside"], first.stopped) == (4, 1, "")
    assert (counts(second)["added"], counts(second)["unchanged"], second.set_aside) == (1, 4, ())
    assert portal_server.asked_details() == ["id-1.900002"]


def test_a_record_that_cannot_be_had_today_keeps_what_was_known(portal_server, sync_once, database):
    sync_once()
    portal_server.change("1.900002", name="Cấp thẻ trúc")
    portal_server.misbehave(DETAIL, portals.status(404))

    assert counts(sync_once())["set_aside"] == 1
    assert ProcedureStore(database).get("1.900002").name == "Cấp thẻ tre số 2"
    portal_server.behave()
    assert counts(sync_once())["changed"] == 1


def test_a_record_that_can_never_be_read_is_told_each_time_and_asked_for_once(portal_server, sync_once, database):
    portal_server.records.append(record("QLKTN001", id="cave"))
    first = sync_once()
    portal_server.behave()
    second = sync_once()

    aside = (Problem("QLKTN001", "record", ProblemKind.CODE_UNREADABLE, "Cấp thẻ tre"),)
    assert (second.set_aside, counts(second)["set_aside"], counts(second)["unchanged"]) == (aside, 1, 5)
    assert [problem.kind for problem in first.set_aside] == [ProblemKind.CODE_UNREADABLE]
    assert portal_server.asked_details() == []


def test_every_listed_record_is_counted_once(portal_server, sync_once):
    portal_server.records += [record("QLKTN001", id="cave"), record("1.900001", id="twin")]
    portal_server.misbehave(DETAIL, portals.status(404), at=2)
    for report in (sync_once(), sync_once(), sync_once(full=True)):
        total = report.counts
        assert total.listed == 7 == total.added + total.changed + total.unchanged + total.set_aside


def test_200_real_records_come_over_the_line_as_the_file_gives_them(portal_server, sync_once, database, portal_file):
    with gzip.open(portal_file, "rt", encoding="utf-8") as lines:
        portal_server.records = [json.loads(line)["detail"] for line in islice(lines, 200)]
    portal_server.page_size = 50
    portal_server.dated = False

    first = sync_once()
    second = sync_once()

    expected = {}
    for raw in portal_server.records:
        procedure = read_detail(raw, SYNC_DAY.date(), SYNC_DAY.date()).procedure
        if procedure:
            expected.setdefault((procedure.code, procedure.layer), procedure)
    assert (first.stopped, second.stopped) == ("", "")
    assert counts(first)["listed"] == 200 == counts(first)["added"] + first.counts.set_aside
    assert counts(first)["added"] == len(expected)
    assert (counts(second)["unchanged"], counts(second)["requests"]) == (counts(first)["added"], 4)
    stored = {}
    with database.session() as session:
        for row in session.scalars(select(ProcedureVersion)):
            stored[row.code, row.layer] = Procedure.model_validate_json(row.content)
    assert stored == expected
