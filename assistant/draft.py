"""The state of one turn, handed from step to step. A step returns a new draft; nobody writes into one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Self

from assistant.conversation import Answer, Memory, Status, Turn
from assistant.dossier import Dossier
from assistant.forms.dialogue import Step
from assistant.model_calls import Deadline
from knowledge.events import Event, EventStep
from knowledge.place_names import PlaceMention
from knowledge.places import Unit
from knowledge.procedure import Language, Procedure, Section
from knowledge.search import Hit
from knowledge.twins import Group


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a question says of where: the place it names, the one remembered, and what it wants to know about places."""

    mention: PlaceMention | None = None
    unit: str = ""
    """The code of the ward or commune that the citizen named before."""
    anywhere: bool = False
    """«nộp ở phường khác được không?»"""
    district: bool = False
    """It speaks of the district level, abolished on 1 July 2025."""


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
    whereabouts: Whereabouts = Whereabouts()
    event: str = ""
    """The life event it may tell of, where no procedure fits surely."""
    insist: bool = False
    """Asked back twice already: the best there is is told now."""


@dataclass(frozen=True, slots=True)
class FindOffice:
    """Say which ward a place belongs to today, and where its office is."""

    mention: PlaceMention


@dataclass(frozen=True, slots=True)
class TellEvent:
    """List what a life event asks for, in order, or tell one of its steps."""

    event: str
    step: int = 0
    """The number of the step, where one is picked."""
    whereabouts: Whereabouts = Whereabouts()


@dataclass(frozen=True, slots=True)
class Say:
    """Words that need no look-up: small talk, a question back, a refusal."""

    status: Status


@dataclass(frozen=True, slots=True)
class CheckDossier:
    """Look up how a filed dossier stands."""

    code: str = ""
    """As it was typed, in normal form; empty where it was not said."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Pass the conversation to an operator."""

    reason: str
    agreed: bool = False
    """Whether the citizen has said yes to passing it on."""


@dataclass(frozen=True, slots=True)
class FillForm:
    """Go on with a form: what the message did to it."""

    step: Step


@dataclass(frozen=True, slots=True)
class ChooseForm:
    """Ask which form is meant."""

    forms: tuple[str, ...]


Action = AskProcedure | FindOffice | TellEvent | CheckDossier | HandOver | FillForm | ChooseForm | Say


@dataclass(frozen=True, slots=True)
class Plan:
    """One to three actions."""

    actions: tuple[Action, ...]
    language: Language = "vi"
    whole: Action | None = None
    """What is run instead where several actions do not each find a procedure of their own."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step of a life event, with its procedure where it has one that we hold."""

    step: EventStep
    procedure: Procedure | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What an action brought back."""

    sections: tuple[Section, ...] = ()
    procedure: Procedure | None = None
    choices: tuple[Procedure, ...] = ()
    """Set instead of `procedure` when several fit."""
    others: tuple[Procedure, ...] = ()
    """What else may have been meant beside `procedure`."""
    group: Group | None = None
    """The question that tells the choices apart, with their labels; choices outside it may follow."""
    strange: bool = False
    """Whether it may be that none of the choices is meant."""
    insisted: bool = False
    """Told although unsure, as it was asked back twice already."""
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    said: Status | None = None
    """Set when no look-up was needed, or it found nothing."""
    whereabouts: Whereabouts = Whereabouts()
    unit: Unit | None = None
    """The ward or commune of today, where it is known for sure."""
    event: Event | None = None
    """The life event that is told, or to which the procedure belongs."""
    steps: tuple[NextStep, ...] = ()
    """All steps of a told event; after a procedure, those that usually come next."""
    step: NextStep | None = None
    """The step of the event that was picked, where it is no procedure that we hold."""
    dossier: Dossier | None = None
    """How a filed dossier stands."""
    step_of_form: Step | None = None
    """What the message did to the form being filled in; `procedure` is the one it is for, once it is ready."""
    forms: tuple[str, ...] = ()
    """The forms that may be meant."""
    opens: datetime | None = None
    """When an operator is there again."""


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
    plain: Answer | None = None
    """The answer made of fields, where a language model wrote another."""
    deadline: Deadline | None = None
    """What this turn may spend on language models, once one was asked."""
    answer: Answer | None = None
    """Set once the turn is settled; later steps leave it alone, but for the check."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What each step measured, for the log."""

    def but(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return replace(self, **changes)
