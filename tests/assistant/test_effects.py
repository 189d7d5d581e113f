"""What an answer promises is done before it is said, and by nobody who only replays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.consents import Purpose
from assistant.conversation import Memory, Status, Turn
from tests.assistant.conftest import NOW


@pytest.fixture
def conversation(own):
    """A new conversation: says something and returns the answer's status."""
    identity, _ = own.conversations.open("web", NOW)
    moment = iter(range(1_000))

    def say(text, at=NOW):
        return own.reply(Turn(conversation=identity, text=text, at=at + timedelta(seconds=next(moment)))).answer.status

    say.id = identity
    return say


def test_a_conversation_waits_for_an_operator_only_after_a_yes(own, conversation):
    queue = own.effects.queue

    assert conversation("cho tôi gặp cán bộ") is Status.HANDED_OVER_REQUESTED
    assert queue.waiting() == []
    assert conversation("đồng ý") is Status.HANDED_OVER_WAITING
    assert [entry.conversation for entry in queue.waiting()] == [conversation.id]
    assert own.effects.consents.current(conversation.id, Purpose.HANDOVER) is not None


def test_taking_consent_back_takes_the_conversation_out_of_the_queue(own, conversation):
    conversation("gặp cán bộ")
    conversation("đồng ý")

    assert conversation("rút đồng ý") is Status.PRIVACY_WITHDRAWN
    assert own.effects.queue.waiting() == []


def test_out_of_hours_it_is_kept_for_the_morning(own, conversation):
    night = NOW.replace(hour=22)

    conversation("gặp cán bộ", night)
    assert conversation("đồng ý", night) is Status.HANDED_OVER_CALL_BACK
    assert [entry.call_back for entry in own.effects.queue.waiting()] == [True]


def test_confirmed_deletion_leaves_nothing(own, conversation):
    conversation("làm hộ chiếu cần gì")
    conversation("xoá dữ liệu của tôi")
    assert len(own.effects.held(conversation.id)["turns"]) == 2

    assert conversation("xoá hết") is Status.PRIVACY_DELETED
    assert own.effects.held(conversation.id)["turns"] == []


def test_a_replayed_yes_does_nothing(own):
    identity, _ = own.conversations.open("web", NOW)
    waiting = Memory(pending=Status.HANDED_OVER_REQUESTED)
    answer, _ = own.answer(Turn(conversation=identity, text="đồng ý", at=NOW), waiting)

    assert answer.status is Status.HANDED_OVER_WAITING
    assert own.effects.queue.waiting() == []


def test_what_cannot_be_done_is_not_promised(own):
    waiting = Turn(conversation="no such conversation", text="đồng ý", at=NOW)
    own.effects.carry_out(waiting, own.answer(Turn(conversation="x", text="xin chào", at=NOW), Memory())[0], Memory())
    agreed, _ = own.answer(waiting, Memory(pending=Status.HANDED_OVER_REQUESTED))
    reply = own._settle(waiting, agreed, Memory(), Memory(), 0.0)

    assert reply.answer.status is Status.ERROR_INTERNAL


def test_fifty_turns_later_the_first_procedure_is_still_known(own, conversation):
    conversation("làm hộ chiếu cần gì")
    for _ in range(24):
        assert conversation("đăng ký tạm trú mất mấy ngày") is Status.ANSWERED
        assert conversation("nộp ở đâu") is Status.ANSWERED
    assert conversation("quay lại việc lúc nãy") is Status.ANSWERED
    assert own.conversations.memory(conversation.id).current == "1.001456"
