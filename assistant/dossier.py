"""How a filed dossier stands: its code as people type it, the port, and what comes through it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import AssistantError
from knowledge.text import clean

UNITS = Path(__file__).with_name("dossier_units.yaml")

# 000.00.00.H17-260718-0001: the office's numbers, often left out, by a later rule also behind the mark: H17.23.5-…
_HEAD = r"(?:(?P<head>\d{3}[. ]?\d{2}[. ]?\d{2})[. ]?)?"
_UNIT = r"(?P<unit>[HG] ?\d{2})(?P<tail>(?:\.\d{1,3}(?!\d))*)"
_DASH = r" ?[-_./\u2010-\u2015\u2212] ?"
_DAY, _NUMBER = r"(?P<day>\d{6})", r"(?P<number>\d{4,6})(?!\d|[.,-]\d)"
# Not behind the number of a procedure (1.013225.H17), nor inside a longer number or a word.
_START = r"(?i)(?<![\w.])"
_WRITTEN = re.compile(_START + _HEAD + _UNIT + _DASH + _DAY + _DASH + _NUMBER)
_LOOSE = tuple(re.compile(_START + _HEAD + _UNIT + gap + _DAY + gap + _NUMBER) for gap in (" ", ""))
"""Without dashes: taken only where the six digits are a day on which a dossier may have been filed."""
_FILED = re.compile(r"(?:1[5-9]|[2-4]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


class DossierUnreachable(AssistantError):
    """The service that knows how dossiers stand gives no usable answer."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A filed dossier, without who filed it."""

    code: str
    procedure: str
    """The official name of the procedure, as the service tells it."""
    status: str
    agency: str
    applicant: str = ""
    """The applicant's name, masked: «N*** V** A»."""
    received: date | None = None
    due: date | None = None
    returned: date | None = None


class Dossiers(Protocol):
    """The service that knows how dossiers stand."""

    def find(self, code: str) -> Dossier | None:
        """The dossier under a code; None if there is none.

        Raises:
            DossierUnreachable: the service does not answer.

        """


def dossier_code(text: str) -> str:
    """The first dossier code in a message in its normal form, 000.00.00.H17-260718-0001; empty where there is none.

    The office's numbers in front stay out where they were not typed: they cannot be known.
    """
    return min(_codes(clean(text)), default=(0, ""))[1]


def unit_of_code(code: str) -> str:
    """The mark of the province or ministry that a code in normal form names: H17."""
    found = _WRITTEN.fullmatch(code)
    return _unit(found) if found else ""


def is_ours(code: str) -> bool:
    """Whether a code in normal form is Da Nang's."""
    return unit_of_code(code) == str(_units()["own"])


def place_of_code(code: str) -> str:
    """The name of the province whose code it is; empty where no source tells us."""
    return str(_units()["names"].get(unit_of_code(code), ""))


def short_code(code: str) -> str:
    """A code in normal form without the office's numbers: what the short way of typing it has in common with the long."""
    found = _WRITTEN.fullmatch(code)
    return f"{_unit(found)}-{found['day']}-{found['number']}" if found else ""


def mask_name(name: str) -> str:
    """A name as it may be shown to whoever knows the code: «Nguyễn Văn A» is N*** V** A."""
    return " ".join(word[0] + "*" * min(len(word) - 1, 3) for word in clean(name).split()[:8])


def _codes(text: str) -> Iterator[tuple[int, str]]:
    """Where each code begins, and the code."""
    for found in _WRITTEN.finditer(text):
        yield found.start(), _normal(found)
    for pattern in _LOOSE:
        for found in pattern.finditer(text):
            if _FILED.fullmatch(found["day"]):
                yield found.start(), _normal(found)


def _normal(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found["head"] or "")
    head = f"{digits[:3]}.{digits[3:5]}.{digits[5:]}." if digits else ""
    return f"{head}{_unit(found)}{found['tail']}-{found['day']}-{found['number']}"


def _unit(found: re.Match[str]) -> str:
    return found["unit"].replace(" ", "").upper()


@cache
def _units() -> Mapping[str, Any]:
    import yaml

    loaded: Mapping[str, Any] = yaml.load(UNITS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded
