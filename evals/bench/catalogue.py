"""Checking every record, and looking places up, measured."""

from __future__ import annotations

import time
from statistics import quantiles
from typing import Any

from assistant.assistant import now, prepare
from assistant.settings import Settings
from knowledge import quality
from knowledge.place_names import find_place
from knowledge.places import places
from knowledge.text import fold


def check(home: str) -> dict[str, Any]:
    """Run every quality rule over every live record of a home."""
    _, store = prepare(Settings.read({"TROLY_HOME": home}))
    started = time.perf_counter()
    found = sum(1 for _ in quality.check_all(store.iterate(), now().date()))
    return {"seconds": time.perf_counter() - started, "records": len(store.hashes()), "findings": found}


def look_up(rounds: int) -> dict[str, Any]:
    """Look every former name up, as a citizen writes it in an address; the first round only warms up."""
    names = [
        f"K12/3 đường Trần Phú, {fold(former.full_name)}, {former.district}"
        for unit in places().units.values()
        for former in unit.was
    ]
    times = []
    for turn in range(rounds + 1):
        for name in names:
            started = time.perf_counter()
            find_place(name)
            if turn:
                times.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(times, n=20)
    return {"p50": cuts[9], "p95": cuts[18], "names": len(names)}
