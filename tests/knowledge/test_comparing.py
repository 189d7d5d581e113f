"""Two tellings of a procedure agree or differ field by field; where one is silent, that is said apart."""

from __future__ import annotations

import pytest

from knowledge.comparing import FIELDS, Finding, Verdict, agreements, compare, differences
from knowledge.procedure import Channel, Fee, FeeStatus, LegalBasis, Level, Method, Paper, TimeLimit, TimeUnit


def _method(*limits, channel=Channel.DIRECT, fees=()):
    limits = tuple(TimeLimit(quantity=quantity, unit=unit) for quantity, unit in limits)
    return (Method(channels=(channel,), time_limits=limits, fees=fees),)


DAYS, WORKING_DAYS = (5, TimeUnit.DAY), (5, TimeUnit.WORKING_DAY)


def _finding(made, field, given, record):
    (found,) = [finding for finding in compare(made(**given), made(**record)) if finding.field == field]
    return found.verdict, found.in_file, found.in_record


@pytest.mark.parametrize(
    ("field", "given", "record", "found"),
    [
        ("name", {"name": "Cấp thẻ  TRE"}, {"name": "Cấp thẻ tre"}, (Verdict.AGREES, "", "")),
        ("name", {"name": "Cấp thẻ hoà"}, {"name": "Cấp thẻ hòa"}, (Verdict.AGREES, "", "")),
        ("name", {"name": "Đổi thẻ tre"}, {}, (Verdict.DIFFERS, "Đổi thẻ tre", "Cấp thẻ tre")),
        ("level", {"levels": (Level.WARD,)}, {}, (Verdict.RECORD_SILENT, "ward", "")),
        ("audience", {}, {"audience": ("Cá nhân",)}, (Verdict.FILE_SILENT, "", "Cá nhân")),
        ("audience", {"audience": ("A1", "B1")}, {"audience": ("B1", "A1")}, (Verdict.AGREES, "", "")),
        ("steps", {"steps": ("Bước 1", "Nộp")}, {"steps": ("Bước 1\nNộp",)}, (Verdict.AGREES, "", "")),
        (
            "steps",
            {"steps": ("Nộp đơn rồi nhận thẻ",)},
            {"steps": ("Bước 1: Nộp đơn, nhận thẻ",)},
            (Verdict.DIFFERS, "rồi", "bước 1"),
        ),
        ("time limits", {"methods": _method(DAYS)}, {"methods": _method(DAYS, WORKING_DAYS)}, (Verdict.AGREES, "", "")),
        (
            "time limits",
            {"methods": _method(DAYS)},
            {"methods": _method(WORKING_DAYS)},
            (Verdict.DIFFERS, "direct 5 day", "direct 5 working_day"),
        ),
        (
            "time limits",
            {"methods": _method(DAYS)},
            {"methods": _method()},
            (Verdict.RECORD_SILENT, "direct 5 day", ""),
        ),
        (
            "papers",
            {"papers": (Paper(name="Đơn", originals=1),)},
            {"papers": (Paper(name="Đơn", copies=1),)},
            (Verdict.DIFFERS, "Đơn (1+0)", "Đơn (0+1)"),
        ),
        (
            "fees",
            {"methods": _method(fees=(Fee(status=FeeStatus.UNKNOWN), Fee(status=FeeStatus.STATED_ZERO)))},
            {"methods": _method(fees=(Fee(status=FeeStatus.EXACT, amount=9000),))},
            (Verdict.FILE_SILENT, "", "exact 9000.0 VND"),
        ),
        (
            "legal basis",
            {"legal_basis": (LegalBasis(number="1/2020/QH14", title="Luật"),)},
            {"legal_basis": (LegalBasis(number="1/2020/QH14"),)},
            (Verdict.AGREES, "", ""),
        ),
    ],
)
def test_a_field_agrees_differs_or_one_side_is_silent(made, field, given, record, found):
    assert _finding(made, field, given, record) == found


def test_another_publishers_decision_is_no_difference(made):
    given, record = made(decision="7/QĐ-UBND", jurisdiction="Tre Xanh"), made(decision="9/QĐ-BTP")

    assert "decision" not in {finding.field for finding in compare(given, record)}
    assert len(compare(record, record)) == len(FIELDS)


def test_agreement_counts_only_what_both_sides_say(made):
    findings = [
        Finding("1.000001", "name", Verdict.AGREES),
        Finding("1.000002", "name", Verdict.AGREES),
        Finding("1.000003", "name", Verdict.DIFFERS),
        Finding("1.000004", "name", Verdict.FILE_SILENT),
        Finding("1.000005", "fees", Verdict.RECORD_SILENT),
    ]

    counted = {agreement.field: agreement for agreement in agreements(findings)}

    assert list(counted) == list(FIELDS)
    assert (counted["name"].share, counted["fees"].share) == (2 / 3, None)
    assert list(counted["name"].counts.values()) == [2, 1, 1, 0]
    assert differences(findings) == [findings[2]]


def test_long_differences_are_shortened(made):
    _, in_file, _ = _finding(made, "name", {"name": "Thẻ " * 99}, {})

    assert in_file == ("Thẻ " * 99)[:90] + "…"
