"""Addresses, identity papers, choices, free words, tables and e-mail addresses; the forms' own examples."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.forms.definition import Kind, forms
from assistant.forms.values import Unreadable, read
from tests.assistant.forms.blanks import TODAY, blank, data_and_doubts, refusal


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


FULL = "Căn cước số 048190001234, cấp ngày 20/11/2021, nơi cấp: Bộ Công an"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("căn cước 048190001234 cấp 20/11/2021 do Bộ Công an", FULL),
        ("Căn cước 048190001234 cấp 20/11/2021, Bộ Công an", FULL),
        ("can cuoc 048190001234 cap 20/11/2021 do bo cong an", FULL),
        ("048190001234, 20/11/2021, Bộ Công an", FULL),
        ("048 190 001 234 cấp ngày 20-11-2021 nơi cấp bộ công an", FULL),
        ("căn cước của tôi là 048190001234, ngày cấp: 20/11/2021, nơi cấp: BCA", FULL),
        ("Bộ Công an cấp căn cước 048190001234 ngày 20 tháng 11 năm 2021", FULL),
        (FULL, FULL),
        (
            "cccd 048190001234 ngày cấp 20/11/2021 nơi cấp Cục Cảnh sát QLHC về TTXH",
            "Căn cước công dân số 048190001234, cấp ngày 20/11/2021, nơi cấp: Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        ),
        (
            "hộ chiếu C1234567 cấp 1/1/2020 tại Cục Quản lý xuất nhập cảnh",
            "Hộ chiếu số C1234567, cấp ngày 01/01/2020, nơi cấp: Cục Quản lý xuất nhập cảnh",
        ),
        (
            "cmnd 201234567 do công an Đà Nẵng cấp ngày 5/6/2010",
            "Chứng minh nhân dân số 201234567, cấp ngày 05/06/2010, nơi cấp: Công an thành phố Đà Nẵng",
        ),
        (
            "passport C1234567 issued 1 May 2020 by Immigration Department",
            "Hộ chiếu số C1234567, cấp ngày 01/05/2020, nơi cấp: Cục Quản lý xuất nhập cảnh",
        ),
        ("số định danh 048190001234", "Số định danh cá nhân 048190001234"),
        (
            "Giấy khai sinh 87/2025 cấp 10/08/2025, UBND phường Hòa Khánh",
            "Giấy khai sinh số 87/2025, cấp ngày 10/08/2025, nơi cấp: UBND phường Hòa Khánh",
        ),
    ],
)
def test_a_paper_is_read_with_number_day_and_office(said, shown):
    value = read(blank(Kind.DOCUMENT), said, TODAY)

    assert (value.shown, value.warnings) == (shown, ())


def test_a_paper_is_kept_in_its_parts():
    assert read(blank(Kind.DOCUMENT), FULL, TODAY).data == {
        "type": "can_cuoc",
        "number": "048190001234",
        "issued_on": "2021-11-20",
        "issued_by": "Bộ Công an",
    }


@pytest.mark.parametrize(
    ("said", "paper", "doubts"),
    [
        ("048190001234", "can_cuoc", ["document_date_missing", "document_issuer_missing"]),
        ("cmnd 201234567", "cmnd", ["document_date_missing", "document_issuer_missing"]),
        ("201234567", "cmnd", ["document_date_missing", "document_issuer_missing"]),
        ("C1234567", "ho_chieu", ["document_date_missing", "document_issuer_missing"]),
        ("căn cước 048190001234 cấp 20/11/2021", "can_cuoc", ["document_issuer_missing"]),
        ("căn cước 048190001234 do Bộ Công an cấp", "can_cuoc", ["document_date_missing"]),
        ("passport AB12C345", "ho_chieu", ["document_passport", "document_date_missing", "document_issuer_missing"]),
        ("căn cước 048190001234 cấp năm 2021", "can_cuoc", ["document_date_missing", "document_issuer_missing"]),
        ("căn cước 999190001234 cấp 20/11/2021 Bộ Công an", "can_cuoc", ["identity_province"]),
    ],
)
def test_what_was_not_said_of_a_paper_is_doubted(said, paper, doubts):
    value = read(blank(Kind.DOCUMENT), said, TODAY)

    assert (value.data["type"], [doubt.code for doubt in value.warnings]) == (paper, doubts)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("căn cước 04819000123", "identity_length"),
        ("căn cước 201234567", "identity_old"),
        ("căn cước 048190001234 cấp 31/2/2021", "date_impossible"),
        ("căn cước 048190001234 cấp 20/11/2027", "date_future"),
        ("căn cước 048190001234 cấp 20/11/21", "date_century"),
        ("cccd 048190001234, cmnd 201234567", "document_several"),
        ("cmnd 2012345678", "document_number"),
        ("căn cước của tôi", "document_number"),
        ("mất rồi", "document_number"),
        ("", "empty"),
    ],
)
def test_a_paper_that_cannot_be_is_told(said, code):
    assert refusal(Kind.DOCUMENT, said) == code


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("có", "co"),
        ("Có ạ", "co"),
        ("dạ có", "co"),
        ("dạ", "co"),
        ("ừ", "co"),
        ("đúng rồi", "co"),
        ("yes", "co"),
        ("ok", "co"),
        ("không", "khong"),
        ("ko", "khong"),
        ("dạ không", "khong"),
        ("không có", "khong"),
        ("không cần ạ", "khong"),
        ("khỏi", "khong"),
        ("chưa", "khong"),
        ("no", "khong"),
    ],
)
def test_yes_and_no_are_read(said, answer):
    assert data_and_doubts(Kind.YES_NO, said) == (answer, [])


@pytest.mark.parametrize(
    "said", ["có không", "abc", "có hay không", "để tôi hỏi lại chồng tôi đã rồi mới trả lời có được"]
)
def test_what_is_neither_yes_nor_no_is_asked_again(said):
    assert refusal(Kind.YES_NO, said) == "yes_no"


OPTIONS = [
    {"id": "moi", "label": {"vi": "Xây dựng mới", "en": "New building"}, "said": ["xây mới"]},
    {"id": "sua", "label": {"vi": "Sửa chữa, cải tạo", "en": "Repair"}},
    {"id": "thuong_tru", "label": {"vi": "Đăng ký thường trú", "en": "Permanent residence"}, "said": ["thường trú"]},
    {"id": "tam_tru", "label": {"vi": "Đăng ký tạm trú", "en": "Temporary residence"}, "said": ["tạm trú"]},
]


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("moi", "moi"),
        ("xây mới", "moi"),
        ("xay moi", "moi"),
        ("Xây dựng mới", "moi"),
        ("new building", "moi"),
        ("sửa chữa", "sua"),
        ("cải tạo", "sua"),
        ("sửa chữa cải tạo", "sua"),
        ("tôi muốn đăng ký tạm trú", "tam_tru"),
        ("thuong tru ạ", "thuong_tru"),
        ("thuong_tru", "thuong_tru"),
    ],
)
def test_an_option_is_read_by_its_names(said, option):
    assert data_and_doubts(Kind.CHOICE, said, options=OPTIONS) == (option, [])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("đăng ký", "choice_ambiguous"),
        ("thường trú hay tạm trú", "choice_ambiguous"),
        ("không phải tạm trú", "choice_unknown"),
        ("xyz", "choice_unknown"),
        ("?", "choice_unknown"),
    ],
)
def test_an_unclear_choice_is_asked_again(said, code):
    assert refusal(Kind.CHOICE, said, options=OPTIONS) == code


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("45/2018", "45/2018"),
        ("UBND  phường\nHải Châu", "UBND phường Hải Châu"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("{% raw %}", "{% raw %}"),
        ("<w:p/>", "<w:p/>"),
        ("=1+1", "=1+1"),
        ("a\u0000\u202eb", "ab"),
        ("Hoa\u0300", "Hoà"),
        ("x" * 300, "x" * 300),
    ],
)
def test_a_line_of_words_is_only_words(said, text):
    value = read(blank(Kind.TEXT), said, TODAY)

    assert (value.data, value.shown) == (text, text)


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        (Kind.TEXT, "x" * 301, "text_long"),
        (Kind.LONG, "x" * 2001, "too_long"),
        (Kind.LONG, "\n", "empty"),
    ],
)
def test_words_that_fit_no_blank_are_told(kind, said, code):
    assert refusal(kind, said) == code


def test_a_long_text_keeps_its_lines():
    assert read(blank(Kind.LONG), "Đèn hỏng.\r\n\n  Đã ba ngày. \x07", TODAY).shown == "Đèn hỏng.\n\nĐã ba ngày."


@pytest.mark.parametrize(
    ("said", "email", "doubts"),
    [
        ("hoa.nguyen@gmail.com", "hoa.nguyen@gmail.com", []),
        ("Email: Hoa_90@Yahoo.com.vn", "Hoa_90@Yahoo.com.vn", []),
        ("hoa a còng gmail chấm com", "hoa@gmail.com", []),
        ("hoa gạch dưới an a còng danang chấm gov chấm vn", "hoa_an@danang.gov.vn", []),
        ("hoa+1@a.vn", "hoa+1@a.vn", []),
        ("hoa@gmail.con", "hoa@gmail.con", ["email_typo"]),
    ],
)
def test_an_email_address_is_read_written_and_spoken(said, email, doubts):
    assert data_and_doubts(Kind.EMAIL, said) == (email, doubts)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("hoa", "email_at"),
        ("hoa@", "email_form"),
        ("@gmail.com", "email_form"),
        ("a..b@gmail.com", "email_form"),
        ("hoa@gmail", "email_form"),
        ("hoa nguyen@gmail.com", "email_letters"),
        ("hòa@gmail.com", "email_letters"),
    ],
)
def test_what_is_no_email_address_is_told(said, code):
    assert refusal(Kind.EMAIL, said) == code


COLUMNS = [
    {"id": "name", "kind": "name", "label": {"vi": "Họ tên", "en": "Name"}, "required": True},
    {"id": "birth", "kind": "date", "label": {"vi": "Ngày sinh", "en": "Birth"}},
    {"id": "relation", "kind": "relation", "label": {"vi": "Quan hệ", "en": "Relation"}},
]
AN = {"name": "Lê An", "birth": "2010-02-01", "relation": "con"}
BINH = {"name": "Lê Bình", "birth": "2012-04-03", "relation": "chau"}


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("Lê An, 1/2/2010, con", [AN]),
        ("Lê An, 1/2/2010, con; Lê Bình, 3/4/2012, cháu", [AN, BINH]),
        ("Lê An, 1/2/2010, con\nLê Bình, 3/4/2012, cháu\n", [AN, BINH]),
        ("Lê An | 1/2/2010 | con\nLê Bình | 3/4/2012 | cháu", [AN, BINH]),
        ("Lê An\t1/2/2010\tcon", [AN]),
        ("1. Lê An, 1/2/2010, con\n2. Lê Bình, 3/4/2012, cháu", [AN, BINH]),
        ("Lê An; 1/2/2010; con", [AN]),
        ("Lê An", [{"name": "Lê An"}]),
        ("Lê An,,con", [{"name": "Lê An", "relation": "con"}]),
        ('[{"name": "Lê An", "birth": "2010-02-01", "relation": "con"}]', [AN]),
        ('{"name": "Lê An", "birth": null}', [{"name": "Lê An"}]),
    ],
)
def test_a_table_is_read_row_by_row(said, rows):
    assert data_and_doubts(Kind.TABLE, said, columns=COLUMNS) == (rows, [])


def test_a_table_is_shown_in_rows_and_read_back():
    value = read(blank(Kind.TABLE, columns=COLUMNS), "Lê An, 1/2/2010, con; Lê Bình,, cháu", TODAY)

    assert value.shown == "Lê An | 01/02/2010 | Con\nLê Bình |  | Cháu"
    assert read(blank(Kind.TABLE, columns=COLUMNS), value.shown, TODAY) == value


@pytest.mark.parametrize(
    ("said", "code", "message"),
    [
        (
            "Lê An, 1/2/2010, con; Lê Bình, 31/2/2012, con",
            "date_impossible",
            "Dòng 2, cột «Ngày sinh»: Tháng 2 năm 2012 chỉ có 29 ngày",
        ),
        ("Lê An, x, con", "date_unreadable", "Dòng 1, cột «Ngày sinh»: "),
        (", 1/2/2010", "table_missing", "Dòng 1 còn thiếu «Họ tên»."),
        ("a, b, c, d", "table_cells", "Dòng 1 có 4 ô, bảng có 3 cột: Họ tên, Ngày sinh, Quan hệ."),
        ('[{"x": 1}]', "table_column", "Bảng không có cột «x»."),
        ("[1]", "table_json", "Tôi chưa đọc được bảng này."),
        ("[" * 1900, "table_json", "Tôi chưa đọc được bảng này."),
        ('[{"name": ["Lê An"]}]', "table_json", "Tôi chưa đọc được bảng này."),
        ("[]", "table_rows", "Bảng này nhận từ 1 đến 60 dòng, tôi đếm được 0."),
        ("a\n" * 61, "table_rows", "Bảng này nhận từ 1 đến 60 dòng, tôi đếm được 61."),
    ],
)
def test_a_table_says_which_cell_is_wrong(said, code, message):
    with pytest.raises(Unreadable) as error:
        read(blank(Kind.TABLE, columns=COLUMNS), said, TODAY)

    assert (error.value.code, error.value.message.vi[: len(message)]) == (code, message)


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.id)
def test_the_examples_of_every_form_are_read(form):
    shown = {field.id: read(field, field.example, date(2026, 11, 22)).shown for field in form.fields if field.example}

    assert all(shown.values())
