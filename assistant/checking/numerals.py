"""Numbers as prose writes them: 50.000, 1,2 triệu, năm mươi nghìn, twenty-five, two and a half."""

from __future__ import annotations

import re
from functools import lru_cache

_VI = dict(zip("không một hai ba bốn năm sáu bảy tám chín mười".split(), range(11), strict=True))
_VI_LATER = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
_VI_SCALES = {"trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_EN = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_EN_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_EN_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_HUNDRED = 100
_SHORT_SCALES = {"k": 1_000, "tr": 1_000_000}

SCALES = {**_VI_SCALES, **_EN_SCALES, **_SHORT_SCALES}
"""Words that multiply what stands before them."""

_DIGITS = r"\d+(?:[.,]\d+)*"
_VI_WORDS = "|".join((*_VI, *_VI_LATER, *_VI_SCALES, "mươi", "lẻ", "linh", "rưỡi", "nửa"))
_EN_WORDS = "|".join((*_EN_TENS, *sorted(_EN, key=len, reverse=True), *_EN_SCALES, "half"))
_WORDS = rf"(?:{_VI_WORDS}|{_EN_WORDS})\b"
NUMBER = rf"(?:{_DIGITS}(?: ?(?:k|tr)\b)?|\b{_WORDS})(?:(?: and a | and |[ -]){_WORDS}|(?<=[a-zỷ]) {_DIGITS}(?!\w))*"
"""The pattern of a number in lower case, in digits or in words; `value` reads it."""

_PART = re.compile(r"[ -]+")
_SHORT = re.compile(r"(?<=\d)(k|tr)$")
_GROUPS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


@lru_cache(maxsize=4096)
def value(said: str) -> float | None:
    """The number that is said; of «mỗi năm ba» it is the 3. None where the words are no number."""
    words = [part for part in _PART.split(_SHORT.sub(r" \1", said)) if part and part not in ("and", "a")]
    for start in range(len(words)):
        found = _whole(words[start:])
        if found is not None:
            return found
    return None


def digits(said: str) -> float | None:
    """A number in digits: dots or commas before groups of three part thousands, else decimals."""
    if _GROUPS.fullmatch(said):
        return float(re.sub(r"[.,]", "", said))
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return None


def _whole(words: list[str]) -> float | None:
    """The value of all the words together, or None."""
    if words in (["nửa"], ["half"]):
        return 0.5
    total, last = 0.0, 0
    group: float | None = None
    for place, word in enumerate(words):
        scale = SCALES.get(word)
        if word in ("rưỡi", "half") and place == len(words) - 1:
            return total + (group + 0.5 if group is not None else last / 2)
        if scale and scale > _HUNDRED and group is not None:
            total, group, last = total + group * scale, None, scale
            continue
        group = _times(group, scale) if scale else _added(group, word, words[place - 1] if place else "")
        if group is None:
            return None
    if last > _HUNDRED and group and group < 10 and _VI_SCALES.get(words[-2]) == last:
        return total + group * last / 10
    return total + (group or 0)


def _times(group: float | None, scale: int) -> float | None:
    return None if group is None else group * scale


def _added(group: float | None, word: str, before: str) -> float | None:
    """The number so far with one more word; None where they do not go together."""
    if word in ("lẻ", "linh"):
        return group if before == "trăm" else None
    if word == "mươi":
        return None if group is None or not 1 < group % 100 < 10 else group - group % 100 + group % 100 * 10
    if word[0].isdigit():
        return digits(word) if group is None else None
    number = _VI.get(word, _VI_LATER.get(word, _EN.get(word, _EN_TENS.get(word))))
    if number is None or (group is None and word in _VI_LATER):
        return None
    if group is None:
        return float(number)
    joins = before in ("mươi", "mười", "trăm", "lẻ", "linh", "hundred") or before in _EN_TENS
    if joins and (before not in _EN_TENS or number < 10):
        return group + number
    short = word in ("lăm", "nhăm", "mốt", "tư") and 1 < group % 100 < 10
    return group - group % 100 + group % 100 * 10 + number if short else None
