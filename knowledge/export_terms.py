"""On what terms an export may be used, and where its facts come from: said in every one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.procedure import Layer, Procedure

OURS = "MIT"
OURS_URL = "https://spdx.org/licenses/MIT.html"
NOT_STATED = "not stated by the publisher"

NOTICE = (
    "Exported from Trợ lý 1022, the assistant of Da Nang's 1022 hotline. The facts were read from the official sources "
    "named in each record, on the day given there: name them when you pass the facts on, and ask the office before you "
    f"rely on them. Written entries, facts records and staff edits: {OURS} ({OURS_URL}). Texts of imported records belong "
    "to their publisher, who states no licence."
)

_WRITTEN_HERE = (Layer.STAFF, Layer.WRITTEN, Layer.FACTS)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one export says of itself."""

    exported_at: str
    count: int
    first: date | None
    """The earliest day on which any of its facts was read."""
    last: date | None
    sources: tuple[str, ...]
    """The names of the sources, each once."""

    @property
    def told(self) -> dict[str, str]:
        """The terms as names and values, for formats that have room for no more."""
        return {
            "licence": f"{OURS} for what was written here; {NOT_STATED} for imported records",
            "licence_url": OURS_URL,
            "notice": NOTICE,
            "sources": "; ".join(self.sources),
            "facts_read": f"{self.first} to {self.last}" if self.first else "",
            "exported_at": self.exported_at,
            "count": str(self.count),
        }


def terms_of(procedures: Iterable[Procedure], at: datetime) -> Terms:
    """The terms of an export of these procedures."""
    days: list[date] = []
    names: dict[str, None] = {}
    count = 0
    for count, procedure in enumerate(procedures, start=1):  # noqa: B007 - the last number is the count
        for source in procedure.sources:
            days.append(source.as_of)
            names[source.name] = None
    return Terms(
        at.isoformat(timespec="seconds"), count, min(days, default=None), max(days, default=None), tuple(names)
    )


def licence_of(procedure: Procedure) -> str:
    """The licence of a record's own words: ours only where none of them is another publisher's."""
    layers = {source.layer or procedure.layer for source in procedure.sources}
    return OURS if layers <= set(_WRITTEN_HERE) else NOT_STATED
