"""What is measured of ours, in which order, and what was promised."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from evals.bench.figures import Figure
from evals.bench.machine import held
from evals.bench.process import Clock, command, server, task
from evals.bench.timing import THREADS

Say = Callable[[str], None]

_ROUNDS = 5
_CHANGES = 3
_STARTS = 3
_CLIENTS = 8
_THREADS = f"one process, {THREADS} threads"


def importing(portal: Path, home: Path, say: Say) -> list[Figure]:
    """`tro-ly catalogue import` of the portal's records into an empty home."""
    say("importing the portal's records")
    seconds, peak = command("catalogue", "import", str(portal), home=home)
    return [
        Figure("import: time", "s", seconds, target=60, note="whole command, shipped catalogue included"),
        Figure("import: peak memory", "MB", peak, target=600),
    ]


def indexing(home: Path, clock: Clock, say: Say) -> tuple[list[Figure], dict[str, Any]]:
    """A full build, and a search with every question; also both as one row to set beside others."""
    say("building the index")
    built = task("index", clock, home=str(home))
    say("searching")
    found = task("search", clock, home=str(home), rounds=_ROUNDS)
    figures = [
        Figure("index: full build", "s", built["seconds"], target=60, note=_built(built)),
        Figure("index: peak memory", "MB", built["peak_mb"]),
        Figure("search", "ms", p50=found["p50"], p95=found["p95"], target=5, of="p50", note=_asked(found)),
        Figure("search: p95", "ms", found["p95"], target=12),
        Figure("search: throughput", "questions/s", found["per_second"], target=250, at_least=True, note=_THREADS),
    ]
    return figures, {**found, **built, "peak_mb": max(built["peak_mb"], found["peak_mb"])}


def tenfold(base: Path, home: Path, clock: Clock, say: Say) -> list[Figure]:
    """The same with ten times as many procedures: the copies' words are changed, the questions are the same."""
    say("making ten times the catalogue")
    task("tenfold", clock, home=str(home))
    say("building its index")
    built = task("index", clock, home=str(home))
    say("searching both")
    small = task("search", clock, home=str(base), rounds=_ROUNDS)
    large = task("search", clock, home=str(home), rounds=_ROUNDS)
    times = large["p95"] / small["p95"]
    return [
        Figure("10×: full build", "s", built["seconds"], note=_built(built)),
        Figure("10×: search", "ms", p50=large["p50"], p95=large["p95"], note=_asked(large)),
        Figure("10×: p95 beside 1×", "times", times, target=2, note=f"1×: p95 {small['p95']:.1f} ms in the same run"),
    ]


def reindexing(home: Path, scratch: Path, clock: Clock, say: Say) -> list[Figure]:
    """The index after one procedure was changed, on a copy of the home."""
    say("re-indexing after one change")
    shutil.copytree(home, scratch)
    measured = task("reindex", clock, home=str(scratch), times=_CHANGES)
    shutil.rmtree(scratch)
    return [
        Figure("index: after one change", "s", measured["seconds"], target=2, note=f"median of {_CHANGES}, one process")
    ]


def checking(home: Path, clock: Clock, say: Say) -> list[Figure]:
    """Every quality rule over every record."""
    say("checking every record")
    told = task("check", clock, home=str(home))
    note = f"{told['records']:,} records, {told['findings']:,} findings"
    return [Figure("quality: full check", "s", told["seconds"], target=20, note=note)]


def placing(clock: Clock, say: Say) -> list[Figure]:
    """A place out of an address."""
    say("looking places up")
    told = task("places", clock, rounds=_ROUNDS)
    return [
        Figure(
            "place look-up", "ms", p50=told["p50"], p95=told["p95"], target=1, of="p95", note=f"{told['names']} names"
        )
    ]


def filling(home: Path, clock: Clock, say: Say) -> list[Figure]:
    """Whole forms filled in by conversation, and their documents."""
    say("filling in forms")
    told = task("forms", clock, home=str(home), rounds=_ROUNDS)
    return [
        Figure(
            "form: a turn", "ms", p50=told["p50"], p95=told["p95"], target=15, of="p50", note=f"{told['n']} turns, kept"
        ),
        Figure("form: Word", "ms", told["docx"], target=300, note="the first included"),
        Figure("form: PDF", "ms", told["pdf"], target=400, note="the first included"),
    ]


def serving(home: Path, clock: Clock, say: Say) -> list[Figure]:
    """The real server: how soon it is ready, how fast it answers one client and several, and what it holds then."""
    ready = []
    for number in range(1, _STARTS):
        say(f"starting the server, {number} of {_STARTS}")
        with server(home) as (_, _, seconds):
            ready.append(seconds)
    say(f"starting the server, {_STARTS} of {_STARTS}, and asking it")
    with server(home) as (process, port, seconds):
        ready.append(seconds)
        asked = task("clients", clock, port=port, server=process.pid, together=_CLIENTS)
        _, resident = held(process.pid)
    alone, together = asked["alone"], asked["together"]
    return [
        Figure("server: ready", "s", median(ready), target=5, note=f"median of {_STARTS}, existing index"),
        Figure("answer: 1 client", "ms", p50=alone["p50"], p95=alone["p95"], target=25, of="p50", note=_load(alone)),
        Figure(
            f"answer: {_CLIENTS} clients",
            "ms",
            p50=together["p50"],
            p95=together["p95"],
            target=60,
            of="p95",
            note=_load(together),
        ),
        Figure("answer: CPU time", "ms", together["cpu_ms"], note=f"of the server, an answer, with {_CLIENTS} clients"),
        Figure("server: resident memory", "MB", resident, target=900, note="after all those answers"),
    ]


def _built(told: dict[str, Any]) -> str:
    return f"{told['procedures']:,} procedures, {told['passages']:,} passages"


def _asked(told: dict[str, Any]) -> str:
    return f"{told['n']:,} searches; hit@1 {told['hit@1']:.3f}, hit@5 {told['hit@5']:.3f} of {told['asked']}"


def _load(told: dict[str, Any]) -> str:
    families = ", ".join(f"{count} {name}" for name, count in sorted(told["families"].items(), key=lambda x: -x[1]))
    return f"{told['per_second']:g} answers a second; {families}"
