"""The index follows the store: only what changed is read again, and equal input gives an equal index."""

from __future__ import annotations

import json
import os

import pytest

from assistant.assistant import build
from knowledge import embedder
from knowledge.errors import IndexMissing
from knowledge.index import current, open_index
from knowledge.index_build import Progress, build_index
from knowledge.layers import Layer
from knowledge.procedure import Level
from knowledge.search import Search

COLOURS = "đỏ xanh vàng tím nâu hồng cam đen trắng xám bạc chàm".split()


class Listening:
    """The shipped embedder, remembering which texts it was given."""

    def __init__(self):
        self.inner = embedder.StaticEmbedder()
        self.identity = self.inner.identity
        self.texts = []

    def passages(self, texts):
        """Vectors, and a note of what for."""
        self.texts += texts
        return self.inner.passages(texts)

    def question(self, query):
        """The vector of a question."""
        return self.inner.question(query)


@pytest.fixture
def cards(made):
    """Twelve procedures that differ in one word."""
    return [made(f"9.{n:06}", f"Cấp thẻ tre màu {c}") for n, c in enumerate(COLOURS, start=1)]


@pytest.fixture
def home(tmp_path):
    return tmp_path


def _found(home, question, listening=None):
    """Everything a search tells, so that two can be compared whole."""
    result = Search(open_index(home, listening or embedder.build("static")))(question)
    return result.hits, result.confidence


def test_a_first_build_reads_everything_and_tells_how_far_it_is(home, new_store, cards):
    told = []

    done = build_index(home, new_store(*cards), embedder.build("static"), report=told.append)

    assert (done.procedures, done.passages, done.fresh, done.removed) == (12, 12, 12, 0)
    assert current(home) == home / "index" / done.build
    assert told == [
        Progress("reading", 12, 12),
        Progress("vectors", 12, 12),
        Progress("words", 0, 1),
        Progress("words", 1, 1),
    ]


def test_nothing_changed_is_nothing_built(home, new_store, cards):
    store, listening = new_store(*cards), Listening()
    first = build_index(home, store, listening)
    listening.texts.clear()

    again = build_index(home, store, listening)

    assert (again.build, again.procedures, again.passages, again.fresh) == (first.build, 12, 12, 0)
    assert listening.texts == []


def test_only_the_changed_procedure_is_read_again(home, new_store, cards, made):
    store, listening = new_store(*cards), Listening()
    first = build_index(home, store, listening)
    listening.texts.clear()
    store.write([made("9.000003", "Cấp nón lá")], source="thử", problems=(), read=1)

    second = build_index(home, store, listening)

    assert (second.fresh, second.removed, second.procedures) == (1, 0, 12)
    assert second.build != first.build
    assert listening.texts == ["Cấp nón lá"]
    assert _found(home, "nón lá")[0][0].code == "9.000003"


def test_an_index_too_large_for_memory_asks_chroma_and_finds_the_same(home, new_store, cards, monkeypatch):
    build_index(home, new_store(*cards), embedder.build("static"))
    questions = ["thẻ tre màu tím", "lam the tre mau do", "thẻ màu xám"]

    def found():
        search = Search(open_index(home, embedder.build("static")))
        return [search(question).codes for question in questions]

    in_memory = found()
    monkeypatch.setattr("knowledge.vectors._MOST_IN_MEMORY", 0)
    assert found() == in_memory


def test_a_procedure_that_went_is_not_found_any_more(home, new_store, cards):
    store = new_store()
    store.replace_layer(Layer.WRITTEN, cards, source="thử")
    build_index(home, store, embedder.build("static"))
    store.replace_layer(Layer.WRITTEN, cards[1:], source="thử")

    done = build_index(home, store, embedder.build("static"))

    assert (done.fresh, done.removed, done.procedures) == (0, 1, 11)
    assert "9.000001" not in [hit.code for hit in _found(home, "thẻ tre màu đỏ")[0]]


@pytest.mark.parametrize("changed", [1, 9], ids=["a few", "most"])
def test_an_index_brought_up_to_date_equals_one_made_anew(tmp_path, new_store, cards, made, changed):
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    newer = [made(card.code, f"{card.name} mới") for card in cards[:changed]] + cards[changed:]
    store = new_store(*cards, home=kept)
    build_index(kept, store, embedder.build("static"))
    store.write(newer, source="thử", problems=(), read=12)

    updated = build_index(kept, store, embedder.build("static"))
    anew = build_index(fresh, new_store(*newer, home=fresh), embedder.build("static"))

    assert (updated.fresh, anew.fresh, updated.build) == (changed, 12, anew.build)
    for colour in COLOURS:
        assert _found(kept, f"làm thẻ tre màu {colour}") == _found(fresh, f"làm thẻ tre màu {colour}")


def test_the_same_catalogue_gives_the_same_index_in_two_homes(shipped, shipped_home, settings):
    other = build(settings())
    questions = ["khai sinh cho con", "mat cccd lam lai", "how do I get a passport", "bán đất cho người ta", "đkkh"]

    assert other.catalogue.build == shipped.catalogue.build
    for question in questions:
        assert other.catalogue.search(question) == shipped.catalogue.search(question)


def test_another_provinces_record_is_not_indexed(home, new_store, cards, made):
    foreign = made("9.000099", "Cấp thẻ tre màu lục", jurisdiction="Quảng Tre", layer=Layer.CITY)
    build_index(home, new_store(*cards, foreign), embedder.build("static"))

    assert set(open_index(home, embedder.build("static")).codes) == {card.code for card in cards}


def test_what_citizens_file_at_their_ward_comes_before_what_offices_send_each_other(home, new_store, made):
    build_index(
        home,
        new_store(
            made("9.000001", "Cấp thẻ tre", internal=True, layer=Layer.NATIONAL),
            made("9.000002", "Cấp thẻ tre", levels=(Level.PROVINCE,), layer=Layer.NATIONAL),
            made("9.000003", "Cấp thẻ tre", levels=(Level.WARD,), layer=Layer.NATIONAL),
        ),
        embedder.build("static"),
    )

    assert [hit.code for hit in _found(home, "thẻ tre")[0]] == ["9.000003", "9.000002", "9.000001"]


def test_before_the_first_build_the_remedy_is_told(home):
    with pytest.raises(IndexMissing, match="run `tro-ly index build`"):
        open_index(home, embedder.build("static"))


def test_an_empty_store_is_told(home, new_store):
    with pytest.raises(IndexMissing, match="run `tro-ly catalogue import FILE`"):
        build_index(home, new_store(), embedder.build("static"))


def test_an_index_of_another_embedder_is_not_searched_and_built_anew(home, new_store, cards):
    store, other = new_store(*cards), Listening()
    build_index(home, store, embedder.build("static"))
    other.identity = "another"

    with pytest.raises(IndexMissing, match="built with another embedder or release: run `tro-ly index build`"):
        open_index(home, other)
    assert build_index(home, store, other).fresh == 12
    assert open_index(home, other).codes == [card.code for card in cards]


def test_the_last_two_builds_are_kept_and_long_abandoned_ones_swept(home, new_store, cards, made):
    """A process that still searches the one before may finish."""
    store, builds = new_store(*cards), []
    for name in ("Cấp nón lá", "Cấp nón rơm", "Cấp nón cời", "Cấp nón quai thao"):
        store.write([made("9.000001", name)], source="thử", problems=(), read=1)
        builds.append(build_index(home, store, embedder.build("static")).build)
        abandoned = home / "index" / f"{name}.1.part"
        abandoned.mkdir()
        os.utime(abandoned, (0, 0))

    assert {path.name for path in (home / "index").iterdir()} == {"CURRENT", *builds[-2:], "Cấp nón quai thao.1.part"}


def test_the_manifest_names_what_it_was_built_from(home, new_store, cards):
    done = build_index(home, new_store(*cards), embedder.build("static"))
    manifest = json.loads((home / "index" / done.build / "manifest.json").read_text(encoding="utf-8"))

    assert manifest["embedder"] == embedder.build("static").identity
    assert {code: entry["names"] for code, entry in manifest["procedures"].items()} == {
        card.code: [card.name] for card in cards
    }
