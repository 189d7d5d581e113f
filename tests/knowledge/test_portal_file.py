"""Every line of a portal file is read or told by number; what comes before damage is kept."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from knowledge.errors import SourceError
from knowledge.sources.limits import Budget, Limits
from knowledge.sources.portal_json import read_file
from knowledge.sources.reading import ProblemKind

DAY = date(2026, 7, 18)


def _read_lines(path):
    records = read_file(path, date(2026, 7, 18), date(2026, 11, 22))
    return [(record.procedure and record.procedure.code, record.problems) for record in records]


def test_every_bad_line_is_told_with_its_number(portal_lines, portal_record):
    path = portal_lines(
        portal_record("1.000001"),
        "{broken",
        "",
        portal_record("1.000002"),
        "[1, 2]",
        '{"detail": null, "code": "1.000003"}',
        '{"detail": {"code": 1.000004}}',
        b'{"detail": {"code": "1.000005", "name": "C\xe2p"}}',
        "[" * 100_000,
        '{"detail": ' + "9" * 5_000 + "}",
        portal_record(" 1.000001 "),
    )

    read = [
        (code, [(p.record, p.field, p.kind) for p in problems if p.kind.sets_record_aside])
        for code, problems in _read_lines(path)
    ]

    assert read == [
        ("1.000001", []),
        (None, [("line 2", "line", ProblemKind.LINE_UNREADABLE)]),
        ("1.000002", []),
        *((None, [(f"line {n}", "line", ProblemKind.LINE_UNREADABLE)]) for n in (5, 6, 7, 8, 9, 10)),
        (None, [("1.000001", "code", ProblemKind.CODE_TWICE)]),
    ]


def test_packed_and_plain_files_read_the_same(portal_lines, portal_record):
    records = [portal_record("1.000001"), portal_record("1.000002")]

    assert _read_lines(portal_lines(*records)) == _read_lines(portal_lines(*records, name="the-tre.jsonl.gz"))


def test_a_byte_order_mark_is_no_mistake(portal_lines, portal_record):
    path = portal_lines(b"\xef\xbb\xbf" + json.dumps(portal_record()).encode())

    assert [code for code, _ in _read_lines(path)] == ["1.000001"]


def test_a_packed_file_cut_short_is_kept_as_far_as_it_goes(portal_lines, portal_record):
    whole = portal_lines(*(portal_record(f"1.{n:06}") for n in range(1, 400)), name="the-tre.jsonl.gz")
    cut = whole.with_name("cut.jsonl.gz")
    cut.write_bytes(whole.read_bytes()[:-100])

    *kept, (last_code, last_problems) = _read_lines(cut)

    assert [code for code, _ in kept] == [f"1.{n:06}" for n in range(1, len(kept) + 1)]
    assert 0 < len(kept) < 399
    assert (last_code, [(p.field, p.kind) for p in last_problems]) == (None, [("file", ProblemKind.FILE_CUT_SHORT)])


@pytest.mark.parametrize("damage", [b"\x1f\x8b", b"\x1f\x8bnot gzip at all", gzip.compress(b"{}")[:-4] + b"\0\0\0\0"])
def test_a_damaged_packed_file_is_said_to_be_so(portal_lines, damage):
    path = portal_lines(name="the-tre.jsonl")
    path.write_bytes(damage)

    assert _read_lines(path)[-1][1][-1].kind is ProblemKind.FILE_CUT_SHORT


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258", "latin-1"])
def test_a_file_in_another_encoding_is_told_line_by_line(portal_lines, encoding):
    line = json.dumps({"code": "1.000001", "name": "Cap thé tre"}, ensure_ascii=False)
    path = portal_lines()
    path.write_bytes(f"{line}\n{line}\n".encode(encoding))

    assert {p.kind for _, problems in _read_lines(path) for p in problems} == {ProblemKind.LINE_UNREADABLE}


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"unpacked": 1_000}, "unpacks to far more than a file of its kind holds"),
        ({"line": 50}, "a line of more than 50 bytes: it is no file of JSON lines"),
        ({"rows": 3}, "more than 3 rows"),
        ({"seconds": 60}, "takes longer than 60 seconds to read: nothing of it was kept"),
    ],
)
def test_a_file_beyond_its_budget_is_refused(portal_lines, portal_record, limits, told):
    path = portal_lines(*(portal_record(f"1.{n:06}") for n in range(1, 40)), name="the-tre.jsonl.gz")
    ticks = iter(range(0, 100_000, 10))

    with pytest.raises(SourceError, match=told):
        list(read_file(path, DAY, DAY, Budget(path.name, Limits(**limits), lambda: next(ticks))))
