"""The city's look-up of dossiers, replayed over real HTTP from made-up dossiers, with the bad habits it has.

server = DossierServer([dossier("000.00.00.H17-260718-0001")])
server.script = [status(500), status(500)]      # what the next look-ups get; after that it is good again
server.script = [status(500)] * 9               # always bad, for one citizen's patience
service = DossierService(DossierSettings(server.url, USER, KEY))
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

USER, KEY = "tro-ly", "tre-xanh"

Answer = Callable[[BaseHTTPRequestHandler], None]
"""What one request gets instead of the right answer."""


def dossier(code: str, applicant: str = "Nguyễn Văn Tre", **fields: Any) -> dict[str, Any]:
    """A made-up dossier as the service gives it."""
    return {
        "MaHoSo": code,
        "TenTTHC": "Cấp thẻ tre",
        "TenTrangThai": "Đang xử lý",
        "DonViXuLy": "UBND phường Tre",
        "TenChuHoSo": applicant,
        "NgayTiepNhan": {"$date": "2026-07-17T17:00:00Z"},
        "HanGiaiQuyet": "25/07/2026",
        "NgayTraKetQua": None,
        **fields,
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that lost its patience is no error here."""


@dataclass
class DossierServer:
    """A service that can be told to misbehave. `url` is its address; `asked` lists the codes of all look-ups."""

    dossiers: list[dict[str, Any]] = field(default_factory=list)
    script: list[Answer] = field(default_factory=list)
    """What the next look-ups get instead of the truth, one each."""
    token_script: list[Answer] = field(default_factory=list)
    """The same for the next requests for a token."""
    asked: list[str] = field(default_factory=list)
    tokens: int = 0
    """Tokens given out; only the last is good."""
    refused: int = 0
    """Look-ups with a token that is not."""

    def __post_init__(self) -> None:
        self.released = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def expire(self) -> None:
        """No token given out so far is good any longer."""
        self.tokens += 1

    def right_answer(self, code: str) -> dict[str, Any]:
        """What a good service gives: every dossier whose code ends so."""
        found = [one for one in self.dossiers if one["MaHoSo"].endswith(code)]
        return {"TongSo": len(found), "HoSo": found}


def _handler(server: DossierServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536

        def do_POST(self) -> None:
            who = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if server.token_script:
                server.token_script.pop(0)(self)
            elif (self.path, who) != ("/getToken", {"username": USER, "password": KEY}):
                send(self, 401, {"error": "unknown user"})
            else:
                server.tokens += 1
                send(self, 200, {"token": f"token-{server.tokens}"})

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            code = parse_qs(address.query).get("ma_ho_so", [""])[0]
            server.asked.append(code)
            if self.headers.get("Authorization") != f"Bearer token-{server.tokens}":
                server.refused += 1
                send(self, 401, {"error": "token"})
            elif server.script:
                server.script.pop(0)(self)
            elif address.path != "/tra-cuu":
                send(self, 404, {"error": "path"})
            else:
                send(self, 200, server.right_answer(code))

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


def send(request: BaseHTTPRequestHandler, status: int, body: Any, content_type: str = "application/json") -> None:
    """Send an answer, JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    request.send_response(status)
    request.send_header("Content-Type", content_type)
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


def status(code: int) -> Answer:
    """An error status, with a name in its text that must not be repeated."""
    return lambda request: send(request, code, {"error": "Nguyễn Văn Tre"})


def data(value: Any) -> Answer:
    """An answer of our own making; bytes go as they are."""
    return lambda request: send(request, 200, value)


def cut(request: BaseHTTPRequestHandler) -> None:
    """Half an answer, then the line goes dead."""
    request.send_response(200)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b'{"TongSo":1,"HoSo":[')
    request.close_connection = True


def silence(server: DossierServer) -> Answer:
    """No answer until the server closes."""

    def wait(request: BaseHTTPRequestHandler) -> None:
        server.released.wait()
        request.close_connection = True

    return wait
