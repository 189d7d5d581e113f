"""Vectors from a server elsewhere, by the interface of OpenAI that many serve: vLLM, Infinity, TEI, Ollama. The only door to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from pydantic import SecretStr

from knowledge.embedder import RECENT, Vectors
from knowledge.errors import KnowledgeError, StorageError
from knowledge.speech import Query

_BATCH = 64
"""Texts in one request: what small servers take."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server elsewhere is waited for."""

    question: float = 2
    """Seconds until the next word of an answer, while a citizen waits."""
    passages: float = 60
    """The same while an index is built."""
    again: int = 2
    """How often passages are sent again where the server was down, busy or slow."""
    rest: float = 15
    """Seconds for which a server that failed a question is left alone, so that not every citizen waits for it."""
    clock: Callable[[], float] = time.monotonic


class Rest:
    """Remembers that a server failed, and for how long to leave it alone."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._until = float("-inf")

    def begin(self) -> None:
        """The server failed just now."""
        self._until = self._patience.clock() + self._patience.rest

    def __bool__(self) -> bool:
        return self._patience.clock() < self._until


class RemoteEmbedder:
    """A model behind `POST {url}/embeddings`. Making one asks nothing of the server: an index that is up to date opens without it."""

    def __init__(self, model: str, url: str, key: str = "", patience: Patience | None = None) -> None:
        from langchain_openai import OpenAIEmbeddings

        self._host = host_of(url, "TROLY_EMBEDDER_URL")
        self.identity = f"openai:{model}@{self._host}"
        secret = key_of(key, "TROLY_EMBEDDER_KEY")
        patience = patience or Patience()
        self._rest = Rest(patience)
        self._width = 0

        def client(timeout: float, retries: int) -> Any:
            return OpenAIEmbeddings(
                model=model,
                openai_api_base=url,
                # Without one the library would take OPENAI_API_KEY, which was not meant for this server.
                openai_api_key=SecretStr(secret or "none"),
                check_embedding_ctx_length=False,  # it would fetch OpenAI's tokens, and send numbers instead of text
                chunk_size=_BATCH,
                request_timeout=timeout,
                max_retries=retries,
                model_kwargs={"encoding_format": "float"},  # not every server knows base64
            )

        self._patient = client(patience.passages, patience.again)
        self._hasty = client(patience.question, 0)
        self._recent = lru_cache(maxsize=RECENT)(self._question)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found.

        Raises:
            StorageError: the server gives none; the message says what to do.

        """
        vectors = self._unit(self._patient, texts)
        self._width = self._width or vectors.shape[1]
        return vectors

    def question(self, query: Query) -> Vectors:
        """The vector of a question as it was written.

        Raises:
            StorageError: the server gives none in time, or failed a moment ago.

        """
        return self._recent(query.original)

    def _question(self, text: str) -> Vectors:
        if self._rest:
            raise self._trouble("failed a moment ago", "see what the log says of it before this")
        try:
            vector = self._unit(self._hasty, [text])
        except StorageError:
            self._rest.begin()
            raise
        vector.setflags(write=False)  # all who ask get this one
        return vector

    def _unit(self, client: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self._width), dtype=np.float32)
        try:
            vectors = np.asarray(client.embed_documents(list(texts)), dtype=np.float32)
        except Exception as error:  # noqa: BLE001 - a half answer fails in the library in many ways
            # Not «from error»: what a server says back may hold the key or the citizen's words.
            raise self._meant(error) from None
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise self._trouble("answers with something other than one vector a text", "set another model or server")
        if self._width not in (0, vectors.shape[1]):
            raise self._trouble(
                f"answers with {vectors.shape[1]} dimensions instead of {self._width}",
                "let it serve the model that the index was built with, or remove the folder index of TROLY_HOME and restart",
            )
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
        return unit

    def _meant(self, error: Exception) -> StorageError:
        """What a failure of the library means, and what to do."""
        import openai

        match error:
            case openai.APITimeoutError():
                return self._trouble("does not answer in time", "look why it is slow, or set another")
            case openai.APIConnectionError():
                return self._trouble("cannot be reached", "start it, or correct TROLY_EMBEDDER_URL")
            case openai.APIStatusError(status_code=status):
                return self._trouble(f"answers with status {status}", remedy(status, "TROLY_EMBEDDER"))
        return self._trouble(
            f"gives no whole answer ({type(error).__name__})", "correct TROLY_EMBEDDER_URL, or look at its log"
        )

    def _trouble(self, what: str, mend: str) -> StorageError:
        return StorageError(f"The embedder {self.identity} {what}. To mend it: {mend}.")


def host_of(url: str, setting: str) -> str:
    """The host, and the port if one is given, of a server's address.

    Raises:
        KnowledgeError: it is no such address, or holds a password.

    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise KnowledgeError(f"{setting} is no address of a server: give one such as http://localhost:8001/v1")
    if "@" in parts.netloc:
        # An address is written to logs.
        raise KnowledgeError(f"{setting} holds a password: give it as {setting.removesuffix('URL')}KEY instead.")
    return parts.netloc


def key_of(key: str, setting: str) -> str:
    """The key without what was copied along with it.

    Raises:
        KnowledgeError: it cannot be one.

    """
    key = key.strip()
    if not key.isascii() or not key.isprintable():
        raise KnowledgeError(f"{setting} holds letters that no key has: copy it again.")
    return key


def remedy(status: int, setting: str) -> str:
    """What to do about a status that a server answers with."""
    if status in (401, 403):
        return f"correct {setting}_KEY"
    if status == 404:
        return f"correct {setting}_URL, or the model that {setting} names"
    if status == 429:
        return "wait a while, or have the limit of that server raised"
    return "look at that server's log, or try again later" if status >= 500 else f"correct what {setting} names"
