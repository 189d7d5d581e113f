"""Who may ask how often, and from where a form may be sent."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from urllib.parse import urlsplit

from starlette.requests import Request

_MOST_ADDRESSES = 50_000


class RateLimit:
    """So many questions a minute for one address; a bucket that fills evenly. 0 switches it off."""

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Take one question; 0 if allowed, else the seconds until the next one is."""
        if not self._a_minute:
            return 0
        now = time.monotonic()
        with self._lock:
            left, since = self._buckets.pop(address, (float(self._a_minute), now))
            left = min(left + (now - since) * self._a_minute / 60, self._a_minute)
            allowed = left >= 1
            self._buckets[address] = (left - 1 if allowed else left, now)
            while len(self._buckets) > _MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) * 60 / self._a_minute))


def from_elsewhere(request: Request) -> bool:
    """Whether another site made the browser send this: the cookie must not speak for its owner then."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def address_of(request: Request) -> str:
    """The address a request comes from."""
    return request.client.host if request.client else "unknown"
