"""Plain pipelines beside ours: the same records, the same questions, the same run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evals.bench.figures import Pipeline
from evals.bench.measures import Say
from evals.bench.process import Clock, Failed, OutOfTime, task

OURS = "ours"
_LANGCHAIN = "LangChain"
_ROUNDS = 1
_AFTERWARDS = 120
"""Seconds to leave for the questions to LangChain, and for the others on the same sample."""


def write_texts(home: Path, folder: Path, sample: int, clock: Clock, say: Say) -> dict[str, int]:
    """Write what the plain pipelines read; returns how many procedures there are, and how many the sample has."""
    folder.mkdir()
    say("writing full texts and questions for the plain pipelines")
    return task("corpus", clock, home=str(home), folder=str(folder), sample=sample)


def on_all(folder: Path, ours: dict[str, Any], clock: Clock, say: Say, *, langchain: bool) -> list[Pipeline]:
    """Ours and the plain pipelines over all records; LangChain only if asked for."""
    rows = [Pipeline(OURS, ours), *_bm25(folder, 0, clock, say)]
    return (
        [*rows, _plain("langchain", _LANGCHAIN, clock, say, folder, count=0, seconds=clock.left())]
        if langchain
        else rows
    )


def on_sample(home: Path, folder: Path, sample: int, clock: Clock, say: Say) -> tuple[int, list[Pipeline]]:
    """All of them over as much of the sample as LangChain can embed in the time that is left; and how much that was.

    Raises:
        OutOfTime: not even ours could be measured.

    """
    seconds = clock.left() - _AFTERWARDS
    langchain = _plain("langchain", _LANGCHAIN, clock, say, folder, count=sample, seconds=seconds)
    count = int(langchain.measured.get("procedures", sample))
    say(f"ours on the same {count:,}")
    task("sample_home", clock, home=str(home), folder=str(folder), count=count)
    built = task("index", clock, home=str(folder / "sample"), shipped=False)
    found = task("search", clock, home=str(folder / "sample"), rounds=_ROUNDS, folder=str(folder))
    ours = {**found, **built, "peak_mb": max(built["peak_mb"], found["peak_mb"])}
    return count, [Pipeline(OURS, ours), *_bm25(folder, count, clock, say), langchain]


def _bm25(folder: Path, count: int, clock: Clock, say: Say) -> list[Pipeline]:
    return [
        _plain("bm25", "rank_bm25", clock, say, folder, count=count, sayings=False),
        _plain("bm25", "rank_bm25 + phrasings", clock, say, folder, count=count, sayings=True),
    ]


def _plain(name: str, title: str, clock: Clock, say: Say, folder: Path, **arguments: Any) -> Pipeline:
    say(f"{title} on {arguments['count'] or 'all records'}")
    try:
        return Pipeline(title, task(name, clock, folder=str(folder), rounds=_ROUNDS, **arguments))
    except OutOfTime:
        return Pipeline(title, {}, "stopped: the bench had to end in time")
    except Failed as error:
        return Pipeline(title, {}, f"failed: {error}")
