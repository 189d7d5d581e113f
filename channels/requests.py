"""What every door over HTTP shares: the assistant it serves, a turn within limits, errors in both languages."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException, Request
from pydantic import BaseModel

from assistant.assistant import Assistant, now
from assistant.conversation import Turn
from channels.access import RateLimit, address_of
from knowledge.errors import UnknownProcedure
from knowledge.procedure import Procedure
from knowledge.sources.official import national_code


class Problem(BaseModel):
    """What went wrong, in both languages."""

    code: str
    message: str
    message_en: str
    detail: Any = None


def parts(request: Request) -> Assistant:
    """The assistant that this app serves."""
    assistant: Assistant = request.app.state.assistant
    return assistant


def begin(
    assistant: Assistant, token: str, text: str, about: str, *, channel: str, request: Request
) -> tuple[Turn, str]:
    """The turn of a message, in the conversation its token reaches or in a new one; within the rate limit."""
    limit: RateLimit = request.app.state.limit
    wait = limit.wait(address_of(request))
    if wait:
        raise problem(
            429,
            "too_many",
            f"Anh/chị hỏi hơi nhanh, xin đợi {wait} giây rồi gửi lại.",
            f"Too many questions; please wait {wait} seconds and send it again.",
            headers={"Retry-After": str(wait)},
        )
    at = now()
    identity = assistant.conversations.find(token) if token else None
    first = identity is None
    if identity is None:
        identity, token = assistant.conversations.open(channel, at)
    return Turn(conversation=identity, text=text, at=at, channel=channel, about=about, first=first), token


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
