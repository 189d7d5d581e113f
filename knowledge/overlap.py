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
    weights = _weights(index, words)
    in_names = index.names.postings(words)
    named = in_names.hold(best)
    told = named | index.body.postings(words).hold(positions)
    first = index.starts[positions]
    anywhere = told | in_names.hold_between(first, first + index.name_counts[positions].astype(np.intp))
    unsaid = np.where(anywhere, np.float32(0), weights[:, None]).max(axis=0, initial=0)
    lengths = np.maximum(index.name_lengths[best], 1e-6)
    total = max(float(weights.sum()), 1e-6)
    return {
        "fit": np.minimum(weights @ named / lengths, 1.0),
        "coverage": weights @ told / total,
        "said_nowhere": weights @ ~anywhere / total,
        "heaviest_unsaid": unsaid / max(index.names.heaviest, 1e-6),
    }


def title_overlap(index: Index, words: Sequence[str], name_scores: Scores, positions: Positions) -> dict[str, Scores]:
    """The same for the official title alone, which is all that a procedure has that nobody has written sayings for."""
    titles = index.starts[positions]
    lengths = np.maximum(index.name_lengths[titles], 1e-6)
    fit = np.minimum(_weights(index, words) @ index.names.postings(words).hold(titles) / lengths, 1.0)
    return {
        "title_words": name_scores[titles],
        "title_fit": fit,
        "heaviest_unasked": (1 - fit) * lengths / max(float(index.name_lengths.max()), 1e-6),
    }


def _weights(index: Index, words: Sequence[str]) -> Scores:
    return np.array([index.names.weight(word) for word in words], dtype=np.float32)
