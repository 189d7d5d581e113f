"""How near a question is to sayings that stand for something other than one procedure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.embedder import Embedder
from knowledge.nearest import Nearest
from knowledge.speech import Query, understand
from knowledge.text import fold_word

_NEIGHBOURS = 60
"""Among so many nearest sayings kinds are looked for."""
_VOTES = 3
"""The mean of so many nearest sayings of one kind is its agreement: one lucky saying is not enough."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The kind of saying that a question is nearest to."""

    kind: str
    cosine: float
    """Of the nearest saying; 1 where it is said word for word."""
    agreement: float
    """The mean cosine of the nearest few sayings of the kind."""


NOTHING = Likeness("", 0.0, 0.0)


class Sayings:
    """Sayings by kind, compared one by one with a question."""

    def __init__(self, kinds: Mapping[str, Sequence[str]], embedder: Embedder) -> None:
        self._kinds = tuple(kinds)
        said = [(number, understand(text)) for number, kind in enumerate(kinds) for text in kinds[kind]]
        counts = [len(kinds[kind]) for kind in kinds]
        self._owners = np.repeat(np.arange(len(counts)), counts)
        self._ends = np.cumsum(counts)
        self._starts = self._ends - counts
        self._embedder = embedder
        self._exact = {_key(query): number for number, query in said}
        # As questions and not as passages: both sides of the comparison are things people say.
        self._vectors = Nearest(np.concatenate([embedder.question(query) for _, query in said])) if said else None

    def like(self, query: Query) -> Likeness:
        """The kind nearest to a question; `NOTHING` where there are no sayings."""
        return next(iter(self.likest(query, 1)), NOTHING)

    def likest(self, query: Query, count: int) -> list[Likeness]:
        """The kinds nearest to a question, nearest first; what is said word for word comes before all."""
        if self._vectors is None:
            return []
        vector = self._embedder.question(query)[0]
        exact = self._exact.get(_key(query))
        found = [] if exact is None else [Likeness(self._kinds[exact], 1.0, 1.0)]
        places, cosines = self._vectors(vector, _NEIGHBOURS)
        nearest: dict[int, list[float]] = {}
        for kind, cosine in zip(self._owners[places].tolist(), cosines.tolist(), strict=True):
            if kind != exact:
                nearest.setdefault(kind, []).append(cosine)
        for kind in list(nearest)[: count - len(found)]:
            votes = self._votes(kind, nearest[kind], vector)
            best, agreement = (min(value, 0.999) for value in (nearest[kind][0], sum(votes) / len(votes)))
            found.append(Likeness(self._kinds[kind], round(best, 4), round(agreement, 4)))
        return found

    def _votes(self, kind: int, near: list[float], vector: npt.NDArray[np.float32]) -> list[float]:
        """The cosines of the nearest few sayings of a kind, of which some are known, nearest first."""
        start, end = self._starts[kind], self._ends[kind]
        if self._vectors is None or len(near) >= min(_VOTES, end - start):
            return near[:_VOTES]
        return np.sort(self._vectors.rows[start:end] @ vector)[-_VOTES:].tolist()  # type: ignore[no-any-return]


def _key(query: Query) -> str:
    return " ".join(map(fold_word, query.content))
