import numpy as np
import pytest

from knowledge.nearest import Nearest, NearestInGroups, members


@pytest.fixture(scope="module")
def rows():
    """Vectors as the embedder makes them: of length 1, most of what they tell in few directions."""
    chosen = np.random.default_rng(1022)
    cloud = chosen.standard_normal((5_000, 256)) * np.geomspace(1, 0.05, 256)
    return (cloud / np.linalg.norm(cloud, axis=1, keepdims=True)).astype(np.float32)


def _assert_as_by_all_cosines(nearest, rows):
    for vector in rows[:50]:
        places, cosines = nearest(vector, 10)
        every = rows @ vector
        best = np.argsort(-every, kind="stable")[:10]
        assert places.tolist() == best.tolist()
        np.testing.assert_allclose(cosines, every[best], atol=1e-6)


def test_the_nearest_are_those_of_all_cosines(rows):
    _assert_as_by_all_cosines(Nearest(rows), rows)


def test_in_groups_the_nearest_are_those_of_all_cosines():
    chosen = np.random.default_rng(1022)
    middles = np.repeat(chosen.standard_normal((1_000, 256)) * np.geomspace(1, 0.05, 256), 5, axis=0)
    cloud = middles + chosen.standard_normal((5_000, 256)) * np.geomspace(0.3, 0.02, 256)
    rows = (cloud / np.linalg.norm(cloud, axis=1, keepdims=True)).astype(np.float32)
    _assert_as_by_all_cosines(NearestInGroups(rows, np.arange(0, 5_000, 5)), rows)


def test_the_members_of_groups_follow_one_another():
    assert members(np.array([3, 10, 20]), np.array([2, 1, 3])).tolist() == [3, 4, 10, 20, 21, 22]


def test_of_equals_the_first_comes_first(rows):
    places, _ = Nearest(np.concatenate([rows[:500], rows[:500]]))(rows[7], 2)
    assert places.tolist() == [7, 507]


def test_nothing_is_near_to_nothing(rows):
    places, _ = Nearest(rows)(np.zeros(256, dtype=np.float32), 10)
    assert places.tolist() == []


@pytest.mark.parametrize("dimension", [1, 8, 256])
def test_few_vectors_of_any_length_are_all_looked_at(dimension):
    rows = np.ones((3, dimension), dtype=np.float32)
    assert Nearest(rows)(rows[0], 10)[0].tolist() == [0, 1, 2]


def test_no_vectors_have_no_neighbours():
    places, cosines = Nearest(np.zeros((0, 256), dtype=np.float32))(np.ones(256, dtype=np.float32), 10)
    assert (places.tolist(), cosines.tolist()) == ([], [])
