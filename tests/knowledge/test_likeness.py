"""How near a question is to sayings of a kind, and which group tells hits apart."""

from __future__ import annotations

import pytest

from knowledge.embedder import StaticEmbedder
from knowledge.errors import CatalogueError
from knowledge.likeness import NOTHING, Sayings
from knowledge.procedure import Text
from knowledge.speech import understand
from knowledge.twins import Group, Twins, load

KINDS = {"birth": ("làm khai sinh", "giấy khai sinh cho bé"), "car": ("sang tên xe", "đổi biển số ô tô")}


def group(name, *codes, sayings=("việc này",)):
    """A group of these codes."""
    choices = {code: Text(vi=f"việc {code}") for code in codes}
    return Group(id=name, question=Text(vi="Việc nào ạ?"), sayings=sayings, choices=choices)


@pytest.fixture(scope="module")
def embedder():
    return StaticEmbedder()


@pytest.mark.parametrize("said", ["làm khai sinh", "Cho em hỏi làm KHAI SINH ạ?", "lam khai sinh"])
def test_what_is_said_word_for_word_is_certain(embedder, said):
    like = Sayings(KINDS, embedder).like(understand(said))

    assert (like.kind, like.cosine, like.agreement) == ("birth", 1.0, 1.0)


@pytest.mark.parametrize(("said", "kind"), [("khai sinh em bé", "birth"), ("xe ô tô sang tên đổi chủ", "car")])
def test_the_nearest_kind_is_told_with_its_cosine(embedder, said, kind):
    like = Sayings(KINDS, embedder).like(understand(said))

    assert like.kind == kind
    assert 0 < like.agreement <= like.cosine < 1


def test_without_sayings_nothing_is_like(embedder):
    assert Sayings({}, embedder).like(understand("làm khai sinh")) == NOTHING


def test_groups_near_what_was_said_or_holding_the_hits_are_near_and_no_others(embedder):
    narrow = group("narrow", "1.000001", "1.000002", sayings=("làm khai sinh",))
    wide = group("wide", "1.000001", "1.000002", "1.000003", sayings=("sang tên xe",))
    twins = Twins([narrow, wide], embedder)
    said = twins.likest(understand("làm khai sinh"))

    assert [like.kind for like in said] == ["narrow", "wide"]
    assert [near.id for near, _ in twins.near(said, ["1.000001", "1.000003"])] == ["narrow"]
    # Three hits of a group are worth 0.05 + 0.025 + 0.017: not enough where nothing like it was said.
    assert twins.near([], ["1.000001", "1.000003", "1.000002"]) == ()
    assert twins.near([], []) == ()


def test_a_file_of_another_shape_is_told(tmp_path):
    (tmp_path / "a.yaml").write_text("- id: x\n  question: {vi: Việc nào?}\n", encoding="utf-8")

    with pytest.raises(CatalogueError, match=r"(?s)^a\.yaml: .*sayings"):
        load(tmp_path)
