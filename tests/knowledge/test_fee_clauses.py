"""A fee note is taken apart where each rate has its case in a few words; otherwise it is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.procedure import Fee, FeeKind, FeeStatus, Text
from knowledge.sources.fee_clauses import fees_in

CHARGE, SERVICE_FEE = FeeKind.CHARGE, FeeKind.SERVICE_FEE


def _rate(amount, condition="", unit="", kind=CHARGE, **fields):
    return Fee(
        kind=kind,
        status=FeeStatus.EXACT,
        amount=amount,
        condition=Text(vi=condition) if condition else None,
        unit=Text(vi=unit) if unit else None,
        **fields,
    )


def _described(kind=CHARGE, **fields):
    return Fee(kind=kind, status=FeeStatus.DESCRIBED, **fields)


def _dollars(amount, condition="", unit=""):
    return _rate(amount, condition, unit, currency="USD")


@pytest.mark.parametrize(
    ("note", "rates"),
    [
        ("70.000 đồng/thẻ tre", (_rate(70_000, unit="thẻ tre"),)),
        ("70.000đ/01 thẻ tre.", (_rate(70_000, unit="thẻ tre"),)),
        ("70.000 đồng/ thẻ (Thông tư 9/2345/TT-BTRE ngày 1/2/2345)", (_rate(70_000, unit="thẻ"),)),
        ("7 nghìn đồng/trang tre", (_rate(7_000, unit="trang tre"),)),
        ("12.000 đồng/người/lần đăng ký", (_rate(12_000, unit="người/lần đăng ký"),)),
        ("70.000 đồng/tem “TRE”", (_rate(70_000, unit="tem “TRE”"),)),
        ("70.000 đồng (bảy mươi nghìn đồng)/thẻ", (_rate(70_000, unit="thẻ"),)),
        (
            "Cấp mới 40.000 đồng/lần; cấp lại 20.000 đồng/lần",
            (_rate(40_000, "cấp mới", "lần"), _rate(20_000, "cấp lại", "lần")),
        ),
        (
            "- Thẻ tre đỏ: 40.000 đồng - Thẻ tre vàng: 20.000 đồng",
            (_rate(40_000, "thẻ tre đỏ"), _rate(20_000, "thẻ tre vàng")),
        ),
        (
            "+ Dưới 5 cây: 40.000 đồng;\n+ Từ 5 cây trở lên: 90.000 đồng.",
            (_rate(40_000, "dưới 5 cây"), _rate(90_000, "từ 5 cây trở lên")),
        ),
        (
            "40.000 đồng/thẻ. Trường hợp cấp lại do mất: 80.000 đồng/thẻ.",
            (_rate(40_000, unit="thẻ"), _rate(80_000, "trường hợp cấp lại do mất", "thẻ")),
        ),
        (
            "- Thẻ gia đình: + Nộp tại quầy 30.000 đồng; + Nộp qua mạng 20.000 đồng - Thẻ lẻ 10.000 đồng",
            (
                _rate(30_000, "thẻ gia đình, Nộp tại quầy"),
                _rate(20_000, "thẻ gia đình, Nộp qua mạng"),
                _rate(10_000, "thẻ lẻ"),
            ),
        ),
        (
            "40.000 đồng/thẻ (đối với thẻ tre đỏ); 20.000 đồng/thẻ (đối với thẻ tre vàng)",
            (_rate(40_000, "đối với thẻ tre đỏ", "thẻ"), _rate(20_000, "đối với thẻ tre vàng", "thẻ")),
        ),
        ("90.000 đồng khi thẻ tre bị mất, bị cháy", (_rate(90_000, "khi thẻ tre bị mất, bị cháy"),)),
        ("Cấp lại theo Thông tư 9/2345/TT-BTRE: 40.000 đồng", (_rate(40_000, "cấp lại"),)),
        (
            "40.000 đồng theo Quyết định 9/QĐ-TRE đối với thẻ tre đỏ",
            (_rate(40_000, "đối với thẻ tre đỏ"),),
        ),
        (
            "Lệ phí: 40.000 đồng, phí thẩm định tre: 90.000 đồng",
            (_rate(40_000), _rate(90_000, "thẩm định tre", kind=SERVICE_FEE)),
        ),
        (
            "40.000 đồng/thẻ đến hết ngày 31/12/2345; 80.000 đồng/thẻ từ ngày 01/01/2346",
            (
                _rate(40_000, unit="thẻ", valid_to=date(2345, 12, 31)),
                _rate(80_000, unit="thẻ", valid_from=date(2346, 1, 1)),
            ),
        ),
        (
            "(kể từ ngày 01/7/2345 đến hết ngày 31/12/2345): + Thẻ đỏ: 40.000 đồng + Thẻ vàng: 20.000 đồng",
            tuple(
                _rate(amount, case, valid_from=date(2345, 7, 1), valid_to=date(2345, 12, 31))
                for amount, case in ((40_000, "thẻ đỏ"), (20_000, "thẻ vàng"))
            ),
        ),
        ("Phí: 40.000 đồng - 40.000 đồng/thẻ", (_rate(40_000, unit="thẻ"),)),
        ("Công bố Quyết định cấp thẻ tre: 40.000 đồng", (_rate(40_000, "công bố Quyết định cấp thẻ tre"),)),
    ],
)
def test_each_rate_of_a_note_gets_its_case_and_its_unit(note, rates):
    assert fees_in(note, _described()) == rates


@pytest.mark.parametrize(
    ("stated", "note", "rate"),
    [
        (_rate(40_000), "cấp lại do mất", _rate(40_000, "cấp lại do mất")),
        (_rate(40_000), "Đăng ký giám hộ cho tre", _rate(40_000, "đăng ký giám hộ cho tre")),
        (_rate(40_000), "/trang", _rate(40_000, unit="trang")),
        (_rate(40_000), "/trường hợp", _rate(40_000, unit="trường hợp")),
        (_rate(40_000), "đồng/lần", _rate(40_000, unit="lần")),
        (_rate(40_000), "40.000/lô tre", _rate(40_000, unit="lô tre")),
        (_rate(40_000), "Thẩm tra vườn tre: 40.000/01 vườn", _rate(40_000, "thẩm tra vườn tre", "vườn")),
        (_rate(40_000), "Phí, lệ phí", _rate(40_000)),
        (_rate(40_000), "Mức thu theo quy định của pháp luật về phí", _rate(40_000)),
        (_rate(40_000), "Theo quy định tại Thông tư số 9/2345/TT-BTRE của Bộ Tre trúc", _rate(40_000)),
        (_rate(40_000), "(bốn mươi nghìn đồng) cấp thẻ tre", _rate(40_000, "cấp thẻ tre")),
        (
            _rate(40_000, valid_to=date(2345, 12, 31)),
            "Áp dụng đến hết ngày 31/12/2345 đối với cấp mới",
            _rate(40_000, "đối với cấp mới", valid_to=date(2345, 12, 31)),
        ),
        (_dollars(40), "40 USD/thẻ", _dollars(40, unit="thẻ")),
        (_dollars(40), "Thẻ tre không quá 02 năm: 40USD/thẻ.", _dollars(40, "thẻ tre không quá 02 năm", "thẻ")),
        (_dollars(40), "Cấp cho trẻ em", _dollars(40, "cấp cho trẻ em")),
    ],
)
def test_a_note_beside_a_stated_amount_is_its_case_or_its_unit(stated, note, rate):
    assert fees_in(note, stated) == (rate,)


@pytest.mark.parametrize(
    ("stated", "note"),
    [
        (_described(), "tùy loại tre"),
        (_described(), "40.000 đồng, cấp lại bằng 50% mức trên"),
        (_described(), "40.000 đồng; miễn cho hộ nghèo"),
        (_described(), "40.000 đồng (Miễn kể từ ngày 01/4/2345 đến 30/6/2345)"),
        (_described(), "40.000 dong; mien phi cho ho ngheo"),
        (_described(), "Từ 20.000 đồng đến 40.000 đồng"),
        (_described(), "2.000 đồng/trang; từ trang thứ 3 thu 1.000 đồng/trang"),
        (_described(), "3.000 đồng/cây (mức thu tối thiểu không dưới 30.000 đồng)"),
        (_described(), "3.000 đồng/cây; tối đa 30.000 đồng/vườn"),
        (_described(), "40.000 đồng/cây thứ nhất cộng 10.000 đồng/cây"),
        (_described(), "40.000 đồng + (số cây x 1.000 đồng/cây)"),
        (_described(), "Thẻ đỏ 40.000 đồng/thẻ + 1.000 đồng/cây"),
        (_described(), "Thẻ đỏ: 40.000 đồng; thẻ vàng: Hội đồng nhân dân quyết định"),
        (_described(), "; ".join(f"loại {number}: {number}.000 đồng" for number in range(1, 10))),
        (
            _described(),
            "Đối với người trồng tre đã đăng ký vườn từ trước năm nay mà chưa nhận thẻ lần nào: 40.000 đồng",
        ),
        (_described(), "Xem https://example.vn: 40.000 đồng"),
        (_described(), "0.000 đồng/thẻ"),
        (_rate(40_000), "Cấp mới 70.000 đồng; cấp lại 20.000 đồng"),
        (_rate(40_000), "70.000/lô tre"),
        (
            _rate(40_000),
            "Trường hợp người trồng tre chuyển vườn của mình từ nơi đã đăng ký sang một nơi khác trong cùng xã",
        ),
        (_dollars(40), "Thẻ đỏ 40 USD, thẻ vàng 70 USD"),
        (_dollars(40), "70 USD/thẻ"),
        (_dollars(40), "900.000 đồng"),
    ],
)
def test_a_note_that_cannot_be_told_shortly_gives_nothing(stated, note):
    assert fees_in(note, stated) == ()


def test_the_kind_is_the_one_the_clause_names():
    read = fees_in("Lệ phí cấp thẻ 40.000 đồng; phí in thẻ 20.000 đồng; vỏ thẻ 10.000 đồng", _described(FeeKind.PRICE))

    assert [fee.kind for fee in read] == [CHARGE, SERVICE_FEE, FeeKind.PRICE]
