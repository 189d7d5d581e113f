"""True sentences about a record, and wrong values that look right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from evals.check import spelling
from knowledge.competence import competence
from knowledge.procedure import Fee, FeeStatus, Language, OnlineLevel, Paper, Procedure, TimeLimit, TimeUnit

_LAWS = {
    "vi": {"NĐ": "Nghị định", "TT": "Thông tư", "QH": "Luật số", "QĐ": "Quyết định", "NQ": "Nghị quyết"},
    "en": {"NĐ": "Decree", "TT": "Circular", "QH": "Law", "QĐ": "Decision", "NQ": "Resolution"},
}
_LONGEST_PAPER = 90
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Known:
    """What one record offers to write about, and other records to take wrong values from."""

    procedure: Procedure
    others: Sequence[Procedure]

    @property
    def fees(self) -> list[Fee]:
        """The charges with an amount in đồng."""
        fees = (fee for method in self.procedure.methods for fee in method.fees)
        return [
            fee
            for fee in fees
            if fee.status is FeeStatus.EXACT and fee.currency == "VND" and fee.amount and fee.amount % 1 == 0
        ]

    @property
    def limits(self) -> list[TimeLimit]:
        """The time limits with a number."""
        return [limit for method in self.procedure.methods for limit in method.time_limits if limit.quantity]

    def papers(self, language: Language) -> list[Paper]:
        """The papers with a short name in that language."""
        named = (p for p in self.procedure.real_papers if language == "vi" or p.name.en)
        return [paper for paper in named if len(paper.name.said_in(language)) < _LONGEST_PAPER]

    @property
    def laws(self) -> list[str]:
        """The numbers of its legal documents."""
        return [basis.number for basis in self.procedure.legal_basis if basis.number.count("/") >= 1]

    @property
    def is_free(self) -> bool:
        """Whether a charge is explained as free."""
        return any(fee.status is FeeStatus.FREE for method in self.procedure.methods for fee in method.fees)


def amount(known: Known, language: Language, rng: Random, *, lie: bool, words: bool) -> str | None:
    """An amount it charges, or one that it does not: another's, a digit off, ten times as much."""
    right = [int(fee.amount or 0) for fee in known.fees]
    if not lie:
        return spelling.amount(rng.choice(right), language, rng, words=words) if right else None
    pool = [int(fee.amount or 0) for other in rng.sample(list(known.others), 30) for fee in Known(other, ()).fees]
    near = [
        wrong for number in right for wrong in (number * 10, number // 10, number + 5_000, number + 10_000, number * 2)
    ]
    record = known.procedure.model_dump_json()
    ok = [
        n for n in (*near, *near, *pool, 50_000, 120_000, 8_000) if 1_000 <= n < 10_000_000 and not _stands(n, record)
    ]
    return spelling.amount(rng.choice(ok), language, rng, words=words)


def _stands(number: int, record: str) -> bool:
    spelled = (f"{number}", f"{number:,}", f"{number:,}".replace(",", "."))
    return any(said in record for said in spelled)


def limit(known: Known, language: Language, rng: Random, *, lie: bool, words: bool) -> str | None:
    """A time limit of the record, or one that it does not hold."""
    if not lie:
        chosen = rng.choice(known.limits) if known.limits else None
        return (
            spelling.duration(chosen.quantity or 0, chosen.unit or TimeUnit.DAY, language, rng, words=words)
            if chosen
            else None
        )
    record = known.procedure.model_dump_json()
    for _ in range(_TRIES):
        near = [
            (limit.quantity or 0) + step
            for limit in known.limits
            for step in (-2, -1, 1, 2, 5)
            if (limit.quantity or 0) + step > 0
        ]
        number = int(rng.choice([*near, 3, 5, 7, 10, 15, 20, 30, 45]))
        unit = rng.choice([TimeUnit.WORKING_DAY, TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.MONTH])
        said = spelling.duration(number, unit, language, rng, words=words)
        if (
            not any(one.quantity == number for one in known.limits)
            and f"{number} ngày" not in record
            and f"{number:02d} ngày" not in record
        ):
            return said
    return None


def as_of(known: Known, language: Language, rng: Random, *, lie: bool) -> str:
    """The day on which the record was read, or some other day."""
    source = known.procedure.sources[0]
    if not lie:
        return spelling.day(source.as_of, language, rng)
    shifted = [
        source.as_of + timedelta(days=rng.choice([-1, 1, 10, 31, -365, 366, -40])),
        date(2024, rng.randint(1, 12), rng.randint(1, 28)),
    ]
    record = known.procedure.model_dump_json()
    fair = [
        value
        for value in shifted
        if value.isoformat() not in record and f"{value.day}/{value.month}/{value.year}" not in record
    ]
    return spelling.day(rng.choice(fair or [date(2023, 2, 3)]), language, rng)


def phone(rng: Random, *, lie: bool) -> str:
    """A number of the hotline, or one that nobody gave."""
    if not lie:
        return rng.choice(["1022", "0236.1022", "0236 1022"])
    tail = f"{rng.randint(0, 9_999_999):07d}"
    return rng.choice([
        f"0236{tail}", f"0236 {tail[:4]} {tail[4:]}", f"0236.{tail[:4]}.{tail[4:]}", f"(0236) {tail[:4]} {tail[4:]}", f"090{tail}",
        f"0905 {tail[:3]} {tail[3:6]}",         f"+84 90 {tail[:3]} {tail[3:]}", f"1900 {tail[:4]}", f"1800 {tail[:4]}", f"19001{tail[:3]}",
        "1023", "1080", "0236.1023",
    ])  # fmt: skip


def law(known: Known, language: Language, rng: Random, *, lie: bool, named: bool) -> str | None:
    """A legal document of the record, or one that is close to it."""
    if not known.laws:
        return None
    number = rng.choice(known.laws)
    if lie:
        others = [n for other in rng.sample(list(known.others), 20) for n in Known(other, ()).laws]
        first, _, rest = number.partition("/")
        digits = "".join(c for c in first if c.isdigit()) or "1"
        year = rest[:4]
        near = [f"{int(digits) + rng.randint(1, 9)}/{rest}", f"{digits}{rng.randint(1, 9)}/{rest}"]
        near += [f"{first}/{int(year) + rng.choice([-1, 1, 2])}{rest[4:]}"] if year.isdigit() else []
        held = known.procedure.model_dump_json()
        fair = [
            n
            for n in (*near, *near, *others)
            if n not in held and n.split("/", maxsplit=1)[0].lstrip("0") + "/" not in held
        ]
        if not fair:
            return None
        number = rng.choice(fair)
    if not named:
        return number
    kind = next((name for mark, name in _LAWS[language].items() if f"/{mark}" in number), None)
    if kind is None:
        return number
    short = "/".join(number.split("/")[:2]) if number.count("/") > 1 else number
    return f"{kind} {rng.choice([number, number, short])}"


def code(known: Known, rng: Random, *, lie: bool) -> str:
    """Its code, or one that is close to it."""
    right = known.procedure.code
    if not lie:
        return rng.choice([right, right, f"{right}.H17"])
    wrong = right[:-1] + str((int(right[-1]) + rng.randint(1, 9)) % 10)
    other = rng.choice(list(known.others)).code
    held = known.procedure.model_dump_json()
    return next(c for c in (rng.choice([wrong, other]), wrong, other, "9.999999") if c not in held)


def agency(known: Known, language: Language) -> str | None:
    """Who receives the file today."""
    receives = competence(known.procedure).receives
    if receives is None or (language == "en" and not receives.name.en):
        return None
    return receives.said_in(language).split("; ")[0].split(" (")[0]


def url(known: Known, rng: Random) -> str:
    """Its page, or the token of it."""
    return rng.choice([known.procedure.sources[0].url, "[[url:1]]"])


def paper_name(paper: Paper, language: Language) -> str:
    """The name of a paper up to its first aside, as it stands within a sentence."""
    name = paper.name.said_in(language)
    for cut in (";", " (", ", ", ":"):
        name = name.split(cut, maxsplit=1)[0]
    return name[:1].lower() + name[1:]


def online(known: Known, *, lie: bool) -> str | None:
    """Which frames about filing online are true of it, or false; None where neither can be said."""
    only = competence(known.procedure).online_only is not None
    match known.procedure.online:
        case OnlineLevel.FULL:
            return "online_no" if lie else "online_full"
        case OnlineLevel.PARTIAL:
            return ("online_full" if not only else "online_no") if lie else "online_yes"
        case OnlineLevel.NONE:
            return ("online_yes" if not lie and only else "online_full" if lie else "online_no") if not only else None
        case _:
            return "online_full" if lie else None
