"""What a process reads, compiles and imports once: done before the first citizens come, not while they wait."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final

from assistant.assistant import Assistant, now
from assistant.check import merged
from assistant.conversation import Memory, Turn
from assistant.model import Deadline, Models, ModelSettings
from assistant.proof import problems_of

log = logging.getLogger(__name__)

_QUESTIONS: Final = ("đăng ký tạm trú ở phường Hải Châu cần gì", "How much does a passport cost?")
"""One in each language: each has tables and patterns of its own."""
_OVER: Final = float("-inf")
"""The end of a deadline that leaves no time: no model is asked."""


def warm(assistant: Assistant) -> None:
    """Answer questions that nobody asked, without a model, and keep nothing. What cannot be warmed is only slow at first.

    Without it the first turns of a process, all at once, read and compile the same things side by side for seconds, and
    end long past the time that a turn with a model may take.

    Raises:
        KnowledgeError: there is no index to search.

    """
    assistant.catalogue.search(_QUESTIONS[0])
    try:
        if assistant.waiting:
            Models(ModelSettings.read()).warm()
        for question in _QUESTIONS:
            _answer(assistant, question)
    except Exception:
        log.exception("not warmed")


def _answer(assistant: Assistant, question: str) -> None:
    turn = Turn(conversation="", text=question, at=now())
    told = assistant.run(replace(assistant.draft(turn, Memory()), deadline=Deadline(_OVER)))
    if assistant.waiting and told.answer is not None:
        # As if a model had written all of it: what reads prose has its own tables.
        nothing = told.answer.model_copy(update={"blocks": ()})
        problems_of(told.answer, nothing, merged(told.findings), question)
