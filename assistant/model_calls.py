"""What one turn may spend on models and what it spent, and when a model that fails is left alone."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.model_errors import ModelLate, Outcome, TooManyCalls

MOST_CALLS = 4
"""Times one turn may ask: what failed before a model read it, and the retries after that, do not count."""
FAILURES = 3
"""In a row, after which a model is left alone."""
COOL_DOWN = 30.0
"""Seconds for which it is."""
MOST_REST = 300.0
"""Seconds for which it is left alone at most, whatever its server asks for."""

_CITY_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def city_today() -> date:
    """The day it is in the city."""
    return datetime.now(_CITY_TIME).date()


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance as the door sees them; a test gives its own."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    today: Callable[[], date] = city_today
    chance: Callable[[], float] = random.random
    """From 0 up to 1: spreads retries, so that all who failed together do not come back together."""


@dataclass(frozen=True, slots=True)
class Usage:
    """One call of a model, as it is counted. Nothing of what was said."""

    step: str
    model: str
    tokens_in: int
    tokens_out: int
    ms: int
    outcome: Outcome


@dataclass(slots=True)
class Calls:
    """The calls of one turn."""

    most: int = MOST_CALLS
    asked: int = 0
    made: list[Usage] = field(default_factory=list)

    def take(self) -> None:
        """Count one more question to a model.

        Raises:
            TooManyCalls: the turn has had all of them.

        """
        if self.asked >= self.most:
            raise TooManyCalls(f"This turn has asked models {self.most} times. To mend it: ask for less in one turn.")
        self.asked += 1


@dataclass(frozen=True, slots=True)
class Deadline:
    """What one turn may spend on models: time until a moment, and calls. Made once a turn, by `Models.deadline()`."""

    at: float
    monotonic: Callable[[], float] = time.monotonic
    calls: Calls = field(default_factory=Calls)

    def left(self) -> float:
        """Seconds that are left; never below 0."""
        return max(0.0, self.at - self.monotonic())

    def check(self) -> None:
        """Go on only in time.

        Raises:
            ModelLate: no time is left.

        """
        if not self.left():
            raise ModelLate(
                "The time of this turn for models is over. To mend it: raise TROLY_MODEL_DEADLINE, or set a faster model."
            )


class Breaker:
    """Leaves a model alone that failed several times in a row; after a cool-down one call tries whether it is back."""

    def __init__(self, clock: Clock, failures: int = FAILURES, cool_down: float = COOL_DOWN) -> None:
        self._clock = clock
        self._most = failures
        self._cool_down = cool_down
        self._failures = 0
        self._until = float("-inf")
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """Whether the model may be asked now. Of those who ask after the cool-down, the first alone may."""
        with self._lock:
            now = self._clock.monotonic()
            if now < self._until:
                return False
            if self._failures >= self._most:
                self._until = now + self._cool_down
            return True

    def succeeded(self) -> None:
        """The model answered."""
        with self._lock:
            self._failures = 0
            self._until = float("-inf")

    def failed(self, rest: float = 0.0) -> None:
        """The model failed, or asks to be left alone for so many seconds."""
        with self._lock:
            self._failures += 1
            wait = max(self._cool_down if self._failures >= self._most else 0.0, min(rest, MOST_REST))
            if wait:
                self._until = max(self._until, self._clock.monotonic() + wait)
