"""The catalogue that an assistant holds takes up a new index by itself, while others go on searching."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from knowledge import embedder
from knowledge.errors import IndexMissing, UnknownProcedure
from knowledge.index_build import build_index
from knowledge.procedure import Section
from knowledge.reader import Catalogue
from knowledge.tables import PortalRecord


@pytest.fixture
def store(new_store, made):
    return new_store(*(made(f"9.{n:06}", f"Cấp thẻ tre số {n}") for n in range(1, 8)))


@pytest.fixture
def change(tmp_path, store, made):
    """Gives a procedure another name and builds the index anew."""

    def change(name):
        store.write([made("9.000001", name)], source="thử", problems=(), read=1)
        return build_index(tmp_path, store, embedder.build("static")).build

    return change


@pytest.fixture
def catalogue(tmp_path, store):
    build_index(tmp_path, store, embedder.build("static"))
    return Catalogue(tmp_path, store, embedder.build("static"))


def test_a_new_build_is_taken_up_with_the_next_question(catalogue, change):
    assert catalogue.get("9.000001").name == "Cấp thẻ tre số 1"

    build = change("Cấp nón lá")

    assert catalogue.search("nón lá").codes[0] == "9.000001"
    assert catalogue.build == build
    assert catalogue.get("9.000001").name == "Cấp nón lá"


def test_procedures_are_given_by_code(catalogue):
    assert {code: p.name for code, p in catalogue.many(["9.000002", "9.999999", "9.000001"]).items()} == {
        "9.000002": "Cấp thẻ tre số 2",
        "9.000001": "Cấp thẻ tre số 1",
    }
    with pytest.raises(UnknownProcedure):
        catalogue.get("9.999999")


def test_questions_are_answered_while_the_index_is_built_anew(catalogue, change):
    """Four threads ask without a pause while eight builds follow each other, two of them going back to an old one."""
    names = ["Cấp nón lá", "Cấp nón rơm"] * 4
    done = []

    def ask():
        found = []
        while not done:
            found.append(catalogue.search("thẻ tre số 5").codes[0])
        return found

    with ThreadPoolExecutor() as threads:
        asking = [threads.submit(ask) for _ in range(4)]
        try:
            for name in names:
                change(name)
        finally:
            done.append(True)
        found = [set(thread.result()) for thread in asking]

    assert found == [{"9.000005"}] * 4
    assert catalogue.search("nón rơm").hits[0].passage == "Cấp nón rơm"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted through /proc")
def test_the_files_of_an_old_build_are_let_go(tmp_path, catalogue, change):
    for name in ("Cấp nón lá", "Cấp nón rơm", "Cấp nón cời"):
        build = change(name)
        catalogue.search("nón")

    # Chroma closes its files in a thread of its own, a moment after it is told to.
    deadline = monotonic() + 30
    while _open_builds(tmp_path / "index") != {build} and monotonic() < deadline:
        Event().wait(0.02)

    assert _open_builds(tmp_path / "index") == {build}


def _open_builds(folder):
    """The builds of which this process holds a file open."""
    opened = []
    for path in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            opened.append(path.readlink())
    return {path.relative_to(folder).parts[0] for path in opened if folder in path.parents}


def test_a_catalogue_without_an_index_tells_the_remedy(tmp_path, store):
    with pytest.raises(IndexMissing, match="run `tro-ly index build`"):
        Catalogue(tmp_path, store, embedder.build("static"))


def test_a_procedure_that_the_portal_lists_no_more_is_told_with_a_caution(tmp_path, store):
    empty = dict.fromkeys(("layer", "jurisdiction", "name", "row_digest", "digest", "etag", "set_aside", "reason"), "")
    seen = {"first_seen": "2026-11-01", "last_seen": "2026-11-19", "seen_in": 1, "vanished_at": "2026-11-20"}
    with store._database.writing() as session:  # what a sync leaves behind
        session.add(PortalRecord(portal_id="tre-2", code="9.000002", **empty, **seen))
    build_index(tmp_path, store, embedder.build("static"))
    catalogue = Catalogue(tmp_path, store, embedder.build("static"))
    gone, stays = catalogue.many(["9.000002", "9.000003"]).values()

    assert {caution.text.vi for caution in gone.warnings} == {
        "Cổng không còn liệt kê thủ tục này từ ngày 20/11/2026; có thể đã bãi bỏ hoặc đổi mã, anh/chị gọi 1022 trước khi làm."
    }
    assert {caution.about for caution in gone.warnings} == set(Section)
    assert stays.warnings == ()
