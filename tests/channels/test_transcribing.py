"""The server that puts sound into words: what it is asked, what is made of its answers, how long it is waited for."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.screen import MOST_CHARACTERS
from channels.messenger.sounds import named
from channels.messenger.transcribing import NotTranscribed, ServerDown, Transcriber
from channels.messenger.transcribing_settings import NAMES, TranscriberSettings
from tests import transcriber_server
from tests.transcriber_server import KEY, MODEL, Asked, TranscriberServer, body, spoken, status, words

EXAMPLE = Path(__file__).parents[2] / ".env.example"
BIRTH = spoken("làm khai sinh cho con cần gì")


@pytest.fixture
def server() -> Iterator[TranscriberServer]:
    with TranscriberServer() as server:
        yield server


@pytest.fixture
def pauses() -> list[float]:
    """The seconds between attempts, which nobody waits for here."""
    return []


@pytest.fixture
def transcriber(server: TranscriberServer, pauses: list[float]) -> Iterator[Transcriber]:
    settings = TranscriberSettings.read(server.environment())
    assert settings is not None
    transcriber = Transcriber(settings, sleep=pauses.append)
    yield transcriber
    transcriber.close()


def test_a_sound_is_put_into_words(server, transcriber):
    heard = transcriber.transcript(BIRTH, "vi", 30)

    assert heard == "làm khai sinh cho con cần gì"
    assert (server.asked, server.refused) == ([Asked(BIRTH, "voice.ogg", "vi", KEY)], [])


def test_words_come_on_one_line_in_normal_form(server, transcriber):
    server.script = [body(json.dumps({"text": "  Xin\ncha\u0300o\u200b, \ud83d bà con "}).encode())]

    assert transcriber.transcript(BIRTH, "en", 30) == "Xin chào, bà con"
    assert server.asked[0].language == "en"


@pytest.mark.parametrize(
    ("reply", "pause"),
    [(status(429, Retry_After="2"), 2.0), (status(429), 0.5), (status(500), 0.5), (status(503), 0.5)],
)
def test_who_asks_for_patience_is_asked_once_more(server, transcriber, pauses, reply, pause):
    server.script = [reply]

    assert transcriber.transcript(BIRTH, "vi", 30) == "làm khai sinh cho con cần gì"
    assert (len(server.asked), pauses) == (2, [pause])


def test_nobody_is_asked_a_third_time(server, transcriber, pauses):
    server.script = [status(429), status(500), words("không ai nghe")]

    with pytest.raises(ServerDown, match="status 500"):
        transcriber.transcript(BIRTH, "vi", 30)
    assert (len(server.asked), pauses) == (2, [0.5])


def test_a_pause_that_is_longer_than_the_time_left_is_not_waited_for(server, transcriber, pauses):
    server.script = [status(429, Retry_After="3600")]

    with pytest.raises(ServerDown, match="status 429"):
        transcriber.transcript(BIRTH, "vi", 30)
    assert (len(server.asked), pauses) == (1, [])


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (words(""), "no words"),
        (words(" … ♪"), "no words"),
        (words("dạ " * MOST_CHARACTERS), "too many words"),
        (body(b"<html>"), "6 bytes that are no JSON"),
        (body(b"\xff\xfe"), "2 bytes that are no JSON"),
        (body(b"[" * 60_000), "60000 bytes that are no JSON"),
        (body(["xin chào"]), "an answer without text"),
        (body({"text": 7}), "an answer without text"),
        (body(b" " * 70_000), "an answer of too many bytes"),
        (status(400), "status 400: this sound is not taken"),
        (status(413), "status 413: this sound is not taken"),
    ],
)
def test_what_is_no_transcript_is_said_to_be_none(server, transcriber, reply, why):
    server.script = [reply]

    with pytest.raises(NotTranscribed) as wrong:
        transcriber.transcript(BIRTH, "vi", 30)
    assert (type(wrong.value), str(wrong.value), len(server.asked)) == (NotTranscribed, why, 1)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (status(401), "status 401: check TROLY_TRANSCRIBER_URL, TROLY_TRANSCRIBER_KEY and …_MODEL"),
        (status(302, Location="http://127.0.0.1:9/"), "status 302: check TROLY_TRANSCRIBER_URL, TROLY_TRANSCRIBER_KEY and …_MODEL"),
        (transcriber_server.cut, "no answer (RemoteProtocolError)"),
    ],
)  # fmt: skip
def test_a_server_that_is_no_help_is_called_down(server, transcriber, reply, why):
    server.script = [reply]

    with pytest.raises(ServerDown) as wrong:
        transcriber.transcript(BIRTH, "vi", 30)
    assert (str(wrong.value), len(server.asked)) == (why, 1)


@pytest.mark.parametrize("reply", [transcriber_server.silent, transcriber_server.endless])
def test_a_slow_server_is_waited_for_so_long_and_no_longer(server, transcriber, reply):
    server.script = [reply]

    with pytest.raises(ServerDown, match=r"no answer in time|an answer that does not end"):
        transcriber.transcript(BIRTH, "vi", 0.3)
    assert len(server.asked) == 1


def test_where_nobody_listens_it_is_down_at_once(server):
    settings = TranscriberSettings("http://127.0.0.1:9/v1", MODEL)

    with pytest.raises(ServerDown, match="no answer"):
        Transcriber(settings).transcript(BIRTH, "vi", 30)


def test_without_time_nobody_is_asked(server, transcriber):
    with pytest.raises(ServerDown, match="no time is left"):
        transcriber.transcript(BIRTH, "vi", -1)
    assert server.asked == []


def test_no_log_holds_words_or_key(server, transcriber, caplog):
    caplog.set_level(logging.DEBUG)
    server.script = [status(500)]
    transcriber.transcript(BIRTH, "vi", 30)

    assert [line for line in caplog.messages if "khai sinh" in line or KEY in line or "httpx" in line] == []


@pytest.mark.parametrize(
    ("sound", "name", "kind"),
    [
        (b"OggS\0\2", "voice.ogg", "audio/ogg"),
        (b"\0\0\0\x20ftypM4A ", "voice.m4a", "audio/mp4"),
        (b"ID3\4", "voice.mp3", "audio/mpeg"),
        (b"\xff\xf1\x50", "voice.aac", "audio/aac"),
        (b"RIFF....WAVE", "voice.wav", "audio/wav"),
        (b"#!AMR\n", "voice.amr", "audio/amr"),
        (b"<html>", "voice", "application/octet-stream"),
        (b"", "voice", "application/octet-stream"),
    ],
)
def test_a_sound_is_named_by_what_it_is(sound, name, kind):
    assert named(sound) == (name, kind)


def test_without_a_server_nobody_listens():
    assert TranscriberSettings.read({}) is None
    assert TranscriberSettings.read({"TROLY_TRANSCRIBER_MODEL": MODEL}) is None


def test_everything_can_be_set_and_the_key_is_not_shown():
    told = dict(zip(NAMES, ("https://nghe.example.vn/v1/", MODEL, KEY, "4", "30"), strict=True))
    settings = TranscriberSettings.read(told)

    assert settings == TranscriberSettings("https://nghe.example.vn/v1", MODEL, KEY, 4, 30)
    assert KEY not in repr(settings)


def test_every_setting_is_in_the_example_with_its_default():
    example = dict(re.findall(r"^(TROLY_TRANSCRIBER_\w+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    least = {"TROLY_TRANSCRIBER_URL": "http://localhost:8002/v1", "TROLY_TRANSCRIBER_MODEL": MODEL}

    assert set(example) == set(NAMES)
    assert TranscriberSettings.read({**example, **least}) == TranscriberSettings.read(least)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("URL", "ftp://nghe", "TROLY_TRANSCRIBER_URL is no address"),
        ("MODEL", "", "set TROLY_TRANSCRIBER_MODEL too"),
        ("KEY", "khoá", "TROLY_TRANSCRIBER_KEY holds what no key does"),
        ("TIMEOUT", "0", "TROLY_TRANSCRIBER_TIMEOUT=0 is no number of seconds: give one from 1 to 600"),
        ("TIMEOUT", "nhanh", "TROLY_TRANSCRIBER_TIMEOUT=nhanh is no number"),
        ("SECONDS", "601", "TROLY_TRANSCRIBER_SECONDS=601 is no number"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named_with_its_remedy(server, name, value, why):
    with pytest.raises(SettingError, match=re.escape(why)) as wrong:
        TranscriberSettings.read(server.environment(**{f"TROLY_TRANSCRIBER_{name}": value}))
    assert KEY not in str(wrong.value)
