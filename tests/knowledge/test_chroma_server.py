"""Vectors on a Chroma server are the same vectors; moving them there and back loses nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import chromadb
import pytest

from knowledge import embedder
from knowledge.errors import IndexMissing, StorageError
from knowledge.index import open_index
from knowledge.index_build import build_index
from knowledge.search import Search
from knowledge.vectors import Vectors

QUESTIONS = ["thẻ tre số 3", "lam the tre", "nón lá", "không liên quan"]


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    program = Path(sys.executable).with_name("chroma")
    if not program.exists():
        pytest.skip("no Chroma server is installed beside this Python")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "run", "--path", folder / "data", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            _wait_until_ready(server, port, folder / "log")
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Chroma server of these tests' own."""
    with _server(tmp_path_factory.mktemp("chroma")) as (url, _):
        yield url


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(600):
        try:
            chromadb.HttpClient(host="127.0.0.1", port=port).heartbeat()
        except ValueError:
            try:
                server.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        else:
            return
    pytest.fail(f"the Chroma server does not start: {log.read_text()}")


@pytest.fixture
def store(new_store, made):
    cards = [made(f"9.{n:06}", f"Cấp thẻ tre số {n}", synonyms=("thẻ tre", f"the tre {n}")) for n in range(1, 40)]
    return new_store(*cards, made("9.000099", "Cấp nón lá"))


def _found(home, url=""):
    """The first procedures for each question; the server's graph may miss some of the far-off ones, and so weigh others."""
    search = Search(open_index(home, embedder.build("static"), url))
    return [[(hit.code, hit.passage) for hit in search(question).hits[:1]] for question in QUESTIONS]


def test_a_served_index_finds_what_an_embedded_one_finds(tmp_path, store, chroma_url):
    here, there = tmp_path / "here", tmp_path / "there"

    embedded = build_index(here, store, embedder.build("static"))
    served = build_index(there, store, embedder.build("static"), chroma_url=chroma_url)

    assert served.build == embedded.build
    assert not (there / "index" / served.build / "chroma").exists()
    assert _found(there, chroma_url) == _found(here)


def test_the_vectors_move_to_a_server_and_back(tmp_path, store, chroma_url):
    """The setting alone changes: the build keeps its name, and must not be searched without its vectors."""
    build_index(tmp_path, store, embedder.build("static"))
    before = _found(tmp_path)

    build_index(tmp_path, store, embedder.build("static"), chroma_url=chroma_url)
    served = _found(tmp_path, chroma_url)
    build_index(tmp_path, store, embedder.build("static"))

    assert served == before
    assert _found(tmp_path) == before


def test_a_change_is_brought_to_the_server_and_back(tmp_path, store, made, chroma_url):
    build_index(tmp_path, store, embedder.build("static"), chroma_url=chroma_url)
    store.write([made("9.000099", "Cấp nón cời")], source="thử", problems=(), read=1)

    assert build_index(tmp_path, store, embedder.build("static"), chroma_url=chroma_url).fresh == 1
    served = _found(tmp_path, chroma_url)
    store.write([made("9.000099", "Cấp nón rơm")], source="thử", problems=(), read=1)

    assert build_index(tmp_path, store, embedder.build("static")).fresh == 1
    assert [found[2][0][1] for found in (served, _found(tmp_path))] == ["Cấp nón cời", "Cấp nón rơm"]


def test_a_server_that_lost_its_data_is_noticed_and_filled_again(tmp_path, store, chroma_url):
    done = build_index(tmp_path, store, embedder.build("static"), chroma_url=chroma_url)
    before = _found(tmp_path, chroma_url)
    Vectors.served(chroma_url, f"passages-{done.build}", embedder.build("static")).drop()

    with pytest.raises(IndexMissing, match="run `tro-ly index build`"):
        open_index(tmp_path, embedder.build("static"), chroma_url)
    build_index(tmp_path, store, embedder.build("static"), chroma_url=chroma_url)

    assert _found(tmp_path, chroma_url) == before


def test_old_collections_leave_the_server(tmp_path, store, made, chroma_url):
    builds = []
    for name in ("nón cời", "nón rơm", "nón lá"):
        store.write([made("9.000099", f"Cấp {name} mới")], source="thử", problems=(), read=1)
        builds.append(build_index(tmp_path, store, embedder.build("static"), chroma_url=chroma_url).build)

    port = int(chroma_url.rsplit(":", 1)[1])
    names = {collection.name for collection in chromadb.HttpClient(host="127.0.0.1", port=port).list_collections()}

    assert {f"passages-{build}" for build in builds} & names == {f"passages-{build}" for build in builds[1:]}


def test_a_server_that_does_not_answer_is_told_with_its_remedy(tmp_path, store):
    url = "http://127.0.0.1:1"

    with pytest.raises(StorageError, match=rf"^{url}: .*To mend it: start the Chroma server, or correct TROLY_CHROMA"):
        build_index(tmp_path, store, embedder.build("static"), chroma_url=url)


def test_when_the_server_dies_words_alone_still_find(tmp_path, store):
    with _server(tmp_path) as (url, server):
        build_index(tmp_path / "home", store, embedder.build("static"), chroma_url=url)
        search = Search(open_index(tmp_path / "home", embedder.build("static"), url))
        server.kill()
        server.wait()

        result = search("nón lá")

    assert (result.codes[0], result.by_words_alone) == ("9.000099", True)
