"""The text in the QR code of a citizen's identity card, as data for a form: nothing is asked twice that the card says.

`number|old number|name|birth|sex|address|issued`, dates as ddmmyyyy (reference: domain.md §5; cards since 2021). Newer cards
append more parts; those are left alone.
"""

from __future__ import annotations

from datetime import date

from assistant.forms.definition import Column, Kind
from assistant.forms.values import Held, Unreadable, read
from knowledge.procedure import Text

_PARTS = 7
_MARK = "|"

_NOT_A_CARD = Text(
    vi="Đây không phải nội dung mã QR trên thẻ căn cước. Anh/chị quét lại mã ở mặt trước thẻ rồi dán cả dòng, các phần cách nhau bằng dấu «|».",
    en="This is not the QR code of an identity card. Scan the code on the front of the card and paste the whole line, its parts separated by “|”.",
)


def is_card(text: str) -> bool:
    """Whether a text looks like the QR code of an identity card."""
    parts = text.strip().split(_MARK)
    return len(parts) >= _PARTS and parts[0].strip().isdigit()


def read_card(text: str, today: date) -> dict[str, Held]:
    """What the card says, by the names under which the citizen's own data is offered to forms (`definition.PROFILE`).

    Raises:
        Unreadable: it is no such text, or a part of it cannot be right.

    """
    if not is_card(text):
        raise Unreadable("card_unknown", _NOT_A_CARD)
    number, _, name, birth, sex, address, issued = (part.strip() for part in text.strip().split(_MARK)[:_PARTS])
    told = {
        "identity": (Kind.IDENTITY, number),
        "name": (Kind.NAME, name),
        "birth": (Kind.DATE, _dated(birth)),
        "sex": (Kind.SEX, sex),
        "address": (Kind.ADDRESS, address),
        "document": (Kind.DOCUMENT, f"căn cước {number} cấp ngày {_dated(issued)}"),
    }
    return {key: _held(kind, said, today) for key, (kind, said) in told.items() if said}


def _dated(told: str) -> str:
    return f"{told[:2]}/{told[2:4]}/{told[4:]}" if told.isdigit() and len(told) == len("ddmmyyyy") else told


def _held(kind: Kind, said: str, today: date) -> Held:
    value = read(Column(id="card", kind=kind, label=_NOT_A_CARD), said, today)
    return Held(data=value.data, shown=value.shown, origin="card", warnings=value.warnings)
