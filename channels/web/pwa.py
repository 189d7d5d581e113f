"""What makes the web chat installable and readable without a network: manifest, service worker, offline page."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, JSONResponse

from assistant import wording
from assistant.conversation import Status
from channels.web.rendering import rendered
from channels.web.static_files import address, content
from channels.web.words import words_in
from knowledge.procedure import Language

router = APIRouter(include_in_schema=False)

OFFLINE = "/ngoai-tuyen"

_WORKER = Path(__file__).parent / "service_worker.js"
_NEEDED = re.compile(r'(?:src|href)="(/static/[^"]+)"')
_REVALIDATED = {"Cache-Control": "no-cache"}

_BRAND, _PAPER = "#0b5394", "#f4f6f8"

_ICONS = (
    ("icon.svg", "any", "image/svg+xml", "any"),
    ("icon-maskable.svg", "any", "image/svg+xml", "maskable"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
)
"""File, sizes, type and purpose; the PNGs are the maskable picture, for devices that take no SVG."""


@router.get("/manifest.webmanifest")
def manifest(lang: Language = "vi") -> Response:
    """By what name, picture and colours a phone installs the chat."""
    words = words_in(lang)
    shortcuts = {"base.search": "/thu-tuc", "base.forms": "/to-khai", "offline.heading": OFFLINE}
    described = {
        "id": "/",
        "name": words.plain("base.site"),
        "short_name": words.plain("manifest.short"),
        "description": words.plain("manifest.description"),
        "lang": lang,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _BRAND,
        "categories": ["government", "utilities"],
        "icons": [
            {"src": address(name), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in _ICONS
        ],
        "shortcuts": [{"name": words.plain(key), "url": url} for key, url in shortcuts.items()],
    }
    return JSONResponse(described, media_type="application/manifest+json", headers=_REVALIDATED)


@router.get("/sw.js")
def service_worker() -> Response:
    """The service worker, with what it is to keep put before it.

    Its bytes change whenever the offline page or anything on it does, and then browsers fetch all of it anew.
    """
    shell = json.dumps({"page": OFFLINE, "paths": [OFFLINE, *_needed()], "version": _version()})
    source = f"const SHELL = {shell};\n{_WORKER.read_text(encoding='utf-8')}"
    return Response(source, media_type="text/javascript", headers=_REVALIDATED)


@router.get(OFFLINE)
def offline_page() -> Response:
    """Emergency numbers, and the place where answers kept on the device are shown. The same bytes for everybody."""
    return HTMLResponse(_offline_html(), headers=_REVALIDATED)


@cache
def _offline_html() -> str:
    return rendered(
        "offline.html",
        emergency=wording.SAID[Status.EMERGENCY],
        numbers=wording.EMERGENCY_NUMBERS,
    )


def _needed() -> list[str]:
    """What the offline page loads, as it names it."""
    return list(dict.fromkeys(_NEEDED.findall(_offline_html())))


@cache
def _version() -> str:
    digest = hashlib.sha256(_offline_html().encode())
    for path in _needed():
        name = urlsplit(path).path.rpartition("/")[2]
        digest.update(content(name))
    return digest.hexdigest()[:16]
