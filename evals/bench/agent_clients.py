"""Clients of a server that asks a language model, all in this one process. Every turn is a conversation of its own."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, product
from typing import Any

from evals.bench.agent_model import MADE_UP
from evals.bench.clients import DRESS, answered, asking
from evals.bench.timing import SEED, latency
from evals.retrieval.questions import OUT_OF_SCOPE, QUESTIONS, load

_MOST_SECONDS = 90
"""A turn that takes longer is given up, and counts as unanswered."""
_TOLD = b"GET /told HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
_POLL_SECONDS = 0.02
_SETTLING_SECONDS = 0.3
_WARM_UP = 20

_SETTLED = (
    "Xin chào {}",
    "Cảm ơn {} nhiều nha",
    "{} ơi cho hỏi phường Hải Châu trụ sở ở đâu",
    "cháy nhà rồi {} ơi",
    "đèn đường bị hư {} ơi",
)
"""What rules settle without a model: small talk, an office, danger, a report."""
_CALLED = ("bạn", "em", "anh", "chị", "ad", "shop", "1022")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as a client sees it."""

    asked: str
    ms: float
    status: int
    """Of HTTP; 0: the line went dead, or nothing came."""
    family: str = ""
    """Of the answer's status; empty where no answer came."""
    text: str = ""
    kept: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether a citizen has an answer in words: no failure of HTTP, no apology for one of ours."""
        return self.status == 200 and self.family not in ("", "error") and bool(self.text.strip())

    @property
    def is_raw(self) -> bool:
        """Whether something else than words for citizens came, or nothing."""
        return not self.family or "Traceback" in self.text


def rules(port: int, turns: int) -> dict[str, Any]:
    """One client that asks about procedures: what rules and fields take where no model is set."""

    async def run() -> dict[str, Any]:
        await _loop(port, iter(questions(_WARM_UP, SEED + 1)), 1)
        return summary(await _loop(port, iter(questions(turns, SEED)), 1))

    return asyncio.run(run())


def beside(port: int, model: int, waiting: int, calls: int, turns: int, *, again: bool) -> dict[str, Any]:
    """Turns that no model is asked for: alone, while so many others wait for a slow model, and alone once more.

    `calls` of them can be under way at once.
    `again`: who waited asks again at once, as long as the others are measured.
    """

    async def run() -> dict[str, Any]:
        await _loop(port, settled(_WARM_UP), 1)
        before = await _loop(port, settled(turns), 1)
        asked = iter(questions(turns * waiting, SEED)) if again else iter(questions(waiting, SEED))
        others = asyncio.create_task(_loop(port, asked, waiting))
        reached = await _until(model, calls)
        measured = await _loop(port, settled(turns), 1)
        held = not others.done() and (again or sum((await _told(model))["kinds"].values()) == reached)
        for _ in asked:
            pass  # nobody asks again
        waited = await others
        after = await _loop(port, settled(turns), 1)
        return {
            "alone": summary([*before, *after]),
            "beside": summary(measured),
            "waited": summary(waited),
            "held": held,
            "reached": reached,
        }

    return asyncio.run(run())


def mixed(port: int, model: int, turns: int, clients: int, seed: int) -> dict[str, Any]:
    """Turns beside a model that fails in every way: every turn as it came, and whether a model was asked for it."""

    async def run() -> dict[str, Any]:
        done = await _loop(port, iter(questions(turns, seed)), clients)
        told = await _told(model)
        shown = {" ".join(message.split()) for message in told["messages"]}
        return {"turns": [_row(turn, shown) for turn in done], "kinds": told["kinds"]}

    return asyncio.run(run())


def questions(count: int, seed: int) -> list[str]:
    """So many questions about procedures, no two alike."""
    dressed = [dress.format(asked.question) for asked, dress in product((*load(QUESTIONS), *load(OUT_OF_SCOPE)), DRESS)]
    random.Random(seed).shuffle(dressed)  # noqa: S311 - the same order every time is the point
    if count > len(dressed):
        raise ValueError(f"there are {len(dressed)} questions, not {count}")
    return dressed[:count]


def settled(count: int) -> Iterator[str]:
    """So many messages that no model is asked about, the kinds in turn."""
    spoken = cycle(line.format(called) for called, line in product(_CALLED, _SETTLED))
    return (next(spoken) for _ in range(count))


def summary(turns: Sequence[Turn]) -> dict[str, Any]:
    """Their times, and what became of them."""
    return {
        **latency([turn.ms for turn in turns]),
        "most": max(turn.ms for turn in turns),
        "answered": sum(turn.is_answer for turn in turns),
        "raw": sum(turn.is_raw for turn in turns),
        "made_up": sum(MADE_UP in turn.text for turn in turns),
        "kept": sum(turn.kept for turn in turns),
    }


def _row(turn: Turn, shown: set[str]) -> dict[str, Any]:
    return {
        "asked": turn.asked,
        "ms": turn.ms,
        "is_answer": turn.is_answer,
        "is_raw": turn.is_raw,
        "made_up": MADE_UP in turn.text,
        "shown": " ".join(turn.asked.split()) in shown,
    }


async def _loop(port: int, asked: Iterable[str], clients: int) -> list[Turn]:
    """So many clients, each of which asks again as soon as it is answered."""
    left = iter(asked)

    async def client() -> list[Turn]:
        return [await _turn(port, text) for text in left]

    return list(chain.from_iterable(await asyncio.gather(*(client() for _ in range(clients)))))


async def _turn(port: int, text: str) -> Turn:
    started = time.perf_counter()
    try:
        status, body = await asyncio.wait_for(_exchange(port, asking(text)), _MOST_SECONDS)
        ms = (time.perf_counter() - started) * 1000
        told = json.loads(body)
        if "answer" not in told:  # refused, but in words
            return Turn(text, ms, status, str(told["code"]).split("_")[0], str(told["message"]))
        family = str(told["answer"]["status"]).split("_")[0]
        return Turn(text, ms, status, family, str(told["text"]), kept=bool(told["turn"]))
    except (OSError, EOFError, TimeoutError, ValueError, LookupError):
        return Turn(text, (time.perf_counter() - started) * 1000, 0)


async def _exchange(port: int, request: bytes) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return await answered(reader)
    finally:
        writer.close()


async def _told(model: int) -> dict[str, Any]:
    """What the model's server was asked so far."""
    told: dict[str, Any] = json.loads((await _exchange(model, _TOLD))[1])
    return told


async def _until(model: int, calls: int, seconds: float = 10) -> int:
    """Until so many calls have reached the model, and the turns without one wait too; how many did."""
    ends = time.perf_counter() + seconds
    while True:
        reached = int(sum((await _told(model))["kinds"].values()))
        if reached >= calls or time.perf_counter() > ends:
            await asyncio.sleep(_SETTLING_SECONDS)
            return reached
        await asyncio.sleep(_POLL_SECONDS)
