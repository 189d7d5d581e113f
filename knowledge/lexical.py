"""Matching by words: BM25 over terms (bm25s). The only door to that library."""

from __future__ import annotations

import logging
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import numpy.typing as npt

logging.getLogger("bm25s").setLevel(logging.WARNING)

Scores = npt.NDArray[np.float32]
"""One score a document, in the order in which they were given."""

_NOTHING = 1e-3
"""A score below tells nothing."""
_UNSEEN = 0.75
"""A word no document has weighs this share of the heaviest word there is: it is a sign of another topic."""

_PAST_ALL = np.iinfo(np.int64).max


def highest(scores: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.intp]:
    """The places of the highest scores, in no order, at least one; `count` at most, fewer where there are no more above 0."""
    floor = float(scores.max()) / 2 if len(scores) else 0.0
    found = np.flatnonzero(scores >= floor) if floor > 0 else np.zeros(0, dtype=np.intp)
    # Most scores are far below: sorting the few that are not takes a tenth of the time of sorting all.
    while len(found) < count and floor > _NOTHING:
        floor /= 2
        found = np.flatnonzero(scores >= floor)
    if len(found) <= count:
        return found
    return found[np.argpartition(-scores[found], count - 1)[:count]]


class LexicalIndex:
    """BM25 over documents given as rows of term numbers."""

    def __init__(self, model: Any, terms: dict[str, int]) -> None:
        self._model = model
        self._terms = terms
        scores = model.scores
        self._data, self._documents = scores["data"], scores["indices"]
        # Single numbers come out of an array four times as fast as out of numpy's, and a question asks for hundreds.
        self._starts = array("q", np.asarray(scores["indptr"], dtype=np.int64).tobytes())
        self._count = int(scores["num_docs"])
        self._weights: dict[str, float] = {}
        self.heaviest = float(self._data.max()) if len(self._data) else 1.0
        """The most that any one term can add to a score."""

    @classmethod
    def build(
        cls, documents: Sequence[npt.NDArray[np.int32]], terms: dict[str, int], *, k1: float, b: float
    ) -> LexicalIndex:
        """Index documents; every row holds numbers that `terms` gives."""
        model = bm25s.BM25(k1=k1, b=b)
        model.index((list(documents), terms), show_progress=False)
        return cls(model, terms)

    @classmethod
    def load(cls, folder: Path, terms: dict[str, int]) -> LexicalIndex:
        """Read an index that `save` wrote; the terms are kept apart, shared by several."""
        model = bm25s.BM25.load(str(folder), load_vocab=False, show_progress=False)
        return cls(model, terms)

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._model.save(str(folder), show_progress=False)

    def scores(self, terms: Sequence[str]) -> Scores:
        """The BM25 score of every document."""
        # bm25s adds term by term; one sum over all takes half the time.
        spans = [slice(*span) for term in terms if (span := self._span(term))[1] > span[0]]
        if not spans:
            return np.zeros(self._count, dtype=np.float32)
        documents = np.concatenate([self._documents[span] for span in spans])
        weights = np.concatenate([self._data[span] for span in spans])
        return np.bincount(documents, weights, minlength=self._count).astype(np.float32)

    def count(self, term: str) -> int:
        """How many documents have the term."""
        start, end = self._span(term)
        return end - start

    def weight(self, term: str) -> float:
        """The most that one term can add to a document's score."""
        known = self._weights.get(term)
        if known is None:
            start, end = self._span(term)
            known = float(self._data[start:end].max()) if end > start else self.heaviest * _UNSEEN
            if end > start:  # what people mistype is without end, what the index holds is not
                self._weights[term] = known
        return known

    def documents(self, term: str) -> npt.NDArray[np.intp]:
        """The documents that have the term, in order."""
        start, end = self._span(term)
        found: npt.NDArray[np.intp] = self._documents[start:end]
        return found

    def _span(self, term: str) -> tuple[int, int]:
        """Where a term's documents lie; the terms are shared with other indexes, so this one may not know the last."""
        number = self._terms.get(term)
        if number is None or number + 1 >= len(self._starts):
            return 0, 0
        return self._starts[number], self._starts[number + 1]

    def postings(self, terms: Sequence[str]) -> Postings:
        """Which documents have each of these terms."""
        return Postings([self.documents(term) for term in terms], self._count)


class Postings:
    """The documents of several terms, asked all at once: numpy takes longer to be called than to look."""

    def __init__(self, lists: Sequence[npt.NDArray[np.intp]], documents: int) -> None:
        # One list in order: bm25s lists the documents of a term in order, and each term's come after all of the last.
        self._firsts = (np.arange(len(lists), dtype=np.int64) * (documents + 1))[:, None]
        rows = [row + first for row, first in zip(lists, self._firsts[:, 0], strict=True)]
        self._places = np.append(np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64), _PAST_ALL)

    def hold(self, documents: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """For each term, a row, whether each of these documents, a column, has it."""
        asked = documents + self._firsts
        found: npt.NDArray[np.bool_] = self._places[np.searchsorted(self._places, asked)] == asked
        return found

    def hold_between(self, first: npt.NDArray[np.intp], after: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """For each term, a row, whether any document from `first` on and before `after` has it."""
        found: npt.NDArray[np.bool_] = self._places[np.searchsorted(self._places, first + self._firsts)] < (
            after + self._firsts
        )
        return found
