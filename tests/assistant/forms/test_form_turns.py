"""Forms within a conversation: what is answered while one waits, and procedures that need two."""

from __future__ import annotations

import pytest

from assistant.conversation import Status
from assistant.forms.definition import forms
from assistant.forms.filling import State
from assistant.wording_forms import FILL_THIS, REVIEW_WAITS

BOTH = "1.000689"
"""A birth and the recognition of the child at once."""
TOLD = ("đồng ý", "UBND phường Hải Châu", "tôi tên Nguyễn Thị Hoa sinh 12/3/1990", "đúng rồi")


@pytest.fixture
def reviewed(talk):
    """A conversation whose form waits for a last look."""
    for text in ("điền giúp tờ khai khai sinh", *TOLD):
        talk.say(text)
    assert talk.say("xem lại").status is Status.FORM_REVIEW
    return talk


@pytest.mark.parametrize(
    "text", ["hình như thấy sai sai chỗ nào đó", "làm căn cước mất bao lâu", "hôm nay trời mưa to"]
)
def test_what_is_no_value_at_the_review_is_answered_and_the_review_waits(reviewed, text):
    answer = reviewed.say(text)

    assert answer.status.family != "form"
    assert answer.text
    assert (answer.form.question, reviewed.memory.filling.state) == (REVIEW_WAITS.vi, State.REVIEW)
    assert reviewed.say("đúng rồi").status is Status.FORM_READY


@pytest.mark.parametrize(("text", "status"), [("sửa ngày sinh", Status.FORM_EDIT), ("sửa tên cháu", Status.FORM_ASKED)])
def test_what_the_waiting_review_proposes_is_understood(reviewed, text, status):
    reviewed.say("hình như thấy sai sai chỗ nào đó")

    assert reviewed.say(text).status is status


def test_a_procedure_of_two_forms_offers_both_and_says_at_the_end_which_is_left(talk):
    answer = talk.say("thủ tục này cần gì", about=BOTH)
    fill = [(button.label, button.text) for button in answer.suggestions if button.text.startswith("Điền giúp")]
    talk.say("Điền giúp tờ khai khai sinh", about=BOTH)
    for text in TOLD:
        talk.say(text)
    ready = talk.say("xuất tờ khai")

    assert fill == [
        ("tờ khai khai sinh", "Điền giúp tờ khai khai sinh"),
        ("tờ khai nhận cha, mẹ, con", "Điền giúp tờ khai nhận cha, mẹ, con"),
    ]
    assert ready.status is Status.FORM_READY
    assert (
        "Thủ tục này cần thêm tờ khai nhận cha, mẹ, con. Tải tờ này về xong, anh/chị nhắn "
        "«điền giúp tờ khai nhận cha, mẹ, con»; phần đã khai tôi hỏi rồi lấy lại."
    ) in [block.text for block in ready.blocks]

    other = talk.say("điền giúp tờ khai nhận cha, mẹ, con")

    assert (other.status, talk.memory.filling.form, talk.memory.filling.code) == (
        Status.FORM_CONSENT,
        "nhan-cha-me-con",
        BOTH,
    )


def test_a_form_that_is_the_only_one_says_of_no_other(reviewed):
    ready = reviewed.say("đúng rồi")

    assert not any(block.text.startswith("Thủ tục này cần thêm") for block in ready.blocks)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", sorted(forms()))
def test_the_words_of_our_own_button_begin_every_form(talk, form, language):
    words = FILL_THIS.said_in(language).format(form=forms()[form].short.said_in(language))

    assert (talk.say(words).status, talk.memory.filling.form) == (Status.FORM_CONSENT, form)
