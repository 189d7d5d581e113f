"""Counts, areas, amounts of money and tax codes."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds import spoken
from assistant.forms.kinds.said import bare, doubt, quoted, refuse
from assistant.forms.values import Read, Unreadable
from knowledge.text import fold

_MOST = 10**15
_MOST_UNITS = 3
"""So many words may stand behind a count: «3 bản sao»."""
_BEFORE = re.compile(
    r"^(?:(?:la|khoang|can|xin|lay|gia|tong|so tien|so luong|so|co|gom|dien tich|rong|von|mst|ma so thue|about|muc luong)\b[\s:]*)+"
)
_EVEN_OR_MONTHLY = re.compile(r"\s*(?:chan|(?:/|mot |moi |hang )? ?thang)$")
_CURRENCY = re.compile(r"\s*(?:viet nam dong|dong viet nam|vietnam dong|dong|vnd|d|₫)\.?$")
_OTHER_CURRENCY = re.compile(r"usd|do la|\bdola\b|dollar|euro|\beur\b|[$€£¥]|\byen\b|\bwon\b|\bte\b")
_SQUARE_METRES = re.compile(
    r"\s*(?:m2|m²|m\^2|m vuong|met vuong|metres? vuong|sqm|sq\.? ?m|square met(?:er|re)s?|met|m)\.?$"
)
_HECTARES = re.compile(r"\s*(?:ha|hecta|hec ta|hectares?)\.?$")
_FEW = 1_000
_TAX = re.compile(r"[0-9]{10}(?:[0-9]{3})?|[0-9]{12}")
_COMPANY = 10


def number(said: str, blank: FormField | Column, _today: date) -> Read:
    """A whole number between the least and the most that the field takes.

    Raises:
        Unreadable: it is none, or too small or too large.

    """
    text = bare(said)
    found = _count(_BEFORE.sub("", fold(text).strip(" .,;!")))
    if found is None:
        raise refuse(
            "number_unreadable",
            f"Tôi chưa đọc được con số trong {quoted(text)}. Anh/chị ghi một số nguyên, ví dụ 3.",
            f"I cannot read a number in {quoted(text)}. Please write a whole number, like 3.",
        )
    least, most = getattr(blank, "least", None), getattr(blank, "most", None)
    if found > _MOST or (least is not None and found < least) or (most is not None and found > most):
        raise _out_of_reach(found, least, most)
    return Read(data=found, shown=str(found))


def _count(low: str) -> int | None:
    """The number at the beginning, with at most a few words of what is counted behind it."""
    if re.search(r"[^\w\s.,]|_|\d[^\W\d_]|^[.,]", low):
        return None
    parts = spoken.tokens(low)
    if not parts or "ruoi" in parts or "nua" in parts:
        return None
    for behind in range(min(_MOST_UNITS, len(parts) - 1) + 1):
        counted = parts[len(parts) - behind :]
        if any(part[0].isdecimal() or part in spoken.DIGITS for part in counted):
            return None
        found = spoken.number(parts[: len(parts) - behind])
        if found is not None:
            return int(found) if found.denominator == 1 else None
    return None


def _out_of_reach(found: int, least: int | None, most: int | None) -> Unreadable:
    if least is not None and most is not None:
        between_vi, between_en = f"từ {least} đến {most}", f"from {least} to {most}"
    elif least is not None and found < least:
        between_vi, between_en = f"từ {least} trở lên", f"{least} or more"
    else:
        top = _MOST if most is None else most
        between_vi, between_en = f"không quá {top}", f"at most {top}"
    return refuse(
        "number_range",
        f"Ô này nhận số {between_vi}, tôi đọc được {quoted(str(found))}. Anh/chị ghi lại giúp.",
        f"This takes a number {between_en}; I read {quoted(str(found))}. Please write it again.",
    )


def area(said: str, _blank: FormField | Column, _today: date) -> Read:
    """Square metres; hectares are turned into them.

    Raises:
        Unreadable: it is no area.

    """
    text = bare(said)
    low = _BEFORE.sub("", fold(text).strip(" .,;!"))
    if re.search(r"\b(?:sao|mau|cong|thuoc)\b", low):
        raise refuse(
            "area_unit",
            "Tờ khai ghi mét vuông; sào, mẫu mỗi nơi mỗi khác. Anh/chị xem số m² trên giấy tờ đất giúp.",
            "The form takes square metres; sào and mẫu differ from place to place. Please look up the m² in the land papers.",
        )
    hectares = _HECTARES.search(low)
    bare_number = (_HECTARES if hectares else _SQUARE_METRES).sub("", low, count=1)
    found = _amount(bare_number)
    if found is not None and hectares:
        found *= 10_000
    if found is None or not 0 < found <= _MOST:
        raise refuse(
            "area_unreadable",
            f"Tôi chưa đọc được diện tích trong {quoted(text)}. Anh/chị ghi số mét vuông, ví dụ 85,5 m².",
            f"I cannot read an area in {quoted(text)}. Please write square metres, like 85,5 m².",
        )
    value: int | float = int(found) if found.denominator == 1 else round(float(found), 4)
    return Read(data=value, shown=f"{_decimal(value)} m²")


def _decimal(value: float) -> str:
    """A number as Vietnamese writes it: 1.200,5."""
    whole, _, rest = f"{value:,}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def _amount(low: str) -> Fraction | None:
    if re.search(r"[^\w\s.,]|_|^[.,]", low):
        return None
    return spoken.number(spoken.tokens(low))


def money(said: str, _blank: FormField | Column, _today: date) -> Read:
    """Whole đồng.

    Raises:
        Unreadable: it is no amount, or of another currency.

    """
    text = bare(said)
    low = _EVEN_OR_MONTHLY.sub("", _BEFORE.sub("", fold(text).strip(" .,;!")))
    if _OTHER_CURRENCY.search(low):
        raise refuse(
            "money_currency",
            "Tờ khai ghi tiền Việt Nam. Anh/chị cho tôi số tiền bằng đồng, ví dụ 50.000.000 đồng.",
            "The form takes Vietnamese đồng. Please give the amount in đồng, like 50.000.000 đồng.",
        )
    unit = _CURRENCY.search(low)
    found = _amount(_CURRENCY.sub("", low, count=1))
    if found is None or found.denominator != 1 or not 0 <= found <= _MOST:
        raise refuse(
            "money_unreadable",
            f"Tôi chưa đọc được số tiền trong {quoted(text)}. Anh/chị ghi ví dụ 50.000.000 đồng hoặc 50 triệu.",
            f"I cannot read an amount in {quoted(text)}. Please write it like 50.000.000 đồng or 50 triệu.",
        )
    amount = int(found)
    shown = f"{_decimal(amount)} đồng"
    few = doubt(
        "money_few",
        f"Tôi ghi {shown}. Nếu là nghìn hoặc triệu, anh/chị nói thêm giúp.",
        f"I put down {shown}. If thousands or millions are meant, please say so.",
    )
    return Read(data=amount, shown=shown, warnings=(few,) if 0 < amount < _FEW and not unit else ())


def tax_code(said: str, _blank: FormField | Column, _today: date) -> Read:
    """Ten digits, ten and three for a branch, or the twelve of a person's identification number.

    Raises:
        Unreadable: it is another count of digits, or has letters.

    """
    text = bare(said)
    run = spoken.digit_run(
        [part for token in spoken.tokens(_BEFORE.sub("", fold(text))) for part in re.split(r"[.,]", token)]
    )
    if run is None or re.search(r"[^\w\s.,:–-]|_", text) or not _TAX.fullmatch(run):
        counted = len(run or "")
        raise refuse(
            "tax_code",
            f"Mã số thuế có 10 số, chi nhánh thêm 3 số sau gạch nối, cá nhân là 12 số định danh; tôi đếm được {counted}. Anh/chị xem lại giúp.",
            f"A tax code has 10 digits, 3 more behind a hyphen for a branch, or a person's 12; I count {counted}. Please check.",
        )
    branch = len(run) == _COMPANY + 3
    shown = f"{run[:_COMPANY]}-{run[_COMPANY:]}" if branch else run
    return Read(data=shown, shown=shown)
