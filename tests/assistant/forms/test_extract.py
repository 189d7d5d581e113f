"""Values are found in what a citizen types, with their words, and nothing is made up."""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.forms.definition import Kind, forms
from assistant.forms.extract import extract
from assistant.forms.values import Held, read

TODAY = date(2026, 11, 22)


def told(text, form="khai-sinh", asked="", values=None):
    """What is found, by field: data, or of a place its words."""
    found, _ = extract(forms()[form], text, TODAY, asked, values or {})
    return {one.field: one.words if isinstance(one.read.data, dict) else one.read.data for one in found}


def failures(text, form="khai-sinh", asked=""):
    _, failed = extract(forms()[form], text, TODAY, asked)
    return [(one.field, one.words, one.problem.code) for one in failed]


def test_one_sentence_fills_six_fields():
    text = (
        "con tôi tên Lê Minh An sinh 5/11/2026 tại bệnh viện Phụ sản Nhi, mẹ là Nguyễn Thị Hoa sinh năm 1990, "
        "ba là Lê Văn Minh"
    )

    assert told(text) == {
        "child_name": "Lê Minh An",
        "child_birth": "2026-11-05",
        "child_birth_place": "bệnh viện Phụ sản Nhi",
        "mother_name": "Nguyễn Thị Hoa",
        "mother_birth": "1990",
        "father_name": "Lê Văn Minh",
    }


def test_every_value_has_its_words_where_they_stand():
    text = "mẹ là Nguyễn Thị Hoa sinh 12/3/1990 cccd 048190001234 cấp 20/11/2021"

    found, failed = extract(forms()["khai-sinh"], text, TODAY)

    assert [(one.field, one.words) for one in found] == [
        ("mother_name", "Nguyễn Thị Hoa"),
        ("mother_birth", "12/3/1990"),
        ("mother_document", "048190001234 cấp 20/11/2021"),
    ]
    assert all(text[one.start : one.end] == one.words for one in found)
    assert failed == ()


def test_words_are_those_typed_even_where_letters_are_composed_otherwise():
    text = unicodedata.normalize("NFD", "dạ mẹ là Nguyễn Thị Hoa sinh năm 1990")

    found, _ = extract(forms()["khai-sinh"], text, TODAY)

    assert [unicodedata.normalize("NFC", one.words) for one in found] == ["Nguyễn Thị Hoa", "năm 1990"]
    assert all(text[one.start : one.end] == one.words for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "vợ tôi tên Lê Thị Hoa, con trai tôi tên Lê An",
            {"mother_name": "Lê Thị Hoa", "child_sex": "nam", "child_name": "Lê An"},
        ),
        ("con thứ hai của em tên là Lê Bảo An", {"child_name": "Lê Bảo An"}),
        ("bé nhà e tên gia bảo", {"child_name": "Gia Bảo"}),
        (
            "tên ba là Trần Văn Ba, tên mẹ là Nguyễn Thị Sinh",
            {"father_name": "Trần Văn Ba", "mother_name": "Nguyễn Thị Sinh"},
        ),
        ("ck e la dang van minh sn 1988", {"father_name": "Dang Van Minh", "father_birth": "1988"}),
        ("tôi là ông nội cháu, tên Trần Hùng", {"relation": "ong", "requester_name": "Trần Hùng"}),
        ("dân tộc Kinh", {"child_ethnicity": "Kinh"}),
        ("ba cháu dân tộc Cơ Tu", {"father_ethnicity": "Cơ Tu"}),
    ],
)
def test_a_value_is_of_the_person_it_was_told_of(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "mẹ chồng em tên Lê Thị Tư",
        "chị gái em tên Lê Thị Tư sinh năm 1980",
        "cha mẹ cháu đã cưới nhau",
        "em muốn làm giấy khai sinh cho con",
        "bé mới sinh tuần trước",
        "sinh năm 1990 ở Quảng Nam",
    ],
)
def test_nothing_is_taken_of_strangers_or_of_nobody(text):
    assert told(text) == {}


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("child_name", "Dạ cháu tên Trần Gia Hân ạ", {"child_name": "Trần Gia Hân"}),
        ("child_name", "tran gia han nha", {"child_name": "Tran Gia Han"}),
        ("mother_name", "Võ Thị Chi sinh năm 1993", {"mother_name": "Võ Thị Chi", "mother_birth": "1993"}),
        ("child_birth_place", "dạ ở bệnh viện Đà Nẵng nha em", {"child_birth_place": "bệnh viện Đà Nẵng"}),
        (
            "requester_address",
            "12 Hai Bà Trưng, phường Hải Châu",
            {"requester_address": "12 Hai Bà Trưng, phường Hải Châu"},
        ),
        ("child_home", "theo quê ba, ở xã Đại Lộc", {"child_home": "xã Đại Lộc"}),
        ("child_name", "lệ phí bao nhiêu vậy?", {}),
        ("child_name", "bỏ qua", {}),
        ("child_name", "em đang bận chút", {}),
        ("marriage_number", "không nhớ số luôn", {}),
    ],
)
def test_a_message_without_labels_answers_what_was_asked(asked, text, expected):
    assert told(text, asked=asked) == expected


def test_the_example_of_nearly_every_blank_answers_the_question_for_it():
    """Examples that begin as their field is called («Đối diện số 210 …») lose those words."""
    blanks = [
        (form, field)
        for form in forms().values()
        for field in form.fields
        if field.example and field.kind is not Kind.TABLE
    ]

    answered = [
        field.id
        for form, field in blanks
        if [(one.field, one.read.data) for one in extract(form, field.example, TODAY, field.id)[0]]
        == [(field.id, read(field, field.example, TODAY).data)]
    ]

    assert len(answered) / len(blanks) >= 0.97


def test_a_bare_number_goes_to_the_field_asked_or_to_the_only_one():
    assert told("048190001234", asked="mother_document") == {"mother_document": "048190001234"}
    assert told("048190001234") == {}
    assert told("0905123456, quan@example.com", form="ct01") == {"phone": "0905123456", "email": "quan@example.com"}


def test_a_bare_number_is_not_taken_twice():
    held = {"phone": Held(data="0905123456", shown="0905 123 456")}

    assert told("0935111222", form="ct01", values=held) == {}


def test_a_named_field_that_cannot_be_read_is_told():
    assert failures("ngày sinh của cháu là 31/2/2026") == [("child_birth", "31/2/2026", "date_impossible")]
    assert failures("12/3/90", asked="requester_birth") == [("requester_birth", "12/3/90", "date_century")]
    assert failures("ngày sinh của cháu thì em quên rồi") == []


def test_ten_thousand_letters_are_refused_and_not_searched():
    assert failures("a" * 10_000, asked="child_name")[0][2] == "too_long"
    assert told("a " * 5_000, asked="child_name") == {}


@pytest.mark.parametrize("form", ["khai-sinh", "ct01", "khai-tu"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_typed_values_have_words_and_share_none(form, data):
    pieces = [
        "mẹ",
        "con tôi",
        "tên",
        "là",
        "sinh",
        "ngày",
        "năm",
        "5/11/2026",
        "048190001234",
        "ở",
        "tại",
        ",",
        ".",
        "ba",
        "{{x}}",
        "ạ",
    ]
    text = data.draw(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(pieces), max_size=14).map(" ".join)))
    asked = data.draw(st.sampled_from(["", *(field.id for field in forms()[form].fields)]))

    found, _ = extract(forms()[form], text, TODAY, asked)

    assert all(text[one.start : one.end] == one.words != "" for one in found)
    assert all(one.end <= after.start for one, after in pairwise(found))
    assert len({one.field for one in found}) == len(found)
