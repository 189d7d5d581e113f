"""A fold of the procedures loses its phrasings: in training, in the index, and nowhere else."""

from __future__ import annotations

import json
import shutil

import pytest

from evals.retrieval import unseen as unseen_module
from evals.retrieval.errors import EvaluationError
from evals.retrieval.unseen import unseen
from knowledge import embedder, phrasings
from knowledge.database import Database
from knowledge.index import current
from knowledge.index_build import build_index
from knowledge.reader import Catalogue
from knowledge.sources import written
from knowledge.store import ProcedureStore
from tests.evals.made import question

BIRTH, MARRIAGE, DEATH = "1.001193", "1.000894", "1.000656"


@pytest.fixture
def trained(monkeypatch):
    """The codes whose phrasings each training saw; the shipped table stands for the trained one."""
    calls = []

    def train(procedures, target, *, sayings, report):
        assert next(iter(procedures)).code
        calls.append(set(sayings))
        shutil.copy(embedder.SHIPPED, target)

    monkeypatch.setattr(unseen_module, "train", train)
    return calls


@pytest.fixture
def catalogue(settings):
    """A small one, of a few written entries with all their phrasings."""
    ours = settings()
    ours.home.mkdir()
    database = Database(ours.database_url)
    database.migrate()
    store = ProcedureStore(database)
    entries = [entry for entry in written.load() if entry.code in (BIRTH, MARRIAGE, DEATH)]
    store.write(entries, source="test", problems=(), read=len(entries))
    build_index(ours.home, store, embedder.build("static"))
    yield Catalogue(ours.home, store, embedder.build("static"))
    database.close()


def test_a_fifth_of_the_procedures_is_in_each_fold_whatever_the_machine():
    folds = [phrasings.fold_of(code) for code in phrasings.load()]

    assert (phrasings.fold_of(BIRTH), phrasings.fold_of(MARRIAGE)) == (0, 2)
    assert {fold for fold in range(phrasings.FOLDS) if 0.15 < folds.count(fold) / len(folds) < 0.25} == set(
        range(phrasings.FOLDS)
    )


def test_the_phrasings_of_the_fold_are_left_out_and_the_table_is_kept(catalogue, settings, trained):
    asked = [
        question("q1", [BIRTH], text=f"khai sinh {BIRTH}"),
        question("q2", [BIRTH, MARRIAGE], text="hai việc"),
        question("q3", [MARRIAGE], text="đăng ký kết hôn"),
    ]

    first = unseen(0, catalogue, settings(), asked)
    again = unseen(0, catalogue, settings(), asked)
    folder = current(settings().home / "evals" / "unseen" / "0")
    names = {
        code: told["names"] for code, told in json.loads((folder / "manifest.json").read_text())["procedures"].items()
    }

    assert first == again
    assert (first["fold"], first["folds"], first["without"]["n"], first["without"]["hit@1"]) == (
        0,
        phrasings.FOLDS,
        1,
        1.0,
    )
    assert first["with_phrasings"]["n"] == 1
    assert trained == [{code for code in phrasings.load() if phrasings.fold_of(code) != 0}]
    assert first["procedures"] == len(phrasings.load()) - len(trained[0])
    assert set(phrasings.load()[BIRTH]).isdisjoint(names[BIRTH])
    assert set(phrasings.load()[MARRIAGE]) <= set(names[MARRIAGE])


def test_a_fold_that_nobody_asks_for_is_told(catalogue, settings):
    with pytest.raises(EvaluationError, match="No question asks for procedures of fold 3 alone"):
        unseen(3, catalogue, settings(), [question("q1", [BIRTH])])


def test_a_missing_torch_is_told_with_what_to_do(catalogue, settings, monkeypatch):
    monkeypatch.setattr(unseen_module.importlib.util, "find_spec", lambda _: None)

    with pytest.raises(EvaluationError, match="needs PyTorch: run `make setup`"):
        unseen(0, catalogue, settings(), [question("q1", [BIRTH])])
