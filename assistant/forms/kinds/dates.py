"""Dates in the ways people write and say them. Nothing is guessed: a year of two digits, or none, is asked about."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.date_parts import MONTHS_OF_YEAR, Told, exists, told_in
from assistant.forms.kinds.said import bare, doubt, quoted, refuse
from assistant.forms.values import Doubt, Read, Unreadable
from knowledge.text import fold

_DAYS_BACK = {
    **dict.fromkeys(("hom nay", "ngay hom nay", "sang nay", "trua nay", "chieu nay", "toi nay", "today"), 0),
    **dict.fromkeys(("hom qua", "ngay hom qua", "chieu qua", "toi qua", "dem qua", "yesterday"), 1),
    "hom kia": 2,
}
_LUNAR = re.compile(r"\b(?:am lich|lich am|tet|ram|gieng|chap|lunar)\b|\d ?\(?(?:am|al)\)?$")
_SOLAR = re.compile(r"\(?\b(?:duong lich|lich duong|dl)\b\)?")
_ABOUT = re.compile(r"^(?:khoang|chung|around|about) ")
_BEFORE = re.compile(
    r"^(?:(?:toi|em|chau|be|con|minh|me|cha|bo|ong|vo|chong|no|la|sinh|sn|ns|de|mat|chet|cap|vao|luc|dob|born|on|the|date|of|birth|is"
    r"|ngay sinh|hom|da|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[\s,.:]*)+"
)
_NEW_MOON = re.compile(r"\bm[uo]ng \w")
"""«Mùng» is said of lunar days, and of some solar ones: «mùng 2 tháng 9 năm 1945»."""
_HOUR_BEHIND = re.compile(r"(?:[ ,]+(?:luc|at|vao luc)\b.*|[ t]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?z?)$")
_OLD, _OLDEST, _FARTHEST = 1900, 1800, 100


def date_of(said: str, blank: FormField | Column, today: date) -> Read:
    """The date, or the year where it is enough.

    Raises:
        Unreadable: it is no date, a part is missing, the day does not exist, or it lies ahead where it must not.

    """
    text = bare(said)
    low = re.sub(r"\s+", " ", fold(text)).strip(" .,;!")
    if _LUNAR.search(low):
        raise refuse(
            "date_lunar",
            "Đây là ngày âm lịch hay dịp lễ, giấy tờ ghi ngày dương lịch. Anh/chị cho tôi ngày dương, ví dụ 12/03/1990.",
            "This is a lunar date or a feast; papers use the solar calendar. Please give the solar date, like 12/03/1990.",
        )
    low = _SOLAR.sub("", low).strip(" .,;()")
    back = _DAYS_BACK.get(low)
    if back is not None:
        return _relative(text, today - timedelta(days=back))
    about = _ABOUT.match(_BEFORE.sub("", low)) is not None
    low = _HOUR_BEHIND.sub("", _ABOUT.sub("", _BEFORE.sub("", low)))
    told = told_in(low)
    if told is None or (told.month is None and told.year is None):
        raise _no_date(text)
    read = _checked(told, blank, today)
    added = (*([_about(read.shown)] if about else []), *([_solar(read.shown)] if _NEW_MOON.search(low) else []))
    return read.model_copy(update={"warnings": (*read.warnings, *added)})


def _checked(told: Told, blank: FormField | Column, today: date) -> Read:
    """The value of what was told.

    Raises:
        Unreadable: a part is missing, or no such day may be written.

    """
    if told.year is None:
        raise refuse(
            "date_year",
            f"Anh/chị cho tôi thêm năm, ví dụ {_day_text(told)}/{today.year}.",
            f"Please add the year, like {_day_text(told)}/{today.year}.",
        )
    if len(told.year) != 4:
        raise _century(told)
    if told.month is not None and told.day is not None:
        return _full(told, blank, today)
    if not getattr(blank, "year_alone", False) or told.month is not None:
        raise refuse(
            "date_day_missing",
            f"Tôi mới có năm {told.year}. Anh/chị ghi đủ ngày, tháng, năm, ví dụ 12/03/{told.year}"
            + ("; không nhớ ngày thì chỉ ghi năm." if getattr(blank, "year_alone", False) else "."),
            f"I have the year {told.year} only. Please write day, month and year, like 12/03/{told.year}"
            + ("; if you do not know the day, write the year alone." if getattr(blank, "year_alone", False) else "."),
        )
    year = int(told.year)
    _refuse_far(date(max(year, 1), 1, 1), blank, today, shown=told.year)
    return Read(data=told.year, shown=told.year, warnings=_old(year))


def _full(told: Told, blank: FormField | Column, today: date) -> Read:
    if not exists(told):
        raise _impossible(told)
    day = date(int(told.year or 0), told.month or 0, told.day or 0)
    shown = f"{day:%d/%m/}{day.year:04}"
    _refuse_far(day, blank, today, shown=shown)
    return Read(data=day.isoformat(), shown=shown, warnings=_old(day.year))


def _refuse_far(day: date, blank: FormField | Column, today: date, *, shown: str) -> None:
    """Raises: Unreadable: the day is to come where it must not, or out of any human reach."""
    if day.year < _OLDEST or day.year > today.year + _FARTHEST:
        raise refuse(
            "date_far",
            f"Năm {day.year} không hợp với tờ khai. Anh/chị xem lại năm giúp.",
            f"The year {day.year} does not fit this form. Please check the year.",
        )
    if day > today and not getattr(blank, "future", False):
        raise refuse(
            "date_future",
            f"{shown} chưa tới; hôm nay là {today:%d/%m/%Y}. Anh/chị xem lại ngày giúp.",
            f"{shown} is still to come; today is {today:%d/%m/%Y}. Please check the date.",
        )


def _impossible(told: Told) -> Unreadable:
    """Why there is no such day."""
    day, month, year = told.day or 0, told.month or 0, int(told.year or 0)
    if month > MONTHS_OF_YEAR >= day > 0:
        return refuse(
            "date_impossible",
            f"Không có tháng {month}. Anh/chị ghi ngày trước, tháng sau: {month:02}/{day:02}/{year:04} phải không?",
            f"There is no month {month}. The day comes first here: do you mean {month:02}/{day:02}/{year:04}?",
        )
    if not 1 <= month <= MONTHS_OF_YEAR or year < 1:
        return refuse(
            "date_impossible",
            f"Không có tháng {month} năm {year}. Anh/chị ghi ngày/tháng/năm, ví dụ 12/03/1990.",
            f"There is no month {month} of {year}. Please write day/month/year, like 12/03/1990.",
        )
    most = monthrange(year, month)[1]
    return refuse(
        "date_impossible",
        f"Tháng {month} năm {year} chỉ có {most} ngày, không có ngày {day}. Anh/chị xem lại giúp.",
        f"Month {month} of {year} has {most} days, so there is no day {day}. Please check.",
    )


def _century(told: Told) -> Unreadable:
    year = told.year or ""
    if len(year) != 2:
        return refuse(
            "date_century",
            f"Tôi chưa rõ năm {quoted(year)}. Anh/chị ghi đủ bốn chữ số của năm.",
            f"I am not sure about the year {quoted(year)}. Please write all four digits.",
        )
    day = f"{told.day:02}/{told.month:02}/" if told.day and told.month else ""
    return refuse(
        "date_century",
        f"Năm {year} là {day}19{year} hay {day}20{year}? Anh/chị ghi đủ bốn chữ số của năm giúp tôi.",
        f"Is the year {year} {day}19{year} or {day}20{year}? Please write all four digits.",
    )


def _day_text(told: Told) -> str:
    return f"{told.day or 1:02}/{told.month or 1:02}"


def _old(year: int) -> tuple[Doubt, ...]:
    if year >= _OLD:
        return ()
    return (
        doubt("date_old", f"Năm {year} đã rất lâu. Anh/chị xem lại giúp.", f"{year} is very long ago. Please check."),
    )


def _relative(text: str, day: date) -> Read:
    shown = f"{day:%d/%m/%Y}"
    told = doubt("date_relative", f"Tôi ghi {quoted(text)} là ngày {shown}.", f"I put down {quoted(text)} as {shown}.")
    return Read(data=day.isoformat(), shown=shown, warnings=(told,))


def _about(shown: str) -> Doubt:
    return doubt(
        "date_about",
        f"Anh/chị nói khoảng chừng, tờ khai ghi {shown}. Nếu giấy tờ ghi khác, anh/chị sửa theo giấy tờ.",
        f"You said “about”; the form says {shown}. If the papers say otherwise, please go by them.",
    )


def _solar(shown: str) -> Doubt:
    return doubt(
        "date_solar",
        f"Tôi hiểu «mùng» ở đây là ngày dương lịch: {shown}. Nếu là âm lịch, anh/chị cho tôi ngày dương.",
        f"I take this as a solar date: {shown}. If it is a lunar one, please give the solar date.",
    )


def _no_date(text: str) -> Unreadable:
    return refuse(
        "date_unreadable",
        f"Tôi chưa đọc được ngày trong {quoted(text)}. Anh/chị ghi ngày/tháng/năm, ví dụ 12/03/1990.",
        f"I cannot read a date in {quoted(text)}. Please write day/month/year, like 12/03/1990.",
    )
