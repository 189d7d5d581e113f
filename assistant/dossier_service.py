"""The city's look-up of dossiers over HTTP (reference: domain.md §2.2): one door to it, and an end to every attempt."""

from __future__ import annotations

import json
import logging
import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from assistant.dossier import Dossier, DossierUnreachable
from assistant.dossier_records import matching
from assistant.errors import SettingError

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

TOKEN = "/getToken"  # noqa: S105 - a path, no secret
LOOK_UP = "/tra-cuu"

_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class DossierSettings:
    """Where the service is, and who asks it."""

    url: str
    user: str
    key: str = field(repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """The settings that `TROLY_DOSSIER_*` variables give; None where there is no service.

        Raises:
            SettingError: the address is none, or user or key is missing.

        """
        names = ("TROLY_DOSSIER_URL", "TROLY_DOSSIER_USER", "TROLY_DOSSIER_KEY")
        url, user, key = (environment.get(name, "").strip() for name in names)
        if not url:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingError("TROLY_DOSSIER_URL is no address: give one such as https://host, or leave it out.")
        if not (user and key):
            raise SettingError("TROLY_DOSSIER_URL is set: set TROLY_DOSSIER_USER and TROLY_DOSSIER_KEY too.")
        return cls(url, user, key)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the service is waited for: a citizen waits with us."""

    attempts: int = 3
    timeout: float = 5
    """Seconds to wait for the next word of an answer."""
    whole: float = 12
    """Seconds that one look-up may take altogether."""
    pause: float = 0.5
    """Seconds before the second attempt; twice as long before the third."""
    token_kept: float = 23 * 3600
    most_bytes: int = 2**20


@dataclass(frozen=True, slots=True)
class Timing:
    """Time and chance, so that tests need neither."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class _Again(Exception):
    """Worth another attempt."""


class _TokenRefused(Exception):
    """The token is no longer taken."""


class DossierService:
    """Asks the service; safe to share between threads. Close it at the end."""

    def __init__(
        self, settings: DossierSettings, patience: Patience | None = None, timing: Timing | None = None
    ) -> None:
        import httpx

        # The library writes addresses into the log, and a dossier's code stands in them.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._settings = settings
        self._patience = patience or Patience()
        self._timing = timing or Timing()
        self._name = urlsplit(settings.url).hostname or ""
        self._http = httpx.Client(base_url=settings.url, headers={"Accept": "application/json"})
        self._token = ""
        self._token_until = float("-inf")
        self._lock = threading.Lock()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def find(self, code: str) -> Dossier | None:
        """The dossier under a code in normal form; None if there is none, or if a short code fits several.

        Raises:
            DossierUnreachable: no usable answer, however often it was asked.

        """
        try:
            return matching(code, self._patiently(lambda until: self._look_up(code, until)))
        except DossierUnreachable as error:
            log.warning("dossier service unreachable", extra={"why": str(error)})
            raise

    def _patiently(self, ask: Callable[[float], Any]) -> Any:
        until = self._timing.clock() + self._patience.whole
        told = ""
        for attempt in range(self._patience.attempts):
            if attempt:
                pause = self._patience.pause * 2 ** (attempt - 1) * (0.5 + self._timing.chance())
                if self._timing.clock() + pause >= until:
                    break
                self._timing.sleep(pause)
            try:
                return ask(until)
            except _Again as again:
                told = str(again)
        raise DossierUnreachable(f"{self._name} {told}. Check TROLY_DOSSIER_URL and the line.")

    def _look_up(self, code: str, until: float) -> Any:
        token = self._valid_token(until)
        try:
            return self._asked(token, code, until)
        except _TokenRefused:
            self._forget(token)
        try:
            return self._asked(self._valid_token(until), code, until)
        except _TokenRefused as error:
            raise self._no_entry() from error

    def _asked(self, token: str, code: str, until: float) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return self._json("GET", LOOK_UP, until, params={"ma_ho_so": code}, headers=headers)

    def _valid_token(self, until: float) -> str:
        """The token in use; one thread fetches a new one while the others wait for it."""
        if not self._lock.acquire(timeout=max(0.0, until - self._timing.clock())):
            raise _Again("gives no token in time")
        try:
            if not self._token or self._timing.clock() >= self._token_until:
                who = {"username": self._settings.user, "password": self._settings.key}
                try:
                    given = self._json("POST", TOKEN, until, json=who)
                except _TokenRefused as error:
                    raise self._no_entry() from error
                token = given.get("token") if isinstance(given, dict) else None
                if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
                    raise _Again("gives no token")
                self._token, self._token_until = token, self._timing.clock() + self._patience.token_kept
            return self._token
        finally:
            self._lock.release()

    def _forget(self, token: str) -> None:
        """Drop a refused token, unless another thread has fetched a new one since."""
        with self._lock:
            if self._token == token:
                self._token = ""

    def _no_entry(self) -> DossierUnreachable:
        return DossierUnreachable(
            f"{self._name} does not let us in. Check TROLY_DOSSIER_USER and TROLY_DOSSIER_KEY with whoever runs it."
        )

    def _json(self, method: str, path: str, until: float, **question: Any) -> Any:
        left = min(self._patience.timeout, until - self._timing.clock())
        if left <= 0:
            raise _Again(f"needs more than {self._patience.whole:g} seconds")
        with self._told(), self._http.stream(method, path, timeout=left, **question) as response:
            self._judge(response.status_code)
            body = self._read(response, until)
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            # Its text may be anybody's dossier: only its length is told.
            raise _Again(f"answers with {len(body)} bytes that are no JSON") from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the library's errors into ours: «again», without addresses."""
        import httpx

        try:
            yield
        except httpx.TimeoutException as error:
            raise _Again(f"does not answer within {self._patience.timeout:g} seconds") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Again("cannot be reached, or cuts its answer off") from error

    def _judge(self, status: int) -> None:
        """Let a good status pass; say what the others mean."""
        if status == HTTPStatus.UNAUTHORIZED:
            raise _TokenRefused
        if status in _AGAIN:
            raise _Again(f"answers with status {status}")
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise DossierUnreachable(
                f"{self._name} does not take the request (status {status}). Check TROLY_DOSSIER_URL and our access."
            )

    def _read(self, response: httpx.Response, until: float) -> bytes:
        """The whole answer, within what one may weigh and how long one may take."""
        parts: list[bytes] = []
        weight = 0
        for part in response.iter_bytes():
            parts.append(part)
            weight += len(part)
            if weight > self._patience.most_bytes:
                raise DossierUnreachable(f"{self._name} sends more than {self._patience.most_bytes} bytes: too much.")
            if self._timing.clock() > until:
                raise _Again(f"needs more than {self._patience.whole:g} seconds for one answer")
        return b"".join(parts)


def build(settings: DossierSettings | None) -> DossierService | None:
    """The service of these settings; None where none is set."""
    return DossierService(settings) if settings else None
