"""An interrupted run goes on where it stopped; a killed one leaves whole pages; no two runs mix."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from knowledge.database import Database
from knowledge.sources.portal_sync import DETAIL, LIST
from knowledge.sources.reading import Problem, ProblemKind
from knowledge.store import ProcedureStore
from tests.knowledge.conftest import SYNC_DAY
from tests.knowledge.sync_results import codes, counts, versions

CHILD = """
import sys
from datetime import UTC, datetime
from knowledge.database import Database
from knowledge.sources.portal_http import Manners, PortalHttp
from knowledge.sources.portal_sync import Portal
from knowledge.syncing import sync

portal = Portal(PortalHttp(sys.argv[1], Manners(a_second=1e6)))
sync(portal, Database(sys.argv[2]), at=datetime(2026, 11, 22, 9, tzinfo=UTC))
"""


def test_an_interrupted_run_goes_on_where_it_stopped(portal_server, sync_once, database):
    def interrupt(done, _):
        if done == 4:
            raise KeyboardInterrupt

    portal_server.records[1]["code"] = "1.9"
    with pytest.raises(KeyboardInterrupt):
        sync_once(progress=interrupt)
    assert codes(database) == ["1.900001", "1.900003", "1.900004"]
    portal_server.behave()

    report = sync_once()

    assert report.resumed
    assert (portal_server.asked_details(), portal_server.asked[LIST]) == (["id-1.900005"], 1)
    assert counts(report) == {
        "pages": 3, "listed": 5, "fetched": 5, "added": 4, "set_aside": 1, "requests": 8, "seconds": 3.0,
    }  # fmt: skip
    assert report.set_aside == (Problem("1.9", "code", ProblemKind.CODE_UNREADABLE, "Cấp thẻ tre số 2"),)
    assert (sync_once().resumed, len(codes(database))) == (False, 4)


def test_a_killed_run_leaves_whole_pages_and_goes_on(portal_server, sync_once, tmp_path):
    """The process is killed while the portal answers it, in the middle of the second page."""
    database = Database(f"sqlite:///{tmp_path / 'killed.db'}")
    database.migrate()
    portal_server.misbehave(DETAIL, lambda _: os.kill(child.pid, signal.SIGKILL), at=4)
    child = subprocess.Popen([sys.executable, "-c", CHILD, portal_server.url, database.url])

    assert child.wait() == -signal.SIGKILL
    assert codes(database) == ["1.900001", "1.900002"]
    assert versions(database)[1] == 1
    portal_server.behave()

    report = sync_once(over=database)

    assert (report.resumed, report.stopped) == (True, "")
    assert portal_server.asked_details() == ["id-1.900003", "id-1.900004", "id-1.900005"]
    assert (counts(report)["listed"], counts(report)["added"]) == (5, 5)
    assert codes(database) == [f"1.90000{n}" for n in range(1, 6)]
    assert versions(database)[1] == 1
    database.close()


def test_a_run_interrupted_before_its_end_was_settled_still_settles(portal_server, sync_once):
    def interrupt(done, total):
        if done == total:
            raise KeyboardInterrupt

    sync_once()
    portal_server.remove("1.900002")
    with pytest.raises(KeyboardInterrupt):
        sync_once(progress=interrupt)
    portal_server.behave()

    report = sync_once()

    assert (report.resumed, portal_server.asked[LIST], report.counts.vanished) == (True, 0, 1)


def test_a_run_of_yesterday_and_one_that_is_not_wanted_begin_anew(sync_once, database):
    def interrupt(*_):
        raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            sync_once(progress=interrupt)

    assert not sync_once(at=SYNC_DAY + timedelta(hours=25)).resumed
    with pytest.raises(KeyboardInterrupt):
        sync_once(progress=interrupt)
    assert not sync_once(restart=True).resumed


def test_only_the_latest_run_is_gone_on_with(sync_once, database):
    """A run in between has seen some of its records anew: what is gone could no longer be told."""

    def interrupt(*_):
        raise KeyboardInterrupt

    sync_once()
    with pytest.raises(KeyboardInterrupt):
        sync_once(progress=interrupt)
    assert not sync_once(department="G99").resumed

    report = sync_once()

    assert (report.resumed, report.stopped, counts(report)["unchanged"]) == (False, "", 5)
    assert ProcedureStore(database).vanished() == {}


def test_a_run_beside_another_flags_nothing_that_the_other_saw(sync_once, database):
    reports = []

    def meanwhile(done, total):
        if done == total and not reports:
            reports.append(sync_once(department="G99"))

    report = sync_once(progress=meanwhile)

    assert (report.stopped, counts(report)["listed"], counts(reports[0])["listed"]) == ("", 5, 5)
    assert ProcedureStore(database).vanished() == {}


def test_two_processes_do_not_go_on_with_the_same_run(sync_once, database):
    """The second one stops at its first page; what the first wrote stands."""
    reports = []

    def meanwhile(done, _):
        if not reports:
            reports.append(sync_once())

    report = sync_once(progress=meanwhile)

    assert reports[0].stopped == ""
    assert report.stopped == "Another sync of the same portal is under way. Let it finish, then run this again."
    assert codes(database) == [f"1.90000{n}" for n in range(1, 6)]
