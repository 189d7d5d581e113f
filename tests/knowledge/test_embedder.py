"""The embedder that is shipped is small, says how it was made, and gives the same vectors to the same words."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict

import numpy as np
import pytest

from knowledge import embedder
from knowledge.embedder import SHIPPED, StaticEmbedder
from knowledge.embedder_training import Recipe, train
from knowledge.errors import KnowledgeError
from knowledge.procedure import Text
from knowledge.speech import understand

SMALL = Recipe(dimensions=16, epochs=2, batch=32)


@pytest.fixture(scope="module")
def shipped_embedder():
    return StaticEmbedder()


@pytest.fixture
def cards(made):
    """Forty-eight procedures about things of bamboo, clay and so on."""
    things = "tre trúc nứa mây cói lá rơm gỗ gốm sứ đồng sắt".split()
    acts = ["Cấp thẻ", "Đổi thẻ", "Trả thẻ", "Hủy thẻ"]
    return [
        made(
            f"1.{number:06}",
            f"{act} {thing}",
            synonyms=(f"làm {act.lower()} bằng {thing}", f"xin thẻ {thing}"),
            results=(Text(vi=f"Thẻ {thing}"),),
        )
        for number, (act, thing) in enumerate((act, thing) for act in acts for thing in things)
    ]


def test_the_shipped_file_holds_everything_and_is_small():
    assert SHIPPED.stat().st_size <= 8_000_000
    with np.load(SHIPPED) as data:
        terms = data["terms"].tobytes().decode().split("\n")
        shape = data["table"].shape

    assert shape == (len(terms), 256)
    assert len(set(terms)) == len(terms) == embedder.recipe()["terms"]
    assert {"khai", "~khai", "~khai_sinh", "hộ", "~ho"} <= set(terms)


def test_the_shipped_recipe_is_the_one_of_the_shipped_table(shipped_embedder):
    assert shipped_embedder.identity == f"static:{embedder.recipe()['identity']}"
    assert embedder.recipe()["recipe"] == asdict(Recipe())


def test_vectors_are_unit_vectors_and_always_the_same(shipped_embedder):
    texts = ["Đăng ký khai sinh", "dang ky khai sinh", "hộ chiếu phổ thông"]

    vectors = shipped_embedder.passages(texts)

    assert (vectors.shape, vectors.dtype) == ((3, 256), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.array_equal(vectors, StaticEmbedder().passages(texts))
    assert np.array_equal(vectors[1:2], shipped_embedder.passages(texts[1:2]))


def test_unknown_words_get_no_direction(shipped_embedder):
    assert not shipped_embedder.passages(["zzqx wwkj", ""]).any()
    assert not shipped_embedder.question(understand("zzqx")).any()


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("làm giấy khai sinh cho con", "Đăng ký khai sinh", "Đăng ký khai tử"),
        ("mat the can cuoc", "Cấp lại thẻ căn cước", "Cấp hộ chiếu phổ thông"),
        ("lấy chồng nước ngoài", "Đăng ký kết hôn có yếu tố nước ngoài", "Đăng ký tạm trú"),
    ],
)
def test_a_question_lies_nearer_to_its_procedure(shipped_embedder, question, near, far):
    cosines = shipped_embedder.passages([near, far]) @ shipped_embedder.question(understand(question))[0]

    assert cosines[0] > cosines[1]


def test_training_twice_gives_the_same_table(tmp_path, monkeypatch, cards):
    """And one that can be used: a question is nearest to the thing it names."""
    pytest.importorskip("sentence_transformers", reason="training needs the «train» extra")
    monkeypatch.chdir(tmp_path)
    told = []
    for run in ("first", "second"):
        train(cards, tmp_path / run / "static.npz", SMALL, told.append, kinds=())
    first, second = (StaticEmbedder(tmp_path / run / "static.npz") for run in ("first", "second"))
    recipes = [json.loads((tmp_path / run / "recipe.json").read_text()) for run in ("first", "second")]
    things = ["Cấp thẻ tre", "Cấp thẻ gốm", "Cấp thẻ sắt"]

    assert told[: len(told) // 2] == told[len(told) // 2 :]
    assert recipes[0] == recipes[1]
    assert first.identity == second.identity == f"static:{recipes[0]['identity']}"
    assert np.array_equal(first.passages(things), second.passages(things))
    assert (first.passages(things) @ first.question(understand("xin thẻ gốm"))[0]).argmax() == 1


def test_too_little_to_learn_from_is_told(tmp_path, cards):
    with pytest.raises(KnowledgeError, match="import the portal file first"):
        train(cards[:2], tmp_path / "static.npz", SMALL, lambda _: None, kinds=())

    assert list(tmp_path.iterdir()) == []


def test_another_provinces_records_teach_nothing(tmp_path, made, cards):
    foreign = [card.model_copy(update={"jurisdiction": "Quảng Tre"}) for card in cards]

    with pytest.raises(KnowledgeError, match="Too few procedures"):
        train(foreign, tmp_path / "static.npz", SMALL, lambda _: None, kinds=())


def test_a_missing_table_is_told_with_its_remedy(tmp_path):
    with pytest.raises(KnowledgeError, match=r"static\.npz is missing: run `tro-ly embedder train`"):
        StaticEmbedder(tmp_path / "static.npz")


def test_an_unknown_setting_is_told_with_its_remedy():
    with pytest.raises(KnowledgeError, match="TROLY_EMBEDDER=magic names no embedder: use static, or hf:"):
        embedder.build("magic")


def test_answering_needs_no_torch():
    """A look-up in a table: the answer path starts quickly and on small machines."""
    script = (
        "import sys; import assistant.assistant; from knowledge import embedder; embedder.build('static'); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'sentence_transformers', 'transformers')))"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
