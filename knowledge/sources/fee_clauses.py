"""A fee note taken apart: «cấp mới 40.000 đồng/lần; cấp lại 20.000 đồng/lần» is two charges, each with its case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.procedure import Fee, FeeKind, FeeStatus, Text
from knowledge.sources.figures import AMOUNT, amounts, first_day, last_day, says_waived
from knowledge.text import one_line

_CLAUSE = re.compile(r"[;\n]|\.\s+(?=[A-ZĐÂĂÊÔƠƯ+-])|,\s+(?=(?:lệ )?phí )|(?:^|\s)([-+•*–])\s+")
_WORD = r"[^\W\d][\w“”\"-]*"
_NO_UNIT = r"(?!(?:kể|từ|theo|đến|đối|với|nếu|khi|trong|do|cho|bao|và|hoặc|trường|áp|tùy)\b)"
_PER = rf"/\s*(?:01\s+|1\s+|một\s+)?[“\"]?{_WORD}(?:\s{_NO_UNIT}[“\"]?{_WORD}){{0,5}}"
_UNIT = re.compile(rf"(?i)^\s*((?:{_PER}\s*){{1,2}})(?=\s*(?:[,.;:()]|$|\b))")
_CURRENCY = re.compile(r"(?i)^(?:đồng|vnđ|vnd|đ)\b")
_DOLLARS = re.compile(r"(?i)(?<![\w.,])(\d+(?:[.,]\d+)?)\s*(?:USD|đô la(?: Mỹ)?)")
_REPEATED = re.compile(r"(?<![\w.,/])(\d{1,3}(?:[.,]\d{3})+|\d{4,})\s*(?=/)")
"""An amount told without its currency: «150.000/lô hàng»."""
_DRESS = re.compile(
    r"(?i)^(?:mức (?:thu )?)?(?:lệ )?phí\b|\b(?:mức thu|là|thu|bằng|áp dụng|cụ thể(?: như sau)?|như sau|số tiền)\s*$|[:–-]\s*$"
)
_DOCUMENT = re.compile(
    r"(?i)\(?\s*(?:(?:thực hiện |áp dụng |quy định )?(?:theo|tại|căn cứ)\s+(?:[^\s();:]+\s+){0,8}?)?"
    r"\b(?:thông tư|nghị quyết|nghị định|quyết định (?:số )?\d)[^();:]*?(?=$|[();:]|\b(?:đối với|trường hợp|khi|nếu)\b)\)?"
)
_DAY = r"\d{1,2}/\d{1,2}/\d{4}"
_DAYS = re.compile(
    rf"(?i)\(?\s*(?:áp dụng\s+)?(?:kể\s+)?(?:từ|đến)\s+(?:hết\s+)?(?:ngày\s+)?{_DAY}(?:\s*,?\s*đến\s+(?:hết\s+)?(?:ngày\s+)?{_DAY})?\s*\)?"
)
_SPELLED_OUT = re.compile(r"(?i)\(\s*(?:\w+\s+){0,8}(?:triệu|nghìn|ngàn|trăm|mươi)\s+(?:\w+\s+){0,5}đồng[^()]*\)")
_SPELLED_OUT_LAST = re.compile(r"(?i):?\s*(?:\w+\s+){0,8}(?:triệu|nghìn|ngàn|trăm|mươi)\s+(?:\w+\s+){0,4}đồng$")
_WORKED_OUT = re.compile(
    r"(?i)tối (?:thiểu|đa)|không (?:quá|dưới|vượt quá)\s+\d[\d.,]*\s*(?:đ|vnd|nghìn|ngàn|triệu)|\bcộng\b|tăng thêm|thu thêm"
    r"|tiếp theo|từ trang thứ|hội đồng nhân dân|hđnd|\d\s*[x×]\s*\d|đồng\s*[x×]|đồng(?:/[\w\s]+)?\s*\+\s*[(\d]|[x×]\s*\d[\d.]*\s*đ|tỷ lệ"
)
"""An amount is a part of a sum, a least or a most, or stands beside one that is set elsewhere: no rate of its own."""

_EMPTY = frozenset(
    "nộp thu từ thực hiện mức phí lệ áp dụng là theo quy định của pháp luật về và hồ sơ đồng thẩm kể đến hết ngày".split()
)
"""Words that name no case when nothing else stands beside them."""

_LONGEST_PART = 14
"""Words; what is longer is a sentence of the source, and is left there."""
_LONGEST_CONDITION = 24
"""Words, of its parts together."""
_MOST_FEES = 8


def fees_in(note: str, fee: Fee) -> tuple[Fee, ...]:
    """The charges of a note, each with its amount, unit and short condition; empty if one cannot be told shortly."""
    note = one_line(_SPELLED_OUT.sub(" ", note)) if "\n" not in note else _SPELLED_OUT.sub(" ", note)
    if "%" in note or _WORKED_OUT.search(note) or says_waived(note):
        return ()
    if fee.currency == "USD":
        return _in_dollars(note, fee)
    read: list[Fee] = []
    heading, above = "", ""
    for bullet, clause in _clauses(note):
        heading = "" if bullet and bullet == above else heading
        found = AMOUNT.findall(clause)
        if not found:
            heading, above = (clause, bullet) if clause.endswith(":") else (heading, above)
            continue
        told = _read(clause, heading, fee) if len(found) == 1 else None
        if told is None:
            return ()
        read.append(told)
    if not read:
        return _labelled(note, fee)
    stated = {round(entry.amount or 0) for entry in read}
    complete = stated == set(amounts(note)) and (fee.amount is None or round(fee.amount) in stated)
    return _without_repeats(read) if complete and len(read) <= _MOST_FEES else ()


def _without_repeats(fees: list[Fee]) -> tuple[Fee, ...]:
    """«50.000 đồng – 50.000 đồng/thẻ» is one charge."""
    told = {fee.amount for fee in fees if fee.unit or fee.condition}
    kept = (fee for fee in fees if fee.unit or fee.condition or fee.amount not in told)
    return tuple(dict.fromkeys(kept))


def _clauses(note: str) -> Iterator[tuple[str, str]]:
    """The parts of a note, each with the dash or plus that leads it."""
    parts = _CLAUSE.split(note)
    led = ""
    for clause, bullet in zip(parts[::2], (None, *parts[1::2]), strict=True):
        led = bullet or led
        if clause.strip():
            yield led, one_line(clause)
            led = ""


def _read(clause: str, heading: str, fee: Fee) -> Fee | None:
    """The one amount of a clause, with what stands before it and behind."""
    match = AMOUNT.search(clause)
    (amount,) = amounts(clause) or (0,)
    if match is None or not amount:
        return None
    unit, behind = _unit(clause[match.end() :])
    condition = _condition(heading, clause[: match.start()], behind)
    if condition is None:
        return None
    return Fee(
        kind=_kind(clause, fee.kind),
        status=FeeStatus.EXACT,
        amount=float(amount),
        unit=unit,
        condition=Text(vi=condition) if condition else None,
        valid_from=first_day(clause) or first_day(heading) or fee.valid_from,
        valid_to=last_day(clause) or last_day(heading) or fee.valid_to,
    )


def _unit(behind: str) -> tuple[Text | None, str]:
    """What an amount buys, and the words that are left behind it."""
    match = _UNIT.match(behind)
    if match is None:
        return None, behind
    told = one_line(re.sub(r"/\s*(?:01\s+|1\s+|một\s+)?", "/", match.group(1))).strip("/ -")
    return Text(vi=told), behind[match.end() :]


def _in_dollars(note: str, fee: Fee) -> tuple[Fee, ...]:
    """A stated amount in dollars that the note repeats, or only labels."""
    said = [float(amount.replace(",", ".")) for amount in _DOLLARS.findall(note)]
    if not said:
        return () if AMOUNT.search(note) else _labelled(note, fee)
    match = _DOLLARS.search(note)
    if match is None or said != [fee.amount]:
        return ()
    unit, behind = _unit(note[match.end() :])
    return _told(fee, unit, _condition(note[: match.start()], behind))


def _labelled(note: str, fee: Fee) -> tuple[Fee, ...]:
    """A note without an amount beside a stated one is the case it is for: «cấp lại do mất», or its unit: «/trang»."""
    repeated = _REPEATED.search(note)
    if repeated:
        if int(re.sub(r"[.,]", "", repeated.group(1))) != fee.amount:
            return ()
        unit, behind = _unit(note[repeated.end() :])
        return _told(fee, unit, _condition(note[: repeated.start()], behind))
    unit, rest = _unit(_CURRENCY.sub("", note))
    return _told(fee, unit, _condition(rest))


def _told(fee: Fee, unit: Text | None, condition: str | None) -> tuple[Fee, ...]:
    if fee.status is not FeeStatus.EXACT or condition is None:
        return ()
    told = Text(vi=condition) if condition else None
    return (fee.model_copy(update={"note": None, "unit": unit or fee.unit, "condition": told}),)


def _bare(words: str) -> str:
    """What is left of the words beside an amount, without documents, days and dress."""
    left = _DAYS.sub(" ", _DOCUMENT.sub(" ", words))
    before = None
    while before != left:
        before = left
        left = _SPELLED_OUT_LAST.sub("", _DRESS.sub("", left)).strip(" ,.:;–-+*/\n")
        left = left.removesuffix("(").removeprefix(")").strip()
        if left.startswith("(") and left.endswith(")"):
            left = left[1:-1].strip()
    left = one_line(left)
    if left.count("(") != left.count(")"):
        left = one_line(left.replace("(", " ").replace(")", " "))
    return "" if set(re.findall(r"\w+", left.lower())) <= _EMPTY else left


def _condition(*words: str) -> str | None:
    """The case that an amount is for, as it is told before and behind it. None if that is a sentence."""
    parts = [part for part in map(_bare, words) if part]
    left = ", ".join(parts)
    too_long = len(left.split()) > _LONGEST_CONDITION or any(len(part.split()) > _LONGEST_PART for part in parts)
    if too_long or "http" in left:
        return None
    return left[:1].lower() + left[1:] if left[:2].istitle() and not left.isupper() else left


def _kind(clause: str, kind: FeeKind) -> FeeKind:
    lowered = clause.lower()
    if "lệ phí" in lowered:
        return FeeKind.CHARGE
    return FeeKind.SERVICE_FEE if "phí" in lowered.split() else kind
