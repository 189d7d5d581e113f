"""`tro-ly eval retrieval` at a terminal: what it prints, and the files it leaves."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from channels.command_line import app
from channels.commands import evaluate
from evals.retrieval.questions import Group
from evals.retrieval.report import read
from tests.evals.made import question

MARRIAGE = "1.000894"


@pytest.fixture
def few(monkeypatch):
    """Three questions in place of all: one found, one not, one that no office answers."""
    asked = [
        question("q1", [MARRIAGE], text=f"đăng ký kết hôn mã {MARRIAGE}"),
        question("q2", ["9.999999"], text="đăng ký [kết hôn]", speech="short"),
        question("o1", text="xin chào", group=Group.OUT_OF_SCOPE, kind="chat"),
    ]
    monkeypatch.setattr(evaluate, "load_all", lambda: asked)
    monkeypatch.setattr(evaluate, "load", lambda: asked[:2])


@pytest.fixture
def evaluated(few, copied_home):
    """Runs the command over a copy of the shipped home."""

    def run(*words: object):
        command = ["eval", "retrieval", "--catalogue", "home", *(str(word) for word in words)]
        return CliRunner().invoke(app, command, env={"TROLY_HOME": str(copied_home), "COLUMNS": "120"})

    return run


def test_a_run_prints_its_figures_and_writes_the_report_and_the_page(evaluated, tmp_path):
    done = evaluated("--misses", "--json", tmp_path / "run.json", "--html", tmp_path / "run.html")
    told = read(tmp_path / "run.json")

    assert done.exit_code == 0
    assert [line.split()[1:4] for line in done.stdout.splitlines() if line.startswith("all ")] == [
        ["2", "0.500", "0.500"]
    ]
    assert "q2 [short] rank –: đăng ký [kết hôn]" in done.stdout
    assert [(entry["id"], entry["rank"], entry["outcome"]) for entry in told["results"]] == [
        ("q1", 1, "answered"),
        ("q2", 0, told["results"][1]["outcome"]),
        ("o1", 0, "turned_away"),
    ]
    assert (told["catalogue"], told["figures"]["origin"]["written"]["n"]) == ("home", 1)
    assert (tmp_path / "run.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_run_is_held_against_an_older_one(evaluated, tmp_path):
    older = tmp_path / "old.json"
    evaluated("--json", older)
    old = json.loads(older.read_text(encoding="utf-8"))
    old["results"][0]["rank"] = 2
    older.write_text(json.dumps(old), encoding="utf-8")

    done = evaluated("--compare", older)

    assert done.exit_code == 0
    assert "2 questions in both runs: 1 won, 0 lost; McNemar's exact test p = 1.0000" in done.stdout
    assert f"won q1 [plain] rank 2 → 1: đăng ký kết hôn mã {MARRIAGE}" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--compare", "none.json"), "none.json cannot be read: No such file or directory"),
        (("--json", "none/run.json"), "none/run.json cannot be written: No such file or directory"),
        (("--html", "none/run.html"), "none/run.html cannot be written: No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_line(evaluated, words, told):
    done = evaluated(*words)

    assert (done.exit_code, told in done.stderr.replace("\n", "")) == (1, True)
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("words", [("--catalogue", "moon"), ("--unseen", "--fold", 5)])
def test_what_makes_no_sense_is_explained(evaluated, words):
    done = evaluated(*words)

    assert (done.exit_code, "Usage: " in done.stderr) == (2, True)
