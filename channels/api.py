"""The JSON API: the same answers as the page, for other programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from assistant.assistant import now
from assistant.conversation import Answer, Status
from assistant.write.fields import said
from channels.requests import Problem, begin, known, parts, problem
from knowledge import export_jsonld
from knowledge.errors import KnowledgeError
from knowledge.procedure import Procedure

router = APIRouter(prefix="/api", tags=["assistant"])
health = APIRouter(tags=["health"])

_BAD_INPUT = {Status.CLARIFICATION_EMPTY: 422, Status.REFUSED_TOO_LONG: 413, Status.UNANSWERABLE_SCRIPT: 422}
"""Answers that say the question itself was unusable, and the HTTP status that says so too."""


class ChatIn(BaseModel):
    """A message."""

    text: str = Field(description="What the person said, up to 2,000 characters")
    conversation: str = Field(default="", max_length=64, description="The token of the conversation to go on with")
    about: str = Field(default="", max_length=8, description="The code of the procedure a button belongs to")


class ChatOut(BaseModel):
    """An answer, and the token to go on with."""

    conversation: str
    turn: str
    text: str
    ms: int
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
    """«This was wrong»."""

    conversation: str = Field(max_length=64)
    turn: str = Field(max_length=36)
    reason: Literal["wrong_procedure", "wrong_fact", "unclear", "incomplete", "other"]
    comment: str = Field(default="", max_length=1_000)


@router.post(
    "/chat",
    response_model=ChatOut,
    responses={413: {"model": Problem}, 422: {"model": Problem}, 429: {"model": Problem}},
)
def chat(message: ChatIn, request: Request) -> Response:
    """Ask a question. Leave `conversation` empty to begin one."""
    assistant, token = parts(request), message.conversation
    turn, token = begin(assistant, token, message.text, message.about, channel="api", request=request)
    reply = assistant.reply(turn)
    if reply.answer.status in _BAD_INPUT:
        status = reply.answer.status
        raise problem(_BAD_INPUT[status], status, said(status, "vi"), said(status, "en"))
    out = ChatOut(conversation=token, turn=reply.turn, text=reply.answer.text, ms=reply.ms, answer=reply.answer)
    # Written at once: FastAPI would take the answer apart and check it a second time.
    return Response(out.model_dump_json(), media_type="application/json")


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
    """Say that an answer was wrong."""
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
