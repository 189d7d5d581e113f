"""What is measured of the agent beside a language model of ours on loopback, and what was promised of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from evals.bench.agent_model import Script, serving, settings
from evals.bench.figures import Figure
from evals.bench.measures import Say
from evals.bench.process import Clock, server, task
from evals.bench.timing import SEED, percentile

TOGETHER = 8
"""Slow turns at once, and clients of the model that fails."""
MORE = 24
"""More turns at once than may wait for a model."""
DEADLINE = 1.5
SLACK = 0.2
"""Seconds beyond the deadline that a turn may take."""

_TURNS = 200
_MEASURED = 300
_WAIT = 8
"""Seconds for which a silent model is waited for: what no model is asked for is measured meanwhile."""
_ANSWER_SECONDS = 0.5
_MIXED = 500
_LIVES = 2
"""Servers that share those turns: a model that failed is left alone for half a minute, and soon none would be asked."""
_SHOWN = 3
"""Unanswered turns that are named."""
_FALLBACKS = "openai:bench-2,openai:bench-3"

_MIX = {
    "good": 10,
    "slow": 2,
    "dead": 2,
    "busy": 2,
    "broken": 2,
    "malformed": 2,
    "prose": 2,
    "empty": 2,
    "made_up": 4,
}


def ruled(home: Path, clock: Clock, say: Say) -> list[Figure]:
    """Rules and fields through HTTP, with every turn kept."""
    say("asking without a model")
    with server(home) as (_, port, _):
        told = task("agent_rules", clock, port=port, turns=_TURNS)
    note = f"1 client; {told['kept']} of {told['n']} turns kept"
    return [Figure("rules: answer", "ms", p50=told["p50"], p95=told["p95"], target=25, of="p50", note=note)]


def beside_slow(home: Path, clock: Clock, say: Say) -> list[Figure]:
    """What rules settle, while others wait for a model that is silent, or takes its time."""
    silent, slow = Script({"slow": 1}), Script({"good": 1}, seconds=_ANSWER_SECONDS)
    patient = {"TROLY_MODEL_TIMEOUT": str(_WAIT), "TROLY_MODEL_DEADLINE": str(_WAIT)}
    say(f"asking beside {TOGETHER} turns that wait for a silent model")
    told = _beside(home, clock, silent, patient, TOGETHER, again=False)
    say(f"asking beside {MORE} turns that wait for a silent model")
    crowd = _beside(home, clock, silent, patient, MORE, again=False)
    say(f"asking beside {TOGETHER} turns at a time on a slow model")
    steady = _beside(home, clock, slow, {}, TOGETHER, again=True)
    waited = told["waited"]
    return [
        *_ratio(f"{TOGETHER} turns on a silent model", told, target=1.5),
        Figure(
            f"those {TOGETHER} turns: slowest",
            "s",
            waited["most"] / 1000,
            note=f"deadline {_WAIT} s, all at the same moment; {waited['answered']} of {waited['n']} answered",
        ),
        Figure(
            f"settled, beside {MORE} such turns: slowest",
            "s",
            crowd["beside"]["most"] / 1000,
            note=f"more turns than may wait for a model ({crowd['reached']} under way)",
        ),
        *_ratio(f"{TOGETHER} clients of a model that takes {_ANSWER_SECONDS:g} s", steady, target=1.5),
    ]


def failing(home: Path, clock: Clock, say: Say) -> list[Figure]:
    """Turns beside a model, and two to fall back on, that fail in every way."""
    limits = {
        "TROLY_MODEL_FALLBACKS": _FALLBACKS,
        "TROLY_MODEL_TIMEOUT": "1",
        "TROLY_MODEL_DEADLINE": str(DEADLINE),
    }
    turns: list[dict[str, Any]] = []
    kinds: Counter[str] = Counter()
    for life in range(_LIVES):
        say(f"asking beside a model that fails, {life + 1} of {_LIVES}")
        seed = SEED + life
        with (
            serving(Script(_MIX, seconds=0.05, slow=3, seed=seed)) as model,
            server(home, **settings(model, **limits)) as (_, port, _),
        ):
            told = task(
                "agent_mixed", clock, port=port, model=model, turns=_MIXED // _LIVES, clients=TOGETHER, seed=seed
            )
        turns += told["turns"]
        kinds.update(told["kinds"])
    return outcomes(turns, kinds)


def outcomes(turns: list[dict[str, Any]], kinds: Counter[str]) -> list[Figure]:
    """What became of the turns beside a model that fails."""
    count = len(turns)
    shown = [turn["ms"] for turn in turns if turn["shown"]]
    limit = (DEADLINE + SLACK) * 1000
    played = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    failed = [turn["asked"] for turn in turns if not turn["is_answer"]]
    p50, p95 = (percentile(shown, share) if shown else None for share in (0.50, 0.95))
    return [
        Figure(
            "failing model: answered",
            "%",
            100 * (count - len(failed)) / count,
            target=100,
            at_least=True,
            note="; not: ".join((f"{count} turns", *failed[:_SHOWN])),
        ),
        Figure("failing model: raw errors", "turns", sum(turn["is_raw"] for turn in turns), target=0),
        Figure("failing model: made-up fees", "turns", sum(turn["made_up"] for turn in turns), target=0),
        Figure(
            "failing model: turns that asked it",
            "ms",
            p50=p50,
            p95=p95,
            target=limit,
            of="p95",
            note=f"deadline {DEADLINE:g} s; {len(shown)} turns, slowest {max(shown, default=0):,.0f} ms",
        ),
        Figure("failing model: calls", "calls", sum(kinds.values()), note=played),
    ]


def _beside(
    home: Path, clock: Clock, script: Script, limits: dict[str, str], waiting: int, *, again: bool
) -> dict[str, Any]:
    with serving(script) as model, server(home, **settings(model, **limits)) as (_, port, _):
        return task(
            "agent_beside", clock, port=port, model=model, waiting=waiting, calls=TOGETHER, turns=_MEASURED, again=again
        )


def _ratio(name: str, told: dict[str, Any], target: float) -> list[Figure]:
    """A p50 beside the quiet one of the same run."""
    alone, beside = told["alone"], told["beside"]
    held = "all the while" if told["held"] else "NOT ALL THE WHILE"
    note = (
        f"slowest {beside['most']:,.0f}; alone: p50 {alone['p50']:.1f}, p95 {alone['p95']:.1f}, "
        f"slowest {alone['most']:,.0f}; {told['reached']} calls under way, {held}"
    )
    return [
        Figure(f"settled, beside {name}", "ms", p50=beside["p50"], p95=beside["p95"], note=note),
        Figure("  p50 beside the quiet one", "times", beside["p50"] / alone["p50"], target=target),
    ]
