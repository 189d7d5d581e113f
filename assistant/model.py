"""The one way to a language model: `Models.structured` and `Models.text`. Whoever asks catches `ModelError` and does without.

    asked → budget → breaker → slot → call → read        model_settings  which models
              └── again, or the next model ──┘           model_provider  LangChain, and nothing else knows it

A citizen's words reach models only after the caller masked them; nothing of them is ever logged here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from assistant.model_budget import Budget, MemoryUsage, UsageStore
from assistant.model_calls import Calls, Clock, Deadline, Usage
from assistant.model_chain import Chain, Question
from assistant.model_errors import (
    ModelBusy,
    ModelError,
    ModelLate,
    ModelNonsense,
    ModelOff,
    ModelRefused,
    ModelSpent,
    ModelUnavailable,
    Outcome,
    TooManyCalls,
)
from assistant.model_parse import Unreadable, parse, without_thoughts
from assistant.model_provider import Messages, schema_of
from assistant.model_settings import ModelChoice, ModelSettings

__all__ = [
    "Calls",
    "Clock",
    "Deadline",
    "Messages",
    "ModelBusy",
    "ModelChoice",
    "ModelError",
    "ModelLate",
    "ModelNonsense",
    "ModelOff",
    "ModelRefused",
    "ModelSettings",
    "ModelSpent",
    "ModelUnavailable",
    "Models",
    "Outcome",
    "TooManyCalls",
    "Usage",
]

Shape = TypeVar("Shape", bound=BaseModel)

MOST_SHOWN = 4_000
"""Characters of a wrong answer that the model is shown again."""

_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*(?=\s|$)|\n")


class Models:
    """Language models by setting, with their fallbacks. Thread-safe; made once a process.

    Making it asks nothing of a server.

    Raises:
        SettingError: a package is missing; the message names the extra that brings it.

    """

    def __init__(self, settings: ModelSettings, usage: UsageStore | None = None, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or Clock()
        self._chain = Chain(settings, Budget(settings, usage or MemoryUsage(), self._clock), self._clock)

    def __bool__(self) -> bool:
        return bool(self._settings.choices)

    def deadline(self) -> Deadline:
        """What one turn that begins now may spend on models."""
        return Deadline(self._clock.monotonic() + self._settings.deadline, self._clock.monotonic)

    def warm(self) -> None:
        """Import what the first call would; for the start of a server."""
        for link in self._chain.links:
            link.provider.warm()

    def structured(
        self, step: str, messages: Sequence[tuple[str, str]], shape: type[Shape], deadline: Deadline
    ) -> Shape:
        """Data of that shape, as a model read it from the messages. An answer that cannot be read is repaired once.

        Raises:
            ModelError: there is none in time; go on without a model.

        """
        reply = self._chain.ask(Question(step, messages, shape, deadline))
        try:
            return parse(reply.text, shape)
        except Unreadable as fault:
            _spoil(deadline)
            again = _repair(messages, reply.text, fault, shape)
        reply = self._chain.ask(Question(step, again, shape, deadline))
        try:
            return parse(reply.text, shape)
        except Unreadable:
            _spoil(deadline)
            raise _nonsense(deadline, f"gives no {shape.__name__} that can be read") from None

    def text(self, step: str, messages: Sequence[tuple[str, str]], deadline: Deadline) -> str:
        """What a model says, without what it thought before. Endless text ends with its last whole sentence.

        Raises:
            ModelError: there is nothing in time; go on without a model.

        """
        reply = self._chain.ask(Question(step, messages, None, deadline))
        said = without_thoughts(reply.text)
        if reply.cut:
            ends = [match.end() for match in _SENTENCE_END.finditer(said)]
            said = said[: ends[-1]].strip() if ends else ""
        if not said:
            _spoil(deadline)
            raise _nonsense(deadline, "says nothing")
        return said


def _repair(
    messages: Sequence[tuple[str, str]], said: str, fault: Unreadable, shape: type[BaseModel]
) -> list[tuple[str, str]]:
    """The messages, what the model made of them, and what is wrong with that."""
    wrong = [("assistant", said[:MOST_SHOWN])] if said.strip() else []
    return [*messages, *wrong, ("user", f"{fault} {schema_of(shape)}")]


def _spoil(deadline: Deadline) -> None:
    """The last call came in time, but to nothing."""
    made = deadline.calls.made
    made[-1] = replace(made[-1], outcome=Outcome.NONSENSE)


def _nonsense(deadline: Deadline, what: str) -> ModelNonsense:
    # Not what is wrong with it: a validator's message may hold the citizen's words.
    return ModelNonsense(f"{deadline.calls.made[-1].model} {what}. To mend it: set a larger model.")
