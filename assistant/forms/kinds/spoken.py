"""Numbers as people say them, with marks or without: every word must belong to the number, or it is none.

`checking.numerals` looks for a number in prose and takes the best part; a blank needs all that was said, or a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import isfinite

from assistant.checking.numerals import digits
from assistant.privacy.kinds import data
from knowledge.text import fold

_ENGLISH = "zero one two three four five six seven eight nine".split()
DIGITS: dict[str, int] = {
    **{fold(word): digit for word, digit in data("words")["digits"].items()},
    **{word: digit for digit, word in enumerate(_ENGLISH)},
}
"""The words for 0 to 9, without marks."""

_SCALES = (
    (10**9, frozenset(("ty", "ti", "billion"))),
    (10**6, frozenset(("trieu", "tr", "cu", "million"))),
    (10**3, frozenset(("nghin", "ngan", "k", "thousand"))),
)
_HUNDRED = frozenset(("tram", "hundred"))
_ZERO_TENS = frozenset(("le", "linh"))
_ONES_AFTER_TENS = frozenset(("mot", "tu", "lam", "nham"))
"""Said for 1, 4 and 5 behind tens, so that «hai lăm» is 25, while «hai ba» may be 2 or 3."""
_GROUPS_AND_REST = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)|([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]+)")
_MOST_WORDS = 50
"""More than the longest amount takes; it also bounds how deep `number` calls itself."""
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+")


def tokens(text: str) -> list[str]:
    """Numbers and words without marks, in order: «1tr5» is 1, tr, 5."""
    return _TOKEN.findall(fold(text))


def digit_run(parts: Sequence[str]) -> str | None:
    """The digits, told one by one or in groups: «không bốn tám» is 048, «chín mươi lăm» 95. None where a word is no digit."""
    run, at = "", 0
    while at < len(parts):
        part = parts[at]
        tens = part == "muoi" or (part in DIGITS and at + 1 < len(parts) and parts[at + 1] == "muoi")
        if tens:
            run += "1" if part == "muoi" else str(DIGITS[part])
            at += 1 if part == "muoi" else 2
            ones = at < len(parts) and parts[at] in DIGITS
            run += str(DIGITS[parts[at]]) if ones else "0"
            at += ones
            continue
        if part not in DIGITS and not re.fullmatch("[0-9]+", part):
            return None
        run += str(DIGITS.get(part, part))
        at += 1
    return run or None


def number(parts: Sequence[str]) -> Fraction | None:
    """The number that all the words together say; None where they say none, or not surely one."""
    if len(parts) > _MOST_WORDS:
        return None
    for scale, names in _SCALES:
        for at, part in enumerate(parts):
            if part in names:
                left = number(parts[:at])
                right = _behind(parts[at + 1 :], scale)
                return None if left is None or right is None else left * scale + right
    return _below_thousand(parts)


def whole(parts: Sequence[str]) -> int | None:
    """`number`, where it is a whole one."""
    found = number(parts)
    return int(found) if found is not None and found.denominator == 1 else None


def _behind(parts: Sequence[str], scale: int) -> Fraction | None:
    """What stands behind a scale: «rưỡi», a tenth («1 tỷ 2»), thousandths («1 triệu 250»), or a smaller number."""
    if not parts:
        return Fraction(0)
    if len(parts) == 1:
        only = parts[0]
        if only in ("ruoi", "half"):
            return Fraction(scale, 2)
        if only in DIGITS or re.fullmatch("[1-9]", only):
            return Fraction(int(DIGITS.get(only, only)) * scale, 10)
        if re.fullmatch("[0-9]{3}", only):
            return Fraction(int(only) * scale, 1_000)
        if only.isdecimal():
            return None
    found = number(parts[1:] if parts[0] in _ZERO_TENS else parts)
    return found if found is not None and found < scale else None


def _below_thousand(parts: Sequence[str]) -> Fraction | None:
    if len(parts) == 1 and parts[0][0].isdecimal():
        return _figure(parts[0])
    if list(parts) in (["nua"], ["half"]):
        return Fraction(1, 2)
    for at, part in enumerate(parts):
        if part in _HUNDRED:
            hundreds, rest = _digit(parts[:at]), _behind_hundred(parts[at + 1 :])
            return None if hundreds is None or rest is None else Fraction(hundreds * 100 + rest)
    found_tens = _tens(parts)
    return None if found_tens is None else Fraction(found_tens)


def _figure(told: str) -> Fraction | None:
    """A number in digits: 1.200 is thousands, 1,5 a fraction, 1.200,5 both."""
    if told.isdecimal():
        return Fraction(told)
    if match := _GROUPS_AND_REST.fullmatch(told):
        groups, rest = (part for part in match.groups() if part is not None)
        return Fraction(f"{re.sub('[.,]', '', groups)}.{rest}")
    found = digits(told)
    return None if found is None or not isfinite(found) else Fraction(str(found))


def _behind_hundred(parts: Sequence[str]) -> int | None:
    if not parts:
        return 0
    if len(parts) == 1:
        return 50 if parts[0] == "ruoi" else _times(_digit(parts), 10) if parts[0] != "muoi" else 10
    return _digit(parts[1:]) if parts[0] in _ZERO_TENS else _tens(parts)


def _times(found: int | None, by: int) -> int | None:
    return None if found is None else found * by


def _tens(parts: Sequence[str]) -> int | None:
    match list(parts):
        case ["muoi" | "ten"]:
            return 10
        case [one] if one in DIGITS:
            return DIGITS[one]
        case ["muoi", one] if one in DIGITS:
            return 10 + DIGITS[one]
        case [ten, "muoi"] if DIGITS.get(ten, 0) > 1:
            return DIGITS[ten] * 10
        case [ten, "muoi", one] if DIGITS.get(ten, 0) > 1 and DIGITS.get(one, 0) > 0:
            return DIGITS[ten] * 10 + DIGITS[one]
        case [ten, one] if DIGITS.get(ten, 0) > 1 and one in _ONES_AFTER_TENS:
            return DIGITS[ten] * 10 + DIGITS[one]
    return None


def _digit(parts: Sequence[str]) -> int | None:
    if len(parts) != 1:
        return None
    if re.fullmatch("[0-9]", parts[0]):
        return int(parts[0])
    return DIGITS.get(parts[0])
