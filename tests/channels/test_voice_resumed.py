"""A voice message over which the process died: taken up again, answered once, whether it can be heard again or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.forms.store import FormStore
from assistant.store import ConversationStore
from channels.messenger.contract import Kind, Sound
from channels.messenger.hearing import Hearing
from channels.messenger.mailbox import LEASE, Mailbox
from channels.messenger.outbox import LEASE as SENDING_LEASE
from channels.messenger.transcribing import Transcriber
from channels.messenger.transcribing_settings import TranscriberSettings
from knowledge.database import Database
from tests.channels.messenger_script import Office, ScriptedSender, office_of
from tests.transcriber_server import TranscriberServer, spoken, words

FEE = "Đăng ký tạm trú hết bao nhiêu tiền?"
NOBODY = words("")


class Killed(BaseException):
    """As if the process ended here."""


class _DiesBeforeFinish(Mailbox):
    def finish(self, *_parts):
        raise Killed


class _DiesBeforeKeeping(ConversationStore):
    def add(self, *_parts):
        raise Killed


@pytest.fixture
def sqlite(tmp_path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def server() -> Iterator[TranscriberServer]:
    with TranscriberServer() as server:
        yield server


@pytest.fixture
def hearing(server: TranscriberServer) -> Hearing:
    settings = TranscriberSettings.read(server.environment())
    assert settings is not None
    return Hearing(Transcriber(settings))


@pytest.fixture
def office(shipped, sqlite, hearing) -> Office:
    return office_of(shipped, sqlite, hearing=hearing)


def says(office: Office, said: str) -> None:
    """Somebody says something, and the process dies over it."""
    office.sender.said["f1"] = spoken(said)
    office.put("7", kind=Kind.VOICE, sound=Sound("f1", 4))
    with pytest.raises(Killed):
        office.postman.work_once()


def after_restart(office: Office, hearing: Hearing, said: str) -> list[str]:
    """What is sent once another process has taken it up."""
    office.clock.pass_by(SENDING_LEASE.total_seconds() + LEASE.total_seconds())
    after = office.again(hearing=hearing, sender=ScriptedSender(said={"f1": spoken(said)}))
    after.work()
    return after.sender.texts


def questions(office: Office) -> list[str]:
    conversation = office.mailbox.conversation_of("telegram", "7")
    return [turn.question for turn in office.assistant.conversations.turns(conversation)]


def test_what_was_answered_but_not_told_is_told_once_with_what_was_heard(office, hearing):
    says(office.again(mailbox=_DiesBeforeFinish, hearing=hearing), FEE)
    [told] = after_restart(office, hearing, FEE)

    assert told.startswith(f"Tôi nghe: «{FEE}»\n\nĐăng ký tạm trú (mã 1.004194).")
    assert questions(office) == [FEE]


def test_what_was_answered_but_not_told_is_told_though_it_cannot_be_heard_again(office, hearing, server):
    says(office.again(mailbox=_DiesBeforeFinish, hearing=hearing), FEE)
    server.script = [NOBODY]
    [told] = after_restart(office, hearing, FEE)

    assert told.startswith("Đăng ký tạm trú (mã 1.004194).")
    assert questions(office) == [FEE]


def test_what_was_not_answered_yet_is_heard_again_and_answered_once(office, hearing, sqlite, server):
    kept = office.assistant.conversations
    object.__setattr__(office.assistant, "conversations", _DiesBeforeKeeping(sqlite))
    says(office, FEE)
    object.__setattr__(office.assistant, "conversations", kept)
    [told] = after_restart(office, hearing, FEE)

    assert told.startswith(f"Tôi nghe: «{FEE}»\n\nĐăng ký tạm trú (mã 1.004194).")
    assert (questions(office), len(server.asked)) == ([FEE], 2)


@pytest.mark.parametrize("heard_again", [True, False])
def test_what_a_form_took_in_already_does_not_fill_another_field(office, hearing, sqlite, server, heard_again):
    office.say("7", "điền giúp tờ khai khai sinh")
    office.say("7", "đồng ý")
    kept = office.assistant.conversations
    object.__setattr__(office.assistant, "conversations", _DiesBeforeKeeping(sqlite))
    says(office, "UBND phường Hải Châu")
    object.__setattr__(office.assistant, "conversations", kept)
    server.script = [] if heard_again else [NOBODY]
    told = after_restart(office, hearing, "UBND phường Hải Châu")
    forms = FormStore(sqlite, office.assistant.effects.forms.seal)
    filling = forms.of(office.mailbox.conversation_of("telegram", "7"), office.clock())

    assert (len(told), told[0].startswith("Tôi nghe")) == (1, heard_again)
    assert filling is not None
    assert [held.shown for held in filling.values.values()] == ["UBND phường Hải Châu"]
