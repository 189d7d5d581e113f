"""How Telegram is reached. Secrets come from the environment alone."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from assistant.errors import SettingError

API = "https://api.telegram.org"

_TOKEN = re.compile(r"(\d{3,20}):[\w-]{8,100}", re.ASCII)
_SECRET = re.compile(r"[\w-]{16,256}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """The bot that speaks for the assistant."""

    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    """What Telegram has to say with every update that it brings; empty: none is taken over HTTP."""
    api: str = API
    """The Bot API server."""

    @property
    def bot(self) -> int:
        """The id of the bot: the token begins with it."""
        return int(self.token.partition(":")[0])

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """The settings that `TROLY_TELEGRAM_*` give; None where there is no bot.

        Raises:
            SettingError: a value cannot be right. The message does not repeat it: it is a secret.

        """
        token, secret, api = (environment.get(f"TROLY_TELEGRAM_{name}", "").strip() for name in _NAMES)
        if not token:
            return None
        if not _TOKEN.fullmatch(token):
            raise SettingError("TROLY_TELEGRAM_TOKEN is no token: it looks like 123456:AbC-…, as BotFather gave it.")
        if secret and not _SECRET.fullmatch(secret):
            raise SettingError("TROLY_TELEGRAM_SECRET has to be 16 to 256 letters, digits, - or _: make one by chance.")
        return cls(token, secret, _address(api or API))


_NAMES = ("TOKEN", "SECRET", "API")


def _address(told: str) -> str:
    parts = urlsplit(told)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError("TROLY_TELEGRAM_API is no address: leave it out, or give one such as http://localhost:8081.")
    return told.rstrip("/")
