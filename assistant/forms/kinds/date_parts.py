"""The parts of a date as they were told, in figures or in words; whether there is such a day is another question."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.forms.kinds.spoken import digit_run, whole

MONTHS_OF_YEAR = 12
_ENGLISH = "january february march april may june july august september october november december".split()
_MONTHS = {name[:length]: number for number, name in enumerate(_ENGLISH, start=1) for length in range(3, len(name) + 1)}
_NUMERIC = re.compile(r"(?:ngay )?(?:m[uo]ng )?(\d{1,2}) ?[/.\- ] ?(\d{1,2})(?: ?[/.\- ] ?| ?,? nam )(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,2})")
_NO_YEAR = re.compile(r"(?:ngay )?(?:m[uo]ng )?(\d{1,2}) ?[/.-] ?(\d{1,2})")
_MONTH_YEAR = re.compile(r"(?:thang )?(\d{1,2}) ?[/.-] ?(\d{4})")
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_ENGLISH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)? ?(?:of )?({_NAMED})\.?,? ?(\d{{4}}|\d{{2}})?")
_ENGLISH_DAY = re.compile(rf"({_NAMED})\.? ?(\d{{1,2}})(?:st|nd|rd|th)?(?:,? ?(\d{{4}}))?")


class Told(NamedTuple):
    """The parts of a date as they were told; None where one was not."""

    day: int | None
    month: int | None
    year: str | None


def exists(told: Told) -> bool:
    """Whether there is such a day."""
    year, month, day = int(told.year or 0), told.month or 0, told.day or 0
    return year > 0 and 1 <= month <= MONTHS_OF_YEAR and 1 <= day <= monthrange(year, month)[1]


def told_in(low: str) -> Told | None:
    """The parts of a date in small letters without marks."""
    low = low.replace("thg", "thang")
    match: re.Match[str] | None
    if re.fullmatch(r"\d{8}", low):
        first = Told(int(low[:2]), int(low[2:4]), low[4:])
        turned = Told(int(low[6:]), int(low[4:6]), low[:4])
        return turned if exists(turned) and not exists(first) else first
    if re.fullmatch(r"\d{6}", low):
        return Told(int(low[:2]), int(low[2:4]), low[4:])
    if match := _NUMERIC.fullmatch(low):
        return Told(int(match[1]), int(match[2]), match[3])
    if match := _ISO.fullmatch(low):
        return Told(int(match[3]), int(match[2]), match[1])
    if match := _NO_YEAR.fullmatch(low):
        return Told(int(match[1]), int(match[2]), None)
    if match := _MONTH_YEAR.fullmatch(low):
        return Told(None, int(match[1]), match[2])
    if match := _DAY_ENGLISH.fullmatch(low):
        return Told(int(match[1]), _MONTHS[match[2]], match[3])
    if match := _ENGLISH_DAY.fullmatch(low):
        return Told(int(match[2]), _MONTHS[match[1]], match[3])
    return _spoken(re.findall(r"\w+", low)) if re.fullmatch(r"[\w ,./-]+", low) else None


def _spoken(parts: Sequence[str]) -> Told | None:
    """«ngày mười hai tháng ba năm một chín chín mươi», «năm 1965»; «năm» may be the year's or a 5."""
    if "thang" not in parts:
        year = _year(parts[1:] if parts and parts[0] == "nam" else parts)
        return Told(None, None, year) if year and len(year) in (2, 4) else None
    at = parts.index("thang")
    before = [part for part in parts[:at] if part not in ("ngay", "mung", "mong")]
    day = whole(before) if before else None
    if before and day is None:
        return None
    return next((Told(day, month, year) for month, year in _month_and_year(parts[at + 1 :])), None)


def _month_and_year(parts: Sequence[str]) -> Iterator[tuple[int, str | None]]:
    """Every way to part the words behind «tháng», the likeliest first."""
    for at in range(1, len(parts)):
        month, rest = whole(parts[:at]), parts[at:]
        if month is not None and rest[0] == "nam" and (year := _year(rest[1:])):
            yield month, year
    for at in range(1, len(parts)):
        month, year = whole(parts[:at]), _year(parts[at:])
        if month is not None and year and len(year) == 4:
            yield month, year
    if (month := whole(parts)) is not None:
        yield month, None


def _year(parts: Sequence[str]) -> str | None:
    """The year's digits as they were told."""
    if not parts:
        return None
    if len(parts) == 1 and parts[0].isdecimal():
        return parts[0]
    if any(part in ("nghin", "ngan") for part in parts):
        year = whole(parts)
        return None if year is None else str(year)
    return digit_run(parts)
