"""Choices, free words, tables and e-mail addresses; the forms' own examples."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.forms.definition import Kind, forms
from assistant.forms.values import Unreadable, read
from tests.assistant.forms.blanks import TODAY, blank, data_and_doubts, refusal


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
