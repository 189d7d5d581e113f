"""Addresses in forms: the unit of today with the former one, as written where it is elsewhere or may be several."""

from __future__ import annotations

import pytest

from assistant.forms.definition import Kind
from assistant.forms.values import read
from tests.assistant.forms.blanks import TODAY, blank, refusal


def address_of(said):
    value = read(blank(Kind.ADDRESS), said, TODAY)
    return value.data["text"], value.data["former"], [doubt.code for doubt in value.warnings]


@pytest.mark.parametrize(
    ("said", "text", "former"),
    [
        ("123 Lê Duẩn, phường Hải Châu, Đà Nẵng", "123 Lê Duẩn, phường Hải Châu", ""),
        ("123 Lê Duẩn, phường Hải Châu, thành phố Đà Nẵng", "123 Lê Duẩn, phường Hải Châu", ""),
        ("Hòa Xuân", "phường Hòa Xuân", ""),
        (
            "123 Lê Duẩn, phường Hải Châu I, quận Hải Châu, Đà Nẵng",
            "123 Lê Duẩn, phường Hải Châu",
            "phường Hải Châu I, quận Hải Châu",
        ),
        (
            "123 Lê Duẩn phường Hải Châu I quận Hải Châu Đà Nẵng",
            "123 Lê Duẩn, phường Hải Châu",
            "phường Hải Châu I, quận Hải Châu",
        ),
        (
            "12 Trần Phú, phường Hòa Khánh Bắc, quận Liên Chiểu, TP Đà Nẵng",
            "12 Trần Phú, phường Liên Chiểu",
            "phường Hòa Khánh Bắc, quận Liên Chiểu",
        ),
        (
            "tôi ở 45 Ông Ích Khiêm, phường Thạch Thang",
            "45 Ông Ích Khiêm, phường Hải Châu",
            "phường Thạch Thang, quận Hải Châu",
        ),
        (
            "K123/H45/6 Ông Ích Khiêm, phường Thanh Bình",
            "K123/H45/6 Ông Ích Khiêm, phường Hải Châu",
            "phường Thanh Bình, quận Hải Châu",
        ),
        ("p. Thanh Bình, q. Hải Châu", "phường Hải Châu", "phường Thanh Bình, quận Hải Châu"),
        (
            "12 le duan, phuong thach thang, quan hai chau, da nang",
            "12 le duan, phường Hải Châu",
            "phường Thạch Thang, quận Hải Châu",
        ),
        ("thôn Phú Sơn, xã Hòa Khương", "thôn Phú Sơn, xã Hòa Tiến", "xã Hòa Khương, huyện Hòa Vang"),
        (
            "thôn 2, xã Trà Bui, huyện Bắc Trà My, tỉnh Quảng Nam",
            "thôn 2, xã Trà Đốc",
            "xã Trà Bui, huyện Bắc Trà My, tỉnh Quảng Nam",
        ),
        (
            "xã Điện Phương, thị xã Điện Bàn, Quảng Nam",
            "phường Điện Bàn",
            "xã Điện Phương, thị xã Điện Bàn, tỉnh Quảng Nam",
        ),
        ("thôn 1 xã Tam Xuân I huyện Núi Thành", "thôn 1, xã Tam Xuân", "xã Tam Xuân I, huyện Núi Thành"),
        ("thị trấn Nam Phước, huyện Duy Xuyên", "xã Nam Phước", "thị trấn Nam Phước, huyện Duy Xuyên"),
        ("phường Hòa Cường, quận Hải Châu", "phường Hòa Cường", ""),
        (
            "Bệnh viện Phụ sản - Nhi Đà Nẵng, 402 Lê Văn Hiến, phường Ngũ Hành Sơn, Đà Nẵng",
            "Bệnh viện Phụ sản - Nhi Đà Nẵng, 402 Lê Văn Hiến, phường Ngũ Hành Sơn",
            "",
        ),
        (
            "12 đường Quảng Nam, phường Thạch Thang",
            "12 đường Quảng Nam, phường Hải Châu",
            "phường Thạch Thang, quận Hải Châu",
        ),
        ("{{ x }}, phường Thạch Thang", "{{ x }}, phường Hải Châu", "phường Thạch Thang, quận Hải Châu"),
    ],
)
def test_an_address_gets_the_unit_of_today_and_keeps_the_former(said, text, former):
    assert address_of(said) == (f"{text}, thành phố Đà Nẵng", former, [])


def test_an_address_is_shown_with_its_former_unit_and_read_back():
    shown = "123 Lê Duẩn, phường Hải Châu, thành phố Đà Nẵng (trước đây: phường Hải Châu I, quận Hải Châu)"
    value = read(blank(Kind.ADDRESS), "123 Lê Duẩn, phường Hải Châu I, quận Hải Châu", TODAY)

    assert value.shown == shown
    assert read(blank(Kind.ADDRESS), shown, TODAY) == value


@pytest.mark.parametrize(
    "said",
    [
        "45 Nguyễn Văn Linh, phường Bến Nghé, Quận 1, TP Hồ Chí Minh",
        "thôn A, xã B, huyện C, tỉnh Nghệ An",
        "Hà Nội",
        "45 Nguyễn Văn Linh, Q1, TPHCM",
        "12 Rue de Paris, Lyon",
        "12 İstiklal, İstanbul",
    ],
)
def test_an_address_of_elsewhere_stays_as_written(said):
    assert address_of(said) == (said, "", [])


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ("K123/45 Hoàng Diệu, quận Hải Châu, Đà Nẵng", "address_which"),
        ("123 Lê Lợi, Hội An", "address_which"),
        ("huyện Hòa Vang", "address_which"),
        ("phường Lung Linh, Đà Nẵng", "address_unknown"),
    ],
)
def test_an_address_that_may_be_several_stays_as_written_and_is_asked_about(said, doubt):
    assert address_of(said) == (said, "", [doubt])


@pytest.mark.parametrize(
    ("said", "code"), [("a", "address_short"), ("...", "address_short"), ("a1 " * 150, "address_long"), ("", "empty")]
)
def test_what_is_no_address_is_told(said, code):
    assert refusal(Kind.ADDRESS, said) == code
