"""What the stand-in for Zalo may answer instead of the right thing."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.zalo_server import ZaloServer

Reply = Callable[[BaseHTTPRequestHandler], None]
"""What one request gets instead of the right answer."""


def send(request: BaseHTTPRequestHandler, code: int, body: Any, **headers: str) -> None:
    """Send an answer, JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    request.send_response(code)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


def status(number: int, **headers: str) -> Reply:
    """An error status; with a name in its text that must not be repeated."""
    return lambda request: send(request, number, {"message": "Nguyễn Văn Tre"}, **headers)


def code(number: int) -> Reply:
    """Zalo's own number for what went wrong."""
    return lambda request: send(request, 200, {"error": number, "message": "Nguyễn Văn Tre"})


def cut(request: BaseHTTPRequestHandler) -> None:
    """Half an answer, then the line goes dead: was it delivered?"""
    request.send_response(200)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b'{"error":')
    request.close_connection = True


def held(server: ZaloServer, then: Callable[[], dict[str, Any]]) -> Reply:
    """The right answer, but only once `server.released` is set; meanwhile others may come."""

    def wait(request: BaseHTTPRequestHandler) -> None:
        server.released.wait(30)
        send(request, 200, then())

    return wait
