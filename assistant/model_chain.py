"""One question to the models: the first choice, again where that may help, else the next, all within the turn's time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from pydantic import BaseModel

from assistant.model_budget import Budget
from assistant.model_calls import Breaker, Clock, Deadline, Usage
from assistant.model_errors import (
    ModelBusy,
    ModelError,
    ModelLate,
    ModelNonsense,
    ModelOff,
    ModelRefused,
    ModelUnavailable,
    Outcome,
)
from assistant.model_provider import Messages, Mode, Provider, Reply, estimated
from assistant.model_settings import ModelSettings

TRIES = 3
"""Of one model for one question, where it is busy or broken."""
FIRST_WAIT = 0.25
"""Seconds before the second try, more or less; twice that before the third."""
LONGEST_WAIT = 1.0
"""Seconds to wait for a model while another could be asked."""
LEAST = 0.5
"""Seconds a call must have left to be worth waiting for."""

_NO_SUCH_MODE = (400, 404, 415, 422, 501)
"""How servers say that they know no tools, schema or JSON mode."""
_NO_ENTRY = (401, 403, 404)
"""Refusals of every question, not of this one."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Link:
    """A model, whether it is to be left alone, and the best way to ask it for data that it is known to take."""

    provider: Provider
    breaker: Breaker
    best: Mode

    def modes(self) -> Sequence[Mode]:
        """Ways to ask for data, from the best known on."""
        modes = self.provider.modes
        return modes[modes.index(self.best) :]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whichever model answers."""

    step: str
    messages: Messages
    shape: type[BaseModel] | None
    deadline: Deadline


class Chain:
    """The models in order of choice. Any number of threads may ask at once."""

    def __init__(self, settings: ModelSettings, budget: Budget, clock: Clock) -> None:
        self._settings = settings
        self._budget = budget
        self._clock = clock
        self._places = threading.BoundedSemaphore(settings.waiting or 1)
        self._slots = threading.BoundedSemaphore(settings.at_once)
        self.links = [
            Link(provider, Breaker(clock), provider.modes[0])
            for provider in (Provider(choice, settings) for choice in settings.choices)
        ]

    def ask(self, question: Question) -> Reply:
        """What the first model that answers says.

        Raises:
            ModelError: none does; it is the last one's.

        """
        self._budget.check()
        question.deadline.calls.take()
        # A crowd that waits for a silent model would hold every thread, and an emergency would stand in line behind it.
        if not self._places.acquire(blocking=False):
            raise self._busy()
        try:
            return self._first_to_answer(question)
        finally:
            self._places.release()

    def _first_to_answer(self, question: Question) -> Reply:
        trouble: ModelError = ModelOff("No model is set. To mend it: set TROLY_MODEL.")
        for number, link in enumerate(self.links, start=1):
            question.deadline.check()
            if not link.breaker.allows():
                trouble = ModelUnavailable(
                    f"{link.provider.identity} failed a moment ago and is left alone for a while."
                )
                continue
            try:
                return self._patiently(link, question, last=number == len(self.links))
            except (ModelUnavailable, ModelLate, ModelRefused, ModelNonsense) as error:
                trouble = error
                _log.warning("model failed", extra={"step": question.step, "error": str(error)})
        raise trouble

    def _patiently(self, link: Link, question: Question, *, last: bool) -> Reply:
        """One model's answer, asked again where it is busy or broken."""
        for number in range(1, TRIES + 1):
            hasty = question.deadline.left() < min(self._settings.timeout, self._settings.deadline) / 2
            try:
                reply = self._in_modes(link, question)
            except ModelUnavailable as error:
                link.breaker.failed(error.again_after or 0)
                wait = self._wait(error, number)
                most = question.deadline.left() - LEAST
                if number == TRIES or wait > (most if last else min(most, LONGEST_WAIT)):
                    raise
                self._clock.sleep(wait)
            except ModelError as error:
                if _is_its_fault(error, hasty=hasty):
                    link.breaker.failed()
                raise
            else:
                link.breaker.succeeded()
                return reply
        raise AssertionError("the last try returns or raises")

    def _wait(self, error: ModelUnavailable, number: int) -> float:
        """Seconds until the next try: what the server asks for, or longer each time; spread either way."""
        spread = 0.5 + self._clock.chance()
        if error.again_after is not None:
            return error.again_after + FIRST_WAIT * (spread - 0.5)
        return FIRST_WAIT * spread * (1 << (number - 1))

    def _in_modes(self, link: Link, question: Question) -> Reply:
        """The answer in the strictest form that the server takes; what it takes is remembered."""
        if question.shape is None:
            return self._once(link, question, Mode.PLAIN)
        for mode in link.modes():
            try:
                reply = self._once(link, question, mode)
            except ModelRefused as error:
                if mode is Mode.PLAIN or error.status not in _NO_SUCH_MODE:
                    raise
            else:
                link.best = mode
                return reply
        raise AssertionError("the last mode returns or raises")

    def _once(self, link: Link, question: Question, mode: Mode) -> Reply:
        """One call, counted."""
        question.deadline.check()
        if not self._slots.acquire(timeout=min(self._settings.timeout, question.deadline.left() / 2)):
            raise self._busy()
        began = self._clock.monotonic()
        try:
            reply = self._in_time(link.provider, question, mode)
        except ModelError as error:
            read = isinstance(error, ModelLate | ModelNonsense)
            tokens = estimated(*(text for _, text in question.messages)) if read else 0
            self._count(question, link, Reply("", tokens, 0, cut=False), began, error.outcome)
            raise
        self._count(question, link, reply, began, Outcome.CUT if reply.cut else Outcome.OK)
        return reply

    def _busy(self) -> ModelBusy:
        return ModelBusy(
            f"{self._settings.at_once} calls of models are under way. To mend it: raise TROLY_MODEL_AT_ONCE, if the "
            "server can answer more at once."
        )

    def _in_time(self, provider: Provider, question: Question, mode: Mode) -> Reply:
        """The call in a thread of its own: some servers and name look-ups keep to no timeout. It keeps its slot to the end."""
        timeout = min(self._settings.timeout, question.deadline.left())
        answer: Future[Reply] = Future()

        def work() -> None:
            try:
                answer.set_result(provider.ask(question.messages, timeout, mode, question.shape))
            except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it
                answer.set_exception(error)
            finally:
                self._slots.release()

        try:
            threading.Thread(target=work, name="model call", daemon=True).start()
        except RuntimeError:
            self._slots.release()
            raise ModelBusy("No thread can be started. To mend it: raise this machine's limit of threads.") from None
        try:
            return answer.result(timeout)
        except TimeoutError:
            raise ModelLate(
                f"{provider.identity} gave no answer in {timeout:.1f} s. To mend it: look why it is slow, or set another."
            ) from None

    def _count(self, question: Question, link: Link, reply: Reply, began: float, outcome: Outcome) -> None:
        model, ms = link.provider.identity, round((self._clock.monotonic() - began) * 1000)
        usage = Usage(question.step, model, reply.tokens_in, reply.tokens_out, ms, outcome)
        question.deadline.calls.made.append(usage)
        self._budget.add(model, usage.tokens_in, usage.tokens_out)
        _log.info("model call", extra={"step": usage.step, "model": model, "ms": ms, "outcome": outcome.value})


def _is_its_fault(error: ModelError, *, hasty: bool) -> bool:
    """Whether a failure speaks against the model: one that had little time, or one strange question, does not."""
    match error:
        case ModelLate():
            return not hasty
        case ModelRefused(status=status):
            return status in _NO_ENTRY
        case ModelNonsense():
            return True
    return False
