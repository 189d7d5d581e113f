"""The postman: nothing lost, nothing doubled, in order, whatever the messenger or the process does in between."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.conversation import Status
from assistant.forms.store import FormStore
from assistant.store import ConversationStore
from channels.messenger.contract import Gone, Kind, Outgoing, Refused, TryLater, Unsure
from channels.messenger.mailbox import LEASE, Mailbox
from channels.messenger.outbox import LEASE as SENDING_LEASE
from channels.messenger.outbox import STALE
from channels.messenger.rows import OutgoingRow, PersonRow
from knowledge.database import Database
from tests.channels.held_assistant import held
from tests.channels.messenger_script import ScriptedSender, office_of, own

FEE = "Đăng ký tạm trú hết bao nhiêu tiền?"
LOST = "Lúc nãy đường truyền bị ngắt, có thể một tin của tôi chưa tới anh/chị. Chưa thấy thì anh/chị bấm «Gửi lại»."


class Killed(BaseException):
    """As if the process ended here."""


@pytest.fixture
def sqlite(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def office(shipped, sqlite):
    return office_of(shipped, sqlite)


def states(office):
    with office.assistant.effects.database.session() as session:
        return list(session.scalars(select(OutgoingRow.state).order_by(OutgoingRow.id)))


def conversation(office, person):
    return office.mailbox.conversation_of("telegram", person)


def questions(office, person):
    return [turn.question for turn in office.assistant.conversations.turns(conversation(office, person))]


def send(office, *texts, person="7"):
    """Have these texts wait for a person."""
    with office.assistant.effects.database.session() as session:
        office.mailbox.outbox.add(session, "telegram", person, tuple(Outgoing(text) for text in texts))


def test_a_question_is_answered_in_the_persons_own_conversation(office):
    office.say("7", "Đăng ký tạm trú cần gì?")
    told = office.say("7", "lệ phí bao nhiêu?")
    other = office.say("8", "lệ phí bao nhiêu?")

    assert "1.004194" in told[-1].text
    assert "Anh/chị đang hỏi về giấy tờ hay thủ tục nào?" in other[-1].text
    assert questions(office, "7") == ["Đăng ký tạm trú cần gì?", "lệ phí bao nhiêu?"]


def test_the_same_update_twice_is_answered_once(office):
    assert len(office.say("7", "chào", key="k")) == 1
    assert office.say("7", "chào", key="k") == []


def test_what_waits_is_answered_in_the_order_in_which_it_was_said(office):
    office.put("7", "cảm ơn", at=office.clock() + timedelta(seconds=1))
    office.put("7", "chào")
    office.work()

    assert questions(office, "7") == ["chào", "cảm ơn"]


def test_a_message_is_tried_again_when_the_messenger_says_and_those_behind_it_wait(office):
    send(office, "một", "hai")
    send(office, "khác", person="8")
    office.sender.fails(TryLater(30), TryLater(1))
    office.work()
    assert office.sender.texts == []

    office.clock.pass_by(2)
    office.work()
    assert office.sender.texts == ["khác"]

    office.clock.pass_by(30)
    office.work()
    assert office.sender.texts == ["khác", "một", "hai"]


def test_a_message_that_could_not_be_sent_for_half_a_day_is_dropped(office):
    send(office, "một", "hai")
    office.clock.pass_by(STALE.total_seconds() - 10)
    office.sender.fails(TryLater(30))
    office.work()

    assert office.sender.texts == ["hai"]
    assert states(office) == ["dropped", "sent"]


def test_a_refused_message_holds_nothing_up(office):
    send(office, "một", "hai")
    office.sender.fails(Refused("too long"))
    office.work()

    assert office.sender.texts == ["hai"]
    assert states(office) == ["dropped", "sent"]


def test_who_is_gone_is_sent_nothing_more_until_they_write_again(office):
    office.say("7", "chào")
    send(office, "một", "hai")
    office.sender.fails(Gone())
    office.work()
    assert (office.sender.texts, states(office)[1:]) == ([], ["dropped", "dropped"])
    with office.assistant.effects.database.session() as session:
        assert session.get(PersonRow, ("telegram", "7")).gone

    assert len(office.say("7", "chào")) == 1
    with office.assistant.effects.database.session() as session:
        assert not session.get(PersonRow, ("telegram", "7")).gone


def test_leaving_drops_what_waits(office):
    send(office, "một")
    office.put("7", kind=Kind.LEFT)
    office.postman.answer_once()
    office.work()

    assert office.sender.texts == []


@pytest.mark.parametrize("error", [Unsure(), OSError("timed out")])
def test_where_nobody_knows_whether_it_arrived_it_is_offered_again_and_never_sent_twice_unasked(office, error):
    send(office, "một", "hai")
    office.sender.breaks(error)
    office.work()

    one, word, two = office.sender.take()
    assert (one.text, word.text, two.text) == ("một", LOST, "hai")
    assert [sent.text for sent in office.press("7", word, "Gửi lại")] == ["một"]
    told = office.say("8", word.message.buttons[0].data, Kind.PRESSED)
    assert told[0].text.startswith("Nút này của câu trả lời cũ")


def test_what_is_still_being_sent_is_nobody_elses(office):
    send(office, "một")
    parcel = office.mailbox.outbox.take(("telegram",))
    office.clock.pass_by(SENDING_LEASE.total_seconds() - 1)
    office.mailbox.outbox.renew(parcel)
    office.clock.pass_by(SENDING_LEASE.total_seconds() - 1)

    assert office.mailbox.outbox.take(("telegram",)) is None


def test_a_slow_answer_is_shown_to_be_on_its_way(shipped, sqlite):
    class Typing(ScriptedSender):
        shown = threading.Event()

        def busy(self, person):
            super().busy(person)
            self.shown.set()

    slow, run = held(own(shipped, sqlite))
    office = office_of(slow, sqlite, sender=Typing())
    run.hold()
    office.postman.start()
    office.put("7", "chào")
    assert office.sender.shown.wait(30)
    run.let_go()
    office.postman.stop()

    assert office.sender.typing[0] == "7"


def test_about_the_word_itself_nothing_more_is_said(office):
    send(office, "một")
    office.sender.fails(Unsure(), Unsure())
    office.work()

    assert office.sender.texts == []
    assert states(office) == ["dropped", "unsure"]


class _DiesBeforeBegin(Mailbox):
    def begin(self, *_parts):
        raise Killed


class _DiesBeforeFinish(Mailbox):
    def finish(self, *_parts):
        raise Killed


class _DiesAfterFinish(Mailbox):
    def finish(self, *parts):
        super().finish(*parts)
        raise Killed


def restarted(office, **parts):
    """The office after its process died and its leases ran out."""
    office.clock.pass_by(SENDING_LEASE.total_seconds() + LEASE.total_seconds())
    return office.again(**parts)


@pytest.mark.parametrize("dying", [_DiesBeforeBegin, _DiesBeforeFinish, _DiesAfterFinish])
def test_killed_at_any_step_an_update_is_answered_once(shipped, database, dying):
    office = office_of(shipped, database, mailbox=dying)
    office.put("7", FEE)
    with pytest.raises(Killed):
        office.postman.work_once()

    after = restarted(office)
    after.work()

    assert len(after.sender.sent) == 1
    assert "15.000 đồng" in after.sender.texts[0]
    assert questions(after, "7") == [FEE]


class _DiesBeforeKeeping(ConversationStore):
    def add(self, *_parts):
        raise Killed


def test_killed_before_the_turn_was_kept_it_is_answered_anew(shipped, sqlite):
    office = office_of(shipped, sqlite)
    object.__setattr__(office.assistant, "conversations", _DiesBeforeKeeping(sqlite))
    office.put("7", FEE)
    with pytest.raises(Killed):
        office.postman.work_once()
    object.__setattr__(office.assistant, "conversations", ConversationStore(sqlite))

    after = restarted(office)
    after.work()

    assert len(after.sender.sent) == 1
    assert questions(after, "7") == [FEE]


def in_form(office):
    """A person who is asked which office the form is for."""
    office.say("7", "điền giúp tờ khai khai sinh")
    told = office.say("7", "đồng ý")
    office.work()
    return told


def test_killed_after_the_form_was_kept_an_answer_does_not_fill_two_fields(shipped, sqlite):
    office = office_of(shipped, sqlite)
    in_form(office)
    kept = office.assistant.conversations
    forms = FormStore(sqlite, office.assistant.effects.forms.seal)
    before = forms.of(conversation(office, "7"), office.clock())
    object.__setattr__(office.assistant, "conversations", _DiesBeforeKeeping(sqlite))
    office.put("7", "UBND phường Hải Châu")
    with pytest.raises(Killed):
        office.postman.work_once()
    object.__setattr__(office.assistant, "conversations", kept)

    after = restarted(office)
    after.work()

    filling = forms.of(conversation(office, "7"), office.clock())
    assert [held.shown for held in filling.values.values()] == ["UBND phường Hải Châu"]
    assert filling.asked != before.asked
    assert len(after.sender.sent) == 1


def test_killed_before_the_answer_of_a_form_was_marked_its_next_question_is_told(shipped, sqlite):
    office = office_of(shipped, sqlite)
    in_form(office)
    dying = office.again(mailbox=_DiesBeforeFinish)
    dying.put("7", "UBND phường Hải Châu")
    with pytest.raises(Killed):
        dying.postman.work_once()

    after = restarted(office)
    after.work()

    [told] = after.sender.texts
    assert told.startswith("Tôi bị ngắt giữa chừng nên trả lời muộn, phần đã khai vẫn còn.")
    assert told.endswith("?")


def test_killed_after_the_deletion_it_is_told_that_all_is_deleted(shipped, sqlite):
    office = office_of(shipped, sqlite)
    office.say("7", "xóa dữ liệu của tôi")
    dying = office.again(mailbox=_DiesBeforeFinish)
    dying.put("7", "xóa hết")
    with pytest.raises(Killed):
        dying.postman.work_once()

    after = restarted(office)
    after.work()

    assert after.sender.texts == ["Đã xóa. Tôi không còn giữ gì của cuộc trò chuyện này."]
    assert conversation(after, "7") == ""


def test_killed_before_a_message_was_handed_over_it_is_offered_again(office):
    send(office, "một", "hai")
    office.sender.fails(Killed())
    with pytest.raises(Killed):
        office.postman.work_once()

    after = restarted(office)
    after.work()

    word, two = after.sender.take()
    assert (word.text, two.text) == (LOST, "hai")
    assert [sent.text for sent in after.press("7", word, "Gửi lại")] == ["một"]


def test_killed_after_a_message_was_handed_over_it_is_not_sent_twice(office):
    send(office, "một", "hai")
    office.sender.breaks(Killed())
    with pytest.raises(Killed):
        office.postman.work_once()

    after = restarted(office)
    after.work()

    assert (office.sender.texts, after.sender.texts) == (["một"], [LOST, "hai"])


def test_an_assistant_that_fails_is_an_answer_too(shipped, sqlite):
    office = office_of(shipped, sqlite)
    object.__setattr__(office.assistant, "run", None)

    [told] = office.say("7", FEE)

    assert told.text == shipped_words(Status.ERROR_INTERNAL)


def shipped_words(status):
    from assistant import wording

    return wording.SAID[status].vi


def test_two_workers_on_one_database_answer_each_update_once_and_in_order(shipped, database):
    first = office_of(shipped, database)
    second = first.again(sender=first.sender)
    said = ("chào", "cảm ơn", "bạn là ai", "tạm biệt")
    for words in said:
        for person in "abcd":
            first.put(person, words)

    workers = [threading.Thread(target=office.work) for office in (first, second) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    first.work()

    for person in "abcd":
        assert questions(first, person) == list(said)
        assert len([sent for sent in first.sender.sent if sent.person == person]) == len(said)


def test_started_it_works_by_itself_and_stops(shipped, sqlite):
    class Telling(ScriptedSender):
        arrived = threading.Event()

        def send(self, *parts):
            super().send(*parts)
            self.arrived.set()

    office = office_of(shipped, sqlite, sender=Telling())
    office.postman.start()
    office.put("7", "chào")
    assert office.sender.arrived.wait(30)
    office.postman.stop()

    assert len(office.sender.sent) == 1
    assert states(office) == ["sent"]
