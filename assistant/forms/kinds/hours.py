"""An hour of the day: 14:30, 14h30, 2 giờ rưỡi chiều, 2 pm."""

from __future__ import annotations

import re
from datetime import date

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.said import bare, doubt, quoted, refuse
from assistant.forms.kinds.spoken import whole
from assistant.forms.values import Doubt, Read, Unreadable
from knowledge.text import fold

_NOON, _MIDNIGHT, _MINUTES = 12, 24, 60
_EVENING = 6
_LAST_NIGHT_HOUR = 4
_PARTS = r"(?P<part>sang|trua|chieu|toi|dem|khuya|am|pm|a\.m\.?|p\.m\.?)"
_NUMERIC = re.compile(
    rf"(?:{_PARTS[:-1].replace('?P<part>', '?P<before>')}) )?(?P<hour>[\d]{{1,2}}) ?(?:h|g|gio|:)? ?(?P<minute>\d{{1,2}})?(?: ?phut)?(?: ?{_PARTS})?"
)
_SPOKEN = re.compile(rf"(?P<hour>[\w ]+?) ?gio(?: (?P<less>kem )?(?P<minute>[\w ]+?))??(?: phut)?(?: {_PARTS})?")
_OF_24 = re.compile(r"0\d|\d{1,2}:")
"""Written so, an hour is counted through the whole day."""
_FILLER = re.compile(r"^(?:(?:luc|vao|khoang|sinh|at)\s+)+")
_PM = ("chieu", "toi", "pm", "p.m", "p.m.")
_NIGHT = ("dem", "khuya")


def time_of(said: str, _blank: FormField | Column, _today: date) -> Read:
    """The hour and minute.

    Raises:
        Unreadable: it is no hour, or none that a day has.

    """
    text = bare(said)
    low = _FILLER.sub("", re.sub(r"\s+", " ", fold(text)).strip(" .,;!"))
    hour, minute, part = _told(low, text)
    if not (0 <= hour <= _MIDNIGHT and 0 <= minute < _MINUTES) or (hour, minute) > (_MIDNIGHT, 0):
        raise refuse(
            "time_impossible",
            f"Một ngày có 24 giờ, một giờ 60 phút; tôi đọc được {hour} giờ {minute}. Anh/chị ghi lại, ví dụ 14:30.",
            f"A day has 24 hours and an hour 60 minutes; I read {hour}:{minute:02}. Please write it like 14:30.",
        )
    hour = _of_day(hour, part) % _MIDNIGHT
    warnings = (_which_half(hour, minute),) if not part and 0 < hour <= _NOON and not _OF_24.match(low) else ()
    return Read(data=f"{hour:02}:{minute:02}", shown=f"{hour:02} giờ {minute:02} phút", warnings=warnings)


def _told(low: str, text: str) -> tuple[int, int, str]:
    """Hour, minute and part of the day as told.

    Raises:
        Unreadable: it is no hour.

    """
    if match := _NUMERIC.fullmatch(low):
        if not (match["minute"] or match["part"] or match["before"] or re.search("[hg:]", low)):
            raise _no_hour(text)
        return int(match["hour"]), int(match["minute"] or 0), match["part"] or match["before"] or ""
    match = _SPOKEN.fullmatch(low)
    hour = whole(match["hour"].split()) if match else None
    if match is None or hour is None:
        raise _no_hour(text)
    minute = _minute(match["minute"])
    if minute is None:
        raise _no_hour(text)
    if match["less"]:
        hour, minute = (hour - 1, _MINUTES - minute)
    return hour, minute, match["part"] or ""


def _minute(said: str | None) -> int | None:
    if not said:
        return 0
    return 30 if said == "ruoi" else whole(said.split())


def _of_day(hour: int, part: str) -> int:
    """The hour of 24."""
    if part in _PM and hour < _NOON:
        return hour + _NOON
    if part in _NIGHT and _LAST_NIGHT_HOUR < hour < _NOON:
        return hour + _NOON
    if part == "trua" and hour < _EVENING:
        return hour + _NOON
    if hour == _NOON and part in ("am", "a.m", "a.m.", *_NIGHT):
        return 0
    return hour


def _which_half(hour: int, minute: int) -> Doubt:
    return doubt(
        "time_half",
        f"Tôi ghi {hour:02} giờ {minute:02}. Nếu là chiều hoặc tối, anh/chị nói thêm «chiều», «tối».",
        f"I put down {hour:02}:{minute:02}. If it is in the afternoon or evening, please say so.",
    )


def _no_hour(text: str) -> Unreadable:
    return refuse(
        "time_unreadable",
        f"Tôi chưa đọc được giờ trong {quoted(text)}. Anh/chị ghi giờ và phút, ví dụ 14:30 hoặc 2 giờ chiều.",
        f"I cannot read an hour in {quoted(text)}. Please write hour and minute, like 14:30 or 2 pm.",
    )
