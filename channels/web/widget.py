"""The chat for other pages of the city: its script, and which pages may ask."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import wording
from assistant.screen import MOST_CHARACTERS
from assistant.store import RETENTION
from channels.access import from_elsewhere
from channels.feedback import Reason
from channels.requests import Problem
from channels.web.static_files import called, content
from channels.web.words import words_in
from knowledge.procedure import Language

router = APIRouter(include_in_schema=False)

OPEN_TO_PAGES = ("/api/chat", "/api/feedback", "/api/own-data")
"""All that a page elsewhere may call."""

_FOR_GOOD = "public, max-age=31536000, immutable"
_FIVE_MINUTES = "public, max-age=300"
_LEAVE_SECONDS = "600"

_SHARED = {
    "title": "base.site",
    "privacy": "base.privacy",
    "ai": "chat.machine",
    "what": "chat.what",
    "log": "chat.label",
    "label": "chat.question",
    "example": "chat.example",
    "send": "chat.send",
    "you": "turn.asked",
    "offers": "turn.offers",
    "next": "turn.next",
    "code": "turn.code",
    "download": "turn.download",
    "whole": "card.whole",
    "wrong": "feedback.wrong",
    "which": "feedback.which",
    "thanks": "feedback.thanks",
    "looking": "step.act",
    "lost": "asking.lost",
    "late": "asking.late",
    "again": "asking.again",
    "not_kept": "asking.unsent",
}
"""What the widget says as the chat page does."""


@router.api_route("/widget.js", methods=["GET", "HEAD"])
def script(request: Request, v: Annotated[str, Query(max_length=64)] = "") -> Response:
    """The script; kept for good under `?v=` and its version, else looked for again after five minutes."""
    tag = f'"{version()}"'
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": _FOR_GOOD if v == version() else _FIVE_MINUTES,
        "ETag": tag,
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(_source(), media_type="text/javascript", headers=headers)


@cache
def version() -> str:
    """A digest of the script: pages that name it in the address load the script once."""
    return hashlib.sha256(_source().encode()).hexdigest()[:16]


@cache
def _source() -> str:
    config = {
        "words": {language: _words(language) for language in ("vi", "en")},
        "numbers": wording.EMERGENCY_NUMBERS,
        "hotline": wording.HOTLINE,
        "most": MOST_CHARACTERS,
        "css": content("widget.css").decode(),
    }
    return called("widget.js", config, "widget_parts.js")


def _words(language: Language) -> dict[str, object]:
    words = words_in(language)
    return {
        **words.under("widget"),
        **{name: words.plain(key) for name, key in _SHARED.items()},
        "kept": words.plain("chat.kept", days=RETENTION.days),
        "reasons": {reason: words.plain(f"feedback.{reason}") for reason in Reason.complaints()},
    }


class WidgetOrigins:
    """Lets the pages of some origins call what the widget needs, without cookies; pages of all others nothing.

    Around everything else, so that errors can be read by those pages too.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        request = Request(scope) if scope["type"] == "http" and scope["path"] in OPEN_TO_PAGES else None
        if request is None or not from_elsewhere(request):
            await self._app(scope, receive, send)
            return
        origin = request.headers.get("origin", "")
        if origin not in self._origins:
            await _refusal()(scope, receive, send)
        elif request.method == "OPTIONS":
            await Response(status_code=204, headers=_leave(origin))(scope, receive, send)
        else:
            await self._app(scope, receive, _readable(send, origin))


def _readable(send: Send, origin: str) -> Send:
    """Sends so that a page of the origin may read the answer."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = "Retry-After"
            headers.add_vary_header("Origin")
        await send(message)

    return told


def _leave(origin: str) -> dict[str, str]:
    """The answer to a browser that asks whether it may send."""
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": _LEAVE_SECONDS,
        "Vary": "Origin",
    }


def _refusal() -> Response:
    told = Problem(
        code="origin_not_allowed",
        message=words_in("vi").plain("widget.not_allowed"),
        message_en=words_in("en").plain("widget.not_allowed"),
    )
    headers = {"Vary": "Origin", "X-Content-Type-Options": "nosniff"}
    return JSONResponse(told.model_dump(exclude_none=True), status_code=403, headers=headers)
