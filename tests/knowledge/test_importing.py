"""A file becomes versions, all or none, and the report adds up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from knowledge.errors import SourceError
from knowledge.importing import import_portal_file
from knowledge.procedure import Layer
from knowledge.shipped import load_shipped, shipped_facts
from knowledge.sources import written
from knowledge.sources.limits import USUAL
from knowledge.sources.reading import Problem, ProblemKind

TODAY = date(2026, 11, 22)


def _counts(report):
    return report.read, report.added, report.changed, report.unchanged, len(report.set_aside)


def test_the_report_adds_up(any_store, portal_lines, portal_record):
    path = portal_lines(portal_record("1.000001"), "{broken", portal_record("1.000002"), portal_record("1.000001"))

    report = import_portal_file(path, any_store, today=TODAY)

    assert _counts(report) == (4, 2, 0, 0, 2)
    assert report.set_aside == (
        Problem(
            "line 2",
            "line",
            ProblemKind.LINE_UNREADABLE,
            "not JSON: Expecting property name enclosed in double quotes at column 2",
        ),
        Problem("1.000001", "code", ProblemKind.CODE_TWICE, "line 4"),
    )
    assert not report.incomplete
    assert sorted(any_store.hashes()) == ["1.000001", "1.000002"]


def test_the_same_file_again_changes_nothing(any_store, portal_lines, portal_record):
    path = portal_lines(portal_record("1.000001"), portal_record("1.000002"))
    import_portal_file(path, any_store, today=TODAY)
    before = any_store.hashes()

    assert _counts(import_portal_file(path, any_store, today=TODAY)) == (2, 0, 0, 2, 0)
    assert any_store.hashes() == before


def test_only_the_changed_record_gets_a_version(any_store, portal_lines, portal_record):
    import_portal_file(portal_lines(portal_record("1.000001"), portal_record("1.000002")), any_store, today=TODAY)
    path = portal_lines(portal_record("1.000001", name="Cấp thẻ tre mới"), portal_record("1.000002"))

    assert _counts(import_portal_file(path, any_store, today=TODAY)) == (2, 0, 1, 1, 0)
    assert (any_store.get("1.000001").name, any_store.get("1.000001").version) == ("Cấp thẻ tre mới", 2)


def test_problems_that_kept_no_record_out_are_reported_too(any_store, portal_lines, portal_record):
    report = import_portal_file(portal_lines(portal_record()), any_store, today=TODAY)

    assert report.set_aside == ()
    assert {problem.kind for problem in report.problems} == {
        ProblemKind.AGENCY_MISSING,
        ProblemKind.FIELD_MISSING,
        ProblemKind.PAPERS_MISSING,
    }


@pytest.mark.parametrize(
    ("name", "as_of", "day"),
    [
        ("the-tre-2026-07-18.jsonl", None, date(2026, 7, 18)),
        ("the-tre-2026-07-18.jsonl", date(2026, 1, 2), date(2026, 1, 2)),
        ("the-tre-2026-02-30.jsonl", None, TODAY),
        ("the-tre.jsonl", None, TODAY),
    ],
)
def test_the_snapshot_day_is_given_or_in_the_name_or_today(new_store, portal_lines, portal_record, name, as_of, day):
    store = new_store()

    import_portal_file(portal_lines(portal_record(), name=name), store, today=TODAY, as_of=as_of)

    assert store.get("1.000001").sources[0].as_of == day


def test_a_file_cut_short_is_kept_and_said_to_be_incomplete(new_store, portal_lines, portal_record):
    whole = portal_lines(*(portal_record(f"1.{n:06}") for n in range(1, 400)), name="the-tre.jsonl.gz")
    whole.write_bytes(whole.read_bytes()[:-100])
    store = new_store()

    report = import_portal_file(whole, store, today=TODAY)

    assert report.incomplete
    assert (report.read, report.set_aside) == (report.added, ())
    assert 0 < report.added == len(store.hashes()) < 399


def test_progress_is_told_every_hundred_records(new_store, portal_lines, portal_record):
    told = []

    import_portal_file(
        portal_lines(*(portal_record(f"1.{n:06}") for n in range(1, 251))),
        new_store(),
        today=TODAY,
        progress=told.append,
    )

    assert told == [100, 200]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], r"^the-tre\.jsonl holds no procedure that can be read\. Give a portal JSON-lines file\.$"),
        (["hello"], r"First problem: line 1: not JSON: .*\. Give a portal JSON-lines file\.$"),
        ([b"\xff\xfe\x00"], r"First problem: line 1: not UTF-8"),
        (['{"name": "thẻ"}'], r"First problem: line 1: not a procedure record: no code"),
        (["[" * 100_000], r"First problem: line 1: not JSON"),
    ],
)
def test_a_file_without_a_procedure_is_refused_and_nothing_written(new_store, portal_lines, lines, told):
    store = new_store()

    with pytest.raises(SourceError, match=told):
        import_portal_file(portal_lines(*lines), store, today=TODAY)

    assert store.hashes() == {}


def test_a_missing_file_and_a_folder_are_told(new_store, tmp_path):
    for path, why in [(tmp_path / "none.jsonl", "No such file"), (tmp_path, "Is a directory")]:
        with pytest.raises(SourceError, match=rf"cannot be read: {why}.*Check the path and your rights"):
            import_portal_file(path, new_store(), today=TODAY)


def test_a_file_too_large_to_be_a_catalogue_is_refused_unread(new_store, tmp_path):
    """A hole of that size: it takes no room."""
    path = tmp_path / "film.jsonl"
    with path.open("wb") as file:
        file.truncate(USUAL.bytes + 1)

    with pytest.raises(SourceError, match="larger than 160 MiB"):
        import_portal_file(path, new_store(), today=TODAY)


def test_records_of_wrong_types_never_stop_the_others(any_store, portal_lines, portal_record):
    """Whatever one record holds, it is stored and read back, or told; the next one is read all the same."""
    fee = {"submissionMethod": "DIRECT", "processingTime": 1, "processingTimeUnit": "DAY"}
    odd = [
        {"executionMethods": [{**fee, "fees": [{"value": float("inf")}]}]},
        {"executionMethods": [{**fee, "fees": [{"value": 10**400}]}]},
        {"executionMethods": [{**fee, "processingTime": "9" * 400}]},
        {"executionMethods": [None]},
        {"updatedAt": 10**30},
        {"code": "thẻ\x00"},
        {"code": "1.0\ud8000001"},
        {"name": "thẻ\x00 tre"},
        {"departmentPromulgateName": "UBND tỉnh " + "Tre" * 99},
        {"dossierReceivingAddresses": ["Số 1"], "decisionNo": {"so": 1}},
        {"resultsDetails": "Thẻ", "subjectTypesDetails": {"name": "Dân"}},
    ]
    records = [portal_record(**{"code": f"1.{n:06}", **more}) for n, more in enumerate(odd, start=1)]
    lines = [json.dumps({"detail": record}) for record in records]

    report = import_portal_file(portal_lines(*lines, portal_record("1.000099")), any_store, today=TODAY)

    assert report.read == len(odd) + 1 == report.added + len(report.set_aside)
    assert len(list(any_store.iterate())) == report.added
    assert any_store.get("1.000099").name == "Cấp thẻ tre"


def test_the_shipped_catalogue_is_loaded_once(any_store):
    assert load_shipped(any_store)
    before = any_store.hashes()

    assert not load_shipped(any_store)
    assert any_store.hashes() == before
    assert set(before) == {procedure.code for procedure in (*written.load(), *shipped_facts())}


def test_an_entry_that_left_the_release_leaves_the_catalogue(any_store, made):
    any_store.replace_layer(Layer.WRITTEN, [made()], source="an older release")

    load_shipped(any_store)

    assert "1.000001" not in any_store.hashes()
