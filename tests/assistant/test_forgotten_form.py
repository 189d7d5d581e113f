"""A form beside an answer: none any more once what was told for it is deleted."""

from __future__ import annotations

import pytest

from assistant.assistant import now
from assistant.conversation import Status, Turn


@pytest.fixture
def say(shipped):
    """Says something in one conversation; returns the answer."""
    conversation, _ = shipped.conversations.open("web", now())

    def answered(text):
        return shipped.reply(Turn(conversation=conversation, text=text, at=now())).answer

    for text in ("điền tờ khai đăng ký khai sinh", "đồng ý", "UBND phường Hải Châu"):
        answered(text)
    return answered


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (("xóa dữ liệu của tôi", "Xóa hết"), Status.PRIVACY_DELETED),
        (("rút đồng ý",), Status.PRIVACY_WITHDRAWN),
    ],
)
def test_an_answer_that_forgets_the_form_carries_none(say, told, status):
    before = say("mấy giờ rồi?")
    answers = [say(text) for text in told]

    assert before.form is not None
    assert (answers[-1].status, answers[-1].form) == (status, None)
    assert say("xin chào").form is None
