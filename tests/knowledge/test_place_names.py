"""A place is read however it is written, asked about where it may be several, and not guessed where it is none of ours."""

from __future__ import annotations

import pytest

from knowledge.place_names import Match, PlaceMention, Reading, choose_place, find_place, place_in
from knowledge.places import places
from knowledge.text import fold


def _told(mention: PlaceMention | None):
    """What was read, short: the unit where it is sure, else how it was read and the units it may be."""
    if mention is None:
        return None
    names = [match.unit.full_name for match in mention.matches]
    return names[0] if mention.reading is Reading.FOUND else (mention.reading.value, *names)


def test_every_unit_of_today_is_read_by_its_own_name():
    for unit in places().units.values():
        assert find_place(unit.full_name).match.unit.code == unit.code
        assert find_place(unit.full_name.upper()).match.unit.code == unit.code
        assert find_place(fold(unit.full_name)).match.unit.code == unit.code


def test_the_old_name_is_told_with_the_unit_of_today():
    mention = find_place("Phường Hoà Cường Bắc (cũ), quận Hải Châu")

    unit = places().units["20257"]
    (former,) = (former for former in unit.was if former.name == "Hòa Cường Bắc")
    assert mention == PlaceMention(Reading.FOUND, "Phường Hoà Cường Bắc (cũ)", 0, 25, (Match(unit, former),))


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Hoà Cường", "phường Hòa Cường"),
        ("hòa cường", "phường Hòa Cường"),
        ("hoà-cường", "phường Hòa Cường"),
        ("hoacuong", "phường Hòa Cường"),
        ("HÒA CƯỜNG", "phường Hòa Cường"),
        ("Hoa Cường", "phường Hòa Cường"),
        ("phường Hoà Cương Bắc", "phường Hòa Cường"),
        ("Hòa Quí", "phường Ngũ Hành Sơn"),
        ("hoa qui", "phường Ngũ Hành Sơn"),
        ("Mĩ An", "phường Ngũ Hành Sơn"),
        ("A Vương", "xã Avương"),
        ("Avương", "xã Avương"),
        ("a vuong", "xã Avương"),
        ("AVUONG", "xã Avương"),
        ("La Êê", "xã La Êê"),
        ("Laêê", "xã La Êê"),
        ("la ê ê", "xã La Êê"),
        ("xa laee", "xã La Êê"),
        ("La Dêê", "xã La Dêê"),
        ("Ch'ơm", "xã Hùng Sơn"),
        ("xã Chơm", "xã Hùng Sơn"),
        ("Tr'Hy", "xã Hùng Sơn"),
        ("trhy", "xã Hùng Sơn"),
        ("thị trấn P'rao", "xã Đông Giang"),
        ("Tam Xuân 1", "xã Tam Xuân"),
        ("Tam Xuân II", "xã Tam Xuân"),
        ("phường Hải Châu I", "phường Hải Châu"),
        ("p. HCB", "phường Hòa Cường"),
        ("P.NHĐ", "phường Sơn Trà"),
        ("huyện đảo Hoàng Sa", "đặc khu Hoàng Sa"),
        ("huyện Hoàng Sa", "đặc khu Hoàng Sa"),
        ("quận Ngũ Hành Sơn", "phường Ngũ Hành Sơn"),
        ("Hoa Khanh ward", "phường Hòa Khánh"),
        ("former Hoa Phong commune, Hoa Vang district", "xã Hòa Vang"),
        ("xã Hòa Liên nay là phường Hải Vân", "phường Hải Vân"),
        ("p.hoa tho dong q.cam le", "phường Cẩm Lệ"),
        ("Hòa Thọ Đông - Cẩm Lệ - Đà Nẵng", "phường Cẩm Lệ"),
        ("Hòa Thọ Đông\nCẩm Lệ", "phường Cẩm Lệ"),
        ("nai hien dong son tra", "phường Sơn Trà"),
        ("phường An Khê, Thanh Khê", "phường An Khê"),
        ("Phước Mỹ, Sơn Trà", "phường An Hải"),
        ("Phước Mỹ, Phước Sơn", "xã Phước Năng"),
        ("phường Phước Mỹ", "phường An Hải"),
        ("xã Phước Mỹ", "xã Phước Năng"),
        ("thi tran tan an", "xã Hiệp Đức"),
        ("xa thanh binh", "xã Thạnh Bình"),
        ("p thanh binh", "phường Hải Châu"),
        ("x. Tam An, h. Phú Ninh", "xã Tây Hồ"),
        ("x. Tam An h. Phú Ninh", "xã Tây Hồ"),
        ("Ba", "xã Sông Vàng"),
        ("xã Tư, Đông Giang", "xã Sông Vàng"),
        ("xa lang huyen tay giang", "xã Tây Giang"),
        ("Bình Dương, Thăng Bình", "xã Thăng An"),
        ("xã Bình Minh, huyện Thăng Bình, tỉnh Quảng Nam", "xã Thăng An"),
    ],
)
def test_spellings_of_one_name(written, unit):
    assert _told(find_place(written)) == unit


@pytest.mark.parametrize(
    ("address", "unit"),
    [
        ("K123/H45 Ông Ích Khiêm, phường Thanh Bình", "phường Hải Châu"),
        ("K123/H45 Ông Ích Khiêm, Thanh Bình, Hải Châu", "phường Hải Châu"),
        ("kiệt 45 Núi Thành, p. Hòa Thuận Đông, q. Hải Châu", "phường Hòa Cường"),
        ("24 Duy Tân, Hòa Thuận Tây, Hải Châu, Đà Nẵng", "phường Hòa Cường"),
        ("hẻm 5 đường Hoàng Sa, P. Mân Thái", "phường Sơn Trà"),
        ("tổ 12 Hòa Minh, Liên Chiểu", "phường Hòa Khánh"),
        ("thôn Phú Thuận, xã Đại Thắng, huyện Đại Lộc", "xã Phú Thuận"),
        ("thôn Tân An, xã Duy Nghĩa", "xã Duy Nghĩa"),
        ("12 Nguyễn Văn Linh, Thạc Gián, TP Đà Nẵng", "phường Thanh Khê"),
    ],
)
def test_an_address_is_read_by_its_ward_not_its_street(address, unit):
    assert _told(find_place(address)) == unit


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Hòa Liên", ("split", "phường Hải Vân", "phường Liên Chiểu")),
        ("xã Hòa Liên, huyện Hòa Vang", ("split", "phường Hải Vân", "phường Liên Chiểu")),
        ("hoa lien, hoa vang", ("split", "phường Hải Vân", "phường Liên Chiểu")),
        ("Phước Mỹ", ("same_name", "phường An Hải", "xã Phước Năng")),
        ("tan an", ("same_name", "phường Hội An Tây", "xã Hiệp Đức")),
        ("xa tam dan, phu ninh", ("same_name", "xã Chiên Đàn", "xã Phú Ninh")),
        ("xa tam thanh", ("same_name", "phường Quảng Phú", "xã Tây Hồ", "xã Đức Phú")),
        ("thanh binh", ("same_name", "xã Thạnh Bình", "phường Hải Châu")),
        ("Q. Cẩm Lệ", ("district", "phường Cẩm Lệ", "phường An Khê", "phường Hòa Xuân")),
        ("Cẩm Lệ", ("district", "phường Cẩm Lệ", "phường An Khê", "phường Hòa Xuân")),
        ("Sơn Trà, Đà Nẵng", ("district", "phường Sơn Trà", "phường An Hải")),
        ("p. HC", ("short_form", "phường Hải Châu", "phường Hòa Cường")),
        ("P.HC", ("short_form", "phường Hải Châu", "phường Hòa Cường")),
        ("phường Bến Nghé, quận 1", ("unknown",)),
        ("xã Không Tên Đó", ("unknown",)),
    ],
)
def test_a_name_that_may_be_several_is_asked_about(written, told):
    assert _told(find_place(written)) == told


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "🏠",
        "Đà Nẵng",
        "phường Đà Nẵng",
        "phường 9",
        "P9",
        "quận Tân Bình",
        "thị xã Hương Trà",
        "xã Bình Minh, tỉnh Thanh Hóa",
        "xã Bình Minh huyện Hoằng Hóa tỉnh Thanh Hóa",
        "phường Hòa An, Biên Hòa, Đồng Nai",
        "phuong hoa an, bien hoa, dong nai",
        "phường An Phú, TP Hồ Chí Minh",
        "12 Lê Lợi, Thuận An, Bình Dương",
        "đường Hoàng Sa",
        "24 Núi Thành",
        "chuyển từ phường Hòa Minh về phường Hải Châu",
    ],
)
def test_no_unit_of_ours_is_guessed(written):
    assert find_place(written) is None


@pytest.mark.parametrize(
    ("text", "said", "told"),
    [
        ("nhà em ở Hòa Cường Bắc thì nộp chỗ mô", "Hòa Cường Bắc", "phường Hòa Cường"),
        ("nha em o hoa cuong bac thi nop cho mo", "hoa cuong bac", "phường Hòa Cường"),
        ("NHA EM O HOA CUONG BAC THI NOP CHO MO", "HOA CUONG BAC", "phường Hòa Cường"),
        ("nhà em ở Hoa Khanh, muốn đăng ký tạm trú", "Hoa Khanh", "phường Hòa Khánh"),
        ("ubnd phường Thạc Gián cũ giờ ở đâu", "phường Thạc Gián cũ", "phường Thanh Khê"),
        ("Vĩnh Trung cũ giờ là phường nào", "Vĩnh Trung cũ", "phường Thanh Khê"),
        ("vinh trung cu gio la phuong nao", "vinh trung cu", "phường Thanh Khê"),
        ("khai sinh ở xã Ba cũ thì sao", "xã Ba cũ", "xã Sông Vàng"),
        ("khai sinh ở xã Tư, huyện Đông Giang", "xã Tư", "xã Sông Vàng"),
        ("khai sinh o xa dang huyen tay giang", "xa dang", "xã Tây Giang"),
        ("tui ở Hòa Liên, chừ làm giấy ở mô", "Hòa Liên", ("split", "phường Hải Vân", "phường Liên Chiểu")),
        ("nhà ở Hải Châu mới mua", "Hải Châu", ("district", "phường Hải Châu", "phường Hòa Cường")),
        ("tôi ở phường Hải Châu mới", "phường Hải Châu mới", "phường Hải Châu"),
        ("em ở P. Thanh Bình, Q. Hải Châu", "P. Thanh Bình", "phường Hải Châu"),
        ("toi o xa que minh huyen que son", "xa que minh", "xã Quế Sơn"),
        ("toi o Que Minh", "Que Minh", "xã Quế Sơn"),
        ("I live in Hoa Khanh ward", "Hoa Khanh ward", "phường Hòa Khánh"),
        ("we moved to An Hai last week", "An Hai", "phường An Hải"),
        ("tiệm dời từ Hòa Khánh xuống An Hải rồi", "An Hải", "phường An Hải"),
        ("xã Bình Dương làm giấy ở đâu", "xã Bình Dương", "xã Thăng An"),
        ("tôi ở xã Hoà Phú nay thuộc xã nào", "xã Hoà Phú", "xã Hòa Vang"),
        ("công an phường Hoà Minh làm việc mấy giờ", "phường Hoà Minh", "phường Hòa Khánh"),
    ],
)
def test_a_place_inside_a_question(text, said, told):
    mention = place_in(text)

    assert (mention.said, _told(mention)) == (said, told)
    assert text[mention.start : mention.end] == said


@pytest.mark.parametrize(
    ("said", "asked", "told"),
    [
        ("phường Hải Châu", ("20242", "20257"), "phường Hải Châu"),
        ("hai chau", ("20242", "20257"), "phường Hải Châu"),
        ("hòa cường", ("20242", "20257"), "phường Hòa Cường"),
        ("Hòa Minh", ("20242", "20257"), "phường Hòa Khánh"),
        ("quận Hải Châu", ("20242", "20257"), ("district", "phường Hải Châu", "phường Hòa Cường")),
        ("Hải Châu", ("20194", "20197"), ("district", "phường Hải Châu", "phường Hòa Cường")),
        ("không biết nữa", ("20242", "20257"), None),
    ],
)
def test_the_answer_to_which_of_these(said, asked, told):
    assert _told(choose_place(said, asked)) == told
