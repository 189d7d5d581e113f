"""What the right procedures of the questions are like: their field, where their record comes from, and who taught us how they are said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from evals.retrieval.questions import Question
from knowledge.procedure import Layer, Procedure
from knowledge.reader import Catalogue

_ORIGINS = {Layer.WRITTEN: "written", Layer.FACTS: "facts"}
IMPORTED = "imported"
UNKNOWN = "not in this catalogue"


@dataclass(frozen=True, slots=True)
class Subject:
    """The first right procedure of a question."""

    field: str = UNKNOWN
    origin: str = UNKNOWN
    seen: bool = False
    """It has phrasings, so that index and embedder have seen how people say it."""


Subjects = dict[str, Subject]
"""By code."""


def subjects(catalogue: Catalogue, questions: Iterable[Question], phrased: Collection[str]) -> Subjects:
    """The first right procedures of these questions that the catalogue holds; `phrased` are codes with phrasings."""
    codes = list(dict.fromkeys(question.codes[0] for question in questions if question.codes))
    held = catalogue.store.many(codes)
    return {code: _subject(procedure, seen=code in phrased) for code, procedure in held.items()}


def _subject(procedure: Procedure, *, seen: bool) -> Subject:
    return Subject(procedure.field or "(no field)", _ORIGINS.get(procedure.layer, IMPORTED), seen)
