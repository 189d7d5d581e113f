"""Clients of the real server, all in this one process.

They speak HTTP/1.1 over asyncio's streams: httpx adds about 1 ms to a request (0.6 to 1.4 ms on /healthz), and takes
that time on a core that the server needs.
"""

from __future__ import annotations

import asyncio
import http
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from evals.bench.machine import held
from evals.bench.timing import SEED, latency
from evals.retrieval.questions import OUT_OF_SCOPE, QUESTIONS, load

DRESS = ("{}", "Dạ cho hỏi, {}", "{} Xin cảm ơn.", "Alo, {}")
"""The same question in another dress is another question: no text is sent twice."""

_WARM_UP = 40
_MOST_SECONDS = 30


def run(port: int, server: int, together: int) -> dict[str, Any]:
    """Ask in a closed loop: one client alone, then so many together; each question opens a conversation of its own."""
    return asyncio.run(_run(port, server, together))


async def _run(port: int, server: int, together: int) -> dict[str, Any]:
    questions = [question.question for question in (*load(QUESTIONS), *load(OUT_OF_SCOPE))]
    random.Random(SEED).shuffle(questions)  # noqa: S311 - the same order every time is the point
    alone, *others, warm_up = [[dress.format(question) for question in questions] for dress in DRESS]
    await _ask(port, warm_up[:_WARM_UP], together)
    first = await _ask(port, alone, 1)
    before, _ = held(server)
    then = await _ask(port, list(chain.from_iterable(others)), together)
    after, _ = held(server)
    return {"alone": first, "together": {**then, "cpu_ms": (after - before) * 1000 / then["n"]}}


async def _ask(port: int, questions: Sequence[str], clients: int) -> dict[str, Any]:
    left = iter(questions)
    times: list[float] = []
    statuses: Counter[str] = Counter()
    started = time.perf_counter()
    ends = started + _MOST_SECONDS
    await asyncio.gather(*(_client(port, left, times, statuses, ends) for _ in range(clients)))
    seconds = time.perf_counter() - started
    return {**latency(times), "clients": clients, "per_second": round(len(times) / seconds, 1), "families": statuses}


async def _client(port: int, left: Iterator[str], times: list[float], statuses: Counter[str], ends: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for question in left:
        request = asking(question)
        started = time.perf_counter()
        writer.write(request)
        status, answer = await answered(reader)
        ended = time.perf_counter()
        if status != http.HTTPStatus.OK:
            raise RuntimeError(f"{status}: {answer[:300].decode()}")
        times.append((ended - started) * 1000)
        statuses[json.loads(answer)["answer"]["status"].split("_")[0]] += 1
        if ended > ends:
            break
    writer.close()
    await writer.wait_closed()


def asking(question: str) -> bytes:
    """The request that puts a question and opens a conversation."""
    body = json.dumps({"text": question}).encode()
    lines = (
        "POST /api/chat HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*lines, "", "")).encode() + body


async def answered(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The status and the body of the next response.

    Raises:
        EOFError, OSError: the line went dead before its end.

    """
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    fields = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if line)
    return int(head.split()[1]), await reader.readexactly(int(fields["content-length"]))
