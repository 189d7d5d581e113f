"""Facts records: what can be said of a procedure in figures and names alone, packed for shipping.

A facts record holds no sentence of its source and no steps: code, official name, field, level, who it is for, agency,
limits, fees with short conditions, names of results, numbers of the legal basis, online level, flags, the link, the day.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from knowledge.errors import CatalogueError
from knowledge.procedure import (
    Caution,
    Fee,
    FeeStatus,
    Layer,
    LegalBasis,
    Method,
    Procedure,
    Text,
    TimeLimit,
)
from knowledge.sources.fee_clauses import fees_in
from knowledge.sources.figures import amounts, durations, told_amount, told_duration
from knowledge.sources.portal_times import READ_FROM

FACTS = Path(__file__).parent.parent / "catalogue" / "facts.jsonl.xz"
MOST_BYTES = 2_000_000
"""What the packed file may weigh."""


def condense(procedure: Procedure, cautions: Iterable[Caution] = ()) -> Procedure:
    """The facts of a full record; `cautions` are those that its sentences gave rise to."""
    return Procedure(
        code=procedure.code,
        local_unit=procedure.local_unit,
        name=procedure.name,
        field=procedure.field,
        levels=procedure.levels,
        audience=procedure.audience,
        agency=procedure.agency.model_copy(update={"address": "", "coordinates": ()}),
        methods=tuple(_method(method) for method in procedure.methods),
        results=procedure.results,
        legal_basis=tuple(dict.fromkeys(_basis(basis) for basis in procedure.legal_basis if basis.number)),
        online=procedure.online,
        interconnected=procedure.interconnected,
        internal=procedure.internal,
        warnings=tuple(cautions),
        sources=procedure.sources,
        decision=procedure.decision,
        jurisdiction=procedure.jurisdiction,
        layer=Layer.FACTS,
    )


def _method(method: Method) -> Method:
    limits = (_limit(limit) for limit in method.time_limits)
    fees = [short for fee in method.fees for short in _fees(fee)]
    return Method(
        channels=method.channels,
        time_limits=tuple(dict.fromkeys(limit for limit in limits if limit)),
        fees=_told_apart(tuple(dict.fromkeys(fees))),
    )


def _limit(limit: TimeLimit) -> TimeLimit | None:
    """The figure; a note only where it marks a conflict, or where several figures stand in for one."""
    note = limit.note.vi if limit.note else ""
    if limit.quantity is not None:
        return limit.model_copy(update={"note": limit.note if note in READ_FROM else None})
    told = durations(note)
    if not told:
        return None
    listed = "; ".join(told_duration(quantity, unit) for quantity, unit in told)
    return TimeLimit(note=Text(vi=f"tùy trường hợp, nguồn nhắc tới: {listed}", en=f"it depends; mentioned: {listed}"))


def _fees(fee: Fee) -> tuple[Fee, ...]:
    """The charge without its note; a note with several amounts becomes a charge each, or a list of amounts."""
    note = fee.note.vi if fee.note else ""
    if fee.status in (FeeStatus.DESCRIBED, FeeStatus.EXACT) and note:
        read = fees_in(note, fee)
        if read:
            return read
    if fee.status is FeeStatus.DESCRIBED:
        return (_described(fee, note),)
    # A rate whose case cannot be told shortly must not pass for the rate of everybody.
    kept = _WITH_CONDITIONS if fee.status is FeeStatus.EXACT and note else None
    return (fee.model_copy(update={"note": kept}),)


def _told_apart(fees: tuple[Fee, ...]) -> tuple[Fee, ...]:
    """Rates that nothing short tells apart are listed together: none of them may be quoted as the one."""
    rates: dict[tuple[object, ...], list[Fee]] = defaultdict(list)
    for fee in fees:
        if fee.status is FeeStatus.EXACT:
            rates[fee.kind, fee.currency, fee.condition, fee.valid_from, fee.valid_to].append(fee)
    unclear = {key for key, found in rates.items() if len({fee.amount for fee in found}) > 1}
    kept: dict[Fee, None] = {}
    for fee in fees:
        key = (fee.kind, fee.currency, fee.condition, fee.valid_from, fee.valid_to)
        kept[_listed(rates[key]) if fee.status is FeeStatus.EXACT and key in unclear else fee] = None
    return tuple(kept)


def _listed(fees: list[Fee]) -> Fee:
    first = fees[0]
    told = [f"{fee.amount:g} USD" if fee.currency == "USD" else told_amount(round(fee.amount or 0)) for fee in fees]
    return first.model_copy(update={"status": FeeStatus.DESCRIBED, "amount": None, "unit": None, "note": _rates(told)})


def _rates(told: Iterable[str]) -> Text:
    each = list(dict.fromkeys(told))
    listed = "; ".join(each)
    if len(each) == 1:
        return Text(
            vi=f"có mức {listed}; áp dụng thế nào, xem trang chính thức",
            en=f"a rate of {listed} is mentioned; see the official page for how it applies",
        )
    return Text(
        vi=f"nhiều mức: {listed}; mức nào cho trường hợp nào, xem trang chính thức",
        en=f"several rates: {listed}; see the official page for which applies",
    )


def _described(fee: Fee, note: str) -> Fee:
    told = amounts(note)
    if not told:
        return Fee(kind=fee.kind, status=FeeStatus.DESCRIBED, note=_SEE_PAGE)
    return Fee(
        kind=fee.kind,
        status=FeeStatus.DESCRIBED,
        note=_rates(told_amount(amount) for amount in told),
        valid_from=fee.valid_from,
        valid_to=fee.valid_to,
    )


_WITH_CONDITIONS = Text(vi="có điều kiện kèm theo, xem trang chính thức", en="conditions apply; see the official page")
_SEE_PAGE = Text(vi="cách tính ghi ở trang chính thức", en="how it is worked out stands on the official page")


def _basis(basis: LegalBasis) -> LegalBasis:
    """The number; the title is a sentence of the source."""
    return LegalBasis(number=basis.number)


def pack(procedures: Iterable[Procedure]) -> bytes:
    """The records as one compressed file: the same records, the same content."""
    lines = (
        json.dumps(json.loads(p.model_dump_json(exclude_defaults=True)), ensure_ascii=False, separators=(",", ":"))
        for p in sorted(procedures, key=lambda procedure: procedure.code)
    )
    return lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)


def load(path: Path | None = None) -> Iterator[Procedure]:
    """The facts records of a file, else the shipped ones, in order of code.

    Raises:
        CatalogueError: the file is damaged.

    """
    path = path or FACTS
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield Procedure.model_validate_json(line)
    except (lzma.LZMAError, EOFError, UnicodeDecodeError, ValidationError) as error:
        raise CatalogueError(f"{path.name} is damaged: {error}. Fetch the release again.") from error


def digest(path: Path | None = None) -> str:
    """A digest of the file, else of the shipped one: changes when any record does."""
    path = path or FACTS
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest() if path.exists() else ""
