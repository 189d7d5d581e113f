"""Several records under one code: Da Nang's own first, the others wait."""

from __future__ import annotations

import pytest

from knowledge.procedure import Layer
from knowledge.sources.reading import Problem, ProblemKind
from knowledge.store import ProcedureStore
from tests.knowledge.portal_server import record
from tests.knowledge.sync_results import counts, versions

PROVINCE = "UBND tỉnh Tre Xanh"
CITY = "UBND thành phố Đà Nẵng"


def test_a_code_that_is_still_listed_under_another_id_has_not_vanished(portal_server, sync_once, database):
    sync_once()
    portal_server.remove("1.900002")
    portal_server.records.append(record("1.900002", id="new-id"))

    report = sync_once()

    assert (counts(report)["vanished"], report.stopped) == (1, "")
    assert ProcedureStore(database).vanished() == {}


def test_local_codes_join_the_national_one_in_a_layer_of_their_own(portal_server, sync_once, database):
    portal_server.records = [
        record("1.900001"),
        record("1.900001.000.00.00.H17", by=CITY, name="Cấp thẻ tre tại Đà Nẵng"),
        record("1.900002.H36", by=PROVINCE),
    ]

    sync_once()

    store = ProcedureStore(database)
    assert [version[:2] for version in versions(database)[0]] == [
        ("1.900001", "national"), ("1.900001", "city"), ("1.900002", "city"),
    ]  # fmt: skip
    assert (store.get("1.900001").name, store.get("1.900001").local_unit) == ("Cấp thẻ tre tại Đà Nẵng", "H17")
    assert store.foreign_codes() == {"1.900002"}


def test_of_two_records_under_one_code_the_first_stands_until_it_is_gone(portal_server, sync_once, database):
    portal_server.records = [record("1.900001"), record("1.900001", id="second", name="Cấp thẻ trúc")]
    first = sync_once()
    again = sync_once()
    portal_server.records.pop(0)
    last = sync_once()

    told = Problem("1.900001", "code", ProblemKind.CODE_TWICE, "the record id-1.900001 stands under this code")
    assert (first.set_aside, counts(first)["added"], counts(first)["set_aside"]) == ((told,), 1, 1)
    assert (counts(again)["unchanged"], counts(again)["set_aside"]) == (1, 1)
    assert (counts(last)["listed"], counts(last)["changed"], counts(last)["vanished"]) == (1, 1, 1)
    assert ("set_aside" in counts(last), last.set_aside) == (False, ())
    assert ProcedureStore(database).get("1.900001").name == "Cấp thẻ trúc"
    assert ProcedureStore(database).vanished() == {}


@pytest.mark.parametrize("apart", [1, 50])
@pytest.mark.parametrize("order", [("H36", "H17"), ("H17", "H36")])
def test_da_nangs_own_record_stands_before_another_provinces_whichever_comes_first(
    portal_server, sync_once, database, apart, order
):
    own = record("1.900001.H17", by=CITY, name="Cấp thẻ tre tại Đà Nẵng")
    foreign = record("1.900001.H36", by=PROVINCE, name="Cấp thẻ của tỉnh khác")
    portal_server.page_size = apart
    portal_server.records = sorted((own, foreign), key=lambda one: order.index(one["code"][-3:]))

    first = sync_once()
    before = versions(database)
    again = sync_once()

    assert [problem.kind for problem in first.set_aside] == [ProblemKind.CODE_TWICE]
    assert ProcedureStore(database).get("1.900001").name == "Cấp thẻ tre tại Đà Nẵng"
    assert ProcedureStore(database).foreign_codes() == frozenset()
    assert (again.counts.unchanged, again.counts.set_aside, again.counts.fetched) == (1, 1, 0)
    assert versions(database) == before


def test_another_provinces_record_never_replaces_what_the_citys_own_page_says(portal_server, sync_once, database, made):
    page = made("1.900001", "Cấp thẻ tre tại Đà Nẵng", layer=Layer.CITY, jurisdiction="da-nang")
    ProcedureStore(database).write([page], source="the city's page", problems=(), read=1)
    portal_server.records = [record("1.900001.H36", by=PROVINCE)]

    assert counts(sync_once())["set_aside"] == 1
    portal_server.behave()
    assert counts(sync_once()) == {"pages": 1, "listed": 1, "set_aside": 1, "requests": 1}
    assert ProcedureStore(database).get("1.900001").name == "Cấp thẻ tre tại Đà Nẵng"
