"""Style sheets, scripts and pictures. Their addresses name what is in them, so that browsers may keep them for good.

A script that says something is a function: it is served called with its words, so that they stand where all words do and
are there without a network, too.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from channels.web.words import words_in

STATIC = Path(__file__).parent / "static"

SPEAKING = {"answers.js": "kept", "chat.js": "asking", "offline.js": "net", "voice.js": "voice"}
"""The scripts of our own pages that say something, and the group of their words."""

_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


def address(name: str) -> str:
    """The address of a file; it changes with every change of what is served."""
    return f"/static/{name}?v={_version(name)}"


def content(name: str) -> bytes:
    """A file as it is served."""
    if name not in SPEAKING:
        return (STATIC / name).read_bytes()
    return called(name, {language: words_in(language).under(SPEAKING[name]) for language in ("vi", "en")}).encode()


def called(name: str, told: object, *others: str) -> str:
    """A script whose file is a function, called with what it is told, and with other scripts that are functions."""
    functions = [(STATIC / other).read_text(encoding="utf-8").rstrip() for other in (name, *others)]
    given = [json.dumps(told, ensure_ascii=False, separators=(",", ":")), *functions[1:]]
    return f"{functions[0]}({', '.join(given)});\n"


class Files(StaticFiles):
    """The files; kept for good only under an address that names what is in them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file, and for how long a browser may keep it."""
        response = _script(path, scope) if path in SPEAKING else await super().get_response(path, scope)
        if response.status_code in (200, 304):
            asked = parse_qs(scope["query_string"].decode("latin-1")).get("v", [""])[0]
            response.headers["Cache-Control"] = _FOR_GOOD if asked and asked == _version(path) else _ASK_AGAIN
        return response


def _script(name: str, scope: Scope) -> Response:
    if scope["method"] not in ("GET", "HEAD"):
        raise HTTPException(405)
    tag = f'"{_version(name)}"'
    if tag in Headers(scope=scope).get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content(name), media_type="text/javascript", headers={"ETag": tag})


@cache
def _version(name: str) -> str:
    return hashlib.sha256(content(name)).hexdigest()[:10]
