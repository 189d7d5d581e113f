"""Asking the assistant as it is set up, model and all, and counting what went out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.assistant import Assistant, now
from assistant.check import merged, ungrounded
from assistant.conversation import Memory, Turn
from assistant.proof import problems_of
from evals.bench.timing import percentile
from evals.retrieval.questions import Question, load_all


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what became of it."""

    family: str
    """Of the status: answered, clarification, …"""
    words: str
    """Whose words went out: model, mended, rewritten, fields; empty where none were wanted."""
    why: str
    """Why the model's words did not go out as they were."""
    ungrounded: int
    ms: float
    tokens: int


def sample(count: int) -> list[Question]:
    """So many questions of all sets, evenly spread."""
    questions = load_all()
    return questions[:: max(len(questions) // max(count, 1), 1)][:count]


def ask(assistant: Assistant, questions: Iterable[Question]) -> list[Asked]:
    """Ask every question as one who has said nothing before; nothing is kept."""
    return [_asked(assistant, question.question) for question in questions]


def _asked(assistant: Assistant, text: str) -> Asked:
    started = time.perf_counter()
    turn = Turn(conversation="eval", text=text, at=now(), channel="eval")
    draft = assistant.run(assistant.draft(turn, Memory()))
    ms = (time.perf_counter() - started) * 1_000
    answer = draft.answer
    if answer is None:
        return Asked("error", "", "", 0, ms, 0)
    found = merged(draft.findings) if draft.findings and draft.findings[0].said is None else None
    left = len(ungrounded(answer, found)) if found else 0
    if found and draft.plain is not None:
        left += len(problems_of(answer, draft.plain, found, text))
    used = sum(usage.tokens_in + usage.tokens_out for usage in draft.deadline.calls.made) if draft.deadline else 0
    words = str(draft.notes.get("proof") or draft.notes.get("written", "")).split(":")[0]
    why = str(draft.notes.get("written", "")).partition(": ")[2]
    return Asked(answer.status.family, words, why, left, ms, used)


def lines(asked: Sequence[Asked]) -> list[tuple[str, str]]:
    """What to print: a label and a figure each."""
    count = len(asked)
    times = sorted(one.ms for one in asked) or [0.0]
    families = Counter(one.family for one in asked)
    words = Counter(one.words for one in asked if one.words)
    whys = Counter(one.why for one in asked if one.why)
    return [
        ("questions", str(count)),
        *((f"status: {family}", f"{number / count:.3f}") for family, number in families.most_common()),
        ("answers with a figure or claim that nothing found holds", str(sum(one.ungrounded > 0 for one in asked))),
        *((f"words of: {name}", str(number)) for name, number in words.most_common()),
        *((f"no words of a model: {name}", str(number)) for name, number in whys.most_common()),
        ("milliseconds, p50 / p95", f"{percentile(times, 0.5):.0f} / {percentile(times, 0.95):.0f}"),
        ("tokens, all", str(sum(one.tokens for one in asked))),
    ]
