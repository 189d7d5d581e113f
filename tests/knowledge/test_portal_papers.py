"""Papers, notes and blank forms stand in one list of the record, and come out apart."""

from __future__ import annotations

import pytest

from knowledge.procedure import Form, Paper, Text
from knowledge.sources.portal_papers import read_papers
from knowledge.sources.reading import Notes, Problem, ProblemKind


def _group(*components, name="Hồ sơ gồm"):
    return {"name": name, "profileComponents": list(components)}


def _row(name="Tờ khai", originals=1, copies=0, **more):
    return {"name": name, "originalQty": originals, "copyQty": copies, **more}


def _read(*groups):
    notes = Notes("1.000001")
    papers, forms = read_papers(list(groups), notes)
    return papers, forms, notes.problems


def _paper(name, **fields):
    return Paper(name=Text(vi=name), **{"case": "Hồ sơ gồm", **fields})


def test_papers_keep_their_quantities_case_and_code():
    papers, forms, problems = _read(_group(_row(code="GT.1"), _row("Ảnh chân dung", 0, 2), name=" Trường hợp 1: "))

    assert papers == (
        _paper("Tờ khai", originals=1, case="Trường hợp 1", code="GT.1"),
        _paper("Ảnh chân dung", copies=2, case="Trường hợp 1"),
    )
    assert (forms, problems) == ((), [])


def test_a_row_without_quantity_is_a_note():
    papers, _, _ = _read(_group(_row(), _row("Mang theo bút", 0, 0)))

    assert [paper.is_note for paper in papers] == [False, True]


def test_where_no_row_has_a_quantity_they_are_papers_all_the_same():
    papers, _, problems = _read(_group(_row("Tờ khai", 0)), _group(_row("Mang theo bút", 0), name="Lưu ý:"))

    assert [(paper.name.vi, paper.is_note) for paper in papers] == [("Tờ khai", False), ("Mang theo bút", True)]
    assert problems == [Problem("1.000001", "executionCases", ProblemKind.PAPERS_WITHOUT_QUANTITY)]


@pytest.mark.parametrize(("group", "note", "shown"), [("Ghi chú", True, False), ("* Giấy tờ xuất trình", False, True)])
def test_the_group_tells_what_its_rows_are(group, note, shown):
    (paper,), _, _ = _read(_group(_row("Thẻ tre cũ"), name=group))

    assert (paper.is_note, paper.show_only) == (note, shown)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("- Tờ khai", "Tờ khai"),
        ("+ (i) Tờ khai", "Tờ khai"),
        ("a) Tờ khai", "Tờ khai"),
        ("12. Tờ khai", "Tờ khai"),
        ("01 ảnh 3x4", "01 ảnh 3x4"),
        ("Tờ khai\n  mẫu số 1", "Tờ khai\nmẫu số 1"),
    ],
)
def test_bullets_are_left_out_and_numbers_stay(typed, name):
    (paper,), _, _ = _read(_group(_row(typed)))

    assert paper.name.vi == name


def test_blank_forms_are_told_apart_and_named_by_their_paper():
    files = [{"id": "tep-1", "fileName": " mau-1.docx "}, None, {"id": None, "fileName": None}]

    papers, forms, _ = _read(_group(_row(attachments=files)))

    assert papers == (_paper("Tờ khai", originals=1, form="mau-1.docx"),)
    assert forms == (
        Form(name=Text(vi="Tờ khai"), file_name="mau-1.docx", file_id="tep-1"),
        Form(name=Text(vi="Tờ khai")),
    )


def test_a_paper_without_a_name_is_reported():
    papers, _, problems = _read(_group(_row(), _row(" - ", code="GT.2"), _row(None, code="GT.3")))

    assert papers == (_paper("Tờ khai", originals=1),)
    assert problems == [
        Problem("1.000001", "executionCases", ProblemKind.PAPER_UNREADABLE, code) for code in ("GT.2", "GT.3")
    ]


@pytest.mark.parametrize("raw", [None, [], "Tờ khai", [{"name": "Hồ sơ", "profileComponents": None}]])
def test_a_record_without_papers_is_reported(raw):
    notes = Notes("1.000001")

    assert read_papers(raw, notes) == ((), ())
    assert notes.problems == [Problem("1.000001", "executionCases", ProblemKind.PAPERS_MISSING)]


@pytest.mark.parametrize(("quantity", "read"), [(2, 2), (2.0, 2), (-1, 0), (None, 0), ("2", 0)])
def test_only_a_number_is_a_quantity(quantity, read):
    papers, _, _ = _read(_group(_row(originals=quantity, copies=1)))

    assert papers[0].originals == read


def test_the_same_paper_twice_in_a_case_is_one():
    papers, _, _ = _read(_group(_row(), _row()), _group(_row(), name="Trường hợp 2"))

    assert [paper.case for paper in papers] == ["Hồ sơ gồm", "Trường hợp 2"]
