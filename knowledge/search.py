"""A question in, procedures out: candidates by words and vectors, ranked by what was learned, with a confidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np

from knowledge import doubt, embedder, outside, ranker, twins
from knowledge.doubt import Judgement, Outcome
from knowledge.embedder import StaticEmbedder
from knowledge.features import FEATURES, Candidates, look
from knowledge.index import Index
from knowledge.likeness import NOTHING, Likeness, Sayings
from knowledge.offers import Offer, offers
from knowledge.ranker import Forest, Scores
from knowledge.speech import Query, understand
from knowledge.twins import Group, Twins

_FOR_DOUBT = 5
"""So many hits tell how clear the first is."""
_WEIGHED = 20
"""So many of the best are weighed for what to offer."""
_MOST_MARGIN = 3.0
"""A larger lead proves no more."""


Half = Callable[[Index, Query], Scores]
"""`features.by_words` or `features.by_vectors`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One procedure found, and why."""

    code: str
    score: float
    passage: str
    """The name or saying that matched best."""
    signs: tuple[float, ...] = ()
    """What was seen of it, in the order of `FEATURES`; nothing where a code was typed."""

    @property
    def features(self) -> dict[str, float]:
        """The signs by name."""
        return dict(zip(FEATURES, self.signs, strict=True)) if self.signs else {}


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found, best first, and how sure it is of the first."""

    query: Query
    hits: tuple[Hit, ...]
    judgement: Judgement
    group: Group | None = None
    """The group whose question tells apart what may be meant, where there is one."""
    offers: tuple[Offer, ...] = ()
    """What may be meant, likeliest first: more than the hits, as groups know what people mix up."""
    by_words_alone: bool = False
    """The vectors were out of reach."""

    @property
    def confidence(self) -> float:
        """The chance that the first hit is right."""
        return self.judgement.right

    @property
    def outcome(self) -> Outcome:
        """Whether to answer, to ask back, or to say that nothing was found."""
        return self.judgement.outcome if self.hits else Outcome.NOT_FOUND

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, best first."""
        return tuple(hit.code for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result and, for each hit, how much every feature moved its score; zero where it moved nothing."""

    result: Result
    reasons: tuple[dict[str, float], ...]


class Search:
    """Searches one open index. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        # Threads that search side by side hand Python's lock to and fro at every small step, and all of them lose by it.
        self._turn = Lock() if index.vectors.at_hand else nullcontext()

    @property
    def build(self) -> str:
        """The name of the index build that is searched."""
        return self._index.build

    def __call__(self, question: str, count: int = 10) -> Result:
        """The procedures that a question is most likely about. Never raises on any text."""
        result, _, _ = self._find(question, count)
        return result

    def explain(self, question: str, count: int = 10) -> Explanation:
        """The same, and why each hit stands where it stands."""
        result, found, order = self._find(question, count)
        if found is None:
            return Explanation(result, tuple({} for _ in result.hits))
        moved = self._forest.contributions(found.matrix[order])
        reasons = (
            {name: round(float(part), 3) for name, part in zip(FEATURES, row, strict=True) if abs(part) >= 0.001}
            for row in moved
        )
        return Explanation(result, tuple(reasons))

    def half(self, way: Half, question: str, count: int = 10) -> tuple[str, ...]:
        """The codes by one way of looking alone, best first: what the whole is measured against."""
        scores = way(self._index, understand(question, self._index.names))
        best = np.argsort(-scores, kind="stable")[:count]
        return tuple(self._index.codes[position] for position in best if scores[position] > 0)

    def signs(self, question: str) -> dict[str, float]:
        """What doubt is told by; empty where nothing was found, or a code was typed."""
        result = self(question, _FOR_DOUBT)
        if not result.hits or not result.hits[0].signs:
            return {}
        vague = next(iter(self._twins.likest(result.query)), NOTHING)
        return _signs(result.hits, vague, self._outside.like(result.query))

    @cached_property
    def _forest(self) -> Forest:
        return ranker.load()

    @cached_property
    def _twins(self) -> Twins:
        return twins.shipped(self._at_hand)

    @cached_property
    def _outside(self) -> Sayings:
        return outside.shipped(self._at_hand)

    @property
    def _at_hand(self) -> StaticEmbedder:
        """What compares sayings: never a model that is slow or out of reach, whatever the setting."""
        own = self._index.vectors.embedder
        return own if isinstance(own, StaticEmbedder) else embedder.static()

    def _find(self, question: str, count: int) -> tuple[Result, Candidates | None, list[int]]:
        with self._turn:
            return self._find_in_turn(question, count)

    def _find_in_turn(self, question: str, count: int) -> tuple[Result, Candidates | None, list[int]]:
        query = understand(question, self._index.names)
        if not any(len(word) > 1 for word in query.content):
            return Result(query, (), doubt.LOST), None, []
        typed = [code for code in query.codes if code in self._index.positions]
        if typed:
            hits = tuple(Hit(code, doubt.CERTAIN, code) for code in typed[:count])
            meant = offers([(hit.code, hit.score) for hit in hits], ())
            return Result(query, hits, doubt.SURE, offers=meant), None, []
        found = look(self._index, query)
        if found is None:
            return Result(query, (), doubt.LOST), None, []
        scores = self._forest(found.matrix)
        order = [int(row) for row in np.lexsort((found.positions, -scores))]
        hits = self._hits(found, scores, order[: max(count, _FOR_DOUBT)])
        likest = self._twins.likest(query)
        judged = doubt.judge(_signs(hits, next(iter(likest), NOTHING), self._outside.like(query)))
        near = self._twins.near(likest, [hit.code for hit in hits[:_FOR_DOUBT]])
        best = [(self._index.codes[found.positions[row]], float(scores[row])) for row in order[:_WEIGHED]]
        meant = offers(best, near)
        group = near[0][0] if near else None
        result = Result(query, hits[:count], judged, group, meant, by_words_alone=found.by_words_alone)
        return result, found, order[:count]

    def _hits(self, found: Candidates, scores: Scores, order: Sequence[int]) -> tuple[Hit, ...]:
        signs = map(tuple, np.round(found.matrix[order].astype(np.float64), 3).tolist())
        codes = [self._index.codes[position] for position in found.positions[order]]
        return tuple(
            Hit(code, round(float(scores[row]), 4), found.names[row], seen)
            for code, row, seen in zip(codes, order, signs, strict=True)
        )


def _signs(hits: Sequence[Hit], vague: Likeness, beyond: Likeness) -> dict[str, float]:
    """What doubt is told by: the features of the first hit, its lead, and how near the question is to other things said."""
    scores = [hit.score for hit in hits]
    following = scores[1:_FOR_DOUBT] or [scores[0] - _MOST_MARGIN]
    first = hits[0].features
    return {
        **first,
        "score": scores[0],
        "margin": min(scores[0] - following[0], _MOST_MARGIN),
        "lead": min(scores[0] - sum(following) / len(following), 2 * _MOST_MARGIN),
        "vague": vague.cosine,
        "vague_agree": vague.agreement,
        "vaguer": vague.cosine - first["vectors"],
        "outside": beyond.cosine,
        "outside_agree": beyond.agreement,
        "further": beyond.agreement - first["vectors_agree"],
    }
