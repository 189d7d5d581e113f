"""Dates and amounts in words, as certificates and contracts write them: «linh», «mốt», «tư», «lăm», «nghìn», «tỷ»."""

from __future__ import annotations

from datetime import date

_DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION = 10**9
_APRIL = 4


def date_in_words(day: date) -> str:
    """«ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu»."""
    month = "tư" if day.month == _APRIL else number_in_words(day.month)
    return f"ngày {number_in_words(day.day)} tháng {month} năm {number_in_words(day.year)}"


def amount_in_words(amount: int) -> str:
    """«một trăm hai mươi lăm triệu đồng».

    Raises:
        ValueError: the amount is negative.

    """
    return f"{number_in_words(amount)} đồng"


def number_in_words(number: int) -> str:
    """«hai nghìn không trăm linh năm».

    Raises:
        ValueError: the number is negative.

    """
    if number < 0:
        raise ValueError("no blank takes a negative number")
    return " ".join(_said(number, inner=False)) or _DIGITS[0]


def _said(number: int, *, inner: bool) -> list[str]:
    """The words; `inner` where larger ones stand before, so that empty hundreds are said too. None of zero."""
    above, below = divmod(number, _BILLION)
    words = [*_said(above, inner=inner), "tỷ"] if above else []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, below = divmod(below, scale)
        if group:
            words += _group(group, inner=inner or bool(words))
            words += [name] if name else []
    return words


def _group(group: int, *, inner: bool) -> list[str]:
    """A number of one to three digits."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inner else []
    if not rest:
        return words
    if not tens:
        return [*words, "linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
    if tens == 1:
        last = "lăm" if ones == 5 else _DIGITS[ones]
        return [*words, "mười", *([last] if ones else [])]
    return [*words, _DIGITS[tens], "mươi", *([_AFTER_TENS.get(ones, _DIGITS[ones])] if ones else [])]
