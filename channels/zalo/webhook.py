"""Where Zalo's events come in.

Zalo waits two seconds for a 200. Without one it repeats the event for twelve hours and then shuts the webhook off, so
that everything is answered 200 once it lies in the mailbox, or is nothing to keep; only what is forged gets 403, and
what could not be kept 503, so that it comes again. The assistant answers later, in another thread.

A signed event that somebody recorded and plays back bears its old time. Repeats within the twelve hours must be taken;
the mailbox knows the keys of the last two days and drops what it has; what is older than a day is not looked at.
"""

from __future__ import annotations

import html
import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, HTTPException, Request, Response

from assistant.assistant import now
from channels.messenger.contract import Incoming
from channels.zalo import events
from channels.zalo.settings import ZaloSettings
from channels.zalo.signature import HEADER, is_genuine
from knowledge.errors import StorageError

if TYPE_CHECKING:
    from channels.messenger.mailbox import Mailbox

log = logging.getLogger(__name__)

OLDEST = timedelta(days=1)
AT_ONCE = 4
"""Events that are being put into the mailbox; they must not wait behind answers that are being thought about."""

router = APIRouter(include_in_schema=False)


@router.post("/zalo/webhook")
async def webhook(request: Request) -> Response:
    """Take one event."""
    settings = _settings(request)
    body = await request.body()
    event = _event(body)
    if event is None or not _is_signed(request, settings, body, event):
        log.warning("an event that Zalo did not sign", extra={"bytes": len(body)})
        raise HTTPException(403)
    incoming = _read(event)
    if incoming is None or now() - incoming.at > OLDEST:
        return Response()
    mailbox: Mailbox = request.app.state.mailbox
    try:
        await to_thread.run_sync(mailbox.put, incoming, limiter=_limiter(request))
    except StorageError:
        log.exception("an event of Zalo could not be kept; it will come again")
        return Response(status_code=503)
    return Response()


@router.get("/zalo_verifier{code}.html")
def verifier(request: Request, code: str) -> Response:
    """The page by which Zalo sees that the domain is ours."""
    told = _settings(request).verifier
    if not told or code != told:
        raise HTTPException(404)
    tag = f'<meta name="zalo-platform-site-verification" content="{html.escape(told, quote=True)}">'
    page = f"<!doctype html><html lang=vi><head><title>Zalo</title>{tag}</head><body></body></html>"
    return Response(page, media_type="text/html")


def _settings(request: Request) -> ZaloSettings:
    """The account's settings, read once; without an account there is no such page."""
    state = request.app.state
    if not hasattr(state, "zalo"):
        state.zalo = ZaloSettings.read()
    if state.zalo is None:
        raise HTTPException(404)
    settings: ZaloSettings = state.zalo
    return settings


def _event(body: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None


def _is_signed(request: Request, settings: ZaloSettings, body: bytes, event: dict[str, Any]) -> bool:
    try:
        at = events.timestamp(event)
    except events.Malformed:
        return False
    told = request.headers.get(HEADER, "")
    return is_genuine(told, settings.app_id, body, at, settings.oa_secret)


def _read(event: dict[str, Any]) -> Incoming | None:
    """What a signed event says. One that we cannot read will not be better the next time: it is logged and taken."""
    try:
        return events.read(event)
    except events.Malformed as error:
        log.warning("an event of Zalo that cannot be read: %s", error)
        return None


def _limiter(request: Request) -> CapacityLimiter:
    state = request.app.state
    if not hasattr(state, "zalo_limiter"):
        state.zalo_limiter = CapacityLimiter(AT_ONCE)
    limiter: CapacityLimiter = state.zalo_limiter
    return limiter
