"""The JSON API: the same answers as the page, for other programs."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from assistant.assistant import Assistant, Reply, now
from assistant.conversation import Answer, Memory, Status, Turn
from assistant.write.fields import said
from assistant.write.form import form_view
from channels.feedback import Reason
from channels.once import KEY, alone
from channels.requests import Problem, begin, in_line, known, parts, problem
from knowledge import export_jsonld
from knowledge.errors import KnowledgeError
from knowledge.procedure import Procedure

router = APIRouter(prefix="/api", tags=["assistant"])
health = APIRouter(tags=["health"])

_BAD_INPUT = {Status.CLARIFICATION_EMPTY: 422, Status.REFUSED_TOO_LONG: 413, Status.UNANSWERABLE_SCRIPT: 422}
"""Answers that say the question itself was unusable, and the HTTP status that says so too."""

_OWN: Final = r"[A-Za-z0-9_-]{43}"
"""A token made by whoever asks; those made here are shorter."""


class ChatIn(BaseModel):
    """A message."""

    text: str = Field(description="What the person said, up to 2,000 characters")
    conversation: str = Field(
        default="",
        max_length=64,
        description=(
            "The token of the conversation to go on with. To be able to send a first question again under its key, "
            "begin with a token of your own: 256 random bits in base64url, 43 characters. It is a secret."
        ),
    )
    about: str = Field(default="", max_length=8, description="The code of the procedure a button belongs to")
    key: str = Field(
        default="",
        pattern=rf"^({KEY})?$",
        description=(
            "A random UUID of your own for this question. Sent again in the same conversation, for example after a lost "
            "connection, it is not asked anew: the answer that was kept comes back. In another conversation it means nothing."
        ),
    )


class ChatOut(BaseModel):
    """An answer, and the token to go on with."""

    conversation: str
    turn: str = Field(description="Under what the answer was kept: the key, where there was one")
    text: str
    ms: int = Field(description="How long it took; 0 for an answer that was kept")
    answer: Answer


class ProcedureRow(BaseModel):
    """One line of the list."""

    code: str
    name: str


class ProcedureList(BaseModel):
    """One page of the list of procedures that apply in Da Nang."""

    total: int
    items: list[ProcedureRow]


class SearchHit(BaseModel):
    """One procedure found."""

    code: str
    name: str
    score: float


class SearchOut(BaseModel):
    """What a search found, best first."""

    confidence: float
    hits: list[SearchHit]


class LinkedData(JSONResponse):
    """JSON-LD."""

    media_type = export_jsonld.MEDIA_TYPE


class FeedbackIn(BaseModel):
    """What somebody says of an answer."""

    conversation: str = Field(max_length=64)
    turn: str = Field(max_length=36)
    reason: Reason
    comment: str = Field(default="", max_length=1_000)


class OwnDataIn(BaseModel):
    """Whose data."""

    conversation: str = Field(max_length=64, description="The token of the conversation")


@router.post(
    "/chat",
    dependencies=[Depends(in_line)],
    response_model=ChatOut,
    responses={413: {"model": Problem}, 422: {"model": Problem}, 429: {"model": Problem}},
)
async def chat(message: ChatIn, request: Request) -> Response:
    """Ask a question. Leave `conversation` empty to begin one."""
    async with alone(message.key):
        return await run_in_threadpool(_answered, message, request)


def _answered(message: ChatIn, request: Request) -> Response:
    assistant, token = parts(request), message.conversation
    own = token if re.fullmatch(_OWN, token) else ""
    turn, token = begin(
        assistant, token, message.text, message.about, channel=_channel(request), request=request, proposed=own
    )
    reply = _reply(assistant, turn, message.key)
    if reply.answer.status in _BAD_INPUT:
        status = reply.answer.status
        raise problem(_BAD_INPUT[status], status, said(status, "vi"), said(status, "en"))
    answer = _with_link(reply.answer, turn, request)
    out = ChatOut(conversation=token, turn=reply.turn, text=answer.text, ms=reply.ms, answer=answer)
    # Written at once: FastAPI would take the answer apart and check it a second time.
    return Response(out.model_dump_json(), media_type="application/json")


def _channel(request: Request) -> str:
    """By which of two names a message is counted: browsers name the page that sends it, and only the widget has pages."""
    return "widget" if "origin" in request.headers else "api"


def _reply(assistant: Assistant, turn: Turn, key: str) -> Reply:
    """The reply to a turn; the one that was kept, where its conversation had one under the key."""
    owner = assistant.conversations.owner(key) if key else None
    if owner != turn.conversation:
        return assistant.reply(turn.model_copy(update={"key": "" if owner else key}))
    answer = assistant.conversations.turn(key).answer
    memory = Memory(filling=assistant.effects.forms.of(turn.conversation, turn.at))
    view = form_view(memory, answer.status, answer.language)
    return Reply(answer.model_copy(update={"form": view}), key, 0, memory)


def _with_link(answer: Answer, turn: Turn, request: Request) -> Answer:
    """A form that is done comes with its private link: the page behind it hands out what JSON cannot."""
    store = parts(request).effects.forms
    filling = store.of(turn.conversation, turn.at) if answer.status is Status.FORM_READY else None
    if filling is None or answer.form is None:
        return answer
    address = str(request.url_for("form_page", link=store.link(filling.id)))
    return answer.model_copy(update={"form": answer.form.model_copy(update={"link": address})})


@router.post("/own-data", responses={404: {"model": Problem}})
def own_data(whose: OwnDataIn, request: Request, response: Response) -> dict[str, Any]:
    """Everything that is held about a conversation, for the citizen whose it is."""
    assistant = parts(request)
    conversation = assistant.conversations.find(whose.conversation)
    if conversation is None:
        raise problem(
            404,
            "no_such_conversation",
            "Không còn giữ gì của cuộc trò chuyện này.",
            "Nothing is kept of this conversation.",
        )
    response.headers["Cache-Control"] = "no-store"
    return assistant.effects.held(conversation)


@router.get("/procedures")
def procedures(
    request: Request,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ProcedureList:
    """The procedures that apply in Da Nang, by code."""
    total, page = parts(request).catalogue.store.listing(offset, limit)
    return ProcedureList(total=total, items=[ProcedureRow(code=code, name=name) for code, name in page])


@router.get("/procedures/{code}.jsonld", response_class=LinkedData, responses={404: {"model": Problem}})
def procedure_as_linked_data(code: str, request: Request) -> LinkedData:
    """One procedure as a Schema.org GovernmentService with CPSV-AP terms; what is unknown is absent."""
    return LinkedData(export_jsonld.document(known(parts(request), code)))


@router.get("/procedures/{code}", responses={404: {"model": Problem}})
def procedure(code: str, request: Request) -> Procedure:
    """One procedure, with every field, its sources and the layer that tells it."""
    return known(parts(request), code)


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=2_000)],
    k: Annotated[int, Query(ge=1, le=50)] = 10,
) -> SearchOut:
    """Find procedures in everyday words."""
    catalogue = parts(request).catalogue
    result = catalogue.search(q, k)
    found = catalogue.many(result.codes)
    hits = [SearchHit(code=h.code, name=found[h.code].title.vi, score=h.score) for h in result.hits if h.code in found]
    return SearchOut(confidence=result.confidence, hits=hits)


@router.post("/feedback", status_code=204, responses={404: {"model": Problem}})
def feedback(complaint: FeedbackIn, request: Request) -> None:
    """Say that an answer was right, or why it was not."""
    conversations = parts(request).conversations
    owner = conversations.find(complaint.conversation)
    kept = owner and conversations.complain(owner, complaint.turn, complaint.reason, complaint.comment, now())
    if not kept:
        raise problem(404, "no_such_turn", "Không có câu trả lời này.", "There is no such answer.")


@health.head("/healthz", include_in_schema=False)
@health.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process is up: answered without waiting for any question."""
    return {"status": "ok"}


@health.head("/readyz", include_in_schema=False)
@health.get("/readyz")
def readyz(request: Request) -> dict[str, Any]:
    """Questions can be answered: database and index are there."""
    catalogue = parts(request).catalogue
    try:
        total, _ = catalogue.store.listing(0, 1)
    except KnowledgeError as error:
        raise problem(503, "not_ready", "Chưa sẵn sàng.", f"Not ready: {error}") from error
    return {"status": "ready", "procedures": total, "index": catalogue.build}
