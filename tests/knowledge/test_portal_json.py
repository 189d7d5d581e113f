"""A portal record becomes a procedure, or a told reason why not."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.procedure import (
    Agency,
    Case,
    Channel,
    Fee,
    FeeKind,
    FeeStatus,
    Form,
    Layer,
    LegalBasis,
    Level,
    Method,
    OnlineLevel,
    Paper,
    Procedure,
    Source,
    Text,
    TimeLimit,
    TimeUnit,
)
from knowledge.sources.portal_json import read_detail
from knowledge.sources.reading import Problem, ProblemKind

AS_OF = date(2026, 7, 18)
TODAY = date(2026, 11, 22)

WHOLE = {
    "id": "the-tre",
    "code": "1.000001.000.00.00.H17",
    "name": "Cấp thẻ tre",
    "categoriesDetails": [{"name": "Tre trúc"}, {"name": "Khác"}],
    "isWard": True,
    "isProvince": False,
    "subjectTypesDetails": [{"name": "Công dân Việt Nam"}, {"name": "Công dân việt nam."}],
    "departmentsExecuting": [{"name": "Ủy ban nhân dân cấp xã"}],
    "delegatedAgencies": "Sở Tre; Sở Tre ;Sở Trúc",
    "dossierReceivingAddresses": "Số 1 đường Tre",
    "isNonTerritorial": True,
    "cases": [{"name": "Thẻ đỏ", "code": "1.000001_1", "processingDay": {"qty": 3, "type": "DAY"}}],
    "executionSteps": [{"name": "Bước 1", "description": "Nộp tờ khai"}, {"name": None, "description": " "}],
    "executionMethods": [
        {
            "submissionMethod": "DIRECT",
            "processingTime": 7,
            "processingTimeUnit": "WORKING_DAY",
            "fees": [{"type": "SERVICE_FEE", "value": 70_000}],
        },
        {
            "submissionMethod": "ONLINE",
            "processingTime": 7,
            "processingTimeUnit": "WORKING_DAY",
            "fees": [{"type": "SERVICE_FEE", "value": 70_000}],
        },
        {
            "submissionMethod": "POSTAL",
            "processingTime": 9,
            "processingTimeUnit": "DAY",
            "description": "Gửi bảo đảm",
            "fees": None,
        },
    ],
    "executionCases": [
        {
            "name": "Hồ sơ gồm",
            "profileComponents": [
                {"name": "Tờ khai", "originalQty": 1, "attachments": [{"id": "tep-1", "fileName": "mau-1.docx"}]}
            ],
        }
    ],
    "requirementsAndConditions": "Đủ 14 tuổi",
    "resultsDetails": [{"name": "Thẻ tre"}],
    "legalBasisesDetails": [
        {"code": "12/2345/NĐ-CP", "name": "Nghị định về tre"},
        {"code": "TT", "name": "Thông tư 3/2345/TT-BTT về trúc"},
    ],
    "isFullProcess": False,
    "procedureProposal": {"proposalNumber": "99/QĐ-BTT"},
    "departmentPromulgateName": "Bộ Tre trúc",
    "updatedAt": 1_767_225_600_000,
}


def _read(detail):
    return read_detail(detail, AS_OF, TODAY)


def _kinds(record):
    return [(problem.field, problem.kind) for problem in record.problems]


def test_a_record_is_read_whole():
    record = _read(WHOLE)

    assert record.problems == ()
    assert record.procedure == Procedure(
        code="1.000001",
        local_unit="H17",
        name="Cấp thẻ tre",
        field="Tre trúc",
        levels=(Level.WARD,),
        audience=(Text(vi="Công dân Việt Nam"),),
        agency=Agency(
            receives=Text(vi="Ủy ban nhân dân cấp xã"),
            settles=Text(vi="Sở Tre; Sở Trúc"),
            address="Số 1 đường Tre",
            anywhere=True,
            anywhere_source="Cổng Dịch vụ công quốc gia: isNonTerritorial",
        ),
        cases=(Case(name="Thẻ đỏ", code="1.000001_1", time_limit=TimeLimit(quantity=3, unit=TimeUnit.DAY)),),
        steps=(Text(vi="Bước 1\nNộp tờ khai"),),
        methods=(
            Method(
                channels=(Channel.DIRECT, Channel.ONLINE),
                time_limits=(TimeLimit(quantity=7, unit=TimeUnit.WORKING_DAY),),
                fees=(Fee(kind=FeeKind.CHARGE, status=FeeStatus.EXACT, amount=70_000),),
            ),
            Method(
                channels=(Channel.POSTAL,),
                time_limits=(TimeLimit(quantity=9, unit=TimeUnit.DAY, note=Text(vi="Gửi bảo đảm")),),
            ),
        ),
        papers=(Paper(name=Text(vi="Tờ khai"), originals=1, case="Hồ sơ gồm", form="mau-1.docx"),),
        forms=(Form(name=Text(vi="Tờ khai"), file_name="mau-1.docx", file_id="tep-1"),),
        conditions=(Text(vi="Đủ 14 tuổi"),),
        results=(Text(vi="Thẻ tre"),),
        legal_basis=(
            LegalBasis(number="12/2345/NĐ-CP", title="Nghị định về tre"),
            LegalBasis(number="3/2345/TT-BTT", title="Thông tư 3/2345/TT-BTT về trúc"),
        ),
        online=OnlineLevel.PARTIAL,
        sources=(
            Source(
                name="Cổng Dịch vụ công quốc gia",
                url="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/the-tre",
                as_of=AS_OF,
                updated_at=date(2026, 1, 1),
            ),
        ),
        decision="99/QĐ-BTT",
        layer=Layer.NATIONAL,
    )


@pytest.mark.parametrize(
    ("spelling", "code", "unit"),
    [
        ("1.000001", "1.000001", ""),
        (" 1.000001\t", "1.000001", ""),
        ("1.000001.000.00.00.H17", "1.000001", "H17"),
        ("1.000001.H17", "1.000001", "H17"),
        ("1.000001.000.00.00", "1.000001", ""),
    ],
)
def test_codes_are_read_in_every_spelling(portal_record, spelling, code, unit):
    procedure = _read(portal_record(spelling)).procedure

    assert (procedure.code, procedure.local_unit) == (code, unit)


@pytest.mark.parametrize("spelling", ["1.00001", "1.0000011", "1.000001-Xoa", "A.000001", "", "1,000001"])
def test_a_code_that_is_none_sets_the_record_aside(portal_record, spelling):
    record = _read(portal_record(spelling))

    assert record.procedure is None
    assert record.problems == (Problem(spelling, "code", ProblemKind.CODE_UNREADABLE, "Cấp thẻ tre"),)


@pytest.mark.parametrize(
    ("promulgator", "jurisdiction", "layer", "here"),
    [
        ("Bộ Tre trúc", "national", Layer.NATIONAL, True),
        ("", "national", Layer.NATIONAL, True),
        ("UBND Thành phố Đà Nẵng", "da-nang", Layer.CITY, True),
        ("UBND TP. ĐÀ NẴNG", "da-nang", Layer.CITY, True),
        ("UBND tỉnh Quảng Tre", "Quảng Tre", Layer.CITY, False),
        ("Sở Tre - tỉnh  Quảng Tre", "Quảng Tre", Layer.CITY, False),
        ("UBND tỉnh " + "Tre " * 40, ("Tre " * 40)[:64], Layer.CITY, False),
    ],
)
def test_another_provinces_record_is_kept_apart(portal_record, promulgator, jurisdiction, layer, here):
    procedure = _read(portal_record(departmentPromulgateName=promulgator)).procedure

    assert (procedure.jurisdiction, procedure.layer, procedure.applies_in_da_nang) == (jurisdiction, layer, here)


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        (" Cấp thẻ\n tre. ", "Cấp thẻ tre", ProblemKind.TITLE_DAMAGED),
        ("CẤP THẺ TRE ĐỎ", "CẤP THẺ TRE ĐỎ", ProblemKind.TITLE_DAMAGED),
        ("Công bố danh mục thẻ tre", "Công bố danh mục thẻ tre", ProblemKind.TITLE_NOT_A_PROCEDURE),
        ("Cấp \ud800 thẻ \x00tre", "Cấp thẻ tre", ProblemKind.TITLE_DAMAGED),
        ("test thẻ", "test thẻ", ProblemKind.TITLE_NOT_A_PROCEDURE),
    ],
)
def test_a_damaged_title_is_tidied_and_reported(title, name, kind):
    record = _read({**WHOLE, "name": title})

    assert record.procedure.name == name
    assert _kinds(record) == [("name", kind)]


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ({"isFullProcess": True}, OnlineLevel.FULL),
        ({"isOfflineOnly": True}, OnlineLevel.NONE),
        ({"executionMethods": None}, OnlineLevel.NONE),
        ({}, OnlineLevel.PARTIAL),
    ],
)
def test_how_much_is_online(more, level):
    assert _read({**WHOLE, **more}).procedure.online is level


@pytest.mark.parametrize(
    ("more", "internal", "interconnected"),
    [
        ({}, False, False),
        ({"isInternal": True}, True, False),
        ({"type": "INTERNAL"}, True, False),
        ({"type": "INTERCONNECTED"}, False, True),
        ({"type": ["NORMAL"]}, False, False),
    ],
)
def test_what_kind_of_procedure_it_is(more, internal, interconnected):
    procedure = _read({**WHOLE, **more}).procedure

    assert (procedure.internal, procedure.interconnected) == (internal, interconnected)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"executionSteps": []}, ("executionSteps", ProblemKind.FIELD_MISSING)),
        ({"legalBasisesDetails": None}, ("legalBasisesDetails", ProblemKind.FIELD_MISSING)),
        ({"legalBasisesDetails": [{"code": "TT"}]}, ("legalBasisesDetails", ProblemKind.LEGAL_NUMBER_UNREADABLE)),
        (
            {"departmentsExecuting": [], "delegatedAgencies": None},
            ("agency", ProblemKind.AGENCY_MISSING),
        ),
        ({"departmentsAuthority": [None, {"name": "Sở Tre"}]}, ("departmentsAuthority", ProblemKind.FIELD_MISSING)),
        (
            {"executionMethods": [{"submissionMethod": "PIGEON"}]},
            ("executionMethods", ProblemKind.FIELD_MISSING),
        ),
    ],
)
def test_a_missing_part_is_reported_and_the_rest_kept(more, problem):
    record = _read({**WHOLE, **more})

    assert record.procedure.name == "Cấp thẻ tre"
    assert _kinds(record) == [problem]


@pytest.mark.parametrize(
    "more",
    [
        {"name": None},
        {"name": "ab"},
        {"cases": [None]},
        {"executionCases": [None]},
        {"executionCases": [{"profileComponents": "Tờ khai"}]},
        {"executionCases": [{"profileComponents": [{"name": "Tờ khai", "originalQty": float("inf")}]}]},
        {"executionSteps": [None]},
        {"executionMethods": "DIRECT"},
        {"executionMethods": [{"submissionMethod": "DIRECT", "fees": [{"value": float("inf")}]}]},
        {"executionMethods": [{"submissionMethod": "DIRECT", "fees": [{"value": float("nan")}]}]},
        {"executionMethods": [{"submissionMethod": "DIRECT", "fees": [{"value": 10**400}]}]},
        {
            "executionMethods": [
                {"submissionMethod": "DIRECT", "processingTime": "9" * 400, "processingTimeUnit": "DAY"}
            ]
        },
        {"legalBasisesDetails": [None]},
        {"procedureProposal": "99"},
        {"updatedAt": 10**30},
        {"updatedAt": 10**18},
    ],
)
def test_a_record_of_wrong_types_is_set_aside_and_said_so(more):
    record = _read({**WHOLE, **more})

    assert record.procedure is None
    assert [problem.kind for problem in record.problems if problem.kind.sets_record_aside] == [
        ProblemKind.RECORD_UNREADABLE
    ]
    assert record.problems[-1].record == "1.000001"
    assert record.problems[-1].detail
