"""Zalo's two addresses over HTTP. The only door to httpx for Zalo.

https://openapi.zalo.me answers every call with 200 and `{"error": 0, "data": …}`, or another number for what went wrong;
https://oauth.zaloapp.com gives tokens for a form, or `{"error": -14014, …}`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from channels.zalo.settings import ZaloSettings

if TYPE_CHECKING:
    import httpx

SEND = "/v3.0/oa/message/cs"
ACCOUNT = "/v2.0/oa/getoa"
TOKEN = "/v4/oa/access_token"  # noqa: S105 - a path, no secret

TIMEOUT = 8.0
"""Seconds to wait for the next word of an answer; half of it for connecting and writing."""
MOST_BYTES = 256 * 1024
BUSY_SECONDS = 5.0
"""Where Zalo asks for patience and does not say for how long."""
_LONGEST_WAIT = 3600.0

_TOO_MANY = 429
_FAILED = 500
_NOBODY_KNOWS = 504
"""A gateway gave up on whoever was at work: the work may have been done."""


class NothingDone(Exception):
    """Zalo could not be reached, or asked for patience: it did nothing, and may be asked again after so many seconds."""

    def __init__(self, why: str, seconds: float = BUSY_SECONDS) -> None:
        super().__init__(why)
        self.seconds = seconds


class NoWord(Exception):
    """The line went dead, or the answer is unreadable: whether Zalo did it cannot be known."""


class OpenApi:
    """Calls Zalo. Safe to share between threads; connections are kept."""

    def __init__(self, settings: ZaloSettings, timeout: float = TIMEOUT) -> None:
        self._settings = settings
        self._timeout = timeout
        self._client: httpx.Client | None = None

    def send(self, access_token: str, message: Mapping[str, Any]) -> dict[str, Any]:
        """Send a consultation message; what Zalo answers, its `error` among it.

        Raises:
            NothingDone: nothing was sent.
            NoWord: it may have been sent, or not.

        """
        content = json.dumps(message, ensure_ascii=False).encode()
        headers = {"access_token": access_token, "Content-Type": "application/json"}
        return self._call("POST", self._settings.api + SEND, headers=headers, content=content)

    def account(self, access_token: str) -> dict[str, Any]:
        """What the account is called, and who it is.

        Raises:
            NothingDone, NoWord: Zalo cannot be reached.

        """
        return self._call("GET", self._settings.api + ACCOUNT, headers={"access_token": access_token})

    def token(self, **form: str) -> dict[str, Any]:
        """Ask for a pair of tokens, with `grant_type` and what belongs to it.

        Raises:
            NothingDone: no token was given; the refresh token is still good.
            NoWord: it may have been used up.

        """
        return self._call(
            "POST",
            self._settings.oauth + TOKEN,
            headers={"secret_key": self._settings.app_secret},
            data={"app_id": self._settings.app_id, **form},
        )

    def close(self) -> None:
        """Give the connections back."""
        if self._client is not None:
            self._client.close()

    def _patience(self) -> httpx.Timeout:
        import httpx

        half = self._timeout / 2
        return httpx.Timeout(self._timeout, connect=half, write=half, pool=half)

    def _call(self, method: str, url: str, **request: Any) -> dict[str, Any]:
        import httpx

        if self._client is None:
            self._client = httpx.Client(timeout=self._patience(), follow_redirects=False)
        try:
            response = self._client.request(method, url, **request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NothingDone(f"cannot be reached ({type(error).__name__})") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoWord(f"no answer ({type(error).__name__})") from error
        return _told(response)


def _told(response: httpx.Response) -> dict[str, Any]:
    if response.status_code == _TOO_MANY:
        raise NothingDone("too many calls", _seconds(response.headers.get("retry-after", "")))
    if response.status_code >= _FAILED and response.status_code != _NOBODY_KNOWS:
        raise NothingDone(f"status {response.status_code}")
    if len(response.content) > MOST_BYTES:
        raise NoWord("an answer of too many bytes")
    try:
        told = response.json()
    except ValueError as error:
        raise NoWord(f"status {response.status_code}, and no JSON") from error
    if not isinstance(told, dict):
        raise NoWord("an answer that is no object")
    return told


def _seconds(told: str) -> float:
    """What Retry-After asks for, within reason."""
    return min(float(told), _LONGEST_WAIT) if told.isascii() and told.isdecimal() else BUSY_SECONDS
