"""The nearest of many vectors: a short look at all of them, and a whole look at the few that it leaves."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from knowledge.lexical import highest

Matrix = npt.NDArray[np.float32]

_SHORT = 96
"""Of 256 directions turned so that the first hold most: these hold three quarters of what there is."""
_LOOKED_AT = 8
"""For each vector asked for so many are looked at whole. Of the nearest 60 names to the questions of evals/ one in five
hundred is lost so, at the far end, and none that is nearest."""


class Nearest:
    """Vectors of one length, one a row, and which of them are nearest to another."""

    def __init__(self, rows: Matrix) -> None:
        self.rows = rows
        """As they were given, in their order."""
        _one_thread_each()
        # The axes of the whole cloud (its principal components), the widest first.
        _, axes = np.linalg.eigh(rows.T @ rows)
        self._axes: Matrix = np.ascontiguousarray(axes[:, ::-1][:, :_SHORT], dtype=np.float32)
        # Column by column: reading them costs more than multiplying, and this way they are read in one go.
        self._short: Matrix = np.ascontiguousarray((rows @ self._axes).T)

    def __call__(self, vector: Matrix, count: int) -> tuple[npt.NDArray[np.intp], Matrix]:
        """The places of the nearest rows, `count` at most, nearest first, and the cosines; none that is not above 0."""
        if not len(self.rows):
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        seen = highest((vector @ self._axes) @ self._short, count * _LOOKED_AT)
        # einsum and not @: equal rows give the same cosine to the last bit, wherever they stand.
        cosines = np.einsum("ij,j->i", self.rows[seen], vector)
        top = highest(cosines, count)
        # By place where cosines are equal, whatever order the short look gave.
        best = top[np.lexsort((seen[top], -cosines[top]))]
        return seen[best], cosines[best]


@lru_cache(maxsize=1)
def _one_thread_each() -> None:
    # Questions run side by side already: threads within one product of BLAS wait for each other and halve what gets done.
    threadpool_limits(1, user_api="blas")
