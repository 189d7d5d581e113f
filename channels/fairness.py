"""Who may ask how often, and who waits how long: by person, by address, by channel."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Network, ip_address
from threading import Lock

from assistant.screen import emergency
from assistant.settings import Settings
from channels.counting import RULES, Asked, Count, OwnCount, Rates
from knowledge.procedure import Text

_IPV6_HOME = 64
"""The bits of an IPv6 address that one household or company is given; the rest it may change as it likes."""

_MINUTES_FROM = 100
"""From so many seconds on, a time is told in minutes."""

_TOO_FAST = Text(
    vi="Anh/chị hỏi hơi nhanh, xin đợi {} rồi gửi lại.",
    en="Too many questions; please wait {} and send it again.",
)
_CROWDED = Text(
    vi="Nhiều câu hỏi từ cùng một mạng đang chờ trả lời, xin anh/chị đợi {} rồi gửi lại.",
    en="Many questions from the same network are waiting; please wait {} and send it again.",
)


class Limits:
    """Questions a minute of one person, one address and one channel; buckets that fill evenly. 0 switches one off.

    Who is refused again and again waits longer, twice as long each time, up to ten minutes; each minute one refusal is
    forgotten. It is the person who waits then, or those of an address who are not known yet: others there go on.
    What counts them `together` counts those of all processes; while it cannot, this process counts its own.
    Safe to share between threads.
    """

    def __init__(
        self,
        *,
        person: int,
        address: int,
        channel: int,
        clock: Callable[[], float] = time.monotonic,
        together: Count | None = None,
    ) -> None:
        self._rates = Rates(person, address, channel)
        self._own, self._together = OwnCount(clock), together

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that the settings give; none at all where an address may ask without limit."""
        if not settings.questions_a_minute:
            return cls(person=0, address=0, channel=0)
        return cls(
            person=settings.questions_a_minute_each,
            address=settings.questions_a_minute,
            channel=settings.questions_a_minute_channel,
            together=_together(settings.redis_url),
        )

    def wait(self, *, person: str = "", address: str = "", channel: str = "") -> int:
        """Take one question; 0 if it is allowed, else the seconds until the next one is. What is empty is not counted."""
        asked = Asked(f"{channel} {person}" if person else "", household(address), channel)
        seconds = self._together.take(asked, self._rates) if self._together else None
        if seconds is None:
            seconds = self._own.take(asked, self._rates)
        return math.ceil(seconds - RULES.no_time)


def _together(redis_url: str) -> Count | None:
    """What counts for all processes, where that is set up."""
    if not redis_url:
        return None
    from channels.counting_in_redis import SharedCount

    return SharedCount.of(redis_url)


class Places:
    """How many turns of one address wait or are answered at once: nobody takes all places. 0 switches it off.

    Each process has places of its own, with Redis too: it is its own threads that they are about.
    """

    def __init__(self, of_one_address: int) -> None:
        self._most = of_one_address
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    def enter(self, address: str, *, urgent: bool = False) -> bool:
        """Take a place, to be left again; False where that address has all it may. What is urgent always gets one."""
        where = household(address)
        with self._lock:
            if self._most and self._taken[where] >= self._most and not urgent:
                return False
            self._taken[where] += 1
            return True

    def leave(self, address: str) -> None:
        """Give a place back."""
        where = household(address)
        with self._lock:
            self._taken[where] -= 1
            if self._taken[where] <= 0:
                del self._taken[where]


def seconds_to_wait(limits: Limits, text: str, *, person: str = "", address: str = "", channel: str = "") -> int:
    """Take one question as `Limits.wait` does; but who tells of a danger is never kept waiting."""
    wait = limits.wait(person=person, address=address, channel=channel)
    return 0 if wait and emergency(text) else wait


def asked_to_wait(seconds: int, *, crowded: bool = False) -> Text:
    """What is said to somebody who has to wait, with the time; `crowded`: because others of the same address do too."""
    told, time_left = (_CROWDED if crowded else _TOO_FAST), duration(seconds)
    return Text(vi=told.vi.format(time_left.vi), en=told.en.format(time_left.en))


def duration(seconds: int) -> Text:
    """A time to wait, as it is said: in minutes where it is long."""
    if seconds < _MINUTES_FROM:
        return Text(vi=f"{seconds} giây", en=f"{seconds} second{'s' if seconds > 1 else ''}")
    minutes = math.ceil(seconds / 60)
    return Text(vi=f"{minutes} phút", en=f"{minutes} minutes")


def household(address: str) -> str:
    """What is counted as one address: of IPv6 the first half, as one household has all the rest; else as it is."""
    with suppress(ValueError):
        read = ip_address(address)
        if isinstance(read, IPv4Address):
            return str(read)
        return str(read.ipv4_mapped or IPv6Network((int(read), _IPV6_HOME), strict=False))
    return address
