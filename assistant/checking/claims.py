"""What a text may claim, and what is wrong with a claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of fact a claim is."""

    AMOUNT = "amount"
    DURATION = "duration"
    DATE = "date"
    CLOCK = "clock"
    """An hour of the day, or a day of the week."""
    PHONE = "phone"
    MAIL = "mail"
    URL = "url"
    DOCUMENT = "document"
    """The number of a law, a decree, a circular; an article of one."""
    CODE = "code"
    """Of a procedure or of a blank form."""
    AGENCY = "agency"
    PLACE = "place"
    """A ward, a commune, a former district, another province."""
    ADDRESS = "address"
    NUMBER = "number"
    """Any other figure: an age, a share, a count of sixty and more."""
    COPIES = "copies"
    PAPER = "paper"
    """A paper that is asked for."""
    NEGATION = "negation"
    """A paper that is said not to be needed."""
    FREE = "free"
    CHANNEL = "channel"
    """Whether it can be filed online, by post, in person."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact that a text states, in a form that can be compared."""

    kind: Kind
    key: str
    """The same for every way of writing the same fact: «50k» and «năm mươi nghìn đồng» are `50000 VND`."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A claim that nothing found holds."""

    kind: Kind
    text: str
    """The words as they stand in the text."""
    why: str
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return f"{self.kind}: {self.text} ({self.why})"
