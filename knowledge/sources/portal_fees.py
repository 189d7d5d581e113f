"""Reading the fees of a portal record, where 0 is not free and most truth stands in the note."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from knowledge.procedure import Fee, FeeKind, FeeStatus, Text
from knowledge.sources.figures import amounts, first_day, last_day, mentions_dollars, says_waived
from knowledge.sources.reading import Notes, ProblemKind
from knowledge.text import clean, fold

_KINDS = {"FEE": FeeKind.SERVICE_FEE, "SERVICE_FEE": FeeKind.CHARGE, "PRICE_LEVEL": FeeKind.PRICE}
"""The portal's names read the other way round: where notes say one word alone, SERVICE_FEE is «lệ phí» in 577 of 629
entries and FEE is «phí» in 1,759 of 1,853."""

_CHARGE_WORD = re.compile(r"(?i)lệ phí")
_SERVICE_FEE_WORD = re.compile(r"(?i)(?<!lệ )phí")

_SMALLEST_NOTE = 1_000
"""đồng: below it the portal holds dollars, or thousands of đồng."""

_LARGEST_PER_PAPER = 10_000_000
"""đồng: no card, pass or copy for a person costs as much (1.001280 says 25.000.000 for 25.000)."""

_NO_WORDS = re.compile(
    r"(?:khong|khong co|khong quy dinh|chua quy dinh|chua co|chua co quy dinh|0|phi|le phi|dong|)\W*"
)
_FREE = re.compile(
    r"\W*(?:mien (?:phi|le phi|thu)|khong (?:thu|mat)(?: phi| le phi)*|khong phai nop (?:phi|le phi))\W*"
    r"(?:\((?:theo )?(?:luat|nghi dinh|nghi quyet|thong tu|quyet dinh)(?: so)? [\w/.-]+\))?\W*"
)
"""Only a document may stand in brackets behind: «(hộ nghèo)» would make it free for some."""

_FOR_ONE_PAPER = re.compile(r"/\s*(?:giay thong hanh|the can cuoc|ho chieu|ban sao|trang)")
_RANGE = re.compile(r"\d\s*(?:-|–|den|toi)\s*\d{1,3}[.,]\d{3}")
_ONLY_A_NUMBER = re.compile(r"[\d.,\s]+")

_SETTERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"hoi dong nhan dan|hdnd"), "Hội đồng nhân dân tỉnh, thành phố"),
    (re.compile(r"(?:uy ban nhan dan|ubnd) (?:cap )?tinh"), "Ủy ban nhân dân tỉnh, thành phố"),
    (re.compile(r"thong tu (?:so )?(\d+/\d{4}/tt-btc)"), "Thông tư {}"),
    (re.compile(r"nghi quyet (?:so )?(\d+/\d{4}/nq-hdnd)"), "Nghị quyết {}"),
    (re.compile(r"nghi dinh (?:so )?(\d+/\d{4}/nd-cp)"), "Nghị định {}"),
    (re.compile(r"quyet dinh (?:so )?(\d+/qd-\w+)"), "Quyết định {}"),
    (re.compile(r"bo (?:truong bo )?tai chinh"), "Bộ Tài chính"),
    (re.compile(r"kem theo"), "biểu phí đính kèm trên Cổng Dịch vụ công quốc gia"),
    (re.compile(r"phap luat|theo quy dinh|thuc hien theo"), "pháp luật về phí và lệ phí"),
)


def read_fees(raw: Any, notes: Notes, today: date) -> tuple[Fee, ...]:
    """The fees of one submission method. Never free from a 0 unless words say so."""
    if not isinstance(raw, list):
        if raw is not None:
            notes.add("fees", ProblemKind.FIELD_MISSING, f"no list: {raw}")
        return ()
    if not all(isinstance(entry, dict) for entry in raw):
        notes.add("fees", ProblemKind.FIELD_MISSING, "an entry is no fee")
    fees = (_read_fee(entry, notes, today) for entry in raw if isinstance(entry, dict))
    return tuple(dict.fromkeys(fees))


def _read_fee(entry: dict[str, Any], notes: Notes, today: date) -> Fee:
    words = clean(str(entry.get("description") or ""))
    value = entry.get("value")
    kind = _kind(str(entry.get("type")), words)
    fee = _by_value(value, str(entry.get("currencyName") or ""), words)
    # With a percentage, a waiver or several amounts the dates belong to a reduction, not to this amount.
    plain = len(amounts(words)) <= 1 and "%" not in words and not says_waived(words)
    dates = {"valid_from": first_day(words), "valid_to": last_day(words)} if plain else {}
    fee = fee.model_copy(update={"kind": kind, "note": Text(vi=words) if words else None, **dates})
    _report(fee, value, words, notes, today)
    return fee


def _kind(portal_type: str, words: str) -> FeeKind:
    """What the note calls it, where it uses one word alone; else what the type says."""
    charge, service = bool(_CHARGE_WORD.search(words)), bool(_SERVICE_FEE_WORD.search(words))
    if charge != service:
        return FeeKind.CHARGE if charge else FeeKind.SERVICE_FEE
    return _KINDS.get(portal_type, FeeKind.CHARGE)


def _by_value(value: Any, currency: str, words: str) -> Fee:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
        return Fee(status=FeeStatus.DOUBTFUL)
    return _stated(float(value), currency, words) if value else _unstated(value, words)


def _stated(amount: float, currency: str, words: str) -> Fee:
    """A figure in the field: believed when nothing speaks against it."""
    in_words = amounts(words)
    if currency == "USD" or (amount < _SMALLEST_NOTE and mentions_dollars(words)):
        return Fee(status=FeeStatus.EXACT, amount=amount, currency="USD")
    if amount < _SMALLEST_NOTE:
        thousands = amount * 1_000
        if thousands in in_words:
            return Fee(status=FeeStatus.EXACT, amount=thousands)
        return Fee(status=FeeStatus.DOUBTFUL, amount=amount)
    contradicted = amount not in in_words if in_words else "hoi dong nhan dan" in fold(words)
    per_paper = amount >= _LARGEST_PER_PAPER and _FOR_ONE_PAPER.search(fold(words))
    if contradicted or per_paper or (words and _ONLY_A_NUMBER.fullmatch(words) and not in_words):
        return Fee(status=FeeStatus.DOUBTFUL, amount=amount)
    return Fee(status=FeeStatus.EXACT, amount=amount)


def _unstated(value: Any, words: str) -> Fee:
    """No figure in the field, or a 0: the words decide, and silence is not «free»."""
    folded = fold(words)
    if _NO_WORDS.fullmatch(folded):
        return Fee(status=FeeStatus.UNKNOWN if value is None else FeeStatus.STATED_ZERO)
    in_words = amounts(words)
    if len(in_words) == 1 and "%" not in words and not (_RANGE.search(folded) or says_waived(words)):
        return Fee(status=FeeStatus.EXACT, amount=float(in_words[0]))
    if in_words:
        return Fee(status=FeeStatus.DESCRIBED)
    if _FREE.fullmatch(folded):
        return Fee(status=FeeStatus.FREE)
    setter = _setter(folded, words)
    if setter:
        return Fee(status=FeeStatus.SET_ELSEWHERE, set_by=Text(vi=setter))
    return Fee(status=FeeStatus.DESCRIBED)


def _setter(folded: str, words: str) -> str:
    for pattern, label in _SETTERS:
        match = pattern.search(folded)
        if match:
            if not match.groups():
                return label
            start, end = match.span(1)
            # Folding keeps the length of NFC text, so the official spelling stands at the same place.
            return label.format(words[start:end].upper() if len(folded) == len(words) else match.group(1).upper())
    return ""


def _report(fee: Fee, value: Any, words: str, notes: Notes, today: date) -> None:
    if fee.status is FeeStatus.DOUBTFUL:
        notes.add("fees", ProblemKind.FEE_DOUBTFUL, f"{value}: {words}")
    elif fee.status is FeeStatus.DESCRIBED:
        notes.add("fees", ProblemKind.FEE_IN_WORDS_ONLY, words)
    elif fee.status is FeeStatus.STATED_ZERO:
        notes.add("fees", ProblemKind.FEE_BARE_ZERO, words)
    if fee.valid_to is not None and fee.valid_to < today:
        notes.add("fees", ProblemKind.FEE_EXPIRED, f"{fee.valid_to:%d/%m/%Y}: {words}")
