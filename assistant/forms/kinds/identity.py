"""The personal identification number: twelve digits (Thông tư 07/2016/TT-BCA, Phụ lục 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.said import bare, doubt, quoted, refuse
from assistant.forms.kinds.spoken import digit_run, tokens
from assistant.forms.values import Doubt, Read

LENGTH = 12
_OLD_LENGTH = 9
_NUMBER = re.compile(r"([0-9]{3})([0-9])([0-9]{2})[0-9]{6}")
_LABELS = frozenset(
    "so dinh danh ca nhan can cuoc cong dan the cccd cc ddcn cmnd cmt chung minh thu nhan la cua toi em me cha ba bo chong vo id "
    "card number no my is".split()
)
PROVINCES = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 "
    "048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 "
    "096".split()
)
"""The codes of the 63 provinces of before 1 July 2025: they stay in the numbers. Country codes stand in their place too."""


class IdentityParts(NamedTuple):
    """What a number tells."""

    province: str
    """Where the birth was registered; says nothing about the home village."""
    sex: str
    """`nam` or `nu`."""
    birth_year: int


def identity_parts(number: str) -> IdentityParts | None:
    """What the number tells of its owner; None if it is none."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return None
    province, century, year = match[1], int(match[2]), int(match[3])
    return IdentityParts(province, "nu" if century % 2 else "nam", 1900 + century // 2 * 100 + year)


def identity(said: str, _blank: FormField | Column, today: date) -> Read:
    """The twelve digits.

    Raises:
        Unreadable: there are letters, or another count of digits; told which.

    """
    number = _digits(bare(said))
    if len(number) != LENGTH:
        raise _wrong_length(number)
    return Read(data=number, shown=number, warnings=tuple(_doubts(number, today)))


def _digits(text: str) -> str:
    """The digits without what stands between and before them.

    Raises:
        Unreadable: something else stands there.

    """
    parts = [part for token in tokens(text) for part in re.split(r"[.,]", token)]
    while parts and parts[0] in _LABELS and digit_run(parts[:LENGTH]) is None:
        parts.pop(0)
    run = digit_run(parts)
    if run is None or re.search(r"[^\w\s.,:;()/'«»-]", text):
        raise refuse(
            "identity_letters",
            f"Số định danh chỉ có 12 chữ số, tôi đọc được {quoted(text)}. Anh/chị xem trên thẻ căn cước rồi ghi lại giúp.",
            f"The identification number has 12 digits and nothing else; I read {quoted(text)}. Please copy it from the card.",
        )
    return run


def _wrong_length(number: str) -> Exception:
    if len(number) == _OLD_LENGTH:
        return refuse(
            "identity_old",
            "Đây là số chứng minh nhân dân cũ, 9 chữ số. Ô này cần số định danh 12 chữ số: anh/chị xem mặt trước thẻ căn cước, "
            "hoặc trong VNeID, mục Thẻ căn cước.",
            "This is an old 9-digit people's identity card number. The blank needs the 12 digits on the front of the citizen card, "
            "or in VNeID under identity card.",
        )
    return refuse(
        "identity_length",
        f"Số định danh có 12 chữ số, tôi đếm được {len(number)}. Anh/chị xem lại trên thẻ căn cước giúp.",
        f"The identification number has 12 digits; I count {len(number)}. Please look at the card again.",
    )


def _doubts(number: str, today: date) -> Iterator[Doubt]:
    parts = identity_parts(number)
    if parts is None:
        return
    if parts.province not in PROVINCES:
        yield doubt(
            "identity_province",
            f"Ba số đầu «{parts.province}» không có trong mã các tỉnh. Nếu đăng ký khai sinh ở nước ngoài thì đúng; "
            "không thì anh/chị xem lại giúp.",
            f"The first three digits, {parts.province}, are no province's code. That is right for births registered abroad; "
            "otherwise please check.",
        )
    if parts.birth_year > today.year:
        yield doubt(
            "identity_year",
            f"Theo số này thì năm sinh là {parts.birth_year}, chưa tới. Anh/chị xem lại số thứ tư, năm và sáu.",
            f"By this number the year of birth is {parts.birth_year}, which is still to come. Please check digits four to six.",
        )
