"""Two records of the portal under one code and layer: one is kept, the other waits until the first is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from knowledge.procedure import Procedure
from knowledge.sources.official import CITY, NATIONAL
from knowledge.sources.portal_sync import Row
from knowledge.sources.reading import Problem, ProblemKind
from knowledge.store import live_in
from knowledge.tables import PortalRecord

HOME = (NATIONAL, CITY)
"""Jurisdictions whose records answer in Da Nang."""

_OWN_STANDS = "Da Nang's own record stands under this code"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one row: looked into or not, read or set aside."""

    row: Row
    procedure: Procedure | None = None
    """None where nothing is to be written."""
    digest: str = ""
    etag: str = ""
    fetched: bool = False
    again: bool = False
    """It could not be read for a reason that may pass: the next run looks again."""
    set_aside: str = ""
    reason: str = ""
    problems: tuple[Problem, ...] = ()


def owners_of(
    session: Session, codes: Sequence[str], seen_in: int | None = None
) -> dict[tuple[str, str], PortalRecord]:
    """By code and layer, the record that was kept for it and is still there."""
    kept = [PortalRecord.code.in_(codes), PortalRecord.set_aside == "", PortalRecord.vanished_at.is_(None)]
    if seen_in is not None:
        kept.append(PortalRecord.seen_in == seen_in)
    return {(row.code, row.layer): row for row in session.scalars(select(PortalRecord).where(*kept)) if row.layer}


def without_twins(session: Session, taken: Sequence[Taken]) -> list[Taken]:
    """The same, with the second record of a code and layer set aside; Da Nang's own always comes first."""
    codes = [one.procedure.code for one in taken if one.procedure]
    owners = {key: (row.portal_id, row.jurisdiction) for key, row in owners_of(session, codes).items()}
    live = live_in(session, codes)
    result = {one.row.identity: one for one in taken}
    for one in taken:
        procedure = one.procedure
        if procedure is None:
            continue
        key = (procedure.code, procedure.layer)
        owner, whose = owners.get(key, ("", ""))
        own_page = live.get(key)
        if procedure.jurisdiction not in HOME and own_page and own_page.jurisdiction == CITY:
            result[one.row.identity] = _twin(one, _OWN_STANDS, released=False)
        elif owner in ("", one.row.identity):
            owners[key] = (one.row.identity, procedure.jurisdiction)
        elif procedure.jurisdiction == CITY and whose not in HOME:
            owners[key] = (one.row.identity, procedure.jurisdiction)
            _give_way(session, owner, one, result)
        else:
            result[one.row.identity] = _twin(one, f"the record {owner} stands under this code")
    return list(result.values())


def _give_way(session: Session, owner: str, one: Taken, result: dict[str, Taken]) -> None:
    """Set the record aside that stood under this code until Da Nang's own came."""
    if owner in result:
        result[owner] = _twin(result[owner], _OWN_STANDS)
    else:
        problem = Problem(one.row.told_code, "code", ProblemKind.CODE_TWICE, f"{owner}: {_OWN_STANDS}")
        result[one.row.identity] = replace(one, problems=(*one.problems, problem))
    changes = {"set_aside": ProblemKind.CODE_TWICE, "reason": _OWN_STANDS}
    session.execute(update(PortalRecord).where(PortalRecord.portal_id == owner).values(changes))


def _twin(one: Taken, why: str, *, released: bool = True) -> Taken:
    """Set aside as the second record of its code; `released` when the first goes."""
    problem = Problem(one.row.told_code, "code", ProblemKind.CODE_TWICE, why)
    kept = one.procedure if released else None
    return replace(one, procedure=kept, set_aside=ProblemKind.CODE_TWICE, reason=why, problems=(problem,))
