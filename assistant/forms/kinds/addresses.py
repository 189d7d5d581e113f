"""Addresses: two levels, the unit of today, what it was before noted beside it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.said import bare, doubt, quoted, refuse
from assistant.forms.values import Doubt, Read
from knowledge.place_names import Match, PlaceMention, Reading, find_place
from knowledge.places import Former, places
from knowledge.text import fold

_CITY = "thành phố Đà Nẵng"
_FORMERLY = "trước đây"
_MOST_LETTERS = 300
_MOST_NAMED = 6
_NOTED = re.compile(r"\s*\((?:trước đây|trước là|địa chỉ cũ|formerly)\s*:?\s*([^()]+)\)\s*$")
_LABEL = re.compile(
    r"(?i)^(?:(?:tôi|em|mình|nhà|cháu)\s+)*"
    r"(?:địa chỉ(?: là)?|dia chi|nơi ở|thường trú tại|ở tại|ở|tại|là|address is|address|(?:i )?live at)\b[\s:]+(?=\S)"
)
_NUMBERED = re.compile(r" ?(?:I{1,3}|IV|[1-9])(?!\w)")
_PROVINCES = r"(?:(?:thanh pho|tp|t\.p|tinh|city)[. ]*)?(?:da nang(?: city)?|quang nam|viet nam|vietnam)(?!\w)"
_SHORT_KINDS = {"quan": "q", "huyen": "h", "thi xa": "tx", "thanh pho": "tp"}
_ENDS = " ,.;-"
_QUANG_NAM = re.compile(r"(?<!duong )\bquang nam\b")


def address(said: str, _blank: FormField | Column, _today: date) -> Read:
    """House and street as written, then the ward or commune of today; data {text, unit, former}.

    A name that several units of today may mean stays as it was said, with a doubt that asks.

    Raises:
        Unreadable: it is too short or too long for an address.

    """
    text = _LABEL.sub("", bare(said)).strip(" ,;.")
    _refuse_length(text)
    noted = _NOTED.search(text)
    if noted:
        text = text[: noted.start()].strip(" ,")
    mention = find_place(text.replace("İ", "I"))  # in small letters it would be two, and places be off by one
    if mention is None or not mention.matches:
        former = noted[1].strip() if noted else ""
        return _read(text, "", former, _unknown(mention))
    if mention.match is None:
        return _read(text, "", noted[1].strip() if noted else "", (_which(mention),))
    return _today_s(text, mention, mention.match, noted[1].strip() if noted else "")


def _refuse_length(text: str) -> None:
    if len(re.findall(r"\w", text)) < 2:
        raise refuse(
            "address_short",
            "Anh/chị ghi số nhà, đường (hoặc thôn, tổ), xã hoặc phường, ví dụ: 123 Lê Duẩn, phường Hải Châu, Đà Nẵng.",
            "Please write house, street (or hamlet), ward or commune, like: 123 Lê Duẩn, phường Hải Châu, Đà Nẵng.",
        )
    if len(text) > _MOST_LETTERS:
        raise refuse(
            "address_long",
            f"Địa chỉ dài {len(text)} ký tự, ô này nhận tối đa {_MOST_LETTERS}. Anh/chị viết gọn lại giúp.",
            f"The address has {len(text)} characters, and the blank takes {_MOST_LETTERS}. Please shorten it.",
        )


def _today_s(text: str, mention: PlaceMention, match: Match, noted: str) -> Read:
    """The address with today's unit, and how it was called before where that was said."""
    numbered = None if match.former else _NUMBERED.match(text, mention.end)
    end = numbered.end() if numbered else mention.end
    former = match.former or _same_name(match, mention, text[end:])
    before = f"{former.full_name}{numbered[0] if numbered else ''}{_levels_above(former, text)}" if former else ""
    house, behind = _house(text[: mention.start]), _without_levels(text[end:])
    full = ", ".join(part for part in (house, match.unit.full_name, behind, _CITY) if part)
    return _read(full, match.unit.code, noted or before, ())


def _same_name(match: Match, mention: PlaceMention, behind: str) -> Former | None:
    """The old unit that was meant, where it has the name of today's and its district stands behind it."""
    told = fold(mention.said)
    named = (former for former in match.unit.was if told.endswith(fold(former.name)))
    return next((former for former in named if re.search(_spellings(former.district), fold(behind))), None)


def _levels_above(former: Former, text: str) -> str:
    kind, name = former.district.split(" ", 1)
    province = ", tỉnh Quảng Nam" if _QUANG_NAM.search(fold(text)) else ""
    return f", {kind.lower()} {name}{province}"


def _house(text: str) -> str:
    """What stands before the ward; «Bệnh viện Phụ sản - Nhi Đà Nẵng» keeps its name."""
    parts = (part.strip(_ENDS) for part in text.split(","))
    return ", ".join(part for part in parts if part and _without_levels(part))


def _without_levels(text: str) -> str:
    """The text without districts, province and country, and without what they leave at its ends."""
    low = fold(text)
    if len(low) != len(text):  # a letter that folds into two: nothing is cut rather than the wrong letters
        return text.strip(_ENDS)
    parts: list[str] = []
    at = 0
    for match in _levels().finditer(low):
        parts.append(text[at : match.start()])
        at = match.end()
    kept = (part.strip(_ENDS) for piece in (*parts, text[at:]) for part in piece.split(","))
    return ", ".join(part for part in kept if part)


@cache
def _levels() -> re.Pattern[str]:
    """Every level above wards that Da Nang had or has, as people write it, behind a comma, a ward or another level."""
    named = "|".join((*map(_spellings, places().districts), _PROVINCES))
    return re.compile(rf"(?:^|(?<=,))\s*(?:(?:{named})(?:[\s,.-]+|$))+|[,\s]+(?:{named})(?=\s*(?:,|$))")


def _spellings(district: str) -> str:
    """A pattern of an abolished district without marks: its kind, short or left out, and its name."""
    low = fold(district)
    kind = next(kind for kind in _SHORT_KINDS if low.startswith(f"{kind} "))
    return rf"(?:(?:{kind}|{_SHORT_KINDS[kind]})[. ]*)?{re.escape(low.removeprefix(f'{kind} '))}(?!\w)"


def _which(mention: PlaceMention) -> Doubt:
    named = [match.unit.full_name for match in mention.matches]
    listed = ", ".join(named[:_MOST_NAMED]) + (", …" if len(named) > _MOST_NAMED else "")
    if mention.reading is Reading.DISTRICT:
        why_vi, why_en = "từ 1/7/2025 không còn cấp quận, huyện", "there are no districts since 1 July 2025"
    else:
        why_vi, why_en = "nay có thể thuộc nhiều phường, xã", "it may be one of several wards and communes today"
    return doubt(
        "address_which",
        f"{quoted(mention.said)}: {why_vi}. Anh/chị cho tôi biết nay là phường, xã nào: {listed}?",
        f"{quoted(mention.said)}: {why_en}. Which ward or commune is it today: {listed}?",
    )


def _unknown(mention: PlaceMention | None) -> tuple[Doubt, ...]:
    """A doubt where a ward or commune was named that Da Nang does not have."""
    if mention is None:
        return ()
    told = doubt(
        "address_unknown",
        f"Tôi không thấy {quoted(mention.said)} ở Đà Nẵng. Nếu ở tỉnh khác, anh/chị ghi thêm tên tỉnh; không thì xem lại giúp.",
        f"I find no {quoted(mention.said)} in Da Nang. If it is in another province, please add its name; otherwise check.",
    )
    return (told,)


def _read(text: str, unit: str, former: str, warnings: tuple[Doubt, ...]) -> Read:
    shown = f"{text} ({_FORMERLY}: {former})" if former else text
    return Read(data={"text": text, "unit": unit, "former": former}, shown=shown, warnings=warnings)
