"""What can be said of an answer."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """That an answer was right, or why it was not."""

    HELPFUL = "helpful"
    WRONG_PROCEDURE = "wrong_procedure"
    WRONG_FACT = "wrong_fact"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OTHER = "other"

    @classmethod
    def complaints(cls) -> tuple[Reason, ...]:
        """Why an answer was not right, in the order in which pages offer it."""
        return tuple(reason for reason in cls if reason is not cls.HELPFUL)
