"""The real assistant, held back before its answer until it is let go on: a slow server without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Any

from assistant.assistant import Assistant
from assistant.draft import Draft


class Held:
    """The graph of an assistant: each run stops after its first step while `hold` was called, until `let_go`."""

    def __init__(self, run: Any) -> None:
        self._run = run
        self._free = Event()
        self.reached = Event()
        self.runs = 0
        self._free.set()

    def hold(self) -> None:
        """Answer nothing from now on."""
        self._free.clear()
        self.reached.clear()
        self.runs = 0

    def let_go(self) -> None:
        """Answer all that waits, and what comes."""
        self._free.set()

    def __call__(self, draft: Draft) -> Draft:
        """Run all steps."""
        self._stop()
        return self._run(draft)

    def steps(self, draft: Draft) -> Iterator[tuple[str, Draft]]:
        """Run step by step."""
        for number, step in enumerate(self._run.steps(draft)):
            yield step
            if number == 0:
                self._stop()

    def _stop(self) -> None:
        self.runs += 1
        self.reached.set()
        assert self._free.wait(60), "never let go"


def held(assistant: Assistant) -> tuple[Assistant, Held]:
    """The assistant, and the graph that holds it back."""
    run = Held(assistant.run)
    return replace(assistant, run=run, waiting=8), run  # as many as wait for a language model elsewhere
