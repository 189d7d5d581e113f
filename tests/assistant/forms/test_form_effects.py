"""What filling in a form leaves behind: the sealed draft, the consent, and nothing of what was told anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text

from assistant.assistant import Assistant, Reply, build
from assistant.consents import Purpose
from assistant.conversation import Status, Turn
from assistant.forms.filling import State
from assistant.forms.sealing import new_key
from assistant.settings import Settings

Say = Callable[..., Reply]
TOLD = ("điền giúp tờ khai khai sinh", "đồng ý", "UBND phường Hải Châu", "tôi tên Nguyễn Thị Hoa sinh 12/3/1990")


@pytest.fixture
def sealed(copied_home, monkeypatch) -> Assistant:
    """An assistant of one's own that has a key."""
    monkeypatch.setenv("TROLY_DATA_KEY", new_key())
    return build(Settings.read({"TROLY_HOME": str(copied_home)}))


@pytest.fixture
def conversation(sealed, now: datetime) -> str:
    return sealed.conversations.open("web", now)[0]


@pytest.fixture
def say(sealed, conversation, now) -> Say:
    def told(*messages: str) -> Reply:
        replies = [sealed.reply(Turn(conversation=conversation, text=message, at=now)) for message in messages]
        return replies[-1]

    return told


def database(assistant: Assistant) -> str:
    tables = ("turns", "form_drafts", "profiles", "consents", "handovers", "feedback")
    with assistant.effects.database.connection() as connection:
        return " ".join(str(connection.execute(text(f"SELECT * FROM {table}")).all()) for table in tables)


def test_what_was_told_is_held_in_the_sealed_draft_and_nowhere_else(sealed, conversation, say, now):
    assert say(*TOLD).answer.status is Status.FORM_ASKED

    filling = sealed.effects.forms.of(conversation, now)
    assert filling is not None
    assert {name: held.shown for name, held in filling.values.items()} == {
        "addressee": "UBND phường Hải Châu",
        "requester_name": "Nguyễn Thị Hoa",
        "requester_birth": "12/03/1990",
    }
    assert [word for word in ("Hải Châu", "Hoa", "1990") if word in database(sealed)] == []


def test_consent_is_written_down_once_it_is_given(sealed, conversation, say):
    say("điền giúp tờ khai khai sinh")
    before = sealed.effects.consents.current(conversation, Purpose.FORM_DATA)
    say("đồng ý", "UBND phường Hải Châu")

    assert before is None
    assert [line.purpose for line in sealed.effects.consents.history(conversation)] == [Purpose.FORM_DATA]


def test_who_says_no_leaves_nothing(sealed, conversation, say, now):
    assert say("điền giúp tờ khai khai sinh, con tôi tên Lê Minh An", "thôi").answer.status is Status.FORM_CANCELLED
    assert sealed.effects.forms.of(conversation, now) is None
    assert "Minh An" not in database(sealed)


def test_a_form_that_is_put_off_goes_on_by_its_private_link(sealed, say, now):
    reply = say(*TOLD, "để sau")

    assert reply.answer.form is not None
    draft = sealed.effects.forms.by_link(reply.answer.form.link, now)
    assert draft is not None
    assert (draft.filling.state, len(draft.filling.values)) == (State.PAUSED, 3)
    assert reply.answer.form.link not in database(sealed)


def test_a_change_on_its_own_page_meanwhile_is_kept_beside_what_is_said(sealed, conversation, say, now):
    say(*TOLD)
    filling = sealed.effects.forms.of(conversation, now)
    assert filling is not None
    held = filling.values["requester_name"].model_copy(update={"data": "Nguyễn Thị Hồng", "shown": "Nguyễn Thị Hồng"})
    page = filling.model_copy(update={"values": {**filling.values, "requester_name": held}})
    sealed.effects.forms.save(conversation, page, now)
    say("căn cước 048190001234 cấp 20/11/2021 do Bộ Công an")

    after = sealed.effects.forms.of(conversation, now)
    assert after is not None
    assert after.values["requester_name"].shown == "Nguyễn Thị Hồng"
    assert after.values["requester_document"].data["number"] == "048190001234"


@pytest.mark.parametrize("words", [("xóa dữ liệu của tôi", "xóa hết"), ("rút đồng ý",)])
def test_deletion_and_withdrawal_take_the_form_and_the_details_with_them(sealed, conversation, say, now, words):
    say(*TOLD, "nhớ thông tin của tôi", "đồng ý")
    kept = sealed.effects.profiles.of(conversation)
    say(*words)

    assert sorted(kept) == ["birth", "name"]
    assert sealed.effects.forms.of(conversation, now) is None
    assert sealed.effects.profiles.of(conversation) == {}


def test_details_kept_are_offered_and_used_only_after_a_yes(sealed, conversation, say, now):
    say(*TOLD, "nhớ thông tin của tôi", "đồng ý", "huỷ tờ khai", "điền giúp tờ khai khai tử")
    offered = say("đồng ý")
    before = sealed.effects.forms.of(conversation, now)
    say("có")
    after = sealed.effects.forms.of(conversation, now)

    assert offered.answer.status is Status.FORM_OFFERED
    assert before is not None
    assert before.values == {}
    assert after is not None
    assert {name: held.origin for name, held in after.values.items()} == {
        "requester_name": "profile",
        "requester_birth": "profile",
    }


def test_own_data_hold_the_form_and_the_details(sealed, conversation, say):
    say(*TOLD, "nhớ thông tin của tôi", "đồng ý")
    held = sealed.effects.held(conversation)

    assert held["form_drafts"][0]["values"]["requester_name"]["shown"] == "Nguyễn Thị Hoa"
    assert held["profiles"][0]["birth"]["data"] == "1990-03-12"


def test_without_a_key_a_form_works_and_nothing_is_kept_for_the_next(copied_home, monkeypatch, now):
    monkeypatch.delenv("TROLY_DATA_KEY", raising=False)
    assistant = build(Settings.read({"TROLY_HOME": str(copied_home)}))
    conversation, _ = assistant.conversations.open("web", now)
    replies = [
        assistant.reply(Turn(conversation=conversation, text=message, at=now))
        for message in (*TOLD, "nhớ thông tin của tôi")
    ]

    assert [reply.answer.status for reply in replies] == [
        Status.FORM_CONSENT,
        Status.FORM_ASKED,
        Status.FORM_ASKED,
        Status.FORM_ASKED,
        Status.PROFILE_CLOSED,
    ]
