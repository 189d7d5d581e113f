"""`tro-ly place`, `catalogue check` and `catalogue facts` at a terminal."""

from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from channels.command_line import app
from knowledge import quality
from knowledge.sources import facts

HAI_CHAU = """phường Hải Châu (20242)
  Số 15 đường Lê Hồng Phong, phường Hải Châu
  https://www.google.com/maps/search/?api=1&query=16.06373,108.22247
"""


@pytest.fixture
def tro_ly(tmp_path):
    """Runs a command in this process: `tro_ly("place", "Hải Châu")`."""

    def run(*words: object, at=tmp_path / "none"):
        return CliRunner().invoke(app, [str(word) for word in words], env={"TROLY_HOME": str(at)})

    return run


def test_a_place_is_printed_with_its_office(tro_ly):
    done = tro_ly("place", "phường Hải Châu")

    assert (done.exit_code, done.stdout) == (0, HAI_CHAU)


def test_an_old_place_says_what_it_was(tro_ly):
    done = tro_ly("place", "p. thanh binh, q. hai chau")

    assert (done.exit_code, done.stdout) == (
        0,
        HAI_CHAU.replace("(20242)", "(20242) – phường Thanh Bình, Quận Hải Châu"),
    )


def test_a_place_that_may_be_several_is_listed_and_fails(tro_ly):
    done = tro_ly("place", "Hòa Liên cũ")

    assert done.exit_code == 1
    assert done.stdout.startswith("«Hòa Liên cũ» may be 2 places (split):\nphường Hải Vân (20194) – xã Hòa Liên")


@pytest.mark.parametrize("name", ["xã Tân Phú Trung", "[/red] 🙂", "xin chào"])
def test_a_place_that_nobody_has_is_told_so_and_fails(tro_ly, name):
    done = tro_ly("place", name)

    assert (done.exit_code, done.stdout) == (
        1,
        f"«{name}»: no ward or commune of Da Nang has, or had, this name.\n",
    )


@pytest.mark.parametrize(
    ("name", "reading", "codes", "status"),
    [
        ("Thanh Bình cũ", "found", ["20242"], 0),
        ("Hòa Liên cũ", "split", ["20194", "20197"], 1),
        ("xin chào", "unknown", [], 1),
    ],
)
def test_a_place_may_be_read_by_a_program(tro_ly, name, reading, codes, status):
    done = tro_ly("place", name, "--json")
    told = json.loads(done.stdout)

    assert (done.exit_code, told["reading"], [unit["code"] for unit in told["units"]]) == (status, reading, codes)
    assert all(
        list(unit) == ["code", "name", "address", "other_address", "latitude", "longitude", "map", "was"]
        for unit in told["units"]
    )


def test_the_nearest_offices_are_listed_with_their_distance(tro_ly):
    done = tro_ly("place", "--near", "16.06373,108.22247", "-k", 2)
    told = json.loads(tro_ly("place", "--near", "16.06373, 108.22247", "-k", 2, "--json").stdout)

    assert done.exit_code == 0
    assert done.stdout.splitlines()[:2] == [
        "  0.00 km  phường Hải Châu: Số 15 đường Lê Hồng Phong, phường Hải Châu",
        "           https://www.google.com/maps/search/?api=1&query=16.06373,108.22247",
    ]
    assert told[0]["code"] == "20242"
    assert [unit["km"] for unit in told] == sorted(unit["km"] for unit in told)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("Hải Châu", "--near", "16,108"),
        ("--near", "16"),
        ("--near", "1,2,3"),
        ("--near", "bắc,nam"),
        ("--near", "91,108"),
        ("--near", "nan,nan"),
        ("--near", "16,108", "-k", "0"),
        ("--near", "16,108", "-k", "95"),
    ],
)
def test_what_is_no_place_to_look_for_is_explained(tro_ly, words):
    done = tro_ly("place", *words)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage: " in done.stderr
    assert "unpack" not in done.stderr


def test_a_rule_is_explained_in_the_words_of_the_staff(tro_ly):
    done = tro_ly("catalogue", "check", "--explain", "household_book")
    rule = quality.rules()["household_book"]

    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        [
            "household_book (warning, papers)",
            f"  Sai ở đâu: {rule.explanation}",
            f"  Ví dụ: {rule.example}",
            f"  Cách sửa: {rule.fix}",
            f"  Người dân được dặn: {rule.caution.vi}",
        ],
    )


def test_all_rules_are_explained(tro_ly):
    done = tro_ly("catalogue", "check", "--explain", "all")

    assert done.stdout.count("Cách sửa: ") == len(quality.rules())


def test_a_rule_that_is_none_is_told_with_those_there_are(tro_ly):
    done = tro_ly("catalogue", "check", "--explain", "no_such")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("error: No rule is called no_such. The rules: fee_expired, ")


def test_findings_are_written_for_a_spreadsheet(tro_ly, tmp_path):
    path = tmp_path / "findings.csv"
    done = tro_ly("catalogue", "check", "--findings", path)
    (head, *rows) = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())

    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == f"{len(rows)} findings written to {path}"
    assert head == ["code", "rule", "severity", "detail"]
    assert {row[1] for row in rows} <= set(quality.rules())


def test_findings_that_cannot_be_written_are_told_in_a_line(tro_ly, tmp_path):
    done = tro_ly("catalogue", "check", "--findings", tmp_path / "none" / "f.csv")

    assert (done.exit_code, "f.csv cannot be written: No such file" in done.stderr) == (1, True)
    assert isinstance(done.exception, SystemExit)


def test_every_live_record_is_checked_where_the_database_is_asked(tro_ly, copied_home, portal_lines, portal_record):
    file = portal_lines(portal_record(), portal_record("1.900002", "Thủ tục thử nghiệm"))
    before = tro_ly("catalogue", "check", "--imported", at=copied_home).stdout.splitlines()
    tro_ly("catalogue", "import", file, "--as-of", "2026-07-18", at=copied_home)
    done = tro_ly("catalogue", "check", "--imported", at=copied_home)
    count = int(before[-1].removesuffix(" records checked"))

    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == f"{count + 2} records checked"
    assert [_records(lines, "agency_missing") for lines in (before, done.stdout.splitlines())] == [
        _records(before, "agency_missing"),
        _records(before, "agency_missing") + 2,
    ]


def _records(lines: list[str], rule: str) -> int:
    """How many records a rule found."""
    return next((int(line.split()[2]) for line in lines if line.startswith(f"{rule} ")), 0)


def test_facts_are_packed_from_the_portals_file(tro_ly, portal_lines, portal_record, tmp_path):
    shipped, target = facts.digest(), tmp_path / "facts.jsonl.xz"
    foreign = portal_record("1.900003", "Cấp thẻ nứa", by="Ủy ban nhân dân tỉnh Quảng Trị")
    file = portal_lines(portal_record("1.900002", "Cấp thẻ tre"), portal_record(), foreign)
    done = tro_ly("catalogue", "facts", file, "--as-of", "2026-07-18", "--out", target)

    assert (done.exit_code, done.stdout) == (0, f"2 facts records, {target.stat().st_size:,} bytes\n")
    assert [record.code for record in facts.load(target)] == ["1.900001", "1.900002"]
    assert facts.digest() == shipped


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file or directory"),
        (b"", "holds no procedure that can be read"),
        (b"no record\n" * 5, "holds no procedure that can be read"),
    ],
    ids=["missing", "empty", "no records"],
)
def test_a_file_without_records_leaves_the_facts_alone(tro_ly, tmp_path, content, told):
    file, target = tmp_path / "odd.jsonl", tmp_path / "facts.jsonl.xz"
    if content is not None:
        file.write_bytes(content)
    target.write_bytes(b"as it was")
    done = tro_ly("catalogue", "facts", file, "--as-of", "2026-07-18", "--out", target)

    assert (done.exit_code, told in done.stderr, target.read_bytes()) == (1, True, b"as it was")
    assert isinstance(done.exception, SystemExit)


def test_a_file_cut_short_leaves_the_facts_alone(tro_ly, portal_lines, portal_record, tmp_path):
    records = [portal_record(f"1.91{number:04}", f"Cấp thẻ tre hạng {number}") for number in range(500)]
    file, target = portal_lines(*records, name="cut.jsonl.gz"), tmp_path / "facts.jsonl.xz"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    done = tro_ly("catalogue", "facts", file, "--as-of", "2026-07-18", "--out", target)

    assert (done.exit_code, target.exists()) == (1, False)
    assert "cut.jsonl.gz ends before its end" in done.stderr


@pytest.mark.parametrize("words", [("facts", "x"), ("facts", "x", "--as-of", "hôm qua")])
def test_the_day_of_the_snapshot_is_asked_for(tro_ly, words):
    assert tro_ly("catalogue", *words).exit_code == 2
