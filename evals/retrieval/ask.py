"""Asking: every question of the set, and what came back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.reader import Catalogue

QUESTIONS = Path(__file__).with_name("questions.jsonl")
OUT_OF_SCOPE = Path(__file__).with_name("out_of_scope.jsonl")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `codes` are all right answers, none for what no office does."""

    id: str
    question: str
    codes: tuple[str, ...]
    speech: str
    section: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came back for a question, best first."""

    question: Question
    codes: tuple[str, ...]
    confidence: float
    ms: float

    @property
    def rank(self) -> int:
        """The place of the first right procedure, from 1; 0 if it did not come."""
        return next((rank for rank, code in enumerate(self.codes, start=1) if code in self.question.codes), 0)


def load(path: Path = QUESTIONS) -> list[Question]:
    """The questions of a file."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Question(x["id"], x["question"], tuple(x["codes"]), x["speech"], x["section"]) for x in lines]


def ask_all(catalogue: Catalogue, count: Callable[[], None] = lambda: None) -> list[Result]:
    """Ask all questions, in scope and out of it."""
    results = []
    for question in (*load(), *load(OUT_OF_SCOPE)):
        started = time.perf_counter()
        found = catalogue.search(question.question, 10)
        ms = (time.perf_counter() - started) * 1000
        results.append(Result(question, found.codes, found.confidence, ms))
        count()
    return results
