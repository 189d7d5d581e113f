"""Zalo's Open API and OAuth, replayed over real HTTP: it checks what it is sent as the real one does.

server = ZaloServer()
settings = ZaloSettings.read(server.environment())
server.script = [code(-32), status(500)]        # what the next messages get; after that it is good again
server.webhook(site, text("xin chào"))          # signs an event and sends it to a webhook; returns the answer
server.messages                                 # what citizens got; `voice(server.keep(b"…"))` is something said
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.zalo_replies import Reply, code, cut, held, send, status

__all__ = [
    "APP_ID",
    "CITIZEN",
    "FIRST_REFRESH",
    "ZaloServer",
    "code",
    "cut",
    "event",
    "held",
    "send",
    "signed",
    "status",
]

APP_ID, APP_SECRET, OA_SECRET = "4291763606161179100", "tre-la-nga", "măng-non"
FIRST_REFRESH = "refresh-0"
CITIZEN = "9007199254740993123"
"""No double holds this id: whoever reads it as a number writes to another citizen."""

_numbers = itertools.count(1)


def event(name: str = "user_send_text", person: str = CITIZEN, at: datetime | None = None, **fields: Any) -> dict:
    """A made-up event: `event("follow", follower={"id": "…"})`."""
    sender = {} if "follower" in fields else {"sender": {"id": person}}
    stamp = str(int((at or datetime.now(UTC)).timestamp() * 1000))
    return {"event_name": name, "app_id": APP_ID, **sender, "recipient": {"id": "1022"}, "timestamp": stamp, **fields}


def text(words: str, person: str = CITIZEN, at: datetime | None = None, **message: Any) -> dict:
    """A citizen writes; every message has an id of its own."""
    return event("user_send_text", person, at, message={"text": words, "msg_id": f"m{next(_numbers)}", **message})


def voice(url: str, person: str = CITIZEN) -> dict:
    """A citizen speaks: the sound lies at an address."""
    said = {"msg_id": f"m{next(_numbers)}", "attachments": [{"type": "audio", "payload": {"url": url}}]}
    return event("user_send_audio", person, message=said)


def signed(body: bytes, stamp: str, secret: str = OA_SECRET) -> str:
    """The signature as Zalo's documents give it; written here anew, so that a mistake in ours shows."""
    return "mac=" + hashlib.sha256(APP_ID.encode() + body + stamp.encode() + secret.encode()).hexdigest()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that lost its patience is no error here."""


@dataclass
class ZaloServer:
    """`messages` are what was delivered; `renewed` counts the pairs that were given."""

    script: list[Reply] = field(default_factory=list)
    """What the next messages get instead, one each."""
    token_script: list[Reply] = field(default_factory=list)
    """The same for the next requests for tokens."""
    messages: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    """What was not delivered, and why."""
    renewed: int = 0
    revoked: bool = False
    """A refresh token was used a second time: nothing is good any more, as with the real one."""
    codes: dict[str, str] = field(default_factory=dict)
    """Codes of logins, and the challenge that each was asked for with."""
    life: int = 90_000
    sounds: dict[str, bytes] = field(default_factory=dict)
    """What people said, by path."""
    sound_script: list[Reply] = field(default_factory=list)
    """What the next who fetch a sound get instead."""

    def __post_init__(self) -> None:
        self.access, self.refresh = "access-0", FIRST_REFRESH
        self.arrived = threading.Event()
        self.released = threading.Event()
        self.lock = threading.RLock()
        self.delivered = threading.Condition(self.lock)
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def environment(self, **more: str) -> dict[str, str]:
        """The variables that lead to this server."""
        return {
            "TROLY_ZALO_APP_ID": APP_ID,
            "TROLY_ZALO_APP_SECRET": APP_SECRET,
            "TROLY_ZALO_OA_SECRET": OA_SECRET,
            "TROLY_ZALO_REFRESH_TOKEN": FIRST_REFRESH,
            "TROLY_ZALO_API": self.url,
            "TROLY_ZALO_OAUTH": self.url,
            "TROLY_ZALO_SOUND_HOSTS": self.url,
            **more,
        }

    def webhook(self, site: str, told: dict | bytes, signature: str | None = None) -> httpx.Response:
        """Send an event to a webhook, signed as Zalo does, or as told."""
        body = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
        stamp = "" if isinstance(told, bytes) else str(told.get("timestamp", ""))
        headers = {"X-ZEvent-Signature": signed(body, stamp) if signature is None else signature}
        headers["Content-Type"] = "application/json"
        return httpx.post(f"{site}/zalo/webhook", content=body, headers=headers, timeout=30, trust_env=False)

    def keep(self, sound: bytes) -> str:
        """The address at which something that was said lies from now on."""
        path = f"/voice/{len(self.sounds) + 1}.aac"
        self.sounds[path] = sound
        return self.url + path

    def expire(self) -> None:
        """The access token is no longer good, before its time."""
        self.access = "none"

    def texts(self) -> list[str]:
        """What citizens read, oldest first."""
        return [message["message"]["text"] for message in self.messages]

    def wait(self, last: str) -> list[str]:
        """What citizens read, once they have read this."""
        with self.delivered:
            assert self.delivered.wait_for(lambda: any(last in text for text in self.texts()), 120), self.texts()
            return self.texts()

    def close(self) -> None:
        """Stop serving."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def give_pair(self) -> dict[str, Any]:
        """The next pair; the one before is of no use any more."""
        self.renewed += 1
        self.access, self.refresh = f"access-{self.renewed}", f"refresh-{self.renewed}"
        return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": str(self.life)}

    def token(self, form: dict[str, str], secret: str) -> dict[str, Any]:
        """What the OAuth address answers."""
        if (secret, form.get("app_id")) != (APP_SECRET, APP_ID):
            return {"error": -14002, "error_name": "Invalid secret key"}
        if form.get("grant_type") == "authorization_code":
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if self.codes.pop(form.get("code", ""), None) == proof:
                self.revoked = False
                return self.give_pair()
            return {"error": -14003, "error_name": "Invalid code"}
        if self.revoked or form.get("refresh_token") != self.refresh:
            self.revoked, self.access = True, "none"
            return {"error": -14014, "error_name": "Invalid refresh token"}
        return self.give_pair()

    def get(self, request: BaseHTTPRequestHandler) -> None:
        """Hand out a sound, or tell about the account."""
        if request.path in self.sounds:
            reply = self.sound_script.pop(0) if self.sound_script else None
            (reply or (lambda request: send(request, 200, self.sounds[request.path])))(request)
        elif request.path == "/v2.0/oa/getoa":
            send(request, 200, self.account(request.headers.get("access_token", "")))
        else:
            send(request, 404, {})

    def account(self, access: str) -> dict[str, Any]:
        """What the address that tells about the account answers."""
        if access != self.access:
            return {"error": -216, "message": "Access token is invalid"}
        return {"error": 0, "data": {"name": "Tổng đài 1022", "oa_id": "1022"}}

    def message(self, told: Any, access: str) -> dict[str, Any]:
        """What the address for messages answers."""
        if access != self.access:
            return {"error": -216, "message": "Access token is invalid"}
        fault = self.fault(told)
        if fault:
            self.refused.append({"why": fault, "message": told})
            return {"error": -201, "message": fault}
        self.messages.append(told)
        self.delivered.notify_all()
        return {"error": 0, "message": "Success", "data": {"message_id": f"o{len(self.messages)}"}}

    def fault(self, body: Any) -> str:
        """What the real one would not like about a message; empty if nothing."""
        told = body if isinstance(body, dict) else {}
        person, message = told.get("recipient", {}).get("user_id"), told.get("message", {})
        if not isinstance(person, str):
            return "user_id is no string"
        if not 0 < len(message.get("text", "")) <= 2000:
            return f"text of {len(message.get('text', ''))} characters"
        buttons = message.get("attachment", {}).get("payload", {}).get("buttons")
        if "attachment" in message and not 0 < len(buttons or ()) <= 5:
            return "buttons: none, or more than 5"
        return next((wrong for wrong in map(_wrong, buttons or ()) if wrong), "")


def _wrong(button: dict[str, Any]) -> str:
    if not 0 < len(button["title"]) <= 100:
        return "a title of no or too many characters"
    if button["type"] == "oa.query.hide":
        return "" if 0 < len(button["payload"]) <= 1000 else "a payload of no or too many characters"
    if button["type"] == "oa.open.url":
        return "" if button["payload"]["url"].startswith("https://") else "an address that is not https"
    return f"no such button: {button['type']}"


def _handler(server: ZaloServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.arrived.set()
            if self.path == "/v4/oa/access_token":
                self._token(body)
            elif self.path == "/v3.0/oa/message/cs":
                self._message(body)
            else:
                send(self, 404, {"error": 404})

        def do_GET(self) -> None:
            server.get(self)

        def _token(self, body: bytes) -> None:
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            with server.lock:
                reply = server.token_script.pop(0) if server.token_script else None
            if reply:
                reply(self)
                return
            with server.lock:
                told = server.token(form, self.headers.get("secret_key", ""))
            send(self, 200, told)

        def _message(self, body: bytes) -> None:
            with server.lock:
                reply = server.script.pop(0) if server.script else None
            if reply:
                reply(self)
                return
            with server.lock:
                answer = server.message(json.loads(body), self.headers.get("access_token", ""))
            send(self, 200, answer)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler
