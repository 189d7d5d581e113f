"""The portal's PDF becomes the same procedure as its JSON; what it prints for two different things is unknown."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.comparing import Verdict, compare
from knowledge.procedure import (
    Agency,
    Caution,
    Channel,
    Fee,
    FeeStatus,
    Form,
    Layer,
    LegalBasis,
    Level,
    Method,
    OnlineLevel,
    Paper,
    Procedure,
    Section,
    Source,
    Text,
    TimeLimit,
    TimeUnit,
)
from knowledge.sources.detail_pdf import read_file
from knowledge.sources.limits import Budget, Limits
from knowledge.sources.pdf_ways import DAYS_IN_DOUBT
from knowledge.sources.portal_json import read_detail
from knowledge.sources.reading import ProblemKind

TODAY = date(2026, 11, 22)
REAL = (
    "1.000299 1.001121 1.001437 1.001731 1.004859 1.009453 1.011728 1.012289 1.014658 1.115372 1.115521 2.001241 "
    "2.002782 6.006726"
).split()


def _read(path, as_of=None, **limits):
    (record,) = read_file(path, as_of, TODAY, Budget(path.name, Limits(**limits)))
    return record


def _procedure(path):
    return _read(path).procedure


def test_every_part_is_read(new_pdf, drawn):
    row, laws = drawn.Row, drawn.LAWS
    path = new_pdf(
        [
            "CHI TIẾT THỦ TỤC HÀNH CHÍNH",
            row(["Tên thủ tục", "Cấp thẻ tre"]),
            row(["Mã thủ tục", "1.000001"]),
            row(["Số quyết định", "12/QĐ-BTP"]),
            row(["Cấp thực hiện", "Xã, Bộ"]),
            row(["Lĩnh vực", "Tre trúc"]),
            row(["Đối tượng thực hiện", "Công dân, Tổ chức (trừ hội, HTX), Cán bộ, viên chức"]),
            row(["Cơ quan có thẩm quyền", "Sở Tre, Sở Trúc"]),
            row(["Địa chỉ tiếp nhận HS", "Số 1 đường Tre"]),
            row(["Cơ quan phối hợp", "Hội Tre"]),
            "TRÌNH TỰ THỰC HIỆN",
            ["Bước 1: Nộp tờ khai", "Bước 2: Nhận thẻ"],
            "THÀNH PHẦN HỒ SƠ",
            row(["Trường hợp 1: Thẻ mới"]),
            row(drawn.PAPERS),
            row(["- Tờ khai", "TK 01.docx", "1 bản chính, 2 bản sao"]),
            row(["Nộp bản chụp cũng được", "", "Không có"]),
        ],
        [
            "CÁCH THỨC THỰC HIỆN",
            row(drawn.WAYS),
            row(["Trực tuyến", "5 ngày làm việc", "70.000 VNĐ", ""]),
            row(["Qua bưu điện", "5 ngày làm việc", "70.000 VNĐ", ""]),
            "CĂN CỨ PHÁP LÝ",
            row(laws, law=True),
            row(["Luật Tre", "12/2020/QH14"], law=True),
            "CƠ QUAN THỰC HIỆN",
            ["Ủy ban nhân dân cấp xã"],
            "YÊU CẦU, ĐIỀU KIỆN THỰC HIỆN",
            ["Có vườn tre"],
            "KẾT QUẢ XỬ LÝ",
            ["Thẻ tre", "Mã: KQ.G15.000031", "Sổ tre", "Mã: KQ-H17.2"],
            "TỪ KHÓA",
            "MÔ TẢ",
        ],
    )

    assert _read(path).problems == ()
    assert _procedure(path) == Procedure(
        code="1.000001",
        name="Cấp thẻ tre",
        field="Tre trúc",
        levels=(Level.WARD, Level.MINISTRY),
        audience=("Công dân", "Tổ chức (trừ hội, HTX)", "Cán bộ, viên chức"),
        agency=Agency(
            receives="Ủy ban nhân dân cấp xã",
            settles="Sở Tre, Sở Trúc",
            coordinates=("Hội Tre",),
            address="Số 1 đường Tre",
        ),
        steps=("Bước 1: Nộp tờ khai\nBước 2: Nhận thẻ",),
        methods=(
            Method(
                channels=(Channel.ONLINE, Channel.POSTAL),
                time_limits=(TimeLimit(quantity=5, unit=TimeUnit.WORKING_DAY),),
                fees=(Fee(status=FeeStatus.EXACT, amount=70_000),),
            ),
        ),
        papers=(
            Paper(name="Tờ khai", originals=1, copies=2, form="TK 01.docx", case="Thẻ mới"),
            Paper(name="Nộp bản chụp cũng được", case="Thẻ mới", is_note=True),
        ),
        forms=(Form(name="Tờ khai", file_name="TK 01.docx"),),
        conditions=("Có vườn tre",),
        results=("Thẻ tre", "Sổ tre"),
        legal_basis=(LegalBasis(number="12/2020/QH14", title="Luật Tre"),),
        online=OnlineLevel.UNKNOWN,
        sources=(
            Source(
                name="Cổng Dịch vụ công quốc gia: bản PDF", url="https://dichvucong.gov.vn", as_of=date(2026, 7, 18)
            ),
        ),
        decision="12/QĐ-BTP",
        layer=Layer.NATIONAL,
    )


def test_free_is_printed_for_want_of_a_fee_and_never_read_as_free(detail):
    path = detail(ways=[["Trực tiếp", "3 ngày làm việc", "Miễn phí", ""]])

    record = _read(path)

    assert record.procedure.methods == (
        Method(
            channels=(Channel.DIRECT,),
            time_limits=(TimeLimit(quantity=3, unit=TimeUnit.WORKING_DAY),),
        ),
    )
    assert ProblemKind.FEE_PRINTED_FREE in {problem.kind for problem in record.problems}


@pytest.mark.parametrize(
    ("printed", "fees"),
    [
        ("215.000 VNĐ", (Fee(status=FeeStatus.EXACT, amount=215_000),)),
        ("10,5 USD", (Fee(status=FeeStatus.EXACT, amount=10.5, currency="USD"),)),
        ("200 VNĐ", (Fee(status=FeeStatus.DOUBTFUL, amount=200),)),
        ("0 VNĐ", (Fee(status=FeeStatus.STATED_ZERO),)),
        ("7.000 VNĐ, 9.000 VNĐ", (Fee(status=FeeStatus.DESCRIBED, note="7.000 VNĐ, 9.000 VNĐ"),)),
        ("Không có thông tin", ()),
        ("", ()),
    ],
)
def test_a_fee_is_read_as_the_same_fee_in_json(detail, printed, fees):
    (method,) = _procedure(detail(ways=[["Trực tiếp", "3 giờ", printed, ""]])).methods

    assert method.fees == fees


@pytest.mark.parametrize(
    ("printed", "limits"),
    [
        ("5 ngày làm việc", (TimeLimit(quantity=5, unit=TimeUnit.WORKING_DAY),)),
        ("30 Ngày", (TimeLimit(quantity=30, unit=TimeUnit.DAY),)),
        ("1,5 giờ", (TimeLimit(quantity=1.5, unit=TimeUnit.HOUR),)),
        ("2 tháng", (TimeLimit(quantity=2, unit=TimeUnit.MONTH),)),
        ("1", ()),
        ("0", ()),
        ("Không có thông tin", ()),
        ("Ngay trong ngày", (TimeLimit(note="Ngay trong ngày"),)),
        ("Từ 3 đến 5 ngày", (TimeLimit(quantity=5, unit=TimeUnit.DAY, note="Từ 3 đến 5 ngày"),)),
    ],
)
def test_a_limit_without_a_unit_stays_unknown(detail, printed, limits):
    (method,) = _procedure(detail(ways=[["Trực tiếp", printed, "Miễn phí", ""]])).methods

    assert method.time_limits == limits


@pytest.mark.parametrize(
    ("printed", "words", "doubtful"),
    [
        ("7 ngày", "", True),
        ("7 ngày", "Trong 07 ngày", False),
        ("7 ngày", "Trong 07 ngày làm việc", True),
        ("7 ngày làm việc", "", False),
        ("2 tháng", "", False),
    ],
)
def test_days_that_nothing_repeats_come_with_a_caution(detail, printed, words, doubtful):
    """The portal prints «ngày» for its unit OTHER too: 1.004859 says «1 ngày» where the unit is open."""
    record = _read(detail(ways=[["Trực tiếp", printed, "Miễn phí", words]]))

    caution = (Caution(about=Section.TIME, text=Text(vi=DAYS_IN_DOUBT)),)
    assert record.procedure.warnings == (caution if doubtful else ())
    assert (ProblemKind.TIME_UNIT_DOUBTFUL in {problem.kind for problem in record.problems}) is doubtful


def test_a_description_repeated_behind_every_way_is_told_once(detail):
    words = ["Nộp tại quầy.", "Mang thẻ cũ., Nộp tại quầy.", "Mang thẻ cũ."]
    ways = [[channel, "3 giờ", "Miễn phí", words] for channel in ("Trực tiếp", "Trực tuyến")]

    assert _procedure(detail(ways=ways)).methods == (
        Method(
            channels=(Channel.DIRECT, Channel.ONLINE),
            time_limits=(TimeLimit(quantity=3, unit=TimeUnit.HOUR, note="Nộp tại quầy.\nMang thẻ cũ."),),
        ),
    )


def test_a_description_shared_by_ways_with_other_limits_tells_none_of_them(detail):
    """«Trong 9 giờ» may be about either way: it must not conflict with 3 hours."""
    ways = [[channel, limit, "", "Trong 9 giờ"] for channel, limit in (("Trực tiếp", "9 giờ"), ("Trực tuyến", "3 giờ"))]

    record = _read(detail(ways=ways))

    assert [method.time_limits for method in record.procedure.methods] == [
        (TimeLimit(quantity=9, unit=TimeUnit.HOUR),),
        (TimeLimit(quantity=3, unit=TimeUnit.HOUR),),
    ]
    assert {method.note.vi for method in record.procedure.methods} == {"Trong 9 giờ"}
    assert ProblemKind.TIME_CONFLICT not in {problem.kind for problem in record.problems}


@pytest.mark.parametrize(
    ("decision", "jurisdiction", "layer"),
    [
        ("163/QĐ-BTP", "national", Layer.NATIONAL),
        ("3116/QĐ-BCA-C06", "national", Layer.NATIONAL),
        ("2758/QĐ-UBND", "unknown", Layer.CITY),
        ("2252/QĐ-VP", "unknown", Layer.CITY),
        ("45/QĐ-BQL", "unknown", Layer.CITY),
        ("", "unknown", Layer.CITY),
    ],
)
def test_the_decision_tells_a_ministry_and_never_which_province(detail, decision, jurisdiction, layer):
    record = _read(detail(decision=decision))

    assert (record.procedure.jurisdiction, record.procedure.layer) == (jurisdiction, layer)
    assert (ProblemKind.JURISDICTION_UNKNOWN in {p.kind for p in record.problems}) is (jurisdiction == "unknown")


def test_several_forms_in_one_cell_are_several_forms(detail):
    papers = [["Tờ khai", ["Mẫu 1, gia hạn.docx, ", "Mẫu 2.PDF"], "1 bản chính"]]

    assert [form.file_name for form in _procedure(detail(papers=papers)).forms] == ["Mẫu 1, gia hạn.docx", "Mẫu 2.PDF"]


def test_the_day_is_given_or_the_documents_own_or_today(detail, new_pdf, drawn):
    page = ["CHI TIẾT THỦ TỤC HÀNH CHÍNH", drawn.Row(["Mã thủ tục", "1.000001"]), drawn.Row(["Tên thủ tục", "Thẻ tre"])]

    days = [_read(detail(), date(2026, 1, 2)), _read(detail()), _read(new_pdf(page, made="soon", name="b.pdf"))]

    assert [record.procedure.sources[0].as_of for record in days] == [date(2026, 1, 2), date(2026, 7, 18), TODAY]


def test_a_code_that_is_none_sets_the_record_aside(detail):
    record = _read(detail(code="QLKTN001"))

    assert (record.procedure, [problem.kind for problem in record.problems]) == (None, [ProblemKind.CODE_UNREADABLE])


@pytest.mark.parametrize("code", REAL)
def test_a_real_pdf_says_what_the_portals_record_says(shared_data, portal_details, code):
    """All fields but the steps, whose names the exporter leaves out, and the one limit whose unit the portal leaves open."""
    given = _procedure(shared_data / "exports" / f"chi-tiet-thu-tuc-{code}.pdf")
    record = read_detail(portal_details[code], date(2026, 7, 18), TODAY).procedure
    given = given.model_copy(update={"jurisdiction": record.jurisdiction})

    found = {finding.field: finding.verdict for finding in compare(given, record)}

    assert found.pop("steps") in (Verdict.AGREES, Verdict.DIFFERS)
    assert found.pop("fees") in (Verdict.AGREES, Verdict.FILE_SILENT)
    assert found.pop("time limits") is (Verdict.RECORD_SILENT if code == "1.004859" else Verdict.AGREES)
    assert set(found.values()) == {Verdict.AGREES}
    assert given.forms == tuple(
        form.model_copy(update={"file_id": ""}) for form in _in_order(record.forms, given.forms)
    )
    assert FeeStatus.FREE not in {fee.status for method in given.methods for fee in method.fees}


def _in_order(forms, like):
    """The same forms in the order of the others: the portal's own order is random."""
    place = {(form.name, form.file_name): number for number, form in enumerate(like)}
    return sorted(forms, key=lambda form: place.get((form.name, form.file_name), -1))
