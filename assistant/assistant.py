"""`Assistant.reply(turn)`, and `build(settings)`: the one place that knows which real parts are used."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant import dossier_service, graph, wording
from assistant.act.ask import Act
from assistant.conversation import Answer, Block, Memory, Status, Turn
from assistant.dossier_service import DossierSettings
from assistant.draft import Draft
from assistant.effects import Effects
from assistant.forms.sealing import Seal
from assistant.forms.store import FormChanged
from assistant.model import Models, ModelSettings
from assistant.model_budget import StoredUsage
from assistant.operator_hours import OperatorHours
from assistant.plan.model import ModelPlanner
from assistant.plan.rules import plan
from assistant.proof import Proof
from assistant.remember import remember
from assistant.settings import Settings
from assistant.store import ConversationStore
from assistant.write.fields import write
from assistant.write.form import form_view
from assistant.write.model import ModelWriter
from knowledge import embedder, reranker
from knowledge.database import Database
from knowledge.embedder import Embedder
from knowledge.errors import StorageError
from knowledge.index_build import BuildReport, Report, build_index
from knowledge.reader import Catalogue
from knowledge.reranker import RerankedCatalogue
from knowledge.shipped import load_shipped
from knowledge.store import ProcedureStore

CITY_TIME = ZoneInfo("Asia/Ho_Chi_Minh")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, the turn it was kept as (empty if it could not be kept), and the milliseconds it took."""

    answer: Answer
    turn: str
    ms: int
    memory: Memory


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers turns. Safe to share between threads."""

    catalogue: Catalogue
    conversations: ConversationStore
    run: graph.Graph
    effects: Effects
    waiting: int = 0
    """So many turns may wait for a language model at once, beside those that are being answered."""

    def reply(self, turn: Turn) -> Reply:
        """Answer a turn and keep it. Never raises: a failure is an answer too."""
        started = time.perf_counter()
        before = self._memory(turn)
        answer, memory = self.answer(turn, before)
        return self._settle(turn, answer, before, memory, started)

    def stream(self, turn: Turn) -> Iterator[tuple[str, Reply | None]]:
        """The names of the steps as they end, then the reply, kept."""
        started = time.perf_counter()
        before = memory = self._memory(turn)
        answer = _failure(memory)
        draft = self.draft(turn, memory)
        try:
            for name, left in self.run.steps(draft):
                draft = left
                yield name, None
            answer, memory = _settled(draft)
        except Exception:
            log.exception("turn failed", extra={"channel": turn.channel})
        yield "reply", self._settle(turn, answer, before, memory, started)

    def answer(self, turn: Turn, memory: Memory) -> tuple[Answer, Memory]:
        """Answer a turn without keeping it: the same words, for replay and evaluation."""
        try:
            return _settled(self.run(self.draft(turn, memory)))
        except Exception:
            log.exception("turn failed", extra={"channel": turn.channel})
            return _failure(memory), memory

    def draft(self, turn: Turn, memory: Memory) -> Draft:
        """The fresh draft of a turn."""
        notes = {"may_keep": self.effects.profiles.is_open}
        return Draft(turn, memory, today=turn.at.astimezone(CITY_TIME).date(), notes=notes)

    def _settle(self, turn: Turn, answer: Answer, before: Memory, memory: Memory, started: float) -> Reply:
        """Do what the answer promises, then keep it: nothing is promised that was not done."""
        try:
            try:
                memory = self.effects.keep_form(turn, before, memory)
            except FormChanged as changed:  # on its own page, meanwhile: what was said is taken up anew
                before = before.model_copy(update={"filling": changed.now})
                answer, memory = self.answer(turn, before)
                memory = self.effects.keep_form(turn, before, memory)
            self.effects.carry_out(turn, answer, memory)
            answer = self._with_link(answer, memory)
        except Exception:
            log.exception("not carried out", extra={"status": answer.status})
            answer, memory = _failure(memory), memory.model_copy(update={"pending": None})
        ms = round((time.perf_counter() - started) * 1000)
        if answer.status is Status.PRIVACY_DELETED:
            return Reply(answer, "", ms, Memory(language=memory.language))
        return Reply(answer, self._keep(turn, answer, memory, ms), ms, memory)

    def _with_link(self, answer: Answer, memory: Memory) -> Answer:
        """A form that is put off can be gone on with anywhere, by a private link."""
        if answer.status is not Status.FORM_PAUSED or memory.filling is None or answer.form is None:
            return answer
        link = self.effects.forms.link(memory.filling.id)
        return answer.model_copy(update={"form": answer.form.model_copy(update={"link": link})})

    def _keep(self, turn: Turn, answer: Answer, memory: Memory, ms: int) -> str:
        try:
            return self.conversations.add(turn, answer, memory, ms)
        except Exception:
            log.exception("turn not kept")
            return ""

    def _memory(self, turn: Turn) -> Memory:
        if turn.first:
            return Memory()
        try:
            memory = self.conversations.memory(turn.conversation)
            return self.effects.recall(turn.conversation, memory, turn.at)
        except Exception:
            log.exception("memory not read")
            return Memory()


_FORGETTING = (Status.PRIVACY_DELETED, Status.PRIVACY_WITHDRAWN)
"""With them the form goes, too: nothing of it is shown any more."""


def _settled(draft: Draft) -> tuple[Answer, Memory]:
    if draft.notes.get("ungrounded"):
        log.error("ungrounded figures held back", extra={"figures": draft.notes["ungrounded"]})
    answer = draft.answer or _failure(draft.memory)
    memory = remember(draft, answer)
    if answer.status in _FORGETTING:
        return answer, memory
    view = form_view(memory, answer.status, answer.language)
    return (answer.model_copy(update={"form": view}) if view else answer), memory


def _failure(memory: Memory) -> Answer:
    words = wording.SAID[Status.ERROR_INTERNAL].said_in(memory.language)
    return Answer(status=Status.ERROR_INTERNAL, language=memory.language, blocks=(Block(text=words),))


def prepare(settings: Settings) -> tuple[Database, ProcedureStore]:
    """The database of these settings, made or brought up to date, with the shipped catalogue in it.

    Raises:
        StorageError: the folder or database cannot be written.

    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.of(error, str(settings.home)) from error
    database = Database(settings.database_url)
    database.migrate()
    store = ProcedureStore(database)
    load_shipped(store)
    return database, store


def refresh_index(settings: Settings, store: ProcedureStore, report: Report = lambda _: None) -> BuildReport:
    """Bring the index up to date; quick when it is."""
    return build_index(settings.home, store, _embedder(settings), chroma_url=settings.chroma_url, report=report)


def build(settings: Settings, report: Report = lambda _: None) -> Assistant:
    """The assistant with the real parts that the settings choose, ready to answer."""
    database, store = prepare(settings)
    refresh_index(settings, store, report)
    catalogue = _catalogue(settings, store)
    hours = OperatorHours.read()
    act = Act(catalogue, hours, dossier_service.build(DossierSettings.read()))
    asked = ModelSettings.read()
    steps = _graph(act, Models(asked, StoredUsage(database)))
    effects = Effects.of(database, hours, Seal.read())
    return Assistant(catalogue, ConversationStore(database), steps, effects, asked.waiting)


def _graph(act: Act, models: Models) -> graph.Graph:
    """Rules and fields alone, or with a language model before and behind them."""
    if not models:
        return graph.build(plan, act, write)
    return graph.build(ModelPlanner(models, act.catalogue), act, ModelWriter(models), Proof(models))


def _embedder(settings: Settings) -> Embedder:
    return embedder.build(settings.embedder, settings.embedder_url, settings.embedder_key)


def _catalogue(settings: Settings, store: ProcedureStore) -> Catalogue:
    second_look = reranker.build(settings.reranker, settings.reranker_url, settings.reranker_key)
    parts = (settings.home, store, _embedder(settings), settings.chroma_url)
    return Catalogue(*parts) if second_look is None else RerankedCatalogue(*parts, second_look)


def now() -> datetime:
    """The present moment, in the city's time."""
    return datetime.now(CITY_TIME)
