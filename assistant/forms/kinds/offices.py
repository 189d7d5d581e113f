"""Offices that a form is addressed to: a body, or the ward or commune that has one. A person is none."""

from __future__ import annotations

import re
from datetime import date

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.free import text
from assistant.forms.kinds.said import quoted, refuse, words
from assistant.forms.values import Read
from knowledge.place_names import find_place
from knowledge.text import fold, has_diacritics

_BODY = re.compile(
    r"(?i)\b(?:ủy ban|uỷ ban|ubnd|công an|sở|phòng|cục|tòa án|toà án|trung tâm|văn phòng|chi nhánh|cơ quan|ban|bộ|viện|hội|"
    r"ngân hàng|kho bạc|thuế|bảo hiểm|bhxh|trường|bệnh viện|công ty|đại sứ quán|lãnh sự|một cửa|hội đồng|đội|chủ tịch|"
    r"phường|xã|đặc khu|quận|huyện|tỉnh|thành phố|tp|"
    r"committee|police|department|office|center|centre|court|bank|school|hospital|company|embassy|consulate|ward|commune|city)\b"
)
"""What bodies are called; written with marks, so that «Phương» is no «phường»."""
_BARE_BODY = re.compile(
    r"\b(?:uy ban|ubnd|cong an|so (?:tu phap|xay dung|y te|noi vu|tai chinh|nong nghiep)|phong (?:kinh te|van hoa|tu phap|quan ly)|"
    r"cuc (?:thue|canh sat|quan ly)|toa an|trung tam|van phong|chi nhanh|co quan|ngan hang|kho bac|bao hiem|bhxh|benh vien|cong ty|"
    r"dai su quan|lanh su quan|mot cua|committee|police|department|office|court|bank|school|hospital|company|embassy|ward|commune)\b"
    r"|^(?:\W*(?:o|tai|nop|ben|len|ra) )*(?:phuong|xa|dac khu|quan|huyen|tp|thanh pho) \w"
)
"""The same typed without marks: only what no name of a person has."""
_AROUND = frozenset(
    "o tai nop ben len ra cho gui toi den phuong xa dac khu quan huyen tp thanh pho da nang cu moi a nhe".split()
)
_PERSONAL = re.compile(r"\d{9,}|(?i:\b(?:tôi tên|tên tôi|tên là|họ tên|em tên|my name)\b)")


def agency(said: str, blank: FormField | Column, today: date) -> Read:
    """The body as it was written: «UBND phường Hải Châu», «Hải Châu».

    Raises:
        Unreadable: it names no body and no ward or commune, or is too long.

    """
    read = text(said, blank, today)
    if _PERSONAL.search(read.shown) or not (_names_a_body(read.shown) or _is_a_place(read.shown)):
        raise refuse(
            "agency",
            f"Ô này ghi cơ quan nhận hồ sơ; {quoted(read.shown)} chưa phải tên cơ quan. Anh/chị ghi như «UBND phường Hải Châu», "
            "«Công an xã Hòa Vang».",
            f"This blank names the office that receives the file; {quoted(read.shown)} is none. Please write for example "
            "“UBND phường Hải Châu” or “Công an xã Hòa Vang”.",
        )
    return read


def _names_a_body(shown: str) -> bool:
    if has_diacritics(shown):
        return _BODY.search(shown) is not None
    return _BARE_BODY.search(" ".join(fold(shown).split())) is not None


def _is_a_place(shown: str) -> bool:
    """Whether nothing is said but the name of a ward or commune: «Hải Châu», «ở Hòa Khánh»."""
    mention = find_place(shown.replace("İ", "I"))
    if mention is None or not mention.matches:
        return False
    return set(words(f"{shown[: mention.start]} {shown[mention.end :]}")) <= _AROUND
