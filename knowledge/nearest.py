"""The nearest of many vectors: a short look at those that may be near, and a whole look at the few that it leaves."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from knowledge.lexical import highest

Matrix = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

_SHORT = 96
"""Of 256 directions turned so that the first hold most: these hold three quarters of what there is."""
_LOOKED_AT = 6
"""For each vector asked for so many are looked at whole. Of the 60 vague sayings nearest to the questions of evals/ one in
a thousand is lost so, at the far end, and none that is nearest."""
_NOTHING = np.float32(1e-9)
_FEW = 2_000
"""So few are looked at whole at once."""
_OF_MIDDLES = 64
"""So many of those directions are enough for the middle of a group."""
_GROUPS = 5
"""For each vector asked for the members of so many groups are looked at. Of the 80 names nearest to the questions of evals/
one in a hundred is lost so, at the far end, and of 1,505 that are nearest two."""


class Nearest:
    """Vectors of one length, one a row, and which of them are nearest to another."""

    def __init__(self, rows: Matrix) -> None:
        self.rows = rows
        """As they were given, in their order."""
        _one_thread_each()
        # The axes of the whole cloud (its principal components), the widest first.
        _, axes = np.linalg.eigh(rows.T @ rows)
        self._axes: Matrix = np.ascontiguousarray(axes[:, ::-1][:, :_SHORT], dtype=np.float32)
        self._short: Matrix = rows @ self._axes

    def __call__(self, vector: Matrix, count: int) -> tuple[Places, Matrix]:
        """The places of the nearest rows, `count` at most, nearest first, and the cosines; none that is not above 0."""
        if len(self.rows) <= _FEW:
            places, cosines = np.arange(len(self.rows)), _cosines(self.rows, vector)
        else:
            places = self._first_look(vector @ self._axes, count)
            cosines = _cosines(self.rows.take(places, axis=0), vector)
        top = highest(cosines, count)
        # By place where cosines are equal, whatever order the short look gave.
        best = top[np.lexsort((places[top], -cosines[top]))]
        return places[best], cosines[best]

    def _first_look(self, short: Matrix, count: int) -> Places:
        """The places of what may be among the nearest so many."""
        return highest(self._short @ short, count * _LOOKED_AT)


class NearestInGroups(Nearest):
    """The same for vectors that lie in groups, each group on one side of the cloud: most groups need no look at all.

    The names of a procedure are such a group: what is near to one of them is seldom far from the middle of them all.
    """

    def __init__(self, rows: Matrix, starts: Places) -> None:
        super().__init__(rows)
        self._starts, self._counts = starts, np.diff(starts, append=len(rows))
        middles: Matrix = np.add.reduceat(rows, starts, axis=0) @ self._axes
        lengths: Matrix = np.linalg.norm(middles, axis=1, keepdims=True).astype(np.float32)
        unit = (middles / np.maximum(lengths, _NOTHING)).astype(np.float32)
        self._middles: Matrix = np.ascontiguousarray(unit[:, :_OF_MIDDLES])

    def _first_look(self, short: Matrix, count: int) -> Places:
        groups = np.sort(highest(self._middles @ short[:_OF_MIDDLES], count * _GROUPS))
        places = members(self._starts[groups], self._counts[groups])
        return places[highest(self._short.take(places, axis=0) @ short, count * _LOOKED_AT)]


def members(starts: Places, counts: Places) -> Places:
    """The numbers from each start on, so many as its count, one group after the other."""
    before = np.cumsum(counts) - counts
    numbers: Places = np.arange(counts.sum()) + np.repeat(starts - before, counts)
    return numbers


def _cosines(rows: Matrix, vector: Matrix) -> Matrix:
    """Einsum and not @: equal rows give the same cosine to the last bit, wherever they stand."""
    cosines: Matrix = np.einsum("ij,j->i", rows, vector)
    return cosines


@lru_cache(maxsize=1)
def _one_thread_each() -> None:
    # Questions run side by side already: threads within one product of BLAS wait for each other and halve what gets done.
    threadpool_limits(1, user_api="blas")
