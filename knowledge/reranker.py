"""A second look at what was found: a model that reads question and procedure together. Off unless a setting asks for it."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from knowledge.embedder import Embedder
from knowledge.embedder_remote import Patience, Rest, host_of, key_of, remedy
from knowledge.errors import KnowledgeError, StorageError
from knowledge.model_setting import loaded
from knowledge.reader import Catalogue
from knowledge.search import Explanation, Hit, Result
from knowledge.store import ProcedureStore

log = logging.getLogger(__name__)

LOOKED_AT = 20
"""So many hits are put in a new order; the others keep their places behind them."""

_PATIENCE = Patience(question=1, rest=15)
_MOST_BYTES = 2**20
"""No answer of twenty numbers is larger."""


class Reranker(Protocol):
    """Reads a question and documents together."""

    def scores(self, question: str, documents: Sequence[str]) -> list[float]:
        """How well each document answers, more is better.

        Raises:
            StorageError: the model is out of reach.
        """


class CrossEncoderReranker:
    """Any cross-encoder of sentence-transformers, by name or folder. Imports torch: only where a setting asks for it."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        self._model: Any = CrossEncoder(name, device="cpu")
        if self._model.num_labels != 1:
            raise KnowledgeError(f"TROLY_RERANKER=hf:{name} is no reranker: set one that gives one score a pair.")

    def scores(self, question: str, documents: Sequence[str]) -> list[float]:
        """How well each document answers."""
        pairs = [(question, document) for document in documents]
        return [float(score) for score in self._model.predict(pairs, show_progress_bar=False)]


class RemoteReranker:
    """A model behind `POST {url}/rerank`, in the shape of Jina and Cohere that vLLM, Infinity and others serve."""

    def __init__(self, model: str, url: str, key: str = "", patience: Patience = _PATIENCE) -> None:
        import httpx

        self._name = f"openai:{model}@{host_of(url, 'TROLY_RERANKER_URL')}"
        self._model = model
        self._patience = patience
        self._rest = Rest(patience)
        secret = key_of(key, "TROLY_RERANKER_KEY")
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=patience.question)

    def scores(self, question: str, documents: Sequence[str]) -> list[float]:
        """How well each document answers.

        Raises:
            StorageError: the server gives no scores in time, or failed a moment ago.

        """
        if self._rest:
            raise self._trouble("failed a moment ago", "see what the log says of it before this")
        try:
            return self._scores(question, documents)
        except StorageError:
            self._rest.begin()
            raise

    def _scores(self, question: str, documents: Sequence[str]) -> list[float]:
        asked = {"model": self._model, "query": question, "documents": list(documents), "top_n": len(documents)}
        content = self._ask(asked)
        try:
            told = {int(one["index"]): float(one["relevance_score"]) for one in json.loads(content)["results"]}
        except (ValueError, TypeError, KeyError, RecursionError):
            told = {}
        scores = [told.get(number, np.nan) for number in range(len(documents))]
        if not np.isfinite(scores).all():
            raise self._trouble("answers with something other than one score a document", "set another server")
        return scores

    def _ask(self, asked: dict[str, Any]) -> bytes:
        """The body of the answer, within what it may weigh and how long it may take altogether."""
        import httpx

        until = self._patience.clock() + self._patience.question
        body = bytearray()
        try:
            with self._http.stream("POST", "rerank", json=asked) as response:
                if not response.is_success:
                    mend = remedy(response.status_code, "TROLY_RERANKER")
                    raise self._trouble(f"answers with status {response.status_code}", mend)
                for part in response.iter_bytes():
                    body += part
                    if len(body) > _MOST_BYTES or self._patience.clock() > until:
                        raise self._trouble("does not come to an end in time", "look why it is slow, or set another")
        except httpx.TimeoutException:
            raise self._trouble("does not answer in time", "look why it is slow, or set another") from None
        except httpx.HTTPError:
            raise self._trouble("cannot be reached", "start it, or correct TROLY_RERANKER_URL") from None
        return bytes(body)

    def _trouble(self, what: str, mend: str) -> StorageError:
        return StorageError(f"The reranker {self._name} {what}. To mend it: {mend}.")


class Reordering:
    """The order that a reranker gives; the one there was where it fails."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker
        self._failing = False

    def __call__(self, question: str, documents: Sequence[str]) -> list[int]:
        """The numbers of the documents, best first; of equals the earlier comes first. Never raises."""
        try:
            scores = self._reranker.scores(question, documents)
        except Exception:
            # A question is answered whatever happens here; a line for every one of them would drown the log.
            if not self._failing:
                log.exception("reranker out of reach: the order stays as it was")
            self._failing = True
            return list(range(len(documents)))
        self._failing = False
        return sorted(range(len(documents)), key=lambda number: -scores[number])


class RerankedCatalogue(Catalogue):
    """A catalogue whose hits are looked at twice. How sure the first look was stays as it was: doubt is measured by it."""

    def __init__(
        self, home: Path, store: ProcedureStore, embedder: Embedder, chroma_url: str, reranker: Reranker
    ) -> None:
        super().__init__(home, store, embedder, chroma_url)
        self._reorder = Reordering(reranker)

    def search(self, question: str, count: int = 10) -> Result:
        """The procedures a question is most likely about."""
        result = super().search(question, max(count, LOOKED_AT))
        order = self._order(question, result.hits)[:count]
        return dataclasses.replace(result, hits=tuple(result.hits[number] for number in order))

    def explain(self, question: str, count: int = 10) -> Explanation:
        """The same, with the reasons of the first look."""
        found = super().explain(question, max(count, LOOKED_AT))
        order = self._order(question, found.result.hits)[:count]
        result = dataclasses.replace(found.result, hits=tuple(found.result.hits[number] for number in order))
        return Explanation(result, tuple(found.reasons[number] for number in order))

    def _order(self, question: str, hits: Sequence[Hit]) -> list[int]:
        looked_at = hits[:LOOKED_AT]
        behind = range(len(looked_at), len(hits))
        # Where a code was typed there are no features, and nothing to be put right.
        if len(looked_at) < 2 or not looked_at[0].signs:
            return list(range(len(hits)))
        names = {code: procedure.name for code, procedure in self.many([hit.code for hit in looked_at]).items()}
        return [*self._reorder(question, [_document(names, hit) for hit in looked_at]), *behind]


def _document(names: dict[str, str], hit: Hit) -> str:
    """What a reranker reads of a procedure: its name, and what matched best where that is another."""
    return ". ".join(dict.fromkeys(part for part in (names.get(hit.code, ""), hit.passage) if part))


@lru_cache(maxsize=2)
def build(setting: str, url: str = "", key: str = "") -> Reranker | None:
    """The reranker that `TROLY_RERANKER` names: `hf:` and a model name or folder, `openai:` and a model, or none where it is empty.

    Raises:
        KnowledgeError: the setting names no reranker, or one that cannot be had.

    """
    if not setting:
        return None
    ways: dict[str, Callable[[str], Reranker]] = {
        "hf": CrossEncoderReranker,
        "openai": lambda model: RemoteReranker(model, url, key),
    }
    return loaded(
        "TROLY_RERANKER",
        setting,
        ways,
        "names no reranker: leave it empty, or use hf: and a model name or folder, or openai: and a model that TROLY_RERANKER_URL serves.",
    )
