"""Amounts, durations and days are read out of sentences; what only looks like one is not."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.procedure import TimeUnit
from knowledge.sources.figures import amounts, durations, first_day, last_day, mentions_dollars

HOUR, DAY, WORKING, MONTH, YEAR = (
    TimeUnit.HOUR,
    TimeUnit.DAY,
    TimeUnit.WORKING_DAY,
    TimeUnit.MONTH,
    TimeUnit.YEAR,
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("70.000 đồng/thẻ", (70_000,)),
        ("Lệ phí: 7,000đ", (7_000,)),
        ("7000 VNĐ một tờ", (7_000,)),
        ("70 nghìn đồng", (70_000,)),
        ("1,5 triệu đồng", (1_500_000,)),
        ("2.500.000 VND/hồ sơ", (2_500_000,)),
        ("3.000đồng/trang, từ trang thứ ba 2.000 đồng, tối đa 3.000 đồng", (3_000, 2_000)),
        ("0.000 đồng", ()),
        ("0 đồng", ()),
        ("70.000", ()),
        ("Thông tư 12/2345/TT-BTC", ()),
        ("5 người đồng ý", ()),
        ("", ()),
    ],
)
def test_amounts_need_their_currency(words, found):
    assert amounts(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("03 (ba) ngày làm việc", ((3, WORKING),)),
        ("Không quá 05 NGÀY  LÀM VIỆC", ((5, WORKING),)),
        ("0,5 ngày", ((0.5, DAY),)),
        ("24 giờ, trường hợp khó 3 ngày", ((24, HOUR), (3, DAY))),
        ("6 tháng hoặc 1 năm", ((6, MONTH), (1, YEAR))),
        ("3 ngày, sau đó lại 3 ngày", ((3, DAY),)),
        ("nộp sau 15 giờ thì trả hôm sau", ()),
        ("từ ngày 01 tháng 7 năm 2025", ()),
        ("0 ngày", ()),
        ("1/2 ngày", ()),
        ("ngay trong ngày", ()),
    ],
)
def test_durations_need_a_number_and_a_unit(words, found):
    assert durations(words) == found


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("kể từ ngày 01/7/2025 đến hết ngày 31/12/2026", date(2025, 7, 1), date(2026, 12, 31)),
        ("đến 30/6/2025, gia hạn đến hết 31/12/2025", None, date(2025, 12, 31)),
        ("từ 1/1/2027", date(2027, 1, 1), None),
        ("đến ngày 31/02/2026", None, None),
        ("ban hành ngày 31/12/2026", None, None),
    ],
)
def test_days_of_validity_are_read(words, first, last):
    assert (first_day(words), last_day(words)) == (first, last)


@pytest.mark.parametrize(
    ("words", "said"),
    [("25 USD/người", True), ("10 đô la Mỹ", True), ("$5", True), ("usda", False), ("25.000 đồng", False)],
)
def test_dollars_are_noticed(words, said):
    assert mentions_dollars(words) is said
