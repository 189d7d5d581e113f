"""The pages: chat, procedure, search, privacy. They work without JavaScript; with it, answers come without reloading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from assistant.assistant import Assistant, now
from assistant.conversation import FormView, Memory, Status
from assistant.store import PastTurn
from assistant.write.fields import said, tell
from assistant.write.form import form_view
from channels.feedback import Reason
from channels.once import read_key
from channels.requests import begin, in_line, known, parts
from channels.web.asking import streamed
from channels.web.device import COOKIE, conversation_of, remembering
from channels.web.display import language_of, seen
from channels.web.rendering import message, page, rendered, turn_html
from channels.web.static_files import STATIC
from channels.web.words import words_in
from knowledge.events import events
from knowledge.procedure import Language, Section
from knowledge.speech import is_english

__all__ = ["COOKIE", "STATIC", "conversation_of", "message", "page", "remembering", "rendered", "router"]

router = APIRouter(include_in_schema=False, dependencies=[Depends(seen)])

DELETED = "xoa"
"""What an address says was done."""

FIRST_EVENTS = (
    "birth",
    "marriage",
    "moving-house",
    "losing-papers",
    "household-business",
    "buying-a-house",
    "school-entry",
    "death",
)
"""The life events offered on the first screen: those that most households meet."""

_PAGE_SECTIONS = (
    Section.AUDIENCE,
    Section.PAPERS,
    Section.FEE,
    Section.TIME,
    Section.WHERE,
    Section.STEPS,
    Section.ONLINE,
    Section.CONDITIONS,
    Section.RESULT,
    Section.FORMS,
    Section.LEGAL_BASIS,
)


@router.api_route("/", methods=["GET", "HEAD"])
def chat_page(request: Request, da: Annotated[str, Query(max_length=16)] = "") -> Response:
    """The chat, with what was said before on this device; `da=xoa`: that all of it was deleted."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    turns = assistant.conversations.turns(conversation) if conversation else []
    form = _form(assistant, conversation, turns, language_of(request)) if conversation else None
    deleted = said(Status.PRIVACY_DELETED, language_of(request)) if da == DELETED and not turns else ""
    first = [events()[name] for name in FIRST_EVENTS]
    return page(request, "chat.html", turns=turns, events=first, view=form, deleted=deleted)


@router.post("/hoi", dependencies=[Depends(in_line)])
def ask(
    request: Request, text: Annotated[str, Form()] = "", about: Annotated[str, Form(max_length=8)] = ""
) -> Response:
    """Answer a form that was sent without JavaScript, and show the page again."""
    assistant = parts(request)
    turn, token = begin(assistant, request.cookies.get(COOKIE, ""), text, about, channel="web", request=request)
    assistant.reply(turn)
    return remembering(RedirectResponse("/#moi-nhat", status_code=303), token, request)


@router.post("/hoi/truc-tiep", dependencies=[Depends(in_line)])
def ask_streaming(
    request: Request,
    text: Annotated[str, Form()] = "",
    about: Annotated[str, Form(max_length=8)] = "",
    key: Annotated[str, Form(max_length=36)] = "",
) -> Response:
    """Answer as server-sent events: a `step` for each step, then one `answer` with the turn as HTML.

    A key that was answered before is answered from what was kept.
    """
    assistant = parts(request)
    turn, token = begin(assistant, request.cookies.get(COOKIE, ""), text, about, channel="web", request=request)
    key = read_key(key)

    steps = words_in("en" if is_english(text) else language_of(request)).under("step")

    def told() -> Iterator[str]:
        owner = assistant.conversations.owner(key) if key else None
        if owner == turn.conversation:
            yield _event("answer", {"html": turn_html(request, assistant.conversations.turn(key))})
            return
        keyed = turn.model_copy(update={"key": "" if owner else key})
        for step, reply in assistant.stream(keyed):
            if reply is None:
                yield _event("step", {"text": steps.get(step, "")})
            else:
                yield _event("answer", {"html": turn_html(request, PastTurn(reply.turn, text, reply.answer))})

    return remembering(streamed(key, told()), token, request)


@router.get("/du-lieu-cua-toi.json")
def own_data(request: Request) -> Response:
    """Everything that is held about the conversation on this device, as a file."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    held = assistant.effects.held(conversation) if conversation else {}
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="du-lieu-cua-toi.json"'}
    return Response(json.dumps(held, ensure_ascii=False, indent=2), media_type="application/json", headers=headers)


@router.post("/gop-y")
def say_of_answer(
    request: Request,
    turn: Annotated[str, Form(max_length=36)],
    reason: Annotated[Reason, Form()] = Reason.OTHER,
    comment: Annotated[str, Form()] = "",
) -> Response:
    """Keep what somebody says of an answer: that it was right, or why it was not."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    kept = bool(conversation) and assistant.conversations.complain(str(conversation), turn, reason, comment, now())
    thanks = "feedback.glad" if reason is Reason.HELPFUL else "feedback.thanks"
    words = words_in(language_of(request)).plain(thanks if kept else "feedback.unknown")
    return message(request, 200 if kept else 404, words)


@router.post("/xoa")
def forget(request: Request) -> Response:
    """Delete the conversation of this device."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    if conversation:
        assistant.conversations.forget(conversation)
    response = RedirectResponse(f"/?da={DELETED}", status_code=303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/thu-tuc")
def search_page(request: Request, q: Annotated[str, Query(max_length=2_000)] = "") -> Response:
    """Find a procedure in everyday words."""
    catalogue = parts(request).catalogue
    result = catalogue.search(q, 10) if q.strip() else None
    found = catalogue.many(result.codes) if result else {}
    return page(
        request, "search.html", q=q, found=[found[code] for code in (result.codes if result else ()) if code in found]
    )


@router.get("/thu-tuc/{code}")
def procedure_page(request: Request, code: str) -> Response:
    """Everything known of one procedure."""
    procedure = known(parts(request), code)
    answer = tell(procedure, _PAGE_SECTIONS, language_of(request), now().date())
    return page(
        request, "procedure.html", procedure=procedure, answer=answer, related=_related(request, procedure.related)
    )


@router.get("/rieng-tu")
def privacy_page(request: Request) -> Response:
    """What is kept, and for how long."""
    return page(request, "privacy.html")


def _form(assistant: Assistant, conversation: str, turns: list[PastTurn], language: Language) -> FormView | None:
    """The form that is being filled in, below what was said."""
    memory = Memory(filling=assistant.effects.forms.of(conversation, now()))
    answered = turns[-1].answer.status if turns else Status.ANSWERED
    return form_view(memory, answered, language)


def _related(request: Request, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    found = parts(request).catalogue.many(codes)
    return [(code, found[code].title.said_in(language_of(request))) for code in codes if code in found]


def _event(name: str, data: dict[str, str]) -> str:
    # JavaScript takes these two for ends of a line, JSON does not: half an answer would be read.
    line = json.dumps(data, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"event: {name}\ndata: {line}\n\n"
