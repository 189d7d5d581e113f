"""A procedure of two forms: what the first holds is offered for the second, while the first is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from assistant.assistant import Assistant, Reply
from assistant.conversation import Status, Turn
from assistant.forms.filling import State

BOTH = "1.000689"
"""A birth and the recognition of the child at once."""
FIRST = (
    "Điền giúp tờ khai khai sinh",
    "đồng ý",
    "UBND phường Hải Châu",
    "tôi tên Nguyễn Thị Hoa sinh 12/3/1990",
    "đúng rồi",
    "bé tên Lê Minh An",
    "đúng rồi",
    "tôi là mẹ",
    "không",
    "xem lại",
    "đúng hết, xuất tờ khai",
)
SECOND = "điền giúp tờ khai nhận cha, mẹ, con"
SHARED = {
    "addressee": "UBND phường Hải Châu",
    "requester_name": "Nguyễn Thị Hoa",
    "requester_birth": "12/03/1990",
    "child_name": "Lê Minh An",
}


@pytest.fixture
def first_done(talk):
    """A conversation whose first form of two is ready."""
    for text in FIRST:
        last = talk.say(text, about=BOTH if text == FIRST[0] else "")
    assert last.status is Status.FORM_READY
    return talk


def shown(filling):
    return {name: held.shown for name, held in filling.values.items()}


def test_what_both_forms_hold_is_offered_after_the_consent_and_never_taken_silently(first_done):
    asked = first_done.say(SECOND)
    before = shown(first_done.memory.filling)
    offered = first_done.say("đồng ý")
    waiting = shown(first_done.memory.filling)
    first_done.say("đồng ý")

    assert (asked.status, before, waiting) == (Status.FORM_CONSENT, {}, {})
    assert (offered.status, offered.blocks[0].text, offered.blocks[0].items) == (
        Status.FORM_OFFERED,
        "Tôi lấy lại những mục này từ tờ khai vừa rồi, được không ạ?",
        (
            "Kính gửi: UBND phường Hải Châu",
            "Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Hoa",
            "Ngày, tháng, năm sinh người yêu cầu: 12/03/1990",
            "Họ, chữ đệm, tên người con: Lê Minh An",
        ),
    )
    assert shown(first_done.memory.filling) == SHARED
    assert {held.origin for held in first_done.memory.filling.values.values()} == {"copied"}


def test_a_no_leaves_the_second_form_empty_and_is_not_asked_again(first_done):
    first_done.say(SECOND)
    first_done.say("đồng ý")
    answer = first_done.say("không")

    assert (answer.status, shown(first_done.memory.filling)) == (Status.FORM_ASKED, {})
    assert first_done.memory.filling.asked == "addressee"


def test_how_people_are_related_is_not_carried_over(first_done):
    assert "relation" in first_done.memory.filling.values

    first_done.say(SECOND)
    first_done.say("đồng ý")
    first_done.say("đồng ý")

    assert "relation" not in first_done.memory.filling.values


def test_a_form_of_another_procedure_takes_nothing_over_and_waits_its_turn(first_done):
    answer = first_done.say("điền giúp tờ khai kết hôn")

    assert (answer.status, first_done.memory.filling.form) == (Status.FORM_BUSY, "khai-sinh")


def test_a_form_that_is_not_done_is_not_put_aside(talk):
    for text in FIRST[:4]:
        talk.say(text, about=BOTH if text == FIRST[0] else "")

    assert (talk.say(SECOND).status, talk.memory.filling.form) == (Status.FORM_BUSY, "khai-sinh")


def test_the_first_is_there_again_once_the_second_is_called_off(first_done):
    done = first_done.memory.filling
    first_done.say(SECOND)
    first_done.say("đồng ý")
    first_done.say("huỷ tờ khai")

    assert (first_done.memory.filling, first_done.memory.finished) == (done, None)
    assert first_done.say("xuất tờ khai").status is Status.FORM_READY


def test_the_second_when_done_does_not_ask_for_the_first_again_and_both_can_be_had(first_done):
    for text in (SECOND, "đồng ý", "đồng ý"):
        first_done.say(text)
    ready = first_done.say("xuất tờ khai")
    again = first_done.say("điền giúp tờ khai khai sinh")

    assert (ready.status, "Thủ tục này cần thêm" in ready.text) == (Status.FORM_READY, False)
    assert (again.status, first_done.memory.filling.form, first_done.memory.finished.form) == (
        Status.FORM_READY,
        "khai-sinh",
        "nhan-cha-me-con",
    )


@pytest.fixture
def conversation(own: Assistant, now: datetime) -> str:
    return own.conversations.open("web", now)[0]


@pytest.fixture
def say(own, conversation, now) -> Callable[..., Reply]:
    def told(text: str, about: str = "", at: datetime = now) -> Reply:
        return own.reply(Turn(conversation=conversation, text=text, at=at, about=about))

    return told


def test_both_drafts_are_kept_and_go_on_their_own(own, conversation, say, now):
    for text in FIRST:
        say(text, about=BOTH if text == FIRST[0] else "")
    first = own.effects.forms.of(conversation, now)
    for text in (SECOND, "đồng ý", "đồng ý"):
        last = say(text)
    second = own.effects.forms.of(conversation, now)

    assert (first.state, second.state, second.form) == (State.DONE, State.ASKING, "nhan-cha-me-con")
    assert shown(second) == SHARED
    assert own.effects.forms.beside(conversation, second.id, now) == first
    assert last.memory.finished == first
    assert "Hoa" not in own.conversations.memory(conversation).model_dump_json()

    say("huỷ tờ khai")

    assert own.effects.forms.of(conversation, now) == first
    assert own.effects.forms.beside(conversation, first.id, now) is None


def test_where_the_first_is_gone_nothing_is_offered(own, conversation, say, now):
    for text in FIRST:
        say(text, about=BOTH if text == FIRST[0] else "")
    say(SECOND)
    own.effects.forms.drop(own.effects.forms.beside(conversation, own.effects.forms.of(conversation, now).id, now).id)

    assert say("đồng ý").answer.status is Status.FORM_ASKED
