"""What can go wrong when Telegram is called.

ApiError
├── NothingDone   not reached, or asked for patience: nothing was done
├── NoWord        the line went dead: nobody knows whether it was done
├── NotTaken      Telegram does not take it, and never will
└── PersonGone    blocked, or the chat is no more
"""

from __future__ import annotations

from assistant.errors import AssistantError


class ApiError(AssistantError):
    """Telegram did not do what it was asked; says what it said, without the token."""


class NothingDone(ApiError):
    """Telegram did nothing, and may be asked again after so many seconds."""

    def __init__(self, why: str, seconds: float = 5.0) -> None:
        super().__init__(why)
        self.seconds = seconds


class NoWord(ApiError):
    """Whether Telegram did it cannot be known."""


class NotTaken(ApiError):
    """Telegram will never take it."""


class PersonGone(ApiError):
    """There is nobody to send to any more."""
