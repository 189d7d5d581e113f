"""The operators' queue, on both databases: nobody in it without consent, nobody taken twice, nobody forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from assistant.consents import ConsentLedger, How, Purpose
from assistant.conversation import Answer, Memory, Status, Turn
from assistant.handover import LONGEST_WAIT, ConsentMissing, Handover, HandoverQueue, HandoverState, expire
from assistant.operator_hours import OperatorHours
from assistant.store import ConversationStore
from knowledge.errors import StorageError

AT = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
"""9:30 on a Saturday in Da Nang."""
NIGHT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
PHONE = "0905123456"


@pytest.fixture
def queue(database) -> HandoverQueue:
    return HandoverQueue(database, OperatorHours.read({}))


@pytest.fixture
def ledger(database) -> ConsentLedger:
    return ConsentLedger(database)


@pytest.fixture
def agreed(database, ledger) -> Callable[[], str]:
    """A new conversation whose citizen agreed to be handed over."""

    def new() -> str:
        conversation, _ = ConversationStore(database).open("web", AT)
        ledger.give(conversation, Purpose.HANDOVER, AT, How.TYPED)
        return conversation

    return new


@pytest.fixture
def ask(queue, ledger, agreed) -> Callable[..., Handover]:
    """Asks for a person: `ask()` in a new conversation, `ask(conversation, at=…)`."""

    def put(conversation: str = "", at: datetime = AT, reason: str = "muốn gặp cán bộ", phone: str = "") -> Handover:
        conversation = conversation or agreed()
        consent = ledger.current(conversation, Purpose.HANDOVER)
        return queue.ask(conversation, "web", reason, at, consent, phone)

    return put


def test_who_asks_in_hours_waits(queue, ask, agreed):
    conversation = agreed()
    asked = ask(conversation, phone=PHONE)

    assert asked == Handover(
        id=asked.id,
        conversation=conversation,
        channel="web",
        reason="muốn gặp cán bộ",
        at="2026-11-21T02:30:00.000000+00:00",
        due="2026-11-21T02:30:00.000000+00:00",
        state=HandoverState.WAITING,
        operator="",
        updated_at="2026-11-21T02:30:00.000000+00:00",
        call_back=False,
        phone_masked="*******456",
    )
    assert (queue.waiting(), queue.open_entry(conversation)) == ([asked], asked)


def test_who_asks_out_of_hours_is_called_back_in_the_morning(ask):
    asked = ask(at=NIGHT)

    assert (asked.call_back, asked.due) == (True, "2026-11-22T00:30:00.000000+00:00")


def test_without_consent_there_is_no_entry(queue, ledger, agreed, database):
    mine, theirs = agreed(), agreed()
    other, _ = ConversationStore(database).open("web", AT)
    for consent in (
        None,
        ledger.current(theirs, Purpose.HANDOVER),
        ledger.give(mine, Purpose.PROFILE, AT, How.BUTTON),
    ):
        with pytest.raises(ConsentMissing):
            queue.ask(mine, "web", "", AT, consent)
    with pytest.raises(ConsentMissing):
        queue.ask(other, "web", "", AT, ledger.current(other, Purpose.HANDOVER))
    assert queue.waiting() == []


def test_a_consent_taken_back_a_moment_ago_lets_nobody_in(queue, ledger, agreed):
    conversation = agreed()
    stale = ledger.current(conversation, Purpose.HANDOVER)
    ledger.withdraw(conversation, AT)

    with pytest.raises(ConsentMissing, match="taken back"):
        queue.ask(conversation, "web", "", AT, stale)


def test_taking_consent_back_takes_the_entry_out_of_the_queue(queue, ledger, ask):
    waiting, taken, behind = ask(), ask(at=LATER), ask(at=LATER)
    queue.take(taken.id, "lan", LATER)
    ledger.withdraw(waiting.conversation, LATER, Purpose.HANDOVER)
    ledger.withdraw(taken.conversation, LATER, Purpose.HANDOVER)

    assert queue.waiting() == [behind]
    assert (queue.position(waiting.conversation), queue.position(behind.conversation)) == (0, 1)
    assert queue.take(waiting.id, "lan", LATER) is False
    assert queue.transcript(taken.id, "lan") == []


def test_a_conversation_has_one_open_entry(queue, ask, agreed):
    conversation = agreed()
    first = ask(conversation)
    again = ask(conversation, at=LATER, reason="lâu quá")
    queue.take(first.id, "lan", LATER)
    while_taken = ask(conversation, at=LATER)
    queue.close(first.id, "lan", LATER)
    new = ask(conversation, at=LATER)

    assert again == first
    assert (while_taken.id, while_taken.state) == (first.id, HandoverState.TAKEN)
    assert (new.id != first.id, queue.waiting()) == (True, [new])


def test_many_messages_at_once_make_one_entry(queue, ask, agreed):
    conversation = agreed()
    start, made = threading.Barrier(8), []

    def hurry() -> None:
        start.wait()
        made.append(ask(conversation).id)

    _together(hurry, 8)

    assert (len(made), len(set(made)), len(queue.waiting())) == (8, 1, 1)


def test_a_conversation_that_is_not_there_cannot_wait(queue, ledger):
    consent = ledger.give("nobody", Purpose.HANDOVER, AT, How.TYPED)

    with pytest.raises(StorageError):
        queue.ask("nobody", "web", "", AT, consent)


def test_the_queue_is_first_come_first_served(queue, ask):
    third, first, second = ask(at=LATER), ask(), ask(at=AT + timedelta(microseconds=1))

    assert queue.waiting() == [first, second, third]
    assert [queue.position(one.conversation) for one in (first, second, third)] == [1, 2, 3]
    queue.take(first.id, "lan", LATER)
    assert [queue.position(one.conversation) for one in (first, second, third)] == [0, 1, 2]


def test_who_came_in_the_same_moment_has_the_place_that_the_list_shows(queue, ask):
    for _ in range(5):
        ask()

    assert [queue.position(one.conversation) for one in queue.waiting()] == [1, 2, 3, 4, 5]


def test_of_many_operators_one_gets_the_entry(queue, ask):
    entries = [ask() for _ in range(5)]
    start, taken = threading.Barrier(6), []

    def grab(operator: str) -> None:
        start.wait()
        taken.extend((entry.id, operator) for entry in entries if queue.take(entry.id, operator, LATER))

    _together(grab, 6, *"abcdef")

    assert sorted(entry for entry, _ in taken) == sorted(entry.id for entry in entries)
    assert {entry: queue.open_entry(one.conversation).operator for one in entries for entry in [one.id]} == dict(taken)


def test_only_the_operator_who_took_it_ends_it(queue, ask):
    closed, returned = ask(), ask()
    queue.take(closed.id, "lan", LATER)
    queue.take(returned.id, "lan", LATER)

    assert [queue.close(closed.id, "mai", LATER), queue.return_(returned.id, "mai", LATER)] == [False, False]
    assert [queue.close(closed.id, "lan", LATER), queue.return_(returned.id, "lan", LATER)] == [True, True]
    assert [queue.close(closed.id, "lan", LATER), queue.return_(closed.id, "lan", LATER)] == [False, False]
    assert queue.take(closed.id, "mai", LATER) is False
    assert queue.close(ask().id, "", LATER) is False


def test_the_transcript_is_for_the_operator_who_took_it(queue, ask, agreed, database):
    conversation = agreed()
    store = ConversationStore(database)
    turn = Turn(conversation=conversation, text="cho tôi gặp cán bộ", at=AT)
    store.add(turn, Answer(status=Status.HANDED_OVER_WAITING), Memory(), 3)
    entry = ask(conversation)

    assert queue.transcript(entry.id, "lan") == []
    queue.take(entry.id, "lan", LATER)
    assert [past.question for past in queue.transcript(entry.id, "lan")] == ["cho tôi gặp cán bộ"]
    assert queue.transcript(entry.id, "mai") == []
    queue.close(entry.id, "lan", LATER)
    assert queue.transcript(entry.id, "lan") == []


def test_the_number_to_call_back_is_for_that_operator_and_gone_afterwards(queue, ask, database):
    entry = ask(at=NIGHT, phone=PHONE)
    before = queue.phone(entry.id, "lan")
    queue.take(entry.id, "lan", LATER)
    taken = [queue.phone(entry.id, operator) for operator in ("lan", "mai")]
    queue.close(entry.id, "lan", LATER)
    with database.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT phone, phone_masked FROM handovers").all()

    assert (before, taken, kept) == ("", [PHONE, ""], [("", "*******456")])


def test_a_short_number_is_masked_whole(ask):
    assert ask(phone="1022").phone_masked == "****"


def test_personal_numbers_in_the_reason_are_hidden(ask):
    assert ask(reason="gọi tôi 0905123456\nnhé").reason == "gọi tôi [số điện thoại] nhé"


def test_what_nobody_will_end_is_ended(queue, ask, ledger, database):
    late = ask(phone=PHONE)
    left, unwanted = ask(), ask()
    queue.take(left.id, "lan", AT)
    ledger.withdraw(unwanted.conversation, AT)
    kept = ask(at=NIGHT)

    assert expire(database, AT + LONGEST_WAIT) == 1
    assert expire(database, AT + LONGEST_WAIT + timedelta(seconds=1)) == 2
    assert expire(database, AT + LONGEST_WAIT + timedelta(seconds=1)) == 0
    with database.engine.connect() as connection:
        states = dict(connection.exec_driver_sql("SELECT id, state || phone FROM handovers").all())
    assert states == {late.id: "expired", left.id: "closed", unwanted.id: "closed", kept.id: "waiting"}
    assert queue.waiting() == [kept]


def _together(work: Callable[..., None], count: int, *words: str) -> None:
    threads = [threading.Thread(target=work, args=words[n : n + 1]) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
