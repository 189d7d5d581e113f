"""`tro-ly phrasings check` at a terminal."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

from channels.command_line import app
from knowledge import phrasings, phrasings_check

BIRTH, DEATH = "1.001193", "1.000656"
SAYINGS = f"""# Hộ tịch
"{BIRTH}":
  - làm giấy cho em bé mới đẻ
  - vợ  tui sanh rồi, chừ ra phường mần chi
  - my baby was born last week, where do I go
"{DEATH}":
  - bà nội tui mất hôm qua
  - báo tử cho ông
  - làm giấy cho em bé mới đẻ ni
"""
UNTIDY = (
    f"ho-tich.yaml {BIRTH}: «vợ  tui sanh rồi, chừ ra phường mần chi» – error untidy: "
    "viết là «vợ tui sanh rồi, chừ ra phường mần chi». Chép lại lời đúng như máy gợi ý."
)
NEAR = f"gần như ho-tich.yaml {BIRTH}: «làm giấy cho em bé mới đẻ»"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of sayings with one error and one piece of advice, in place of the shipped one."""
    path = tmp_path / "phrasings"
    path.mkdir()
    (path / "ho-tich.yaml").write_text(SAYINGS, encoding="utf-8")
    monkeypatch.setattr(phrasings, "PHRASINGS", path)
    return path


@pytest.fixture
def check(tmp_path):
    """Runs the command in this process: `check("--code", "1.001193")`."""

    def run(*words: object):
        arguments = ["phrasings", "check", *(str(word) for word in words)]
        return CliRunner().invoke(app, arguments, env={"TROLY_HOME": str(tmp_path / "none")})

    return run


def _lines(done):
    return [line.rstrip() for line in done.stdout.splitlines()]


def test_errors_are_told_in_full_and_advice_by_rule(folder, check):
    done = check()

    assert (done.exit_code, _lines(done)) == (
        1,
        [
            UNTIDY,
            "luật       mức     số chỗ  ví dụ",
            f"untidy     error   1       {BIRTH}",
            f"near_twin  advice  1       {DEATH}",
            "6 sayings of 2 procedures, 1 errors, 1 pieces of advice",
        ],
    )


@pytest.mark.parametrize(
    ("narrowed", "status", "told"),
    [
        (("--code", BIRTH), 1, ["untidy", "near_twin"]),
        (("--code", DEATH), 0, ["near_twin"]),
        (("--field", "ho-tich"), 1, ["untidy", "near_twin"]),
    ],
)
def test_of_one_procedure_or_file_everything_is_told_in_full(folder, check, narrowed, status, told):
    done = check(*narrowed)

    assert done.exit_code == status
    assert [line.split(": ")[1].rsplit(" ", 1)[-1] for line in _lines(done) if " – " in line] == told


def test_advice_alone_lets_a_release_go_out(folder, check):
    (folder / "ho-tich.yaml").write_text(SAYINGS.replace("vợ  tui", "vợ tui"), encoding="utf-8")
    done = check()

    assert done.exit_code == 0
    assert _lines(done)[-1] == "6 sayings of 2 procedures, 0 errors, 1 pieces of advice"


def test_clean_sayings_are_told_in_one_line(folder, check):
    text = SAYINGS.replace("vợ  tui", "vợ tui").replace("làm giấy cho em bé mới đẻ ni", "giấy chết")
    (folder / "ho-tich.yaml").write_text(text, encoding="utf-8")
    done = check()

    assert (done.exit_code, _lines(done)) == (0, ["6 sayings of 2 procedures, 0 errors, 0 pieces of advice"])


def test_every_finding_is_written_for_a_spreadsheet(folder, check, tmp_path):
    path = tmp_path / "findings.csv"
    done = check("--csv", path)
    rules = phrasings_check.rules()

    assert _lines(done)[-1] == f"2 findings written to {path}"
    assert list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines())) == [
        ["rule", "severity", "file", "code", "saying", "detail", "fix"],
        [
            "untidy",
            "error",
            "ho-tich.yaml",
            BIRTH,
            "vợ  tui sanh rồi, chừ ra phường mần chi",
            "viết là «vợ tui sanh rồi, chừ ra phường mần chi»",
            rules["untidy"].fix,
        ],
        ["near_twin", "advice", "ho-tich.yaml", DEATH, "làm giấy cho em bé mới đẻ ni", NEAR, rules["near_twin"].fix],
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--code", "1.999999"), "error: No saying stands under 1.999999. A code looks like 1.001193."),
        (("--field", "no-such"), "error: There is no phrasings/no-such.yaml. Give a file's name without .yaml."),
        (
            ("--field", "../phrasings/ho-tich"),
            "error: There is no phrasings/../phrasings/ho-tich.yaml. Give a file's name",
        ),
        (("--csv", "/nowhere/f.csv"), "error: /nowhere/f.csv cannot be written: No such file or directory."),
        (("--explain", "no_such"), "error: No rule is called no_such. The rules: code_unknown, code_elsewhere, "),
    ],
)
def test_what_cannot_be_done_is_explained(folder, check, words, told):
    done = check(*words)

    assert done.exit_code == 1
    assert done.stderr.startswith(told)


def test_a_rule_is_explained_in_the_words_of_the_staff(check):
    done = check("--explain", "near_twin")
    rule = phrasings_check.rules()["near_twin"]

    assert (done.exit_code, _lines(done)) == (
        0,
        [
            "near_twin (advice)",
            f"  Sai ở đâu: {rule.explanation}",
            f"  Ví dụ: {rule.example}",
            f"  Cách sửa: {rule.fix}",
        ],
    )


def test_all_rules_are_explained(check):
    assert check("--explain", "all").stdout.count("Cách sửa: ") == len(phrasings_check.rules())
