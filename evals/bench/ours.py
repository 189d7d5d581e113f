"""Our own index and search, measured."""

from __future__ import annotations

import time
from statistics import median
from typing import Any

from assistant.assistant import prepare, refresh_index
from assistant.settings import Settings
from evals.bench.given import read_questions
from evals.bench.machine import footprint
from evals.bench.timing import Asked, ask, per_second
from evals.retrieval.ask import OUT_OF_SCOPE, QUESTIONS, load
from knowledge import embedder
from knowledge.database import Database
from knowledge.procedure import Layer
from knowledge.reader import Catalogue
from knowledge.store import ProcedureStore


def build(home: str, *, shipped: bool = True) -> dict[str, Any]:
    """Build the whole index of a home; without the shipped catalogue, of what is in its database alone."""
    settings = Settings.read({"TROLY_HOME": home})
    store = prepare(settings)[1] if shipped else _store(settings)
    started = time.perf_counter()
    report = refresh_index(settings, store)
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "procedures": report.procedures,
        "passages": report.passages,
        "fresh": report.fresh,
        "peak_mb": footprint()[0],
    }


def search(home: str, rounds: int, folder: str = "") -> dict[str, Any]:
    """Search the existing index of a home with all questions of evals/retrieval."""
    settings = Settings.read({"TROLY_HOME": home})
    catalogue = Catalogue(settings.home, _store(settings), embedder.build(settings.embedder))
    questions = read_questions(folder) if folder else _questions()

    def searcher(question: str) -> tuple[str, ...]:
        return catalogue.search(question, 10).codes

    asked = ask(searcher, questions, rounds)
    throughput = per_second(searcher, questions * rounds)
    peak, resident = footprint()
    return {**asked, "per_second": throughput, "peak_mb": peak, "resident_mb": resident}


def reindex(home: str, times: int) -> dict[str, Any]:
    """Change one procedure as staff would and bring the index up to date; the median of several times."""
    settings = Settings.read({"TROLY_HOME": home})
    store = _store(settings)
    refresh_index(settings, store)
    codes = sorted(set(store.hashes()) - store.foreign_codes())
    seconds = []
    for number in range(times):
        code = codes[len(codes) * (number + 1) // (times + 1)]
        told = store.get(code)
        edited = told.model_copy(update={"name": f"{told.name} (sửa {number + 1})", "layer": Layer.STAFF})
        store.write([edited], source="bench", problems=(), read=1)
        started = time.perf_counter()
        report = refresh_index(settings, store)
        seconds.append(time.perf_counter() - started)
        if report.fresh != 1:
            raise RuntimeError(f"one procedure was changed, but {report.fresh} were read anew")
    return {"seconds": median(seconds)}


def _store(settings: Settings) -> ProcedureStore:
    return ProcedureStore(Database(settings.database_url))


def _questions() -> list[Asked]:
    return [Asked(question.question, question.codes) for question in (*load(QUESTIONS), *load(OUT_OF_SCOPE))]
