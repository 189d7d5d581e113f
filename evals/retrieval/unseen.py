"""How well are procedures found that nobody has written phrasings for? A fold loses its own, in training and index."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.settings import Settings
from evals.retrieval.ask import rank
from evals.retrieval.errors import EvaluationError
from evals.retrieval.figures import Unseen
from evals.retrieval.homes import folder_of
from evals.retrieval.questions import Question
from evals.retrieval.score import rates
from knowledge import phrasings
from knowledge.embedder import StaticEmbedder
from knowledge.embedder_training import Recipe, train
from knowledge.index_build import Progress, Report, build_index
from knowledge.phrasings import Phrasings
from knowledge.reader import Catalogue
from knowledge.store import ProcedureStore

_TABLE, _INPUTS = "static.npz", "inputs"
"""The second is written last: a table without it is trained again."""


def unseen(
    fold: int, catalogue: Catalogue, settings: Settings, questions: Sequence[Question], report: Report = lambda _: None
) -> Unseen:
    """The figures of the questions whose right procedures all lie in a fold, once that fold has lost its phrasings.

    What an entry itself says, synonyms among it, stays; so does the ranker, which knows no procedure by its code.

    Raises:
        EvaluationError: torch is not installed, or no question asks for this fold alone.
        StorageError: the folder under TROLY_HOME cannot be written.

    """
    asked = [question for question in questions if {phrasings.fold_of(code) for code in question.codes} == {fold}]
    if not asked:
        raise EvaluationError(f"No question asks for procedures of fold {fold} alone: take another fold.")
    without = frozenset(code for code in phrasings.load() if phrasings.fold_of(code) == fold)
    kept = phrasings.without(without, phrasings.load())
    folder = folder_of(settings, f"unseen/{fold}")
    embedder = StaticEmbedder(_table(folder, catalogue.store, kept, report))
    build_index(folder, catalogue.store, embedder, sayings=kept, report=report)
    bare = Catalogue(folder, catalogue.store, embedder)
    return {
        "fold": fold,
        "folds": phrasings.FOLDS,
        "procedures": len(without),
        "without": rates(rank(bare, question).rank for question in asked),
        "with_phrasings": rates(rank(catalogue, question).rank for question in asked),
    }


def _table(folder: Path, store: ProcedureStore, kept: Phrasings, report: Report) -> Path:
    """The table trained with these phrasings alone; kept for the next run with the same inputs."""
    table, mark = folder / _TABLE, folder / _INPUTS
    inputs = _digest(store, kept)
    if table.exists() and mark.exists() and mark.read_text(encoding="utf-8") == inputs:
        return table
    if importlib.util.find_spec("torch") is None:
        raise EvaluationError("--unseen trains an embedder, which needs PyTorch: run `make setup`.")
    mark.unlink(missing_ok=True)
    report(Progress("Training without", 0, 1))
    train(store.iterate(), table, sayings=kept, report=lambda _: None)
    report(Progress("Training without", 1, 1))
    mark.write_text(inputs, encoding="utf-8")
    return table


def _digest(store: ProcedureStore, kept: Phrasings) -> str:
    """Changes when training would give another table."""
    whole = hashlib.blake2b(f"{sorted(asdict(Recipe()).items())}".encode(), digest_size=16)
    for code, said in sorted(kept.items()):
        whole.update(f"{code} {phrasings.digest(said)}\n".encode())
    for code, content in sorted(store.hashes().items()):
        whole.update(f"{code} {content}\n".encode())
    return whole.hexdigest()
