"""When operators are there, in the city's time."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from assistant.errors import SettingError

CITY_TIME = ZoneInfo("Asia/Ho_Chi_Minh")

HOURS = "7:30-17:30"
"""Doubtful: told by baodanang.vn on 4/1/2018, may have changed since (reference: domain.md §2)."""
DAYS = "1-7"
"""Monday is 1. No source tells the days: every day, until the city sets its own."""

_SPAN = re.compile(r"(\d{1,2})[:h](\d{2})-(\d{1,2})[:h](\d{2})")
_DAYS = re.compile(r"([1-7])(?:-([1-7]))?")


@dataclass(frozen=True, slots=True)
class OperatorHours:
    """The hours of every day on which operators work."""

    spans: tuple[tuple[time, time], ...]
    """From and to, in order; «to» is no longer open."""
    days: frozenset[int]
    """ISO weekdays."""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The hours that TROLY_OPERATOR_HOURS («7:30-11:30,13:30-17:30») and TROLY_OPERATOR_DAYS («1-5») give.

        Raises:
            SettingError: a value cannot be read.

        """
        hours = environment.get("TROLY_OPERATOR_HOURS", "").strip() or HOURS
        days = environment.get("TROLY_OPERATOR_DAYS", "").strip() or DAYS
        return cls(_spans(hours), _days(days))

    def is_open(self, at: datetime) -> bool:
        """Whether operators are there at a moment."""
        here = at.astimezone(CITY_TIME)
        if here.isoweekday() not in self.days:
            return False
        return any(begin <= here.time() < end for begin, end in self.spans)

    def opens_next(self, at: datetime) -> datetime:
        """The next moment after this one at which they begin, in the city's time."""
        here = at.astimezone(CITY_TIME)
        days = (here.date() + timedelta(days=ahead) for ahead in range(9))
        begins = (
            datetime.combine(day, begin, CITY_TIME)
            for day in days
            if day.isoweekday() in self.days
            for begin, _ in self.spans
        )
        return next(begin for begin in begins if begin > here)


def _spans(written: str) -> tuple[tuple[time, time], ...]:
    spans: list[tuple[time, time]] = []
    for part in written.replace(" ", "").split(","):
        found = _SPAN.fullmatch(part)
        if found is None:
            raise _unreadable("TROLY_OPERATOR_HOURS", written, HOURS)
        hour, minute, until, past = map(int, found.groups())
        try:
            begin = time(hour, minute)
            end = time.max if (until, past) == (24, 0) else time(until, past)
        except ValueError as error:
            raise _unreadable("TROLY_OPERATOR_HOURS", written, HOURS) from error
        if begin >= end or (spans and spans[-1][1] > begin):
            raise SettingError(f"TROLY_OPERATOR_HOURS={written} runs backwards: give spans in order, within one day.")
        spans.append((begin, end))
    return tuple(spans)


def _days(written: str) -> frozenset[int]:
    days: set[int] = set()
    for part in written.replace(" ", "").split(","):
        found = _DAYS.fullmatch(part)
        if found is None:
            raise _unreadable("TROLY_OPERATOR_DAYS", written, DAYS)
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            raise _unreadable("TROLY_OPERATOR_DAYS", written, DAYS)
        days.update(range(first, last + 1))
    return frozenset(days)


def _unreadable(name: str, value: str, example: str) -> SettingError:
    return SettingError(f"{name}={value} cannot be read: give such as {example}, or leave it out.")
