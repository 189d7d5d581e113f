"""A saved page of the city's portal becomes a record of the city's; other pages are told for what they are."""

from __future__ import annotations

import os
from datetime import date

import pytest

from knowledge.procedure import (
    Agency,
    Channel,
    Fee,
    FeeKind,
    FeeStatus,
    Form,
    Layer,
    LegalBasis,
    Method,
    OnlineLevel,
    Paper,
    Procedure,
    Source,
    TimeLimit,
    TimeUnit,
)
from knowledge.sources.city_html import read_file
from knowledge.sources.limits import Budget, Limits
from knowledge.sources.reading import Problem, ProblemKind

TODAY = date(2026, 11, 22)
ADDRESS = "https://dichvucong.danang.gov.vn/chi-tiet-thu-tuc?id=7"

WHOLE = {
    "Mã thủ tục": "1.000001.H17",
    "Lĩnh vực": "Tre trúc",
    "Thông tin công bố": "Số QĐ: 1404/QĐ-UBND<br>Ngày hiệu lực: 04/07/2023",
    "Thời hạn giải quyết": "02 ngày làm việc",
    "Mức trực tuyến": "Toàn trình",
    "Lệ phí": "70.000 đồng",
    "Phí": "Không có",
    "Văn bản quy định lệ phí": "Nghị quyết 7/2020/NQ-HĐND",
    "Cơ quan thực hiện": "UBND phường, xã",
    "Cơ quan có thẩm quyền quyết định": "Sở Tre",
    "Đối tượng thực hiện": "Cá nhân; Tổ chức",
    "Cách thức thực hiện": "<ul><li>Trực tiếp tại bộ phận Một cửa</li><li>Nộp trực tuyến</li></ul>",
    "Điều kiện thực hiện": "Không",
    "Số bộ hồ sơ": "01 bộ",
    "Kết quả thực hiện": "Thẻ tre",
    "Địa chỉ tiếp nhận hồ sơ": "Số 1 đường Tre",
    "Mẫu đơn/tờ khai": '<a href="/documents/tk.docx">Tờ khai</a> <a href="#">Xem</a>',
    "Trình tự thực hiện": "<p>Bước 1: Nộp</p><p>Bước 2: Nhận</p>",
    "Thành phần hồ sơ": "<p>- Tờ khai (01 bản chính)</p><p>- Ảnh: 02 bản sao</p>",
    "Căn cứ pháp lý": "<p>Luật Tre số 12/2020/QH14</p>",
    "Tình trạng hiệu lực": "Còn hiệu lực",
}


def _page(cells, title="Cấp thẻ tre", head=f'<link rel="canonical" href="{ADDRESS}">'):
    """A page as Liferay makes it: scripts, a menu with tables of its own, and the box."""
    rows = "".join(f'<tr><td class="td-1">{label}</td><td>{value}</td></tr>' for label, value in cells.items())
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}<title>Cổng</title></head><body><script>var a='<td>';</script>"
        "<table><tr><td>Trang chủ</td><td>Thủ tục</td></tr></table>"
        f'<div class="box-tthc"><h2 class="tieude-h2">{title}</h2><div class="table-reponsive"><table class="table">{rows}</table></div></div>'
        "</body></html>"
    )


@pytest.fixture
def saved(tmp_path):
    """Writes a page; `saved(cells)`, or its text or bytes as they are."""

    def write(page, name="trang.html"):
        path = tmp_path / name
        page = _page(page) if isinstance(page, dict) else page
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
        os.utime(path, (1_750_000_000, 1_750_000_000))  # 15 June 2025
        return path

    return write


def _read(path, as_of=None, **limits):
    return list(read_file(path, as_of, TODAY, Budget(path.name, Limits(**limits))))


def _one(path):
    (record,) = _read(path)
    return record


def test_every_label_is_read(saved):
    record = _one(saved(WHOLE))

    assert record.problems == (Problem("1.000001", "fees", ProblemKind.FEE_BARE_ZERO, "phi: Không có"),)
    assert record.procedure == Procedure(
        code="1.000001",
        local_unit="H17",
        name="Cấp thẻ tre",
        field="Tre trúc",
        audience=("Cá nhân", "Tổ chức"),
        agency=Agency(receives="UBND phường, xã", settles="Sở Tre", address="Số 1 đường Tre"),
        steps=("Bước 1: Nộp\nBước 2: Nhận",),
        methods=(
            Method(
                channels=(Channel.DIRECT, Channel.ONLINE),
                time_limits=(TimeLimit(quantity=2, unit=TimeUnit.WORKING_DAY, note="02 ngày làm việc"),),
                fees=(
                    Fee(
                        kind=FeeKind.CHARGE,
                        status=FeeStatus.EXACT,
                        amount=70_000,
                        note="70.000 đồng (Nghị quyết 7/2020/NQ-HĐND)",
                    ),
                ),
            ),
        ),
        papers=(
            Paper(name="Tờ khai (01 bản chính)", originals=1),
            Paper(name="Ảnh: 02 bản sao", copies=2),
            Paper(name="Số bộ hồ sơ: 01 bộ", is_note=True),
        ),
        forms=(Form(name="Tờ khai", url="https://dichvucong.danang.gov.vn/documents/tk.docx"),),
        results=("Thẻ tre",),
        legal_basis=(LegalBasis(number="12/2020/QH14", title="Luật Tre số 12/2020/QH14"),),
        online=OnlineLevel.FULL,
        sources=(Source(name="Cổng Dịch vụ công thành phố Đà Nẵng", url=ADDRESS, as_of=date(2025, 6, 15)),),
        decision="1404/QĐ-UBND",
        jurisdiction="da-nang",
        effective_from=date(2023, 7, 4),
        layer=Layer.CITY,
    )


@pytest.mark.parametrize(
    ("words", "fees"),
    [
        ("Không có", ()),
        ("Không", ()),
        ("0", (FeeStatus.SET_ELSEWHERE,)),
        ("Miễn phí", (FeeStatus.FREE,)),
        ("Miễn phí cho hộ nghèo", (FeeStatus.SET_ELSEWHERE,)),
        ("70.000 đồng/thẻ", (FeeStatus.EXACT,)),
    ],
)
def test_only_the_word_itself_is_free(saved, words, fees):
    """«Không có» and 0 are not; the document that the page names beside it is told with the fee."""
    (method,) = _one(saved({**WHOLE, "Lệ phí": words})).procedure.methods

    assert tuple(fee.status for fee in method.fees) == fees


@pytest.mark.parametrize(
    ("written", "code", "unit"),
    [
        ("1.009022.H17", "1.009022", "H17"),
        ("1.009022.000.00.00.H17", "1.009022", "H17"),
        ("1.009022", "1.009022", "H17"),
    ],
)
def test_a_local_code_is_joined_to_the_national_one(saved, written, code, unit):
    procedure = _one(saved({**WHOLE, "Mã thủ tục": written})).procedure

    assert (procedure.code, procedure.local_unit) == (code, unit)


def test_a_code_of_the_citys_own_kind_is_told(saved):
    record = _one(saved({**WHOLE, "Mã thủ tục": "QLKTN001"}))

    assert record.procedure is None
    assert record.problems == (Problem("QLKTN001", "code", ProblemKind.CODE_UNREADABLE, "Cấp thẻ tre"),)


def test_a_page_out_of_force_is_set_aside(saved):
    record = _one(saved({**WHOLE, "Tình trạng hiệu lực": "Hết hiệu lực"}))

    assert record.procedure is None
    assert [problem.kind for problem in record.problems] == [ProblemKind.NOT_IN_FORCE]


def test_papers_in_a_table_are_read_by_its_labels(saved):
    table = (
        "<table><tr><th>STT</th><th>Tên giấy tờ</th><th>Bản chính</th><th>Bản sao</th></tr>"
        "<tr><td>1</td><td>Tờ khai</td><td>1</td><td>0</td></tr><tr><td>2</td><td>Ảnh</td><td></td><td>2</td></tr></table>"
    )

    papers = _one(saved({"Mã thủ tục": "1.000001", "Thành phần hồ sơ": table})).procedure.papers

    assert papers == (Paper(name="Tờ khai", originals=1), Paper(name="Ảnh", copies=2))


@pytest.mark.parametrize(
    ("cells", "channels"),
    [
        ({"Cách thức thực hiện": "Qua dịch vụ bưu chính công ích"}, [(Channel.POSTAL,)]),
        ({"Mức trực tuyến": "Một phần"}, [(Channel.ONLINE,)]),
        ({}, []),
    ],
)
def test_a_way_that_the_page_does_not_name_is_not_made_up(saved, cells, channels):
    record = _one(saved({"Mã thủ tục": "1.000001", "Thời hạn giải quyết": "02 ngày", **cells}))

    assert [method.channels for method in record.procedure.methods] == channels
    assert any(p.field == "executionMethods" for p in record.problems) is (not channels)


def test_an_unknown_label_is_told_and_the_rest_is_read(saved):
    record = _one(saved({"Mã thủ tục": "1.000001", "Ghi chú nội bộ": "Hỏi chị Tre"}))

    assert record.procedure.code == "1.000001"
    assert Problem("1.000001", "Ghi chú nội bộ", ProblemKind.LABEL_UNKNOWN, "Hỏi chị Tre") in record.problems


def test_a_page_without_the_portals_classes_is_read_by_its_labels(saved):
    page = "<h2 class=tieude-h2>Cấp thẻ tre</h2><table><tr><td>Mã thủ tục :<td>1.000001<tr><td>Lĩnh vực<td>Tre trúc</table>"

    procedure = _one(saved(page)).procedure

    assert (procedure.code, procedure.name, procedure.field) == ("1.000001", "Cấp thẻ tre", "Tre trúc")
    assert procedure.sources[0].url == "https://dichvucong.danang.gov.vn/thu-tuc-hanh-chinh"


def test_the_address_of_another_site_is_no_source(saved):
    head = '<link rel="canonical" href="https://example.vn/1">'

    assert _one(saved(_page(WHOLE, head=head))).procedure.sources[0].url.startswith("https://dichvucong.danang.gov.vn/")


def test_a_date_that_is_none_is_told(saved):
    record = _one(saved({"Mã thủ tục": "1.000001", "Thông tin công bố": "Ngày hiệu lực: 31/02/2023"}))

    assert record.procedure.effective_from is None
    assert Problem("1.000001", "effective_from", ProblemKind.DATE_UNREADABLE, "31/02/2023") in record.problems


def test_a_page_of_results_gives_codes_and_names(saved):
    link = '<td class="table-cell dvc-tendvc"><a href="/tthc?id={0}">{1}</a></td>'
    rows = "".join(
        f"<tr><td>{code}</td>{link.format(number, name)}</tr>"
        for number, (code, name) in enumerate(
            [("1.000001.H17", "Cấp thẻ tre"), ("", "Đổi thẻ tre"), ("2.000002", "Trả thẻ")]
        )
    )

    records = _read(saved(f"<html><body><table>{rows}</table></body></html>"))

    assert [(r.procedure.code, r.procedure.name, r.procedure.jurisdiction) for r in records if r.procedure] == [
        ("1.000001", "Cấp thẻ tre", "da-nang"),
        ("2.000002", "Trả thẻ", "da-nang"),
    ]
    assert [problem for r in records for problem in r.problems] == [
        Problem("row 2", "code", ProblemKind.CODE_UNREADABLE, "Đổi thẻ tre")
    ]
