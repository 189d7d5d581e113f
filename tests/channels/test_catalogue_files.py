"""`tro-ly catalogue import` and `compare` over files of every format: what a person at the keyboard sees."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

from channels.command_line import app
from tests.knowledge.office_files import detail, new_list, new_pdf  # noqa: F401

LABELS = ["Mã số", "Tên", "Cơ quan ban hành"]
WAY = ["Trực tiếp", "3 ngày làm việc", "Miễn phí", ""]


@pytest.fixture
def tro_ly(tmp_path):
    """Runs a `catalogue` command over a home of this test's own."""

    def run(*words):
        env = {"TROLY_HOME": str(tmp_path / "home")}
        return CliRunner().invoke(app, ["catalogue", *map(str, words)], env=env)

    return run


def test_files_and_folders_are_imported_each_by_itself(tro_ly, detail, new_list, tmp_path):  # noqa: F811
    folder = tmp_path / "tai-lieu"
    folder.mkdir()
    (folder / "ghi-chu.txt").write_text("Hỏi chị Tre", encoding="utf-8")
    (folder / ".an").write_text("x", encoding="utf-8")
    detail(code="1.900001", ways=[WAY]).rename(folder / "the.pdf")
    list_file = new_list(LABELS, ["1.900002", "Đổi thẻ tre", "Bộ Tre"], ["TEST_1", "Thủ tục test"])

    done = tro_ly("import", folder, list_file)

    assert done.exit_code == 1
    assert [line for line in done.stdout.splitlines() if "records read" in line or "set aside:" in line] == [
        "the.pdf: 1 records read; 1 added, 0 changed, 0 unchanged, 0 set aside",
        "danh-sach.xlsx: 2 records read; 1 added, 0 changed, 0 unchanged, 1 set aside",
        "set aside: row 3: row_is_a_test: TEST_1 Thủ tục test",
    ]
    assert done.stderr.splitlines() == [
        "error: ghi-chu.txt holds no procedure that can be read: it is of no format known here. What can be imported: "
        "a portal file of JSON lines, a list of procedures (XLSX), a procedure's detail PDF, a page of the city portal "
        "(HTML), an entry or export of our own (YAML, JSON)."
    ]


def test_what_differs_is_listed_and_written_as_csv_with_the_files_name(tro_ly, detail, new_list, tmp_path):  # noqa: F811
    pdf, problems = detail(code="1.900001", ways=[WAY]), tmp_path / "van-de.csv"
    tro_ly("import", pdf)
    list_file = new_list(LABELS, ["1.900001", "Đổi thẻ tre", "Bộ Tre"])

    done = tro_ly("import", pdf, list_file, "--problems", problems)
    rows = list(csv.reader(problems.read_text(encoding="utf-8-sig").splitlines()))

    assert done.exit_code == 0
    assert "1 only compared: the catalogue has a record as full, or fuller, which stays live" in done.stdout
    assert "1.900001 name: file: Đổi thẻ tre | record: Cấp thẻ tre" in done.stdout
    assert rows[0] == ["record", "field", "kind", "detail", "file"]
    assert rows[-1] == [
        "1.900001",
        "name",
        "differs_from_catalogue",
        "file: Đổi thẻ tre | catalogue: Cấp thẻ tre",
        "danh-sach.xlsx",
    ]


def test_replace_and_jurisdiction_are_taken_at_their_word(tro_ly, detail):  # noqa: F811
    tro_ly("import", detail(code="1.900001", decision="7/QĐ-UBND", ways=[WAY]), "--jurisdiction", "da-nang")
    path = detail(code="1.900001", decision="7/QĐ-UBND", title="Đổi thẻ tre", ways=[WAY])

    done = tro_ly("import", path, "--replace")

    assert "1 records read; 0 added, 1 changed, 0 unchanged, 0 set aside" in done.stdout
    assert "jurisdiction_unknown" not in done.stdout


def test_a_comparison_counts_by_field_and_lists_what_differs(tro_ly, detail):  # noqa: F811
    tro_ly("import", detail(code="1.900001", ways=[WAY]))
    path = detail(code="1.900001", title="Đổi thẻ tre", ways=[["Trực tiếp", "5 ngày làm việc", "Miễn phí", ""]])

    done = tro_ly("compare", path)

    assert done.exit_code == 0
    assert [line.rstrip() for line in done.stdout.splitlines()] == [
        "field        agree  differ  file silent  record silent  agreement",
        "name         0      1       0            0              0.00",
        "decision     1      0       0            0              1.00",
        "level        1      0       0            0              1.00",
        "field        1      0       0            0              1.00",
        "audience     1      0       0            0              1.00",
        "steps        1      0       0            0              1.00",
        "time limits  0      1       0            0              0.00",
        "methods      1      0       0            0              1.00",
        "papers       1      0       0            0              1.00",
        "fees         1      0       0            0              1.00",
        "legal basis  1      0       0            0              1.00",
        "conditions   1      0       0            0              1.00",
        "results      1      0       0            0              1.00",
        "agreement: of the records where both sides say something, the share that says the same",
        "1.900001 name: file: Đổi thẻ tre | record: Cấp thẻ tre",
        "1.900001 time limits: file: direct 5 working_day | record: direct 3 working_day",
    ]


def test_a_comparison_names_what_the_catalogue_does_not_hold(tro_ly, new_list):  # noqa: F811
    done = tro_ly("compare", new_list(LABELS, ["1.900002", "Đổi thẻ tre", "Bộ Tre"]))

    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "no live record in the same layer: 1.900002")


def test_a_comparison_of_nothing_readable_fails(tro_ly, tmp_path):
    done = tro_ly("compare", tmp_path / "none.pdf")

    assert (done.exit_code, done.stdout) == (1, "")
    assert "none.pdf cannot be read: No such file or directory. Check the path and your rights." in done.stderr
