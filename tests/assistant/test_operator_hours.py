"""When operators are there, by the city's clock, and what a setting that cannot be read is told."""

from __future__ import annotations

from datetime import datetime

import pytest

from assistant.errors import SettingError
from assistant.operator_hours import OperatorHours

ALWAYS = OperatorHours.read({})
OFFICE = OperatorHours.read({"TROLY_OPERATOR_HOURS": "7:30-11:30, 13h30-17h30", "TROLY_OPERATOR_DAYS": "1-5"})


def at(written: str) -> datetime:
    """A moment of the city's clock, unless another is named. 21/11/2026 is a Saturday."""
    return datetime.fromisoformat(written if len(written) > 16 else f"{written}+07:00")


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        (ALWAYS, "2026-11-21T07:29", False),
        (ALWAYS, "2026-11-21T07:30", True),
        (ALWAYS, "2026-11-22T17:29", True),
        (ALWAYS, "2026-11-21T17:30", False),
        (ALWAYS, "2026-11-21T00:30:00+00:00", True),
        (ALWAYS, "2026-11-21T08:00:00+00:00", True),
        (ALWAYS, "2026-11-21T10:30:00+00:00", False),
        (OFFICE, "2026-11-20T11:29", True),
        (OFFICE, "2026-11-20T12:00", False),
        (OFFICE, "2026-11-20T13:30", True),
        (OFFICE, "2026-11-21T09:00", False),
        (OFFICE, "2026-11-23T09:00", True),
    ],
)
def test_they_are_there_in_their_hours(hours, moment, is_open):
    assert hours.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        (ALWAYS, "2026-11-21T03:00", "2026-11-21T07:30"),
        (ALWAYS, "2026-11-21T07:30", "2026-11-22T07:30"),
        (ALWAYS, "2026-11-21T22:00", "2026-11-22T07:30"),
        (ALWAYS, "2026-11-21T16:00:00+00:00", "2026-11-22T07:30"),
        (ALWAYS, "2026-12-31T18:00", "2027-01-01T07:30"),
        (OFFICE, "2026-11-20T12:00", "2026-11-20T13:30"),
        (OFFICE, "2026-11-20T17:30", "2026-11-23T07:30"),
        (OFFICE, "2026-11-22T23:59", "2026-11-23T07:30"),
    ],
)
def test_the_next_opening_is_told(hours, moment, opens):
    assert hours.opens_next(at(moment)) == at(opens)


def test_one_day_a_week_and_a_whole_day_are_hours_too():
    hours = OperatorHours.read({"TROLY_OPERATOR_HOURS": "0:00-24:00", "TROLY_OPERATOR_DAYS": "7"})

    assert [hours.is_open(at(f"2026-11-22T{clock}")) for clock in ("00:00", "23:59")] == [True, True]
    assert hours.opens_next(at("2026-11-22T00:00")) == at("2026-11-29T00:00")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HOURS", "sáng chiều", "TROLY_OPERATOR_HOURS=sáng chiều cannot be read: give such as 7:30-17:30"),
        ("HOURS", "7:30-25:00", "TROLY_OPERATOR_HOURS=7:30-25:00 cannot be read"),
        ("HOURS", "22:00-6:00", "TROLY_OPERATOR_HOURS=22:00-6:00 runs backwards"),
        ("HOURS", "13:30-17:30,7:30-11:30", "runs backwards"),
        ("HOURS", "7:30-12:00,11:30-17:30", "runs backwards"),
        ("DAYS", "0-7", "TROLY_OPERATOR_DAYS=0-7 cannot be read: give such as 1-7"),
        ("DAYS", "5-1", "TROLY_OPERATOR_DAYS=5-1 cannot be read"),
        ("DAYS", "Mon", "TROLY_OPERATOR_DAYS=Mon cannot be read"),
    ],
)
def test_hours_that_cannot_be_read_are_told(name, value, told):
    with pytest.raises(SettingError) as error:
        OperatorHours.read({f"TROLY_OPERATOR_{name}": value})
    assert told in str(error.value)
