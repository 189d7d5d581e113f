"""Tokens are counted by day and model, for all workers together, and stop at the limit."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import select

from assistant.model import Clock, ModelSettings, ModelSpent
from assistant.model_budget import Budget, MemoryUsage, ModelUsageRow, StoredUsage
from knowledge.database import Database

FIRST, LAST, NEXT = date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)


def test_days_and_models_are_counted_apart(database):
    usage = StoredUsage(database)
    for day, model, tokens_in, tokens_out in [
        (FIRST, "openai:tre", 100, 10),
        (FIRST, "openai:tre", 200, 20),
        (FIRST, "anthropic:nứa", 1, 2),
        (LAST, "openai:tre", 5, 5),
    ]:
        usage.add(day, model, tokens_in, tokens_out)

    with database.session() as session:
        rows = session.scalars(select(ModelUsageRow).order_by(ModelUsageRow.day, ModelUsageRow.model)).all()
    assert [(row.day, row.model, row.calls, row.tokens_in, row.tokens_out) for row in rows] == [
        ("2026-11-01", "anthropic:nứa", 1, 1, 2),
        ("2026-11-01", "openai:tre", 2, 300, 30),
        ("2026-11-30", "openai:tre", 1, 5, 5),
    ]
    assert [usage.spent(FIRST), usage.spent(LAST), usage.spent(NEXT)] == [343, 10, 0]


def test_no_count_is_lost_among_workers(database):
    usage = StoredUsage(database)
    threads = [
        threading.Thread(target=lambda: [usage.add(FIRST, "openai:tre", 3, 4) for _ in range(20)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert usage.spent(FIRST) == 4 * 20 * 7


def test_old_counts_are_swept(database):
    usage = StoredUsage(database)
    usage.add(FIRST, "openai:tre", 1, 1)
    usage.add(LAST, "openai:tre", 2, 2)

    assert usage.sweep(LAST) == 1
    assert usage.sweep(LAST) == 0
    assert usage.spent(FIRST) == 4


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({}, None),
        ({"tokens_a_day": 31}, None),
        (
            {"tokens_a_day": 30},
            "The 30 tokens of TROLY_MODEL_TOKENS_A_DAY are used up. To mend it: raise it, or wait for the next.",
        ),
        ({"tokens_a_month": 131}, None),
        (
            {"tokens_a_month": 130},
            "The 130 tokens of TROLY_MODEL_TOKENS_A_MONTH are used up. To mend it: raise it, or wait for the next.",
        ),
    ],
)
def test_calls_go_through_while_tokens_last(limits, told):
    usage = MemoryUsage()
    usage.add(date(2026, 10, 31), "m", 1_000, 0)
    usage.add(FIRST, "m", 50, 50)
    usage.add(LAST, "m", 10, 20)
    budget = Budget(ModelSettings(**limits), usage, Clock(today=lambda: LAST))

    if told is None:
        budget.check()
    else:
        with pytest.raises(ModelSpent) as raised:
            budget.check()

        assert str(raised.value) == told


def test_a_new_month_begins_with_all_its_tokens():
    days = iter([LAST, NEXT])
    usage = MemoryUsage()
    usage.add(LAST, "m", 10, 20)
    budget = Budget(ModelSettings(tokens_a_month=30), usage, Clock(today=lambda: next(days)))

    with pytest.raises(ModelSpent):
        budget.check()
    budget.check()


def test_where_nobody_can_count_nothing_is_spent_and_no_answer_is_lost(tmp_path, caplog):
    broken = StoredUsage(Database(f"sqlite:///{tmp_path / 'empty.db'}"))
    budget = Budget(ModelSettings(tokens_a_day=30), broken, Clock(today=lambda: LAST))

    budget.add("m", 10, 20)
    with pytest.raises(ModelSpent):
        budget.check()

    assert [record.getMessage() for record in caplog.records] == ["model tokens not counted"]
