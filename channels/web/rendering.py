"""How pages are made from templates: their language, their words, text with links, an answer's parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape
from starlette.templating import Jinja2Templates

from assistant import wording
from assistant.assistant import now
from assistant.conversation import Answer, Block, Citation, Status
from assistant.retention import DAYS, Kind
from assistant.screen import MOST_CHARACTERS
from assistant.store import RETENTION, PastTurn
from assistant.write.figures import day
from assistant.write.labels import labelled
from channels.feedback import Reason
from channels.web.display import Scheme, Size, display_of, here, in_language, keeping, language_of
from channels.web.static_files import address
from channels.web.words import words_in
from knowledge.procedure import Language, Section

_templates = Jinja2Templates(directory=Path(__file__).parent / "templates")
_LINK = re.compile(r"https?://[^\s<>«»]+[^\s<>«».,;)]")
_MAP = "https://www.google.com/maps/"
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯáàãéèíìĩóòõúùũýÁÀÃÉÈÍÌĨÓÒÕÚÙŨÝ\u1ea0-\u1ef9]")
_MOSTLY = 1 / 3
"""Where so many of its words have Vietnamese letters, a text is Vietnamese."""


def page(request: Request, name: str, **context: Any) -> HTMLResponse:
    """A page from its template, in the language of the request; no browser keeps it."""
    language = language_of(request)
    place = context.get("where")
    shown: HTMLResponse = _templates.TemplateResponse(
        request,
        name,
        {
            "t": words_in(language),
            "language": language,
            "other": "vi" if language == "en" else "en",
            "display": display_of(request),
            "here": here(request, getattr(place, "base", "")),
            **context,
        },
    )
    shown.headers["Cache-Control"] = "no-store"
    keeping(shown, request)
    return shown


def message(request: Request, status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """A page with one message and a way back."""
    told = page(request, "message.html", status=status, words=words)
    told.status_code = status
    told.headers.update(headers or {})
    return told


def rendered(name: str, **context: Any) -> str:
    """What a template gives that is the same for everybody."""
    shown: str = _templates.get_template(name).render(context)
    return shown


def turn_html(request: Request, turn: PastTurn) -> str:
    """One turn as it stands in the chat."""
    return rendered("_turn.html", request=request, turn=turn)


def linked(text: str, language: Language = "vi") -> Markup:
    """The text, escaped, with its addresses as links, told by their host; a map's in words."""
    pieces, end = [], 0
    for match in _LINK.finditer(text):
        url = match.group()
        label = words_in(language)("base.map") if url.startswith(_MAP) else _host(url)
        link = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(url, label)
        pieces += [escape(text[end : match.start()]), link]
        end = match.end()
    return Markup("").join([*pieces, escape(text[end:])])


def foreign(text: str, language: Language) -> Markup:
    """The attribute that marks a Vietnamese text on an English page, so that it is read aloud as what it is."""
    words = text.split() if language == "en" else []
    vietnamese = sum(bool(_VIETNAMESE.search(word)) for word in words)
    return Markup(' lang="vi"') if vietnamese > _MOSTLY * len(words) else Markup("")


def shown_blocks(answer: Answer) -> list[Block]:
    """The blocks to show as text: what stands on the fact card is left to the card, and offers to their buttons.

    A life event tells more of each step than its button does, so its lines stay.
    """
    blocks = [block for block in answer.blocks if not (block.on_card and answer.facts)]
    offered = answer.status is Status.CLARIFICATION_PROCEDURE
    return [block.model_copy(update={"items": ()}) for block in blocks] if offered else blocks


def buttons_in_words(answer: Answer) -> list[Block]:
    """The blocks whose every line is a button below: there the buttons stand under the words, and no list is read twice."""
    labels = {suggestion.label for suggestion in answer.suggestions}
    return [block for block in answer.blocks if block.items and labels.issuperset(block.items)]


def told_sections(answer: Answer) -> set[str]:
    """The sections that the text tells already: the card leaves them out."""
    return {block.section.value for block in shown_blocks(answer) if block.section}


def card_row(section: str, label: str, lines: Sequence[str], language: Language) -> tuple[str, Sequence[str]]:
    """The label and the lines of one row of the card; what one line says of itself is not said twice: «Lệ phí: Lệ phí»."""
    if len(lines) != 1:
        return label, lines
    label, words = labelled(Section(section), label, lines[0], language)
    return label, (words,)


def sources(answer: Answer) -> list[Citation]:
    """Each source once, by its number."""
    unique = {citation.number: citation for citation in reversed(answer.citations)}
    return [unique[number] for number in sorted(unique)]


def _host(url: str) -> str:
    """The host of an address; the address itself where a record has it damaged."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _capital(text: str) -> str:
    """The text with a large first letter; the others as they are: «Tờ khai CT01»."""
    return text[:1].upper() + text[1:]


def _call(number: str) -> Markup:
    """A number to call, as a link."""
    return Markup('<a href="tel:{}">{}</a>').format(number.replace(".", ""), number)


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso)) if iso else ""


def _today() -> str:
    return day(now().date())


def _calls(numbers: Sequence[str]) -> Sequence[str]:
    """The emergency numbers of an answer; all of them where it names none."""
    return numbers or wording.EMERGENCY_NUMBERS


_templates.env.filters.update(linked=linked, foreign=foreign, day=_day, capital=_capital, call=_call, calls=_calls)
_templates.env.globals.update(
    retention_days=RETENTION.days,
    most=MOST_CHARACTERS,
    draft_days=DAYS[Kind.FORM_DRAFTS],
    hotline=wording.HOTLINE,
    outside=wording.HOTLINE_OUTSIDE,
    static=address,
    words_in=words_in,
    in_language=in_language,
    sizes=tuple(Size),
    schemes=tuple(Scheme),
    reasons=Reason.complaints(),
    today=_today,
    shown_blocks=shown_blocks,
    told_sections=told_sections,
    sources=sources,
    card_row=card_row,
    buttons_in_words=buttons_in_words,
)
