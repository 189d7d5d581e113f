"""What is past its period goes, by kind, on both databases; what is not, stays; a run that was stopped is gone on with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from assistant.consents import ConsentLedger, How, Purpose
from assistant.conversation import Answer, Memory, Status, Turn
from assistant.errors import SettingError
from assistant.handover import HandoverQueue
from assistant.model_budget import StoredUsage
from assistant.operator_hours import OperatorHours
from assistant.retention import DAYS, Kind, Periods, sweep
from assistant.store import ConversationStore
from knowledge.database import Database

AT = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
NOTHING = dict.fromkeys(Kind, 0)
TABLES = ("conversations", "turns", "feedback", "handovers", "consents", "deletions", "model_usage")


def live(database: Database, at: datetime) -> str:
    """A conversation with one turn, one complaint, one consent and one ended handover."""
    store, queue = ConversationStore(database), HandoverQueue(database, OperatorHours.read({}))
    conversation, _ = store.open("web", at)
    turn = Turn(conversation=conversation, text="làm thẻ tre", at=at)
    kept = store.add(turn, Answer(status=Status.ANSWERED), Memory(), 1)
    store.complain(conversation, kept, "other", "", at)
    consent = ConsentLedger(database).give(conversation, Purpose.HANDOVER, at, How.TYPED)
    entry = queue.ask(conversation, "web", "", at, consent)
    queue.take(entry.id, "lan", at)
    queue.close(entry.id, "lan", at)
    return conversation


def rows(database: Database) -> tuple[int, ...]:
    """How many rows each of `TABLES` has."""
    with database.engine.connect() as connection:
        return tuple(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in TABLES)


def days(number: int, seconds: int = 0) -> datetime:
    return AT + timedelta(days=number, seconds=seconds)


def test_nothing_goes_before_its_time(database):
    live(database, AT)

    assert sweep(database, days(90)) == NOTHING
    assert rows(database) == (1, 1, 1, 1, 1, 0, 0)


def test_a_conversation_goes_with_all_that_hangs_on_it_but_the_proof_of_consent(database):
    live(database, AT)
    live(database, days(1))

    assert sweep(database, days(90, 1)) == NOTHING | {Kind.CONVERSATIONS: 1, Kind.FEEDBACK: 1, Kind.HANDOVERS: 1}
    assert rows(database) == (1, 1, 1, 1, 2, 0, 0)


def test_the_proof_goes_in_its_own_time(database):
    live(database, AT)
    sweep(database, days(90, 1))

    assert sweep(database, days(730)) == NOTHING
    assert sweep(database, days(730, 1)) == NOTHING | {Kind.CONSENTS: 1}
    assert rows(database) == (0,) * 7


def test_a_consent_in_use_stays_however_old(database):
    conversation = live(database, AT)
    turn = Turn(conversation=conversation, text="còn đây", at=days(800))
    ConversationStore(database).add(turn, Answer(status=Status.ANSWERED), Memory(), 1)
    ledger = ConsentLedger(database)

    assert sweep(database, days(800))[Kind.CONSENTS] == 0
    ledger.withdraw(conversation, days(800))
    assert sweep(database, days(1530))[Kind.CONSENTS] == 0
    assert sweep(database, days(1530, 1))[Kind.CONSENTS] == 1


def test_each_kind_has_a_period_of_its_own(database):
    live(database, AT)
    periods = Periods(DAYS | {Kind.FEEDBACK: 10, Kind.HANDOVERS: 20})

    assert sweep(database, days(10, 1), periods) == NOTHING | {Kind.FEEDBACK: 1}
    assert sweep(database, days(20, 1), periods) == NOTHING | {Kind.HANDOVERS: 1}
    assert rows(database) == (1, 1, 0, 0, 1, 0, 0)


def test_lines_of_deletions_and_of_models_go_in_their_time(database):
    store = ConversationStore(database)
    store.forget(live(database, AT), AT)
    StoredUsage(database).add(date(2026, 11, 21), "tre", 10, 5)

    assert sweep(database, days(400)) == NOTHING
    assert sweep(database, days(401)) == NOTHING | {Kind.MODEL_USAGE: 1}
    assert sweep(database, days(1825, 1)) == NOTHING | {Kind.DELETIONS: 1}
    assert rows(database) == (0,) * 7


def test_an_entry_that_still_waits_is_ended_before_it_is_deleted(database):
    queue, ledger = HandoverQueue(database, OperatorHours.read({})), ConsentLedger(database)
    conversation, _ = ConversationStore(database).open("web", AT)
    consent = ledger.give(conversation, Purpose.HANDOVER, AT, How.TYPED)
    queue.ask(conversation, "web", "", AT, consent)
    sweep(database, days(4), Periods(DAYS | {Kind.HANDOVERS: 1}))

    assert (queue.waiting(), rows(database)[3]) == ([], 1)
    assert sweep(database, days(6), Periods(DAYS | {Kind.HANDOVERS: 1}))[Kind.HANDOVERS] == 1


def test_a_second_run_finds_nothing(database):
    for _ in range(7):
        live(database, AT)
    first = sweep(database, days(91), batch=3)

    assert (first[Kind.CONVERSATIONS], first[Kind.FEEDBACK]) == (7, 7)
    assert sweep(database, days(91), batch=3) == NOTHING


def test_a_run_that_was_stopped_is_gone_on_with(database):
    """The plug is pulled at the third batch of conversations."""
    for _ in range(10):
        live(database, AT)
    seen = 0

    def pull(*told: object) -> None:
        nonlocal seen
        seen += str(told[2]).startswith("DELETE FROM conversations")
        if seen == 3:
            raise KeyboardInterrupt

    event.listen(database.engine, "before_cursor_execute", pull)
    with pytest.raises(KeyboardInterrupt):
        sweep(database, days(91), batch=2)
    event.remove(database.engine, "before_cursor_execute", pull)

    assert rows(database)[:2] == (6, 6)
    assert sweep(database, days(91), batch=2)[Kind.CONVERSATIONS] == 6
    assert rows(database)[:4] == (0,) * 4


def test_a_run_that_is_due_at_the_city_s_clock_is_the_same(database):
    live(database, AT)
    city = datetime.fromisoformat("2027-02-19T09:30:00+07:00")

    assert sweep(database, city)[Kind.CONVERSATIONS] == 0
    assert sweep(database, city + timedelta(seconds=1))[Kind.CONVERSATIONS] == 1


def test_periods_are_settings():
    read = Periods.read({"TROLY_KEEP_CONVERSATIONS_DAYS": "30", "TROLY_KEEP_MODEL_USAGE_DAYS": " "})

    assert read.days == DAYS | {Kind.CONVERSATIONS: 30}
    assert dict(Periods.read({}).days) == {
        "conversations": 90,
        "feedback": 90,
        "handovers": 90,
        "consents": 730,
        "deletions": 1825,
        "form_drafts": 30,
        "profiles": 365,
        "model_usage": 400,
    }


@pytest.mark.parametrize("value", ["0", "-1", "mãi mãi", "1.5", "99999", "٣"])
def test_a_period_that_is_none_is_told(value):
    with pytest.raises(SettingError) as told:
        Periods.read({"TROLY_KEEP_FEEDBACK_DAYS": value})
    assert str(told.value) == (
        f"TROLY_KEEP_FEEDBACK_DAYS={value} is no number of days: give one from 1 on, or leave it out (90)."
    )
