"""Many chats at once with a real server, all in this one process: people who read before they write again."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, cycle, islice, product
from typing import Any

from evals.bench.clients import DRESS, answered
from evals.bench.machine import held
from evals.bench.timing import SEED, latency
from evals.retrieval.questions import OUT_OF_SCOPE, QUESTIONS, load

_FOLLOW_UPS = ("lệ phí bao nhiêu", "nộp ở đâu", "mấy ngày có", "cần giấy tờ gì")
"""After each question of its own a chat asks two of these about what was answered."""
_AT_ONCE = 8
"""So many turns are under way at once while turns are made up for."""
_MARKS = 10
"""So often memory is looked at while turns are made up for."""
_MOST_SECONDS = 30
"""A turn that takes longer counts as an error."""


@dataclass
class _Chat:
    """One chat: its own conversation over a connection of its own."""

    port: int
    texts: Iterator[str]
    token: str = ""
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def say(self, seen: _Seen, due: float) -> None:
        """Say the next thing; what it took counts from when it was due, so that a late turn is not flattered."""
        text = next(self.texts)
        try:
            status, family = await asyncio.wait_for(self._asked(text), _MOST_SECONDS)
        except (OSError, EOFError, TimeoutError):
            self.hang_up()
            status, family = 0, ""
        seen.families[family or f"HTTP {status}"] += 1
        if family in ("", "error"):
            seen.errors += 1
        else:
            seen.times.append((time.perf_counter() - due) * 1000)

    def hang_up(self) -> None:
        """Let the line go."""
        if self.line:
            self.line[1].close()
        self.line = None

    async def _asked(self, text: str) -> tuple[int, str]:
        # The server lets an idle line go; a browser that notices takes another, and so does a chat.
        if self.line is None or self.line[0].at_eof():
            self.hang_up()
            self.line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.line
        writer.write(_request(text, self.token))
        status, body = await answered(reader)
        told = json.loads(body)
        if "answer" not in told:
            return status, ""
        self.token = told["conversation"]
        return status, str(told["answer"]["status"]).split("_")[0]


@dataclass
class _Seen:
    """What came of the turns."""

    times: list[float] = field(default_factory=list)
    families: Counter[str] = field(default_factory=Counter)
    errors: int = 0

    def told(self) -> dict[str, Any]:
        """For the figures."""
        timed = latency(self.times) if self.times else {"n": 0, "p50": 0.0, "p95": 0.0}
        return {**timed, "errors": self.errors, "families": self.families}


def run(port: int, server: int, chats: int, every: float, seconds: float, turns: int) -> dict[str, Any]:
    """Chats that each say something every so many seconds; then, in the same chats, the rest of so many turns, faster."""
    return asyncio.run(_run(port, server, chats, every, seconds, turns))


async def _run(port: int, server: int, chats: int, every: float, seconds: float, turns: int) -> dict[str, Any]:
    people = [_Chat(port, _script(number)) for number in range(chats)]
    first = _Seen()
    await _each(people, first)  # every chat is open, every cache warm
    before, _ = held(server)
    paced, started = _Seen(), time.perf_counter()
    await asyncio.gather(
        *(_paced(person, paced, started + place * every / chats, every, seconds) for place, person in enumerate(people))
    )
    took = time.perf_counter() - started
    after, resident = held(server)
    rest, memory = _Seen(), [resident]
    # A mark is as many turns of every chat as make the whole come out.
    rounds = max(turns - len(paced.times) - chats, 0) // chats
    asked = [len(paced.times) + chats]
    for mark in range(_MARKS):
        for _ in range(rounds * (mark + 1) // _MARKS - rounds * mark // _MARKS):
            await _each(people, rest)
        memory.append(held(server)[1])
        asked.append(asked[0] + sum(rest.families.values()))
    return {
        "paced": {**paced.told(), "per_second": round(len(paced.times) / took, 1), "cores": (after - before) / took},
        "rest": rest.told(),
        "errors": first.errors + paced.errors + rest.errors,
        "memory": memory,
        "asked": asked,
    }


async def _paced(person: _Chat, seen: _Seen, begins: float, every: float, seconds: float) -> None:
    """One chat that says something every so many seconds, from its own moment on."""
    for number in range(max(int(seconds / every), 1)):
        due = begins + number * every
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        await person.say(seen, due)


async def _each(people: list[_Chat], seen: _Seen) -> None:
    """One turn of every chat, a few of them at once."""
    left = iter(people)

    async def some() -> None:
        for person in left:
            await person.say(seen, time.perf_counter())

    await asyncio.gather(*(some() for _ in range(_AT_ONCE)))


def _script(number: int) -> Iterator[str]:
    """What one chat says: questions in an order of its own, each with two follow-ups."""
    asked = [question.question for question in (*load(QUESTIONS), *load(OUT_OF_SCOPE))]
    rng = random.Random(SEED + number)  # noqa: S311 - the same order every time is the point
    rng.shuffle(asked)
    dressed = (dress.format(question) for dress, question in product(DRESS, asked))
    follow_ups = cycle(_FOLLOW_UPS)
    return chain.from_iterable((question, *islice(follow_ups, 2)) for question in dressed)


def _request(text: str, token: str) -> bytes:
    body = json.dumps({"text": text, "conversation": token}).encode()
    lines = (
        "POST /api/chat HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*lines, "", "")).encode() + body
