"""Identification numbers, telephones, counts, areas, money and tax codes."""

from __future__ import annotations

import pytest

from assistant.forms.definition import Kind
from assistant.forms.kinds.identity import PROVINCES, identity_parts
from assistant.forms.values import Unreadable, read
from tests.assistant.forms.blanks import TODAY, blank, data_and_doubts, refusal


@pytest.mark.parametrize(
    ("said", "doubts"),
    [
        ("048190001234", []),
        ("048 190 001 234", []),
        ("048.190.001.234", []),
        ("048-190-001-234", []),
        ("0481 9000 1234", []),
        ("số căn cước của tôi là 048190001234", []),
        ("CCCD: 048190001234", []),
        ("không bốn tám một chín không không không một hai ba bốn", []),
        ("khong bon tam mot chin khong khong khong mot hai ba bon", []),
        ("không bốn tám một chín mươi không không không một hai ba tư", []),
        ("zero four eight one nine zero zero zero one two three four", []),
        ("dạ 048190001234 ạ", []),
        ("０４８１９０００１２３４", []),
    ],
)
def test_an_identification_number_is_read_in_groups_and_spoken(said, doubts):
    assert data_and_doubts(Kind.IDENTITY, said) == ("048190001234", doubts)


@pytest.mark.parametrize(
    ("said", "doubts"),
    [
        ("999190001234", ["identity_province"]),
        ("000190001234", ["identity_province"]),
        ("048390001234", ["identity_year"]),
        ("049090001234", []),
        ("001226000001", []),
    ],
)
def test_an_unlikely_number_is_only_doubted(said, doubts):
    assert data_and_doubts(Kind.IDENTITY, said) == (said, doubts)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("201234567", "identity_old"),
        ("201 234 567", "identity_old"),
        ("04819000123", "identity_length"),
        ("0481900012345", "identity_length"),
        ("1", "identity_length"),
        ("9" * 400, "identity_length"),
        ("abc", "identity_letters"),
        ("04819000123a", "identity_letters"),
        ("O48190001234", "identity_letters"),
        ("{{ 048190001234 }}", "identity_letters"),
        ("không nhớ", "identity_letters"),
        ("", "empty"),
    ],
)
def test_what_is_no_identification_number_is_told(said, code):
    assert refusal(Kind.IDENTITY, said) == code


def test_the_digits_are_counted_back():
    with pytest.raises(Unreadable) as error:
        read(blank(Kind.IDENTITY), "04819000123", TODAY)

    assert (
        error.value.message.vi == "Số định danh có 12 chữ số, tôi đếm được 11. Anh/chị xem lại trên thẻ căn cước giúp."
    )


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("048190001234", ("048", "nu", 1990)),
        ("048088005678", ("048", "nam", 1988)),
        ("049226000001", ("049", "nam", 2026)),
        ("001305123456", ("001", "nu", 2005)),
        ("001401123456", ("001", "nam", 2101)),
        ("04819000123", None),
        ("abc", None),
        ("", None),
    ],
)
def test_the_parts_of_a_number_tell_province_sex_and_year(number, parts):
    assert identity_parts(number) == parts


def test_the_63_provinces_have_their_codes():
    assert (len(PROVINCES), {"001", "048", "049", "079", "096"} <= PROVINCES) == (63, True)


@pytest.mark.parametrize(
    ("said", "number", "doubts"),
    [
        ("0905123456", "0905123456", []),
        ("0905 123 456", "0905123456", []),
        ("0905.123.456", "0905123456", []),
        ("0905-123-456", "0905123456", []),
        ("+84905123456", "0905123456", []),
        ("+84 905 123 456", "0905123456", []),
        ("84905123456", "0905123456", []),
        ("+84 (0)905 123 456", "0905123456", []),
        ("0084905123456", "0905123456", []),
        ("số điện thoại của tôi là 0905123456", "0905123456", []),
        ("SĐT: 0905123456", "0905123456", []),
        ("không chín không năm một hai ba bốn năm sáu", "0905123456", []),
        ("0905 123 456 (Zalo)", "0905123456", []),
        ("gọi 0905123456", "0905123456", []),
        ("0325123456", "0325123456", []),
        ("0563123456", "0563123456", []),
        ("0703123456", "0703123456", []),
        ("0812345678", "0812345678", []),
        ("0236 3822 100", "02363822100", []),
        ("(0236) 3822100", "02363822100", []),
        ("0235 3812345", "02353812345", []),
        ("024 3825 1234", "02438251234", []),
        ("905123456", "0905123456", ["phone_zero"]),
        ("+1 415 555 2671", "+14155552671", ["phone_foreign"]),
        ("+82 10 1234 5678", "+821012345678", ["phone_foreign"]),
    ],
)
def test_a_phone_number_is_read_however_it_is_parted(said, number, doubts):
    assert data_and_doubts(Kind.PHONE, said) == (number, doubts)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("0905-123-45a", "phone_letters"),
        ("abc", "phone_letters"),
        ("0905123456; DROP", "phone_letters"),
        ("không có", "phone_letters"),
        ("01203123456", "phone_old_prefix"),
        ("01693123456", "phone_old_prefix"),
        ("0511 3822100", "phone_old_prefix"),
        ("0510 3812345", "phone_old_prefix"),
        ("0125123456", "phone_prefix"),
        ("0405123456", "phone_prefix"),
        ("090512345", "phone_length"),
        ("090512345678", "phone_length"),
        ("1022", "phone_length"),
        ("+84905", "phone_length"),
        ("", "empty"),
    ],
)
def test_what_is_no_phone_number_is_told(said, code):
    assert refusal(Kind.PHONE, said) == code


def test_an_old_prefix_is_told_with_todays():
    with pytest.raises(Unreadable) as error:
        read(blank(Kind.PHONE), "01203123456", TODAY)

    assert error.value.message.vi == (
        "Đầu số 0120 đã đổi thành 070. Số hiện nay là 0703123456, đúng thì anh/chị ghi lại số này giúp."
    )


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("3", 3),
        ("0", 0),
        ("03", 3),
        ("3 bản", 3),
        ("3 bản sao", 3),
        ("xin 3 bản", 3),
        ("ba", 3),
        ("ba bản", 3),
        ("mười", 10),
        ("mười hai", 12),
        ("hai lăm", 25),
        ("hai mươi mốt", 21),
        ("một trăm", 100),
        ("một trăm linh hai", 102),
        ("một trăm lẻ hai người", 102),
        ("1.000", 1000),
        ("two", 2),
    ],
)
def test_a_count_is_read_in_digits_and_words(said, number):
    assert data_and_doubts(Kind.NUMBER, said) == (number, [])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("-1", "number_unreadable"),
        ("1,5", "number_unreadable"),
        ("ba rưỡi", "number_unreadable"),
        ("hai ba", "number_unreadable"),
        ("3 hay 4", "number_unreadable"),
        ("3a", "number_unreadable"),
        ("abc", "number_unreadable"),
        ("vài bản", "number_unreadable"),
        ("101", "number_range"),
        ("0", "number_range"),
        ("9" * 400, "number_range"),
    ],
)
def test_what_is_no_count_is_told(said, code):
    assert refusal(Kind.NUMBER, said, least=1, most=100) == code


@pytest.mark.parametrize(
    ("said", "area", "shown"),
    [
        ("85,5 m2", 85.5, "85,5 m²"),
        ("85.5", 85.5, "85,5 m²"),
        ("85,5m²", 85.5, "85,5 m²"),
        ("100", 100, "100 m²"),
        ("100 mét vuông", 100, "100 m²"),
        ("100 met vuong", 100, "100 m²"),
        ("rộng 100m2", 100, "100 m²"),
        ("1.200 m2", 1200, "1.200 m²"),
        ("1.200,5 m²", 1200.5, "1.200,5 m²"),
        ("1 ha", 10000, "10.000 m²"),
        ("0,5 héc ta", 5000, "5.000 m²"),
        ("tám mươi lăm mét vuông", 85, "85 m²"),
        ("120 sqm", 120, "120 m²"),
    ],
)
def test_an_area_is_read_in_square_metres(said, area, shown):
    value = read(blank(Kind.AREA), said, TODAY)

    assert (value.data, value.shown) == (area, shown)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2 sào", "area_unit"),
        ("1 mẫu", "area_unit"),
        ("0", "area_unreadable"),
        ("-5 m2", "area_unreadable"),
        ("rộng lắm", "area_unreadable"),
        ("5x20", "area_unreadable"),
    ],
)
def test_what_is_no_area_is_told(said, code):
    assert refusal(Kind.AREA, said) == code


@pytest.mark.parametrize(
    ("said", "amount", "shown"),
    [
        ("50.000", 50_000, "50.000 đồng"),
        ("50,000", 50_000, "50.000 đồng"),
        ("50000đ", 50_000, "50.000 đồng"),
        ("50.000 VNĐ", 50_000, "50.000 đồng"),
        ("50k", 50_000, "50.000 đồng"),
        ("50 nghìn", 50_000, "50.000 đồng"),
        ("50 ngàn đồng", 50_000, "50.000 đồng"),
        ("năm mươi nghìn", 50_000, "50.000 đồng"),
        ("nam muoi nghin dong", 50_000, "50.000 đồng"),
        ("50 triệu", 50_000_000, "50.000.000 đồng"),
        ("50tr", 50_000_000, "50.000.000 đồng"),
        ("1tr5", 1_500_000, "1.500.000 đồng"),
        ("1,5 triệu", 1_500_000, "1.500.000 đồng"),
        ("2 triệu rưỡi", 2_500_000, "2.500.000 đồng"),
        ("nửa triệu", 500_000, "500.000 đồng"),
        ("1 triệu 250", 1_250_000, "1.250.000 đồng"),
        ("1 triệu 250 nghìn", 1_250_000, "1.250.000 đồng"),
        ("1 tỷ 2", 1_200_000_000, "1.200.000.000 đồng"),
        ("1 tỷ 250 triệu", 1_250_000_000, "1.250.000.000 đồng"),
        ("một tỷ rưỡi", 1_500_000_000, "1.500.000.000 đồng"),
        ("1.000.000.000 đồng", 1_000_000_000, "1.000.000.000 đồng"),
        ("một trăm hai mươi lăm triệu đồng", 125_000_000, "125.000.000 đồng"),
        ("hai trăm nghìn", 200_000, "200.000 đồng"),
        ("một trăm rưỡi nghìn", 150_000, "150.000 đồng"),
        ("vốn 200 triệu", 200_000_000, "200.000.000 đồng"),
        ("1.500.000đ/tháng", 1_500_000, "1.500.000 đồng"),
        ("50 triệu đồng chẵn", 50_000_000, "50.000.000 đồng"),
        ("0 đồng", 0, "0 đồng"),
        ("5 million", 5_000_000, "5.000.000 đồng"),
    ],
)
def test_money_is_read_in_figures_words_and_short_forms(said, amount, shown):
    value = read(blank(Kind.MONEY), said, TODAY)

    assert (value.data, value.shown, value.warnings) == (amount, shown, ())


def test_a_very_small_amount_is_doubted():
    assert data_and_doubts(Kind.MONEY, "50") == (50, ["money_few"])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("100 usd", "money_currency"),
        ("$100", "money_currency"),
        ("100 đô la", "money_currency"),
        ("-5", "money_unreadable"),
        ("1,5 đồng", "money_unreadable"),
        ("1 triệu 25", "money_unreadable"),
        ("²", "money_unreadable"),
        ("vài triệu", "money_unreadable"),
        ("triệu", "money_unreadable"),
        ("=1+1", "money_unreadable"),
        ("9" * 30, "money_unreadable"),
    ],
)
def test_what_is_no_amount_is_told(said, code):
    assert refusal(Kind.MONEY, said) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("0400123456", "0400123456"),
        ("0400 123 456", "0400123456"),
        ("MST 0400123456", "0400123456"),
        ("mã số thuế: 0400123456", "0400123456"),
        ("0400123456-001", "0400123456-001"),
        ("0400123456001", "0400123456-001"),
        ("048190001234", "048190001234"),
    ],
)
def test_a_tax_code_has_ten_thirteen_or_twelve_digits(said, code):
    assert data_and_doubts(Kind.TAX_CODE, said) == (code, [])


@pytest.mark.parametrize("said", ["123", "04001234567", "040012345a", "abc", "{{ 0400123456 }}"])
def test_what_is_no_tax_code_is_told(said):
    assert refusal(Kind.TAX_CODE, said) == "tax_code"
