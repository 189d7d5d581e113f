"""What a device holds for the pages: a cookie with the token of its conversation, and nothing else about a person."""

from __future__ import annotations

from fastapi import Request, Response

from assistant.assistant import Assistant
from assistant.store import RETENTION

COOKIE = "tro_ly"


def conversation_of(request: Request, assistant: Assistant) -> str | None:
    """The conversation of this device."""
    token = request.cookies.get(COOKIE, "")
    return assistant.conversations.find(token) if token else None


def remembering(response: Response, token: str, request: Request) -> Response:
    """The response, with the cookie by which this device finds its conversation again."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(RETENTION.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response
