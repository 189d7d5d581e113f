"""What a citizen may say to a form beside values is understood, and values are left alone."""

from __future__ import annotations

import pytest

from assistant.forms.commands import Command, command, is_question
from assistant.forms.definition import forms


@pytest.fixture(scope="module")
def birth():
    """The birth registration."""
    return forms()["khai-sinh"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bỏ qua", "skip"),
        ("Dạ bỏ qua câu này đi em", "skip"),
        ("bo qua nha", "skip"),
        ("câu tiếp theo", "skip"),
        ("skip", "skip"),
        ("để sau", "later"),
        ("mai làm tiếp", "later"),
        ("de sau nhe", "later"),
        ("để mai làm nha em", "later"),
        ("tạm dừng", "later"),
        ("later", "later"),
        ("không có", "none"),
        ("dạ không biết ạ", "none"),
        ("ko biết", "none"),
        ("k rõ", "none"),
        ("hk nhớ", "none"),
        ("chưa có", "none"),
        ("để trống", "none"),
        ("none", "none"),
        ("I don't know", "none"),
        ("quay lại", "back"),
        ("câu trước", "back"),
        ("quay lại câu trước giúp em", "back"),
        ("go back", "back"),
        ("xem lại", "review"),
        ("cho em xem lại tờ khai", "review"),
        ("đã khai những gì", "review"),
        ("còn thiếu gì không", "review"),
        ("review", "review"),
        ("đúng rồi", "accept"),
        ("Dạ đúng rồi ạ", "accept"),
        ("đồng ý", "accept"),
        ("dong y", "accept"),
        ("ok đúng", "accept"),
        ("oke luôn", "accept"),
        ("yes", "accept"),
        ("that's right", "accept"),
        ("không đúng", "reject"),
        ("ko đúng rồi", "reject"),
        ("bỏ hết", "reject"),
        ("sai rồi", "reject"),
        ("wrong", "reject"),
        ("thôi không làm nữa", "cancel"),
        ("huỷ tờ khai", "cancel"),
        ("hủy tờ khai này đi", "cancel"),
        ("thui ko khai nữa", "cancel"),
        ("cancel", "cancel"),
        ("xong", "finish"),
        ("dạ xong rồi", "finish"),
        ("xuất file", "finish"),
        ("in ra", "finish"),
        ("in ra giúp em", "finish"),
        ("done", "finish"),
        ("sao phải khai cái này", "why"),
        ("hỏi làm gì", "why"),
        ("tai sao can cai nay", "why"),
        ("hoi cai nay lm j", "why"),
        ("why do you need this", "why"),
        ("là gì", "explain"),
        ("cái này là gì vậy em", "explain"),
        ("ghi sao", "explain"),
        ("cai nay ghi sao v", "explain"),
        ("nghĩa là gì?", "explain"),
        ("em không hiểu", "explain"),
        ("what does this mean?", "explain"),
    ],
)
def test_a_command_is_the_whole_message_in_any_spelling(birth, text, kind):
    assert command(text, birth, "mother_name") == Command(kind)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("sửa lại tên mẹ", "mother_name"),
        ("sửa tên mẹ", "mother_name"),
        ("sua lai ten me", "mother_name"),
        ("em ghi sai tên mẹ rồi", "mother_name"),
        ("sửa ngày sinh của cháu", "child_birth"),
        ("ngày sinh của cháu bị sai", ""),
        ("sai số căn cước của ba", "father_document"),
        ("sửa cccd của mẹ giúp em", "mother_document"),
        ("sửa lại nơi sinh", "child_birth_place"),
        ("sửa quê quán", "child_home"),
        ("sửa năm sinh của chồng em", "father_birth"),
        ("sửa", "relation"),
        ("sửa lại giúp em", "relation"),
        ("edit", "relation"),
    ],
)
def test_an_edit_tells_its_field_and_is_else_of_the_one_asked(birth, text, field):
    expected = Command("edit", field) if field else None

    assert command(text, birth, "relation") == expected


def test_an_edit_that_may_mean_several_fields_tells_them_all(birth):
    names = ("requester_name", "child_name", "mother_name", "father_name")

    assert command("sửa tên", birth, "") == Command("edit", fields=names)


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hoa",
        "sửa tên mẹ là Nguyễn Thị Hoa",
        "bệnh viện Đà Nẵng",
        "5/11/2026",
        "con trai",
        "mẹ",
        "",
        "!!!",
        "Không Tên Phố",
    ],
)
def test_a_value_is_no_command(birth, text):
    assert command(text, birth, "mother_name") is None


@pytest.mark.parametrize("text", ["có", "không", "ko", "dạ có ạ", "không cần", "yes", "ok"])
def test_a_yes_or_no_that_was_asked_for_is_a_value(birth, text):
    assert command(text, birth, "copies_wanted") is None
    assert command(text, birth, "") is not None


def test_not_knowing_is_no_answer_even_to_a_yes_or_no(birth):
    assert command("không biết", birth, "copies_wanted") == Command("none")


@pytest.mark.parametrize(
    "text",
    [
        "lệ phí bao nhiêu?",
        "Lệ phí bao nhiêu vậy em",
        "nộp ở đâu vậy",
        "nop o dau v",
        "cái này là gì",
        "cần giấy tờ gì ạ",
        "làm mấy ngày thì có",
        "mất bao lâu",
        "có phải đóng tiền không",
        "nộp online được không ạ",
        "dc k",
        "cho em hỏi xíu",
        "how much is the fee",
        "Where do I file?",
    ],
)
def test_what_asks_something_is_a_question(text):
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hoa",
        "nguyen thi dau",
        "bệnh viện Phụ sản Nhi",
        "số 12 đường Đặng Dung",
        "con trai",
        "không có",
        "khong",
        "5/11/2026",
        "Sao Mai",
        "tôi là mẹ cháu",
        "hai vợ chồng đã đăng ký kết hôn",
        "",
    ],
)
def test_what_tells_something_is_no_question(text):
    assert not is_question(text)
