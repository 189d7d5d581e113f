"""A scripted language model as an agent would have it: one that plans and writes well, and many that do not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant import graph
from assistant.act.ask import Act
from assistant.assistant import Assistant
from assistant.model import Models
from assistant.operator_hours import OperatorHours
from assistant.plan.model import ModelPlanner
from assistant.proof import Proof
from assistant.write.model import ModelWriter
from tests.model_server import Script

_MESSAGE = re.compile(r"Tin nhắn[^\n]*:\n«(.*)»", re.DOTALL)
_FACTS = re.compile(r"Dữ kiện:\n(.*?)\n\n(?:Tin nhắn|Bài viết)", re.DOTALL)


def with_model(assistant: Assistant, models: Models) -> Assistant:
    """The same assistant, planning, writing and checking with a model."""
    act = Act(assistant.catalogue, OperatorHours.read({}))
    steps = graph.build(ModelPlanner(models, assistant.catalogue), act, ModelWriter(models), Proof(models))
    return replace(assistant, run=steps)


def is_plan(messages: list[dict[str, Any]]) -> bool:
    """Whether the planner asks."""
    return "wishes" in messages[0]["content"]


def is_filling(messages: list[dict[str, Any]]) -> bool:
    """Whether words for a form are asked for."""
    return "`told`" in messages[0]["content"]


def asked(messages: list[dict[str, Any]]) -> str:
    """The citizen's message, as the model is shown it."""
    found = _MESSAGE.search(messages[-1]["content"])
    return found.group(1) if found else ""


def told(messages: list[dict[str, Any]]) -> str:
    """The facts that the writer is given."""
    found = _FACTS.search(messages[-1]["content"])
    return found.group(1) if found else ""


def plans(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """A plan that says no more than the message."""
    return {"wishes": [{"kind": "procedure", "about": "new", "question": asked(messages), "parts": []}]}


def honest(messages: list[dict[str, Any]]) -> str | dict[str, Any]:
    """Plans by the message, and writes down the facts as they are."""
    if is_filling(messages):
        return {"told": []}
    return plans(messages) if is_plan(messages) else told(messages)


def saying(words: str) -> Script:
    """A model that plans well, and adds these words to every fact it was given."""

    def speak(messages: list[dict[str, Any]]) -> str | dict[str, Any]:
        return plans(messages) if is_plan(messages) else f"{told(messages)}\n\n{words}"

    return Script.good(speak)
