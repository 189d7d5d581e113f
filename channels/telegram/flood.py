"""How fast Telegram lets a bot speak: about one message a second to a chat, 20 a minute to a group, 30 a second in all."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

_MOST_CHATS = 20_000
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, then one every so many seconds."""

    burst: float
    seconds: float


CHAT = Pace(1, 1.0)
GROUP = Pace(5, 3.0)
ALL = Pace(30, 1 / 30)


class Flood:
    """Says how long a message has to wait. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._all = (ALL.burst, clock())
        self._chats: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def wait(self, chat: int) -> float:
        """Take leave to send one message to a chat; 0 if it may go, else the seconds until it may."""
        now = self._clock()
        pace = GROUP if chat < 0 else CHAT
        with self._lock:
            everyone = _filled(self._all, ALL, now)
            here = _filled(self._chats.pop(chat, (pace.burst, now)), pace, now)
            short = max(0.0, (1 - everyone) * ALL.seconds, (1 - here) * pace.seconds)
            taken = 1 if short <= _ROUNDING else 0
            self._all, self._chats[chat] = (everyone - taken, now), (here - taken, now)
            while len(self._chats) > _MOST_CHATS:
                self._chats.popitem(last=False)
        return 0.0 if taken else short


def _filled(bucket: tuple[float, float], pace: Pace, now: float) -> float:
    left, since = bucket
    return min(left + (now - since) / pace.seconds, pace.burst)
