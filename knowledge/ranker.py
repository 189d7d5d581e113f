"""The learned ranker: a forest of small decision trees over the features of a candidate.

Trained with LightGBM (`tro-ly ranker train`), which takes seconds to import and is needed for training only: what it learned
is a table of splits, and walking them for thirty candidates is a few numpy look-ups.
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
Nodes = npt.NDArray[np.intp]
"""The node reached in each tree, shape (rows, trees)."""


class Forest:
    """All nodes of all trees in one row: a node compares one feature with its threshold; a leaf points at itself."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise KnowledgeError(f"{path.name} is missing: run `tro-ly ranker train`, or restore the file.")
        with np.load(path) as data:
            if tuple(data["features"].tobytes().decode().split("\n")) != FEATURES:
                raise KnowledgeError(f"{path.name} was trained on other features: run `tro-ly ranker train`.")
            trees, nodes = data["feature"].shape
            self._roots = np.arange(trees) * nodes
            self._feature = data["feature"].astype(np.intp).ravel()
            self._threshold = data["threshold"].astype(np.float32).ravel()
            sides = [(data[side] + self._roots[:, None]).ravel() for side in ("right", "left")]
            self._following = np.stack(sides, axis=1).ravel()
            """Of each node what follows to the right and to the left: one look-up for both."""
            self._value = data["value"].astype(np.float32).ravel()
            self._depth = int(data["depth"])

    def __call__(self, matrix: Scores) -> Scores:
        """The score of each row of features (rows, features); higher is better, zero is average."""
        node = self._first(matrix)
        for _ in range(self._depth):
            node = self._step(matrix, node)
        scores: Scores = self._value.take(node).sum(axis=1)
        return scores

    def contributions(self, matrix: Scores) -> Scores:
        """How much each feature moves each row's score, shape (rows, features): the change of a node's mean along its path."""
        moved = np.zeros(matrix.shape, dtype=np.float32)
        rows = np.arange(len(matrix))[:, None]
        node = self._first(matrix)
        for _ in range(self._depth):
            after = self._step(matrix, node)
            change = self._value.take(after) - self._value.take(node)
            np.add.at(moved, (rows, self._feature.take(node)), change)
            node = after
        return moved

    def _first(self, matrix: Scores) -> Nodes:
        return np.tile(self._roots, (len(matrix), 1))

    def _step(self, matrix: Scores, node: Nodes) -> Nodes:
        cells = self._feature.take(node) + (np.arange(len(matrix)) * matrix.shape[1])[:, None]
        goes_left = matrix.take(cells) <= self._threshold.take(node)
        following: Nodes = self._following.take(2 * node + goes_left)
        return following


@lru_cache(maxsize=2)
def load(path: Path = SHIPPED) -> Forest:
    """The shipped ranker, or another.

    Raises:
        KnowledgeError: the file is missing, or was trained on other features.

    """
    return Forest(path)
