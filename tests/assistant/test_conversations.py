"""Whole conversations with the shipped assistant, compared word for word.

Each file of `tests/conversations` is one: a title, then what the citizen says («> …», an empty line is «>»), the whole
answer as it is sent, and how the turn ended («[answered]»). All of them happen on one day in November 2026.

    pytest tests/assistant --rewrite-conversations

writes down what is answered now. Read the difference aloud before you keep it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import Answer

FOLDER = Path(__file__).parents[1] / "conversations"
FILES = sorted(FOLDER.glob("*.md"))


def said_in(transcript: str) -> list[str]:
    """What the citizen says, in order."""
    return [line.removeprefix(">").strip() for line in transcript.splitlines() if line.startswith(">")]


def told(said: str, answer: Answer) -> str:
    """One turn as it stands in a transcript."""
    return f"> {said}".rstrip() + f"\n\n{answer.text}\n\n[{answer.status}]\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_conversation_goes_word_for_word(path: Path, talk, request: pytest.FixtureRequest):
    transcript = path.read_text(encoding="utf-8")
    title, *_ = transcript.splitlines()
    again = "\n".join([f"{title}\n", *(told(said, talk.say(said)) for said in said_in(transcript))])
    if request.config.getoption("rewrite_conversations", default=False):
        path.write_text(again, encoding="utf-8")
        return

    assert transcript == again


def test_every_way_of_talking_is_covered():
    assert len(FILES) >= 60
