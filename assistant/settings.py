"""Settings, read once from the environment. Every name is listed in `.env.example`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import SettingError


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs."""

    home: Path
    """Where data lives: database, index."""
    database_url: str
    chroma_url: str = ""
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
    """From one address; 0 switches the limit off."""
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
            embedder=environment.get("TROLY_EMBEDDER") or "static",
            embedder_url=environment.get("TROLY_EMBEDDER_URL", ""),
            embedder_key=environment.get("TROLY_EMBEDDER_KEY", ""),
            reranker=environment.get("TROLY_RERANKER", ""),
            reranker_url=environment.get("TROLY_RERANKER_URL", ""),
            reranker_key=environment.get("TROLY_RERANKER_KEY", ""),
            host=environment.get("TROLY_HOST") or "127.0.0.1",
            port=_number(environment, "TROLY_PORT", 8000),
            workers=_number(environment, "TROLY_WORKERS", 1) or 1,
            answers_at_once=_number(environment, "TROLY_ANSWERS_AT_ONCE", 1) or 1,
            questions_a_minute=_number(environment, "TROLY_QUESTIONS_A_MINUTE", 60),
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


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name) or str(default)
    if not value.isdecimal():
        raise SettingError(f"{name}={value} is no number: give a whole number such as {default}, or leave it out.")
    return int(value)
