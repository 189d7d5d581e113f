"""What a sync left behind, as tests look at it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import func, select

from knowledge.store import ProcedureStore
from knowledge.tables import Import, ProcedureVersion


def counts(report):
    """What a run counted, without what was 0."""
    return {name: count for name, count in asdict(report.counts).items() if count}


def versions(database):
    """Every version ever written: code, layer, version, state, name; and how many imports there were."""
    row = ProcedureVersion
    with database.session() as session:
        found = session.execute(select(row.code, row.layer, row.version, row.state, row.name).order_by(row.id))
        return [tuple(one) for one in found], session.scalar(select(func.count()).select_from(Import))


def codes(database):
    """The codes that have a live record."""
    return sorted(ProcedureStore(database).hashes())
