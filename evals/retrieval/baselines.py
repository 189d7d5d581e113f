"""Other ways of looking, over the same records and questions: BM25 by two libraries, LangChain, and halves of our own."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evals.retrieval.ask import HITS, rank_of
from evals.retrieval.figures import Baseline
from evals.retrieval.langchain_baseline import NEEDED, langchain
from evals.retrieval.questions import Question
from evals.retrieval.score import rates
from knowledge.features import by_vectors, by_words
from knowledge.index_build import Progress, Report
from knowledge.lexical import LexicalIndex
from knowledge.passages import body
from knowledge.procedure import Procedure
from knowledge.reader import Catalogue

Ranker = Callable[[str], Sequence[str]]
"""A question in, codes out, best first."""

_BM25S = {"k1": 1.5, "b": 0.75}
"""What bm25s takes where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A way of looking that is made when its turn comes."""

    name: str
    title: str
    make: Callable[[], Ranker]
    needs: tuple[str, ...] = ()
    """Libraries without which it is skipped."""


def run(
    catalogue: Catalogue, questions: Sequence[Question], folder: Path, report: Report = lambda _: None
) -> dict[str, Baseline]:
    """Ask every way of looking the questions in scope; `folder` keeps what takes long to make."""
    return {pipeline.name: _ask(pipeline, questions, report) for pipeline in _pipelines(catalogue, folder, report)}


def texts_of(procedures: Iterable[Procedure]) -> dict[str, str]:
    """Title and body of each procedure that applies here, by code: what the plain pipelines are given."""
    told = (procedure for procedure in procedures if procedure.applies_in_da_nang)
    return {procedure.code: f"{procedure.name}\n{body(procedure).text}" for procedure in told}


def rank_bm25(texts: dict[str, str]) -> Ranker:
    """rank_bm25's BM25Okapi over lower-cased words between spaces."""
    from rank_bm25 import BM25Okapi

    codes, model = list(texts), BM25Okapi([_words(text) for text in texts.values()])
    return lambda question: _best(codes, model.get_scores(_words(question)))


def bm25s(texts: dict[str, str]) -> Ranker:
    """bm25s with its own settings over the same words."""
    terms: dict[str, int] = {}
    rows = [
        np.array([terms.setdefault(word, len(terms)) for word in _words(text)], dtype=np.int32)
        for text in texts.values()
    ]
    codes, model = list(texts), LexicalIndex.build(rows, terms, **_BM25S)
    return lambda question: _best(codes, model.scores(_words(question)))


def _pipelines(catalogue: Catalogue, folder: Path, report: Report) -> Iterator[Pipeline]:
    texts = texts_of(catalogue.store.iterate())
    yield Pipeline("rank_bm25", "rank_bm25", lambda: rank_bm25(texts), ("rank_bm25",))
    yield Pipeline("bm25s", "bm25s", lambda: bm25s(texts))
    title = "LangChain, all-MiniLM-L6-v2, Chroma"
    yield Pipeline("langchain", title, lambda: langchain(texts, folder / "langchain", report), NEEDED)
    yield Pipeline("ours_lexical", "ours, words only", lambda: partial(catalogue.half, by_words))
    yield Pipeline("ours_dense", "ours, vectors only", lambda: partial(catalogue.half, by_vectors))


def _ask(pipeline: Pipeline, questions: Sequence[Question], report: Report) -> Baseline:
    missing = [name for name in pipeline.needs if importlib.util.find_spec(name) is None]
    if missing:
        return {"title": pipeline.title, "skipped": f"not installed: {', '.join(missing)}; run `make setup`"}
    ranker = pipeline.make()
    ranks = {}
    for number, question in enumerate(questions, start=1):
        ranks[question.id] = rank_of(ranker(question.question)[:HITS], question.codes)
        report(Progress(pipeline.name, number, len(questions)))
    found = list(ranks.values())
    return {
        "title": pipeline.title,
        "skipped": "",
        "all": rates(found),
        "held_out": rates(found[1::2]),
        "ranks": ranks,
    }


def _words(text: str) -> list[str]:
    return text.lower().split()


def _best(codes: Sequence[str], scores: npt.NDArray[np.floating]) -> list[str]:
    order = np.argsort(-scores, kind="stable")[:HITS]
    return [codes[position] for position in order if scores[position] > 0]
