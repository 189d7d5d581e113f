"""The pair of tokens that speaks for the account, kept in the database.

An access token lives for about a day. The refresh token that brings the next is taken ONCE: where two processes use the
same, one gets a pair and the other an error, and a pair that is lost cannot be had again. Therefore only one renews at a
time, under a lease in the database, the others wait for what it writes; and a new pair is written before it is used.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

from assistant.forms.sealing import Seal, Unsealable
from channels.zalo.token_rows import Kept, TokenRows
from knowledge.database import Database
from knowledge.errors import StorageError

log = logging.getLogger(__name__)

EARLY = timedelta(minutes=5)
"""A token this near its end is renewed: it must last for the call it is fetched for."""
LEASE = timedelta(seconds=60)
"""How long one process may take to renew before another tries: well over the patience of one call."""
PAUSE = 0.1
PATIENCE = 10.0
"""Seconds that a caller waits for another process to renew."""

HOW_TO_MEND = "Run `tro-ly zalo login` with a new refresh token, or put it in TROLY_ZALO_REFRESH_TOKEN and restart."


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token and the refresh token that brings the next pair."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime


class TokensLost(Exception):
    """There is no pair that works, and none can be had without a person; says how to mend it."""


class Spent(Exception):
    """Zalo does not take the refresh token: used already, withdrawn, or too old."""


class NotNow(Exception):
    """Another process is renewing and did not finish in time."""


Renew = Callable[[str], Pair]
"""A refresh token → the next pair. Raises Spent."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Time, so that tests need none."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    pause: Callable[[float], None] = time.sleep


class Tokens:
    """Gives out the access token, and renews the pair when it is time. Safe between threads and processes."""

    def __init__(
        self, database: Database, seal: Seal, app_id: str, first: str, renew: Renew, timing: Timing | None = None
    ) -> None:
        self._rows = TokenRows(database, app_id)
        self._seal, self._first, self._renew = seal, first, renew
        self._timing = timing or Timing()
        self._me = str(uuid.uuid4())
        self._lock = Lock()
        self._unwritten: tuple[str, Pair] | None = None
        """The sealed pair that was used up, and the one that came for it and could not be written."""

    def access(self, refused: str = "") -> str:
        """An access token; another than `refused`, which Zalo no longer takes.

        Raises:
            TokensLost: a person has to log in again.
            NotNow: another process is renewing.
            StorageError: the database fails.
            NothingDone, NoWord: Zalo cannot be reached (channels.zalo.open_api).

        """
        if not self._lock.acquire(timeout=PATIENCE):  # threads of one process ask one after another
            raise NotNow("another thread is renewing the tokens of Zalo")
        try:
            self._write_what_is_left()
            return self._got(refused)
        finally:
            self._lock.release()

    def replace(self, pair: Pair) -> None:
        """Keep a pair that a person brought, in place of whatever was there."""
        self._rows.put(self._closed(pair), pair.expires_at, _mark(self._first), self._now())

    def ends_at(self) -> datetime | None:
        """When the access token ends; None where there is none yet."""
        kept = self._rows.read()
        return kept.expires_at if kept else None

    def _got(self, refused: str) -> str:
        """What is kept if it is good, else what comes for it: to us, or to the process that is at it already."""
        for _ in range(round(PATIENCE / PAUSE)):
            kept = self._kept()
            pair = self._opened(kept)
            if self._is_good(pair, refused):
                return pair.access
            if kept.broken:
                raise TokensLost(f"Zalo no longer takes the refresh token. {HOW_TO_MEND}")
            if not self._rows.lease(kept, self._me, self._now(), self._now() + LEASE):
                self._timing.pause(PAUSE)
            elif renewed := self._renewed(kept, pair):
                return renewed
        raise NotNow("another process is renewing the tokens of Zalo")

    def _kept(self) -> Kept:
        """The row; made of the environment's token where there is none, or where that brings a new one to mend it."""
        kept = self._rows.read()
        if self._first and (kept is None or (kept.broken and kept.seed != _mark(self._first))):
            fresh = Pair("", self._first, self._now())
            self._rows.seed(kept, self._closed(fresh), fresh.expires_at, _mark(self._first), self._now())
            kept = self._rows.read()
        if kept is None:
            raise TokensLost(f"There are no tokens for Zalo yet. {HOW_TO_MEND}")
        return kept

    def _renewed(self, kept: Kept, pair: Pair) -> str:
        """The access token of the next pair; empty where another process was quicker. The lease is ours."""
        try:
            new = self._renew(pair.refresh)
        except Spent as error:
            if self._rows.mark_broken(kept):
                log.error("Zalo does not take the refresh token; nothing is sent until it is mended: %s", HOW_TO_MEND)  # noqa: TRY400
                raise TokensLost(f"Zalo does not take the refresh token ({error}). {HOW_TO_MEND}") from error
            return ""
        except BaseException:
            self._rows.release(kept, self._me)
            raise
        self._unwritten = (kept.sealed, new)
        self._write_what_is_left()
        return new.access

    def _write_what_is_left(self) -> None:
        """Write the newest pair. Where that fails it is kept until it can be: nobody gives it a second time."""
        if self._unwritten is None:
            return
        used_up, pair = self._unwritten
        try:
            self._rows.write(used_up, self._closed(pair), pair.expires_at, self._now())
        except StorageError:
            log.exception("new tokens of Zalo cannot be written; a restart would lose them")
            raise
        self._unwritten = None

    def _is_good(self, pair: Pair, refused: str) -> bool:
        return bool(pair.access) and pair.access != refused and pair.expires_at - EARLY > self._now()

    def _closed(self, pair: Pair) -> str:
        return self._seal.close(json.dumps({"access": pair.access, "refresh": pair.refresh}))

    def _opened(self, kept: Kept) -> Pair:
        try:
            told = json.loads(self._seal.open(kept.sealed))
        except Unsealable as error:
            raise TokensLost(f"The tokens of Zalo cannot be read: {error}. {HOW_TO_MEND}") from error
        return Pair(told["access"], told["refresh"], kept.expires_at)

    def _now(self) -> datetime:
        return self._timing.clock()


def _mark(token: str) -> str:
    """By what a token of the environment is known again, without keeping it."""
    return hashlib.sha256(token.encode()).hexdigest() if token else ""
