"""An identity paper: which, its number, when and by whom it was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.forms.definition import Column, FormField, Kind
from assistant.forms.kinds.dates import date_of
from assistant.forms.kinds.identity import LENGTH, identity
from assistant.forms.kinds.said import bare, doubt, refuse
from assistant.forms.values import Doubt, Read
from knowledge.text import fold

_OLD_LENGTH = 9
_ANOTHER_NUMBER = 6
"""So many digits are no part of an office's name."""
_YEAR_ALONE = re.compile(r"(?i)(?:năm |nam )?\d{4}")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    r"\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{1,2}-\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|(?:ngày |ngay )?\d{1,2} (?:tháng|thang) \d{1,2},? (?:năm |nam )?\d{2,4}"
    r"|(?<=ngày )[^\W\d_]+(?: [^\W\d_]+)? tháng [^\W\d_]+(?: [^\W\d_]+)? năm [^\W\d_]+(?: [^\W\d_]+){1,7}?(?=[,.;]|$| do | tại | nơi )"
)
_ISSUED = re.compile(
    r"(?i)[\s,;(-]{0,3}(?:(?:ngày cấp|ngay cap|cấp ngày|cap ngay|cấp hôm|cấp|cap|issued on|issued|ngày|ngay|date of issue)[\s:]*){0,2}"
    rf"(?P<day>{_DAY})\)?"
)
_NUMBER = re.compile(
    r"(?i)(?:(?:số|so|number|no)[\s.:]*)?(?<![\w.-])"
    r"(?P<number>\d(?:[ .-]?\d){7,14}|[A-Z]{1,3} ?\d{5,9}|(?=\w*\d\w*\d)[A-Z0-9]{6,12})(?!\w)"
)
_BOOK_NUMBER = re.compile(r"(?i)(?:(?:số|so)[\s.:]*)?(?P<number>(?<![\w/])\d{1,6}(?:/[\w-]{1,20})*)")
"""Of what is entered in a book: 87/2025."""
_PERSONAL = ("can_cuoc", "cccd", "dinh_danh", "cmnd", "ho_chieu")
_OFFICE_BEFORE = re.compile(
    r"(?i)^(?:(?:nơi cấp|noi cap|cơ quan cấp|cấp bởi|do|tại|tai|bởi|ở|issued by|by|place of issue|cấp|cap|cấp tại)\b[\s:]*)+"
)
_OFFICE_BEHIND = re.compile(r"(?i)[\s,]*(?:\bcấp|\bcap|\bissued)\s*$")
_OF_WHOM = re.compile(
    r"(?i)^(?:của|cua)?\s*(?:tôi|toi|em|mình|mẹ|me|cha|ba|bố|bo|chồng|vợ|cháu|con|là|la|mang|có|số|so)?\b[\s:]*"
    r"(?:là|la|số|so)?\b[\s:]*"
)
_PASSPORT = re.compile(r"[A-Z]{1,2}[0-9]{6,8}")


class _Paper(NamedTuple):
    type: str
    shown: str


def document(said: str, _blank: FormField | Column, today: date) -> Read:
    """The paper; what was not said of it stays empty, with a doubt.

    Raises:
        Unreadable: there is no number, or the number or the date cannot be right.

    """
    text = bare(said)
    text, issued = _taken_day(text, today)
    said_paper, text = _taken_type(text)
    number, rest = _taken_number(text, said_paper)
    paper = said_paper or _by_number(number)
    number, warnings = _checked(number, paper, today)
    issuer = _issuer(rest)
    data = {"type": paper.type, "number": number, "issued_on": issued.data if issued else "", "issued_by": issuer}
    shown = f"{paper.shown} {'' if paper.type == 'dinh_danh' else 'số '}{number}"
    shown += f", cấp ngày {issued.shown}" if issued else ""
    shown += f", nơi cấp: {issuer}" if issuer else ""
    return Read(data=data, shown=shown, warnings=(*warnings, *_missing(paper, issued, issuer)))


def _taken_day(text: str, today: date) -> tuple[str, Read | None]:
    """The text without the day of issue, and the day.

    Raises:
        Unreadable: the day does not exist, is to come, or has no century.

    """
    match = _ISSUED.search(text)
    if match is None:
        return text, None
    return f"{text[: match.start()]} , {text[match.end() :]}", date_of(match["day"], _DATE_OF_ISSUE, today)


_DATE_OF_ISSUE = Column.model_validate(
    {"id": "issued_on", "kind": Kind.DATE, "label": {"vi": "Ngày cấp", "en": "Date of issue"}}
)


def _taken_type(text: str) -> tuple[_Paper | None, str]:
    """Which paper was named, and the text without its name."""
    low = fold(text)
    named = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", low) for name in _types())
    found = max((match for match in named if match), key=lambda match: len(match[0]), default=None)
    if found is None or len(low) != len(text):
        return None, text
    return _types()[found[0]], f"{text[: found.start()]} {text[found.end() :]}"


def _taken_number(text: str, paper: _Paper | None) -> tuple[str, str]:
    """The number, and the text without it.

    Raises:
        Unreadable: there is none.

    """
    match = _NUMBER.search(text) or (_BOOK_NUMBER.search(text) if paper and paper.type not in _PERSONAL else None)
    if match is None:
        raise refuse(
            "document_number",
            "Tôi chưa thấy số giấy tờ. Anh/chị ghi đủ, ví dụ: Căn cước 048190001234 cấp 20/11/2021, Bộ Công an.",
            "I do not see the paper's number. Please write it in full, like: Căn cước 048190001234 cấp 20/11/2021, Bộ Công an.",
        )
    return re.sub(r"[ .-]", "", match["number"]).upper(), f"{text[: match.start()]} , {text[match.end() :]}"


def _by_number(number: str) -> _Paper:
    """Which paper has such a number, where none was named."""
    if number.isdigit():
        return _types()[fold("cmnd" if len(number) == _OLD_LENGTH else "căn cước")]
    return _types()[fold("hộ chiếu")]


def _checked(number: str, paper: _Paper, today: date) -> tuple[str, tuple[Doubt, ...]]:
    """The number as the paper has it.

    Raises:
        Unreadable: no such paper has such a number.

    """
    if paper.type in ("can_cuoc", "cccd", "dinh_danh"):
        read = identity(number, _DATE_OF_ISSUE, today)
        return number, read.warnings
    if paper.type == "cmnd" and not (number.isdigit() and len(number) in (_OLD_LENGTH, LENGTH)):
        raise refuse(
            "document_number",
            f"Số chứng minh nhân dân có 9 hoặc 12 chữ số, tôi đếm được {len(number)}. Anh/chị xem lại giúp.",
            f"A people's identity card has 9 or 12 digits; I count {len(number)}. Please check.",
        )
    if paper.type == "ho_chieu" and not _PASSPORT.fullmatch(number):
        told = doubt(
            "document_passport",
            f"Hộ chiếu Việt Nam có một chữ cái và 7, 8 chữ số; tôi ghi {number}. Hộ chiếu nước ngoài thì có thể khác.",
            f"A Vietnamese passport has a letter and 7 or 8 digits; I put down {number}. One from abroad may differ.",
        )
        return number, (told,)
    return number, ()


def _issuer(text: str) -> str:
    """The office that issued it, as papers write it; empty where nothing is left that may be one.

    Raises:
        Unreadable: another number is left, of another paper or a telephone.

    """
    parts = [_office(part) for part in re.split(r"[,;()\n]| - ", text)]
    if any(len(re.findall(r"\d", part)) >= _ANOTHER_NUMBER for part in parts):
        raise refuse(
            "document_several",
            "Tôi thấy nhiều số trong câu này. Anh/chị ghi một giấy tờ thôi: loại giấy, số, ngày cấp, nơi cấp.",
            "I see several numbers here. Please write one paper only: which, its number, date and place of issue.",
        )
    return ", ".join(part for part in parts if len(re.findall(r"[^\W\d_]", part)) > 1)


def _office(part: str) -> str:
    part = part.strip(" .:-")
    part = (
        _OFFICE_BEHIND.sub("", _OFFICE_BEFORE.sub("", part)) if _OFFICE_BEFORE.match(part) else _OF_WHOM.sub("", part)
    )
    part = _OFFICE_BEHIND.sub("", _OFFICE_BEFORE.sub("", part)).strip(" .:-")
    return "" if _YEAR_ALONE.fullmatch(part) else _issuers().get(fold(part), part)


def _missing(paper: _Paper, issued: Read | None, issuer: str) -> Iterator[Doubt]:
    if paper.type == "dinh_danh":
        return  # a number alone has no day and no place of issue
    if issued is None:
        yield doubt(
            "document_date_missing",
            "Tôi chưa có ngày cấp. Anh/chị xem trên giấy tờ rồi cho tôi biết nhé.",
            "The date of issue is missing. Please look at the paper and tell me.",
        )
    if not issuer:
        yield doubt(
            "document_issuer_missing",
            "Tôi chưa có nơi cấp, ví dụ: Bộ Công an. Anh/chị ghi thêm giúp.",
            "The place of issue is missing, like: Bộ Công an. Please add it.",
        )


@cache
def _papers() -> Any:
    return yaml.load(Path(__file__).with_name("papers.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def _types() -> dict[str, _Paper]:
    """Papers by every name, without marks."""
    told = _papers()["types"].items()
    return {fold(name): _Paper(id_, paper["shown"]) for id_, paper in told for name in (paper["shown"], *paper["said"])}


@cache
def _issuers() -> dict[str, str]:
    return {fold(name): shown for shown, names in _papers()["issuers"].items() for name in (shown, *names)}
