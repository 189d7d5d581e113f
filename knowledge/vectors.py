"""Vectors in Chroma, embedded or on a server, through LangChain. The only door to both."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import httpx
import numpy as np
import numpy.typing as npt

from knowledge.embedder import Embedder, StaticEmbedder
from knowledge.errors import StorageError
from knowledge.nearest import Nearest, NearestInGroups
from knowledge.procedure import Passage
from knowledge.speech import Query, understand

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

_BATCH = 1_000
_PAGE = 5_000

_MOST_IN_MEMORY = 500_000
"""So many vectors are kept in memory, at 1.4 kB each: comparing them takes less time than asking Chroma."""

Numbers = npt.NDArray[np.intp]
"""Which of the names of an index, or which of its procedures."""
Cosines = npt.NDArray[np.float32]

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
        self._codes: Sequence[str] = ()
        self._starts: Mapping[str, int] = {}
        """The number of each procedure's first name."""
        self._rows = _NONE
        """In memory: all names by number, or the titles alone; none of a served index."""
        self._titles: Numbers = np.zeros(0, dtype=np.intp)
        """Which of those rows is the title of each procedure."""
        self._nearest: Nearest | None = None
        """Of all names; none where Chroma is asked."""
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

    @property
    def at_hand(self) -> bool:
        """Whether `nearest` and `titles` take no longer than a look into memory: no model and no server is asked."""
        return self._nearest is not None and isinstance(self.embedder, StaticEmbedder)

    def number(self, codes: Sequence[str], starts: Numbers) -> None:
        """Number the names, for whoever asks: those of a procedure follow one another from its first, which is its title."""
        self._codes, self._starts = codes, dict(zip(codes, starts.tolist(), strict=True))

    def nearest(self, query: Query, count: int) -> tuple[Numbers, Cosines]:
        """The numbers of the names nearest to a question and their cosines, nearest first.

        Raises:
            StorageError: the vectors cannot be reached.

        """
        vector = self.embedder.question(query)[0]
        if self._nearest:
            return self._nearest(vector, count)
        known = [(name, cosine) for name, cosine in self.found(vector, count) if _code(name) in self._starts]
        numbers = [_place(name, self._starts) for name, _ in known]
        return np.array(numbers, dtype=np.intp), np.array([cosine for _, cosine in known], dtype=np.float32)

    def found(self, vector: Cosines, count: int) -> list[tuple[str, float]]:
        """The ids that Chroma finds nearest to a vector, and the cosines; nothing is near a vector of zeros.

        Raises:
            StorageError: the vectors cannot be reached.

        """
        if not vector.any():
            return []
        # LangChain's own search also fetches every text, which takes longer than the search itself.
        with _storage_errors("the vectors"):
            told = self._collection.query(query_embeddings=[vector], n_results=count, include=["distances"])
        return [(name, 1 - distance) for name, distance in zip(told["ids"][0], told["distances"][0], strict=True)]

    def titles(self, query: Query, positions: Numbers) -> Cosines:
        """The cosines of a question with the titles of the procedures at these places.

        Raises:
            StorageError: the vectors cannot be reached.

        """
        vector = self.embedder.question(query)[0]
        if len(self._rows):
            found: Cosines = self._rows[self._titles[positions]] @ vector
            return found
        ids = [_title(self._codes[position]) for position in positions]
        with _storage_errors("the vectors"):
            told = self._collection.get(ids=ids, include=["embeddings"])
        rows = dict(zip(told["ids"], np.asarray(told["embeddings"], dtype=np.float32), strict=True))
        return np.array([rows[name] @ vector if name in rows else 0.0 for name in ids], dtype=np.float32)

    def keep_in_memory(self) -> None:
        """Read the vectors of all names, so that questions need not ask Chroma; of the titles alone where they are too many."""
        total = self.count()
        whole = total <= _MOST_IN_MEMORY
        firsts = self._starts if whole else {code: position for position, code in enumerate(self._codes)}
        pages = (
            [{"limit": _PAGE, "offset": start} for start in range(0, total, _PAGE)]
            if whole
            else [{"ids": list(map(_title, self._codes[at : at + _PAGE]))} for at in range(0, len(self._codes), _PAGE)]
        )
        found = [self._collection.get(include=["embeddings"], **page) for page in pages]
        if not found:
            return
        vectors = np.concatenate([np.asarray(page["embeddings"], dtype=np.float32) for page in found])
        self._rows = np.zeros_like(vectors)
        self._rows[[_place(name, firsts) for page in found for name in page["ids"]]] = vectors
        self._titles = np.array(list(firsts.values()), dtype=np.intp)
        self._nearest = NearestInGroups(self._rows, self._titles) if whole else None

    @property
    def _collection(self) -> Any:
        return self._store._collection  # noqa: SLF001 - langchain has no door to it

    def drop(self) -> None:
        """Delete the collection."""
        self._store.delete_collection()

    def close(self) -> None:
        """Let go of the files; happens by itself when nobody searches them any more."""
        self._finalize()


def _title(code: str) -> str:
    """The id of a procedure's first name."""
    return f"{code}#0"


def _code(name: str) -> str:
    return name.partition("#")[0]


def _place(name: str, firsts: Mapping[str, int]) -> int:
    """The number of a name, given by its id, where each procedure's names begin at these numbers."""
    code, _, number = name.partition("#")
    return firsts[code] + int(number)


@contextmanager
def _storage_errors(place: str) -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError) as error:
        raise StorageError.of(error, place) from error
