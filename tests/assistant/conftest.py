"""Ways to talk to the assistant, and made-up procedures for the writers. No figure here is of any real procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import CITY_TIME, Assistant, build, refresh_index
from assistant.conversation import Answer, Memory, Turn
from assistant.draft import Draft
from assistant.model import Models
from assistant.settings import Settings
from knowledge.database import Database
from knowledge.procedure import Fee, Layer, Method, Paper, Procedure, Source, TimeLimit
from knowledge.store import ProcedureStore
from tests.model_server import ModelServer, Script, StillTime

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CITY_TIME)
"""The moment at which every conversation happens."""

Made = Callable[..., Any]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-conversations",
        action="store_true",
        help="write what is answered now into tests/conversations/*.md; read the difference before keeping it",
    )


@dataclass
class Talk:
    """One conversation: `say` gives the answer, and remembers it for the next."""

    assistant: Assistant
    memory: Memory = field(default_factory=Memory)

    def say(self, text: str, about: str = "", at: datetime = NOW) -> Answer:
        """The answer to the next message."""
        turn = Turn(conversation="a test", text=text, at=at, about=about)
        answer, self.memory = self.assistant.answer(turn, self.memory)
        return answer


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def talk(shipped: Assistant) -> Talk:
    """A new conversation with the shipped assistant; nothing is kept."""
    return Talk(shipped)


@pytest.fixture
def own(copied_home: Path) -> Assistant:
    """An assistant over a home of the test's own."""
    return build(Settings.read({"TROLY_HOME": str(copied_home)}))


@pytest.fixture
def talk_with(own: Assistant, copied_home: Path) -> Callable[..., Talk]:
    """A new conversation with the shipped assistant that knows these procedures too: `talk_with(made(…))`."""

    def new(*procedures: Procedure) -> Talk:
        own.catalogue.store.write(procedures, source="made up", problems=(), read=len(procedures))
        settings = Settings.read({"TROLY_HOME": str(copied_home)})
        refresh_index(settings, own.catalogue.store)
        return Talk(build(settings))

    return new


@pytest.fixture(scope="session")
def portal_procedures(portal_home: Path) -> list[Procedure]:
    """Every procedure as citizens are told it, with the 5,665 real records imported."""
    database = Database(Settings.read({"TROLY_HOME": str(portal_home)}).database_url)
    procedures = list(ProcedureStore(database).iterate())
    database.close()
    return procedures


@pytest.fixture(scope="session")
def draft() -> Made:
    """Makes a fresh draft of a message: `draft("xin chào", memory=…)`."""

    def make(text: str, memory: Memory | None = None, about: str = "", today: date | None = None) -> Draft:
        turn = Turn(conversation="a test", text=text, at=NOW, about=about)
        return Draft(turn, memory or Memory(), today=today or NOW.date())

    return make


@pytest.fixture(scope="session")
def made() -> Made:
    """Makes a procedure: `made(papers=(…))`."""

    def make(code: str = "1.000001", name: str = "Cấp thẻ tre", **fields: Any) -> Procedure:
        source = Source(name="Cổng thử", url="https://example.vn/the-tre", as_of=date(2026, 7, 18))
        return Procedure(**{"code": code, "name": name, "sources": (source,), "layer": Layer.NATIONAL, **fields})

    return make


@pytest.fixture(scope="session")
def method() -> Made:
    """Makes a way of handing in from fees, limits and channels: `method(fees=[{…}], time_limits=[{…}])`."""

    def make(*channels: str, fees: Any = (), time_limits: Any = ()) -> Method:
        return Method(
            channels=channels or ("direct", "online", "postal"),
            fees=tuple(Fee(**fee) for fee in fees),
            time_limits=tuple(TimeLimit(**limit) for limit in time_limits),
        )

    return make


@pytest.fixture(scope="session")
def paper() -> Made:
    """Makes a paper: `paper("Tờ khai", originals=1)`."""
    return lambda name, **fields: Paper(name=name, **fields)


@pytest.fixture
def time() -> StillTime:
    """Time that goes on only where somebody waits, or a test moves it."""
    return StillTime()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A language model's server; script it with `then` and `play`."""
    with ModelServer() as server:
        yield server


@pytest.fixture
def other() -> Iterator[ModelServer]:
    """Another model's server, known by what it says."""
    with ModelServer(then=Script.good("Từ máy khác.")) as server:
        yield server


@pytest.fixture
def models(server: ModelServer, time: StillTime) -> Models:
    """The door to `server`, whose clock is `time`."""
    return server.models(clock=time.clock())
