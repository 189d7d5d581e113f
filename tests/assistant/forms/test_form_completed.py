"""«đúng hết, xuất tờ khai»: all is right and the form is wanted, wherever that is said."""

from __future__ import annotations

import pytest

from assistant.conversation import Status
from assistant.forms.commands import command
from assistant.forms.definition import forms
from assistant.forms.filling import State
from assistant.wording_forms import ALL_RIGHT

FORM = forms()["khai-sinh"]
COMPLETE = (
    "đúng hết, xuất tờ khai",
    "dung het xuat to khai",
    "ok hết rồi, tải về",
    "ok het roi tai ve",
    "xong rồi in giùm",
    "xong roi in gium",
    "xong hết rồi đó xuất file",
    "đúng rồi em, in ra cho chị",
    "chuẩn rồi xuất đi em",
    "hết rồi tải về giúp em",
    "được rồi, gửi file cho chị",
    "đủ rồi lấy file luôn",
    ALL_RIGHT.vi,
    ALL_RIGHT.en,
    "done, print it please",
    "looks good, download the form",
)


@pytest.mark.parametrize("said", COMPLETE)
def test_it_is_one_command_whatever_is_asked(said):
    kinds = {getattr(command(said, FORM, asked), "kind", None) for asked in ("", "addressee", "requester_name")}

    assert kinds == {"complete"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("đúng rồi", "accept"),
        ("ok làm đi", "accept"),
        ("xong rồi", "finish"),
        ("xuất tờ khai", "finish"),
        ("in ra", "finish"),
    ],
)
def test_one_half_of_it_means_what_it_did(said, kind):
    assert command(said, FORM, "addressee").kind == kind


@pytest.mark.parametrize(
    "said", ["Nguyễn Văn In", "gửi rồi", "Hải Châu", "ok chị tên Tải", "đúng hết là Nguyễn Thị Xuất"]
)
def test_a_value_is_no_such_command(said):
    assert getattr(command(said, FORM, "requester_name"), "kind", None) != "complete"


@pytest.fixture
def begun(talk):
    """A form whose first question waits."""
    talk.say("điền giúp tờ khai khai sinh")
    talk.say("đồng ý")
    return talk


@pytest.mark.parametrize("said", COMPLETE)
def test_while_the_form_needs_more_it_says_what_and_asks_on(begun, said):
    answer = begun.say(said)
    english = answer.language == "en"

    assert (answer.status, begun.memory.filling.asked) == (Status.FORM_ASKED, "addressee")
    assert [block.text.split(" (")[0] for block in answer.blocks][:1] == [
        "The form still needs “To”" if english else "Tờ khai còn thiếu «Kính gửi»"
    ]
    assert begun.say("UBND phường Hải Châu").status is Status.FORM_ASKED
    assert begun.memory.filling.values["addressee"].shown == "UBND phường Hải Châu"


@pytest.mark.parametrize("said", COMPLETE)
def test_at_the_review_it_makes_the_form(begun, said):
    for text in ("UBND phường Hải Châu", "tôi tên Nguyễn Thị Hoa sinh 12/3/1990", "đúng rồi", "xem lại"):
        begun.say(text)

    assert (begun.say(said).status, begun.memory.filling.state) == (Status.FORM_READY, State.DONE)


@pytest.mark.parametrize("said", ["hết rồi tải về giúp em", "xuất tờ khai", "gửi file cho chị"])
def test_a_form_that_is_done_can_be_had_again(begun, said):
    for text in ("UBND phường Hải Châu", "xuất tờ khai"):
        begun.say(text)

    assert begun.say(said).status is Status.FORM_READY


def test_what_was_found_beside_is_taken_as_right_with_it(begun):
    begun.say("nộp ở UBND phường Hải Châu, tôi tên Nguyễn Thị Hoa")
    begun.say("đúng hết, xuất tờ khai")

    assert [name for name, held in begun.memory.filling.values.items() if not held.confirmed] == []
    assert begun.memory.filling.asked == "requester_birth"
