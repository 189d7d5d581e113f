"""The catalogue as the assistant sees it: procedures by code, and by question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from knowledge.embedder import Embedder
from knowledge.index import current, open_index, pointer, stamp
from knowledge.procedure import Caution, Procedure, Section, Text
from knowledge.search import Explanation, Half, Result, Search
from knowledge.store import ProcedureStore

_KEPT = 512
"""Procedures kept in memory: the few hundred that are asked for all day."""


_GONE_VI = (
    "Cổng không còn liệt kê thủ tục này từ ngày {day}; có thể đã bãi bỏ hoặc đổi mã, anh/chị gọi 1022 trước khi làm."
)
_GONE_EN = (
    "The portal has not listed this procedure since {day}; it may have ended or changed its code: call 1022 first."
)


class Catalogue:
    """Reads the store and searches the index; a new index build is taken up as soon as it is current."""

    def __init__(self, home: Path, store: ProcedureStore, embedder: Embedder, chroma_url: str = "") -> None:
        self.store = store
        self._home = home
        self._embedder = embedder
        self._chroma_url = chroma_url
        self._lock = Lock()
        self._kept: dict[str, Procedure] = {}
        self._pointer = str(pointer(home))
        self._stamp = stamp(self._pointer)
        self._search = Search(open_index(home, embedder, chroma_url))
        self._vanished = store.vanished()

    def search(self, question: str, count: int = 10) -> Result:
        """The procedures a question is most likely about."""
        return self._fresh()(question, count)

    def explain(self, question: str, count: int = 10) -> Explanation:
        """The same, with the reasons."""
        return self._fresh().explain(question, count)

    def half(self, way: Half, question: str, count: int = 10) -> tuple[str, ...]:
        """The codes by words alone, or by vectors alone, best first."""
        return self._fresh().half(way, question, count)

    def signs(self, question: str) -> dict[str, float]:
        """What the search's doubt about a question is told by."""
        return self._fresh().signs(question)

    def get(self, code: str) -> Procedure:
        """The procedure under a code.

        Raises:
            UnknownProcedure: there is none.

        """
        kept = self._kept.get(code)
        if kept is None:
            kept = self._told(self.store.get(code))
            self._keep(kept)
        return kept

    def many(self, codes: Sequence[str]) -> dict[str, Procedure]:
        """The procedures under those codes; unknown codes are left out."""
        missing = [code for code in codes if code not in self._kept]
        found = {code: self._told(told) for code, told in self.store.many(missing).items()} if missing else {}
        for procedure in found.values():
            self._keep(procedure)
        return {code: self._kept.get(code) or found[code] for code in codes if code in self._kept or code in found}

    @property
    def build(self) -> str:
        """The name of the index build in use."""
        return self._search.build

    def _told(self, procedure: Procedure) -> Procedure:
        """The procedure, with a caution where the portal no longer lists it: it may have ended or changed its code."""
        day = self._vanished.get(procedure.code)
        if day is None:
            return procedure
        words = Text(vi=_GONE_VI.format(day=f"{day:%d/%m/%Y}"), en=_GONE_EN.format(day=f"{day:%d/%m/%Y}"))
        gone = tuple(Caution(about=section, text=words) for section in Section)
        return procedure.model_copy(update={"warnings": (*procedure.warnings, *gone)})

    def _keep(self, procedure: Procedure) -> None:
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[procedure.code] = procedure

    def _fresh(self) -> Search:
        """The search over the current build; another process may have made a new one."""
        seen = stamp(self._pointer)
        if seen == self._stamp:
            return self._search
        folder = current(self._home)
        if folder is not None:
            with self._lock:
                if folder.name != self._search.build:
                    self._search = Search(open_index(self._home, self._embedder, self._chroma_url))
                    self._vanished = self.store.vanished()
                    self._kept.clear()
                self._stamp = seen
        return self._search
