"""What is kept of a conversation, on both databases: masked, reached by its token alone, gone when it should be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from assistant.conversation import Answer, Block, Citation, Memory, Status, Turn
from assistant.store import RETENTION, ConversationRow, ConversationStore, FeedbackRow, PastTurn, TurnRow
from knowledge.database import Database
from knowledge.errors import StorageError
from knowledge.procedure import Section

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)

ANSWER = Answer(
    status=Status.ANSWERED,
    blocks=(Block(text="Làm thẻ tre.", cites=(1,)),),
    procedures=("1.000001",),
    citations=(
        Citation(
            code="1.000001",
            section=Section.FEE,
            url="https://example.vn",
            source="Cổng thử",
            version=1,
            as_of="2026-07-18",
        ),
    ),
)
MEMORY = Memory(current="1.000001", offered=("1.000002",), sections=(Section.FEE,), asked_back=1, language="en")


@pytest.fixture
def store(database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def add(store) -> Callable[..., str]:
    """Keeps a turn: `add(conversation, "làm thẻ tre")`."""

    def keep(conversation: str, said: str = "làm thẻ tre", memory: Memory = MEMORY, at: datetime = AT) -> str:
        return store.add(Turn(conversation=conversation, text=said, at=at), ANSWER, memory, 12)

    return keep


def everything(database: Database) -> str:
    """All that the database holds of conversations, as text."""
    with database.session() as session:
        tables = ("conversations", "turns", "feedback")
        rows = [row for table in tables for row in session.execute(text(f"SELECT * FROM {table}")).all()]
    return "\n".join(map(str, rows))


def counts(database: Database) -> tuple[int, int, int]:
    """How many conversations, turns and complaints there are."""
    with database.session() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table)) for table in (ConversationRow, TurnRow, FeedbackRow)
        )


def test_a_turn_comes_back_as_it_went_in(store, add):
    conversation, _ = store.open("web", AT)
    turn = add(conversation)

    assert store.turns(conversation) == [PastTurn(turn, "làm thẻ tre", ANSWER)]
    assert store.memory(conversation) == MEMORY


def test_a_new_conversation_remembers_nothing(store):
    conversation, _ = store.open("web", AT)

    assert (store.memory(conversation), store.turns(conversation)) == (Memory(), [])


def test_the_last_memory_counts(store, add):
    conversation, _ = store.open("web", AT)
    for number in range(1, 4):
        add(conversation, memory=Memory(current=f"1.00000{number}"))

    assert store.memory(conversation) == Memory(current="1.000003")


def test_the_last_turns_come_oldest_first(store, add):
    conversation, _ = store.open("web", AT)
    for number in range(5):
        add(conversation, f"câu {number}")

    assert [past.question for past in store.turns(conversation, last=3)] == ["câu 2", "câu 3", "câu 4"]


def test_a_conversation_is_reached_by_its_token_and_nothing_else(store, database, add):
    conversation, token = store.open("web", AT)
    add(conversation)

    assert store.find(token) == conversation
    assert store.find(conversation) is None
    assert store.find("") is None
    assert token not in everything(database)


def test_tokens_and_ids_are_never_used_twice(store):
    opened = [store.open("web", AT) for _ in range(50)]

    assert len({part for pair in opened for part in pair}) == 100
    assert all(len(token) >= 32 for _, token in opened)


def test_personal_numbers_are_not_written_down(store, database, add):
    conversation, _ = store.open("web", AT)
    turn = add(conversation, "tôi là An, cccd 048099001234, sđt 0905123456, an@example.vn")
    store.complain(conversation, turn, "other", "gọi tôi 0905123456", AT)
    kept = everything(database)

    assert [past.question for past in store.turns(conversation)] == [
        "tôi là An, cccd [số định danh], sđt [số điện thoại], [email]"
    ]
    assert not [secret for secret in ("048099001234", "0905123456", "an@example.vn") if secret in kept]


def test_whatever_is_typed_can_be_kept(store, add):
    conversation, _ = store.open("web", AT)
    kept_of = {
        "thẻ\u0000 tre": "thẻ tre",
        "thẻ tre\ud83d": "thẻ tre",
        "thẻ tre" + "".join(chr(0xE0000 + ord(c)) for c in "hidden"): "thẻ tre",
        "thẻ 🎋 tre": "thẻ 🎋 tre",
        "'); DROP TABLE turns; --": "'); DROP TABLE turns; --",
        "t" * 100_000: "t" * 4_000,
        "": "",
    }
    for said in kept_of:
        add(conversation, said)

    assert [past.question for past in store.turns(conversation)] == list(kept_of.values())


def test_a_turn_of_no_conversation_is_refused(store, database, add):
    with pytest.raises(StorageError) as refused:
        add("nobody", "câu hỏi riêng tư")

    assert counts(database) == (0, 0, 0)
    assert "riêng tư" not in f"{refused.value}{refused.value.__cause__}"


def test_a_complaint_is_kept_with_its_turn(store, database, add):
    conversation, _ = store.open("web", AT)
    turn = add(conversation)

    assert store.complain(conversation, turn, "wrong_fact", "phí sai", AT) is True
    with database.session() as session:
        row = session.scalars(select(FeedbackRow)).one()
    assert (row.turn_id, row.reason, row.comment) == (turn, "wrong_fact", "phí sai")


def test_nobody_complains_about_the_turn_of_another(store, database, add):
    mine, _ = store.open("web", AT)
    theirs, _ = store.open("web", AT)
    turn = add(theirs)

    assert store.complain(mine, turn, "other", "", AT) is False
    assert store.complain(mine, "no such turn", "other", "", AT) is False
    assert counts(database) == (2, 1, 0)


def test_a_long_complaint_is_cut(store, database, add):
    conversation, _ = store.open("web", AT)
    store.complain(conversation, add(conversation), "other", "x" * 5_000, AT)
    with database.session() as session:
        comment = session.scalars(select(FeedbackRow.comment)).one()

    assert comment == "x" * 1_000


def test_a_forgotten_conversation_leaves_nothing(store, database, add):
    mine, token = store.open("web", AT)
    theirs, _ = store.open("web", AT)
    store.complain(mine, add(mine), "other", "", AT)
    add(theirs)
    store.forget(mine)

    assert store.find(token) is None
    assert counts(database) == (1, 1, 0)
    assert mine not in everything(database)


def test_what_nobody_spoke_in_for_ninety_days_is_swept(store, database, add):
    old, _ = store.open("web", AT)
    add(old)
    kept, token = store.open("web", AT)
    add(kept, at=AT + timedelta(days=1))

    assert store.sweep(AT + RETENTION) == 0
    assert store.sweep(AT + RETENTION + timedelta(seconds=1)) == 1
    assert counts(database) == (1, 1, 0)
    assert store.find(token) == kept


def test_a_city_clock_and_a_world_clock_sweep_alike(store):
    """The last message is kept in UTC: 30 minutes past midnight in Da Nang is the day before there."""
    store.open("web", datetime.fromisoformat("2026-11-22T00:30:00+07:00"))

    assert store.sweep(datetime.fromisoformat("2027-02-20T00:30:00+07:00")) == 0
    assert store.sweep(datetime.fromisoformat("2027-02-19T17:30:01+00:00")) == 1
