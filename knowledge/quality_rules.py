"""The tests behind the quality rules: each takes one record and a day, and gives what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.competence import names_other_province
from knowledge.procedure import (
    Caution,
    Channel,
    Fee,
    FeeStatus,
    Layer,
    Level,
    OnlineLevel,
    Procedure,
    Section,
    Text,
    TimeLimit,
    TimeUnit,
)
from knowledge.sources.figures import durations, told_duration
from knowledge.text import fold, one_line

_HERE = Path(__file__).parent
_SOON = timedelta(days=60)
OLD_AFTER = timedelta(days=180)
"""A record read longer ago is said to be old."""
_LARGE_FOR_A_PERSON = 20_000_000
"""đồng."""
_SMALLEST_AMOUNT = 1_000
"""đồng: below it the unit was left out."""

_DISTRICT = re.compile(
    r"\bcap huyen\b|\b(?:ubnd|uy ban nhan dan) (?:cap )?(?:quan|huyen)\b|\bphong tu phap (?:quan|huyen)\b"
)
_OLD_BODIES = re.compile(
    r"\b(?:so|phong|bo) (?:lao dong ?[-–,]? ?thuong binh|tai nguyen va moi truong|ke hoach va dau tu|giao thong van tai"
    r"|thong tin va truyen thong|nong nghiep va phat trien nong thon|ngoai vu va|noi vu lao dong)"
)
_HOUSEHOLD_BOOK = re.compile(r"\bso (?:ho khau|tam tru)\b")
_VARIANTS = re.compile(
    r"(?:^|\s)(?:cap|gia han|sua doi|dieu chinh|doi|dang ky)[^;]{0,40}(?:,|/)\s*(?:cap lai|gia han|cap doi|doi|thay doi)"
)
_NO_PROCEDURE = re.compile(r"^(?:cong bo danh muc|test\b|thu nghiem\b)")
_DAMAGED = re.compile(r"\ufffd|khai tâm|\b(\w{3,}) \1 \1\b")
_LEGAL_NUMBER = re.compile(r"^\d+[a-zđ]?(?:\.\d+)?/")
_IN_DAYS = {
    TimeUnit.HOUR: 1 / 24,
    TimeUnit.DAY: 1.0,
    TimeUnit.WORKING_DAY: 1.4,
    TimeUnit.MONTH: 30.0,
    TimeUnit.YEAR: 365.0,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: a detail for the staff, words for the caution, or a caution of its own."""

    detail: str = ""
    words: dict[str, str] = field(default_factory=dict)
    caution: Caution | None = None


Test = Callable[[Procedure, date], Iterable[Found]]


def _fees(procedure: Procedure) -> Iterator[Fee]:
    return (fee for method in procedure.methods for fee in method.fees)


def _fee_status(status: FeeStatus) -> Test:
    def test(procedure: Procedure, _today: date) -> Iterable[Found]:
        return [Found(_note(fee.note)) for fee in _fees(procedure) if fee.status is status][:1]

    return test


def _note(note: Text | None) -> str:
    return one_line(note.vi)[:120] if note else ""


def _fee_expired(procedure: Procedure, today: date) -> Iterable[Found]:
    return [Found(f"{fee.valid_to:%d/%m/%Y}") for fee in _fees(procedure) if fee.valid_to and fee.valid_to < today]


def _fee_ends_soon(procedure: Procedure, today: date) -> Iterable[Found]:
    ends = {fee.valid_to for fee in _fees(procedure) if fee.valid_to and today <= fee.valid_to <= today + _SOON}
    return [Found(f"{end:%d/%m/%Y}") for end in sorted(ends)]


def _fee_missing(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [] if any(_fees(procedure)) else [Found()]


def _fee_impossible(procedure: Procedure, _today: date) -> Iterable[Found]:
    for_people = all("công dân" in who.vi.lower() for who in procedure.audience) and procedure.audience
    for fee in _fees(procedure):
        amount = fee.amount or 0
        small = 0 < amount < _SMALLEST_AMOUNT
        if (
            fee.status is FeeStatus.EXACT
            and fee.currency == "VND"
            and (small or (for_people and amount > _LARGE_FOR_A_PERSON))
        ):
            yield Found(f"{amount:g}")


def _fee_online_dearer(procedure: Procedure, today: date) -> Iterable[Found]:
    """Compared only where each way has one rate."""
    rates: dict[Channel, set[float]] = {}
    for method in procedure.methods:
        live = [fee for fee in method.fees if fee.applies_on(today)]
        if len(live) == 1 and live[0].amount:
            for channel in method.channels:
                rates.setdefault(channel, set()).add(live[0].amount)
    online, direct = rates.get(Channel.ONLINE, set()), rates.get(Channel.DIRECT, set())
    if len(online) == len(direct) == 1 and min(online) > max(direct):
        yield Found(f"{min(online):g} > {max(direct):g}")


def _fee_rates_unclear(procedure: Procedure, today: date) -> Iterable[Found]:
    for method in procedure.methods:
        seen: dict[tuple[object, ...], set[float]] = {}
        for fee in method.fees:
            if fee.status is FeeStatus.EXACT and fee.applies_on(today) and fee.note is None:
                seen.setdefault((fee.kind, fee.condition, fee.unit, fee.valid_to), set()).add(fee.amount or 0)
        if any(len(amounts) > 1 for amounts in seen.values()):
            yield Found()
            return


def _time_conflict(procedure: Procedure, _today: date) -> Iterable[Found]:
    for method in procedure.methods:
        told = {(limit.quantity, limit.unit) for limit in method.time_limits if limit.condition is None}
        if len({figure for figure in told if figure[0]}) > 1:
            yield Found("; ".join(_told(limit) for limit in method.time_limits))
            return


def _told(limit: TimeLimit) -> str:
    return told_duration(limit.quantity, limit.unit) if limit.quantity and limit.unit else "?"


def _time_unreadable(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [
        Found(", ".join(method.channels))
        for method in procedure.methods
        if not any(limit.quantity for limit in method.time_limits)
    ][:1]


def _time_extreme(procedure: Procedure, _today: date) -> Iterable[Found]:
    for method in procedure.methods:
        for limit in method.time_limits:
            if limit.quantity and limit.unit and limit.quantity * _IN_DAYS[limit.unit] > _IN_DAYS[TimeUnit.YEAR]:
                yield Found(_told(limit))
                return


def _time_other_in_steps(procedure: Procedure, _today: date) -> Iterable[Found]:
    """«Cấp, cấp lại …» with one limit, whose steps give another for the second case."""
    if not _VARIANTS.search(fold(procedure.name)):
        return
    stated = {(limit.quantity, limit.unit) for method in procedure.methods for limit in method.time_limits}
    in_steps = durations(" ".join(step.vi for step in procedure.steps))
    units = {unit for _, unit in stated}
    others = [told_duration(*figure) for figure in in_steps if figure not in stated and figure[1] in units]
    if others and len(stated) == 1:
        yield Found("; ".join(others[:5]))


def _agency_names(procedure: Procedure) -> list[str]:
    agency = procedure.agency
    return [sentence.vi for sentence in (agency.receives, agency.settles) if sentence]


def _agency_missing(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [] if _agency_names(procedure) else [Found()]


def _agency_matches(pattern: re.Pattern[str]) -> Test:
    def test(procedure: Procedure, _today: date) -> Iterable[Found]:
        return [Found(name) for name in _agency_names(procedure) if pattern.search(fold(name))][:1]

    return test


def _agency_other_province(procedure: Procedure, _today: date) -> Iterable[Found]:
    names = _agency_names(procedure) if procedure.applies_in_da_nang else []
    return [Found(name) for name in names if names_other_province(name)][:1]


def _agency_doubled(procedure: Procedure, _today: date) -> Iterable[Found]:
    for name in _agency_names(procedure):
        parts = [" ".join(re.findall(r"\w+", re.sub(r"\([^)]*\)", " ", fold(part)))) for part in name.split(";")]
        if len(set(parts)) < len(parts):
            yield Found(name)
            return


def _text_of(procedure: Procedure) -> str:
    sentences = (*procedure.steps, *(paper.name for paper in procedure.papers), *procedure.conditions)
    return "\n".join(sentence.vi for sentence in sentences)


def _district_in_text(procedure: Procedure, _today: date) -> Iterable[Found]:
    text = fold(_text_of(procedure))
    match = _DISTRICT.search(text) or _OLD_BODIES.search(text)
    return [Found(match.group())] if match else []


def _household_book(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [Found(one_line(p.name.vi)[:120]) for p in procedure.papers if _HOUSEHOLD_BOOK.search(fold(p.name.vi))][:1]


def _papers_missing(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [] if procedure.real_papers or procedure.layer is Layer.FACTS else [Found()]


def _paper_twice(procedure: Procedure, _today: date) -> Iterable[Found]:
    seen: set[tuple[str, str]] = set()
    for paper in procedure.real_papers:
        key = (paper.case, fold(one_line(paper.name.vi)))
        if key in seen and paper.condition is None:
            return [Found(paper.name.vi[:120])]
        seen.add(key)
    return []


def _known_fault(procedure: Procedure, _today: date) -> Iterable[Found]:
    fault = _known_faults().get(procedure.code)
    if fault is None or procedure.layer in (Layer.WRITTEN, Layer.STAFF):  # written anew, without the fault
        return []
    caution = Caution(about=Section(fault["about"]), text=Text(vi=fault["vi"], en=fault["en"]))
    return [Found(fault["vi"], caution=caution)]


@lru_cache(maxsize=1)
def _known_faults() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = yaml.load(
        (_HERE / "known_faults.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return data


def _title_damaged(procedure: Procedure, _today: date) -> Iterable[Found]:
    name = procedure.name
    shouted = name.isupper() and len(name.split()) > 3
    coded = re.search(r"\(\d\.\d{6}\)|^\W", name)
    return [Found(name[:120])] if shouted or coded else []


def _title_no_procedure(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [Found(procedure.name[:120])] if _NO_PROCEDURE.match(fold(procedure.name)) else []


def _text_damaged(procedure: Procedure, _today: date) -> Iterable[Found]:
    match = _DAMAGED.search(f"{procedure.name}\n{_text_of(procedure)}")
    return [Found(match.group())] if match else []


def _legal_missing(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [] if procedure.legal_basis else [Found()]


def _legal_replaced(procedure: Procedure, today: date) -> Iterable[Found]:
    """Not where the record cites the new document too: it may have been brought up to date."""
    cited = {basis.number for basis in procedure.legal_basis}
    for number, new in _replaced().items():
        if number in cited and new["by"] not in cited and new["from"] <= today:
            words = {"documents": f"{number} → {new['by']}"}
            yield Found(words["documents"], words)


@lru_cache(maxsize=1)
def _replaced() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = yaml.load(
        (_HERE / "replaced_documents.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return data


def _legal_unreadable(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [Found(b.number or b.title[:80]) for b in procedure.legal_basis if not _LEGAL_NUMBER.match(b.number)][:1]


def _online_contradicts(procedure: Procedure, _today: date) -> Iterable[Found]:
    ways = {channel for method in procedure.methods for channel in method.channels}
    return [Found()] if procedure.online is OnlineLevel.FULL and ways and Channel.ONLINE not in ways else []


def _nothing_in(name: str) -> Test:
    def test(procedure: Procedure, _today: date) -> Iterable[Found]:
        return [] if getattr(procedure, name) else [Found()]

    return test


def _jurisdiction_other(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [] if procedure.applies_in_da_nang else [Found(procedure.jurisdiction)]


def _source_old(procedure: Procedure, today: date) -> Iterable[Found]:
    as_of = procedure.sources[0].as_of
    return [Found(f"{as_of:%d/%m/%Y}")] if today - as_of > OLD_AFTER else []


def _city_record_older(procedure: Procedure, _today: date) -> Iterable[Found]:
    """The city's record stands first; the national one it was laid over is among the sources."""
    if procedure.layer is not Layer.CITY or len(procedure.sources) < 2:
        return []
    own, *others = (source.updated_at or source.as_of for source in procedure.sources)
    return [Found(f"{own:%d/%m/%Y}")] if max(others) - own > timedelta(days=365) else []


def _ended(procedure: Procedure, today: date) -> Iterable[Found]:
    end = procedure.effective_to
    return [Found(f"{end:%d/%m/%Y}", {"day": f"{end:%d/%m/%Y}"})] if end and end < today else []


def _level_missing(procedure: Procedure, _today: date) -> Iterable[Found]:
    return [] if any(level in Level for level in procedure.levels) else [Found()]


RULES: dict[str, Test] = {
    "fee_expired": _fee_expired,
    "fee_ends_soon": _fee_ends_soon,
    "fee_doubtful": _fee_status(FeeStatus.DOUBTFUL),
    "fee_bare_zero": _fee_status(FeeStatus.STATED_ZERO),
    "fee_in_words_only": _fee_status(FeeStatus.DESCRIBED),
    "fee_missing": _fee_missing,
    "fee_impossible": _fee_impossible,
    "fee_online_dearer": _fee_online_dearer,
    "fee_rates_unclear": _fee_rates_unclear,
    "time_conflict": _time_conflict,
    "time_unreadable": _time_unreadable,
    "time_extreme": _time_extreme,
    "time_other_in_steps": _time_other_in_steps,
    "agency_missing": _agency_missing,
    "agency_district": _agency_matches(_DISTRICT),
    "agency_other_province": _agency_other_province,
    "agency_old_name": _agency_matches(_OLD_BODIES),
    "agency_doubled": _agency_doubled,
    "district_in_text": _district_in_text,
    "household_book": _household_book,
    "papers_missing": _papers_missing,
    "paper_twice": _paper_twice,
    "known_fault": _known_fault,
    "title_damaged": _title_damaged,
    "title_no_procedure": _title_no_procedure,
    "text_damaged": _text_damaged,
    "legal_missing": _legal_missing,
    "legal_replaced": _legal_replaced,
    "legal_unreadable": _legal_unreadable,
    "online_contradicts": _online_contradicts,
    "level_missing": _level_missing,
    "result_missing": _nothing_in("results"),
    "audience_missing": _nothing_in("audience"),
    "jurisdiction_other": _jurisdiction_other,
    "source_old": _source_old,
    "city_record_older": _city_record_older,
    "ended": _ended,
}
"""By id; `title_shared`, `duplicate` and `related_unknown` compare records and stand in `quality`."""
