"""The portal's interface, replayed over real HTTP from made-up records, with every bad habit a portal can have."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from knowledge.sources.portal_sync import DEPARTMENTS, DETAIL, LIST

Answer = Callable[[BaseHTTPRequestHandler], None]
"""What one request gets instead of the right answer."""

LOGIN_PAGE = "<!DOCTYPE html><html><body>Đăng nhập</body></html>"


def record(code: str = "1.900001", name: str = "Cấp thẻ tre", by: str = "Bộ Tre trúc", **fields: Any) -> dict[str, Any]:
    """The detail of a made-up record, as the portal gives it."""
    return {
        "id": f"id-{code}",
        "code": code,
        "codeNotation": code,
        "name": name,
        "departmentPromulgateName": by,
        "departmentPromulgateCode": "G99",
        "executionSteps": [{"name": "", "description": "Mang tre tới quầy."}],
        "executionMethods": [
            {
                "submissionMethod": "DIRECT",
                "processingTime": 3,
                "processingTimeUnit": "WORKING_DAY",
                "description": "",
                "fees": [{"type": "FEE", "value": 10_000, "currencyId": "", "description": "10.000 đồng/thẻ"}],
            }
        ],
        "executionCases": [],
        "updatedAt": 1_776_242_191_512,
        **fields,
    }


def records(count: int) -> list[dict[str, Any]]:
    """So many made-up records, 1.900001 and on."""
    return [record(f"1.{900_000 + number}", f"Cấp thẻ tre số {number}") for number in range(1, count + 1)]


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A client that was killed or lost its patience is no error here."""


@dataclass
class PortalServer:
    """A portal that can be told to misbehave. `url` is its address; `asked` counts requests by endpoint."""

    records: list[dict[str, Any]] = field(default_factory=list)
    dated: bool = True
    """Whether rows of the list say when their records changed."""
    etags: bool = True
    page_size: int = 50
    total: int | None = None
    """What the list claims to hold; None: the truth."""
    departments: list[dict[str, Any]] = field(default_factory=list)
    blanks: dict[str, bytes] = field(default_factory=dict)
    script: list[tuple[str, int, Answer]] = field(default_factory=list)
    """(endpoint, the how manieth request to it from 1 on or 0 for every one, what it gets)."""
    asked: Counter[str] = field(default_factory=Counter)
    questions: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.released = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.name = self.url.removeprefix("http://")
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def misbehave(self, endpoint: str, answer: Answer, *, at: int = 0) -> None:
        """Give a request something else: every one to that endpoint, or only the `at`-th from now on."""
        self.script.append((endpoint, at and self.asked[endpoint] + at, answer))

    def behave(self) -> None:
        """Forget all bad habits, and what was asked."""
        self.script.clear()
        self.questions.clear()
        self.headers.clear()
        self.asked.clear()
        self.connections = 0

    def change(self, code: str, **fields: Any) -> None:
        """Change a record, as its publisher would."""
        (found,) = (one for one in self.records if one["code"] == code)
        found.update(fields, updatedAt=found["updatedAt"] + 86_400_000)

    def remove(self, *codes: str) -> list[dict[str, Any]]:
        """Take records away; returns them."""
        gone = [one for one in self.records if one["code"] in codes]
        self.records = [one for one in self.records if one["code"] not in codes]
        return gone

    def asked_details(self) -> list[str]:
        """The ids whose records were asked for, in order."""
        return [question["id"] for path, question in self.questions if path == DETAIL]

    def right_answer(self, path: str, question: dict[str, Any]) -> Any:
        """What a good portal gives."""
        if path == LIST:
            return self._list(question)
        if path == DETAIL:
            return next((one for one in self.records if one["id"] == question["id"]), None)
        if path == DEPARTMENTS:
            return {"rows": self.departments if not question["lastId"] else []}
        return self.blanks.get(str(question.get("fileId")))

    def _list(self, question: dict[str, Any]) -> dict[str, Any]:
        wanted = question["departmentCode"]
        listed = [one for one in self.records if not wanted or one["departmentPromulgateCode"] == wanted]
        ids = [one["id"] for one in listed]
        start = ids.index(question["lastId"]) + 1 if question["lastId"] in ids else 0
        page = listed[start : start + min(self.page_size, question["limit"])]
        more = start + len(page) < len(listed)
        total = len(listed) if self.total is None else self.total
        return {"items": [self._row(one) for one in page], "lastId": page[-1]["id"] if more else "", "total": total}

    def _row(self, one: dict[str, Any]) -> dict[str, Any]:
        row = {key: one[key] for key in ("id", "code", "codeNotation", "name")}
        row |= {"type": "STANDARD", "categories": [], "departments": []}
        return row | ({"updatedAt": one["updatedAt"]} if self.dated else {})


def _handler(server: PortalServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536  # head and body in one packet: two would wait for each other

        def setup(self) -> None:
            super().setup()
            server.connections += 1

        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked[self.path] += 1
            server.questions.append((self.path, question))
            server.headers.append(dict(self.headers))
            number = server.asked[self.path]
            for endpoint, at, answer in server.script:
                if endpoint == self.path and at in (0, number):
                    answer(self)
                    return
            self._answer(server.right_answer(self.path, question))

        def _answer(self, data: Any) -> None:
            if data is None:
                send(self, 404, {"code": "NOT_FOUND", "message": "none"})
            elif isinstance(data, bytes):
                send(self, 201, data, content_type="application/octet-stream")
            else:
                content = json.dumps({"code": "OK", "data": data}, ensure_ascii=False).encode()
                etag = f'"{hashlib.md5(content).hexdigest()}"' if server.etags and self.path == DETAIL else ""
                if etag and self.headers.get("If-None-Match") == etag:
                    send(self, 304, b"", ETag=etag)
                else:
                    send(self, 201, content, **({"ETag": etag} if etag else {}))

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


def send(
    request: BaseHTTPRequestHandler, status: int, body: Any, content_type: str = "application/json", **headers: str
) -> None:
    """Send an answer, JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    request.send_response(status)
    request.send_header("Content-Type", content_type)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    if status != 304:
        request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    if status != 304:
        request.wfile.write(content)


def status(code: int, **headers: str) -> Answer:
    """An error status."""
    return lambda request: send(request, code, {"code": "ERROR"}, **headers)


def page(html: str = LOGIN_PAGE, code: int = 200) -> Answer:
    """A web page where data should be."""
    return lambda request: send(request, code, html.encode(), content_type="text/html; charset=utf-8")


def data(value: Any, said: str = "OK") -> Answer:
    """An answer of our own making in the portal's envelope."""
    return lambda request: send(request, 201, {"code": said, "data": value})


def raw(content: bytes) -> Answer:
    """Bytes as they are."""
    return lambda request: send(request, 201, content)


def cut(request: BaseHTTPRequestHandler) -> None:
    """Half an answer, then the line goes dead."""
    request.send_response(201)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b'{"code":"OK","data":{"items":[')
    request.wfile.flush()
    request.connection.shutdown(socket.SHUT_RDWR)
    request.close_connection = True


def silence(server: PortalServer) -> Answer:
    """No answer until the server closes."""
    return lambda request: (server.released.wait(), setattr(request, "close_connection", True))[1]  # type: ignore[func-returns-value]
