"""The terms that text is compared by: syllables with their marks, without them, and pairs of neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.text import fold

FOLDED = "~"
"""Begins every term without marks, so that «ma» and the folded «mã» stay apart."""


def document_terms(words: Sequence[str]) -> list[str]:
    """All terms of a text to be found: it must be found whether or not the asker types marks."""
    folded = [fold(word) for word in words]
    return [*words, *(FOLDED + word for word in folded), *_pairs(folded)]


def query_terms(words: Sequence[str], *, accented: bool) -> list[str]:
    """The terms of a question: marks are compared only where the asker typed some."""
    folded = [fold(word) for word in words]
    return [*(words if accented else ()), *(FOLDED + word for word in folded), *_pairs(folded)]


def _pairs(folded: Sequence[str]) -> list[str]:
    return [f"{FOLDED}{first}_{second}" for first, second in pairwise(folded)]
