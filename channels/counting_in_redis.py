"""One count of questions for all processes, kept in Redis. The only door to redis.

Addresses, accounts and conversations are written there as digests alone, and for ten minutes at most. Addresses can be
guessed, so the digests are keyed with TROLY_DATA_KEY where there is one; all processes must then have the same.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from assistant.forms.sealing import VARIABLE as KEY_VARIABLE
from channels.counting import RULES, Asked, Rates

_SCRIPT: Final = Path(__file__).with_name("counting.lua").read_text(encoding="utf-8")
_RULES: Final = {**asdict(RULES), "most_refusals": RULES.most_refusals, "remembered": RULES.remembered}
_PREFIX: Final = "1022:"

_MOST_SECONDS: Final = 0.1
"""For one's turn on the connection, and again for the answer: nobody waits longer than both for Redis."""
_CONNECT_SECONDS: Final = 1
_START_SECONDS: Final = 2
_AGAIN_AFTER: Final = 5
"""Seconds after a failure in which Redis is left alone."""

_UNUSABLE: Final = (RedisError, OSError, ValueError)

log = logging.getLogger(__name__)


def _beside(work: Callable[[], None]) -> None:
    Thread(target=work, name="redis", daemon=True).start()


class SharedCount:
    """Counts questions together with all who use the same Redis; says None while that cannot be used.

    A connection is made beside the questions, never while one waits: a name that nobody knows can take many seconds.
    Safe to share between threads.
    """

    def __init__(
        self,
        url: str,
        *,
        key: str = "",
        now: Callable[[], float] | None = None,
        clock: Callable[[], float] = time.monotonic,
        seconds: float = _MOST_SECONDS,
        beside: Callable[[Callable[[], None]], None] = _beside,
    ) -> None:
        """Begin to connect, and wait for that a moment. `now` gives another time to count by than that of Redis."""
        self._url, self._key, self._seconds = url, key.encode(), seconds
        self._now, self._clock, self._beside = now, clock, beside
        self._client: Redis | None = None
        self._turn, self._trying, self._tried = Lock(), Lock(), Event()
        self._again_at = clock()
        self._is_away = False
        self._connect_beside()
        self._tried.wait(_START_SECONDS)

    @classmethod
    def of(cls, url: str) -> SharedCount:
        """The count in the Redis at that address, with the key of the environment."""
        return cls(url, key=os.environ.get(KEY_VARIABLE, ""))

    def take(self, asked: Asked, rates: Rates) -> float | None:
        """Take one question; 0 if it is allowed, else the seconds until one is. None: Redis cannot be used now."""
        client = self._client
        if client is None:
            self._connect_beside()
            return None
        if not self._turn.acquire(timeout=self._seconds):
            return None
        try:
            return self._taken(client, asked, rates) if client is self._client else None
        except _UNUSABLE as error:
            self._client = None
            self._failed(error)
            client.close()
            return None
        finally:
            self._turn.release()

    def _taken(self, client: Redis, asked: Asked, rates: Rates) -> float:
        told = {**_RULES, "takes": asked.takes(rates)}
        if self._now:
            told["now"] = self._now()
        names = zip("pacr", (*asked, asked.blamed), strict=True)
        keys = [f"{_PREFIX}{kind}:{self._digest(name)}" for kind, name in names]
        seconds = float(client.eval(_SCRIPT, len(keys), *keys, json.dumps(told)))
        if self._is_away:
            self._is_away = False
            log.info("Redis answers again: all processes count questions together")
        return seconds

    def _digest(self, name: str) -> str:
        return hmac.digest(self._key, name.encode(), "sha256").hex()[:32]

    def _connect_beside(self) -> None:
        if self._clock() >= self._again_at and self._trying.acquire(blocking=False):
            self._beside(self._connect)

    def _connect(self) -> None:
        try:
            self._client = self._client or connection(self._url, self._seconds)
        except _UNUSABLE as error:
            self._failed(error)
        finally:
            self._trying.release()
            self._tried.set()

    def _failed(self, error: Exception) -> None:
        """Leave Redis alone for a while; told once until it has answered again."""
        self._again_at = self._clock() + _AGAIN_AFTER
        if not self._is_away:
            self._is_away = True
            log.warning("Redis cannot be used, so each process counts questions by itself: %s", error)


def connection(url: str, seconds: float = _MOST_SECONDS) -> Redis:
    """One connection to a Redis that answers; each word of it is waited for so long.

    Raises:
        RedisError, OSError, ValueError: there is none.

    """
    client = Redis.from_url(
        url,
        single_connection_client=True,
        retry=Retry(NoBackoff(), 0),
        socket_connect_timeout=_CONNECT_SECONDS,
        socket_timeout=seconds,
        protocol=2,  # the third has nothing that is needed, and servers before 6 do not speak it
    )
    client.ping()
    return client


def version(url: str) -> str:
    """The version of the Redis at that address.

    Raises:
        ConnectionError: it cannot be used, and how to mend it.

    """
    try:
        return str(connection(url, _CONNECT_SECONDS).info("server")["redis_version"])
    except _UNUSABLE as error:
        raise ConnectionError(f"{error} To mend it: start Redis, or set TROLY_REDIS_URL to where it is.") from error
