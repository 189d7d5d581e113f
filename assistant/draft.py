"""The state of one turn, handed from step to step. A step returns a new draft; nobody writes into one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from assistant.conversation import Answer, Memory, Status, Turn
from knowledge.procedure import Language, Procedure, Section
from knowledge.search import Hit


@dataclass(frozen=True, slots=True)
class AskProcedure:
    """Look a procedure up: the one named by `code`, else what the question is about."""

    question: str
    sections: tuple[Section, ...]
    code: str = ""
    context: str = ""
    """The procedure spoken of before, if the question may lean on it."""
    offers: tuple[str, ...] = ()
    """The choices to put again, where none of them has been made."""
    outside: bool = False
    """It has words of something no office does: only a sure hit is answered then."""


@dataclass(frozen=True, slots=True)
class Say:
    """Words that need no look-up: small talk, a question back, a refusal."""

    status: Status


Action = AskProcedure | Say


@dataclass(frozen=True, slots=True)
class Plan:
    """One to three actions."""

    actions: tuple[Action, ...]
    language: Language = "vi"


@dataclass(frozen=True, slots=True)
class Finding:
    """What an action brought back."""

    sections: tuple[Section, ...] = ()
    procedure: Procedure | None = None
    choices: tuple[Procedure, ...] = ()
    """Set instead of `procedure` when several fit."""
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    said: Status | None = None
    """Set when no look-up was needed, or it found nothing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything known about the turn so far."""

    turn: Turn
    memory: Memory
    today: date
    text: str = ""
    """The message, cleaned by the screen."""
    plan: Plan | None = None
    findings: tuple[Finding, ...] = ()
    answer: Answer | None = None
    """Set once the turn is settled; later steps leave it alone, but for the check."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What each step measured, for the log."""

    def but(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return replace(self, **changes)
