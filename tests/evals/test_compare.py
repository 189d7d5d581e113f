"""Two runs side by side."""

from __future__ import annotations

import json

import pytest

from evals.retrieval.compare import compare, mcnemar
from evals.retrieval.errors import EvaluationError
from evals.retrieval.questions import Group
from evals.retrieval.report import FORMAT, read, write
from knowledge.errors import StorageError
from tests.evals.made import report, result

RIGHT, WRONG = ("a",), ("x", "a")


def test_the_questions_won_and_lost_are_those_that_both_runs_were_asked():
    old = report(
        result(RIGHT, name="q1"),
        result(WRONG, name="q2"),
        result(WRONG, name="q3"),
        result(RIGHT, name="q4", text="old"),
    )
    new = report(
        result(WRONG, name="q1"),
        result(RIGHT, name="q2"),
        result(WRONG, name="q3"),
        result(RIGHT, name="q4", text="reworded"),
        result(RIGHT, name="q5"),
        result(RIGHT, name="o1", group=Group.OUT_OF_SCOPE),
    )

    told = compare(new, old)

    assert [change.new["id"] for change in told.won] == ["q2"]
    assert [(change.old["rank"], change.new["rank"]) for change in told.lost] == [(1, 2)]
    assert told.told == (
        "3 questions in both runs: 1 won, 1 lost; McNemar's exact test p = 1.0000; "
        "only in the older run: 1, only in the newer: 2"
    )


def test_the_rows_tell_what_got_better_and_what_got_worse():
    old = report(result(WRONG, confidence=0.5, ms=1), result(RIGHT, confidence=0.5))
    new = report(result(RIGHT, confidence=0.5, ms=4), result(RIGHT, confidence=0.5))

    rows = {row.name: row for row in compare(new, old).rows}
    told = {name: (rows[name].old, rows[name].new, rows[name].difference, rows[name].better) for name in rows}

    assert told["hit@1, all"] == (0.5, 1, 0.5, True)
    assert told["hit@5, all"] == (1, 1, 0, False)
    assert told["hit@1, plain"] == (0.5, 1, 0.5, True)
    assert told["ECE, in scope"] == (0, 0.5, 0.5, False)
    assert told["search p95, ms"] == (1, 4, 3, False)


@pytest.mark.parametrize(
    ("won", "lost", "p"), [(0, 0, 1), (1, 0, 1), (5, 0, 0.0625), (0, 5, 0.0625), (8, 2, 0.109375), (3, 3, 1)]
)
def test_chance_is_told_by_the_exact_test(won, lost, p):
    assert mcnemar(won, lost) == p


def test_a_report_is_read_as_it_was_written(tmp_path):
    made = report(result(RIGHT, text="Khai sinh ở đâu?"))
    write(made, tmp_path / "run.json")

    assert read(tmp_path / "run.json") == made


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read: No such file or directory"),
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "is no report"),
        ('{"figures": {}}', "is no report"),
        (json.dumps({"figures": {}, "results": [], "format": FORMAT - 1}), "was written by another release"),
    ],
    ids=["missing", "broken", "deep", "list", "half", "older"],
)
def test_a_file_that_is_no_report_is_told_with_what_to_do(tmp_path, content, told):
    if content is not None:
        (tmp_path / "run.json").write_text(content)

    with pytest.raises(EvaluationError, match=told):
        read(tmp_path / "run.json")


def test_a_report_that_cannot_be_written_is_told_with_what_to_do(tmp_path):
    with pytest.raises(StorageError, match=r"run\.json cannot be written: No such file"):
        write(report(), tmp_path / "none" / "run.json")
