"""How much of a question stands in the names of a candidate, and how much of a name was asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.index import Index
from knowledge.lexical import Scores
from knowledge.nearest import members

Positions = npt.NDArray[np.intp]
"""Places of procedures, or of names, in the index."""


def best_names(index: Index, name_scores: Scores, positions: Positions) -> tuple[Positions, Scores]:
    """The name of each procedure that matches best by words, the first of equals, and its score."""
    counts = index.name_counts[positions].astype(np.intp)
    begins = np.cumsum(counts) - counts
    names = members(index.starts[positions], counts)
    scores = name_scores[names]
    best: Scores = np.maximum.reduceat(scores, begins)
    is_best = np.flatnonzero(scores == np.repeat(best, counts))
    found: Positions = names[is_best[np.searchsorted(is_best, begins)]]
    return found, best


def overlap(index: Index, words: Sequence[str], positions: Positions, best: Positions) -> dict[str, Scores]:
    """How much of the question a candidate answers to, and how much of its best name was asked for.

    The same for the official title alone, which is all that a procedure has that nobody has written sayings for.
    """
    weights = np.array([index.names.weight(word) for word in words], dtype=np.float32)
    titles = index.starts[positions]
    following = index.names.following(words, np.concatenate((best, titles)))
    named = following[:, : len(best)] == best
    next_named = following[:, len(best) :]
    told = named | (index.body.following(words, positions) == positions)
    after = titles + index.name_counts[positions].astype(np.intp)
    anywhere = told | ((next_named >= titles) & (next_named < after))
    unsaid = np.where(anywhere, np.float32(0), weights[:, None]).max(axis=0, initial=0)
    total = max(float(weights.sum()), 1e-6)
    title_fit, title_lengths = _fit(index, titles, weights @ (next_named == titles))
    return {
        "fit": _fit(index, best, weights @ named)[0],
        "coverage": weights @ told / total,
        "said_nowhere": weights @ ~anywhere / total,
        "heaviest_unsaid": unsaid / max(index.names.heaviest, 1e-6),
        "title_fit": title_fit,
        "heaviest_unasked": (1 - title_fit) * title_lengths / index.longest_name,
    }


def _fit(index: Index, names: Positions, said: Scores) -> tuple[Scores, Scores]:
    """The share of each name that was said, and how long the names are."""
    lengths: Scores = np.maximum(index.name_lengths[names], 1e-6)
    return np.minimum(said / lengths, 1.0), lengths
