"""Dates of birth: a date, written or spoken, after words that say somebody was born on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy.kinds import Kind, Span
from assistant.privacy.reading import Reading

_WHOSE = "toi em minh tui chau con be vo chong me cha ba bo ong anh chi no".replace(" ", "|")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".replace(" ", "|")
_SAID = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|mong|linh|le|nghin|ngan|tram|\d{1,4})"

_CUE = (
    rf"(?<!\w)(?:(?<!khai )sinh(?: ra)?(?: vao)?(?: ngay| hom| nam)?|ngay(?: thang)?(?: nam)? sinh|ns|sn|nam sinh|dob|d\.o\.b\.?"
    rf"|(?:date of birth|birth ?date|birthday|born)(?: on)?)(?: (?:cua )?(?:{_WHOSE})){{0,2}}(?: la| is| was)?"
    r"[ :,(-]{0,3}(?:la |vao )?(?:ngay |mung |mong )?"
)
_DATE = (
    r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d{2})|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|[0-3]\d[01]\d(?:19|20)\d\d"
    r"|\d{1,2} ?(?:/|-|thang) ?\d{1,2},? ?nam ?(?:\d{4}|\d{2})|\d{1,2} \d{1,2} (?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})[a-z]{{0,6}},? \d{{4}}|(?:{_MONTHS})[a-z]{{0,6}} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|{_SAID}(?: {_SAID}){{0,2}} thang (?:gieng|chap|{_SAID})(?: {_SAID})?,? nam {_SAID}(?: {_SAID}){{0,6}}"
)
_BIRTH = re.compile(rf"{_CUE}(?P<date>{_DATE})(?![\w/]|[.-]\d)")


def births(read: Reading) -> Iterator[Span]:
    """Every date of birth. A year alone names nobody and is often asked about, so it stays."""
    for match in _BIRTH.finditer(read.plain):
        yield read.span(*match.span("date"), Kind.BIRTH)
