"""The terms that text is compared by: syllables with their marks, without them, and pairs of neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.text import fold_word

FOLDED = "~"
"""Begins every term without marks, so that «ma» and the folded «mã» stay apart."""


def document_terms(words: Sequence[str]) -> list[str]:
    """All terms of a text to be found: it must be found whether or not the asker types marks."""
    folded = [fold_word(word) for word in words]
    return [*words, *(FOLDED + word for word in folded), *_pairs(folded)]


def query_terms(words: Sequence[str], *, accented: bool) -> list[str]:
    """The terms of a question: marks are compared only where the asker typed some."""
    folded = [fold_word(word) for word in words]
    return [*(words if accented else ()), *(FOLDED + word for word in folded), *_pairs(folded)]


def pair_term(first: str, second: str) -> str:
    """The term of two neighbouring words without marks."""
    return f"{FOLDED}{first}_{second}"


def _pairs(folded: Sequence[str]) -> list[str]:
    return [pair_term(first, second) for first, second in pairwise(folded)]
