"""What can go wrong with a language model. None of it may cost a citizen the answer: whoever asks a model catches `ModelError`.

ModelError
├── ModelOff          no model is set
├── ModelUnavailable  it cannot be reached, or fails, or is left alone because it failed a moment ago
├── ModelLate         it, or its turn to be asked, did not come in time
├── ModelBusy         as many calls as are allowed are under way
├── ModelRefused      it will not take what it is sent: a wrong key, name or address
├── ModelNonsense     what it says cannot be read
├── ModelSpent        the tokens of the day or the month are used up
└── TooManyCalls      this turn has asked models often enough

A message names the model and what to do. It never holds a key, a prompt or an answer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from assistant.errors import AssistantError


class Outcome(StrEnum):
    """How one call of a model ended."""

    OK = "ok"
    CUT = "cut"
    """It went on until it was stopped."""
    OFF = "off"
    UNAVAILABLE = "unavailable"
    LATE = "late"
    BUSY = "busy"
    REFUSED = "refused"
    NONSENSE = "nonsense"
    SPENT = "spent"
    TOO_MANY = "too_many"


class ModelError(AssistantError):
    """No model gave what was asked."""

    outcome: ClassVar[Outcome] = Outcome.UNAVAILABLE


class ModelOff(ModelError):
    """No model is set."""

    outcome = Outcome.OFF


class ModelUnavailable(ModelError):
    """The model cannot be reached, fails, or failed a moment ago."""

    def __init__(self, message: str, *, status: int | None = None, again_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.again_after = again_after
        """Seconds for which the server asks to be left alone."""


class ModelLate(ModelError):
    """No answer in time."""

    outcome = Outcome.LATE


class ModelBusy(ModelError):
    """As many calls as are allowed at once are under way."""

    outcome = Outcome.BUSY


class ModelRefused(ModelError):
    """The model will not take what it is sent."""

    outcome = Outcome.REFUSED

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class ModelNonsense(ModelError):
    """What the model says cannot be read."""

    outcome = Outcome.NONSENSE


class ModelSpent(ModelError):
    """The tokens of the day or the month are used up."""

    outcome = Outcome.SPENT


class TooManyCalls(ModelError):
    """This turn has asked models often enough."""

    outcome = Outcome.TOO_MANY
