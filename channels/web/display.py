"""How the pages are shown on one device: language, size of the text, colours. Chosen in the header, kept in a cookie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from channels.requests import parts
from channels.web import device
from knowledge.procedure import Language

router = APIRouter(include_in_schema=False)

COOKIE = "tro_ly_hien_thi"
_KEPT_SECONDS = 365 * 24 * 3600
_CONTRAST = "tuong-phan"
_LONGEST_ADDRESS = 2_000

_Choice = TypeVar("_Choice", bound=StrEnum)


class Size(StrEnum):
    """How large the text is; the value is its class in the style sheet."""

    NORMAL = ""
    LARGE = "chu-lon"
    LARGEST = "chu-rat-lon"


class Scheme(StrEnum):
    """Light or dark; the value is its class in the style sheet."""

    DEVICE = ""
    """As the device is set."""
    LIGHT = "sang"
    DARK = "toi"


@dataclass(frozen=True, slots=True)
class Display:
    """What was chosen."""

    language: Language | None = None
    """None: that of the last answer."""
    size: Size = Size.NORMAL
    scheme: Scheme = Scheme.DEVICE
    contrast: bool = False

    @property
    def classes(self) -> str:
        """The classes of the page's root."""
        return " ".join(filter(None, (self.size, self.scheme, _CONTRAST if self.contrast else "")))


def language_of(request: Request) -> Language:
    """The language of the pages of a request."""
    language: Language | None = getattr(request.state, "language", None)
    return language or display_of(request).language or "vi"


def display_of(request: Request) -> Display:
    """How the pages of a request are shown: as chosen on its device, in the language that its address asks for."""
    display = _read(request.cookies.get(COOKIE, ""))
    asked = _language(request.query_params.get("lang", ""))
    return replace(display, language=asked) if asked else display


async def seen(request: Request) -> None:
    """Find out the language of a request before its page is made: `request.state.language`."""
    language = display_of(request).language
    if language is None and request.method == "GET" and device.COOKIE in request.cookies:
        language = await run_in_threadpool(_last_spoken, request)
    request.state.language = language or "vi"


def _last_spoken(request: Request) -> Language:
    assistant = parts(request)
    conversation = device.conversation_of(request, assistant)
    return assistant.conversations.memory(conversation).language if conversation else "vi"


def keeping(response: Response, request: Request) -> None:
    """Have the device keep the language that the address of a page asked for."""
    asked = _language(request.query_params.get("lang", ""))
    if asked and asked != _read(request.cookies.get(COOKIE, "")).language:
        _keep(response, display_of(request), request)


@router.post("/hien-thi")
def choose(
    request: Request,
    size: Annotated[str, Form(max_length=16)] = "",
    scheme: Annotated[str, Form(max_length=16)] = "",
    contrast: Annotated[str, Form(max_length=16)] = "",
    back: Annotated[str, Form(max_length=_LONGEST_ADDRESS)] = "/",
) -> Response:
    """Keep how this device shows the pages, and go back to the one it was chosen on."""
    chosen = Display(
        language=_read(request.cookies.get(COOKIE, "")).language,
        size=_one_of(Size, size, Size.NORMAL),
        scheme=_one_of(Scheme, scheme, Scheme.DEVICE),
        contrast=bool(contrast),
    )
    response = RedirectResponse(_inside(back), status_code=303)
    _keep(response, chosen, request)
    return response


def here(request: Request, base: str = "") -> str:
    """The address of the page being shown, to come back to; that of `base` where it was sent as a form."""
    if request.method not in ("GET", "HEAD"):
        return base or "/"
    asked = urlencode(
        [(name, text) for name, text in parse_qsl(request.url.query, keep_blank_values=True) if name != "lang"]
    )
    address = quote(request.url.path) + (f"?{asked}" if asked else "")
    return address if len(address) < _LONGEST_ADDRESS else quote(request.url.path)


def in_language(address: str, language: Language) -> str:
    """The address of a page in a language."""
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def _keep(response: Response, display: Display, request: Request) -> None:
    response.set_cookie(
        COOKIE,
        ".".join((display.language or "", display.size, display.scheme, _CONTRAST if display.contrast else "")),
        max_age=_KEPT_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _read(cookie: str) -> Display:
    """What a cookie holds; what is no choice of ours counts as not chosen."""
    language, size, scheme, contrast = (cookie.split(".") + [""] * 4)[:4]
    return Display(
        language=_language(language),
        size=_one_of(Size, size, Size.NORMAL),
        scheme=_one_of(Scheme, scheme, Scheme.DEVICE),
        contrast=contrast == _CONTRAST,
    )


def _language(text: str) -> Language | None:
    return "en" if text == "en" else "vi" if text == "vi" else None


def _one_of(kind: type[_Choice], text: str, usual: _Choice) -> _Choice:
    try:
        return kind(text)
    except ValueError:
        return usual


def _inside(address: str) -> str:
    """An address of this site; the first page instead of any other."""
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if own and "\\" not in address else "/"
