"""The FastAPI application: web chat, JSON API, health. It translates; the assistant answers."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.assistant import Assistant, build, now
from assistant.settings import Settings
from assistant.warm import warm
from channels import api, api_catalogue, telegram, zalo
from channels.access import from_elsewhere
from channels.fairness import Limits, Places
from channels.messenger.mailbox import Mailbox
from channels.messenger.serving import connect
from channels.requests import Problem, TooMany, problem
from channels.telegram.updates import CHANNEL as TELEGRAM
from channels.web import display, events, forms, handover, later, pages, places, pwa, static_files, widget
from channels.web.display import language_of
from channels.web.form_place import without_link
from channels.web.words import words_in
from channels.zalo.events import CHANNEL as ZALO
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)

MOST_BYTES = 512 * 1024
"""A larger request is no message."""

SWEEP_SECONDS = 6 * 3600

_REFUSALS = {
    400: ("unreadable", "Không đọc được nội dung gửi lên.", "What was sent cannot be read."),
    404: ("not_found", "Không có trang này.", "There is no such page."),
    405: ("wrong_method", "Địa chỉ này không nhận cách gọi đó.", "This address does not take that method."),
    413: ("too_large", "Tin nhắn dài quá, anh/chị viết ngắn lại.", "The message is too long."),
}
"""What the framework refuses by itself, in our words."""

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=(self)",
}


def create_app(settings: Settings, assistant: Assistant | None = None) -> FastAPI:
    """The application; it builds the assistant when it starts, unless one is given."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if not hasattr(app.state, "assistant"):
            app.state.assistant = await run_in_threadpool(build, settings)
        await run_in_threadpool(warm, app.state.assistant)  # the first citizens need not wait
        # Who waits for a language model must not keep others from being answered.
        at_once = settings.answers_at_once + app.state.assistant.waiting
        to_thread.current_default_thread_limiter().total_tokens = at_once
        gc.collect()
        gc.freeze()  # the index lives as long as the process: no use in looking through it again and again
        gc.set_threshold(20_000, 20, 20)
        sweeping = asyncio.create_task(_sweep(app.state.assistant, await run_in_threadpool(_connected, app, settings)))
        yield
        sweeping.cancel()
        await run_in_threadpool(app.state.messengers.postman.stop)

    app = FastAPI(
        title="Trợ lý 1022",
        description="Administrative procedures of Da Nang, looked up and cited.",
        version="1",
        lifespan=lifespan,
        docs_url=None,  # its page loads scripts from elsewhere; the schema alone is served
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    if assistant is not None:
        app.state.assistant = assistant
    app.state.limits = Limits.of(settings)
    app.state.places = Places(settings.waiting_of_one_address if settings.questions_a_minute else 0)
    app.state.templates = settings.templates
    app.include_router(api.router)
    app.include_router(api_catalogue.router)
    app.include_router(api.health)
    app.include_router(pages.router)
    app.include_router(forms.router)
    app.include_router(pwa.router)
    app.include_router(display.router)
    app.include_router(places.router)
    app.include_router(events.router)
    app.include_router(handover.router)
    app.include_router(widget.router)
    app.include_router(telegram.router)
    app.include_router(zalo.router)
    app.mount("/static", static_files.Files(directory=static_files.STATIC), name="static")
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MOST_BYTES)  # counts what comes without a length
    app.add_middleware(GZipMiddleware, compresslevel=6)  # event streams are left alone
    app.add_middleware(Guard)
    app.add_middleware(widget.WidgetOrigins, origins=settings.widget_origins)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _failed)
    return app


def create() -> FastAPI:
    """The application of one worker among several, from the environment."""
    return create_app(Settings.read())


def _connected(app: FastAPI, settings: Settings) -> Mailbox:
    """Begin to answer on the messengers that are set up."""
    database = app.state.assistant.effects.database
    senders = {TELEGRAM: telegram.sender(), ZALO: zalo.sender(database=database)}
    app.state.messengers = connect(app.state.assistant, senders, settings, app.state.limits)
    app.state.mailbox = app.state.messengers.mailbox
    app.state.messengers.postman.start()
    mailbox: Mailbox = app.state.mailbox
    return mailbox


async def _sweep(assistant: Assistant, mailbox: Mailbox) -> None:
    """Delete conversations past retention, now and then, for as long as the server runs."""
    while True:
        try:
            await run_in_threadpool(assistant.effects.sweep, now())
            await run_in_threadpool(mailbox.sweep)
        except KnowledgeError:
            log.exception("old conversations not deleted")
        await asyncio.sleep(SWEEP_SECONDS)


class Guard:
    """Refuses what is too large or sent by another site, and adds the security headers.

    Plain ASGI: Starlette's function middleware passes every answer through a task and a stream of its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, begun = Request(scope, receive), False

        async def headed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = _refused(request)
        try:
            answering = self.app if refused is None else await _http_error(request, refused)
            await answering(scope, receive, headed)
        except Exception as error:
            if begun:
                raise
            # Told here: the outermost net would also close the connection.
            response = await _failed(request, error)
            await response(scope, receive, headed)


def _refused(request: Request) -> HTTPException | None:
    """Why a request is not even looked at."""
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        return HTTPException(413)
    if request.method not in ("GET", "HEAD", "OPTIONS") and not _is_api(request) and from_elsewhere(request):
        return problem(403, "other_site", "Yêu cầu này đến từ trang khác nên không nhận.", "Sent by another site.")
    return None


async def _invalid(request: Request, error: Exception) -> Response:
    """Broken JSON, wrong types, missing fields: say which."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it alone
    faults = [{"field": ".".join(map(str, e["loc"])), "problem": e["msg"]} for e in error.errors()]
    told = Problem(
        code="invalid_request",
        message="Yêu cầu không đúng dạng; xem «detail» để biết chỗ cần sửa.",
        message_en="The request is not in the right form; see “detail” for what to mend.",
        detail=faults,
    )
    if _is_api(request):
        return JSONResponse(told.model_dump(), status_code=422)
    return pages.message(request, 422, words_in(language_of(request)).plain("trouble.invalid"))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    headers = dict(error.headers or {})
    if isinstance(error.detail, dict):
        told = error.detail
    else:
        refused = ("refused", "Yêu cầu này không thực hiện được.", str(error.detail))
        code, message, message_en = _REFUSALS.get(error.status_code, refused)
        told = {"code": code, "message": message, "message_en": message_en}
    if _is_api(request):
        return JSONResponse(told, status_code=error.status_code, headers=headers)
    if isinstance(error, TooMany):
        return later.page(request, error)
    words = told["message_en" if language_of(request) == "en" else "message"]
    return pages.message(request, error.status_code, str(words), headers)


async def _failed(request: Request, error: Exception) -> Response:
    """The last net: a citizen never sees a stack trace or an empty page."""
    log.error("request failed", exc_info=error, extra={"path": without_link(request.url.path)})
    storage = isinstance(error, KnowledgeError)
    if _is_api(request):
        told = {
            "code": "storage" if storage else "internal",
            "message": words_in("vi").plain("trouble.failed"),
            "message_en": words_in("en").plain("trouble.failed"),
        }
        return JSONResponse(told, status_code=503 if storage else 500, headers=SECURITY_HEADERS)
    words = words_in(language_of(request)).plain("trouble.failed")
    return pages.message(request, 503 if storage else 500, words, dict(SECURITY_HEADERS))


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/") or request.url.path in ("/healthz", "/readyz")
