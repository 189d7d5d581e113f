"""`python -m evals.bench.agent_model SCRIPT`: a language model's server on loopback that answers well, late, badly or not.

It speaks OpenAI's `POST …/chat/completions`, says its port on standard output, and serves until it is stopped. What each
request gets is drawn, by weight and with a seed, from the kinds below. `GET /told` says how often each kind was played and
which messages of citizens were shown.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from evals.bench.process import REPOSITORY, environment
from evals.bench.timing import SEED

NAME = "bench"
MADE_UP = "987.000"
"""A fee that no procedure has: it must never go out."""

_MESSAGE = re.compile(r"Tin nhắn[^\n]*:\n«(.*)»", re.DOTALL)
_FACTS = re.compile(r"Dữ kiện:\n(.*?)\n\n(?:Tin nhắn|Bài viết)", re.DOTALL)
_ERRORS = {"busy": 429, "broken": 500}
_REASONS = {200: "OK", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error"}


@dataclass(frozen=True, slots=True)
class Script:
    """How a model behaves."""

    weights: Mapping[str, int]
    """good, slow, dead (the line), busy (429), broken (500), malformed (half JSON), prose (where data was asked), empty,
    made_up (a fee that no field holds)."""
    seconds: float = 0.0
    """What every answer takes."""
    slow: float = 60.0
    """What a slow one takes."""
    seed: int = SEED


@dataclass(slots=True)
class Told:
    """What came in so far."""

    kinds: Counter[str] = field(default_factory=Counter)
    messages: set[str] = field(default_factory=set)

    def as_json(self) -> dict[str, Any]:
        """For `GET /told`."""
        return {"kinds": dict(self.kinds), "messages": sorted(self.messages)}


@contextmanager
def serving(script: Script) -> Iterator[int]:
    """Such a server in a process of its own: its port."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "evals.bench.agent_model", json.dumps(asdict(script))],
        cwd=REPOSITORY,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(timeout=30)


def settings(port: int, **more: str) -> dict[str, str]:
    """The settings that lead a server of ours there."""
    return {"TROLY_MODEL": f"openai:{NAME}", "TROLY_MODEL_URL": f"http://127.0.0.1:{port}/v1", **more}


def completion(kind: str, asked: Mapping[str, Any]) -> bytes:
    """The body of an answer of a kind that has one."""
    if kind == "malformed":
        return b'{"choices": [{"message": {"content": "Ch'
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": _said(kind, asked)}}
    usage = {"prompt_tokens": 900, "completion_tokens": 120, "total_tokens": 1020}
    whole = {"id": "1", "object": "chat.completion", "created": 1, "model": NAME, "choices": [choice], "usage": usage}
    return json.dumps(whole, ensure_ascii=False).encode()


def message_of(asked: Mapping[str, Any]) -> str:
    """The citizen's message within what a model was asked; empty if it was shown none."""
    return _found(_MESSAGE, asked)


def _said(kind: str, asked: Mapping[str, Any]) -> str:
    """A plan that says no more than the message, or the facts as they are; or what the kind makes of it."""
    if kind == "empty":
        return ""
    if asked.get("response_format") or asked.get("tools"):
        wish = {"kind": "procedure", "about": "new", "question": message_of(asked), "parts": []}
        return "Dạ, để tôi xem ạ." if kind == "prose" else json.dumps({"wishes": [wish]}, ensure_ascii=False)
    facts = _found(_FACTS, asked)
    return f"{facts}\n\nLệ phí là {MADE_UP} đồng [1]." if kind == "made_up" else facts


def _found(pattern: re.Pattern[str], asked: Mapping[str, Any]) -> str:
    match = pattern.search(str(asked["messages"][-1]["content"]))
    return match.group(1) if match else ""


class Model:
    """The server's side of every connection."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._told = Told()
        self._chosen = random.Random(script.seed)  # noqa: S311 - the same draw every time is the point

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes over one line until it ends."""
        try:
            while await self._one(reader, writer):
                pass
        except (EOFError, OSError):
            pass  # who lost patience is no error here
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False where the line is to end."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        body = await reader.readexactly(int(length.group(1))) if length else b""
        if head.startswith("get /told "):
            _send(writer, 200, json.dumps(self._told.as_json(), ensure_ascii=False).encode())
            return True
        if "/chat/completions" not in head.split("\r\n", 1)[0]:
            _send(writer, 404, b"{}")
            return True
        return await self._played(json.loads(body), writer)

    async def _played(self, asked: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        weights = self._script.weights
        kind = self._chosen.choices(list(weights), list(weights.values()))[0]
        self._told.kinds[kind] += 1
        self._told.messages.add(message_of(asked))
        await asyncio.sleep(self._script.slow if kind == "slow" else self._script.seconds)
        if kind == "dead":
            return False
        if kind in _ERRORS:
            _send(writer, _ERRORS[kind], b'{"error": {"message": "no", "type": "made_up", "code": null}}')
        else:
            _send(writer, 200, completion(kind, asked))
        await writer.drain()
        return True


def _send(writer: asyncio.StreamWriter, status: int, body: bytes) -> None:
    again = "Retry-After: 1\r\n" if status == _ERRORS["busy"] else ""
    head = f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: application/json\r\n{again}"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


async def _serve(script: Script) -> None:
    server = await asyncio.start_server(Model(script).connected, "127.0.0.1", 0, backlog=256)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Script(**json.loads(sys.argv[1]))))
