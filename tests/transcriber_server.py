"""A server that puts sound into words, over real HTTP on loopback: it takes what OpenAI's takes, and refuses the rest.

    with TranscriberServer() as server:
        Transcriber(TranscriberSettings.read(server.environment())).transcript(spoken("xin chào"), "vi", 5)
        assert [asked.language for asked in server.asked] == ["vi"]

It hears what `spoken` put into a sound. `server.script = [status(500), words("…")]` is what the next requests get instead.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.bot_api_rules import parsed

KEY = "sk-tre-nghe-khong-lo"
MODEL = "nghe-tieng-viet"
_OGG = b"OggS"

Reply = Callable[["Handler"], None]
"""What one request gets instead of the words of its sound."""


def spoken(words: str) -> bytes:
    """A sound that says this."""
    return _OGG + words.encode()


@dataclass(frozen=True)
class Asked:
    """One request, as it was taken."""

    sound: bytes
    name: str
    language: str
    key: str


class TranscriberServer:
    """The server; it runs in threads of its own until the end of the `with`."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.refused: list[str] = []
        """Why requests were not taken."""
        self.script: list[Reply] = []
        self.released = threading.Event()
        self._changed = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), type("Bound", (Handler,), {"server_": self}))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def environment(self, **more: str) -> dict[str, str]:
        """`TROLY_TRANSCRIBER_*` that lead here."""
        return {
            "TROLY_TRANSCRIBER_URL": self.url,
            "TROLY_TRANSCRIBER_MODEL": MODEL,
            "TROLY_TRANSCRIBER_KEY": KEY,
            **more,
        }

    def wait(self, count: int) -> None:
        """Until so many requests have come in."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.asked) >= count, timeout=60), "nobody asked"

    def take(self, asked: Asked) -> Reply:
        """Take a request down; what it gets."""
        with self._changed:
            self.asked.append(asked)
            self._changed.notify_all()
            return self.script.pop(0) if self.script else words(asked.sound.removeprefix(_OGG).decode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that lost its patience is no error here."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server_: TranscriberServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Take one request."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fields, file = parsed(self.headers.get("Content-Type", ""), raw)
        fault = self._fault(fields, file)
        if fault or file is None:
            self.server_.refused.append(fault)
            answer(self, 400, {"error": {"message": fault}})
            return
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self.server_.take(Asked(file[1], file[0], fields["language"], key))(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _fault(self, fields: dict[str, Any], file: tuple[str, bytes] | None) -> str:
        told = (self.path, fields.get("model"), fields.get("response_format"))
        if told != ("/v1/audio/transcriptions", MODEL, "json"):
            return f"not for us: {told}"
        if fields.get("language") not in ("vi", "en"):
            return "no such language"
        return "" if file and file[1] else "no file"


def answer(request: BaseHTTPRequestHandler, code: int, body: Any, **headers: str) -> None:
    """Send an answer, JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    request.send_response(code)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


def words(text: str) -> Reply:
    """What was heard, whatever was said."""
    return lambda request: answer(request, 200, {"text": text})


def body(content: Any) -> Reply:
    """Some other answer."""
    return lambda request: answer(request, 200, content)


def status(number: int, **headers: str) -> Reply:
    """An error."""
    return lambda request: answer(request, number, {"error": {"message": "xin lỗi"}}, **headers)


def silent(request: Handler) -> None:
    """No answer, until the end of the server."""
    request.server_.released.wait(60)
    request.close_connection = True


def held(request: Handler) -> None:
    """«xin chào», but only once `released` is set."""
    request.server_.released.wait(60)
    answer(request, 200, {"text": "xin chào"})


def endless(request: Handler) -> None:
    """An answer that goes on, a little at a time, until the client hangs up."""
    request.send_response(200)
    request.send_header("Content-Length", str(2**30))
    request.end_headers()
    while not request.server_.released.wait(0.02):
        request.wfile.write(b" ")
        request.wfile.flush()


def cut(request: Handler) -> None:
    """Half an answer."""
    request.send_response(200)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b'{"text": "xin')
    request.close_connection = True
