"""Made-up questions, results and reports: small enough to work their figures out by hand."""

from __future__ import annotations

from evals.retrieval.ask import Result
from evals.retrieval.figures import Report
from evals.retrieval.outcomes import Outcome
from evals.retrieval.questions import Group, Question
from evals.retrieval.report import FORMAT, entry
from evals.retrieval.score import score

TITLES = {"a": "Đăng ký <khai sinh>", "x": "Cấp thẻ tre"}


def question(name="q", codes=("a",), *, speech="plain", section="overview", group=Group.IN_SCOPE, kind="", text="?"):
    """A question; those out of scope have no codes."""
    codes = () if group is Group.OUT_OF_SCOPE else codes
    return Question(name, text, tuple(codes), speech, section, group, kind)


def result(came=("a",), *, confidence=0.5, ms=1.0, outcome=Outcome.TURNED_AWAY, choices=(), **about):
    """What came back for such a question."""
    return Result(question(**about), tuple(came), confidence, ms, outcome, tuple(choices))


def report(*results: Result, subjects=None, **more) -> Report:
    """A report of these results."""
    return {
        "format": FORMAT,
        "at": "2026-11-22T08:30:00+07:00",
        "catalogue": "shipped",
        "procedures": 2,
        "build": "b1",
        "embedder": "static:e1",
        "figures": score(results, subjects or {}),
        "results": [entry(told) for told in results],
        "titles": TITLES,
        **more,
    }
