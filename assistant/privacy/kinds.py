"""The kinds of personal data, where one stands in a text, and what is written in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


class Kind(StrEnum):
    """What a value says about a person."""

    IDENTITY = "identity"
    """The personal number of 12 digits, or the old one of 9."""
    PHONE = "phone"
    MAIL = "mail"
    PLATE = "plate"
    ACCOUNT = "account"
    PASSPORT = "passport"
    DOSSIER = "dossier"
    """The number of a file: with it anybody reads the applicant's name on the portal."""
    INSURANCE = "insurance"
    TAX = "tax"
    BIRTH = "birth"
    NAME = "name"
    ADDRESS = "address"
    """House and street; the ward stays, for it decides who receives the file."""


@dataclass(frozen=True, slots=True)
class Span:
    """A value in a text, `text[start:end]`. It is left out of the repr, which may end in a log."""

    start: int
    end: int
    kind: Kind
    text: str = field(repr=False)


@lru_cache(maxsize=8)
def data(name: str) -> dict[str, Any]:
    """The word lists of one file beside the code."""
    loaded: dict[str, Any] = yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


LABELS = {kind: f"[{data('words')['labels'][kind]}]" for kind in Kind}
"""What is read where a value stood: «[số định danh]»."""

TOKENS: dict[Kind, str] = {kind: data("words")["tokens"][kind] for kind in Kind}
"""The letters of a reversible token, before its number."""
