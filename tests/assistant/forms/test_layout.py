"""The layout with values in it: what is text, what a value, what is left to write by hand."""

from __future__ import annotations

import pytest

from assistant.forms.definition import Form, Kind, Line, forms
from assistant.forms.layout import (
    Part,
    Piece,
    applying,
    column_widths,
    dots,
    is_addressee,
    mark,
    notice,
    pieces,
    rows,
    shares,
    signers,
)
from assistant.forms.values import Held
from tests.assistant.forms.filled import everything

BIRTH = {"child_birth": Held(data="2026-11-05", shown="05/11/2026")}
YEAR = {"mother_birth": Held(data="1990", shown="1990")}
COPIES = {"copies_wanted": Held(data="co", shown="Có")}
NAME = {"child_name": Held(data="Bling  Thị\u202e Đen", shown="Bling  Thị\u202e Đen")}


@pytest.fixture
def form() -> Form:
    return forms()["khai-sinh"]


@pytest.mark.parametrize(
    ("text", "values", "told"),
    [
        ("Sinh: {child_birth}", BIRTH, [Piece(Part.TEXT, "Sinh: "), Piece(Part.VALUE, "05/11/2026")]),
        ("{child_birth|day}", BIRTH, [Piece(Part.VALUE, "05")]),
        ("{child_birth|month}", BIRTH, [Piece(Part.VALUE, "11")]),
        ("{child_birth|year}", BIRTH, [Piece(Part.VALUE, "2026")]),
        (
            "{child_birth|words}",
            BIRTH,
            [Piece(Part.VALUE, "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu")],
        ),
        ("{child_birth|day}", {}, [Piece(Part.BLANK, "......")]),
        ("{child_birth}", {}, [Piece(Part.BLANK, "." * 20, room=20)]),
        ("{copies_number}", {}, [Piece(Part.BLANK, "." * 10)]),
        ("{mother_birth|year}", YEAR, [Piece(Part.VALUE, "1990")]),
        ("{mother_birth|day}", YEAR, [Piece(Part.BLANK, "......")]),
        ("{mother_birth|words}", YEAR, [Piece(Part.BLANK, "." * 20, room=20)]),
        ("{child_name|upper}", NAME, [Piece(Part.VALUE, "BLING THỊ ĐEN")]),
        ("{child_name}", NAME, [Piece(Part.VALUE, "Bling Thị Đen")]),
        (
            "Có {copies_wanted|tick:co}, Không {copies_wanted|tick:khong}",
            COPIES,
            [
                Piece(Part.TEXT, "Có\u00a0"),
                Piece(Part.TICK, "☒"),
                Piece(Part.TEXT, ", Không\u00a0"),
                Piece(Part.TICK, "☐"),
            ],
        ),
        ("{copies_wanted|tick:co} Cần", {}, [Piece(Part.TICK, "☐"), Piece(Part.TEXT, "\u00a0Cần")]),
        ("Cư trú: (2) ở", {}, [Piece(Part.TEXT, "Cư trú: "), Piece(Part.NOTE, "(2)"), Piece(Part.TEXT, " ở")]),
        ("Tên(2)", {}, [Piece(Part.TEXT, "Tên"), Piece(Part.NOTE, "(2)")]),
        ("(2) mục hai", {}, [Piece(Part.TEXT, "(2) mục hai")]),
        ("Điều (99)", {}, [Piece(Part.TEXT, "Điều (99)")]),
        ("ngày …… tháng …", {}, [Piece(Part.TEXT, "ngày .... tháng ..")]),
        (
            "{child_birth} Dân tộc: {child_name} ghi bằng chữ: x",
            BIRTH | NAME,
            [
                Piece(Part.VALUE, "05/11/2026"),
                Piece(Part.TEXT, "    Dân tộc: "),
                Piece(Part.VALUE, "Bling Thị Đen"),
                Piece(Part.TEXT, " ghi bằng chữ: x"),
            ],
        ),
        ("", {}, []),
    ],
)
def test_a_line_is_taken_apart(form: Form, text: str, values: dict[str, Held], told: list[Piece]):
    assert list(pieces(text, form, values)) == told


def test_money_is_told_in_words():
    form = forms()["ho-kinh-doanh-thanh-lap"]
    field = next(field for field in form.fields if field.kind is Kind.MONEY)
    values = {field.id: Held(data=100_000_000, shown="100.000.000 đồng")}

    assert pieces(f"{{{field.id}|words}}", form, values) == (Piece(Part.VALUE, "một trăm triệu đồng"),)


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("Lê An | 14/09/2020 | Nam | 048220003579 | Con", [["1", "Lê An", "14/09/2020", "Nam", "048220003579", "Con"]]),
        ("Lê An |  |  | 048220003579", [["1", "Lê An", "", "", "048220003579", ""]]),
        ("Lê An\nLê Bình", [["1", "Lê An", "", "", "", ""], ["2", "Lê Bình", "", "", "", ""]]),
        (None, [["1", *[""] * 5], ["2", *[""] * 5], ["3", *[""] * 5]]),
    ],
)
def test_a_cell_stays_in_its_column(shown: str | None, told: list[list[str]]):
    members = forms()["ct01"].field("members")
    held = None if shown is None else Held(data=[], shown=shown)

    assert rows(members, held) == told


def test_an_identity_number_has_a_wide_column():
    members = forms()["ct01"].field("members")
    widths = dict(zip(("number", *(column.kind for column in members.columns)), column_widths(members), strict=True))

    assert widths[Kind.IDENTITY] > widths[Kind.DATE] > widths[Kind.SEX] > widths["number"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ((("",), ("Làm tại",)), (40, 60)),
        ((("abcd",), ("abcd",)), (50, 50)),
        ((("a",), ("a",), ("a",)), (1, 1, 1)),
        (((), ()), (40, 60)),
    ],
)
def test_columns_share_the_line_by_what_stands_in_them(columns: tuple[tuple[str, ...], ...], told: tuple[int, ...]):
    assert shares(Line.model_construct(columns=columns)) == told


def test_what_is_no_longer_asked_does_not_belong_on_the_paper(form: Form):
    values = everything(form) | {"copies_wanted": Held(data="khong", shown="Không")}

    assert set(values) - set(applying(form, values)) == {"copies_number"}


def test_a_field_has_as_many_dots_as_its_value_is_likely_to_need(form: Form):
    counts = {field.kind: len(dots(field)) for field in form.fields}

    assert counts[Kind.NAME] > counts[Kind.DATE] > counts[Kind.NUMBER]


def test_only_the_line_of_the_addressee_stands_in_the_middle(form: Form):
    told = [line.text for line in form.layout if is_addressee(line.text, form)]

    assert told == ["Kính gửi: (1) {addressee}"]


def test_the_number_of_the_form_is_told_once():
    assert mark(forms()["ct01"]) == "CT01"
    assert mark(forms()["bien-dong-dat-dai"]) == ""


def test_who_signs_is_told_with_how():
    line = Line(sign=("", "Người yêu cầu|(Ký, ghi rõ họ tên)"))

    assert list(signers(line)) == [("", ""), ("Người yêu cầu", "(Ký, ghi rõ họ tên)")]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("khai-sinh", ["Chưa có giá trị khi chưa ký."]),
        ("ct01", ["Chưa có giá trị khi chưa ký.", "Bố cục chưa đối chiếu với bản gốc; hỏi nơi nộp trước khi dùng."]),
        ("phan-anh-1022", ["Bố cục chưa đối chiếu với bản gốc; hỏi nơi nộp trước khi dùng."]),
    ],
)
def test_the_notice_tells_what_the_sheet_follows_and_is_not(name: str, told: list[str]):
    source = forms()[name].source
    year, month, day = source.as_of.split("-")

    assert notice(forms()[name]) == " ".join(
        [f"Bản điền sẵn. Căn cứ: {source.legal} (đọc ngày {day}/{month}/{year}).", *told]
    )
