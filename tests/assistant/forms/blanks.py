"""A blank of any kind, and what readers make of words for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.forms.definition import FormField, Kind
from assistant.forms.values import Unreadable, read

TODAY = date(2026, 11, 21)


def blank(kind: Kind, **more: Any) -> FormField:
    """A field of this kind."""
    told = {"vi": "Ô", "en": "Blank"}
    return FormField.model_validate({"id": "blank", "kind": kind, "label": told, "ask": told, **more})


def data_and_doubts(kind: Kind, said: str, **more: Any) -> tuple[Any, list[str]]:
    """What was read, and the codes of what is doubtful about it."""
    value = read(blank(kind, **more), said, TODAY)
    return value.data, [doubt.code for doubt in value.warnings]


def refusal(kind: Kind, said: str, **more: Any) -> str:
    """The code of what is wrong, which is told in both languages."""
    with pytest.raises(Unreadable) as error:
        read(blank(kind, **more), said, TODAY)
    assert error.value.message.vi
    assert error.value.message.en
    return error.value.code
