"""A PDF is read as it is printed: wrapped lines, tables over the ends of pages; what is broken or a trap is refused."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.errors import SourceError
from knowledge.sources.detail_pdf import read_file
from knowledge.sources.limits import Budget, Limits

TODAY = date(2026, 11, 22)


def _read(path, as_of=None, **limits):
    (record,) = read_file(path, as_of, TODAY, Budget(path.name, Limits(**limits)))
    return record


def _procedure(path):
    return _read(path).procedure


def test_wrapped_lines_are_put_together_and_paragraphs_kept(detail):
    name = [
        "- Tờ khai xin cấp thẻ tre lần đầu theo mẫu của Nghị ",
        "định của Chính phủ về việc cấp thẻ tre, số 107/2018/",
        "NĐ-CP, dán một ảnh màu nền trắng chụp trong sáu tháng",
        "gần đây;",
        "Kèm ảnh",
    ]

    (paper,) = _procedure(detail(papers=[[name, "", "1 bản chính"]])).papers

    assert paper.name.vi == (
        "Tờ khai xin cấp thẻ tre lần đầu theo mẫu của Nghị định của Chính phủ về việc cấp thẻ tre, số 107/2018/NĐ-CP, "
        "dán một ảnh màu nền trắng chụp trong sáu tháng gần đây;\nKèm ảnh"
    )


def test_tone_marks_stay_on_their_letters_and_direction_marks_split_no_word(detail):
    title = "Trươ\u0300ng hơ\u0323p ca\u0302\u0301p the\u0309, đăng k\u200eý"

    assert _procedure(detail(title=title)).name == "Trường hợp cấp thẻ, đăng ký"


def _papers_over(new_pdf, drawn, first, rest):
    row = drawn.Row
    head = [
        "CHI TIẾT THỦ TỤC HÀNH CHÍNH",
        row(["Mã thủ tục", "1.000001"]),
        row(["Tên thủ tục", "Cấp thẻ tre"]),
        row(["Số quyết định", "12/QĐ-BTP"]),
        "THÀNH PHẦN HỒ SƠ",
        row(drawn.PAPERS),
        row(["Đơn", "", "1 bản chính"]),
    ]
    procedure = _procedure(new_pdf([*head, row(first, cut=True)], *[[*more] for more in rest]))
    return [(paper.name.vi, paper.originals, paper.copies) for paper in procedure.papers]


def test_a_row_cut_by_the_end_of_the_page_is_one_paper(new_pdf, drawn):
    """Cut in the middle of a word that would not have fitted, as the portal cuts."""
    row = drawn.Row
    first = [["Giấy của cơ quan có thẩm quyền ở xã hoặc ở tỉnh xác nhậ"], "", ["1 bản chính, 1 ", "bản sao"]]
    rest = [[row([["n quan hệ."], "", ""]), row(["Ảnh", "", "2 bản sao"])]]

    assert _papers_over(new_pdf, drawn, first, rest) == [
        ("Đơn", 1, 0),
        ("Giấy của cơ quan có thẩm quyền ở xã hoặc ở tỉnh xác nhận quan hệ.", 1, 1),
        ("Ảnh", 0, 2),
    ]


def test_a_row_may_run_over_three_pages_and_begin_empty(new_pdf, drawn):
    row = drawn.Row
    rest = [[row([["Giấy rất dài và "], "", ""], cut=True)], [row([["dài."], "", "1 bản sao"])]]

    assert _papers_over(new_pdf, drawn, ["", "", ""], rest) == [("Đơn", 1, 0), ("Giấy rất dài và\ndài.", 0, 1)]


def test_two_rows_that_only_meet_at_the_end_of_the_page_stay_two(new_pdf, drawn):
    rest = [[drawn.Row(["Ảnh", "", "2 bản sao"])]]

    assert _papers_over(new_pdf, drawn, ["Giấy", "", "1 bản chính"], rest) == [
        ("Đơn", 1, 0),
        ("Giấy", 1, 0),
        ("Ảnh", 0, 2),
    ]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ([], "it is a scan: pictures of pages, without text. Give the PDF that the portal exports."),
        (["BÁO CÁO"], "it is a PDF, but no «Chi tiết thủ tục hành chính»"),
    ],
)
def test_another_pdf_is_told_for_what_it_is(new_pdf, page, told):
    with pytest.raises(SourceError, match=rf"^the-tre\.pdf holds no procedure that can be read: {told}"):
        _read(new_pdf(page))


def test_a_protected_pdf_is_told(new_pdf):
    path = new_pdf(["X"])
    key = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >>"
    path.write_bytes(path.read_bytes().replace(b"/Info 3 0 R", b"/Info 3 0 R /ID [(a) (a)] /Encrypt " + key))

    with pytest.raises(SourceError, match=r"protected by a password\. Open it, print it to a PDF without password"):
        _read(path)


@pytest.mark.parametrize("keep", [9, 400, 0.5])
def test_a_damaged_pdf_is_told_and_never_a_trace(detail, keep):
    path = detail(ways=[["Trực tiếp", "3 giờ", "", ""]])
    whole = path.read_bytes()
    path.write_bytes(whole[: keep if keep > 1 else int(len(whole) * keep)])

    with pytest.raises(SourceError, match="holds no procedure that can be read"):
        _read(path)


def test_a_pdf_that_unpacks_to_far_more_than_it_is_is_refused(new_pdf, drawn):
    path = new_pdf(["X"])
    path.write_bytes(drawn.Drawing().file([b" " * 3_000_000]))

    with pytest.raises(SourceError, match="unpacks to far more than a file of its kind holds: it is not opened"):
        _read(path, page_unpacked=1_000_000)


def test_a_stream_packed_twice_is_refused(new_pdf):
    path = new_pdf(["X"])
    path.write_bytes(path.read_bytes().replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"))

    with pytest.raises(SourceError, match="it is not opened"):
        _read(path)


def test_too_many_pages_and_too_long_a_time_are_told(new_pdf):
    path = new_pdf(["X"], ["X"], ["X"])
    ticks = iter(range(0, 10_000, 100))

    with pytest.raises(SourceError, match="more than 2 pages: give the PDF of one procedure"):
        _read(path, pages=2)
    with pytest.raises(SourceError, match="page 1, is a drawing of 7 parts: no page of a procedure is"):
        _read(new_pdf(["XXXXXXX"]), page_objects=5)
    with pytest.raises(SourceError, match="takes longer than 60 seconds to read: nothing of it was kept"):
        list(read_file(path, None, TODAY, Budget(path.name, Limits(seconds=60), lambda: next(ticks))))
