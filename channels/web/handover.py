"""How it stands with a request for an officer: as a page, as JSON for the chat's script, and how to take it back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel

from assistant import wording
from assistant.assistant import now
from assistant.consents import Purpose
from assistant.conversation import Status
from assistant.handover import Handover
from assistant.handover_rows import HandoverState
from assistant.operator_hours import CITY_TIME
from assistant.write.fields import said
from assistant.write.service import moment
from channels.requests import parts
from channels.web.device import conversation_of
from channels.web.display import language_of, seen
from channels.web.rendering import page
from channels.web.words import words_in
from knowledge.procedure import Language

HOME = "/nguoi-that"

router = APIRouter(include_in_schema=False, dependencies=[Depends(seen)])

_LOOK_AGAIN_SECONDS = 30
"""Between two looks of the page without its script."""
_WITHDRAWN = "rut"


class Stand(StrEnum):
    """How far a request has come, as the citizen needs to know it."""

    NONE = "none"
    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


class FromOperator(BaseModel):
    """What an officer wrote into the conversation."""

    id: str
    """Ever larger in the order in which they were written."""
    at: str
    text: str


class Standing(BaseModel):
    """The state of a request for an officer."""

    state: Stand = Stand.NONE
    position: int = 0
    """In the queue, from 1 on; 0 where it does not wait."""
    said: str
    """All of it in a sentence."""
    messages: tuple[FromOperator, ...] = ()
    """What officers wrote, oldest first; empty as long as they cannot write."""


_STANDS = {
    HandoverState.WAITING: Stand.WAITING,
    HandoverState.TAKEN: Stand.TAKEN,
    HandoverState.CLOSED: Stand.CLOSED,
    HandoverState.RETURNED: Stand.CLOSED,
    HandoverState.EXPIRED: Stand.CLOSED,
}


@router.get(f"{HOME}.json")
def standing_json(request: Request) -> Response:
    """The state, for the script of the chat page."""
    standing = _standing(request)
    return JSONResponse(standing.model_dump(mode="json"), headers={"Cache-Control": "no-store"})


@router.get(HOME)
def standing_page(
    request: Request, da: Annotated[str, Query(max_length=8)] = "", dung: Annotated[str, Query(max_length=1)] = ""
) -> Response:
    """The state as a page that looks again by itself, unless that was stopped."""
    standing = _standing(request)
    open_now = standing.state in (Stand.WAITING, Stand.TAKEN)
    again = _LOOK_AGAIN_SECONDS if open_now and not dung else 0
    note = said(Status.PRIVACY_WITHDRAWN, language_of(request)) if da == _WITHDRAWN and not open_now else ""
    shown = page(request, "handover.html", standing=standing, open=open_now, again=again, note=note)
    if again:
        shown.headers["Refresh"] = str(again)
    return shown


@router.post(f"{HOME}/rut")
def withdraw(request: Request) -> Response:
    """Take the request back, and with it the consent: officers can no longer see the conversation."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    if conversation:
        assistant.effects.consents.withdraw(conversation, now(), Purpose.HANDOVER)
    return RedirectResponse(f"{HOME}?da={_WITHDRAWN}", status_code=303)


def _standing(request: Request) -> Standing:
    assistant, language = parts(request), language_of(request)
    conversation = conversation_of(request, assistant)
    entry = assistant.effects.queue.standing(conversation) if conversation else None
    if entry is None:
        return Standing(said=words_in(language).plain("handover.none", hotline=wording.HOTLINE))
    position = assistant.effects.queue.position(entry.conversation)
    return Standing(
        state=_STANDS[entry.state],
        position=position,
        said=_told(entry, position, language),
    )


def _told(entry: Handover, position: int, language: Language) -> str:
    due = datetime.fromisoformat(entry.due).astimezone(CITY_TIME)
    key: str = entry.state
    if entry.state is HandoverState.WAITING and due > now():
        key = "call_back"
    filled = {"position": position, "hotline": wording.HOTLINE, "opens": moment(due, language)}
    return words_in(language).plain(f"handover.{key}", **filled)
