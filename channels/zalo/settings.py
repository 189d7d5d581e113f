"""How the Zalo Official Account is reached. Secrets come from the environment alone."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self
from urllib.parse import urlsplit

from assistant.errors import SettingError

API = "https://openapi.zalo.me"
OAUTH = "https://oauth.zaloapp.com"
WINDOW_HOURS = 48
SOUND_HOSTS = (".zdn.vn", ".zadn.vn", ".zalo.me", ".zaloapp.com")
"""Domains of Zalo. That people's files lie under zdn.vn is seen in addresses that others published; Zalo documents none
of it, so that this is a guess: what is fetched from elsewhere is logged as refused."""

_HOST = re.compile(r"(?:\.[a-z0-9-]+){2,}|https?://[a-z0-9.-]+(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class ZaloSettings:
    """The application and the account that it speaks for."""

    app_id: str
    app_secret: str = field(repr=False)
    """Proves to Zalo that a new token is asked for by us."""
    oa_secret: str = field(repr=False)
    """Signs the webhooks; not the same as `app_secret`."""
    refresh_token: str = field(default="", repr=False)
    """The first one; Zalo takes it once, all later ones are in the database."""
    window: timedelta = timedelta(hours=WINDOW_HOURS)
    """So long after a citizen's last message the account may answer."""
    api: str = API
    oauth: str = OAUTH
    verifier: str = ""
    """What Zalo wants to see under /zalo_verifier….html before it believes that the domain is ours."""
    sound_hosts: tuple[str, ...] = SOUND_HOSTS
    """From where voice messages are fetched: `.zdn.vn` is every host whose name ends so, over https; `http://127.0.0.1:90`
    this one alone."""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """The settings that `TROLY_ZALO_*` give; None where there is no application.

        Raises:
            SettingError: a secret is missing, or a value cannot be read.

        """
        told = {name: environment.get(f"TROLY_ZALO_{name}", "").strip() for name in _NAMES}
        if not told["APP_ID"]:
            return None
        missing = [f"TROLY_ZALO_{name}" for name in ("APP_SECRET", "OA_SECRET") if not told[name]]
        if missing:
            raise SettingError(f"TROLY_ZALO_APP_ID is set: set {' and '.join(missing)} too.")
        return cls(
            app_id=told["APP_ID"],
            app_secret=told["APP_SECRET"],
            oa_secret=told["OA_SECRET"],
            refresh_token=told["REFRESH_TOKEN"],
            window=_hours(told["WINDOW_HOURS"]),
            api=_address("API", told["API"] or API),
            oauth=_address("OAUTH", told["OAUTH"] or OAUTH),
            verifier=told["VERIFIER"],
            sound_hosts=_hosts(told["SOUND_HOSTS"]),
        )


_NAMES = (
    "APP_ID",
    "APP_SECRET",
    "OA_SECRET",
    "REFRESH_TOKEN",
    "WINDOW_HOURS",
    "API",
    "OAUTH",
    "VERIFIER",
    "SOUND_HOSTS",
)


def _hours(told: str) -> timedelta:
    told = told or str(WINDOW_HOURS)
    if not (told.isascii() and told.isdecimal() and 0 < int(told) <= 24 * 365):
        raise SettingError(
            f"TROLY_ZALO_WINDOW_HOURS={told} is no number of hours: give one from 1 on, or leave it out ({WINDOW_HOURS})."
        )
    return timedelta(hours=int(told))


def _hosts(told: str) -> tuple[str, ...]:
    hosts = tuple(part.strip().rstrip("/").lower() for part in told.split(",") if part.strip())
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise SettingError(
                f"TROLY_ZALO_SOUND_HOSTS: {host} is no host: give ends of names such as .zdn.vn, or whole origins."
            )
    return hosts or SOUND_HOSTS


def _address(name: str, told: str) -> str:
    parts = urlsplit(told)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError(f"TROLY_ZALO_{name} is no address: leave it out, or give one such as https://host.")
    return told.rstrip("/")
