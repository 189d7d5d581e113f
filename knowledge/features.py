"""What a search sees of a candidate: every sign the ranker weighs, each with a meaning a person can follow."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.errors import StorageError
from knowledge.index import Index
from knowledge.lexical import LexicalIndex, Scores, highest
from knowledge.overlap import Positions, best_names, overlap
from knowledge.passages import TRAITS
from knowledge.speech import Query, is_english
from knowledge.terms import FOLDED, query_terms
from knowledge.text import fold_word

log = logging.getLogger(__name__)

_CANDIDATES = 30
"""How many procedures each way of looking may propose."""
_NAMES_EACH = 8
"""A procedure has about so many names: of so many times the candidates, the best names are looked at for them."""
_NEIGHBOURS = 80
"""How many of the nearest names are looked at."""
_BEST_NAMES = 200
"""How many of the names that match best by words are looked at."""
_VOTES = {"names": 3, "vectors": 4}
"""Of how many names of a procedure the agreement is asked: one lucky name is not enough."""

FIRST_LOOK = {
    "names": 0.1,
    "names_agree": 0.15,
    "vectors": 0.13,
    "vectors_agree": 0.21,
    "body": 0.21,
    "fit": 0.08,
    "coverage": 0.09,
    "prior": 0.4,
}
"""A weighted sum that is good enough to choose whom the ranker looks at closely."""

_FIRST_WEIGHTS = np.array(list(FIRST_LOOK.values()), dtype=np.float32)

_LOOKED_AT = 30
"""How many candidates the ranker sees."""

_BUSINESS = frozenset("cong ty,doanh nghiep,hop tac xa,company,enterprise,business".split(","))
_FOREIGN = frozenset("nuoc ngoai,foreigner,foreign,viet kieu,quoc te,expat".split(","))

FEATURES = (
    *FIRST_LOOK,
    "title_words",
    "title_vector",
    "title_fit",
    "said_nowhere",
    "heaviest_unsaid",
    "heaviest_unasked",
    "names_behind",
    "vectors_behind",
    "agree_behind",
    "first_look",
    "first_look_behind",
    "votes",
    "field_votes",
    *TRAITS,
    "words",
    "english",
    "accented",
    "says_business",
    "says_foreign",
)
"""The columns of the matrix that `look` gives, in order; docs/adr/0012 tells what each means."""

RISING = frozenset(
    (
        *FIRST_LOOK,
        "title_words",
        "title_vector",
        "title_fit",
        "votes",
        "field_votes",
        "first_look",
    )
)
"""Signs of which more can never make a candidate worse; the ranker is held to that."""
FALLING = frozenset(
    ("said_nowhere", "heaviest_unsaid", "names_behind", "vectors_behind", "agree_behind", "first_look_behind")
)
"""Signs of which more can never make a candidate better."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The procedures worth a close look, and what is seen of each."""

    positions: Positions
    matrix: Scores
    """One row a candidate, one column a feature, in the order of `FEATURES`."""
    names: tuple[str, ...]
    """The name or saying of each that matched best."""
    by_words_alone: bool
    """The vectors were out of reach."""


def look(index: Index, query: Query) -> Candidates | None:
    """The candidates for a question; None where nothing in the index has anything to do with it."""
    terms = query_terms(query.content, accented=query.accented)
    near = _near(index, query)
    positions, best, found = _first_look(index, terms, near)
    if not len(positions):
        return None
    first: Scores = _FIRST_WEIGHTS @ np.array([found[name] for name in FIRST_LOOK])
    kept = np.lexsort((positions, -first))[:_LOOKED_AT]
    found = {name: values[kept] for name, values in found.items()} | {"first_look": first[kept]}
    positions, best = positions[kept], best[kept]
    found["title_vector"] = _title_vectors(index, query, positions, out_of_reach=near is None)
    found |= _votes(index, near, positions)
    found |= _behind(found)
    found |= {name: index.traits[positions, column] for column, name in enumerate(TRAITS)}
    found |= {name: np.full(len(positions), value, dtype=np.float32) for name, value in _asker(query).items()}
    nearest = {} if near is None else near.names
    shown = tuple(index.texts[nearest.get(position, name)] for position, name in zip(positions, best, strict=True))
    matrix = np.ascontiguousarray(np.array([found[name] for name in FEATURES], dtype=np.float32).T)
    return Candidates(positions, matrix, shown, by_words_alone=near is None)


def _first_look(
    index: Index, terms: Sequence[str], near: _Near | None
) -> tuple[Positions, Positions, dict[str, Scores]]:
    """Whoever may be meant, the best name of each, and what is seen without much work."""
    folded = [term for term in terms if term.startswith(FOLDED)]
    name_scores, body = _share(index.names, terms), _share(index.body, folded)
    top = highest(name_scores, _CANDIDATES * _NAMES_EACH)
    top = top[np.argsort(-name_scores[top], kind="stable")]
    ways = [_first_owners(index.owners[top]), highest(body, _CANDIDATES)]
    positions = np.unique(np.concatenate(ways if near is None else [*ways, near.candidates]))
    if not len(positions):
        return positions, positions, {}
    best, names = best_names(index, name_scores, positions)
    top = top[:_BEST_NAMES]
    names_agree = _agreement(index, index.owners[top], name_scores[top], _VOTES["names"], positions)
    words = list(dict.fromkeys(term for term in folded if "_" not in term))
    return (
        positions,
        best,
        {
            "names": names,
            "names_agree": names_agree,
            "vectors": names if near is None else near.best[positions],
            "vectors_agree": names_agree if near is None else near.agreement(index, positions),
            "body": body[positions],
            **overlap(index, words, positions, best),
            "title_words": name_scores[index.starts[positions]],
            "prior": index.priors[positions],
        },
    )


def _first_owners(owners: Positions) -> Positions:
    """The procedures whose names stand first."""
    return np.array(list(dict.fromkeys(owners.tolist()))[:_CANDIDATES], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class _Near:
    """What the vectors say, per procedure."""

    best: Scores
    names: dict[int, int]
    """The nearest name of each procedure that has one among the neighbours."""
    owners: Positions
    cosines: Scores

    @property
    def candidates(self) -> Positions:
        """The procedures that have the nearest names."""
        return _first_owners(self.owners[self.cosines > 0])

    def agreement(self, index: Index, positions: Positions) -> Scores:
        """Per procedure the mean of its nearest few names."""
        return _agreement(index, self.owners, self.cosines, _VOTES["vectors"], positions)


def _near(index: Index, query: Query) -> _Near | None:
    try:
        names, cosines = index.vectors.nearest(query, _NEIGHBOURS)
    except (StorageError, ValueError):  # the latter: a served model that now answers with another dimension
        log.exception("vectors out of reach: searching by words alone")
        return None
    owners = index.owners[names]
    best = np.zeros(len(index.codes), dtype=np.float32)
    # Backwards, as the last that is put in a place stays there: of a procedure's names the nearest.
    best[owners[::-1]] = cosines[::-1]
    nearest = dict(zip(owners[::-1].tolist(), names[::-1].tolist(), strict=True))
    return _Near(best, nearest, owners, cosines)


def _agreement(index: Index, owners: Positions, scores: Scores, votes: int, positions: Positions) -> Scores:
    """Per procedure the mean of its best few names, which come best first; one with fewer is asked for as many as it has."""
    counted: dict[int, int] = {}
    total: dict[int, float] = {}
    for owner, score in zip(owners.tolist(), scores.tolist(), strict=True):
        number = counted.get(owner, 0)
        if number < votes:
            counted[owner] = number + 1
            total[owner] = total.get(owner, 0.0) + score
    totals = np.array([total.get(position, 0.0) for position in positions.tolist()])
    means: Scores = (totals / np.minimum(index.name_counts[positions], votes)).astype(np.float32)
    return means


def _title_vectors(index: Index, query: Query, positions: Positions, *, out_of_reach: bool) -> Scores:
    if out_of_reach:
        return np.zeros(len(positions), dtype=np.float32)
    return index.vectors.titles(query, positions)


def _votes(index: Index, near: _Near | None, positions: Positions) -> dict[str, Scores]:
    """How many of the nearest names are the candidate's, and how many are of its field."""
    if near is None or not len(near.owners):
        none = np.zeros(len(positions), dtype=np.float32)
        return {"votes": none, "field_votes": none}
    own = np.bincount(near.owners, weights=near.cosines, minlength=len(index.codes))
    by_field = np.bincount(index.fields[near.owners], weights=near.cosines, minlength=int(index.fields.max()) + 1)
    shares = by_field[index.fields[positions]] / max(float(near.cosines.sum()), 1e-6)
    return {
        "votes": (own[positions] / np.minimum(index.name_counts[positions], 8)).astype(np.float32),
        "field_votes": shares.astype(np.float32),
    }


def _behind(found: dict[str, Scores]) -> dict[str, Scores]:
    """How far a candidate is behind the best of all in a sign."""
    pairs = {
        "names_behind": "names",
        "vectors_behind": "vectors",
        "agree_behind": "vectors_agree",
        "first_look_behind": "first_look",
    }
    return {name: found[sign].max() - found[sign] for name, sign in pairs.items()}


def _asker(query: Query) -> dict[str, float]:
    """What the question tells of who asks: the same for every candidate, it decides what the other signs are worth."""
    said = f" {' '.join(map(fold_word, query.words))} "
    english = is_english(query.original)
    return {
        "words": float(len(query.content)),
        "english": float(english),
        "accented": float(query.accented),
        "says_business": float(any(f" {sign} " in said for sign in _BUSINESS)),
        "says_foreign": float(any(f" {sign} " in said for sign in _FOREIGN)),
    }


def _share(lexical: LexicalIndex, terms: Sequence[str]) -> Scores:
    """BM25 as a share of the most that these terms could score."""
    most = sum(lexical.weight(term) for term in terms)
    shares = lexical.scores(terms)
    shares /= np.float32(most or 1.0)
    return shares


def by_words(index: Index, query: Query) -> Scores:
    """What words alone say of each procedure: half of the search, to be measured beside the whole."""
    terms = query_terms(query.content, accented=query.accented)
    names: Scores = np.maximum.reduceat(_share(index.names, terms), index.starts)
    return names + _share(index.body, [term for term in terms if term.startswith(FOLDED)])


def by_vectors(index: Index, query: Query) -> Scores:
    """What the nearest name of each procedure says, by vectors alone; zeros where they are out of reach."""
    near = _near(index, query)
    return np.zeros(len(index.codes), dtype=np.float32) if near is None else near.best
