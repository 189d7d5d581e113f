"""Vectors in Chroma, embedded or on a server, through LangChain. The only door to both."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import httpx
import numpy as np
import numpy.typing as npt

from knowledge.embedder import Embedder
from knowledge.errors import StorageError
from knowledge.nearest import Nearest
from knowledge.procedure import Passage
from knowledge.speech import Query, understand

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

_BATCH = 1_000
_PAGE = 500

_MOST_IN_MEMORY = 50_000
"""So many vectors are compared one by one, which for 7,688 takes a fifth of the time of asking Chroma and finds all."""

_NONE = np.zeros((0, 0), dtype=np.float32)

_COLLECTION = {
    "hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 120, "max_neighbors": 16, "num_threads": 1}
}
"""One thread: the same passages in the same order give the same graph. A denser graph takes twice as long to build and is
only asked where the vectors are too many to be compared one by one."""


class LangChainEmbeddings:
    """Our embedder in the shape of LangChain's `Embeddings`, which takes a second to import."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        return self.embedder.passages(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embedder.question(understand(text))[0].tolist()  # type: ignore[no-any-return]


class Vectors:
    """The vectors of one index build."""

    def __init__(self, client: Any, name: str, embedder: Embedder) -> None:
        self._finalize = weakref.finalize(self, client.close)
        self.embedder = embedder
        self._ids: list[tuple[str, int]] = []
        self._places: dict[tuple[str, int], int] = {}
        self._rows = _NONE
        self._nearest: Nearest | None = None
        """Of all names; none while they are not in memory, or only the titles are."""
        from langchain_chroma import Chroma

        self._store = Chroma(
            client=client,
            collection_name=name,
            embedding_function=cast("Embeddings", LangChainEmbeddings(embedder)),
            collection_configuration=_COLLECTION,
        )

    @classmethod
    def embedded(cls, folder: Path, embedder: Embedder) -> Vectors:
        """Vectors in a folder of this machine.

        Raises:
            StorageError: the folder cannot be read or written.

        """
        import chromadb

        settings = chromadb.Settings(anonymized_telemetry=False)
        with _storage_errors(str(folder)):
            return cls(chromadb.PersistentClient(path=str(folder), settings=settings), "passages", embedder)

    @classmethod
    def served(cls, url: str, name: str, embedder: Embedder) -> Vectors:
        """Vectors on a Chroma server.

        Raises:
            StorageError: the server does not answer.

        """
        parts = urlsplit(url)
        import chromadb

        settings = chromadb.Settings(anonymized_telemetry=False)
        try:
            client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=settings,
            )
            return cls(client, name, embedder)
        except Exception as error:
            raise StorageError(
                f"{url}: {error}. To mend it: start the Chroma server, or correct TROLY_CHROMA_URL."
            ) from error

    def add(self, passages: Sequence[Passage], ids: Sequence[str], progress: Callable[[int], None]) -> None:
        """Add passages, in order, under these ids.

        Raises:
            StorageError: there is no room, or the disk fails.

        """
        for start in range(0, len(passages), _BATCH):
            batch = passages[start : start + _BATCH]
            with _storage_errors("the vectors"):
                # Without the texts, which the manifest keeps: Chroma would index every word of them once more.
                self._collection.add(
                    ids=list(ids[start : start + _BATCH]),
                    embeddings=self.embedder.passages([passage.text for passage in batch]),
                    metadatas=[{"code": passage.code} for passage in batch],
                )
            progress(len(batch))

    def remove(self, codes: Sequence[str]) -> None:
        """Take all passages of these procedures out."""
        if codes:
            self._collection.delete(where={"code": {"$in": list(codes)}})

    def count(self) -> int:
        """How many passages there are."""
        return int(self._collection.count())

    def nearest(self, query: Query, count: int) -> list[tuple[str, int, float]]:
        """The names nearest to a question: (code, which of its names, cosine), nearest first.

        Raises:
            StorageError: the vectors cannot be reached.
        """
        vector = self.embedder.question(query)[0]
        if not vector.any():
            return []
        if self._nearest:
            best, cosines = self._nearest(vector, count)
            return [(*self._ids[row], cosine) for row, cosine in zip(best.tolist(), cosines.tolist(), strict=True)]
        # LangChain's own search also fetches every text, which takes longer than the search itself.
        with _storage_errors("the vectors"):
            found = self._collection.query(query_embeddings=[vector], n_results=count, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(code, int(number), 1 - distance) for (code, number), distance in ((i.split("#"), d) for i, d in pairs)]

    def cosines(self, query: Query, names: Sequence[tuple[str, int]]) -> npt.NDArray[np.float32]:
        """The cosine of a question with each of these names (code, which of its names).

        Raises:
            StorageError: the vectors cannot be reached.

        """
        vector = self.embedder.question(query)[0]
        if self._places:
            found: npt.NDArray[np.float32] = self._rows[[self._places[name] for name in names]] @ vector
            return found
        ids = [f"{code}#{number}" for code, number in names]
        with _storage_errors("the vectors"):
            told = self._collection.get(ids=ids, include=["embeddings"])
        rows = dict(zip(told["ids"], np.asarray(told["embeddings"], dtype=np.float32), strict=True))
        return np.array([rows[name] @ vector if name in rows else 0.0 for name in ids], dtype=np.float32)

    def keep_in_memory(self, codes: Sequence[str]) -> None:
        """Read the vectors of all names, so that questions need not ask Chroma; of the titles alone where they are too many."""
        total = self.count()
        if total > _MOST_IN_MEMORY:
            names = [f"{code}#0" for code in codes]
            pages: list[dict[str, Any]] = [
                {"ids": names[start : start + _PAGE]} for start in range(0, len(names), _PAGE)
            ]
        else:
            pages = [{"limit": _PAGE, "offset": start} for start in range(0, total, _PAGE)]
        found = [self._collection.get(include=["embeddings"], **page) for page in pages]
        self._ids = [(code, int(number)) for page in found for code, number in (n.split("#") for n in page["ids"])]
        self._places = {name: row for row, name in enumerate(self._ids)}
        self._rows = np.concatenate([np.asarray(page["embeddings"], dtype=np.float32) for page in found] or [_NONE])
        self._nearest = Nearest(self._rows) if 0 < total <= _MOST_IN_MEMORY else None

    @property
    def _collection(self) -> Any:
        return self._store._collection  # noqa: SLF001 - langchain has no door to it

    def drop(self) -> None:
        """Delete the collection."""
        self._store.delete_collection()

    def close(self) -> None:
        """Let go of the files; happens by itself when nobody searches them any more."""
        self._finalize()


@contextmanager
def _storage_errors(place: str) -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError) as error:
        raise StorageError.of(error, place) from error
