"""Listening to voice messages: fetched from their channel, put into words, forgotten. Others never wait for it for long."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from channels.messenger.contract import NotFetched, Sender, Sound
from channels.messenger.transcribing import NotTranscribed, ServerDown, Transcriber
from knowledge.procedure import Language

AT_ONCE: Final = 4
"""Voice messages that one process listens to at once: so many threads may wait for the server, beside those that answer."""
MOST_BYTES: Final = 8 * 2**20
"""A minute of the best sound that people's phones record, with room to spare."""

_TURN_SECONDS: Final = 1.0
"""So long a voice message waits for its turn; whoever waits for it keeps a thread from answering others."""
_FAILURES: Final = 3
"""After so many in a row the server is left alone."""
_REST_SECONDS: Final = 30.0

log = logging.getLogger(__name__)


class Unheard(Exception):
    """The words of a voice message are not to be had now; says why, without the words."""


class TooLong(Unheard):
    """It is longer than is listened to."""

    def __init__(self, most: int) -> None:
        super().__init__(f"longer than {most} seconds")
        self.most = most
        """Seconds."""


class Hearing:
    """Listens to voice messages, a few at once. Safe to share between threads."""

    def __init__(self, transcriber: Transcriber, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._transcriber, self._clock = transcriber, clock
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = float("-inf")

    def words(self, sender: Sender, sound: Sound, language: Language) -> str:
        """What was said, on one line.

        Raises:
            TooLong: it is not listened to.
            Unheard: it cannot be fetched, there is nothing to hear, or the server is down, slow or has too much to do.

        """
        settings = self._transcriber.settings
        if sound.seconds > settings.longest or sound.size > MOST_BYTES:
            raise TooLong(settings.longest)
        try:
            with self._turn():
                begun = self._clock()
                fetched = sender.fetch(sound, MOST_BYTES, settings.timeout)
                return self._transcribed(fetched, language, settings.timeout - (self._clock() - begun))
        except (NotFetched, NotTranscribed) as error:
            log.warning("a voice message was not heard", extra={"why": str(error)})
            raise Unheard(str(error)) from error

    def _transcribed(self, sound: bytes, language: Language, seconds: float) -> str:
        try:
            words = self._transcriber.transcript(sound, language, seconds)
        except ServerDown:
            self._failed()
            raise
        except NotTranscribed:
            self._answered()
            raise
        self._answered()
        return words

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            if self._clock() < self._rests_until:
                raise Unheard("the server failed again and again, and is left alone for a while")
        if not self._turns.acquire(timeout=_TURN_SECONDS):
            raise Unheard("too many voice messages at once")
        try:
            yield
        finally:
            self._turns.release()

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES:
                # After the rest one more failure is enough for the next.
                self._failures, self._rests_until = _FAILURES - 1, self._clock() + _REST_SECONDS

    def _answered(self) -> None:
        with self._lock:
            self._failures = 0
