"""The answer to a question of the page as a stream of events, run to its end although the reader goes away."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator

from starlette.background import BackgroundTask
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import StreamingResponse

from channels.once import LOOK_AGAIN, is_answering, leave, take


def streamed(key: str, events: Iterator[str]) -> StreamingResponse:
    """The events of one answer, as they come.

    They are run through to the end although the reader goes away, so that the answer is kept and found again.
    Where the key is being answered already, nothing happens until that has ended.
    """
    asking = _Asking(key, events)
    return StreamingResponse(
        asking.read(),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        background=BackgroundTask(asking.finish),
    )


class _Asking:
    def __init__(self, key: str, events: Iterator[str]) -> None:
        self._key = key
        self._events = events
        self._under_way = False

    async def read(self) -> AsyncIterator[str]:
        """The events, once nobody else answers the key. No thread waits meanwhile."""
        while is_answering(self._key):
            yield ": waiting\n\n"
            await asyncio.sleep(LOOK_AGAIN)
        self._begin()
        try:
            async for event in iterate_in_threadpool(self._events):
                yield event
        except Exception:
            self._end()
            raise
        self._end()

    async def finish(self) -> None:
        """Run what was begun, and broken off by the reader, to its end."""
        if not self._under_way:
            return
        try:
            await run_in_threadpool(deque, self._events, 0)
        finally:
            self._end()

    def _begin(self) -> None:
        self._under_way = True
        take(self._key)

    def _end(self) -> None:
        self._under_way = False
        leave(self._key)
