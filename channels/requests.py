"""What every door over HTTP shares: the assistant it serves, a turn within limits, errors in both languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from fastapi import HTTPException, Request
from pydantic import BaseModel

from assistant.assistant import Assistant, now
from assistant.conversation import Turn
from assistant.screen import emergency
from channels.access import address_of
from channels.fairness import Limits, Places, asked_to_wait, seconds_to_wait
from knowledge.errors import UnknownProcedure
from knowledge.procedure import Procedure, Text
from knowledge.sources.official import national_code
from knowledge.speech import is_english

_CROWDED_SECONDS = 5
"""In so many seconds a process answers far more than one address may have waiting."""


class Problem(BaseModel):
    """What went wrong, in both languages."""

    code: str
    message: str
    message_en: str
    detail: Any = None


class TooMany(HTTPException):
    """Somebody has to wait before they ask; what they asked is kept, so that they need not write it again."""

    def __init__(self, wait: int, said: Text, text: str, about: str = "") -> None:
        told = Problem(code="too_many", message=said.vi, message_en=said.en)
        super().__init__(429, detail=told.model_dump(exclude_none=True), headers={"Retry-After": str(wait)})
        self.said, self.text, self.about = said, text, about
        self.english = is_english(text)


def parts(request: Request) -> Assistant:
    """The assistant that this app serves."""
    assistant: Assistant = request.app.state.assistant
    return assistant


async def in_line(request: Request) -> AsyncIterator[None]:
    """One of the places that an address has among those who wait, held until the answer is sent.

    Raises:
        TooMany: it has no more, and the message tells of no danger.

    """
    places: Places = request.app.state.places
    address = address_of(request)
    if not places.enter(address):
        text, about = await _asked(request)
        if not emergency(text):
            raise TooMany(_CROWDED_SECONDS, asked_to_wait(_CROWDED_SECONDS, crowded=True), text, about)
        places.enter(address, urgent=True)
    try:
        yield
    finally:
        places.leave(address)


def begin(
    assistant: Assistant, token: str, text: str, about: str, *, channel: str, request: Request, proposed: str = ""
) -> tuple[Turn, str]:
    """The turn of a message, in the conversation its token reaches or in a new one, under a token that was proposed.

    Raises:
        TooMany: not now, unless it tells of a danger.

    """
    identity = assistant.conversations.find(token) if token else None
    limits: Limits = request.app.state.limits
    wait = seconds_to_wait(limits, text, person=identity or "", address=address_of(request), channel=channel)
    if wait:
        raise TooMany(wait, asked_to_wait(wait), text, about)
    at = now()
    first = identity is None
    if identity is None:
        identity, token = assistant.conversations.open(channel, at, proposed)
    return Turn(conversation=identity, text=text, at=at, channel=channel, about=about, first=first), token


async def _asked(request: Request) -> tuple[str, str]:
    """The text of a question that was sent, and what its button belongs to, as a form or as JSON."""
    # The framework has read the body before: this reads what it keeps.
    is_json = "json" in request.headers.get("content-type", "")
    sent: Any = await request.json() if is_json else await request.form()
    text, about = (sent.get(name) for name in ("text", "about")) if hasattr(sent, "get") else ("", "")
    return text if isinstance(text, str) else "", about if isinstance(about, str) else ""


def known(assistant: Assistant, code: str) -> Procedure:
    """The procedure under a code; 404 where there is none, or another province's."""
    try:
        found = assistant.catalogue.get(national_code(code.strip().upper()) or code)
    except UnknownProcedure:
        found = None
    if found is None or not found.applies_in_da_nang:
        raise problem(
            404, "no_such_procedure", f"Không có thủ tục mã {code[:40]}.", f"No procedure has the code {code[:40]}."
        )
    return found


def problem(
    status: int, code: str, message: str, message_en: str = "", *, headers: dict[str, str] | None = None
) -> HTTPException:
    """An error that says what to do, in both languages."""
    told = Problem(code=code, message=message, message_en=message_en or message)
    return HTTPException(status, detail=told.model_dump(exclude_none=True), headers=headers)
