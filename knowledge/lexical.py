"""Matching by words: BM25 over terms (bm25s). The only door to that library."""

from __future__ import annotations

import logging
from array import array
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
"""One score a document, in the order in which they were given."""

_NOTHING = 1e-3
"""A score below tells nothing."""
_SAMPLE = 1_200
"""So many scores tell how high the others are."""
_UNSEEN = 0.75
"""A word no document has weighs this share of the heaviest word there is: it is a sign of another topic."""

_MOST_READ = 60_000
"""So many places where terms stand are read for a question; of the shipped catalogue four questions in ten have more."""
_COMPLETED = 200
"""So many documents get what the terms add that were not read."""


def highest(scores: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.intp]:
    """The places of the highest scores, in no order, at least one; `count` at most, fewer where there are no more above 0."""
    floor = _floor(scores, count)
    found = np.flatnonzero(scores >= floor) if floor > 0 else np.zeros(0, dtype=np.intp)
    # Most scores are far below: sorting the few that are not takes half of the time of sorting all.
    while len(found) < count and floor > _NOTHING:
        floor /= 2
        found = np.flatnonzero(scores >= floor)
    if len(found) <= count:
        return found
    return found[np.argpartition(-scores[found], count - 1)[:count]]


def _floor(scores: npt.NDArray[np.floating], count: int) -> float:
    """A score that somewhat more than so many reach, by a sample; half of the highest where a sample cannot tell."""
    step = max(len(scores) // _SAMPLE, 1)
    sample = scores[::step]
    rank = count * 3 // (2 * step) + 8
    told = float(np.partition(sample, -rank)[-rank]) if rank < len(sample) else 0.0
    return told if told > _NOTHING else float(scores.max(initial=0.0)) / 2


def _library() -> Any:
    """The library bm25s, which takes a third of a second to import."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


Span = tuple[int, int]
"""Where the documents of a term lie: from, and up to but without."""


class _Term(NamedTuple):
    """What is known of a term: one look-up for all of it, as a question asks for fifty."""

    start: int
    end: int
    weight: float


def _length(span: Span) -> int:
    return span[1] - span[0]


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
        self._known: dict[str, _Term] = {}
        self.heaviest = float(self._data.max()) if len(self._data) else 1.0
        """The most that any one term can add to a score."""
        self._unseen = _Term(0, 0, self.heaviest * _UNSEEN)

    @classmethod
    def build(
        cls, documents: Sequence[npt.NDArray[np.int32]], terms: dict[str, int], *, k1: float, b: float
    ) -> LexicalIndex:
        """Index documents; every row holds numbers that `terms` gives."""
        model = _library().BM25(k1=k1, b=b)
        model.index((list(documents), terms), show_progress=False)
        return cls(model, terms)

    @classmethod
    def load(cls, folder: Path, terms: dict[str, int]) -> LexicalIndex:
        """Read an index that `save` wrote; the terms are kept apart, shared by several."""
        model = _library().BM25.load(str(folder), load_vocab=False, show_progress=False)
        return cls(model, terms)

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._model.save(str(folder), show_progress=False)

    def scores(self, terms: Sequence[str]) -> Scores:
        """The BM25 score of every document.

        In a very large index the commonest terms count only for the documents that the others find best.
        """
        spans, common = self._read(terms)
        if not spans:
            return np.zeros(self._count, dtype=np.float32)
        # bm25s adds term by term; one sum over all takes half the time.
        documents = np.concatenate([self._documents[start:end] for start, end in spans])
        weights = np.concatenate([self._data[start:end] for start, end in spans])
        scores: Scores = np.bincount(documents, weights, minlength=self._count).astype(np.float32)
        if common:
            found = np.sort(highest(scores, _COMPLETED).astype(self._documents.dtype))
            scores[found] += sum(self._added(span, found) for span in common)
        return scores

    def _read(self, terms: Sequence[str]) -> tuple[list[Span], list[Span]]:
        """Where the documents of the terms lie, and of those terms that are too common to be read."""
        spans = [(start, end) for start, end, _ in map(self._term, terms) if end > start]
        if sum(map(_length, spans)) <= _MOST_READ:
            return spans, []
        spans.sort(key=_length)
        read = sum(together <= _MOST_READ for together in accumulate(map(_length, spans)))
        return spans[: max(read, 1)], spans[max(read, 1) :]

    def _added(self, span: Span, documents: npt.NDArray[np.integer]) -> Scores:
        """What one term adds to the score of each of these documents."""
        holding, weights = self._documents[slice(*span)], self._data[slice(*span)]
        places = holding.searchsorted(documents)
        has = holding.take(places, mode="clip") == documents
        added: Scores = weights.take(places, mode="clip") * has
        return added

    def count(self, term: str) -> int:
        """How many documents have the term."""
        start, end, _ = self._term(term)
        return end - start

    def weight(self, term: str) -> float:
        """The most that one term can add to a document's score."""
        return self._term(term).weight

    def documents(self, term: str) -> npt.NDArray[np.int32]:
        """The documents that have the term, in order."""
        start, end, _ = self._term(term)
        found: npt.NDArray[np.int32] = self._documents[start:end]
        return found

    def _term(self, term: str) -> _Term:
        known = self._known.get(term)
        if known is None:
            number = self._terms.get(term)
            # The terms are shared with other indexes, so this one may not know the last.
            if number is None or number + 1 >= len(self._starts):
                return self._unseen
            start, end = self._starts[number], self._starts[number + 1]
            known = _Term(start, end, float(self._data[start:end].max())) if end > start else self._unseen
            self._known[term] = known
        return known

    def following(self, terms: Sequence[str], documents: npt.NDArray[np.intp]) -> npt.NDArray[np.int32]:
        """For each term, a row, and each document, a column: the first document from there on that has the term; -1 if none.

        A document has a term where it is itself what follows.
        """
        asked = documents.astype(self._documents.dtype)  # a list of another type would be copied whole to be searched
        found = np.full((len(terms), len(documents)), -1, dtype=np.int32)
        for row, term in enumerate(terms):
            holding = self.documents(term)
            if len(holding):
                holding.take(holding.searchsorted(asked), mode="clip", out=found[row])
        found[found < asked] = -1
        return found
