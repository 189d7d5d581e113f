"""A question that comes again under its key is answered once: after a lost connection, a reload, a second press."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

KEY: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
"""What a key looks like: a random UUID, made by whoever asks."""

LOOK_AGAIN: Final = 0.25
"""Seconds between two looks at whether another request has its answer."""

_answering: set[str] = set()
"""Keys of the questions that this process is answering. Read and written by the event loop alone."""


def read_key(sent: str) -> str:
    """The key of a question; none where what was sent is anything else."""
    return sent if re.fullmatch(KEY, sent) else ""


def is_answering(key: str) -> bool:
    """Whether the question under a key is being answered."""
    return bool(key) and key in _answering


def take(key: str) -> None:
    """The question under a key is being answered from now on."""
    if key:
        _answering.add(key)


def leave(key: str) -> None:
    """It no longer is."""
    _answering.discard(key)


@asynccontextmanager
async def alone(key: str) -> AsyncIterator[None]:
    """Nobody else answers the question under the key meanwhile. No thread waits for that."""
    while is_answering(key):
        await asyncio.sleep(LOOK_AGAIN)
    take(key)
    try:
        yield
    finally:
        leave(key)
