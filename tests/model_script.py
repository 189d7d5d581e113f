"""What a scripted model server does with one request. Import it from `tests.model_server`, which tells how to use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.model_server import Handler

Message = dict[str, Any]
Said = str | dict[str, Any]
Speech = Said | Callable[[list[Message]], Said]
NAME = "tre-1"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def messages(self) -> list[Message]:
        """The conversation so far."""
        return list(self.body["messages"])

    @property
    def mode(self) -> str:
        """How the answer is wanted: json_schema, tool, json or plain."""
        if self.body.get("tools"):
            return "tool"
        form = self.body.get("response_format", {}).get("type", "text")
        return {"json_schema": "json_schema", "json_object": "json"}.get(form, "plain")


@dataclass(frozen=True, slots=True)
class Script:
    """What one request gets. Made by the functions below."""

    act: Callable[[Handler, Request], None]
    checked: bool = True
    """Whether a form that the server does not take is refused first."""

    @classmethod
    def good(cls, said: Speech, *, tokens: tuple[int, int] | None = (20, 10)) -> Script:
        """A right answer. `tokens`: what the server says it took and gave; None: it says nothing of it."""

        def act(handler: Handler, request: Request) -> None:
            handler.send(200, completion(request, _said(said, request), tokens, ignores=handler.model.ignores))

        return cls(act)

    @classmethod
    def text(cls, content: str, *, ended: str = "stop") -> Script:
        """That content to whatever was asked, never as a tool call: no JSON, a wrong schema, nothing («»)."""
        return cls(lambda handler, _: handler.send(200, _choice({"content": content}, ended, (20, 10))))

    @classmethod
    def tool_call(cls, arguments: str, name: str = "Plan") -> Script:
        """A tool call with those arguments as they are, be they JSON or not."""
        call = {"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}
        message = {"content": None, "tool_calls": [call]}
        return cls(lambda handler, _: handler.send(200, _choice(message, "tool_calls", (20, 10))))

    @classmethod
    def long(cls, sentence: str = "Lại nói tiếp. ", times: int = 500) -> Script:
        """Text that went on until max_tokens stopped it in the middle of a sentence."""
        return cls.text((sentence * times)[:-3], ended="length")

    @classmethod
    def slow(cls, then: Script | None = None) -> Script:
        """Silence until `server.release()`, then `then`, or a dead line."""

        def act(handler: Handler, request: Request) -> None:
            handler.model.released.wait()
            (then or cls.dead()).act(handler, request)

        return cls(act)

    @classmethod
    def dead(cls) -> Script:
        """The line goes dead without a word."""
        return cls(lambda handler, _: handler.hang_up(), checked=False)

    @classmethod
    def cut(cls) -> Script:
        """Half an answer, then the line goes dead."""

        def act(handler: Handler, request: Request) -> None:
            handler.head(200, "Content-Length", "5000")
            handler.wfile.write(b'{"choices": [{"message": {"content": "Ch')
            handler.hang_up()

        return cls(act)

    @classmethod
    def status(cls, code: int, retry_after: float | None = None, message: str = "no", location: str = "") -> Script:
        """An error status, as OpenAI words it; `retry_after` in seconds; `location` for a redirect."""
        more = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
        more |= {"Location": location} if location else {}
        body = {"error": {"message": message, "type": "made_up", "code": None}}
        return cls(lambda handler, _: handler.send(code, body, **more), checked=False)

    @classmethod
    def body(cls, content: bytes, content_type: str = "application/json") -> Script:
        """Any body with status 200: half JSON, a login page."""
        return cls(lambda handler, _: handler.send(200, content, content_type), checked=False)

    @classmethod
    def endless(cls, piece: bytes = b" " * 65_536, *, pause: float = 0) -> Script:
        """Bytes without end, until the other side hangs up. With a pause of seconds between them they trickle."""

        def act(handler: Handler, request: Request) -> None:
            handler.head(200, "Transfer-Encoding", "chunked")
            try:
                while not handler.model.closing.wait(pause):
                    handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                    handler.wfile.flush()
            except OSError:
                handler.model.left.set()
            handler.close_connection = True

        return cls(act)


def completion(
    request: Request, said: Said, tokens: tuple[int, int] | None = (20, 10), *, ignores: bool = False
) -> dict[str, Any]:
    """A whole answer in the form that was asked for."""
    if isinstance(said, str) or request.mode != "tool" or ignores:
        content = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        return _choice({"content": content}, "stop", tokens)
    function = {
        "name": request.body["tools"][0]["function"]["name"],
        "arguments": json.dumps(said, ensure_ascii=False),
    }
    message = {"content": None, "tool_calls": [{"id": "1", "type": "function", "function": function}]}
    return _choice(message, "tool_calls", tokens)


def _choice(message: dict[str, Any], ended: str, tokens: tuple[int, int] | None) -> dict[str, Any]:
    usage = (
        {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)} if tokens else None
    )
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": NAME,
        "choices": [{"index": 0, "finish_reason": ended, "message": {"role": "assistant", **message}}],
        **({"usage": usage} if usage else {}),
    }


def _said(said: Speech, request: Request) -> Said:
    return said(request.messages) if callable(said) else said
