"""Dates, years, hours of the day and days of the week in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.checking.claims import Claim, Kind

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in _MONTHS) + r"|sept\.?"
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/-])")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_SPOKEN = re.compile(r"\b(?:ngày |mùng |mồng )?(\d{1,2}) tháng (\d{1,2})(?:,? (?:năm )?((?:19|20)\d\d))?(?!\d)")
_DAY = re.compile(
    r"\b(?:ngày|mùng|từ|trước|sau|đến|hết|until|from|before|after|since|by|on) (?:ngày )?(\d{1,2})[/-](\d{1,2})(?![\d/])"
)
_OF_MONTH = re.compile(r"\btháng (\d{1,2})(?:[/-]| ?,? ?(?:năm )?)((?:19|20)\d\d)?(?!\d)")
_ENGLISH = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? ((?:19|20)\d\d))?\b")
_ENGLISH_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})(?:,? ((?:19|20)\d\d))?\b")
_ENGLISH_MONTH = re.compile(rf"\b({_MONTH}),? ((?:19|20)\d\d)\b")
_SHORT_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_YEAR = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)(?![\d/]|[.,]\d| ?(?:đồng|đ\b|vnd|usd|ngày|tháng|m2))")
_CLOCK = re.compile(
    r"\b(\d{1,2}) ?(?:h|g|giờ|:) ?(\d\d)\b(?: ?([ap])\.?m\b\.?)?|\b(\d{1,2})h\b|\b(\d{1,2}) ?([ap])\.?m\b"
)
_WEEKDAY = re.compile(
    r"\b(?:thứ (hai|ba|tư|năm|sáu|bảy|[2-7])\b(?! (?:là|nhất))|(chủ nhật)|(monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b)"
)
_WEEKDAYS = {
    **dict(zip("hai ba tư năm sáu bảy".split(), range(2, 8), strict=True)),
    **dict(zip("monday tuesday wednesday thursday friday saturday sunday".split(), range(2, 9), strict=True)),
    "chủ nhật": 8,
}
_NOON, _HOURS, _DAYS, _OF_YEAR = 12, 24, 31, 12

Keyed = Callable[[re.Match[str]], str | None]


def read(low: str) -> tuple[list[Claim], str]:
    """The claims of a text in lower case, and the text with blanks in their place."""
    claims: list[Claim] = []
    left = low
    for pattern, kind, keyed in _PATTERNS:

        def taken(match: re.Match[str], kind: Kind = kind, keyed: Keyed = keyed) -> str:
            key = keyed(match)
            if key is None:
                return match.group()
            claims.append(Claim(kind, key, match.start(), match.end()))
            return "·" * len(match.group())

        left = pattern.sub(taken, left)
    return claims, left


def date_keys(key: str) -> Iterator[str]:
    """Every shorter way to name a day: without its year, only its month, only its year."""
    year, month, day = key.split("-")
    yield from (key, f"-{month}-{day}" if day else f"-{month}-", f"{year}--")
    if month:
        yield f"{year}-{month}-"


def _key(year: str | None, month: int, day: int | None) -> str | None:
    if not 1 <= month <= _OF_YEAR or not 1 <= (day or 1) <= _DAYS:
        return None
    return f"{year or ''}-{month}-{day or ''}"


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name.rstrip(".")[:3]))


def _english(year: str | None, month: str, day: str | None) -> str | None:
    if month == "may" and not (year or day):
        return None
    return _key(year, _month(month), int(day) if day else None)


def _clock(match: re.Match[str]) -> str | None:
    hour, minute, half, whole, hour12, half12 = match.groups()
    number = int(hour or whole or hour12)
    half = half or half12
    if half == "p" and number < _NOON:
        number += _NOON
    return f"{number}:{minute or '00'}" if number <= _HOURS else None


def _weekday(match: re.Match[str]) -> str:
    said = next(filter(None, match.groups()))
    return f"weekday {said if said.isdigit() else _WEEKDAYS[said]}"


_PATTERNS: tuple[tuple[re.Pattern[str], Kind, Keyed], ...] = (
    (_ISO, Kind.DATE, lambda m: _key(m[1], int(m[2]), int(m[3]))),
    (_NUMERIC, Kind.DATE, lambda m: _key(m[4], int(m[3]), int(m[1])) or f"{m[4]}-0-{m.group()}"),
    (_SPOKEN, Kind.DATE, lambda m: _key(m[3], int(m[2]), int(m[1]))),
    (_DAY, Kind.DATE, lambda m: _key(None, int(m[2]), int(m[1])) if m[2] not in ("7", "24") or m[1] != "24" else None),
    (_OF_MONTH, Kind.DATE, lambda m: _key(m[2], int(m[1]), None)),
    (_ENGLISH, Kind.DATE, lambda m: _english(m[3], m[1], m[2])),
    (_ENGLISH_DAY, Kind.DATE, lambda m: _english(m[3], m[2], m[1])),
    (_ENGLISH_MONTH, Kind.DATE, lambda m: _english(m[2], m[1], None)),
    (_SHORT_MONTH, Kind.DATE, lambda m: _key(m[2], int(m[1]), None)),
    (_CLOCK, Kind.CLOCK, _clock),
    (_WEEKDAY, Kind.CLOCK, _weekday),
    (_YEAR, Kind.DATE, lambda m: f"{m[1]}--"),
)
