"""Every rule has a record that it finds and records that it lets pass; what is found is told where it matters."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import date, timedelta

import pytest

from knowledge import quality
from knowledge.procedure import (
    Agency,
    Caution,
    Channel,
    Fee,
    FeeStatus,
    Layer,
    LegalBasis,
    Level,
    Method,
    OnlineLevel,
    Paper,
    Section,
    Source,
    Text,
    TimeLimit,
    TimeUnit,
)
from knowledge.quality import Finding, Severity, cautions, check, check_all, rules
from knowledge.quality_rules import OLD_AFTER, RULES
from knowledge.sources import facts, portal_json
from knowledge.sources.portal_times import IN_CASE, IN_METHOD

TODAY = date(2026, 11, 22)
SNAPSHOT = date(2026, 7, 18)

WARD = "Ủy ban nhân dân cấp xã"


def _fee(amount=70_000, status=FeeStatus.EXACT, **fields):
    return Fee(status=status, amount=amount, **fields)


def _stated(status, **fields):
    return Fee(status=status, **fields)


def _limit(quantity=3, unit=TimeUnit.WORKING_DAY, note=None):
    return TimeLimit(quantity=quantity, unit=unit, note=note)


def _method(*fees, channels=(Channel.DIRECT,), limits=()):
    return Method(channels=channels, fees=fees or (_fee(),), time_limits=limits or (_limit(),))


def _methods(*methods):
    return {"methods": methods}


def _receives(words):
    return {"agency": Agency(receives=words)}


def _fees(*fees):
    return _methods(_method(*fees))


def _limits(*limits):
    return _methods(_method(limits=limits))


def _papers(*names, **fields):
    return {"papers": tuple(Paper(name=name, originals=1, **fields) for name in names)}


def _basis(*numbers):
    return {"legal_basis": tuple(LegalBasis(number=number, title="Luật Tre") for number in numbers)}


def _days_ago(days):
    return {"sources": (Source(name="Cổng thử", url="https://example.vn", as_of=TODAY - timedelta(days=days)),)}


def _sources(own, other):
    read = (Source(name="Cổng thử", url="https://example.vn", as_of=TODAY, updated_at=day) for day in (own, other))
    return {"sources": tuple(read)}


SOUND = {
    "name": "Cấp thẻ tre",
    "levels": (Level.WARD,),
    "audience": ("Công dân Việt Nam",),
    "agency": Agency(receives=WARD),
    "steps": ("Nộp hồ sơ tại xã, phường.",),
    "papers": (Paper(name="Tờ khai", originals=1),),
    "results": ("Thẻ tre",),
    "legal_basis": (LegalBasis(number="9/2345/TT-BTRE", title="Thông tư về tre"),),
    "methods": (_method(channels=(Channel.DIRECT, Channel.ONLINE)),),
    "online": OnlineLevel.FULL,
    "layer": Layer.NATIONAL,
    "sources": (Source(name="Cổng thử", url="https://example.vn/the-tre", as_of=SNAPSHOT),),
}
"""A record with nothing wrong in it; a case below changes what it is about."""

TRIPS = {
    "fee_expired": _fees(_fee(valid_to=TODAY - timedelta(days=1))),
    "fee_ends_soon": _fees(_fee(valid_to=TODAY)),
    "fee_doubtful": _fees(_stated(FeeStatus.DOUBTFUL, amount=25)),
    "fee_bare_zero": _fees(_stated(FeeStatus.STATED_ZERO)),
    "fee_in_words_only": _fees(_stated(FeeStatus.DESCRIBED, note="tùy loại tre")),
    "fee_missing": _methods(Method(channels=(Channel.DIRECT, Channel.ONLINE), time_limits=(_limit(),))),
    "fee_impossible": _fees(_fee(135)),
    "fee_online_dearer": _methods(_method(_fee(50_000)), _method(_fee(70_000), channels=(Channel.ONLINE,))),
    "fee_rates_unclear": _fees(_fee(20_000), _fee(30_000)),
    "time_conflict": _limits(_limit(10, note=IN_METHOD), _limit(20, note=IN_CASE)),
    "time_unreadable": _limits(TimeLimit(note="ngay khi nhận đủ hồ sơ")),
    "time_extreme": _limits(_limit(13, TimeUnit.MONTH)),
    "time_other_in_steps": {
        "name": "Cấp, cấp lại thẻ tre",
        "steps": ("Cấp lại trong 1 ngày làm việc.",),
    },
    "agency_missing": {"agency": Agency()},
    "agency_district": _receives("Ủy ban nhân dân cấp huyện"),
    "agency_other_province": _receives("Sở Xây dựng tỉnh Sơn La"),
    "agency_old_name": _receives("Sở Kế hoạch và Đầu tư"),
    "agency_doubled": _receives("Bộ Xây dựng; Bộ xây dựng (Giao thông vận tải cũ)"),
    "district_in_text": {"steps": ("Phòng Lao động - Thương binh và Xã hội xem xét.",)},
    "household_book": _papers("Bản sao sổ hộ khẩu"),
    "papers_missing": {"papers": (Paper(name="Lưu ý: mang bút", is_note=True),)},
    "paper_twice": _papers("Tờ khai", "Tờ  khai"),
    "known_fault": {"code": "3.000228"},
    "title_damaged": {"name": "THỦ TỤC CẤP THẺ TRE"},
    "title_no_procedure": {"name": "Công bố danh mục thủ tục về tre"},
    "title_shared": None,
    "duplicate": None,
    "related_unknown": None,
    "text_damaged": {"steps": ("Nộp tại Trung khai tâm Phục vụ.",)},
    "legal_missing": {"legal_basis": ()},
    "legal_replaced": _basis("53/2025/TT-BCA"),
    "legal_unreadable": _basis("Luật Tre"),
    "online_contradicts": _methods(_method()),
    "level_missing": {"levels": ()},
    "result_missing": {"results": ()},
    "audience_missing": {"audience": ()},
    "jurisdiction_other": {"jurisdiction": "Sơn La", "layer": Layer.CITY},
    "source_old": _days_ago(181),
    "city_record_older": {
        "layer": Layer.CITY,
        "jurisdiction": "da-nang",
        **_sources(date(2024, 1, 1), date(2026, 1, 1)),
    },
    "ended": {"effective_to": TODAY - timedelta(days=1)},
}
"""By rule, what makes the sound record trip it; None for rules that compare records."""


def _rules_of(findings):
    return {finding.rule.id for finding in findings}


@pytest.fixture(scope="session")
def record(made):
    """Makes the sound record, changed by these fields."""

    def make(**fields):
        if "methods" in fields and "online" not in fields:
            ways = {channel for method in fields["methods"] for channel in method.channels}
            fields["online"] = OnlineLevel.PARTIAL if Channel.ONLINE in ways else OnlineLevel.NONE
        return made(**{**SOUND, **fields})

    return make


def test_nothing_is_wrong_in_a_sound_record(record):
    assert check(record(), TODAY) == []
    assert cautions(record(), TODAY) == ()


def test_every_rule_has_its_words_its_test_and_a_record_that_trips_it():
    assert set(rules()) == set(TRIPS)
    assert set(RULES) == {rule for rule, fields in TRIPS.items() if fields is not None}


@pytest.mark.parametrize("rule", [rule for rule, fields in TRIPS.items() if fields is not None])
def test_a_rule_finds_what_it_is_about_and_nothing_else(record, rule):
    fields = dict(TRIPS[rule])
    if rule == "online_contradicts":
        fields["online"] = OnlineLevel.FULL

    found = check(record(**fields), TODAY)

    assert _rules_of(found) == {rule}
    assert [finding.code for finding in found] == [fields.get("code", "1.000001")]


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("fee_expired", _fees(_fee(valid_to=TODAY))),
        ("fee_expired", _fees(_fee(valid_from=TODAY + timedelta(days=1)))),
        ("fee_ends_soon", _fees(_fee(valid_to=TODAY + timedelta(days=61)))),
        ("fee_ends_soon", _fees(_fee(valid_to=TODAY - timedelta(days=1)))),
        ("fee_bare_zero", _fees(_stated(FeeStatus.FREE))),
        ("fee_bare_zero", _fees(_stated(FeeStatus.UNKNOWN))),
        ("fee_missing", _fees(_stated(FeeStatus.UNKNOWN))),
        ("fee_impossible", _fees(_fee(1_000))),
        ("fee_impossible", _fees(_fee(25, currency="USD"))),
        ("fee_impossible", _fees(_fee(20_000_000))),
        ("fee_impossible", {**_fees(_fee(30_000_000)), "audience": ("Công dân Việt Nam", "Doanh nghiệp")}),
        ("fee_impossible", {**_fees(_fee(30_000_000)), "audience": ()}),
        ("fee_online_dearer", _methods(_method(_fee(70_000)), _method(_fee(50_000), channels=(Channel.ONLINE,)))),
        ("fee_online_dearer", _methods(_method(), _method(_fee(), _fee(90_000), channels=(Channel.ONLINE,)))),
        (
            "fee_online_dearer",
            _methods(_method(), _method(_fee(90_000, valid_to=date(2025, 12, 31)), channels=(Channel.ONLINE,))),
        ),
        ("fee_rates_unclear", _fees(_fee(20_000, condition="cấp lại"), _fee(30_000, condition="cấp mới"))),
        ("fee_rates_unclear", _fees(_fee(20_000, unit="trang"), _fee(30_000, unit="thẻ"))),
        ("fee_rates_unclear", _fees(_fee(20_000, note="thẻ đỏ"), _fee(30_000, note="thẻ vàng"))),
        ("fee_rates_unclear", _fees(_fee(20_000, valid_to=date(2025, 12, 31)), _fee(30_000))),
        ("time_conflict", _limits(_limit(10), TimeLimit(quantity=20, unit=TimeUnit.DAY, condition="thẻ vàng"))),
        ("time_conflict", _limits(_limit(10), TimeLimit(note="trừ ngày lễ"))),
        ("time_unreadable", _limits(_limit(), TimeLimit(note="trừ ngày lễ"))),
        ("time_extreme", _limits(_limit(12, TimeUnit.MONTH))),
        ("time_extreme", _limits(_limit(1, TimeUnit.YEAR))),
        ("time_extreme", _limits(_limit(260))),
        ("time_other_in_steps", {"steps": ("Cấp lại trong 1 ngày làm việc.",)}),
        ("time_other_in_steps", {"name": "Cấp, cấp lại thẻ tre", "steps": ("Trả trong 3 ngày làm việc.",)}),
        ("time_other_in_steps", {"name": "Cấp, cấp lại thẻ tre", "steps": ("Trả trong 24 giờ.",)}),
        ("agency_missing", {"agency": Agency(settles=WARD)}),
        ("agency_district", _receives("Ủy ban nhân dân xã Quan Huyền")),
        ("agency_other_province", _receives("Sở Xây dựng thành phố Đà Nẵng")),
        ("agency_other_province", {**_receives("Sở Xây dựng tỉnh Sơn La"), "jurisdiction": "Sơn La"}),
        ("agency_old_name", _receives("Sở Nông nghiệp và Môi trường")),
        ("agency_doubled", _receives("Sở Xây dựng; Sở Y tế")),
        ("district_in_text", {"steps": ("Xã trình Chủ tịch UBND cấp tỉnh.",)}),
        ("household_book", _papers("Giấy xác nhận thông tin về cư trú")),
        ("papers_missing", {"papers": (), "layer": Layer.FACTS}),
        ("paper_twice", {"papers": tuple(Paper(name="Tờ khai", originals=1, case=case) for case in ("A", "B"))}),
        ("paper_twice", _papers("Tờ khai", "Tờ khai", condition="nếu mất")),
        ("known_fault", {"code": "3.000229"}),
        ("title_damaged", {"name": "Cấp thẻ tre (CT01)"}),
        ("title_damaged", {"name": "CẤP THẺ TRE"}),
        ("title_no_procedure", {"name": "Thủ tục công bố danh mục thẻ tre"}),
        ("text_damaged", {"steps": ("Đăng ký tại Trung tâm Phục vụ hành chính công.",)}),
        ("legal_replaced", _basis("53/2025/TT-BCA", "116/2026/TT-BCA")),
        ("legal_replaced", _basis("54/2025/TT-BCA")),
        ("legal_unreadable", _basis("60/2014/QH13", "12a/2020/TT-BTRE")),
        ("online_contradicts", {**_methods(_method()), "online": OnlineLevel.PARTIAL}),
        ("online_contradicts", {"methods": (), "online": OnlineLevel.FULL}),
        ("level_missing", {"levels": (Level.OTHER,)}),
        ("jurisdiction_other", {"jurisdiction": "da-nang", "layer": Layer.CITY}),
        ("source_old", _days_ago(OLD_AFTER.days)),
        ("city_record_older", {"layer": Layer.CITY, **_sources(date(2025, 6, 1), date(2026, 1, 1))}),
        ("city_record_older", {"layer": Layer.CITY}),
        ("city_record_older", _sources(date(2024, 1, 1), date(2026, 1, 1))),
        ("ended", {"effective_to": TODAY}),
    ],
)
def test_a_rule_lets_pass_what_only_looks_like_it(record, rule, fields):
    assert rule not in _rules_of(check(record(**fields), TODAY))


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        ("fee_impossible", _fees(_fee(30_000_000))),
        ("title_damaged", {"name": "Cấp thẻ tre (1.000001)"}),
        ("title_damaged", {"name": "- Cấp thẻ tre"}),
        ("title_no_procedure", {"name": "Thử nghiệm"}),
        ("agency_district", _receives("UBND quận, huyện")),
        ("agency_district", {"agency": Agency(receives=WARD, settles="Phòng Tư pháp huyện")}),
        ("agency_other_province", _receives("Sở Tư pháp - TP. Hải Phòng")),
        ("agency_old_name", _receives("Sở Giao thông vận tải")),
        ("district_in_text", {"conditions": ("Được UBND cấp huyện đồng ý.",)}),
        ("district_in_text", _papers("Văn bản của Sở Tài nguyên và Môi trường")),
        ("household_book", _papers("Sổ tạm trú")),
        ("text_damaged", {"steps": ("Nộp hồ\ufffd sơ.",)}),
        ("text_damaged", {"steps": ("Trong ngày ngày ngày làm việc.",)}),
        ("time_extreme", _limits(_limit(400))),
        ("online_contradicts", {**_methods(_method(channels=(Channel.POSTAL,))), "online": OnlineLevel.FULL}),
    ],
)
def test_other_shapes_that_a_rule_finds(record, rule, more):
    assert _rules_of(check(record(**more), TODAY)) == {rule}


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 10, 31), set()),
        (date(2026, 11, 1), {"fee_ends_soon"}),
        (date(2026, 12, 31), {"fee_ends_soon"}),
        (date(2027, 1, 1), {"fee_expired"}),
    ],
)
def test_the_clock_alone_turns_a_fee_into_an_error(record, day, found):
    """A fee that holds until 31/12/2026 is right on its last day, and wrong on the next."""
    procedure = record(**_fees(_fee(valid_to=date(2026, 12, 31))))

    assert _rules_of(check(procedure, day)) == found
    assert {finding.rule.severity for finding in check(procedure, date(2027, 1, 1))} == {Severity.ERROR}


def test_severities_say_what_misleads_a_citizen():
    by_severity = {
        severity: {rule.id for rule in rules().values() if rule.severity is severity} for severity in Severity
    }

    assert by_severity[Severity.ERROR] == {
        "fee_expired",
        "fee_impossible",
        "agency_district",
        "known_fault",
        "title_no_procedure",
        "ended",
    }
    assert by_severity[Severity.INFO] >= {"fee_missing", "jurisdiction_other", "audience_missing"}
    assert all(rule.explanation and rule.example and rule.fix for rule in rules().values())


def test_what_a_citizen_is_told_stands_in_both_languages():
    told = {rule.id: rule.caution for rule in rules().values() if rule.caution}

    assert set(told) == {
        "fee_online_dearer",
        "time_conflict",
        "time_other_in_steps",
        "agency_district",
        "agency_old_name",
        "district_in_text",
        "household_book",
        "legal_replaced",
        "ended",
    }
    assert all(caution.vi and caution.en for caution in told.values())


@pytest.mark.parametrize(
    ("rule", "section"),
    [
        ("fee_online_dearer", Section.FEE),
        ("time_conflict", Section.TIME),
        ("agency_district", Section.WHERE),
        ("district_in_text", Section.STEPS),
        ("household_book", Section.PAPERS),
        ("legal_replaced", Section.LEGAL_BASIS),
        ("known_fault", Section.PAPERS),
    ],
)
def test_a_caution_stands_beside_the_part_it_is_about(record, rule, section):
    (caution,) = cautions(record(**TRIPS[rule]), TODAY)

    assert caution.about is section
    assert caution.text.vi
    assert caution.text.en


def test_a_rule_for_the_staff_alone_cautions_nobody(record):
    assert cautions(record(**TRIPS["fee_doubtful"]), TODAY) == ()
    assert cautions(record(**TRIPS["fee_expired"]), TODAY) == ()


def test_a_replaced_document_is_told_with_the_one_that_replaced_it(record):
    procedure = record(**_basis("53/2025/TT-BCA", "13/2023/NĐ-CP"))

    assert [finding.detail for finding in check(procedure, TODAY)] == [
        "53/2025/TT-BCA → 116/2026/TT-BCA",
        "13/2023/NĐ-CP → 356/2025/NĐ-CP",
    ]
    assert [caution.text.vi for caution in cautions(procedure, TODAY)] == [
        "Bản ghi còn dựa vào văn bản đã bị thay thế (53/2025/TT-BCA → 116/2026/TT-BCA); anh/chị hỏi lại 1022 xem điều gì đã đổi.",
        "Bản ghi còn dựa vào văn bản đã bị thay thế (13/2023/NĐ-CP → 356/2025/NĐ-CP); anh/chị hỏi lại 1022 xem điều gì đã đổi.",
    ]


@pytest.mark.parametrize(("day", "found"), [(date(2026, 6, 28), set()), (date(2026, 6, 29), {"legal_replaced"})])
def test_a_document_is_replaced_from_its_day_on(record, day, found):
    procedure = record(sources=SOUND["sources"], **_basis("53/2025/TT-BCA"))

    assert _rules_of(check(procedure, day)) == found


def test_an_ended_procedure_says_the_day(record):
    (caution,) = cautions(record(effective_to=date(2026, 6, 30)), TODAY)

    assert caution == Caution(
        about=Section.OVERVIEW,
        text=Text(
            vi="Thủ tục này đã hết hiệu lực ngày 30/06/2026; anh/chị gọi 1022 để biết nay làm theo thủ tục nào.",
            en="This procedure ended on 30/06/2026; call 1022 to learn which one applies now.",
        ),
    )


@pytest.mark.parametrize("layer", [Layer.WRITTEN, Layer.STAFF])
def test_a_record_written_by_hand_says_its_cautions_itself_but_not_that_it_ended(record, layer):
    procedure = record(layer=layer, **TRIPS["household_book"], **TRIPS["ended"])

    assert _rules_of(check(procedure, TODAY)) == {"household_book", "ended"}
    assert [caution.about for caution in cautions(procedure, TODAY)] == [Section.OVERVIEW]


def _between(*procedures):
    return {
        (finding.rule.id, finding.code, finding.detail)
        for finding in check_all(procedures, TODAY)
        if TRIPS[finding.rule.id] is None
    }


def test_the_same_procedure_under_two_codes_is_found_on_both(record):
    assert _between(record(code="1.000001"), record(code="1.000002", name="CẤP thẻ  tre")) == {
        ("duplicate", "1.000001", "1.000002"),
        ("duplicate", "1.000002", "1.000001"),
    }


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Cấp thẻ trúc"},
        {"levels": (Level.PROVINCE,)},
        {"jurisdiction": "da-nang", "layer": Layer.CITY},
        {"jurisdiction": "Sơn La", "layer": Layer.CITY},
    ],
)
def test_another_level_or_publisher_is_another_procedure(record, other):
    assert _between(record(code="1.000001"), record(code="1.000002", **other)) == set()


def test_three_codes_of_one_name_share_a_title(record):
    codes = ("1.000001", "1.000002", "1.000003")

    assert _between(*(record(code=code) for code in codes)) == {
        ("title_shared", code, " ".join(codes)) for code in codes
    }


def test_a_related_code_that_nobody_publishes_is_found(record):
    records = (record(code="1.000001", related=("1.000002", "1.999999")), record(code="1.000002", name="Cấp thẻ trúc"))

    assert _between(*records) == {("related_unknown", "1.000001", "1.999999")}


def test_findings_are_counted_by_record(record):
    rule = rules()["paper_twice"]
    findings = [Finding(rule, "1.000001"), Finding(rule, "1.000001", "again"), Finding(rule, "1.000002")]

    assert quality.count(findings) == Counter(paper_twice=2)


KNOWN = {
    "known_fault": "3.000228 3.000226 1.014052 1.014632 1.014076 1.001280",
    "time_conflict": "1.012971 1.010814 1.010803 3.000333 1.013225 1.014173 1.000915",
    "district_in_text": "1.010385 1.011727",
    "fee_online_dearer": "1.001612",
    "fee_doubtful": "1.001612 1.014076 1.001280",
    "duplicate": "1.115391 3.000489 1.115393 3.000491 1.115394 3.000509",
    "household_book": "2.000608",
    "text_damaged": "1.001193",
    "agency_other_province": "1.000564",
    "title_no_procedure": "3.000579",
}
"""Faults that were found by reading the portal's records, by the rule they belong to."""


def test_faults_known_in_the_real_records_are_found(portal_file, tmp_path):
    wanted = {code for codes in KNOWN.values() for code in codes.split()}
    found = _findings_of(portal_file, wanted, tmp_path)

    missed = {(rule, code) for rule, codes in KNOWN.items() for code in codes.split()} - found

    assert missed == set()


def _findings_of(portal_file, wanted, folder):
    """The findings in these records of the portal, read from a file of just them."""
    few = folder / "few.jsonl"
    marks = [f'"code": "{code}"'.encode() for code in wanted] + [f'"code":"{code}"'.encode() for code in wanted]
    with gzip.open(portal_file) as lines, few.open("wb") as kept:
        kept.writelines(line for line in lines if any(mark in line for mark in marks))
    read = portal_json.read_file(few, SNAPSHOT, SNAPSHOT)
    records = [record.procedure for record in read if record.procedure and record.procedure.code in wanted]
    assert {procedure.code for procedure in records} == wanted
    return {(finding.rule.id, finding.code) for finding in check_all(records, TODAY)}


def test_the_shipped_records_are_counted_by_rule():
    """What figures and names alone show over all of them; a year on, every one is said to be old."""
    records = list(facts.load())

    counts = quality.count(check_all(records, SNAPSHOT))
    later = quality.count(check_all(records[:50], SNAPSHOT + OLD_AFTER + timedelta(days=1)))

    assert set(counts) <= set(rules())
    assert counts["papers_missing"] == counts["source_old"] == counts["ended"] == 0
    assert all(counts[rule] > 0 for rule in ("fee_bare_zero", "time_conflict", "agency_other_province", "duplicate"))
    assert later["source_old"] == 50
