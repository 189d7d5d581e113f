"""Where Telegram brings its updates.

Telegram repeats an update until it gets a 200. What cannot be read gets one too, as it would be repeated for ever; only
what does not bear the secret gets 403, and what could not be kept 503, so that it comes again. The assistant answers
later, in another thread.
"""

from __future__ import annotations

import hmac
import json
import logging
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from channels.telegram import updates
from channels.telegram.connecting import connected
from channels.telegram.errors import ApiError
from channels.telegram.receiving import take
from channels.telegram.settings import TelegramSettings
from knowledge.errors import StorageError

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
AT_ONCE = 4
"""Updates that are being put into the mailbox; they must not wait behind answers that are being thought about."""

log = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False)


@router.post(PATH)
async def webhook(request: Request) -> Response:
    """Take one update. That a button was pressed is confirmed in the answer itself, which spares a call."""
    settings = _settings(request)
    told = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(told.encode(), settings.secret.encode()):
        log.warning("an update without the secret")
        raise HTTPException(403)
    update = _update(await request.body())
    try:
        await to_thread.run_sync(_take, request, settings, update, limiter=_limiter(request))
    except (StorageError, ApiError):
        log.exception("an update of Telegram could not be kept; it will come again")
        return Response(status_code=503)
    query = updates.query(update) if isinstance(update, dict) else ""
    if query:
        return JSONResponse({"method": "answerCallbackQuery", "callback_query_id": query})
    return Response()


def _take(request: Request, settings: TelegramSettings, update: Any) -> None:
    take(update, request.app.state.mailbox, connected(settings).api, settings.bot)


def _settings(request: Request) -> TelegramSettings:
    """The bot's settings, read once; without a secret there is no such page."""
    state = request.app.state
    if not hasattr(state, "telegram"):
        state.telegram = TelegramSettings.read()
    if state.telegram is None or not state.telegram.secret:
        raise HTTPException(404)
    settings: TelegramSettings = state.telegram
    return settings


def _update(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _limiter(request: Request) -> CapacityLimiter:
    state = request.app.state
    if not hasattr(state, "telegram_limiter"):
        state.telegram_limiter = CapacityLimiter(AT_ONCE)
    limiter: CapacityLimiter = state.telegram_limiter
    return limiter
