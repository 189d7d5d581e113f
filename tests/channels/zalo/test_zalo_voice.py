"""What is said on Zalo: fetched, heard, and answered as if it had been typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from channels import zalo
from channels.messenger.serving import connect
from channels.zalo import events
from knowledge.database import Database
from tests import zalo_server
from tests.channels.messenger_script import own
from tests.transcriber_server import TranscriberServer, spoken
from tests.zalo_server import ZaloServer

NOT_HEARD = "Tôi nghe chưa rõ tin thoại này, xin anh/chị gõ chữ giúp. Đang nguy hiểm thì gọi ngay 113, 114, 115, 111."


@pytest.fixture
def transcriber() -> Iterator[TranscriberServer]:
    with TranscriberServer() as server:
        yield server


@pytest.fixture
def on_zalo(shipped: Assistant, tmp_path: Path, transcriber: TranscriberServer) -> Iterator[Callable[..., list[str]]]:
    """What a citizen of Zalo reads for an event."""
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    database.migrate()
    server = ZaloServer()
    account = zalo.sender(server.environment(), database)
    unlimited = Settings.read({"TROLY_QUESTIONS_A_MINUTE": "0"})
    joined = connect(own(shipped, database), {"zalo": account}, unlimited, environment=transcriber.environment())
    people = (str(number) for number in count(9_007_199_254_740_993))

    def got(said: bytes = b"", typed: str = "", url: str = "") -> list[str]:
        person = next(people)
        event = zalo_server.voice(url or server.keep(said), person) if said or url else zalo_server.text(typed, person)
        incoming = events.read(event)
        assert incoming is not None
        before = len(server.messages)
        joined.mailbox.put(incoming)
        while joined.postman.work_once():
            pass
        assert server.refused == []
        return [message["message"]["text"] for message in server.messages[before:]]

    yield got
    server.close()
    database.close()


@pytest.mark.parametrize("said", ["Làm giấy khai sinh cho con cần gì?", "nhà tôi đang cháy", "mất căn cước"])
def test_what_is_said_on_zalo_is_answered_as_what_is_typed_but_for_the_first_line(on_zalo, said):
    first, *rest = on_zalo(typed=said)

    assert on_zalo(spoken(said)) == [f"Tôi nghe: «{said}»\n\n{first}", *rest]


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "https://127.0.0.1/1.aac", "http://127.0.0.1:9/voice"]
)
def test_on_zalo_nothing_is_fetched_from_elsewhere(on_zalo, transcriber, url):
    assert on_zalo(url=url) == [NOT_HEARD]
    assert transcriber.asked == []
