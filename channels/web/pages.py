"""The pages: chat, procedure, search, privacy. They work without JavaScript; with it, answers come without reloading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse
from markupsafe import Markup, escape
from starlette.templating import Jinja2Templates

from assistant import wording
from assistant.assistant import Assistant, Reply, now
from assistant.conversation import Answer, Block, Citation, FormView, Memory, Status
from assistant.retention import DAYS, Kind
from assistant.store import RETENTION, PastTurn
from assistant.write.fields import tell
from assistant.write.figures import day
from assistant.write.form import form_view
from channels.requests import begin, known, parts
from knowledge.procedure import Section

STATIC = Path(__file__).parent / "static"
COOKIE = "tro_ly"

router = APIRouter(include_in_schema=False)

_templates = Jinja2Templates(directory=Path(__file__).parent / "templates")
_templates.env.globals.update(
    retention_days=RETENTION.days,
    draft_days=DAYS[Kind.FORM_DRAFTS],
    hotline=wording.HOTLINE,
    outside=wording.HOTLINE_OUTSIDE,
)
_LINK = re.compile(r"https?://[^\s<>«»]+[^\s<>«».,;)]")
_MAP = "https://www.google.com/maps/"


def linked(text: str, english: bool = False) -> Markup:  # noqa: FBT001 - a template filter
    """The text, escaped, with its addresses as links, told by their host; a map's in words."""
    pieces, end = [], 0
    for match in _LINK.finditer(text):
        url = match.group()
        label = _host(url) if not url.startswith(_MAP) else "open the map" if english else "mở bản đồ"
        link = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(url, label)
        pieces += [escape(text[end : match.start()]), link]
        end = match.end()
    return Markup("").join([*pieces, escape(text[end:])])


def _host(url: str) -> str:
    """The host of an address; the address itself where a record has it damaged."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


_templates.env.filters["linked"] = linked
_templates.env.filters["day"] = lambda iso: day(date.fromisoformat(iso)) if iso else ""

STARTS = (
    "Làm giấy khai sinh cho con cần gì?",
    "Mất căn cước, làm lại ở đâu?",
    "Đăng ký tạm trú mất mấy ngày?",
    "Sao y giấy tờ bao nhiêu tiền một trang?",
    "Mở hộ kinh doanh cần giấy tờ gì?",
    "How do I register a marriage with a Vietnamese citizen?",
)
"""Quick starts on the first screen."""

STEP_WORDS = {
    "screen": "Đang đọc câu hỏi…",
    "plan": "Đang tìm thủ tục…",
    "act": "Đang tra dữ liệu…",
    "write": "Đang soạn câu trả lời…",
    "check": "Đang kiểm tra số liệu…",
}
"""What the page shows while the answer is on its way."""

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
def chat_page(request: Request) -> Response:
    """The chat, with what was said before on this device."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    turns = assistant.conversations.turns(conversation) if conversation else []
    form = _form(assistant, conversation, turns) if conversation else None
    return page(request, "chat.html", turns=turns, starts=STARTS, view=form, english=_in_english(turns))


@router.post("/hoi")
def ask(
    request: Request, text: Annotated[str, Form()] = "", about: Annotated[str, Form(max_length=8)] = ""
) -> Response:
    """Answer a form that was sent without JavaScript, and show the page again."""
    assistant = parts(request)
    turn, token = begin(assistant, request.cookies.get(COOKIE, ""), text, about, channel="web", request=request)
    assistant.reply(turn)
    return remembering(RedirectResponse("/#moi-nhat", status_code=303), token, request)


@router.post("/hoi/truc-tiep")
def ask_streaming(
    request: Request, text: Annotated[str, Form()] = "", about: Annotated[str, Form(max_length=8)] = ""
) -> Response:
    """Answer as server-sent events: a `step` for each step, then one `answer` with the turn as HTML."""
    assistant = parts(request)
    turn, token = begin(assistant, request.cookies.get(COOKIE, ""), text, about, channel="web", request=request)

    def events() -> Iterator[str]:
        for step, reply in assistant.stream(turn):
            if reply is None:
                yield _event("step", {"text": STEP_WORDS.get(step, "")})
            else:
                yield _event("answer", {"html": _turn_html(request, text, reply)})

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return remembering(StreamingResponse(events(), media_type="text/event-stream", headers=headers), token, request)


@router.get("/du-lieu-cua-toi.json")
def own_data(request: Request) -> Response:
    """Everything that is held about the conversation on this device, as a file."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    held = assistant.effects.held(conversation) if conversation else {}
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="du-lieu-cua-toi.json"'}
    return Response(json.dumps(held, ensure_ascii=False, indent=2), media_type="application/json", headers=headers)


@router.post("/gop-y")
def complain(
    request: Request,
    turn: Annotated[str, Form(max_length=36)],
    reason: Annotated[str, Form(max_length=32)] = "other",
    comment: Annotated[str, Form()] = "",
) -> Response:
    """Keep «this was wrong»."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    kept = bool(conversation) and assistant.conversations.complain(str(conversation), turn, reason, comment, now())
    words = "Cảm ơn anh/chị. Chúng tôi sẽ xem lại câu trả lời này." if kept else "Không tìm thấy câu trả lời để góp ý."
    return message(request, 200 if kept else 404, words)


@router.post("/xoa")
def forget(request: Request) -> Response:
    """Delete the conversation of this device."""
    assistant = parts(request)
    conversation = conversation_of(request, assistant)
    if conversation:
        assistant.conversations.forget(conversation)
    response = RedirectResponse("/", status_code=303)
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
    answer = tell(procedure, _PAGE_SECTIONS, "vi", now().date())
    return page(
        request, "procedure.html", procedure=procedure, answer=answer, related=_related(request, procedure.related)
    )


@router.get("/rieng-tu")
def privacy_page(request: Request) -> Response:
    """What is kept, and for how long."""
    return page(request, "privacy.html")


def message(request: Request, status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """A page with one message and a way back."""
    told = page(request, "message.html", status=status, words=words)
    told.status_code = status
    told.headers.update(headers or {})
    return told


def page(request: Request, name: str, **context: Any) -> HTMLResponse:
    """A page from its template; no browser keeps it."""
    shown: HTMLResponse = _templates.TemplateResponse(request, name, context)
    shown.headers["Cache-Control"] = "no-store"
    return shown


def _turn_html(request: Request, question: str, reply: Reply) -> str:
    turn = PastTurn(reply.turn, question, reply.answer)
    rendered: str = _templates.get_template("_turn.html").render(request=request, turn=turn)
    return rendered


def _form(assistant: Assistant, conversation: str, turns: list[PastTurn]) -> FormView | None:
    """The form that is being filled in, below what was said."""
    memory = Memory(filling=assistant.effects.forms.of(conversation, now()))
    answered = turns[-1].answer.status if turns else Status.ANSWERED
    return form_view(memory, answered, "en" if _in_english(turns) else "vi")


def _in_english(turns: list[PastTurn]) -> bool:
    return bool(turns) and turns[-1].answer.language == "en"


def _related(request: Request, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    found = parts(request).catalogue.many(codes)
    return [(code, found[code].title.vi) for code in codes if code in found]


def _event(name: str, data: dict[str, str]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


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


def shown_blocks(answer: Answer) -> list[Block]:
    """The blocks to show as text: what stands on the fact card is left to the card, and offers to their buttons.

    A life event tells more of each step than its button does, so its lines stay.
    """
    blocks = [block for block in answer.blocks if not (block.on_card and answer.facts)]
    offered = answer.status is Status.CLARIFICATION_PROCEDURE
    return [block.model_copy(update={"items": ()}) for block in blocks] if offered else blocks


def told_sections(answer: Answer) -> set[str]:
    """The sections that the text tells already: the card leaves them out."""
    return {block.section.value for block in shown_blocks(answer) if block.section}


def sources(answer: Answer) -> list[Citation]:
    """Each source once, by its number."""
    unique = {citation.number: citation for citation in reversed(answer.citations)}
    return [unique[number] for number in sorted(unique)]


_templates.env.globals.update(shown_blocks=shown_blocks, told_sections=told_sections, sources=sources)
