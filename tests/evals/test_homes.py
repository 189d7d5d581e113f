"""Each catalogue has a home of its own under TROLY_HOME, made once."""

from __future__ import annotations

import shutil

import pytest

from evals.retrieval import homes
from evals.retrieval.errors import EvaluationError
from evals.retrieval.homes import CatalogueName, folder_of, open_assistant
from knowledge.errors import StorageError


@pytest.fixture
def steps(monkeypatch, settings):
    """What is done to make homes, without the work: ("imported" | "built", the folder)."""
    done = []

    class Nothing:
        def close(self):
            """Nothing is open."""

    def prepare(kept):
        kept.home.mkdir(parents=True, exist_ok=True)
        return Nothing(), None

    monkeypatch.setattr(homes.building, "prepare", prepare)
    monkeypatch.setattr(homes.building, "build", lambda kept, _: done.append(("built", kept.home)))
    monkeypatch.setattr(homes, "import_portal_file", lambda path, *_, **__: done.append(("imported", path)))
    return done


def test_the_portal_is_imported_once_and_anew_where_the_file_changed(steps, settings, tmp_path):
    file = tmp_path / "portal.jsonl"
    ours = settings()
    home = ours.home / "evals" / "portal"

    for content in ("one", "one", "two"):
        file.write_text(content)
        open_assistant(CatalogueName.PORTAL, ours, file)

    assert steps == [("imported", file), ("built", home), ("built", home), ("imported", file), ("built", home)]


def test_a_home_that_was_half_made_is_made_again(steps, settings, tmp_path):
    file = tmp_path / "portal.jsonl"
    file.write_text("one")
    left_over = folder_of(settings(), "portal") / "half.db"
    left_over.write_text("")

    open_assistant(CatalogueName.PORTAL, settings(), file)

    assert not left_over.exists()


def test_the_home_as_it_is_is_asked_in_place_and_what_is_shipped_in_its_own(steps, settings):
    open_assistant(CatalogueName.HOME, settings())
    open_assistant(CatalogueName.SHIPPED, settings())

    assert steps == [("built", settings().home), ("built", settings().home / "evals" / "shipped")]


def test_a_portal_file_that_is_not_there_is_told_in_both_languages(settings, tmp_path):
    with pytest.raises(EvaluationError) as told:
        open_assistant(CatalogueName.PORTAL, settings(), tmp_path / "none.jsonl.gz")

    assert "Không đọc được dữ liệu của Cổng Dịch vụ công" in str(told.value)
    assert "name the file with --portal" in str(told.value)


def test_a_home_that_cannot_be_is_told_with_its_remedy(settings, tmp_path):
    (tmp_path / "home").write_text("")

    with pytest.raises(StorageError, match=r"home: \[Errno 17\] File exists.*set TROLY_HOME to a folder"):
        open_assistant(CatalogueName.SHIPPED, settings())


def test_what_is_shipped_is_asked_over_a_home_that_is_there_already(shipped, shipped_home, settings):
    kept = folder_of(settings(), "shipped")
    shutil.copytree(shipped_home, kept, dirs_exist_ok=True)

    found = open_assistant(CatalogueName.SHIPPED, settings())

    assert found.catalogue.build == shipped.catalogue.build
