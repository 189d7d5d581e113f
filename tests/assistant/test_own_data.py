"""A citizen's own data, on both databases: all of it comes out, all of it goes, and nothing of it reaches another."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, text

from assistant.consents import ConsentLedger, How, Purpose, words
from assistant.conversation import Answer, Block, Memory, Status, Turn
from assistant.handover import HandoverQueue
from assistant.operator_hours import OperatorHours
from assistant.own_data import export, is_held
from assistant.store import ConversationStore
from knowledge.database import Database

AT = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
NOTHING = {
    "conversations": [],
    "turns": [],
    "feedback": [],
    "consents": [],
    "handovers": [],
    "messenger_people": [],
    "form_drafts": [],
    "profiles": [],
}


@pytest.fixture
def store(database) -> ConversationStore:
    return ConversationStore(database)


def live(database: Database, word: str) -> tuple[str, str]:
    """A whole conversation in which everything holds a word of its own; its id and token."""
    store, ledger = ConversationStore(database), ConsentLedger(database)
    conversation, token = store.open("web", AT)
    answer = Answer(status=Status.ANSWERED, blocks=(Block(text=f"Trả lời {word}"),))
    turn = store.add(
        Turn(conversation=conversation, text=f"Hỏi {word}", at=AT), answer, Memory(current=f"nhớ {word}"), 12
    )
    store.complain(conversation, turn, "wrong_fact", f"Sai {word}", AT)
    consent = ledger.give(conversation, Purpose.HANDOVER, AT, How.TYPED)
    HandoverQueue(database, OperatorHours.read({})).ask(conversation, "web", f"Gặp {word}", AT, consent, "0905123456")
    return conversation, token


def everything(database: Database) -> str:
    """Every row of every table, as text."""
    with database.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        return "\n".join(str(row) for name in tables for row in connection.exec_driver_sql(f"SELECT * FROM {name}"))


def test_all_that_is_held_comes_out(database):
    conversation, _ = live(database, "tre")
    held = export(database, conversation)
    forms = {kind: held.pop(kind) for kind in ("form_drafts", "profiles", "messenger_people")}
    ids = {kind: rows[0].pop("id") for kind, rows in held.items()}

    assert forms == {"form_drafts": [], "profiles": [], "messenger_people": []}
    assert ids["conversations"] == conversation
    assert held == {
        "conversations": [
            {
                "channel": "web",
                "started_at": "2026-11-21T02:30:00+00:00",
                "last_at": "2026-11-21T02:30:00+00:00",
            }
        ],
        "turns": [
            {
                "number": 1,
                "at": "2026-11-21T02:30:00+00:00",
                "question": "Hỏi tre",
                "answer": {"status": "answered", "blocks": [{"text": "Trả lời tre"}]},
                "status": "answered",
                "memory": {"current": "nhớ tre"},
                "ms": 12,
            }
        ],
        "feedback": [{"at": "2026-11-21T02:30:00+00:00", "reason": "wrong_fact", "comment": "Sai tre"}],
        "consents": [
            {
                "purpose": "handover",
                "version": 1,
                "given_at": "2026-11-21T02:30:00+00:00",
                "withdrawn_at": None,
                "how": "typed",
                "wording_hash": words(Purpose.HANDOVER).hash,
                "words": words(Purpose.HANDOVER).text,
            }
        ],
        "handovers": [
            {
                "channel": "web",
                "reason": "Gặp tre",
                "at": "2026-11-21T02:30:00.000000+00:00",
                "due": "2026-11-21T02:30:00.000000+00:00",
                "state": "waiting",
                "operator": "",
                "updated_at": "2026-11-21T02:30:00.000000+00:00",
                "call_back": False,
                "phone": "0905123456",
                "phone_masked": "*******456",
            }
        ],
    }


def test_every_table_that_knows_of_conversations_is_handed_out(database):
    """Whoever adds a table with a conversation in it is told here to hand it out and to forget it."""
    with database.engine.connect() as connection:
        looked = inspect(connection)
        tied = {
            name
            for name in looked.get_table_names()
            for column in looked.get_columns(name)
            if column["name"] in ("conversation_id", "turn_id")
        }

    assert tied | {"conversations"} == set(NOTHING)


def test_what_comes_out_can_be_written_as_json(database):
    conversation, _ = live(database, "tre")
    held = export(database, conversation)

    assert json.loads(json.dumps(held)) == held


def test_the_secret_of_a_conversation_stays_in(database, store):
    conversation, token = live(database, "tre")
    told = json.dumps(export(database, conversation))

    assert token not in told
    assert "token" not in told


def test_nothing_of_another_comes_out(database):
    mine, _ = live(database, "tre")
    live(database, "trúc")

    assert "trúc" not in json.dumps(export(database, mine), ensure_ascii=False)


def test_of_nobody_nothing_is_held(database):
    live(database, "tre")

    assert export(database, "nobody") == NOTHING
    assert (is_held(NOTHING), is_held(export(database, ""))) == (False, False)


def test_all_of_it_is_forgotten_and_one_line_says_so(database, store):
    mine, token = live(database, "tre")
    theirs, _ = live(database, "trúc")
    before = export(database, theirs)
    number = store.forget(mine, AT)
    left = everything(database)

    assert [word for word in ("tre", mine) if word in left] == []
    assert (export(database, mine), store.find(token), export(database, theirs)) == (NOTHING, None, before)
    assert [line for line in ConsentLedger(database).export() if line["kind"] == "deletion"] == [
        {
            "kind": "deletion",
            "id": number,
            "at": "2026-11-21T02:30:00+00:00",
            "how": "asked",
            "counts": {"feedback": 1, "turns": 1, "handovers": 1, "consents": 1, "conversations": 1},
        }
    ]


def test_forgetting_nothing_leaves_no_line(database, store):
    conversation, _ = live(database, "tre")
    store.forget(conversation, AT)
    lines = list(ConsentLedger(database).export())

    assert (store.forget(conversation, AT), store.forget("nobody", AT)) == ("", "")
    assert list(ConsentLedger(database).export()) == lines


def test_a_deletion_that_fails_deletes_nothing(database, store, monkeypatch):
    conversation, _ = live(database, "tre")
    before = export(database, conversation)

    def broken(*_: object) -> str:
        raise RuntimeError("the line cannot be written")

    monkeypatch.setattr("assistant.store.note_deletion", broken)
    with pytest.raises(RuntimeError):
        store.forget(conversation, AT)
    assert export(database, conversation) == before


def test_conversations_that_go_on_at_once_never_meet(database):
    """Each thread lives, reads, takes back and forgets its own; half of them are then looked at, half are gone."""
    start, seen, faults = threading.Barrier(8), {}, []

    def person(number: int) -> None:
        try:
            start.wait()
            for turn in range(3):
                word = f"‹{number}-{turn}›"
                conversation, token = live(database, word)
                held = json.dumps(export(database, conversation), ensure_ascii=False)
                seen[word] = (conversation, ConversationStore(database).find(token), held)
                if turn == 1:
                    ConsentLedger(database).withdraw(conversation, AT)
                if turn == 2:
                    ConversationStore(database).forget(conversation, AT)
        except Exception as error:  # noqa: BLE001 - a thread's error is the test's
            faults.append(error)

    threads = [threading.Thread(target=person, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = everything(database)

    assert faults == []
    assert len(seen) == 24
    for word, (conversation, found, held) in seen.items():
        assert found == conversation
        assert {other for other in seen if other in held} == {word}
        assert held.count(word) == 5
        assert (conversation in left, word in left) == (not word.endswith("-2›"),) * 2
    waiting = HandoverQueue(database, OperatorHours.read({})).waiting()
    assert {one.reason for one in waiting} == {f"Gặp ‹{number}-0›" for number in range(8)}


def test_where_a_messenger_reaches_the_citizen_is_handed_out(database):
    conversation, _ = live(database, "tre")
    person = {"channel": "telegram", "person": "7", "language": "vi", "last_at": "2026-11-22T08:00:00+00:00"}
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO messenger_people (channel, person, conversation_id, language, last_message, last_at, gone)"
                " VALUES (:channel, :person, :conversation, :language, '', :last_at, :gone)"
            ),
            {**person, "conversation": conversation, "gone": False},
        )

    assert export(database, conversation)["messenger_people"] == [person]
