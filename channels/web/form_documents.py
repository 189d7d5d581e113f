"""What a finished form is handed out as, and the page to print beside it: what to bring, where to, what it costs."""

from __future__ import annotations

import base64
import io
import logging
import zipfile
from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response

from assistant.assistant import now
from assistant.forms.checks import check, missing
from assistant.forms.filling import State
from assistant.forms.values import Values
from assistant.write.fields import tell
from channels.access import from_elsewhere
from channels.requests import parts, problem
from channels.web import rendering
from channels.web.display import language_of
from channels.web.form_place import Place, back, fields_of, place, too_fast
from channels.web.form_typed import Posted
from knowledge.procedure import Section
from knowledge.text import fold

router = APIRouter(include_in_schema=False)

Where = Annotated[Place, Depends(place)]

_TO_BRING = (Section.PAPERS, Section.WHERE, Section.FEE)
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "png": "image/png",
    "zip": "application/zip",
}

log = logging.getLogger(__name__)


@router.get("/tai/{kind}")
def download(request: Request, where: Where, kind: str, trang: Annotated[int, Query(ge=0, le=99)] = 0) -> Response:
    """The document. From then on the form is kept for an hour only, unless the citizen asks to keep it.

    A picture is one page; all pages come together in a folder where no page is named and there are several.
    """
    if kind not in _MAKERS:
        raise problem(404, "no_such_document", "Không có bản tải về dạng này.", "There is no such document.")
    refused = _refused(request, where)
    if refused or where.filling is None:
        return refused or back(where)
    from assistant.forms.document import file_name

    body, extension = _MAKERS[kind](request, where, trang)
    name = file_name(where.form, where.filling.values, extension)
    headers = {"Cache-Control": "no-store", "Content-Disposition": _attachment(name)}
    parts(request).effects.forms.downloaded(where.filling.id, now())
    return Response(body, media_type=_TYPES[extension], headers=headers)


@router.get("/xem")
def preview(request: Request, where: Where) -> Response:
    """The pages of the document as they will look; looking starts no clock."""
    refused = _refused(request, where)
    if refused:
        return refused
    pictures = [base64.b64encode(picture).decode() for picture in _pictures(where)]
    return rendering.page(request, "form_preview.html", form=where.form, where=where, pictures=pictures)


@router.get("/mang-theo")
def checklist(request: Request, where: Where, ma: Annotated[str, Query(max_length=20)] = "") -> Response:
    """One page to print: what is missing, what contradicts, which papers to bring, where to, what it costs."""
    if where.filling is None:
        return back(where)
    form, values, language = where.form, where.filling.values, language_of(request)
    found = parts(request).catalogue.many(form.procedures)
    offered = [found[code] for code in form.procedures if code in found]
    wanted = ma or where.filling.code
    chosen = next((one for one in offered if one.code == wanted), offered[0] if len(offered) == 1 else None)
    troubles = check(form, values, now().date())
    return rendering.page(
        request,
        "checklist.html",
        form=form,
        where=where,
        missing=fields_of(form, missing(form, values, where.filling.none), language),
        blocked=[trouble for trouble in troubles if trouble.blocks],
        doubtful=[trouble for trouble in troubles if not trouble.blocks],
        answer=tell(chosen, _TO_BRING, language, now().date()) if chosen else None,
        offered=[(one.code, one.title.said_in(language)) for one in offered],
    )


def _refused(request: Request, where: Place) -> Response | None:
    """Why no document is made: another site asked, there is no finished form, or too many were made just now."""
    if from_elsewhere(request) or where.filling is None:
        return back(where)
    if where.filling.state is not State.DONE or where.moved:
        return back(where, "chua-xong")
    return too_fast(request, where, Posted())


def _word(request: Request, where: Place, _page: int) -> tuple[bytes, str]:
    from assistant.forms import docx

    return docx.render(where.form, _values(where), request.app.state.templates), "docx"


def _pdf(_request: Request, where: Place, _page: int) -> tuple[bytes, str]:
    from assistant.forms import pdf

    return pdf.render_pdf(where.form, _values(where)), "pdf"


def _json(_request: Request, where: Place, _page: int) -> tuple[bytes, str]:
    from assistant.forms import portal_json

    return portal_json.render(where.form, _values(where)), "json"


def _picture(_request: Request, where: Place, page: int) -> tuple[bytes, str]:
    """One page as a picture; all of them, packed, where no page is named and there are several."""
    pictures = _pictures(where)
    if page > len(pictures):
        raise problem(404, "no_such_page", f"Tờ khai chỉ có {len(pictures)} trang.", "There is no such page.")
    if page or len(pictures) == 1:
        return pictures[max(page, 1) - 1], "png"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for number, picture in enumerate(pictures, start=1):
            folder.writestr(f"trang-{number}.png", picture)
    return packed.getvalue(), "zip"


_MAKERS: Mapping[str, Callable[[Request, Place, int], tuple[bytes, str]]] = {
    "docx": _word,
    "pdf": _pdf,
    "json": _json,
    "png": _picture,
}
"""By what is asked for: makes the document, and tells the extension of its file."""


def _pictures(where: Place) -> list[bytes]:
    from assistant.forms import pdf

    return pdf.render_png(where.form, _values(where))


def _values(where: Place) -> Values:
    assert where.filling is not None  # noqa: S101 - told by its callers
    return where.filling.values


def _attachment(name: str) -> str:
    """The header that names a file, for browsers old and new (RFC 6266, RFC 5987)."""
    plain = fold(name).replace('"', "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
