"""Hiding what identifies a person before anything is written down."""

from __future__ import annotations

import re

_GAP = r"[ .-]?"
# Not inside a longer number, a code or a date; a full stop or comma that ends the sentence is no part of it.
_START = r"(?<!\d)(?<!\d[.,/-])"
_END = r"(?!\d|[.,/-]\d)"
_NO_MONEY = r"(?!\s*(?:đ|vnđ|vnd|đồng|dong)\b)"

_PATTERNS = (
    ("[email]", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    # What follows a file from office to office: 000.00.01.H17-241231-0001, its dots and its head often left out.
    ("[mã hồ sơ]", re.compile(r"(?i)(?<!\w)(?:\d{3}\.?\d{2}\.?\d{2}\.?)?H\d{2}(?:\.\d{1,3})*-\d{6}-\d{4,6}(?!\d)")),
    # An identity number: 12 digits, the old one 9. Amounts carry a currency, codes and dates have marks of their own.
    ("[số định danh]", re.compile(rf"(?i){_START}\d{{3}}(?:{_GAP}\d{{3}}){{3}}{_END}{_NO_MONEY}")),
    (
        "[số điện thoại]",
        re.compile(rf"{_START}(?:\+?84|0){_GAP}(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)(?:{_GAP}\d){{7}}(?!\d)"),
    ),
    ("[số điện thoại]", re.compile(rf"{_START}(?:\+?84|0){_GAP}2(?:{_GAP}\d){{9}}(?!\d)")),
    ("[số định danh]", re.compile(rf"(?i){_START}\d{{3}}(?: ?\d{{3}}){{2}}{_END}{_NO_MONEY}")),
)


def mask(text: str) -> str:
    """The text with mail addresses, phone, file and identity numbers exchanged for what they are."""
    for label, pattern in _PATTERNS:
        text = pattern.sub(label, text)
    return text
