"""Numbers of nine digits and more, in one piece, in groups, or spoken digit by digit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from assistant.privacy.cues import Cues
from assistant.privacy.kinds import Kind, Span, data
from assistant.privacy.marks import is_money
from assistant.privacy.reading import Reading

_MOST_DIGITS = 16
_FEWEST_DIGITS = 6
"""Of an account; every other number has at least eight."""
_FEWEST_UNCUED = 8
_LARGEST_PART = 7
"""A group longer than this is a number of its own: «tổ 12 0905123456» has two."""

_MOBILE = re.compile(r"(?:84|0)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}|840(?:3|5|7|8|9)\d{8}")
_LANDLINE = re.compile(r"(?:84|0)2\d{9}")
_BETWEEN = re.compile(r"[ .-]| - |  |\)? |\)")
_BETWEEN_SAID = re.compile(r"[ ,.-]{1,3}")
_PART_OF_MORE_BEFORE = re.compile(r"(?<!\d)\d{1,8}[.,/-]$|[a-z]\d{0,4}[/-]$")
_PART_OF_MORE_AFTER = re.compile(r"[.,/-]\d{1,8}(?!\d)|/[a-z]")
_COMPANY = re.compile(r"(?:cong ty|cty|doanh nghiep|company|chi nhanh|hop tac xa)[^\d\n]{0,40}$")
_ROUND = re.compile(r".*0000$")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits in one piece, or one digit as it was spoken."""

    start: int
    end: int
    digits: str
    said: bool


@dataclass(frozen=True, slots=True)
class Number:
    """Groups read together, and the words about them."""

    digits: str
    parts: tuple[int, ...]
    said: bool
    gap: str
    """What stands between the groups, if it is the same everywhere."""
    cue: str
    money: bool


def numbers(read: Reading, cues: Cues) -> Iterator[Span]:
    """Every number that is somebody's. The longest reading of the groups is tried first, then the next group."""
    groups = _groups(read.plain)
    at, since = 0, 0
    while at < len(groups):
        found = _longest(groups, at, read, cues, since)
        if found is None:
            at += 1
            continue
        kind, length = found
        since = groups[at + length - 1].end
        yield read.span(_with_plus(read.plain, groups[at].start), since, kind)
        at += length


def _longest(groups: Sequence[Group], at: int, read: Reading, cues: Cues, since: int) -> tuple[Kind, int] | None:
    together = _together(groups, at, read.plain)
    start = groups[at].start
    if sum(len(group.digits) for group in together) < _FEWEST_DIGITS or _continues(read.plain, start):
        return None
    cue = cues.before(start, since)
    if cue == "tax" and _COMPANY.search(read.plain[max(0, start - 60) : start]):
        cue = "company"
    fewest = _FEWEST_DIGITS if cue in ("account", "maybe_account") else _FEWEST_UNCUED
    for number, end in _readings(together, read, fewest):
        if _PART_OF_MORE_AFTER.match(read.plain, end):
            continue
        kind = kind_of(replace(number, cue=_cue(cue, cues.after(end))))
        if kind is not None:
            return kind, len(number.parts)
    return None


def _cue(before: str, after: str) -> str:
    """The cue to be believed: the one before, but «tài khoản 108… VietinBank» is an account at a bank."""
    return after if not before or (before, after) == ("maybe_account", "account") else before


def _continues(plain: str, start: int) -> bool:
    """Whether what stands before belongs to the same code or date."""
    return _PART_OF_MORE_BEFORE.search(plain[max(0, start - 12) : start]) is not None


def _together(groups: Sequence[Group], at: int, plain: str) -> list[Group]:
    """The groups from here that may be one number."""
    together = [groups[at]]
    total = len(groups[at].digits)
    for group in groups[at + 1 : at + _MOST_DIGITS]:
        last = together[-1]
        said = last.said or group.said
        total += len(group.digits)
        between = plain[last.end : group.start]
        if total > _MOST_DIGITS or not (_BETWEEN_SAID if said else _BETWEEN).fullmatch(between):
            break
        together.append(group)
    return together


def _readings(groups: Sequence[Group], read: Reading, fewest: int) -> Iterator[tuple[Number, int]]:
    """The groups read as one number, then without the last, and so on; each with where it ends."""
    parts = tuple(len(group.digits) for group in groups)
    totals = tuple(accumulate(parts))
    digits = "".join(group.digits for group in groups)
    gaps = [read.plain[one.end : two.start] for one, two in pairwise(groups)]
    for length in range(len(groups), bisect_left(totals, fewest), -1):
        end = groups[length - 1].end
        gap = gaps[0] if length > 1 and set(gaps[: length - 1]) == {gaps[0]} else ""
        said = groups[0].said or groups[length - 1].said
        yield Number(digits[: totals[length - 1]], parts[:length], said, gap, "", is_money(read, end)), end


def kind_of(number: Number) -> Kind | None:
    """What the number is; None for an amount, a code, or a number nobody can tell."""
    if len(number.parts) > 1 and not _is_in_parts(number):
        return None
    if number.money or number.cue == "public" or number.digits in data("words")["public_numbers"]:
        return None
    by_cue = _by_cue(number)
    return by_cue if by_cue is not None else _by_shape(number)


def _is_in_parts(number: Number) -> bool:
    """Whether the groups are parts of one number, and none a number of its own."""
    country_code = len(number.parts) == 2 and number.parts[1] == 9 and number.digits.startswith(("84", "084", "0"))
    return max(number.parts) <= _LARGEST_PART or country_code


def _by_cue(number: Number) -> Kind | None:
    """What the word before makes of it, also when a digit is missing or one too many."""
    digits, length = number.digits, len(number.digits)
    mobile = _MOBILE.fullmatch(digits) is not None
    match number.cue:
        case "account" if _FEWEST_DIGITS <= length <= 16:
            return Kind.ACCOUNT
        case "maybe_account" if _FEWEST_DIGITS <= length <= 16 and not mobile and length != 12:
            return Kind.ACCOUNT
        case "tax" if length in (10, 13):
            return Kind.TAX
        case "insurance" if length == 10 and not mobile:
            return Kind.INSURANCE
        case "dossier" if length >= 8 and not mobile and length != 9:
            return Kind.DOSSIER
        case "identity" if length in (8, 9, 10, 11, 12, 13) and not mobile and not _LANDLINE.fullmatch(digits):
            return Kind.IDENTITY
        case "phone" if (9 <= length <= 11 and digits[0] == "0") or (length == 12 and digits[:3] == "084"):
            return Kind.PHONE
    return None


def _by_shape(number: Number) -> Kind | None:
    digits, length = number.digits, len(number.digits)
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return Kind.PHONE
    if number.cue == "company" or (number.cue == "money" and _ROUND.match(digits)):
        return None
    if length == 12 and _is_identity(number):
        return Kind.IDENTITY
    if length == 9 and number.parts in ((9,), (3, 3, 3)) and number.gap in ("", " ") and not number.said:
        return None if number.cue == "money" or _ROUND.match(digits) else Kind.IDENTITY
    if number.parts == (4, 4, 4, 4) or (number.parts in ((13,), (14,), (15,), (16,)) and not _ROUND.match(digits)):
        return Kind.ACCOUNT
    return None


def _is_identity(number: Number) -> bool:
    even = number.parts in ((12,), (3, 3, 3, 3), (4, 4, 4))
    return not (number.cue == "money" and number.gap == ".") and (even or number.digits[0] == "0")


def _with_plus(plain: str, start: int) -> int:
    """Where the number begins, a plus or an opening bracket included."""
    if plain[start - 1 : start] == "+" or (plain[start - 1 : start] == "(" and ")" in plain[start : start + 6]):
        return start - 1
    return start


def _groups(plain: str) -> list[Group]:
    """All digits of the text in order, spoken ones too: «mười hai» is 12, «chín mươi lăm» 95."""
    words = list(_pattern().finditer(plain))
    said: dict[str, int] = data("words")["digits"]
    groups: list[Group] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word[0].isdigit():
            groups.append(Group(*word.span(), word[0], said=False))
        elif word[0] == "muoi":
            groups.append(_after_tens(words, at, "1", said))
        else:
            tens = (
                words[at + 1][0] == "muoi" if at + 1 < len(words) and words[at + 1].start() - word.end() == 1 else False
            )
            digit = str(said[word[0]])
            groups.append(
                _after_tens(words, at + 1, digit, said, word.start()) if tens else Group(*word.span(), digit, said=True)
            )
        while at < len(words) and words[at].start() < groups[-1].end:
            at += 1
    return groups


def _after_tens(
    words: Sequence[re.Match[str]], ten: int, digit: str, said: dict[str, int], start: int | None = None
) -> Group:
    """«… mươi» with the digit behind it, if there is one."""
    tens = words[ten]
    begin = tens.start() if start is None else start
    following = words[ten + 1] if ten + 1 < len(words) else None
    if following is not None and following[0] in said and following.start() - tens.end() == 1:
        return Group(begin, following.end(), f"{digit}{said[following[0]]}", said=True)
    return Group(begin, tens.end(), f"{digit}0", said=True)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    said = "|".join(data("words")["digits"])
    return re.compile(rf"\d+|(?<!\w)(?:{said}|muoi)(?!\w)")
