"""The ranker: the trees that LightGBM grew, walked in numpy; monotone, explainable, and trained on unseen phrasings."""

from __future__ import annotations

import random

import numpy as np
import pytest

from knowledge import ranker
from knowledge.errors import KnowledgeError
from knowledge.features import FALLING, FEATURES, RISING, Candidates
from knowledge.passages import TRAITS, traits
from knowledge.phrasings import FOLDS, fold_of
from knowledge.procedure import Level, Text
from knowledge.ranker_training import Group, Recipe, fit, kept_out, write


@pytest.fixture(scope="module")
def rows():
    return np.random.default_rng(1022).random((200, len(FEATURES)), dtype=np.float32)


def questions(count=120):
    """Made questions whose right candidate has the most of «vectors_agree»."""
    chance = np.random.default_rng(7)
    column = FEATURES.index("vectors_agree")
    for _ in range(count):
        matrix = chance.random((12, len(FEATURES)), dtype=np.float32)
        found = Candidates(np.arange(12), matrix, ("",) * 12, by_words_alone=False)
        yield Group(found, int(matrix[:, column].argmax()), 1.0)


def test_walking_the_trees_gives_what_lightgbm_gives(tmp_path, rows):
    model = fit(list(questions()), Recipe(trees=20, smallest_leaf=10))
    write(tmp_path / "forest.npz", model)

    assert np.allclose(ranker.Forest(tmp_path / "forest.npz")(rows), model.predict(rows), atol=1e-5)


def test_the_same_questions_grow_the_same_trees(tmp_path):
    for name in ("first", "second"):
        write(tmp_path / name / "forest.npz", fit(list(questions()), Recipe(trees=5, smallest_leaf=10)))

    first, second = (np.load(tmp_path / name / "forest.npz") for name in ("first", "second"))
    assert all(np.array_equal(first[key], second[key]) for key in first.files)


def test_what_each_feature_moved_adds_up_to_the_score(rows):
    forest = ranker.load()
    moved = forest.contributions(rows).sum(axis=1)
    gaps = forest(rows) - moved

    assert np.allclose(gaps, gaps[0], atol=1e-4)


@pytest.mark.parametrize("name", sorted(RISING | FALLING))
def test_more_of_a_good_sign_never_makes_a_candidate_worse(rows, name):
    better = rows.copy()
    better[:, FEATURES.index(name)] += 0.5 if name in RISING else -0.5

    assert (ranker.load()(better) >= ranker.load()(rows) - 1e-5).all()


def test_a_missing_file_and_one_of_other_features_are_told(tmp_path):
    with pytest.raises(KnowledgeError, match="tro-ly ranker train"):
        ranker.load(tmp_path / "none.npz")
    with np.load(ranker.SHIPPED) as shipped:
        np.savez(tmp_path / "old.npz", **{**shipped, "features": np.frombuffer(b"names", dtype=np.uint8)})
    with pytest.raises(KnowledgeError, match="trained on other features"):
        ranker.load(tmp_path / "old.npz")


def test_a_quarter_of_the_phrasings_is_asked_and_the_rest_indexed():
    sayings = {f"1.{number:06}": tuple(f"lời {letter} {number}" for letter in "abcdefgh") for number in range(400)}

    kept, asked = kept_out(sayings, Recipe(), random.Random(1))

    left = [code for code in sayings if fold_of(code) == 0]
    assert set(kept) == set(sayings) - set(left)
    assert {len(lines) for lines in kept.values()} == {6}
    assert all(set(kept[code]).isdisjoint(asked[code]) for code in kept)
    assert 0 < sum(len(asked[code]) for code in left) < 0.2 * 8 * len(left)


def test_folds_are_fifths_that_never_move():
    counts = np.bincount([fold_of(f"1.{number:06}") for number in range(5_000)], minlength=FOLDS)

    assert counts.min() > 900
    assert [fold_of(code) for code in ("1.001193", "1.000894", "1.004222")] == [0, 2, 0]


def test_traits_tell_who_settles_a_procedure_and_for_whom(made):
    procedure = made(
        levels=(Level.WARD,),
        audience=(Text(vi="Công dân Việt Nam"), Text(vi="Tổ chức (không bao gồm doanh nghiệp, HTX)")),
    )

    assert dict(zip(TRAITS, traits(procedure), strict=True)) == {
        "ward": True,
        "province": False,
        "ministry": False,
        "citizen": True,
        "business": False,
        "foreign": False,
    }
