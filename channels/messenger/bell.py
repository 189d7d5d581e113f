"""Tells threads that wait for work that some came."""

from __future__ import annotations

from threading import Condition


class Bell:
    """Rings are counted, so that one that falls between looking and waiting is not missed."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._rings = 0

    @property
    def rings(self) -> int:
        """How often it rang; read it before looking for work."""
        return self._rings

    def ring(self) -> None:
        """Wake whoever waits."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def wait(self, heard: int, seconds: float) -> None:
        """Wait until it rings for more than `heard` times, at most so long."""
        with self._condition:
            self._condition.wait_for(lambda: self._rings > heard, seconds)
