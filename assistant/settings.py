"""Settings, read once from the environment. Every name is listed in `.env.example`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import SettingError

_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::(?!80$|443$)\d{1,5})?")
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs."""

    home: Path
    """Where data lives: database, index."""
    database_url: str
    chroma_url: str = ""
    redis_url: str = field(default="", repr=False)
    """Where questions are counted for all processes together; empty: each counts by itself."""
    embedder: str = "static"
    embedder_url: str = ""
    """The server that `openai:` embedders are asked of."""
    embedder_key: str = field(default="", repr=False)
    reranker: str = ""
    """The model that looks at hits a second time; empty: none."""
    reranker_url: str = ""
    reranker_key: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    """Processes that answer: one for each core is the most that helps."""
    answers_at_once: int = 1
    """In one process; the others wait in order. More threads only take the interpreter from each other, unless they wait
    for something outside: a distant database, a language model."""
    questions_a_minute: int = 60
    """From one address; 0 switches this and the next three limits off."""
    questions_a_minute_each: int = 20
    """Of one person: one conversation, or one account of a messenger."""
    questions_a_minute_channel: int = 1_800
    """Of one channel, so that the others are still answered."""
    waiting_of_one_address: int = 16
    """Questions of one address that wait or are answered at once; others there are asked to come back."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies whose word on where a request comes from is believed."""
    widget_origins: tuple[str, ...] = ()
    """The pages that may embed the widget, by origin: `https://danang.gov.vn`."""
    public_url: str = ""
    """Where citizens reach our pages, for links in messengers; empty: none are given."""
    portal_url: str = ""
    """The national portal that `catalogue sync` reads; empty: it has to be named."""
    portal_requests_a_second: int = 2
    portal_timeout: int = 30
    """Seconds to wait for the portal's next word."""

    @property
    def templates(self) -> Path:
        """Where Word templates that staff laid out anew are: one a form, by its id."""
        return self.home / "forms"

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that `TROLY_*` variables give.

        Raises:
            SettingError: a value cannot be read.

        """
        home = Path(environment.get("TROLY_HOME") or "var").expanduser().absolute()
        return cls(
            home=home,
            database_url=_database_url(environment.get("TROLY_DATABASE_URL") or f"sqlite:///{home / 'tro-ly.db'}"),
            chroma_url=environment.get("TROLY_CHROMA_URL", ""),
            redis_url=_redis_url(environment, "TROLY_REDIS_URL"),
            embedder=environment.get("TROLY_EMBEDDER") or "static",
            embedder_url=environment.get("TROLY_EMBEDDER_URL", ""),
            embedder_key=environment.get("TROLY_EMBEDDER_KEY", ""),
            reranker=environment.get("TROLY_RERANKER", ""),
            reranker_url=environment.get("TROLY_RERANKER_URL", ""),
            reranker_key=environment.get("TROLY_RERANKER_KEY", ""),
            host=environment.get("TROLY_HOST") or "127.0.0.1",
            port=_port(environment, "TROLY_PORT", 8000),
            workers=_number(environment, "TROLY_WORKERS", 1) or 1,
            answers_at_once=_number(environment, "TROLY_ANSWERS_AT_ONCE", 1) or 1,
            questions_a_minute=_number(environment, "TROLY_QUESTIONS_A_MINUTE", 60),
            questions_a_minute_each=_number(environment, "TROLY_QUESTIONS_A_MINUTE_EACH", 20),
            questions_a_minute_channel=_number(environment, "TROLY_QUESTIONS_A_MINUTE_CHANNEL", 1_800),
            waiting_of_one_address=_number(environment, "TROLY_WAITING_OF_ONE_ADDRESS", 16),
            trusted_proxies=_networks(environment, "TROLY_TRUSTED_PROXIES"),
            widget_origins=_origins(environment, "TROLY_WIDGET_ORIGINS"),
            public_url=environment.get("TROLY_PUBLIC_URL", "").rstrip("/"),
            portal_url=environment.get("TROLY_PORTAL_URL", ""),
            portal_requests_a_second=_number(environment, "TROLY_PORTAL_REQUESTS_A_SECOND", 2) or 1,
            portal_timeout=_number(environment, "TROLY_PORTAL_TIMEOUT", 30) or 30,
        )


def _database_url(url: str) -> str:
    """PostgreSQL is spoken to through psycopg 3, however the URL is spelt."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _redis_url(environment: Mapping[str, str], name: str) -> str:
    """The address as it is written; it may hold a password, and is not repeated."""
    url = environment.get(name, "").strip()
    try:
        parts = urlsplit(url)
        is_address = (parts.hostname and parts.scheme in ("redis", "rediss") and parts.port != 0) or (
            parts.path and parts.scheme == "unix"
        )
    except ValueError:
        is_address = False
    if url and not is_address:
        raise SettingError(f"{name} is no address of Redis: give one such as redis://:PASSWORD@host:6379/0.")
    return url


def _networks(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Addresses and networks with commas between; «*» is none, as anybody's word would be believed then."""
    given = tuple(part.strip() for part in environment.get(name, "").split(",") if part.strip())
    for part in given:
        try:
            ip_network(part)
        except ValueError as error:
            raise SettingError(
                f"{name}: {part} is no address: give addresses or networks such as 10.0.0.7, 10.1.0.0/24."
            ) from error
    return given


def _origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Origins with commas between, as browsers write them; «*» is none."""
    given = tuple(part.strip().rstrip("/").lower() for part in environment.get(name, "").split(",") if part.strip())
    for part in given:
        if not _ORIGIN.fullmatch(part):
            raise SettingError(
                f"{name}: {part} is no origin: give scheme and host such as https://danang.gov.vn, "
                "a port only where it is not the usual one, and no path."
            )
    return given


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    port = _number(environment, name, default)
    if port > _LAST_PORT:
        raise SettingError(f"{name}={port} is no port: give a whole number up to {_LAST_PORT}, or leave it out.")
    return port


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name) or str(default)
    if not value.isdecimal():
        raise SettingError(f"{name}={value} is no number: give a whole number such as {default}, or leave it out.")
    return int(value)
