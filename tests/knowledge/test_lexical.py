"""The best of many scores, and BM25 over rows of terms."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.lexical import LexicalIndex, highest

TERMS = {"khai": 0, "sinh": 1, "tử": 2}


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    rows = [np.array(row, dtype=np.int32) for row in ([0, 1], [0, 2], [2, 2, 2])]
    return LexicalIndex.build(rows, TERMS, k1=1.2, b=0.5)


@pytest.mark.parametrize("seed", range(8))
def test_the_highest_are_those_of_a_full_sort(seed):
    scores = np.random.default_rng(seed).exponential(size=3_000).astype(np.float32)

    assert sorted(highest(scores, 60)) == sorted(np.argsort(-scores)[:60])


def test_of_few_or_no_scores_the_highest_are_what_there_is_above_zero():
    assert list(highest(np.array([0.0, 2.0, 0.5, 0.0]), 3)) == [1, 2]
    assert list(highest(np.zeros(4), 3)) == []
    assert list(highest(np.zeros(0), 3)) == []


def test_scores_add_up_over_terms_and_a_document_without_them_has_none(index):
    both, first, second = (index.scores(terms) for terms in (["khai", "sinh"], ["khai"], ["sinh"]))

    assert np.allclose(both, first + second)
    assert list(both > 0) == [True, True, False]
    assert list(index.scores(["lạ"])) == [0, 0, 0]
    assert (index.count("tử"), index.count("lạ")) == (2, 0)


@pytest.mark.parametrize("seed", range(4))
def test_what_follows_a_document_is_the_next_that_has_the_term(seed):
    chosen = np.random.default_rng(seed)
    rows = [np.array(sorted(set(chosen.integers(0, 3, size=2))), dtype=np.int32) for _ in range(60)]
    index = LexicalIndex.build(rows, TERMS, k1=1.2, b=0.5)
    documents = chosen.integers(0, 60, size=20)
    terms = [*TERMS, "lạ"]

    def following(term: str, document: int) -> int:
        number = TERMS.get(term, -1)
        return next((place for place in range(document, 60) if number in rows[place]), -1)

    expected = [[following(term, document) for document in documents] for term in terms]
    assert index.following(terms, documents).tolist() == expected


COMMON, MIDDLING, RARE = 90_000, 20_000, 40


@pytest.fixture(scope="module")
def large() -> LexicalIndex:
    """A common term, one of middling frequency, and a rare one that stands in the last documents beside both."""
    rows = [np.array([0] if number < COMMON else [1], dtype=np.int32) for number in range(COMMON + MIDDLING)]
    rows[-RARE:] = [np.array([0, 1, 2], dtype=np.int32)] * RARE
    return LexicalIndex.build(rows, TERMS, k1=1.2, b=0.5)


def test_in_a_very_large_index_the_commonest_term_counts_only_beside_rarer_ones(large):
    scores = large.scores(["khai", "sinh", "tử"])
    each = sum(large.scores([term]) for term in TERMS)

    assert np.allclose(scores[-RARE:], each[-RARE:])
    assert not scores[:COMMON].any()
    assert np.allclose(scores[COMMON:-RARE], large.scores(["sinh"])[COMMON:-RARE], atol=large.weight("khai"))


def test_a_term_that_stands_alone_is_read_however_common_it_is(large):
    assert np.count_nonzero(large.scores(["khai"])) == COMMON + RARE
