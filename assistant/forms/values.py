"""A value of a field: read from what was said, kept as data, shown as the form writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.forms.definition import Column, FormField
from knowledge.procedure import Text

MOST_LETTERS = 2_000
"""A longer value fits no blank; it is refused, not cut."""

Data = Any
"""What JSON can say. By kind: `date` «2026-11-05», or «1990» where the year is all that is known; `time` «14:30»; `sex`
`nam` or `nu`; `yes_no` `co` or `khong`; `choice` the option's id; `number` and `money` a whole number; `area` a number;
`address` {text, unit, former}; `document` {type, number, issued_on, issued_by}; `table` a list of {column: data};
everything else the text itself."""


class Doubt(BaseModel):
    """Something doubtful about a value. It is told, and never stops anybody."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: Text


class Read(BaseModel):
    """What was read."""

    model_config = ConfigDict(frozen=True)

    data: Data
    shown: str
    """As it is written in the form, in Vietnamese, NFC, in one line but for tables and long texts."""
    warnings: tuple[Doubt, ...] = ()


class Unreadable(ValueError):
    """What was said is no value of the field. The message is for the citizen and says what to write."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(message.vi)
        self.code = code
        """For counting and for tests: `date_impossible`, `identity_length`, …"""
        self.message = message


Reader = Callable[[str, FormField | Column, date], Read]
"""What was said, for which blank, on which day it was said.

Raises `Unreadable`. Never raises anything else on any text."""


def read(blank: FormField | Column, said: str, today: date) -> Read:
    """The value that was said for a field.

    Raises:
        Unreadable: it is none; the message tells the citizen what to write.

    """
    from assistant.forms.kinds import READERS

    return READERS[blank.kind](said, blank, today)


class Held(BaseModel):
    """A value as a filling holds it."""

    model_config = ConfigDict(frozen=True)

    data: Data
    shown: str
    words: str = ""
    """The words of the message that it came from; empty only where `origin` is no message."""
    origin: str = "said"
    """`said`, `typed` on the form's page, `profile`, `card` (the QR code of an identity card), `copied` from another field."""
    confirmed: bool = False
    """Whether the citizen has seen it and let it stand."""
    warnings: tuple[Doubt, ...] = ()


Values = Mapping[str, Held]
"""The values of a form by field."""
