"""A server that puts sound into words, asked as OpenAI's clients ask theirs. The only door to httpx for it.

POST {url}/audio/transcriptions, multipart: file, model, language, response_format=json → {"text": "…"}

The sound and its words are in memory for the call alone; no log holds them.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from assistant.screen import MOST_CHARACTERS
from channels.messenger.sounds import named
from channels.messenger.transcribing_settings import TranscriberSettings
from knowledge.procedure import Language
from knowledge.text import one_line

if TYPE_CHECKING:
    import httpx

PATH: Final = "/audio/transcriptions"

_ATTEMPTS: Final = 2
_PAUSE: Final = 0.5
"""Seconds before the second attempt, where the server does not say."""
_MOST_BYTES: Final = 64 * 1024
"""Of an answer: a minute of speech is two thousand characters at most."""


class NotTranscribed(Exception):
    """The sound was not put into words; says why, without the words."""


class ServerDown(NotTranscribed):
    """The server cannot be reached, is too slow or broken: other sounds will fare no better now."""


class _Again(ServerDown):
    """Worth another attempt, after so many seconds."""

    def __init__(self, why: str, seconds: float) -> None:
        super().__init__(why)
        self.seconds = seconds


class Transcriber:
    """Asks the server. Safe to share between threads; connections are kept."""

    def __init__(
        self,
        settings: TranscriberSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        import httpx

        for name in ("httpx", "httpcore"):  # a line for every request says nothing
            logging.getLogger(name).setLevel(logging.WARNING)
        self.settings = settings
        self._clock, self._sleep = clock, sleep
        key = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
        # What is packed may be any size when it is opened.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", **key}
        self._http = httpx.Client(headers=headers, follow_redirects=False)

    def transcript(self, sound: bytes, language: Language, seconds: float) -> str:
        """The words of a sound, on one line, within so many seconds in all.

        Raises:
            NotTranscribed: there are none, or more than any question has.
            ServerDown: no usable answer, after two attempts where the server asked for patience.

        """
        until = self._clock() + seconds
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._asked(sound, language, until)
            except _Again as again:
                if self._clock() + again.seconds >= until:
                    raise
                self._sleep(again.seconds)
        return self._asked(sound, language, until)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def _asked(self, sound: bytes, language: Language, until: float) -> str:
        import httpx

        left = until - self._clock()
        if left <= 0:
            raise ServerDown("no time is left")
        name, kind = named(sound)
        fields = {"model": self.settings.model, "language": language, "response_format": "json"}
        url, files = self.settings.url + PATH, {"file": (name, sound, kind)}
        try:
            with self._http.stream("POST", url, data=fields, files=files, timeout=left) as response:
                _judge(response)
                return _words(self._read(response, until))
        except httpx.TimeoutException as error:
            raise ServerDown("no answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServerDown(f"no answer ({type(error).__name__})") from error

    def _read(self, response: httpx.Response, until: float) -> bytes:
        body = bytearray()
        for part in response.iter_raw():
            body += part
            if len(body) > _MOST_BYTES:
                raise NotTranscribed("an answer of too many bytes")
            if self._clock() > until:
                raise ServerDown("an answer that does not end")
        return bytes(body)


def _judge(response: httpx.Response) -> None:
    status = response.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _Again(f"status {status}", _seconds(response.headers.get("retry-after", "")))
    if status in (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY):
        raise NotTranscribed(f"status {status}: this sound is not taken")
    if status != HTTPStatus.OK:
        raise ServerDown(f"status {status}: check TROLY_TRANSCRIBER_URL, TROLY_TRANSCRIBER_KEY and …_MODEL")


def _words(body: bytes) -> str:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotTranscribed(f"{len(body)} bytes that are no JSON") from error
    text = told.get("text") if isinstance(told, dict) else None
    if not isinstance(text, str):
        raise NotTranscribed("an answer without text")
    words = one_line(text.encode(errors="ignore").decode())  # half an emoji would be refused by the database
    if not any(map(str.isalnum, words)):
        raise NotTranscribed("no words")
    if len(words) > MOST_CHARACTERS:  # a model that hears silence may say the same word for ever
        raise NotTranscribed("too many words")
    return words


def _seconds(told: str) -> float:
    return float(told) if told.isascii() and told.isdecimal() else _PAUSE
