"""One conversation as a person of a messenger sees it, from the greeting to a finished form and the deletion of all data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from channels.messenger.contract import Kind
from knowledge.database import Database
from tests.channels.messenger_script import office_of

TRANSCRIPT = Path(__file__).with_name("messenger_talk.md")

PRESSED = "→ "
"""A button is pressed below the last message: the words it begins with."""

SAID = (
    "/start",
    "→ Đăng ký tạm trú",
    "→ Lệ phí",
    "làm giấy khai sinh cần gì",
    "→ 5. ",
    "điền giấy ủy quyền giúp tôi",
    "→ Đồng ý",
    "Trung tâm Phục vụ hành chính công phường Thanh Khê",
    "Nguyễn Văn An",
    "làm hộ chiếu bao nhiêu tiền?",
    "để sau",
    "tiếp tục tờ khai",
    "xem lại",
    "→ Đúng hết",
    "→ Giữ lại",
    "xóa dữ liệu của tôi",
    "→ Xóa hết",
)


@pytest.fixture
def office(shipped, tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    database.migrate()
    yield office_of(shipped, database)
    database.close()


def shown(sent):
    """A message as it looks in the chat."""
    lines = [sent.text, *(f"[{button.label}]" for button in sent.message.buttons)]
    if sent.document:
        name, body = sent.document
        lines.append(f"📎 {name} ({'có nội dung' if len(body) > 1_000 else 'rỗng'})")
    return "\n".join(lines)


def test_a_whole_conversation(office):
    told, last = [], []
    for words in SAID:
        if words == "/start":
            last = office.say("7", kind=Kind.STARTED)
        elif words.startswith(PRESSED):
            below = next(sent for sent in reversed(last) if sent.message.buttons)
            last = office.press("7", below, words.removeprefix(PRESSED))
        else:
            last = office.say("7", words)
        told.append("\n\n".join([f"## {words}", *(shown(sent) for sent in last)]))
    transcript = "\n\n".join(told) + "\n"

    assert transcript == TRANSCRIPT.read_text(encoding="utf-8")
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:", transcript)
