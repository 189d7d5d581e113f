"""A form is addressed to an office; a person is none."""

from __future__ import annotations

import pytest

from assistant.forms.definition import Kind, forms
from tests.assistant.forms.blanks import data_and_doubts, refusal


@pytest.mark.parametrize(
    "said",
    [
        "UBND phường Hải Châu",
        "Ủy ban nhân dân xã Hòa Vang",
        "ubnd phuong hai chau",
        "phuong hai chau",
        "phường Thanh Khê",
        "Hải Châu",
        "hoa khanh",
        "Công an xã, phường nơi tôi ở",
        "cong an phuong son tra",
        "Chi nhánh Văn phòng Đăng ký đất đai nơi có đất (phường Hòa Khánh)",
        "Cơ quan đăng ký kinh doanh phường Hải Châu",
        "Trung tâm Phục vụ hành chính công phường Thanh Khê",
        "Ngân hàng Chính sách xã hội",
        "Hai Chau ward People's Committee",
    ],
)
def test_an_office_is_kept_as_it_was_written(said):
    assert data_and_doubts(Kind.AGENCY, said) == (said, [])


@pytest.mark.parametrize(
    "said",
    [
        "Nguyễn Thị Hoa",
        "Nguyễn Thị Phương",
        "nguyen thi phuong",
        "tran van xa",
        "chị Nguyễn Thị Hoa",
        "Lê Hải Châu",
        "tôi tên Hoa ở phường Hải Châu",
        "048190001234",
        "mẹ em",
    ],
)
def test_a_person_is_no_office(said):
    assert refusal(Kind.AGENCY, said) == "agency"


def test_every_form_is_addressed_to_an_office():
    addressed = [form.field(form.addressee) for form in forms().values() if form.addressee]

    assert [field for field in addressed if field.kind is not Kind.AGENCY] == []
    assert [data_and_doubts(Kind.AGENCY, field.example) for field in addressed] == [
        (field.example, []) for field in addressed
    ]


@pytest.mark.parametrize("said", ["Nguyễn Thị Hoa", "gửi tới chị Nguyễn Thị Hoa", "nguyen thi phuong"])
def test_a_name_told_where_the_office_is_asked_is_not_written_there(talk, said):
    talk.say("điền giúp tờ khai khai sinh")
    talk.say("đồng ý")
    talk.say(said)

    assert "addressee" not in talk.memory.filling.values
    assert talk.memory.filling.asked == "addressee"
    talk.say("phường Hải Châu")
    assert talk.memory.filling.values["addressee"].shown == "phường Hải Châu"
