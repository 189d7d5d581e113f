"""`Assistant.reply(turn)`, and `build(settings)`: the one place that knows which real parts are used."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant import graph, wording
from assistant.act.ask import Act
from assistant.conversation import Answer, Block, Memory, Status, Turn
from assistant.draft import AskProcedure, Draft
from assistant.plan.rules import plan
from assistant.settings import Settings
from assistant.store import ConversationStore
from assistant.write.fields import write
from knowledge import embedder, reranker
from knowledge.database import Database
from knowledge.embedder import Embedder
from knowledge.errors import StorageError
from knowledge.events import events
from knowledge.index_build import BuildReport, Report, build_index
from knowledge.procedure import Section
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

    def reply(self, turn: Turn) -> Reply:
        """Answer a turn and keep it. Never raises: a failure is an answer too."""
        started = time.perf_counter()
        answer, memory = self.answer(turn, self._memory(turn))
        ms = round((time.perf_counter() - started) * 1000)
        return Reply(answer, self._keep(turn, answer, memory, ms), ms, memory)

    def stream(self, turn: Turn) -> Iterator[tuple[str, Reply | None]]:
        """The names of the steps as they end, then the reply, kept."""
        started = time.perf_counter()
        memory = self._memory(turn)
        answer = _failure(memory)
        draft = self._draft(turn, memory)
        try:
            for name, left in self.run.steps(draft):
                draft = left
                yield name, None
            answer, memory = _settled(draft)
        except Exception:
            log.exception("turn failed", extra={"channel": turn.channel})
        ms = round((time.perf_counter() - started) * 1000)
        yield "reply", Reply(answer, self._keep(turn, answer, memory, ms), ms, memory)

    def answer(self, turn: Turn, memory: Memory) -> tuple[Answer, Memory]:
        """Answer a turn without keeping it: the same words, for replay and evaluation."""
        try:
            return _settled(self.run(self._draft(turn, memory)))
        except Exception:
            log.exception("turn failed", extra={"channel": turn.channel})
            return _failure(memory), memory

    def _draft(self, turn: Turn, memory: Memory) -> Draft:
        return Draft(turn, memory, today=turn.at.astimezone(CITY_TIME).date())

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
            return self.conversations.memory(turn.conversation)
        except Exception:
            log.exception("memory not read")
            return Memory()


def _settled(draft: Draft) -> tuple[Answer, Memory]:
    if draft.notes.get("ungrounded"):
        log.error("ungrounded figures held back", extra={"figures": draft.notes["ungrounded"]})
    answer = draft.answer or _failure(draft.memory)
    return answer, _remember(draft, answer)


def _failure(memory: Memory) -> Answer:
    words = wording.SAID[Status.ERROR_INTERNAL].said_in(memory.language)
    return Answer(status=Status.ERROR_INTERNAL, language=memory.language, blocks=(Block(text=words),))


def _remember(draft: Draft, answer: Answer) -> Memory:
    """What the next turn needs to know."""
    before = draft.memory
    kept = {
        "language": answer.language,
        "unit": _unit(draft) or before.unit,
        "asked_places": _places_asked(draft, answer),
        "event": _event(draft, answer),
    }
    match answer.status:
        case Status.ANSWERED:
            return Memory(current=answer.procedures[0], sections=_sections(draft), **kept)
        case Status.ANSWERED_EVENT:
            return Memory(offered=tuple(choice.code for choice in answer.choices), **kept)
        case Status.CLARIFICATION_PROCEDURE:
            offered = tuple(choice.code for choice in answer.choices)
            asked_back = before.asked_back + 1
            return Memory(
                current=before.current, offered=offered, sections=_sections(draft), asked_back=asked_back, **kept
            )
        case _:
            return before.model_copy(update=kept)


def _unit(draft: Draft) -> str:
    return next((finding.unit.code for finding in draft.findings if finding.unit), "")


def _event(draft: Draft, answer: Answer) -> str:
    """The event told last, until something else is offered by number or spoken of."""
    if answer.status is Status.ANSWERED_EVENT:
        return next((finding.event.id for finding in draft.findings if finding.event), "")
    before = events().get(draft.memory.event)
    if before is None or answer.status is Status.CLARIFICATION_PROCEDURE:
        return ""
    return "" if answer.status is Status.ANSWERED and answer.procedures[0] not in before.codes else before.id


def _places_asked(draft: Draft, answer: Answer) -> tuple[str, ...]:
    """The units between which the answer leaves the choice."""
    if answer.status not in (Status.ANSWERED, Status.CLARIFICATION_PLACE):
        return ()
    buttons = {button.text for button in answer.suggestions}
    mentions = [finding.whereabouts.mention for finding in draft.findings]
    unsure = (mention for mention in mentions if mention and mention.match is None)
    asked = (mention for mention in unsure if buttons & {match.unit.full_name for match in mention.matches})
    return tuple(match.unit.code for mention in asked for match in mention.matches)


def _sections(draft: Draft) -> tuple[Section, ...]:
    actions = draft.plan.actions if draft.plan else ()
    return next((action.sections for action in actions if isinstance(action, AskProcedure)), ())


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
    return Assistant(catalogue, ConversationStore(database), graph.build(plan, Act(catalogue), write))


def _embedder(settings: Settings) -> Embedder:
    return embedder.build(settings.embedder, settings.embedder_url, settings.embedder_key)


def _catalogue(settings: Settings, store: ProcedureStore) -> Catalogue:
    second_look = reranker.build(settings.reranker, settings.reranker_url, settings.reranker_key)
    parts = (settings.home, store, _embedder(settings), settings.chroma_url)
    return Catalogue(*parts) if second_look is None else RerankedCatalogue(*parts, second_look)


def now() -> datetime:
    """The present moment, in the city's time."""
    return datetime.now(CITY_TIME)
