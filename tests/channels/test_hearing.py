"""Listening to voice messages: what is not listened to, and that nobody else waits while the server is slow or down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from channels.messenger import hearing as hearing_module
from channels.messenger.contract import NotFetched, Sound
from channels.messenger.hearing import AT_ONCE, MOST_BYTES, Hearing, TooLong, Unheard
from channels.messenger.transcribing import Transcriber
from channels.messenger.transcribing_settings import TranscriberSettings
from tests import transcriber_server
from tests.channels.messenger_script import ScriptedSender
from tests.transcriber_server import TranscriberServer, spoken, status, words


class Seconds:
    """A clock that stands still until it is set forward."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The present moment."""
        return self.now


@pytest.fixture
def server() -> Iterator[TranscriberServer]:
    with TranscriberServer() as server:
        yield server


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def hear(server: TranscriberServer, seconds: Seconds) -> Callable[..., str]:
    """Hears a sound that says something: `hear("xin chào")`, `hear(sound=Sound("…"))`."""
    settings = TranscriberSettings.read(server.environment())
    assert settings is not None
    hearing = Hearing(Transcriber(settings, sleep=lambda _: None), clock=seconds)
    sender = ScriptedSender()

    def hear(said: str = "xin chào", sound: Sound | None = None) -> str:
        sender.said["f1"] = spoken(said)
        return hearing.words(sender, sound or Sound("f1", 4, 4_000), "vi")

    return hear


def test_what_was_said_is_heard(hear):
    assert hear("mất căn cước làm lại ở đâu") == "mất căn cước làm lại ở đâu"


@pytest.mark.parametrize("sound", [Sound("f1", 61), Sound("f1", 4, MOST_BYTES + 1)])
def test_what_is_too_long_is_not_even_fetched(server, hear, sound):
    with pytest.raises(TooLong) as wrong:
        hear(sound=sound)
    assert (wrong.value.most, server.asked) == (60, [])


@pytest.mark.parametrize("sound", [Sound("f1", 60, MOST_BYTES), Sound("f1")])
def test_what_is_just_not_too_long_or_of_unknown_length_is_heard(hear, sound):
    assert hear(sound=sound) == "xin chào"


def test_what_cannot_be_fetched_is_not_heard(server, hear):
    with pytest.raises(Unheard) as wrong:
        hear(sound=Sound("f2"))
    assert isinstance(wrong.value.__cause__, NotFetched)
    assert server.asked == []


def test_a_server_that_fails_again_and_again_is_left_alone_for_a_while(server, hear, seconds):
    server.script = [status(401)] * 4
    for _ in range(4):
        with pytest.raises(Unheard):
            hear()
    asked = [len(server.asked)]
    seconds.now = 30.0
    with pytest.raises(Unheard):  # one more failure is enough
        hear()
    with pytest.raises(Unheard):
        hear()
    asked.append(len(server.asked))
    seconds.now = 60.0

    assert (hear(), asked) == ("xin chào", [3, 4])


def test_sounds_without_words_do_not_make_a_server_bad(server, hear):
    server.script = [status(401), words(""), status(401), words(""), status(401), status(401), words("vẫn nghe")]
    for _ in range(6):
        with pytest.raises(Unheard):
            hear()

    assert hear() == "vẫn nghe"


def test_only_a_few_are_listened_to_at_once_and_others_are_told_soon(server, hear, monkeypatch):
    monkeypatch.setattr(hearing_module, "_TURN_SECONDS", 0.01)
    server.script = [transcriber_server.held] * AT_ONCE
    heard: list[str] = []
    threads = [threading.Thread(target=lambda: heard.append(hear())) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    server.wait(AT_ONCE)
    with pytest.raises(Unheard, match="too many voice messages at once"):
        hear()
    server.released.set()
    for thread in threads:
        thread.join()

    assert (heard, hear()) == (["xin chào"] * AT_ONCE, "xin chào")
