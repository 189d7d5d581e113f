"""Two hundred chats at once: how long an answer takes when it is due, what fails, and whether memory stays flat.

Each of 200 chats says something every 10 seconds, as somebody does who reads first: 20 turns a second come in, whatever
the server makes of them, and a turn is timed from the moment it was due. Then the same chats go on faster, 8 turns under
way at once, until all have said what 20 minutes hold: 120 turns each, 24,000 in all. The server's memory is looked at
where the slow part ends and ten times until the last turn. All of them come from one address: limits are switched off.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evals.bench.figures import Figure
from evals.bench.measures import Say
from evals.bench.process import Clock, server, task

CHATS = 200
EVERY = 10.0
"""Seconds between two turns of one chat."""
SECONDS = 60.0
"""How long chats go at that pace."""
TURNS = int(CHATS * 20 * 60 / EVERY)
"""Twenty minutes' worth."""

_MOST_MS = 400
_MOST_GROWTH = 5
"""Per cent."""


def chatting(home: Path, clock: Clock, say: Say, *, turns: int = TURNS, seconds: float = SECONDS) -> list[Figure]:
    """The real server with two hundred chats."""
    say(f"{CHATS} chats at once")
    with server(home) as (process, port, _):
        arguments = {"chats": CHATS, "every": EVERY, "seconds": seconds, "turns": turns}
        told = task("chats", clock, port=port, server=process.pid, **arguments)
    paced, memory = told["paced"], told["memory"]
    growth = (memory[-1] / settled(told) - 1) * 100
    return [
        Figure(
            f"{CHATS} chats: answer", "ms", p50=paced["p50"], p95=paced["p95"], target=_MOST_MS, of="p95",
            note=f"{paced['n']:,} turns, {paced['per_second']:g} a second; the server took {paced['cores']:.2f} cores",
        ),
        Figure(f"{CHATS} chats: errors", "turns", told["errors"], target=0, note=f"of {told['asked'][-1]:,}"),
        Figure(f"{CHATS} chats: memory, first", "MB", memory[0], note=f"after {told['asked'][0]:,} turns"),
        Figure(f"{CHATS} chats: memory, last", "MB", memory[-1], note=f"after {told['asked'][-1]:,} turns"),
        Figure(
            f"{CHATS} chats: memory grew", "%", growth, target=_MOST_GROWTH,
            note="from a tenth of the turns on; " + ", ".join(f"{each:.0f}" for each in memory) + " MB on the way",
        ),
    ]  # fmt: skip


def settled(told: dict[str, Any]) -> float:
    """The memory once caches are full: after a tenth of the turns."""
    last = told["asked"][-1]
    return float(next(held for asked, held in zip(told["asked"], told["memory"], strict=True) if asked * 10 >= last))
