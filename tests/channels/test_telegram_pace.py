"""How fast messages may go, and how they are laid out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.messenger.contract import Button
from channels.telegram.flood import Flood
from channels.telegram.layout import cut, rows, units
from channels.telegram.menu import COMMANDS, menu


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """The seconds it shows."""
        return self.now


def test_a_chat_gets_one_message_a_second() -> None:
    clock = Hand()
    flood = Flood(clock)
    assert flood.wait(7) == 0
    assert flood.wait(7) == 1.0
    clock.now += 0.75
    assert flood.wait(7) == 0.25
    clock.now += 0.25
    assert flood.wait(7) == 0


def test_a_group_gets_twenty_a_minute() -> None:
    clock = Hand()
    flood = Flood(clock)
    assert [flood.wait(-100) for _ in range(6)] == [0, 0, 0, 0, 0, 3.0]
    sent = 0
    for _ in range(60):
        clock.now += 1
        sent += flood.wait(-100) == 0
    assert sent == 20


def test_all_chats_together_get_thirty_a_second() -> None:
    clock = Hand()
    flood = Flood(clock)
    assert [flood.wait(chat) for chat in range(1, 31)] == [0.0] * 30
    assert flood.wait(99) == pytest.approx(1 / 30)
    clock.now += 1
    assert sum(flood.wait(chat) == 0 for chat in range(101, 201)) == 30


def test_whoever_has_to_wait_takes_nothing() -> None:
    clock = Hand()
    flood = Flood(clock)
    flood.wait(7)
    assert {flood.wait(7) for _ in range(100)} == {1.0}
    assert [flood.wait(chat) for chat in range(1, 5)] == [0.0] * 4


def test_short_labels_share_a_row_and_long_ones_do_not() -> None:
    labels = ["Có", "Không", "Đăng ký tạm trú lần đầu", "Lệ phí", "Thời hạn", "Nộp ở đâu", "Giấy tờ"]
    laid = [[button.label for button in row] for row in rows([Button(label, "x") for label in labels])]
    assert laid == [["Có", "Không"], ["Đăng ký tạm trú lần đầu"], ["Lệ phí", "Thời hạn"], ["Nộp ở đâu", "Giấy tờ"]]


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_caption_is_cut_to_what_telegram_counts(text: str, most: int) -> None:
    left = cut(text, most)
    assert units(left) <= most
    assert left == text if units(text) <= most else left.endswith("…")


def test_the_menus_hold_what_telegram_takes() -> None:
    for name, command in COMMANDS.items():
        assert re.fullmatch("[a-z0-9]{1,32}", name)
        assert command.words
    assert [name for name, _ in menu("vi")] == ["help", "tokhai", "nguoi", "dulieu", "xoa", "english"]
    assert [name for name, _ in menu("en")] == ["english", "form", "agent", "mydata", "delete", "tiengviet"]
