"""Numbers that were spoken as words, where they are clearly numbers: «mười bốn tuổi», «một không hai hai»."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from knowledge.text import fold

_DIGITS = dict(zip("không một hai ba bốn năm sáu bảy tám chín".split(), range(10), strict=True))
_LATER = {**_DIGITS, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
"""As digits are also said after the first: hai mươi mốt, ba tư, hai lăm."""

_YEAR = "năm"
_TENS, _TEN, _HUNDRED, _THOUSAND = "mươi", "mười", "trăm", frozenset(("nghìn", "ngàn"))
_FIRST = frozenset((*_DIGITS, _TEN))
"""What every number begins with."""
_AND = frozenset(("lẻ", "linh"))
_NEVER_FOLDED = frozenset((_YEAR, "sáu"))
"""«nam» is năm and nam, «sau» is sáu and sau."""

_UNITS = frozenset(
    "tuổi ngày tháng năm tuần giờ phút triệu tỷ nghìn ngàn đồng mét m m2 m3 km cc chỗ ghế tấn kg hecta ha sào phần".split()
)
_AFTER_ONE = _UNITS - frozenset("ngày tháng năm tuần giờ phút phần".split())
"""«một ngày», «một tháng» and «năm tháng» are said of no number in particular."""

_FOLDED = {fold(word): word for word in (*_UNITS, *_DIGITS, *_AND, "lăm", _TENS, _HUNDRED) if word not in _NEVER_FOLDED}
_FOUR_DIGITS = 4
_FEWEST_DIGITS = 3
_THIS_YEAR = frozenset("nay ni ngoái sau trước tới qua".split())


def with_numerals(words: Sequence[str], kept: Collection[int] = ()) -> tuple[list[str], frozenset[int]]:
    """The words with spoken numbers in numerals, and where the kept ones stand now."""
    folded = all(word.isascii() for word in words)
    said = _with_marks(words) if folded else list(words)
    out: list[str] = []
    now: set[int] = set()
    place = 0
    while place < len(words):
        length, numeral = 0, ""
        if said[place] in _FIRST and place not in kept:
            run = said[place : min((p for p in kept if p > place), default=len(words))]
            length, numeral = _digits(run) or _number(run, said[place - 1] if place else "") or (0, "")
        if length > folded:  # without marks one word alone may be anything
            out.append(numeral)
            place += length
            continue
        if place in kept:
            now.add(len(out))
        out.append(words[place])
        place += 1
    return out, frozenset(now)


def _with_marks(words: Sequence[str]) -> list[str]:
    said = [_FOLDED.get(word, word) for word in words]
    return [
        _TEN if word == _TENS and (not place or said[place - 1] not in _DIGITS) else word
        for place, word in enumerate(said)
    ]


def _digits(words: Sequence[str]) -> tuple[int, str] | None:
    """Digits read one by one: 1022, a telephone number, a code."""
    length = next((n for n, word in enumerate(words) if word not in (_LATER if n else _DIGITS)), len(words))
    run = list(words[:length])
    if run[:1] == [_YEAR] and len(run) == _FOUR_DIGITS + 1 and run[1] in ("một", "hai"):
        return None  # «năm hai không hai sáu»: the year comes next
    while len(run) > 1 and run[-1] == "không" and "không" not in run[:-1]:
        run.pop()  # «có ba bốn năm không?»
    if len(run) < _FEWEST_DIGITS or _is_about(run[:-1] if run[-1] == _YEAR else run):
        return None
    after = words[len(run) : len(run) + 1]
    if after and (after[0] in (_TENS, _HUNDRED) or after[0] in _THOUSAND or after[0] in _AND):
        return None
    return len(run), "".join(str(_LATER[word]) for word in run)


def _is_about(run: Sequence[str]) -> bool:
    """«ba bốn năm» is about three or four years, «một hai ba» is counting."""
    steps = {_LATER[second] - _LATER[first] for first, second in pairwise(run)}
    return len(run) <= _FEWEST_DIGITS and steps == {1}


def _number(words: Sequence[str], before: str) -> tuple[int, str] | None:
    length, value = _below_thousand(words)
    if not length or (words[0] == _YEAR and set(words[2:3]) & _THOUSAND) or words[length : length + 1] == ["phẩy"]:
        return None
    after = words[length : length + 2]
    if after and after[0] in _THOUSAND:
        more, rest = _below_thousand(words[length + 1 :])
        if more and (words[length + 2 : length + 3] == [_HUNDRED] or before == _YEAR):
            return length + 1 + more, str(value * 1000 + rest)
        if more:
            return None  # «hai nghìn hai» may be 2002 and 2200
    if _HUNDRED in words[:length] or _TENS in words[:length]:
        return length, str(value)
    return (length, str(value)) if _before_unit(words[:length], before, after) else None


def _before_unit(number: Sequence[str], before: str, after: Sequence[str]) -> bool:
    if not after or after[0] not in _UNITS or (after[0] == _YEAR and after[1:] and after[1] in _THIS_YEAR):
        return False
    if len(number) > 1 or number[0] == _TEN:
        return True
    return before not in _LATER and (number[0] not in ("một", _YEAR) or after[0] in _AFTER_ONE)


def _below_thousand(words: Sequence[str]) -> tuple[int, int]:
    """How many words at the beginning make a number below a thousand, and the number; (0, 0) if none do."""
    if len(words) > 1 and words[0] in _DIGITS and words[1] == _HUNDRED:
        hundreds = _DIGITS[words[0]] * 100
        rest = words[2:]
        if len(rest) > 1 and rest[0] in _AND and rest[1] in _LATER:
            return 4, hundreds + _LATER[rest[1]]
        length, value = _below_hundred(rest)
        return (2 + length, hundreds + value) if length > 1 or rest[:1] == [_TEN] else (2, hundreds)
    return _below_hundred(words)


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    if not words or words[0] not in _FIRST or words[0] == "không":
        return 0, 0
    second = words[1] if len(words) > 1 else ""
    unit = second in _LATER and second != "không" and not (second == _YEAR and words[0] != _TEN)
    if words[0] == _TEN:
        return (2, 10 + _LATER[second]) if unit and second != _YEAR else (1, 10)
    tens = _DIGITS[words[0]]
    if second == _TENS:
        third = words[2] if len(words) > 2 else ""
        unit = third in _LATER and third not in ("không", _YEAR) and words[3:4] != [_TENS]
        return (3, tens * 10 + _LATER[third]) if unit else (2, tens * 10)
    # «hai lăm» is 25, but «hai ba» may be two or three.
    both = unit and (second not in _DIGITS or _LATER[second] - tens != 1)
    return (2, tens * 10 + _LATER[second]) if both else (1, tens)
