"""A procedure as one flat row of text: for spreadsheets. What is unknown stays empty, and no amount stands without its status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.export_terms import licence_of
from knowledge.procedure import Fee, FeeStatus, Method, Paper, Procedure, Text, TimeLimit

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would run."""


def header() -> list[str]:
    """The names of the columns."""
    return list(_COLUMNS)


def row(procedure: Procedure) -> list[str]:
    """The cells of one procedure, in the order of the header."""
    return [read(procedure) for read in _COLUMNS.values()]


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _said(text: Text | None) -> str:
    return text.vi if text else ""


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _channels(method: Method) -> str:
    return ", ".join(channel.value for channel in method.channels)


def _times(procedure: Procedure) -> Iterator[str]:
    for method in procedure.methods:
        yield from (f"{_channels(method)}: {_time(limit)}" for limit in method.time_limits)


def _time(limit: TimeLimit) -> str:
    figure = f"{limit.quantity:g} {limit.unit.value}" if limit.quantity is not None and limit.unit else "unknown"
    return figure + _circumstances(limit.condition, limit.note)


def _fees(procedure: Procedure) -> Iterator[str]:
    for method in procedure.methods:
        yield from (f"{_channels(method)}: {_fee(fee)}" for fee in method.fees)


def _fee(fee: Fee) -> str:
    told = f"{fee.kind.value} {fee.status.value}"
    if fee.amount and fee.status in (FeeStatus.EXACT, FeeStatus.DOUBTFUL):
        told += f" {fee.amount:.15g} {fee.currency}{f'/{fee.unit.vi}' if fee.unit else ''}"
    told += f" by {fee.set_by.vi}" if fee.set_by else ""
    told += f" from {fee.valid_from}" if fee.valid_from else ""
    told += f" until {fee.valid_to}" if fee.valid_to else ""
    return told + _circumstances(fee.condition, fee.note)


def _circumstances(condition: Text | None, note: Text | None) -> str:
    return f"{f' ({condition.vi})' if condition else ''}{f'; {note.vi}' if note else ''}"


def _paper(paper: Paper) -> str:
    counted = [f"{paper.originals} originals"] * bool(paper.originals) + [f"{paper.copies} copies"] * bool(paper.copies)
    marks = [word for word, on in (("show only", paper.show_only), ("found in databases", paper.from_data)) if on]
    details = ", ".join([*counted, *marks])
    return paper.name.vi + (f" [{details}]" if details else "") + _circumstances(paper.condition, paper.note)


_COLUMNS = {
    "code": lambda p: p.code,
    "local_unit": lambda p: p.local_unit,
    "name": lambda p: p.name,
    "plain_name": lambda p: _said(p.plain_name),
    "plain_name_en": lambda p: p.plain_name.en if p.plain_name else "",
    "summary": lambda p: _said(p.summary),
    "field": lambda p: p.field,
    "levels": lambda p: ", ".join(level.value for level in p.levels),
    "audience": lambda p: _lines(text.vi for text in p.audience),
    "receives": lambda p: _said(p.agency.receives),
    "settles": lambda p: _said(p.agency.settles),
    "anywhere": lambda p: {True: "yes", False: "no", None: ""}[p.agency.anywhere],
    "online": lambda p: p.online.value,
    "channels": lambda p: ", ".join(dict.fromkeys(c.value for method in p.methods for c in method.channels)),
    "time_limits": lambda p: _lines(_times(p)),
    "fees": lambda p: _lines(_fees(p)),
    "papers": lambda p: _lines(_paper(paper) for paper in p.real_papers),
    "forms": lambda p: _lines(form.name.vi for form in p.forms),
    "steps": lambda p: _lines(step.vi for step in p.steps),
    "conditions": lambda p: _lines(text.vi for text in p.conditions),
    "results": lambda p: _lines(text.vi for text in p.results),
    "legal_basis": lambda p: _lines(basis.number or basis.title for basis in p.legal_basis),
    "related": lambda p: ", ".join(p.related),
    "decision": lambda p: p.decision,
    "warnings": lambda p: _lines(caution.text.vi for caution in p.warnings),
    "grade": lambda p: p.grade.value if p.grade else "",
    "jurisdiction": lambda p: p.jurisdiction,
    "layer": lambda p: p.layer.value,
    "version": lambda p: str(p.version),
    "source": lambda p: _lines(source.name for source in p.sources),
    "source_url": lambda p: _lines(source.url for source in p.sources),
    "as_of": lambda p: _lines(str(source.as_of) for source in p.sources),
    "updated_at": lambda p: _lines(str(source.updated_at) for source in p.sources if source.updated_at),
    "licence": licence_of,
}
"""What stands in each column, in order."""
