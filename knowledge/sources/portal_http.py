"""Asking a portal politely: one connection, an even pace, a name to be called by, and an end to every attempt."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from knowledge.errors import SourceError

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

USER_AGENT = "TroLy1022/1.0 (assistant of Da Nang's 1022 hotline; reads public procedures; one connection)"

_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_NOT_FOR_US = frozenset((401, 403, 407, 451))
_GONE = frozenset((404, 410))


class PortalRefuses(SourceError):
    """The portal does not want to be read, or shows a page instead of data: asking again is no use."""


class PortalSilent(SourceError):
    """The portal gave no usable answer, however often it was asked."""


class NotThere(SourceError):
    """The portal has nothing under that name."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How a portal is asked."""

    a_second: float = 2
    """Requests, at most."""
    timeout: float = 30
    """Seconds to wait for the next word of an answer."""
    whole: float = 180
    """Seconds that one answer may take altogether."""
    attempts: int = 5
    longest_wait: float = 120
    """Seconds; a portal that wants us to wait longer is left alone until the next run."""
    most_bytes: int = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Timing:
    """Time and chance, so that tests need neither."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `body` is None where it is what we have already."""

    body: bytes | None
    etag: str = ""


class _Again(Exception):
    """Worth another attempt; `wait` is what the portal asks for, None where it says nothing."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class PortalHttp:
    """Sends requests to one portal. Close it at the end.

    Raises:
        SourceError: the address is none.

    """

    def __init__(self, url: str, manners: Manners | None = None, timing: Timing | None = None) -> None:
        import httpx

        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SourceError(f"«{url}» is no address of a portal: give one such as https://portal.example.vn")
        self.name = parts.hostname + (f":{parts.port}" if parts.port else "")
        self.manners = manners or Manners()
        self.timing = timing or Timing()
        self.requests = 0
        self.retries = 0
        self._next = float("-inf")
        self._http = httpx.Client(
            base_url=url,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            timeout=self.manners.timeout,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        )

    def close(self) -> None:
        """Give the connection back."""
        self._http.close()

    def json(self, path: str, question: Mapping[str, Any], etag: str = "") -> tuple[Any, str]:
        """The JSON answer to a question and its ETag; None for an answer that has not changed since `etag`.

        Raises:
            PortalRefuses: it shows a page, a redirection or a refusal instead of data.
            PortalSilent: no whole answer after so many attempts.
            NotThere: it knows no such thing.

        """
        return self._patiently(lambda: self._json(path, question, etag))

    def file(self, path: str, question: Mapping[str, Any]) -> bytes:
        """The bytes of a file.

        Raises: as `json`.
        """
        return self._patiently(lambda: self._ask(path, question, "").body or b"")

    def _patiently(self, ask: Callable[[], T]) -> T:
        for attempt in range(1, self.manners.attempts + 1):
            self._keep_pace()
            self.requests += 1
            try:
                return ask()
            except _Again as again:
                told, wait = str(again), again.wait
            if wait is not None and wait > self.manners.longest_wait:
                raise PortalSilent(
                    f"{self.name} asks to be left alone for {wait:.0f} seconds. Run it again after that."
                )
            if attempt < self.manners.attempts:
                self.retries += 1
                self.timing.sleep(self._pause(attempt) if wait is None else wait)
        raise PortalSilent(
            f"{self.name} {told}, {self.manners.attempts} times in a row. Check the address and the line, "
            "or run it again later."
        )

    def _pause(self, attempt: int) -> float:
        """Twice as long each time, and never in step with others who wait."""
        return min(2.0**attempt, self.manners.longest_wait) * (0.5 + self.timing.chance() / 2)

    def _keep_pace(self) -> None:
        """A bucket of one token: the next request is due when it is full again."""
        now = self.timing.clock()
        if now < self._next:
            self.timing.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.manners.a_second

    def _json(self, path: str, question: Mapping[str, Any], etag: str) -> tuple[Any, str]:
        reply = self._ask(path, question, etag)
        if reply.body is None:
            return None, reply.etag
        if reply.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise PortalRefuses(
                f"{self.name} answers with a web page instead of data: a login, a notice, or a wall against programs. "
                "Open the address in a browser, or ask who runs it to let this program in."
            )
        try:
            return json.loads(reply.body), reply.etag
        except (ValueError, RecursionError) as error:
            raise _Again(f"answers with {len(reply.body)} bytes that are no whole JSON") from error

    def _ask(self, path: str, question: Mapping[str, Any], etag: str) -> Reply:
        import httpx

        headers = {"If-None-Match": etag} if etag else {}
        until = self.timing.clock() + self.manners.whole
        try:
            with self._http.stream("POST", path, json=question, headers=headers) as response:
                self._judge(response)
                if response.status_code == 304:
                    return Reply(None, etag)
                return Reply(self._read(response, until), response.headers.get("etag", ""))
        except httpx.TimeoutException as error:
            raise _Again(f"does not answer within {self.manners.timeout:g} seconds") from error
        except httpx.ConnectError as error:
            raise _Again("cannot be reached") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Again("cuts its answer off") from error

    def _judge(self, response: httpx.Response) -> None:
        """Let good statuses pass; say what the others mean."""
        status = response.status_code
        if status in (200, 201, 304):
            return
        if status in _AGAIN:
            raise _Again(f"answers with status {status}", _seconds(response.headers, self.timing.now()))
        if status in _GONE:
            raise NotThere(f"{self.name} has no {response.request.url.path} (status {status}). Check the address.")
        if 300 <= status < 400:
            target = urlsplit(response.headers.get("location", "")).hostname or "a page of its own"
            raise PortalRefuses(
                f"{self.name} sends the request on to {target} (status {status}). If that is the portal's address now, "
                "give it with --url; if it is a login, ask who runs it for access."
            )
        if status in _NOT_FOR_US:
            raise PortalRefuses(
                f"{self.name} does not let this program in (status {status}). Ask who runs it for access, "
                "or import a file: `tro-ly catalogue import FILE`."
            )
        raise PortalRefuses(
            f"{self.name} does not take the request (status {status}): its interface may have changed. "
            "Import a file instead: `tro-ly catalogue import FILE`."
        )

    def _read(self, response: httpx.Response, until: float) -> bytes:
        """The whole answer, within what one may weigh and how long one may take."""
        parts: list[bytes] = []
        weight = 0
        for part in response.iter_bytes():
            parts.append(part)
            weight += len(part)
            if weight > self.manners.most_bytes:
                raise PortalRefuses(
                    f"{self.name} sends more than {self.manners.most_bytes // 2**20} MiB: no answer is."
                )
            if self.timing.clock() > until:
                raise _Again(f"needs more than {self.manners.whole:g} seconds for one answer")
        return b"".join(parts)


def _seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """How long «Retry-After» asks to wait, as seconds or as a date; None where it does not."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):
        return None
