"""Which server puts voice messages into words. Secrets come from the environment alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from assistant.errors import SettingError

TIMEOUT = 15
LONGEST = 60
_MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class TranscriberSettings:
    """The server and how long it is waited for."""

    url: str
    """Its base, such as http://localhost:8002/v1."""
    model: str
    key: str = field(default="", repr=False)
    timeout: float = TIMEOUT
    """Seconds for one voice message in all, from fetching it to its words: the person waits for so long."""
    longest: int = LONGEST
    """Seconds of speech that are listened to."""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """The settings that `TROLY_TRANSCRIBER_*` give; None where voice messages are not listened to.

        Raises:
            SettingError: a value cannot be right, or the model is missing.

        """
        url, model, key, timeout, longest = (environment.get(name, "").strip() for name in NAMES)
        if not url:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingError(
                "TROLY_TRANSCRIBER_URL is no address: give one such as http://localhost:8002/v1, or leave it out."
            )
        if not model:
            raise SettingError("TROLY_TRANSCRIBER_URL is set: set TROLY_TRANSCRIBER_MODEL too.")
        if not (key.isascii() and key.isprintable()):
            raise SettingError("TROLY_TRANSCRIBER_KEY holds what no key does: give it as the server's owner gave it.")
        return cls(
            url.rstrip("/"), model, key, _seconds(NAMES[3], timeout, TIMEOUT), _seconds(NAMES[4], longest, LONGEST)
        )


NAMES = (
    "TROLY_TRANSCRIBER_URL",
    "TROLY_TRANSCRIBER_MODEL",
    "TROLY_TRANSCRIBER_KEY",
    "TROLY_TRANSCRIBER_TIMEOUT",
    "TROLY_TRANSCRIBER_SECONDS",
)


def _seconds(name: str, told: str, default: int) -> int:
    told = told or str(default)
    if not (told.isascii() and told.isdecimal() and 0 < int(told) <= _MOST_SECONDS):
        raise SettingError(
            f"{name}={told} is no number of seconds: give one from 1 to {_MOST_SECONDS}, or leave it out ({default})."
        )
    return int(told)
