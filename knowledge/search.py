"""A question in, procedures out: words and vectors, fused, with a confidence."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from knowledge.errors import StorageError
from knowledge.index import Index
from knowledge.lexical import LexicalIndex
from knowledge.speech import Query, understand
from knowledge.terms import FOLDED, query_terms

Scores = npt.NDArray[np.float32]

log = logging.getLogger(__name__)

_CANDIDATES = 60
"""How many procedures each way of looking may propose."""

_NEIGHBOURS = 80
"""How many of the nearest names are looked at."""

_BEST_NAMES = 200
"""How many of the names that match best by words are looked at."""

_VOTES = {"names": 3, "vectors": 4}
"""Of how many names of a procedure the agreement is asked: one lucky name is not enough."""

WEIGHTS = {
    "names": 0.1,
    "names_agree": 0.15,
    "vectors": 0.13,
    "vectors_agree": 0.21,
    "body": 0.21,
    "fit": 0.08,
    "coverage": 0.09,
    "prior": 0.4,
}
"""How much each sign counts; chosen on the odd-numbered questions of evals/retrieval, checked on the even."""

CONFIDENCE = {"bias": -9.07, "score": 2.0, "margin": 13.19, "coverage": 2.29, "vectors": 11.84}
"""The logistic curve from the signs of the first hit to the chance that it is right, fitted on the odd-numbered
questions and out-of-scope questions of evals/retrieval over the shipped catalogue."""

_MOST_MARGIN = 0.08
"""A larger lead over the second hit proves no more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One procedure found, and why."""

    code: str
    score: float
    passage: str
    """The name or saying that matched best."""
    features: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found, best first, and how sure it is of the first."""

    query: Query
    hits: tuple[Hit, ...]
    confidence: float
    by_words_alone: bool = False
    """The vectors were out of reach."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, best first."""
        return tuple(hit.code for hit in self.hits)


class Search:
    """Searches one open index. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @property
    def build(self) -> str:
        """The name of the index build that is searched."""
        return self._index.build

    def __call__(self, question: str, count: int = 10) -> Result:
        """The procedures that a question is most likely about. Never raises on any text."""
        query = understand(question)
        if not any(len(word) > 1 for word in query.content):
            return Result(query, (), 0.0)
        typed = [code for code in query.codes if code in self._index.positions]
        if typed:
            hits = tuple(Hit(code, 1.0, code) for code in typed[:count])
            return Result(query, hits, 1.0)
        return self._rank(query, count)

    def _rank(self, query: Query, count: int) -> Result:
        index = self._index
        terms = query_terms(query.content, accented=query.accented)
        name_scores = _share(index.names, terms)
        names: Scores = np.maximum.reduceat(name_scores, index.starts)
        top = np.argpartition(-name_scores, min(_BEST_NAMES, len(name_scores) - 1))[:_BEST_NAMES]
        names_agree = self._agreement(index.owners[top], name_scores[top], _VOTES["names"])
        body = _share(index.body, [term for term in terms if term.startswith(FOLDED)])
        nearest: dict[int, str] | None
        try:
            vectors, vectors_agree, nearest = self._vectors(query)
        except StorageError:
            log.exception("vectors out of reach: searching by words alone")
            vectors, vectors_agree, nearest = names, names_agree, None
        candidates = _candidates(names, vectors, body)
        if not len(candidates):
            return Result(query, (), 0.0)
        words = list(dict.fromkeys(term for term in terms if term.startswith(FOLDED) and "_" not in term))
        best_names = np.array([self._best_name(name_scores, position) for position in candidates], dtype=np.intp)
        coverage, fit = self._coverage(words, candidates, best_names)
        features = {
            "names": names[candidates],
            "names_agree": names_agree[candidates],
            "vectors": vectors[candidates],
            "vectors_agree": vectors_agree[candidates],
            "body": body[candidates],
            "fit": fit,
            "coverage": coverage,
            "prior": index.priors[candidates],
        }
        scores = np.sum([WEIGHTS[name] * values for name, values in features.items()], axis=0)
        order = np.lexsort((candidates, -scores))[:count]
        hits = tuple(
            Hit(
                index.codes[candidates[row]],
                round(float(scores[row]), 4),
                (nearest or {}).get(candidates[row]) or index.texts[best_names[row]],
                {name: round(float(values[row]), 3) for name, values in features.items()},
            )
            for row in order
        )
        return Result(query, hits, _confidence(hits), by_words_alone=nearest is None)

    def _vectors(self, query: Query) -> tuple[Scores, Scores, dict[int, str]]:
        """Per procedure: the cosine of its nearest name, how its names agree, and which name is nearest."""
        index = self._index
        found = [
            (index.positions[code], number, cosine)
            for code, number, cosine in index.vectors.nearest(query, _NEIGHBOURS)
            if code in index.positions
        ]
        nearest: dict[int, str] = {}
        best = np.zeros(len(index.codes), dtype=np.float32)
        for position, number, cosine in found:
            if position not in nearest:
                nearest[position] = index.texts[index.starts[position] + number]
                best[position] = cosine
        owners = np.array([position for position, _, _ in found], dtype=np.intp)
        cosines = np.array([cosine for _, _, cosine in found], dtype=np.float32)
        return best, self._agreement(owners, cosines, _VOTES["vectors"]), nearest

    def _agreement(self, owners: npt.NDArray[np.intp], scores: Scores, votes: int) -> Scores:
        """Per procedure the mean of its best few names; one with fewer names is asked for as many as it has."""
        total = np.zeros(len(self._index.codes), dtype=np.float32)
        seen = np.zeros(len(self._index.codes), dtype=np.intp)
        for position in np.argsort(-scores, kind="stable"):
            owner = owners[position]
            if seen[owner] < votes:
                seen[owner] += 1
                total[owner] += scores[position]
        means: Scores = (total / np.minimum(self._index.name_counts, votes)).astype(np.float32)
        return means

    def _best_name(self, name_scores: Scores, position: int) -> int:
        start = self._index.starts[position]
        end = start + int(self._index.name_counts[position])
        return int(start + np.argmax(name_scores[start:end]))

    def _coverage(
        self, words: Sequence[str], candidates: npt.NDArray[np.intp], best_names: npt.NDArray[np.intp]
    ) -> tuple[Scores, Scores]:
        """For each candidate: the share of the question it answers to, and the share of its name that was asked for."""
        index = self._index
        total = 0.0
        covered = np.zeros(len(candidates), dtype=np.float32)
        in_name = np.zeros(len(candidates), dtype=np.float32)
        for word in words:
            weight = index.names.weight(word)
            total += weight
            named = index.names.holds(word, best_names)
            in_name += weight * named
            covered += weight * (named | index.body.holds(word, candidates))
        lengths = np.maximum(index.name_lengths[best_names], 1e-6)
        return covered / max(total, 1e-6), np.minimum(in_name / lengths, 1.0)


def _share(lexical: LexicalIndex, terms: Sequence[str]) -> Scores:
    """BM25 as a share of the most that these terms could score."""
    most = sum(lexical.weight(term) for term in terms)
    shares: Scores = lexical.scores(terms) / np.float32(most or 1.0)
    return shares


def _candidates(*ways: Scores) -> npt.NDArray[np.intp]:
    found: list[npt.NDArray[np.intp]] = []
    for scores in ways:
        top = np.argpartition(-scores, min(_CANDIDATES, len(scores) - 1))[:_CANDIDATES]
        found.append(top[scores[top] > 0])
    return np.unique(np.concatenate(found))


def _confidence(hits: Sequence[Hit]) -> float:
    first = hits[0]
    margin = first.score - hits[1].score if len(hits) > 1 else first.score
    signs = {"score": first.score, "margin": min(margin, _MOST_MARGIN), **first.features}
    z = CONFIDENCE["bias"] + sum(weight * signs[name] for name, weight in CONFIDENCE.items() if name != "bias")
    return round(1 / (1 + math.exp(-z)), 4)
