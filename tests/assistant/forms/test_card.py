"""The QR code of an identity card: what it says, and nothing it does not say."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.forms.card import is_card, read_card
from assistant.forms.values import Unreadable

TODAY = date(2026, 11, 22)
CARD = (
    "048190001234|201234567|Nguyễn Thị Hoa|12031990|Nữ|123 Lê Duẩn, phường Hải Châu I, quận Hải Châu, Đà Nẵng|20112021"
)


def test_a_card_tells_who_somebody_is():
    read = {name: held.shown for name, held in read_card(CARD, TODAY).items()}

    assert read == {
        "identity": "048190001234",
        "name": "Nguyễn Thị Hoa",
        "birth": "12/03/1990",
        "sex": "Nữ",
        "address": "123 Lê Duẩn, phường Hải Châu, thành phố Đà Nẵng (trước đây: phường Hải Châu I, quận Hải Châu)",
        "document": "Căn cước số 048190001234, cấp ngày 20/11/2021",
    }
    assert {held.origin for held in read_card(CARD, TODAY).values()} == {"card"}


def test_parts_that_are_empty_are_not_made_up():
    read = read_card("048190001234||Nguyễn Thị Hoa|12031990|||", TODAY)

    assert sorted(read) == ["birth", "document", "identity", "name"]


@pytest.mark.parametrize("text", ["", "xin chào", "a|b|c|d|e|f|g", "048190001234|||", "1|2"])
def test_what_is_no_card_is_told(text):
    assert not is_card(text)
    with pytest.raises(Unreadable) as told:
        read_card(text, TODAY)
    assert told.value.code == "card_unknown"
