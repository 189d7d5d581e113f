"""A build that dies, fails or finds no room leaves the old index serving, and the next one works."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from knowledge import embedder
from knowledge.errors import StorageError
from knowledge.index import current, open_index
from knowledge.index_build import build_index
from knowledge.search import Search

DYING = """
import os, signal, sys
from pathlib import Path
from knowledge.database import Database
from knowledge.embedder import StaticEmbedder
from knowledge.index_build import build_index
from knowledge.store import ProcedureStore

class Dying(StaticEmbedder):
    def passages(self, texts):
        os.kill(os.getpid(), signal.SIGKILL)

home = Path(sys.argv[1])
build_index(home, ProcedureStore(Database(f"sqlite:///{home / 'tro-ly.db'}")), Dying())
"""

TOGETHER = """
import os, sys
from pathlib import Path
from knowledge.database import Database
from knowledge.embedder import StaticEmbedder
from knowledge.index import open_index
from knowledge.index_build import build_index
from knowledge.search import Search
from knowledge.store import ProcedureStore

home, embedder, workers = Path(sys.argv[1]), StaticEmbedder(), []
go, start = os.pipe()
for _ in range(4):
    worker = os.fork()
    if worker == 0:
        os.close(start)
        os.read(go, 1)
        build_index(home, ProcedureStore(Database(f"sqlite:///{home / 'tro-ly.db'}")), embedder)
        search = Search(open_index(home, embedder))
        assert all(search(question).confidence for question in ["the tre so 3", "nón lá"] * 20)
        os._exit(0)
    workers.append(worker)
os.close(go)
os.close(start)
sys.exit(any(os.waitpid(worker, 0)[1] for worker in workers))
"""
"""Four workers set off at the same moment: when the pipe they all wait on is closed."""


class Failing:
    """An embedder that gives up when it comes to a word."""

    def __init__(self, word):
        self.inner = embedder.StaticEmbedder()
        self.identity = self.inner.identity
        self.word = word

    def passages(self, texts):
        """Vectors, or an error."""
        if any(self.word in text for text in texts):
            raise RuntimeError("the embedder gave up")
        return self.inner.passages(texts)

    def question(self, query):
        """The vector of a question."""
        return self.inner.question(query)


@pytest.fixture
def store(tmp_path, new_store, made):
    """A store whose index is built, and in which a card has changed since."""
    store = new_store(*(made(f"9.{n:06}", f"Cấp thẻ tre số {n}") for n in range(1, 6)))
    build_index(tmp_path, store, embedder.build("static"))
    store.write([made("9.000003", "Cấp nón lá")], source="thử", problems=(), read=1)
    return store


def _best(home, question):
    return Search(open_index(home, embedder.build("static")))(question).hits[0].passage


def _parts(home):
    return [path for path in (home / "index").iterdir() if ".part" in path.name]


def test_a_killed_build_leaves_the_old_index_serving(tmp_path, store):
    before = current(tmp_path)

    killed = subprocess.run([sys.executable, "-c", DYING, str(tmp_path)], capture_output=True, check=False)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert len(_parts(tmp_path)) == 1
    assert current(tmp_path) == before
    assert _best(tmp_path, "thẻ tre số 3") == "Cấp thẻ tre số 3"

    assert build_index(tmp_path, store, embedder.build("static")).fresh == 1
    assert _best(tmp_path, "nón lá") == "Cấp nón lá"


def test_a_build_that_fails_cleans_up_and_leaves_the_old_index_serving(tmp_path, store):
    before = current(tmp_path)

    with pytest.raises(RuntimeError, match="the embedder gave up"):
        build_index(tmp_path, store, Failing("nón"))

    assert (current(tmp_path), _parts(tmp_path)) == (before, [])
    assert _best(tmp_path, "thẻ tre số 3") == "Cấp thẻ tre số 3"

    assert build_index(tmp_path, store, embedder.build("static")).fresh == 1
    assert _best(tmp_path, "nón lá") == "Cấp nón lá"


def test_workers_that_build_together_share_one_index(tmp_path, store):
    """None takes the files away that another has opened already."""
    done = subprocess.run([sys.executable, "-c", TOGETHER, str(tmp_path)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert _parts(tmp_path) == []
    assert _best(tmp_path, "nón lá") == "Cấp nón lá"


@contextmanager
def _no_file_larger_than(size):
    """The kernel refuses larger files, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 2_000, 150_000, 190_000])
def test_a_build_without_room_says_so_and_leaves_the_old_index_serving(tmp_path, store, size):
    before = current(tmp_path)

    with _no_file_larger_than(size), pytest.raises(StorageError, match=r"To mend it: (?!run `tro-ly doctor`)"):
        build_index(tmp_path, store, embedder.build("static"))

    assert (current(tmp_path), _parts(tmp_path)) == (before, [])
    assert _best(tmp_path, "thẻ tre số 3") == "Cấp thẻ tre số 3"
    assert build_index(tmp_path, store, embedder.build("static")).fresh == 1


@pytest.mark.parametrize("in_the_way", ["home", "home/index"])
def test_a_file_where_the_folder_should_be_is_told_with_its_remedy(tmp_path, store, in_the_way):
    path = tmp_path / in_the_way
    path.parent.mkdir(exist_ok=True)
    path.write_text("a letter")

    with pytest.raises(StorageError, match="To mend it: set TROLY_HOME to a folder: a file stands in its place"):
        build_index(tmp_path / "home", store, embedder.build("static"))


@pytest.mark.parametrize("pointer", ["", "nothing-of-this-name", "../elsewhere"])
def test_a_damaged_pointer_is_mended_by_the_next_build(tmp_path, store, pointer):
    (tmp_path / "index" / "CURRENT").write_text(pointer)

    assert current(tmp_path) is None
    assert build_index(tmp_path, store, embedder.build("static")).fresh == 5
    assert _best(tmp_path, "nón lá") == "Cấp nón lá"
