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
