"""Asking: every question, what the search ranked, and what a person would have met with."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.assistant import Assistant
from evals.retrieval.outcomes import Outcome, Verdict, meet, verdict
from evals.retrieval.questions import AMBIGUOUS, OUT_OF_SCOPE, QUESTIONS, Question, load, load_all
from knowledge.index_build import Progress, Report
from knowledge.reader import Catalogue

__all__ = ["AMBIGUOUS", "OUT_OF_SCOPE", "QUESTIONS", "Question", "Ranking", "Result", "ask_all", "load", "rank_of"]

HITS = 10
"""How many hits a question is asked for."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a search put first for a question, and how sure it was."""

    question: Question
    codes: tuple[str, ...]
    confidence: float
    ms: float

    @property
    def rank(self) -> int:
        """The place of the first right procedure, from 1; 0 if it did not come."""
        return rank_of(self.codes, self.question.codes)


@dataclass(frozen=True, slots=True)
class Result(Ranking):
    """A ranking, and what a person would have met with."""

    outcome: Outcome = Outcome.TURNED_AWAY
    choices: tuple[str, ...] = ()
    """The code that was told as the answer, or those that were offered."""

    @property
    def verdict(self) -> Verdict:
        """How good that is."""
        return verdict(self.outcome, self.choices, self.question.codes)


def rank_of(came: Sequence[str], right: Sequence[str]) -> int:
    """The place of the first right code among those that came, from 1; 0 if none did."""
    return next((rank for rank, code in enumerate(came, start=1) if code in right), 0)


def rank(catalogue: Catalogue, question: Question) -> Ranking:
    """Search for a question, timed."""
    started = time.perf_counter()
    found = catalogue.search(question.question, HITS)
    ms = (time.perf_counter() - started) * 1000
    return Ranking(question, found.codes, found.confidence, ms)


def ask_all(
    assistant: Assistant, questions: Sequence[Question] | None = None, report: Report = lambda _: None
) -> list[Result]:
    """Ask all questions, in scope, out of it and ambiguous."""
    questions = load_all() if questions is None else questions
    for question in questions[:1]:
        rank(assistant.catalogue, question)  # what the first search of a process loads is no part of its time
    results = []
    for number, question in enumerate(questions, start=1):
        ranked = rank(assistant.catalogue, question)
        outcome, choices = meet(assistant, question.question)
        results.append(Result(question, ranked.codes, ranked.confidence, ranked.ms, outcome, choices))
        report(Progress("Asking", number, len(questions)))
    return results
