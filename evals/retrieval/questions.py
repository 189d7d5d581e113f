"""The questions that are asked, and what each should come to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from evals.retrieval.errors import EvaluationError
from knowledge.same import same_as

QUESTIONS = Path(__file__).with_name("questions.jsonl")
OUT_OF_SCOPE = Path(__file__).with_name("out_of_scope.jsonl")
AMBIGUOUS = Path(__file__).with_name("ambiguous.jsonl")


class Group(StrEnum):
    """What a question should come to."""

    IN_SCOPE = "in_scope"
    """One procedure answers it."""
    OUT_OF_SCOPE = "out_of_scope"
    """No procedure answers it."""
    AMBIGUOUS = "ambiguous"
    """Nobody can tell which of several is meant: the right thing is to ask back."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question."""

    id: str
    question: str
    codes: tuple[str, ...]
    """All right answers; of an ambiguous one those that must be among the choices; none for what no office does."""
    speech: str
    section: str = "overview"
    group: Group = Group.IN_SCOPE
    kind: str = ""
    """Of a question out of scope: what it is about."""


def load(path: Path = QUESTIONS) -> list[Question]:
    """The questions of a file.

    Raises:
        EvaluationError: a line cannot be read.

    """
    group = {OUT_OF_SCOPE: Group.OUT_OF_SCOPE, AMBIGUOUS: Group.AMBIGUOUS}.get(path, Group.IN_SCOPE)
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line), group))
            except (ValueError, KeyError, TypeError) as error:
                raise EvaluationError(
                    f"{path.name}, line {number} is no question ({type(error).__name__}: {error}). "
                    "evals/retrieval/README.md shows how one is written."
                ) from error
    return questions


def load_all() -> list[Question]:
    """The questions of all three files: in scope, out of it, ambiguous."""
    return [*load(), *load(OUT_OF_SCOPE), *load(AMBIGUOUS)]


def _question(line: dict[str, Any], group: Group) -> Question:
    told, codes, speech = line["question"], line["codes"], line["speech"]
    if not isinstance(codes, list):
        raise TypeError("codes must be a list")
    section, kind = line.get("section", "overview"), line.get("kind", "")
    if group is Group.IN_SCOPE:  # a procedure that the portal lists twice is right under both codes
        codes = [same for code in codes for same in same_as(code)]
    return Question(line["id"], told, tuple(dict.fromkeys(codes)), speech, section, group, kind)
