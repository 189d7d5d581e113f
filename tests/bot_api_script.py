"""What the Bot API of the tests is known by, what goes wrong with it, and what reached its chats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

TOKEN = "1022:tre-xanh-khong-lo-ra-ngoai"
SECRET = "bi-mat-cua-webhook-1022"
BEGUN = 1_795_302_000
"""The date of the first update: 22 November 2026, 06:00 in Da Nang."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call."""

    status: int = 0
    description: str = ""
    retry_after: int = 0
    delivers: bool = False
    """Telegram does it all the same."""
    held: bool = False
    """The answer is held back until `release()`, or until the caller hangs up."""

    @classmethod
    def flood(cls, seconds: int) -> Self:
        """Too many requests."""
        return cls(429, f"Too Many Requests: retry after {seconds}", seconds)

    @classmethod
    def failed(cls) -> Self:
        """Telegram itself broke down, before it did anything."""
        return cls(500, "Internal Server Error")

    @classmethod
    def silent(cls, *, delivers: bool) -> Self:
        """No answer comes, whether it was done or not."""
        return cls(held=True, delivers=delivers)


@dataclass(frozen=True)
class Sent:
    """One message that reached its chat."""

    chat: int
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    document: tuple[str, bytes] | None = None
    topic: int = 0
    buttons: Mapping[str, str] = field(default_factory=dict)
    """By label: its data or URL."""
