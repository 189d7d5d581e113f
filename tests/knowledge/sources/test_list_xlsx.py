"""A list gives codes, names and who is in charge, wherever its table stands; what is no procedure is told by row."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date

import pytest

from knowledge.errors import SourceError
from knowledge.procedure import Agency, Layer, OnlineLevel, Procedure, Source
from knowledge.sources.limits import Budget, Limits
from knowledge.sources.list_xlsx import read_file
from knowledge.sources.reading import Problem, ProblemKind

TODAY = date(2026, 11, 22)
LABELS = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]


def _read(path, as_of=date(2026, 6, 9), **limits):
    return list(read_file(path, as_of, TODAY, Budget(path.name, Limits(**limits))))


def _codes(records):
    return [record.procedure.code for record in records if record.procedure]


def _problems(records):
    return [problem for record in records for problem in record.problems]


def test_a_row_of_a_ministrys_list_is_a_thin_procedure(new_list):
    path = new_list(
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\nDANH SÁCH"],
        LABELS,
        ["1.000001", "Cấp thẻ tre", "Bộ Tre trúc", "UBND cấp xã\nSở Tre\nSở tre", "Tre"],
    )

    (record,) = _read(path)

    assert record.problems == ()
    assert record.procedure == Procedure(
        code="1.000001",
        name="Cấp thẻ tre",
        field="Tre",
        agency=Agency(receives="UBND cấp xã; Sở Tre"),
        sources=(
            Source(
                name="Cổng Dịch vụ công quốc gia: danh sách thủ tục hành chính",
                url="https://dichvucong.gov.vn",
                as_of=date(2026, 6, 9),
            ),
        ),
        layer=Layer.NATIONAL,
    )


def test_a_provinces_list_belongs_to_the_province_its_heading_names(new_list):
    path = new_list(
        ["UBND TỈNH TRE XANH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [],
        ["DANH SÁCH THỦ TỤC HÀNH CHÍNH"],
        ["STT", "Mã TTHC", "MỨC ĐỘ DVC", "TÊN TTHC", "LĨNH VỰC", "QUYẾT ĐỊNH", "MÃ QR CODE"],
        [1, "1.000001.000.00.00.H99", "Toàn trình", "Cấp thẻ tre", " Tre", "7/QĐ-UBND "],
        [2, "1.000002.000.00.00.H99", "Một phần", "Đổi thẻ tre", "Tre", None],
        [3, "1.000003", "Mức độ 2", "Trả thẻ tre", "Tre", None],
    )

    procedures = [record.procedure for record in _read(path)]

    assert [(p.local_unit, p.jurisdiction, p.layer, p.online, p.decision) for p in procedures] == [
        ("H99", "Tre Xanh", Layer.CITY, OnlineLevel.FULL, "7/QĐ-UBND"),
        ("H99", "Tre Xanh", Layer.CITY, OnlineLevel.PARTIAL, ""),
        ("", "Tre Xanh", Layer.CITY, OnlineLevel.NONE, ""),
    ]


@pytest.mark.parametrize(
    ("heading", "code", "promulgator", "jurisdiction"),
    [
        ("UBND THÀNH PHỐ ĐÀ NẴNG", "1.000001", None, "da-nang"),
        ("Danh sách", "1.000001.H17", None, "da-nang"),
        ("Danh sách", "1.000001.H36", None, "H36"),
        ("Danh sách", "1.000001", None, "unknown"),
        ("UBND THÀNH PHỐ ĐÀ NẴNG", "1.000001", "Bộ Tre trúc", "national"),
        ("UBND TỈNH TRE XANH", "1.000001", "UBND thành phố Đà Nẵng", "da-nang"),
    ],
)
def test_the_row_says_whose_it_is_else_the_heading_else_the_code(new_list, heading, code, promulgator, jurisdiction):
    (record,) = _read(new_list([heading], LABELS, [code, "Cấp thẻ tre", promulgator, "Sở Tre"]))

    assert record.procedure.jurisdiction == jurisdiction
    assert (ProblemKind.JURISDICTION_UNKNOWN in {p.kind for p in record.problems}) is (jurisdiction == "unknown")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.000001", "1.000001"),
        (" 1.000001 .000.00.00. h17. ", "1.000001"),
        ("1.000001.000.00,00,H17", "1.000001"),
        ("1.000001.000.00.00.H17.X", "1.000001"),
        ("'2.000815", "2.000815"),
        (2.000815, "2.000815"),
        ("1.0000010", ""),
        ("1.000001000.00.00.H17", ""),
        ("1.00119", ""),
        ("2000027.000.00.00.H37", ""),
        ("CCCX_01", ""),
        (7, ""),
        (True, ""),
        (date(2026, 1, 2), ""),
    ],
)
def test_a_code_is_read_as_people_type_it_and_never_completed(new_list, written, code):
    records = _read(new_list(LABELS, [written, "Cấp thẻ tre", "Bộ Tre trúc"]))

    assert _codes(records) == ([code] if code else [])
    assert [p.kind for p in _problems(records) if p.field == "code"] == ([] if code else [ProblemKind.CODE_UNREADABLE])


def test_a_number_that_lost_its_zeros_is_told_unless_the_sheet_shows_them(new_list):
    from openpyxl import load_workbook

    path = new_list(LABELS, [1.00119, "Cấp thẻ tre", "Bộ Tre trúc"])
    told = _problems(_read(path))
    book = load_workbook(path)
    book.active["A2"].number_format = "0.000000"
    book.save(path)

    assert told == [
        Problem(
            "row 2",
            "code",
            ProblemKind.CODE_UNREADABLE,
            "1.00119 (a number: zeros may be lost at its end) Cấp thẻ tre",
        )
    ]
    assert _codes(_read(path)) == ["1.001190"]


def test_test_rows_signatures_and_empty_rows_are_no_procedures(new_list):
    path = new_list(
        LABELS,
        [2.000815, "Thủ tục test", "Bộ Tre trúc"],
        ["TEST_MOT_CAP", "Nộp hồ sơ phi địa giới", None],
        ["1.000009", "Thử nghiệm hệ thống", None],
        [],
        ["1.000001", "Xác nhận vận hành thử nghiệm", "Bộ Tre trúc", "Sở Tre"],
        [None, "Thẻ không có mã", "Bộ Tre trúc"],
        [None, None, None, None, "Người lập báo cáo"],
    )

    records = _read(path)

    assert _codes(records) == ["1.000001"]
    assert _problems(records) == [
        Problem("row 2", "name", ProblemKind.ROW_IS_A_TEST, "2.000815 Thủ tục test"),
        Problem("row 3", "name", ProblemKind.ROW_IS_A_TEST, "TEST_MOT_CAP Nộp hồ sơ phi địa giới"),
        Problem("row 4", "name", ProblemKind.ROW_IS_A_TEST, "1.000009 Thử nghiệm hệ thống"),
        Problem("row 7", "code", ProblemKind.CODE_UNREADABLE, "Thẻ không có mã"),
    ]


def test_a_row_that_stands_twice_is_told_with_both_places(new_list):
    row = ["1.000001", "Cấp thẻ tre", "Bộ Tre trúc", "Sở Tre"]

    records = _read(new_list(sheets=[[LABELS, row, row], [["Ghi chú"]], [["Mã số", "Tên"], row[:2]]]))

    assert _codes(records) == ["1.000001"]
    assert _problems(records) == [
        Problem("1.000001", "code", ProblemKind.CODE_TWICE, "Tờ 1 row 3, first Tờ 1 row 2"),
        Problem("1.000001", "code", ProblemKind.CODE_TWICE, "Tờ 3 row 2, first Tờ 1 row 2"),
    ]


def test_a_name_that_is_none_sets_the_row_aside_and_the_rest_is_read(new_list):
    records = _read(new_list(LABELS, ["1.000001", "Tờ", "Bộ Tre"], ["1.000002", "Cấp thẻ tre", "Bộ Tre", "Sở Tre"]))

    assert _codes(records) == ["1.000002"]
    assert [problem.kind for problem in _problems(records)][-1] is ProblemKind.RECORD_UNREADABLE


def test_the_day_is_given_or_the_workbooks_own(new_list, tmp_path):
    path = new_list(LABELS, ["1.000001", "Cấp thẻ tre", "Bộ Tre trúc", "Sở Tre"])
    core = '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    core += 'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2025-04-24T02:10:00Z</dcterms:modified>'
    old = _packed(tmp_path / "old.xlsx", {**_entries(path), "docProps/core.xml": f"{core}</cp:coreProperties>"})

    days = [_read(old, day)[0].procedure.sources[0].as_of for day in (date(2026, 6, 9), None)]

    assert days == [date(2026, 6, 9), date(2025, 4, 24)]


def test_a_sheet_without_the_labels_of_a_list_is_told(new_list):
    with pytest.raises(SourceError, match="no row of it has the labels «Mã số» and «Tên»"):
        _read(new_list(["Họ tên", "Số điện thoại"], ["Tre", 1]))


def test_a_list_without_rows_gives_none(new_list):
    assert _read(new_list(LABELS)) == []


def _entries(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_a_workbook_that_is_mostly_air_is_not_opened(tmp_path):
    path = _packed(tmp_path / "bomb.xlsx", {"xl/workbook.xml": "<a/>", "xl/sheet.xml": " " * 300_000_000})

    with pytest.raises(SourceError, match=r"^bomb\.xlsx unpacks to far more than a file of its kind holds"):
        _read(path)


def test_a_workbook_that_declares_entities_is_not_opened(tmp_path):
    lol = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'

    with pytest.raises(SourceError, match="declares XML entities"):
        _read(_packed(tmp_path / "lol.xlsx", {"xl/workbook.xml": lol}))


@pytest.mark.parametrize("content", ["", "<workbook/>", "<workbook"])
def test_a_damaged_workbook_is_told_and_never_a_trace(tmp_path, content):
    with pytest.raises(SourceError, match=r"it is a damaged workbook .*Open it, save it anew, import that\.$"):
        _read(_packed(tmp_path / "x.xlsx", {"xl/workbook.xml": content, "[Content_Types].xml": content}))


def test_a_workbook_cut_in_its_sheet_is_told(new_list, tmp_path):
    path = new_list(LABELS, ["1.000001", "Cấp thẻ tre", "Bộ Tre trúc", "Sở Tre"])
    entries = _entries(path)
    entries["xl/worksheets/sheet1.xml"] = entries["xl/worksheets/sheet1.xml"][:-80]

    with pytest.raises(SourceError, match="it is a damaged workbook"):
        _read(_packed(tmp_path / "cut.xlsx", entries))


def test_too_many_rows_and_too_long_a_time_are_told(new_list):
    rows = [[f"1.{number:06}", "Cấp thẻ tre", "Bộ Tre trúc"] for number in range(9)]
    path = new_list(LABELS, *rows)
    ticks = iter(range(0, 10_000, 20))

    with pytest.raises(SourceError, match="more than 5 rows: split it into several files"):
        _read(path, rows=5)
    with pytest.raises(SourceError, match="takes longer than 60 seconds to read"):
        list(read_file(path, None, TODAY, Budget(path.name, Limits(seconds=60), lambda: next(ticks))))


@pytest.mark.parametrize(
    ("name", "read", "kept", "jurisdictions", "problems"),
    [
        (
            "danh-sach-tthc-BoTuPhap.xlsx",
            271,
            271,
            {"national"},
            {ProblemKind.TITLE_DAMAGED: 9, ProblemKind.AGENCY_MISSING: 71},
        ),
        (
            "danh-sach-tthc-BoXayDung.xlsx",
            525,
            525,
            {"national"},
            {ProblemKind.TITLE_DAMAGED: 33, ProblemKind.AGENCY_MISSING: 94},
        ),
        (
            "danh-sach-tthc-tinh.xlsx",
            1842,
            1705,
            {"Lạng Sơn"},
            {
                ProblemKind.ROW_IS_A_TEST: 2,
                ProblemKind.CODE_UNREADABLE: 53,
                ProblemKind.CODE_TWICE: 82,
                ProblemKind.TITLE_DAMAGED: 131,
                ProblemKind.TITLE_NOT_A_PROCEDURE: 1,
            },
        ),
    ],
)
def test_every_row_of_a_real_list_is_read_or_told(shared_data, name, read, kept, jurisdictions, problems):
    records = _read(shared_data / "exports" / name, None)

    assert (len(records), len(_codes(records))) == (read, kept)
    assert {record.procedure.jurisdiction for record in records if record.procedure} == jurisdictions
    assert Counter(problem.kind for problem in _problems(records)) == problems
    assert all(record.problems for record in records if record.procedure is None)
