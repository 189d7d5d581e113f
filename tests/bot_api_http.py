"""The lines to the Bot API of the tests: calls come by POST, files are fetched by GET, all under the token."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tests.bot_api_rules import error, parsed
from tests.bot_api_script import TOKEN

if TYPE_CHECKING:
    from tests.bot_api_server import BotApiServer


class Server(ThreadingHTTPServer):
    """Takes many connections at once."""

    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that lost its patience, or its life, is no error here."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    api: BotApiServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Take one call."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        _, bot, method = self.path.split("/", 2)
        if bot != f"bot{TOKEN}":
            self._answer(401, error(401, "Unauthorized"))
            return
        fields, file = parsed(self.headers.get("Content-Type", ""), raw)
        self._answer(*self.api.handle(method, fields, file))

    def do_GET(self) -> None:
        """Hand out a file."""
        _, file, bot, path = unquote(self.path).split("/", 3)
        if (file, bot) != ("file", f"bot{TOKEN}"):
            self._answer(401, error(401, "Unauthorized"))
            return
        status, body = self.api.download(path)
        self._send(status, "application/octet-stream", body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(told, ensure_ascii=False).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
