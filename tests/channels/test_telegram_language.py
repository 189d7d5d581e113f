"""The language that a person of Telegram is first spoken to in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from tests.bot_api_server import Person
from tests.channels.telegram_chat import Chat, chatting


@pytest.fixture
def chat(shipped: Assistant, tmp_path: Path) -> Iterator[Chat]:
    with chatting(shipped, tmp_path) as chat:
        yield chat


@pytest.mark.parametrize(
    ("language", "begins"), [("vi", "Chào anh/chị!"), ("en", "Hello!"), ("en-US", "Hello!"), ("ko", "Hello!")]
)
def test_who_starts_is_greeted_in_the_language_of_their_app(chat, language, begins):
    someone = Person(chat.server, 7, "Ann", chat.server.person(7).chat, language)
    someone.says("/start")
    [greeted] = chat.after()

    assert greeted.text.startswith(begins)


def test_a_question_offered_in_english_is_asked_in_english_and_the_answer_follows_what_is_written(chat):
    ann = Person(chat.server, 7, "Ann", chat.server.person(7).chat, "en")
    ann.says("/start")
    [greeted] = chat.after()
    ann.presses(next(iter(greeted.buttons)))
    asked = chat.after()
    ann.says("thế lệ phí bao nhiêu?")
    answered = chat.after()
    ann.says("/start")
    [again] = chat.after()

    assert asked[0].text.splitlines()[0] == "Register a child's birth (code 1.001193)."
    assert "Phí, lệ phí" in answered[0].text
    assert again.text.startswith("Chào anh/chị!")
