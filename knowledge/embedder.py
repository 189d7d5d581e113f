"""Text to vectors. The default is a table trained here: no model download, no torch, a look-up and a mean."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.errors import KnowledgeError
from knowledge.model_setting import loaded
from knowledge.speech import Query
from knowledge.terms import document_terms, query_terms
from knowledge.text import syllables

SHIPPED = Path(__file__).parent / "embedder_data" / "static.npz"
RECIPE = SHIPPED.with_name("recipe.json")

Vectors = npt.NDArray[np.float32]
"""Rows of unit length, shape (texts, dimensions)."""

RECENT = 16
"""So many questions keep their vectors: one search asks for the same one in several places."""


class Embedder(Protocol):
    """Turns passages and questions into unit vectors of one space."""

    @property
    def identity(self) -> str:
        """Changes when the same text would get another vector; an index built with another is stale."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""

    def question(self, query: Query) -> Vectors:
        """The vector of a question, shape (1, dimensions).

        Raises:
            StorageError: the model is out of reach.
        """


class StaticEmbedder:
    """The mean of one vector a term, from a table made by `tro-ly embedder train`."""

    def __init__(self, path: Path = SHIPPED) -> None:
        if not path.exists():
            raise KnowledgeError(f"{path.name} is missing: run `tro-ly embedder train`, or restore the file.")
        with np.load(path) as data:
            # Kept in whole numbers: a quarter of the memory, and most of the time goes into reading it.
            self._table, self._scales = data["table"], data["scales"].astype(np.float32)
            terms = data["terms"].tobytes().decode("utf-8").split("\n")
            self.identity = f"static:{data['identity'].tobytes().decode()}"
        self._rows = {term: row for row, term in enumerate(terms)}
        self._recent = lru_cache(maxsize=RECENT)(self._question)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found; a text of unknown words alone gets a zero vector."""
        return self._unit([document_terms(syllables(text)) for text in texts])

    def question(self, query: Query) -> Vectors:
        """The vector of a question's content words."""
        return self._recent(query.content, query.accented)

    def _question(self, content: tuple[str, ...], accented: bool) -> Vectors:  # noqa: FBT001 - a cache key
        vector = self._unit([query_terms(content, accented=accented)])
        vector.setflags(write=False)  # all who ask get this one
        return vector

    def _unit(self, texts: Sequence[Sequence[str]]) -> Vectors:
        vectors = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        for number, terms in enumerate(texts):
            rows = [row for term in terms if (row := self._rows.get(term)) is not None]
            if rows:
                added = self._scales.take(rows) @ self._table.take(rows, axis=0).astype(np.float32)
                vectors[number] = added / (math.sqrt(added @ added) or 1)
        return vectors


class TransformerEmbedder:
    """Any sentence-transformers model, by name or folder. Imports torch: only where a setting asks for it."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(name, device="cpu")
        self.identity = f"hf:{name}"
        self._recent = lru_cache(maxsize=RECENT)(self._question)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""
        return np.asarray(
            self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32
        )

    def question(self, query: Query) -> Vectors:
        """The vector of a question as it was written."""
        return self._recent(query.original)

    def _question(self, text: str) -> Vectors:
        vector = self.passages([text])
        vector.setflags(write=False)  # all who ask get this one
        return vector


@lru_cache(maxsize=1)
def static() -> StaticEmbedder:
    """The shipped table, read once."""
    return StaticEmbedder()


@lru_cache(maxsize=4)
def build(setting: str, url: str = "", key: str = "") -> Embedder:
    """The embedder that `TROLY_EMBEDDER` names: `static`, `hf:` and a model name or folder, or `openai:` and a model of a server.

    Raises:
        KnowledgeError: the setting names no embedder, or one that cannot be had.

    """
    if setting == "static":
        return static()
    ways: dict[str, Callable[[str], Embedder]] = {
        "hf": TransformerEmbedder,
        "openai": lambda model: _remote(model, url, key),
    }
    return loaded(
        "TROLY_EMBEDDER",
        setting,
        ways,
        "names no embedder: use static, or hf: and a model name or folder, or openai: and a model that TROLY_EMBEDDER_URL serves.",
    )


def _remote(model: str, url: str, key: str) -> Embedder:
    from knowledge.embedder_remote import RemoteEmbedder

    return RemoteEmbedder(model, url, key)


def recipe() -> dict[str, Any]:
    """How the shipped table was trained."""
    loaded: dict[str, Any] = json.loads(RECIPE.read_text(encoding="utf-8"))
    return loaded
