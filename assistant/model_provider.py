"""One language model behind LangChain. The only door to it, and to the HTTP client it speaks through."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from typing import Any

from pydantic import BaseModel

from assistant.errors import SettingError
from assistant.model_errors import ModelError, ModelLate, ModelNonsense
from assistant.model_failures import meant
from assistant.model_settings import OPENAI, OPENAI_URL, ModelChoice, ModelSettings

Messages = Sequence[tuple[str, str]]
"""(role, text): system, user or assistant."""

MOST_BYTES = 1_000_000
"""Of one answer on the wire; what comes after is not read."""

_PACKAGES = {
    OPENAI: ("langchain_openai", "openai"),
    "anthropic": ("langchain_anthropic", "anthropic"),
    "google_genai": ("langchain_google_genai", "google"),
}
_TALKATIVE = (
    "openai",
    "anthropic",
    "google_genai",
    "langchain_google_genai",
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
)
_INSTRUCTION = "Answer with one JSON object and nothing else. It must match this JSON Schema:\n{schema}"


class Mode(StrEnum):
    """How data is asked for, the strictest first."""

    SCHEMA = "json_schema"
    TOOL = "tool"
    JSON = "json"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said."""

    text: str
    tokens_in: int
    tokens_out: int
    cut: bool
    """Whether it had more to say than it may."""


class Provider:
    """A model that can be asked. Making one imports and asks nothing; the first call does."""

    def __init__(self, choice: ModelChoice, settings: ModelSettings) -> None:
        self.identity = choice.identity
        self.modes = tuple(Mode) if choice.provider == OPENAI else (Mode.TOOL, Mode.PLAIN)
        self._choice = choice
        self._settings = settings
        self._chat: Any = None
        self._lock = threading.Lock()
        module, extra = _PACKAGES[choice.provider]
        if find_spec(module) is None:
            raise SettingError(
                f"{self.identity} needs the package {module.replace('_', '-')}: pip install 'tro-ly-1022[{extra}]'."
            )

    def warm(self) -> None:
        """Import what the first call would: it takes seconds."""
        with self._lock:
            if self._chat is None:
                self._chat = _chat(self._choice, self._settings)

    def ask(self, messages: Messages, timeout: float, mode: Mode, shape: type[BaseModel] | None = None) -> Reply:
        """What the model answers, within about that many seconds.

        Raises:
            ModelLate: it does not answer in time.
            ModelUnavailable: it cannot be reached, or has failed.
            ModelRefused: it does not take the question.
            ModelNonsense: what came back is no answer.

        """
        from langsmith import tracing_context

        try:
            self.warm()
            # Whatever the environment says, nobody else is told what citizens ask.
            with tracing_context(enabled=False):
                message = self._bound(mode, shape, timeout).invoke(_told(messages, mode, shape))
            return _reply(message, messages)
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001 - each provider fails in its own ways
            # Not «from error»: what a server says back may hold the key or the citizen's words.
            raise meant(error, self.identity, timeout) from None

    def _bound(self, mode: Mode, shape: type[BaseModel] | None, timeout: float) -> Any:
        """The model with what this call adds."""
        options: dict[str, Any] = {}
        body: dict[str, Any] = {}
        if self._choice.provider == OPENAI:
            options["timeout"] = timeout
            if self._choice.url != OPENAI_URL:
                # Most servers know the old name only; OpenAI refuses it.
                body["max_tokens"] = self._settings.tokens_an_answer
        if shape is not None and mode is Mode.TOOL:
            return self._chat.bind_tools([shape], tool_choice=shape.__name__, **_with(options, body))
        if shape is not None and mode is Mode.SCHEMA:
            schema = {"name": shape.__name__, "schema": shape.model_json_schema()}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif shape is not None and mode is Mode.JSON:
            body["response_format"] = {"type": "json_object"}
        return self._chat.bind(**_with(options, body))


def schema_of(shape: type[BaseModel]) -> str:
    """The sentence that asks for data of that shape."""
    return _INSTRUCTION.format(schema=_schema(shape))


@cache
def _schema(shape: type[BaseModel]) -> str:
    return json.dumps(shape.model_json_schema(), ensure_ascii=False, separators=(",", ":"))


def _with(options: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    # Not as `response_format`: the library would then read the answer itself, and throw a cut one away with its count.
    return options | ({"extra_body": body} if body else {})


def _told(messages: Messages, mode: Mode, shape: type[BaseModel] | None) -> list[tuple[str, str]]:
    """The messages, and the schema where no tool carries it: servers that ignore a format say so to nobody."""
    told = list(messages)
    if shape is None or mode is Mode.TOOL:
        return told
    if told and told[0][0] == "system":
        return [("system", f"{told[0][1]}\n\n{schema_of(shape)}"), *told[1:]]
    return [("system", schema_of(shape)), *told]


def _chat(choice: ModelChoice, settings: ModelSettings) -> Any:
    for name in _TALKATIVE:
        # At DEBUG they write whole prompts.
        logging.getLogger(name).setLevel(logging.WARNING)
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": settings.timeout, "api_key": choice.key or "none", "cache": False}
    if choice.provider == OPENAI:
        options |= {
            "base_url": choice.url,
            "http_client": _client(settings),
            "openai_proxy": None,  # HTTPS_PROXY is honoured; one of OpenAI alone is not
            "use_responses_api": False,
            "max_retries": 0,
        }
        official = choice.url == OPENAI_URL
        # OpenAI's newer models take no temperature; elsewhere the same question shall get the same answer.
        options |= {"max_tokens": settings.tokens_an_answer} if official else {"temperature": 0}
    else:
        # Google counts the first attempt too.
        options |= {"max_tokens": settings.tokens_an_answer, "max_retries": 0 if choice.provider == "anthropic" else 1}
    return init_chat_model(choice.name, model_provider=choice.provider, **options)


def _client(settings: ModelSettings) -> Any:
    """An HTTP client that reads neither too much nor for too long, and takes a question nowhere else by a redirect."""
    import httpx2

    class Capped(httpx2.SyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            read, until = 0, time.monotonic() + settings.timeout
            for chunk in self._stream:
                read += len(chunk)
                if read > MOST_BYTES:
                    raise ModelNonsense("A model sent more than an answer can be. To mend it: set another.")
                if time.monotonic() > until:
                    raise ModelLate("A model's answer trickles. To mend it: look why it is slow, or set another.")
                yield chunk

        def close(self) -> None:
            self._stream.close()

    def cap(response: httpx2.Response) -> None:
        response.stream = Capped(response.stream)

    # Unpacked, a small answer may be a huge one.
    return httpx2.Client(
        timeout=settings.timeout, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [cap]}
    )


def _reply(message: Any, messages: Messages) -> Reply:
    calls = [*getattr(message, "tool_calls", ()), *getattr(message, "invalid_tool_calls", ())]
    arguments = calls[0].get("args") if calls else None
    text = json.dumps(arguments, ensure_ascii=False) if isinstance(arguments, dict) else arguments
    text = text or str(message.text)
    usage = getattr(message, "usage_metadata", None) or {}
    ended = message.response_metadata
    reason = str(ended.get("finish_reason") or ended.get("stop_reason") or "").lower()
    return Reply(
        text,
        int(usage.get("input_tokens") or estimated(*(said for _, said in messages))),
        int(usage.get("output_tokens") or estimated(text)),
        cut=reason in ("length", "max_tokens"),
    )


def estimated(*texts: str) -> int:
    """About how many tokens Vietnamese texts are, where nobody counted: rather too many."""
    return sum(len(text) // 2 + 1 for text in texts)
