"""The learned ranker: a forest of small decision trees over the features of a candidate.

Trained with LightGBM (`tro-ly ranker train`), which takes seconds to import and is needed for training only: what it learned
is a table of splits, and walking them for forty candidates is a few numpy look-ups.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.errors import KnowledgeError
from knowledge.features import FEATURES

SHIPPED = Path(__file__).parent / "ranker_data" / "forest.npz"

Scores = npt.NDArray[np.float32]


class Forest:
    """Trees as arrays of shape (trees, nodes): a node compares one feature with its threshold; a leaf points at itself."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise KnowledgeError(f"{path.name} is missing: run `tro-ly ranker train`, or restore the file.")
        with np.load(path) as data:
            if tuple(data["features"].tobytes().decode().split("\n")) != FEATURES:
                raise KnowledgeError(f"{path.name} was trained on other features: run `tro-ly ranker train`.")
            self._feature = data["feature"].astype(np.intp)
            self._threshold = data["threshold"].astype(np.float32)
            self._left, self._right = data["left"].astype(np.intp), data["right"].astype(np.intp)
            self._value = data["value"].astype(np.float32)
            self._depth = int(data["depth"])
        self._trees = np.arange(len(self._feature))

    def __call__(self, matrix: Scores) -> Scores:
        """The score of each row of features (rows, features); higher is better, zero is average."""
        leaves = self._leaves(matrix)
        scores: Scores = self._value[self._trees, leaves].sum(axis=1)
        return scores

    def contributions(self, matrix: Scores) -> Scores:
        """How much each feature moves each row's score, shape (rows, features): the change of a node's mean along its path."""
        moved = np.zeros(matrix.shape, dtype=np.float32)
        rows = np.arange(len(matrix))[:, None]
        node = np.zeros((len(matrix), len(self._trees)), dtype=np.intp)
        for _ in range(self._depth):
            after = self._step(matrix, node)
            change = self._value[self._trees, after] - self._value[self._trees, node]
            np.add.at(moved, (rows, self._feature[self._trees, node]), change)
            node = after
        return moved

    def _leaves(self, matrix: Scores) -> npt.NDArray[np.intp]:
        node = np.zeros((len(matrix), len(self._trees)), dtype=np.intp)
        for _ in range(self._depth):
            node = self._step(matrix, node)
        return node

    def _step(self, matrix: Scores, node: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        rows = np.arange(len(matrix))[:, None]
        goes_left = matrix[rows, self._feature[self._trees, node]] <= self._threshold[self._trees, node]
        following: npt.NDArray[np.intp] = np.where(
            goes_left, self._left[self._trees, node], self._right[self._trees, node]
        )
        return following


@lru_cache(maxsize=2)
def load(path: Path = SHIPPED) -> Forest:
    """The shipped ranker, or another.

    Raises:
        KnowledgeError: the file is missing, or was trained on other features.

    """
    return Forest(path)
