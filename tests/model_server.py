"""A language model's server, over real HTTP on loopback, that says what a test scripts: `POST {url}/chat/completions`.

    with ModelServer(Script.status(429, retry_after=2), then=Script.good("Chào anh/chị.")) as server:
        models = server.models()                       # or ModelSettings.read(server.environment())
        ...
        assert [request.mode for request in server.requests] == ["plain", "plain"]

The first request plays the first script, the second the second; when they are used up every request plays `then`.
`server.play(*scripts)` puts more at the end, `server.then = …` changes what follows. A script that answers takes a string,
a dict (data, given in the form that was asked for: tool call, or JSON text), or a function of the request's messages
(`[{"role": "user", "content": "…"}, …]`) that returns one of them.

`modes` are the forms of data that the server takes besides plain text: "json_schema", "tool", "json"; others get status 400,
as from real servers. With `ignores=True` it takes all of them and follows none.
"""

from __future__ import annotations

import json
import socket
import threading
from collections import deque
from collections.abc import Sequence
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from assistant.model import Clock, Models, ModelSettings
from assistant.model_budget import UsageStore
from tests.model_script import NAME, Request, Script, completion

__all__ = ["KEY", "MODES", "NAME", "ModelServer", "Request", "Script", "StillTime", "completion"]

MODES = ("json_schema", "tool", "json")
KEY = "sk-tre-xanh-khong-lo"
"""What `environment()` sets; look for it wherever it must not be."""


class ModelServer:
    """The server; it runs in threads of its own until `close()`, or the end of the `with`."""

    def __init__(
        self,
        *scripts: Script,
        then: Script | None = None,
        modes: Sequence[str] = MODES,
        ignores: bool = False,
    ) -> None:
        self.requests: list[Request] = []
        """All that came in, in order; count them with `len`."""
        self.connections = 0
        """Lines that were opened, whatever came over them."""
        self.then = then or Script.good("Dạ.")
        self.modes = tuple(modes)
        self.ignores = ignores
        self.released = threading.Event()
        self.closing = threading.Event()
        self.left = threading.Event()
        """Set when the other side hung up on endless text."""
        self._scripts = deque(scripts)
        self._asked = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), type("Handler", (Handler,), {"model": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop serving: from now on nobody listens at `url`."""
        self.closing.set()
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def play(self, *scripts: Script) -> None:
        """Put scripts at the end of those that wait."""
        self._scripts.extend(scripts)

    def release(self) -> None:
        """Let all slow requests go on, those to come too."""
        self.released.set()

    def wait(self, count: int) -> None:
        """Until so many requests have come in; half a minute at most."""
        with self._asked:
            assert self._asked.wait_for(lambda: len(self.requests) >= count, timeout=30), "nobody asked"

    def environment(self, **more: str) -> dict[str, str]:
        """`TROLY_MODEL*` that lead here; `more` adds or replaces: `TROLY_MODEL_TIMEOUT="0.3"`."""
        return {"TROLY_MODEL": f"openai:{NAME}", "TROLY_MODEL_URL": self.url, "TROLY_MODEL_KEY": KEY, **more}

    def models(self, usage: UsageStore | None = None, clock: Clock | None = None, **more: str) -> Models:
        """Models that ask this server."""
        return Models(ModelSettings.read(self.environment(**more)), usage, clock)

    def next(self, request: Request) -> Script:
        """Take down what was asked; what it gets."""
        with self._asked:
            self.requests.append(request)
            self._asked.notify_all()
            return self._scripts.popleft() if self._scripts else self.then


class _Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that lost its patience is no error here."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # head and body in one packet: two would wait for each other
    model: ModelServer

    def setup(self) -> None:
        super().setup()
        self.model.connections += 1

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        request = Request(body, {name.lower(): value for name, value in self.headers.items()})
        script = self.model.next(request)
        if not self.path.endswith("/chat/completions"):
            self.send(404, {"error": {"message": "no such path"}})
        elif script.checked and request.mode not in (*self.model.modes, "plain") and not self.model.ignores:
            self.send(400, {"error": {"message": f"{request.mode} is not supported"}})
        else:
            script.act(self, request)

    def send(self, status: int, body: Any, content_type: str = "application/json", **headers: str) -> None:
        """An answer: JSON unless it is bytes."""
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def head(self, status: int, name: str, value: str) -> None:
        """The head of an answer whose body is written by hand."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header(name, value)
        self.end_headers()

    def hang_up(self) -> None:
        """End the connection in whatever state it is."""
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


class StillTime:
    """Time that goes on only while somebody sleeps, or when a test moves `now`; `slept` tells for how long."""

    def __init__(self, today: date = date(2026, 11, 22)) -> None:
        self.now = 100.0
        self.today = today
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Go on."""
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def clock(self) -> Clock:
        """A clock of this time, on which chance is always in the middle."""
        return Clock(lambda: self.now, self.sleep, lambda: self.today, lambda: 0.5)
