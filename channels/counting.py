"""How questions are counted: the rules, and the count that one process keeps by itself."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

_MOST_NAMES = 50_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for everybody, in seconds where nothing else is said. `counting.lua` is given the same numbers."""

    bucket: int = 60
    """An empty bucket is full again in this time, so that it holds a minute's questions."""
    patience: int = 3
    """Refusals that cost nothing: pressing twice is no abuse."""
    first_penalty: int = 10
    most_penalty: int = 600
    forgetting: int = 60
    """One refusal is forgotten in this time."""
    no_time: float = 0.001
    """What many additions may be off by."""

    @property
    def most_refusals(self) -> float:
        """Refusals that are counted: a count that only grew would keep somebody out long after they stopped."""
        return self.patience + 1 + math.log2(self.most_penalty / self.first_penalty)

    @property
    def remembered(self) -> int:
        """After this time nothing of a refusal matters any longer."""
        return math.ceil(max(self.most_penalty, self.most_refusals * self.forgetting))


RULES: Final = Rules()


class Rates(NamedTuple):
    """Questions a minute; 0 is no limit."""

    person: int
    address: int
    channel: int


class Asked(NamedTuple):
    """Whose a question is; what is empty is not counted."""

    person: str
    address: str
    channel: str

    @property
    def blamed(self) -> str:
        """Who waits longer after one refusal too many: the person, or those of the address who are not known yet."""
        return self.person or self.address

    def takes(self, rates: Rates) -> tuple[float, ...]:
        """How much of each bucket the question takes, as the time in which that flows back; 0: it is not counted."""
        pairs = zip(self, rates, strict=True)
        return tuple(RULES.bucket / a_minute if name and a_minute else 0.0 for name, a_minute in pairs)


class Count(Protocol):
    """What counts questions."""

    def take(self, asked: Asked, rates: Rates) -> float | None:
        """Take one question; 0 if it is allowed, else the seconds until one is. None: it cannot be counted here now."""


class OwnCount:
    """The count of one process, of the names used last. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets = (_Recent[float](), _Recent[float](), _Recent[float]())
        """When each will be full again."""
        self._refusals: _Recent[_Refused] = _Recent()
        self._lock = Lock()

    def take(self, asked: Asked, rates: Rates) -> float:
        """Take one question; 0 if it is allowed, else the seconds until one is."""
        now = self._clock()
        with self._lock:
            refused = self._refusals.get(asked.blamed, _Refused(0.0, now, now))
            person, address, channel = (
                _left(full_at + takes - RULES.bucket, now) if takes else 0.0
                for _, _, full_at, takes in self._of(asked, rates, now)
            )
            own = max(_left(refused.over, now), person, address)
            seconds = max(own, channel)
            if not seconds:
                for bucket, name, full_at, takes in self._of(asked, rates, now):
                    if takes:
                        bucket.put(name, full_at + takes)
            elif own:  # that a whole channel is busy is nobody's fault
                refused = refused.again(now)
                self._refusals.put(asked.blamed, refused)
                seconds = max(seconds, refused.over - now)
        return seconds

    def _of(self, asked: Asked, rates: Rates, now: float) -> Iterator[tuple[_Recent[float], str, float, float]]:
        """Each bucket that a question counts in, its name in there, when it is full again, and what is taken."""
        for bucket, name, takes in zip(self._buckets, asked, asked.takes(rates), strict=True):
            yield bucket, name, max(bucket.get(name, now), now), takes


class _Refused(NamedTuple):
    """How often somebody was refused lately, counted when, and until when nothing of theirs is taken."""

    times: float
    since: float
    over: float

    def again(self, now: float) -> _Refused:
        """One more refusal."""
        times = max(0.0, self.times - (now - self.since) / RULES.forgetting) + 1
        if times <= RULES.patience:
            return _Refused(times, now, now)
        times = min(times, RULES.most_refusals)
        return _Refused(times, now, now + RULES.first_penalty * 2 ** (times - RULES.patience - 1))


def _left(moment: float, now: float) -> float:
    seconds = moment - now
    return seconds if seconds > RULES.no_time else 0.0


_Kept = TypeVar("_Kept")


class _Recent(Generic[_Kept]):
    """What is kept of the names used last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def get(self, name: str, otherwise: _Kept) -> _Kept:
        return self._kept.get(name, otherwise)

    def put(self, name: str, what: _Kept) -> None:
        self._kept[name] = what
        self._kept.move_to_end(name)
        while len(self._kept) > _MOST_NAMES:
            self._kept.popitem(last=False)
