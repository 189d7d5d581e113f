"""Choosing how sure a search must be: the curves of knowledge/doubt.yaml, fitted on the odd-numbered questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.retrieval.questions import AMBIGUOUS, OUT_OF_SCOPE, QUESTIONS, Group, load
from knowledge.reader import Catalogue

CURVES: dict[str, tuple[str, ...]] = {
    "right": (
        "score",
        "margin",
        "lead",
        "fit",
        "said_nowhere",
        "heaviest_unsaid",
        "vectors",
        "vectors_agree",
        "outside_agree",
        "further",
        "vague",
    ),
    "scope": (
        "score",
        "lead",
        "names",
        "coverage",
        "said_nowhere",
        "heaviest_unsaid",
        "vectors",
        "vectors_agree",
        "outside",
        "outside_agree",
        "further",
        "words",
        "english",
        "vague",
        "vague_agree",
    ),
    "vague": ("margin", "lead", "vague", "vague_agree", "vaguer", "words", "fit", "vectors_agree", "coverage"),
}
"""The signs each curve weighs; `knowledge.search.signs` tells what they are."""

_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A question and the signs of its search."""

    group: Group
    right: bool
    signs: dict[str, float]


def see(catalogue: Catalogue) -> list[Seen]:
    """Every question of the three sets, in order, with the signs of its search; one without signs is left out."""
    found = []
    for path in (QUESTIONS, OUT_OF_SCOPE, AMBIGUOUS):
        for question in load(path):
            signs = catalogue.signs(question.question)
            if signs:
                first = catalogue.search(question.question, 1).codes
                found.append(Seen(question.group, bool(set(first) & set(question.codes)), signs))
    return found


def fit(seen: Sequence[Seen]) -> dict[str, dict[str, float]]:
    """The weights of each curve, by logistic regression."""
    clear = [s for s in seen if s.group is not Group.AMBIGUOUS]
    known = [s for s in seen if s.group is not Group.OUT_OF_SCOPE]
    return {
        "right": _fit("right", clear, lambda s: s.group is Group.IN_SCOPE and s.right),
        "scope": _fit("scope", seen, lambda s: s.group is not Group.OUT_OF_SCOPE),
        "vague": _fit("vague", known, lambda s: s.group is Group.AMBIGUOUS),
    }


def _fit(curve: str, seen: Sequence[Seen], is_so: Callable[[Seen], bool]) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression

    names = CURVES[curve]
    rows = np.array([[s.signs[name] for name in names] for s in seen])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model: Any = LogisticRegression(C=_RIDGE, max_iter=5_000).fit((rows - middle) / spread, [is_so(s) for s in seen])
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ middle)
    told = {"bias": bias, **dict(zip(names, weights, strict=True))}
    return {name: round(float(value), 3) for name, value in told.items()}
