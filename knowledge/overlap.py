"""How much of a question stands in the names of a candidate, and how much of a name was asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.index import Index
from knowledge.lexical import Scores

Positions = npt.NDArray[np.intp]
"""Places of procedures, or of names, in the index."""


def best_names(index: Index, name_scores: Scores, positions: Positions) -> Positions:
    """The name of each procedure that matches best by words; the first of equals."""
    counts = index.name_counts[positions].astype(np.intp)
    ends = np.cumsum(counts)
    begins = ends - counts
    names = np.arange(ends[-1]) - np.repeat(begins, counts) + np.repeat(index.starts[positions], counts)
    scores = name_scores[names]
    is_best = np.flatnonzero(scores == np.repeat(np.maximum.reduceat(scores, begins), counts))
    found: Positions = names[is_best[np.searchsorted(is_best, begins)]]
    return found


def overlap(index: Index, words: Sequence[str], positions: Positions, best: Positions) -> dict[str, Scores]:
    """How much of the question a candidate answers to, and how much of its best name was asked for."""
    total = 0.0
    covered, in_name, nowhere, unsaid = (np.zeros(len(positions), dtype=np.float32) for _ in range(4))
    for word in words:
        weight = index.names.weight(word)
        total += weight
        named = index.names.holds(word, best)
        told = named | index.body.holds(word, positions)
        anywhere = told | _in_some_name(index, word, positions)
        in_name += weight * named
        covered += weight * told
        nowhere += weight * ~anywhere
        unsaid = np.maximum(unsaid, np.where(anywhere, 0, np.float32(weight)))
    lengths = np.maximum(index.name_lengths[best], 1e-6)
    total = max(total, 1e-6)
    return {
        "fit": np.minimum(in_name / lengths, 1.0),
        "coverage": covered / total,
        "said_nowhere": nowhere / total,
        "heaviest_unsaid": unsaid / max(index.names.heaviest, 1e-6),
    }


def _in_some_name(index: Index, word: str, positions: Positions) -> npt.NDArray[np.bool_]:
    names = index.names.documents(word)  # in order, so what lies between two places is counted by looking at both
    first = index.starts[positions]
    after = first + index.name_counts[positions].astype(np.intp)
    found: npt.NDArray[np.bool_] = np.searchsorted(names, after) > np.searchsorted(names, first)
    return found


def title_overlap(index: Index, words: Sequence[str], name_scores: Scores, positions: Positions) -> dict[str, Scores]:
    """The same for the official title alone, which is all that a procedure has that nobody has written sayings for."""
    titles = index.starts[positions]
    asked = np.zeros(len(positions), dtype=np.float32)
    for word in words:
        asked += index.names.weight(word) * index.names.holds(word, titles)
    lengths = np.maximum(index.name_lengths[titles], 1e-6)
    fit = np.minimum(asked / lengths, 1.0)
    return {
        "title_words": name_scores[titles],
        "title_fit": fit,
        "heaviest_unasked": (1 - fit) * lengths / max(float(index.name_lengths.max()), 1e-6),
    }
