"""Telegram's Bot API over real HTTP on loopback: takes what the real one takes, refuses what it refuses, keeps what was sent.

    with BotApiServer() as server:
        an = server.person(7, "An")
        an.says("Đăng ký khai sinh")              # waits as an update until it is fetched, or brought by `bring()`
        ...
        assert [message.text for message in server.sent] == ["…"]

`play("sendMessage", Fault.flood(3), Fault.failed())` has the next calls of a method go wrong, one after the other; `file` is
the fetching of a file.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from itertools import count
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from tests.bot_api_files import Files
from tests.bot_api_http import Handler, Server
from tests.bot_api_people import BOT, NAME, Person
from tests.bot_api_rules import NotTaken, error, keyboard_of, worded
from tests.bot_api_script import BEGUN, SECRET, TOKEN, Fault, Sent

__all__ = ["BEGUN", "NAME", "SECRET", "TOKEN", "BotApiServer", "Fault", "Person", "Sent"]

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class BotApiServer:
    """The server; it runs in threads of its own until the end of the `with`."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        """All that was asked, refused or not: the method and what came with it."""
        self.webhook: dict[str, Any] = {}
        self.blocked: set[int] = set()
        self.files = Files()
        self._chats: dict[int, str] = {}
        self._updates: dict[int, dict[str, Any]] = {}
        self._numbers = count(secrets.randbelow(10**8) + 1)  # as the real one begins anywhere
        self._messages = count(1)
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._changed = threading.Condition()
        self._released = threading.Event()
        self._closing = False
        self._server = Server(("127.0.0.1", 0), type("Handler", (Handler,), {"api": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self.release()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def environment(self, **more: str) -> dict[str, str]:
        """`TROLY_TELEGRAM_*` that lead here."""
        return {
            "TROLY_TELEGRAM_TOKEN": TOKEN,
            "TROLY_TELEGRAM_SECRET": SECRET,
            "TROLY_TELEGRAM_API": self.url,
            **more,
        }

    def person(self, identity: int, name: str = "An") -> Person:
        """Somebody who has opened a private chat with the bot."""
        self._chats[identity] = "private"
        return Person(self, identity, name, identity)

    def member(self, group: int, identity: int, name: str = "Bình") -> Person:
        """Somebody in a group that the bot is in."""
        self._chats[group] = "supergroup"
        return Person(self, identity, name, group)

    def chat(self, identity: int) -> dict[str, Any]:
        """A chat as updates name it."""
        return {"id": identity, "type": self._chats[identity]}

    def play(self, method: str, *faults: Fault) -> None:
        """Have the next calls of a method go wrong."""
        self._faults[method].extend(faults)

    def release(self) -> None:
        """Give all answers that are held back."""
        self._released.set()

    def wait(self, until: Callable[[], bool], seconds: float = 300) -> None:
        """Until something that was called, or written by another process, has made it true: at most so long."""
        ends = monotonic() + seconds
        with self._changed:
            while not until():
                assert monotonic() < ends, "it did not happen"
                self._changed.wait(timeout=0.05)  # what is in a database rings no bell

    def called(self, method: str) -> int:
        """How often a method was called."""
        return sum(name == method for name, _ in self.calls)

    def happens(self, kind: str, what: dict[str, Any]) -> dict[str, Any]:
        """A new update, which waits from now on."""
        with self._changed:
            update = {"update_id": next(self._numbers), kind: what}
            self._updates[update["update_id"]] = update
            self._changed.notify_all()
        return update

    def repeats(self, update: dict[str, Any]) -> None:
        """An update comes once more, as if its confirmation had been lost."""
        with self._changed:
            self._updates[update["update_id"]] = update
            self._changed.notify_all()

    def next_message(self) -> tuple[int, int]:
        """The number and the date of the next message: a minute after the one before."""
        number = next(self._messages)
        return number, BEGUN + 60 * number

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """The updates that nobody confirmed yet, oldest first."""
        return [self._updates[number] for number in sorted(self._updates)]

    def bring(self, *, again: int = 0) -> list[int]:
        """Bring what waits to the webhook, in order; what is not answered 200 goes on waiting. The statuses."""
        statuses = []
        for update in self.waiting:
            for _ in range(again + 1):
                status, answer = self._post(update)
                if status == 200 and answer:  # a method in the answer is done like any other
                    told = json.loads(answer)
                    self._do(told.pop("method"), told, None)
            statuses.append(status)
            if status == 200:
                self._updates.pop(update["update_id"], None)
        return statuses

    def download(self, path: str) -> tuple[int, bytes]:
        """What is handed out for the path of a file; `play("file", …)` has it go wrong."""
        fault = self._faults["file"].popleft() if self._faults["file"] else None
        if fault and fault.held:
            self._released.wait()
        if fault and fault.status:
            return fault.status, fault.description.encode()
        body = self.files.body(path)
        return (404, b"Not Found") if body is None else (200, body)

    def handle(self, method: str, fields: dict[str, Any], file: tuple[str, bytes] | None) -> tuple[int, dict[str, Any]]:
        """Answer one call."""
        with self._changed:
            self.calls.append((method, fields))
            fault = self._faults[method].popleft() if self._faults[method] else None
            self._changed.notify_all()
        if fault and fault.status:
            parameters = {"parameters": {"retry_after": fault.retry_after}} if fault.retry_after else {}
            return fault.status, error(fault.status, fault.description, parameters)
        if fault and fault.held:
            result = self._result(method, fields, file) if fault.delivers else (504, error(504, "Gateway Timeout"))
            self._released.wait()
            return result
        return self._result(method, fields, file)

    def _result(
        self, method: str, fields: dict[str, Any], file: tuple[str, bytes] | None
    ) -> tuple[int, dict[str, Any]]:
        try:
            return 200, {"ok": True, "result": self._do(method, fields, file)}
        except NotTaken as refused:
            parameters = {"parameters": refused.parameters} if refused.parameters else {}
            return refused.status, error(refused.status, refused.description, parameters)

    def _do(self, method: str, fields: dict[str, Any], file: tuple[str, bytes] | None) -> Any:
        do = _METHODS.get(method)
        if do is None:
            raise NotTaken("Not Found", 404)
        if method == "getUpdates":
            return self._get_updates(fields)
        with self._changed:
            result = do(self, fields, file)
            self._changed.notify_all()
        return result

    def _post(self, update: dict[str, Any]) -> tuple[int, bytes]:
        parts = urlsplit(self.webhook["url"])
        line = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        line.request("POST", parts.path, json.dumps(update).encode(), headers)
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer.status, body

    def _get_me(self, _fields: dict[str, Any], _file: object) -> dict[str, Any]:
        return BOT

    def _get_updates(self, fields: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise NotTaken("Conflict: can't use getUpdates method while webhook is active", 409)
        offset, seconds = int(fields.get("offset", 0)), float(fields.get("timeout", 0))
        with self._changed:
            for number in [number for number in self._updates if number < offset]:
                del self._updates[number]
            self._changed.wait_for(lambda: self._updates or self._closing, timeout=seconds)
            return self.waiting[:100]

    def _get_file(self, fields: dict[str, Any], _file: object) -> dict[str, Any]:
        return self.files.told(fields)

    def _send_message(self, fields: dict[str, Any], _file: object) -> dict[str, Any]:
        text = worded(fields, "text", 4096)
        if not text:
            raise NotTaken("Bad Request: message text is empty")
        return self._deliver(fields, text, None)

    def _send_document(self, fields: dict[str, Any], file: tuple[str, bytes] | None) -> dict[str, Any]:
        if file is None or not file[1]:
            raise NotTaken("Bad Request: file must be non-empty")
        return self._deliver(fields, worded(fields, "caption", 1024), file)

    def _send_chat_action(self, fields: dict[str, Any], _file: object) -> bool:
        self._reachable(fields)
        if fields.get("action") not in ("typing", "upload_document"):
            raise NotTaken("Bad Request: wrong parameter action in request")
        return True

    def _answer_callback_query(self, fields: dict[str, Any], _file: object) -> bool:
        if not str(fields.get("callback_query_id", "")).startswith("press-"):
            raise NotTaken("Bad Request: query is too old and response timeout expired or query ID is invalid")
        return True

    def _set_webhook(self, fields: dict[str, Any], _file: object) -> bool:
        if not re.fullmatch(r"[\w-]{1,256}", fields.get("secret_token", ""), re.ASCII):
            raise NotTaken("Bad Request: secret token contains unallowed characters")
        if not urlsplit(fields.get("url", "")).hostname:
            raise NotTaken("Bad Request: bad webhook: invalid URL")
        self.webhook = fields
        return True

    def _delete_webhook(self, _fields: dict[str, Any], _file: object) -> bool:
        self.webhook = {}
        return True

    def _get_webhook_info(self, _fields: dict[str, Any], _file: object) -> dict[str, Any]:
        url = self.webhook.get("url", "")
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self._updates)}

    def _set_my_commands(self, fields: dict[str, Any], _file: object) -> bool:
        for one in fields["commands"]:
            if not _COMMAND.fullmatch(one["command"]) or not 1 <= len(one["description"]) <= 256:
                raise NotTaken("Bad Request: BOT_COMMAND_INVALID")
        return True

    def _deliver(self, fields: dict[str, Any], text: str, file: tuple[str, bytes] | None) -> dict[str, Any]:
        chat = self._reachable(fields)
        rows, buttons = keyboard_of(fields.get("reply_markup") or {})
        self.sent.append(Sent(chat, text, rows, file, int(fields.get("message_thread_id", 0)), buttons))
        number, date = self.next_message()
        return {"message_id": number, "date": date, "chat": self.chat(chat), "from": BOT, "text": text}

    def _reachable(self, fields: dict[str, Any]) -> int:
        chat = int(fields.get("chat_id", 0))
        if chat not in self._chats:
            raise NotTaken("Bad Request: chat not found")
        if chat in self.blocked:
            raise NotTaken("Forbidden: bot was blocked by the user", 403)
        return chat


_METHODS: Mapping[str, Callable[[BotApiServer, dict[str, Any], Any], Any]] = {
    "getMe": BotApiServer._get_me,
    "getUpdates": BotApiServer._get_updates,  # type: ignore[dict-item]  # it waits, so it is called apart
    "getFile": BotApiServer._get_file,
    "sendMessage": BotApiServer._send_message,
    "sendDocument": BotApiServer._send_document,
    "sendChatAction": BotApiServer._send_chat_action,
    "answerCallbackQuery": BotApiServer._answer_callback_query,
    "setWebhook": BotApiServer._set_webhook,
    "deleteWebhook": BotApiServer._delete_webhook,
    "getWebhookInfo": BotApiServer._get_webhook_info,
    "setMyCommands": BotApiServer._set_my_commands,
}
