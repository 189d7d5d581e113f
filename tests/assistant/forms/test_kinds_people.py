"""Names, sexes, peoples, countries and relatives."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.forms.definition import Kind
from assistant.forms.kinds import people
from assistant.forms.values import read
from tests.assistant.forms.blanks import TODAY, blank, data_and_doubts, refusal


@pytest.mark.parametrize(
    ("said", "name", "doubts"),
    [
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa", []),
        ("NGUYỄN THỊ HOA", "NGUYỄN THỊ HOA", []),
        ("nguyễn thị hoa", "Nguyễn Thị Hoa", []),
        ("nguyen thi hoa", "Nguyen Thi Hoa", ["name_unmarked"]),
        ("Tran Van Nam", "Tran Van Nam", ["name_unmarked"]),
        ("Cao Minh Long", "Cao Minh Long", []),
        ("Lê An", "Lê An", []),
        ("  Lê   Minh  An ", "Lê Minh An", []),
        ("Le\u0302 Minh An", "Lê Minh An", []),
        ("Lê Minh An.", "Lê Minh An", []),
        ("«Lê Minh An»", "Lê Minh An", []),
        ("tôi tên là Lê Minh An", "Lê Minh An", []),
        ("tên: Lê Minh An", "Lê Minh An", []),
        ("dạ, mẹ tên Trần Thị Mai ạ", "Trần Thị Mai", []),
        ("con tôi tên Lê Minh An nhé", "Lê Minh An", []),
        ("my name is John Smith", "John Smith", []),
        ("tên cháu là Lê An", "Lê An", []),
        ("Đinh Thị Nha", "Đinh Thị Nha", []),
        ("ông Nguyễn Văn Bình", "Nguyễn Văn Bình", []),
        ("Ông Văn Tám", "Ông Văn Tám", []),
        ("Zơrâm Bhling", "Zơrâm Bhling", []),
        ("Pơloong Thị Đhing", "Pơloong Thị Đhing", []),
        ("Alăng Bhươch", "Alăng Bhươch", []),
        ("alăng bhươch", "Alăng Bhươch", []),
        ("A Viết", "A Viết", []),
        ("Hồ Văn Ơ", "Hồ Văn Ơ", []),
        ("Bhnướch Thị Ưng", "Bhnướch Thị Ưng", []),
        ("Coor Nhâm", "Coor Nhâm", []),
        ("K'Sor H'Lan", "K'Sor H'Lan", []),
        ("k’sor h’lan", "K'Sor H'Lan", []),
        ("O’Brien Mary", "O'Brien Mary", []),
        ("Jean-Luc Müller", "Jean-Luc Müller", []),
        ("José María Núñez", "José María Núñez", []),
        ("Đỗ Thị Ỷ", "Đỗ Thị Ỷ", []),
        ("Hoa", "Hoa", ["name_single"]),
        ("Zơrâm\u200b Bhling", "Zơrâm Bhling", []),
    ],
)
def test_a_name_keeps_the_letters_it_was_written_with(said, name, doubts):
    assert data_and_doubts(Kind.NAME, said) == (name, doubts)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("\u200b\u0000", "empty"),
        ("Lê Văn 2", "name_digits"),
        ("0905123456", "name_digits"),
        ("{{ 7*7 }}", "name_digits"),
        ("{{ name }}", "name_signs"),
        ("{% for x in y %}", "name_signs"),
        ("<w:t>Lê An</w:t>", "name_signs"),
        ("=SUM(A)", "name_signs"),
        ("Lê_An", "name_signs"),
        ("Lê An @", "name_signs"),
        ("---", "name_signs"),
        ("...", "name_signs"),
        ("王小明", "name_script"),
        ("Иван Петров", "name_script"),
        ("không biết", "name_sentence"),
        ("Lê An và Lê Bình", "name_sentence"),
        ("chưa đặt tên", "name_sentence"),
        ("bỏ qua", "name_sentence"),
        ("tên gì cũng được", "name_sentence"),
        ("a" * 101, "name_long"),
        ("Lê " * 11, "name_long"),
        ("a" * 10_000, "too_long"),
    ],
)
def test_what_is_no_name_is_told(said, code):
    assert refusal(Kind.NAME, said) == code


@pytest.mark.parametrize(
    ("said", "sex"),
    [
        ("nam", "nam"),
        ("Nam", "nam"),
        ("trai", "nam"),
        ("con trai", "nam"),
        ("bé trai ạ", "nam"),
        ("male", "nam"),
        ("boy", "nam"),
        ("nữ", "nu"),
        ("nu", "nu"),
        ("gái", "nu"),
        ("cháu là con gái", "nu"),
        ("giới tính nữ", "nu"),
        ("Female", "nu"),
        ("dạ gái", "nu"),
    ],
)
def test_a_sex_is_read_in_every_word_for_it(said, sex):
    assert data_and_doubts(Kind.SEX, said) == (sex, [])


@pytest.mark.parametrize("said", ["x", "nam hay nữ", "không rõ", "1", "trai gái"])
def test_what_is_no_sex_is_asked_again(said):
    assert refusal(Kind.SEX, said) == "sex"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("kinh", "Kinh"),
        ("dân tộc Kinh", "Kinh"),
        ("người Kinh", "Kinh"),
        ("Cơ Tu", "Cơ Tu"),
        ("cơtu", "Cơ Tu"),
        ("co tu", "Cơ Tu"),
        ("Ka-tu", "Cơ Tu"),
        ("K'tu", "Cơ Tu"),
        ("Xê Đăng", "Xơ Đăng"),
        ("ca dong", "Xơ Đăng"),
        ("Bh'noong", "Gié - Triêng"),
        ("Gié Triêng", "Gié - Triêng"),
        ("giẻ triêng", "Gié - Triêng"),
        ("Cor", "Co"),
        ("H'Mông", "Mông"),
        ("hmong", "Mông"),
        ("Ê-đê", "Ê Đê"),
        ("vân kiều", "Bru - Vân Kiều"),
        ("dân tộc La Chí", "La Chí"),
        ("Khơ me", "Khmer"),
        ("Ba-na", "Ba Na"),
    ],
)
def test_a_people_is_read_in_its_spellings(said, name):
    assert data_and_doubts(Kind.ETHNICITY, said) == (name, [])


def test_a_people_that_is_not_listed_stays_as_said_with_a_doubt():
    assert data_and_doubts(Kind.ETHNICITY, "Yamato") == ("Yamato", ["ethnicity_unlisted"])


@pytest.mark.parametrize(
    "said", ["123", "{{ x }}", "không rõ", "Kinh và Cơ Tu", "tôi không biết ghi dân tộc nào cho cháu cả"]
)
def test_what_is_no_people_is_told(said):
    assert refusal(Kind.ETHNICITY, said) == "ethnicity_unreadable"


@pytest.mark.parametrize(
    ("said", "country"),
    [
        ("Việt Nam", "Việt Nam"),
        ("vn", "Việt Nam"),
        ("viet nam", "Việt Nam"),
        ("quốc tịch Việt Nam", "Việt Nam"),
        ("Vietnamese", "Việt Nam"),
        ("Mỹ", "Hoa Kỳ"),
        ("USA", "Hoa Kỳ"),
        ("người Mỹ", "Hoa Kỳ"),
        ("Hàn", "Hàn Quốc"),
        ("South Korea", "Hàn Quốc"),
        ("nhật", "Nhật Bản"),
        ("Lào", "Lào"),
        ("nước Lào", "Lào"),
        ("Úc", "Ô-xtrây-li-a"),
        ("Ý", "I-ta-li-a"),
        ("Miến Điện", "Mi-an-ma"),
        ("Việt Nam và Hoa Kỳ", "Việt Nam, Hoa Kỳ"),
        ("không quốc tịch", "Không quốc tịch"),
        ("VN/Pháp", "Việt Nam, Pháp"),
    ],
)
def test_a_country_is_read_in_its_names(said, country):
    assert data_and_doubts(Kind.NATIONALITY, said) == (country, [])


def test_a_country_that_is_not_listed_stays_as_said_with_a_doubt():
    assert data_and_doubts(Kind.NATIONALITY, "Vanuatu") == ("Vanuatu", ["nationality_unlisted"])


@pytest.mark.parametrize("said", ["42", "<x/>"])
def test_what_is_no_country_is_told(said):
    assert refusal(Kind.NATIONALITY, said) == "nationality_unreadable"


@pytest.mark.parametrize(
    ("said", "relation", "shown"),
    [
        ("mẹ", "me", "Mẹ"),
        ("má", "me", "Mẹ"),
        ("mạ", "me", "Mẹ"),
        ("mẹ đẻ", "me", "Mẹ"),
        ("tôi là mẹ của cháu", "me", "Mẹ"),
        ("I am the mother", "me", "Mẹ"),
        ("cha", "cha", "Cha"),
        ("bố", "cha", "Cha"),
        ("tía", "cha", "Cha"),
        ("ba ruột", "cha", "Cha"),
        ("father", "cha", "Cha"),
        ("bà", "ba", "Bà"),
        ("bà nội", "ba", "Bà nội"),
        ("ba noi", "ba", "Bà nội"),
        ("mệ ngoại", "ba", "Bà ngoại"),
        ("ông ngoại", "ong", "Ông ngoại"),
        ("ông", "ong", "Ông"),
        ("o", "co", "Cô"),
        ("dượng", "cha_duong", "Cha dượng"),
        ("cậu ruột", "cau", "Cậu"),
        ("anh trai", "anh", "Anh"),
        ("chị", "chi", "Chị"),
        ("em gái", "em", "Em gái"),
        ("con", "con", "Con"),
        ("con dâu", "con_dau", "Con dâu"),
        ("con rể", "con_re", "Con rể"),
        ("vợ", "vo", "Vợ"),
        ("vợ chủ hộ", "vo", "Vợ"),
        ("là bố đứa bé", "cha", "Cha"),
        ("chồng", "chong", "Chồng"),
        ("chong", "chong", "Chồng"),
        ("cháu nội", "chau", "Cháu nội"),
        ("chính tôi", "ban_than", "Bản thân"),
        ("bản thân", "ban_than", "Bản thân"),
        ("chủ hộ", "chu_ho", "Chủ hộ"),
        ("người giám hộ", "nguoi_giam_ho", "Người giám hộ"),
        ("nguoi giam ho", "nguoi_giam_ho", "Người giám hộ"),
        ("ở nhờ", "nguoi_o_nho", "Người ở nhờ"),
        ("được uỷ quyền", "nguoi_duoc_uy_quyen", "Người được ủy quyền"),
    ],
)
def test_a_relation_becomes_its_id_and_the_form_s_word(said, relation, shown):
    value = read(blank(Kind.RELATION), said, TODAY)

    assert (value.data, value.shown, value.warnings) == (relation, shown, ())


def test_ba_without_its_mark_is_a_father_with_a_doubt():
    assert data_and_doubts(Kind.RELATION, "ba") == ("cha", ["relation_unmarked"])


def test_an_unknown_relation_stays_as_said():
    assert data_and_doubts(Kind.RELATION, "hàng xóm") == ("hàng xóm", ["relation_unlisted"])


@pytest.mark.parametrize("said", ["123", "{{ x }}", "tôi cũng chưa biết phải ghi thế nào"])
def test_what_is_no_relation_is_told(said):
    assert refusal(Kind.RELATION, said) == "relation_unreadable"


def test_all_54_peoples_are_listed():
    told = [
        line
        for line in (Path(people.__file__).with_name("ethnicities.yaml")).read_text("utf-8").splitlines()
        if ": [" in line
    ]

    assert len(told) == 54
    assert {read(blank(Kind.ETHNICITY), line.split(":")[0], TODAY).data for line in told} == {
        line.split(":")[0] for line in told
    }
