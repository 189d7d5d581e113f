"""The life of a question. Read this first.

    screen → plan → act → write → check

`screen` cleans the message and settles what must not be looked up (empty, too long, danger).
`plan`   decides what is asked: which action, of which procedure, about which of its parts.
`act`    runs the action against the catalogue. No language model here.
`write`  turns what was found into an answer, sentence by sentence from fields.
`check`  holds back every figure that no field holds.

Each step takes a `Draft` and returns a new one. A language model, where one is configured, plans and writes in place of
the rules and fields; the steps and their order stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

from assistant.check import check
from assistant.draft import Draft
from assistant.screen import screen

Step = Callable[[Draft], Draft]


class State(TypedDict):
    """LangGraph's state: the one draft."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Graph:
    """The compiled graph: from a fresh draft to a settled one."""

    compiled: Any

    def __call__(self, draft: Draft) -> Draft:
        """Run all steps."""
        settled: Draft = self.compiled.invoke({"draft": draft})["draft"]
        return settled

    def steps(self, draft: Draft) -> Iterator[tuple[str, Draft]]:
        """Run step by step: the name of each step that has ended, and the draft it left."""
        for update in self.compiled.stream({"draft": draft}, stream_mode="updates"):
            for name, state in update.items():
                yield name, state["draft"]


def build(plan: Step, act: Step, write: Step, check: Step = check) -> Graph:
    """The graph with these parts for planning, acting, writing and checking."""
    from langgraph.graph import END, START, StateGraph  # takes a second, and most commands ask no question

    graph = StateGraph(State)
    steps: dict[str, Step] = {"screen": screen, "plan": plan, "act": act, "write": write, "check": check}
    names = list(steps)
    for name, step in steps.items():
        graph.add_node(name, _node(step))  # type: ignore[call-overload]
    for before, after in zip([START, *names], [*names, END], strict=True):
        graph.add_edge(before, after)
    return Graph(graph.compile())


def _node(step: Step) -> Callable[[State], Any]:
    def node(state: State) -> dict[str, Draft]:
        return {"draft": step(state["draft"])}

    return node
