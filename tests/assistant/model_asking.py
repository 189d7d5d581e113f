"""What tests of the door to language models ask, in words and as data, and what they read off a turn."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from assistant.model import Deadline, Models
from tests.model_server import ModelServer, Script, StillTime

SECRET = "Nguyễn Thị Tre hỏi về khai sinh"
"""What a citizen says: look for it wherever it must not be."""
ASK = [("system", "Bạn là trợ lý."), ("user", SECRET)]
MODEL = "openai:tre-1"


class Plan(BaseModel):
    """What is asked for as data."""

    action: Literal["ask", "office"]
    subject: str


PLAN = Plan(action="ask", subject="khai sinh")
GOOD = Script.good({"action": "ask", "subject": "khai sinh"})


def with_fallback(server: ModelServer, other: ModelServer, time: StillTime, **more: Any) -> Models:
    """The first server's model, and the other's where it does not answer."""
    return server.models(clock=time.clock(), TROLY_MODEL_FALLBACKS=f"openai:tre-2@{other.url}", **more)


def outcomes(deadline: Deadline) -> list[tuple[str, str]]:
    """Which model was called in a turn and how it went, in order."""
    return [(usage.model, usage.outcome.value) for usage in deadline.calls.made]
