"""`python -m evals.bench`: speed and size, each beside what was promised and beside plain pipelines."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from evals.bench import agent, chats, machine
from evals.bench.comparison import on_all, on_sample, write_texts
from evals.bench.figures import Figure, Pipeline, side_by_side, table
from evals.bench.measures import checking, filling, importing, indexing, placing, reindexing, serving, tenfold
from evals.bench.process import Clock, OutOfTime, task
from evals.retrieval.homes import PORTAL_FILE

SAMPLE = 600
MOST_SECONDS = 470

LEGEND = """\
MB are 2^20 bytes. Every measure ran in a process of its own; p50 and p95 are of warm rounds.
ours: as shipped; its index also holds the phrasings. rank_bm25: BM25Okapi over lower-cased words between spaces, one
document a procedure: its title and all its texts; "+ phrasings" adds ours. LangChain: the same texts in chunks of 1,000
characters overlapping by 200, all-MiniLM-L6-v2, Chroma; 40 chunks fetched a question. That model knows English only:
its times and size tell of any model of its kind, its hit rates say little about a multilingual one.
{right_with_phrasings} of the {right} procedures asked for have phrasings: hit rates tell little of procedures that have none.
build: libraries imported before, model loaded within. peak: of the process that builds or searches. after: once searched.
to ours: times as long or as large; hit rates in percentage points."""


class Bench:
    """One run: what it prints, and what it keeps for `--json`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.told: dict[str, Any] = {"machine": machine.describe(), "figures": {}, "side_by_side": {}}
        self._started = time.monotonic()
        self._others = machine.Others()

    def say(self, what: str) -> None:
        """Progress, on standard error."""
        sys.stderr.write(f"[{self.seconds:4.0f} s] {what}\n")

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self._started

    def show(self, title: str, figures: list[Figure]) -> None:
        """Print figures beside their targets."""
        self._print(title, table(figures))
        self.told["figures"][title] = [figure.as_json() for figure in figures]

    def compare(self, records: str, pipelines: list[Pipeline]) -> None:
        """Print pipelines beside ours."""
        self._print(f"Side by side on {records}", side_by_side(pipelines))
        self.told["side_by_side"][records] = [pipeline.as_json(pipelines[0]) for pipeline in pipelines]

    def _print(self, title: str, lines: list[str]) -> None:
        others = self._others.cores()
        self.told.setdefault("cores_taken_by_others", {})[title] = others
        write("", f"{title}  (other programs took {others:.1f} cores meanwhile)", *lines)


def main() -> None:
    """Measure and print; progress goes to standard error."""
    options = _options()
    bench = Bench(Clock(None if options.all else time.monotonic() + MOST_SECONDS))
    told = bench.told["machine"]
    memory = f"{told['memory_mb'] / 1024:.1f} GB"
    write(f"{told['cpu']}, {told['cores']} cores, {memory}; Python {told['python']}, {told['system']}")
    with tempfile.TemporaryDirectory(prefix="tro-ly-bench-") as scratch:
        if options.tenfold:
            bench.clock = Clock(None)
            figures, _ = indexing(Path(scratch) / "shipped", bench.clock, bench.say)
            figures += tenfold(Path(scratch) / "shipped", Path(scratch) / "tenfold", bench.clock, bench.say)
            bench.show("Ten times the shipped catalogue", figures)
        elif options.agent:
            _beside_models(bench, Path(scratch) / "shipped")
        elif options.chats:
            _chatting(bench, Path(scratch) / "shipped", options.turns)
        elif options.portal.exists():
            _with_portal(bench, options, Path(scratch))
        else:
            _shipped(bench, Path(scratch), alone=True)
            write("", f"The portal's 5,665 records are not at {options.portal}: nothing more can be measured.")
    write("", f"{bench.seconds:.0f} s in all.")
    if options.json:
        bench.told["seconds"] = round(bench.seconds, 1)
        options.json.write_text(json.dumps(bench.told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write(*lines: str) -> None:
    """Print at once, whoever reads along."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    parser.add_argument("--portal", type=Path, default=PORTAL_FILE, metavar="FILE", help="the portal's records")
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="procedures that LangChain is given")
    parser.add_argument("--tenfold", action="store_true", help="only: search ten times the shipped catalogue")
    parser.add_argument("--agent", action="store_true", help="only: turns beside slow and failing language models")
    parser.add_argument("--chats", action="store_true", help="only: two hundred chats at once, and memory meanwhile")
    parser.add_argument("--turns", type=int, default=chats.TURNS, metavar="N", help="turns of --chats in all")
    parser.add_argument("--all", action="store_true", help="give LangChain all of them: half an hour on 2 cores")
    return parser.parse_args()


def _shipped(bench: Bench, scratch: Path, *, alone: bool) -> None:
    """What everybody can measure: the catalogue that is shipped; all of it where there are no other records."""
    home = scratch / "shipped"
    bench.say("the shipped catalogue")
    figures, _ = indexing(home, bench.clock, bench.say)
    figures += placing(bench.clock, bench.say) + filling(home, bench.clock, bench.say)
    if alone:
        figures += reindexing(home, scratch / "changed", bench.clock, bench.say)
        figures += serving(home, bench.clock, bench.say)
    bench.show("The shipped catalogue", figures)


def _beside_models(bench: Bench, home: Path) -> None:
    """The agent where it has no language model, a slow one, and one that fails."""
    bench.say("building the index")
    task("index", bench.clock, home=str(home))
    bench.show("Without a language model", agent.ruled(home, bench.clock, bench.say))
    bench.show("Beside a slow language model", agent.beside_slow(home, bench.clock, bench.say))
    bench.show("Beside a language model that fails", agent.failing(home, bench.clock, bench.say))


def _chatting(bench: Bench, home: Path, turns: int) -> None:
    """Two hundred chats at once; all their turns take longer than the other parts together."""
    bench.clock = Clock(None)
    bench.say("building the index")
    task("index", bench.clock, home=str(home))
    bench.show("Two hundred chats at once", chats.chatting(home, bench.clock, bench.say, turns=turns))


def _with_portal(bench: Bench, options: argparse.Namespace, scratch: Path) -> None:
    """The portal's records over the shipped catalogue, then the plain pipelines over the same."""
    clock, say, home, texts = bench.clock, bench.say, scratch / "portal", scratch / "texts"
    _shipped(bench, scratch, alone=False)
    figures = importing(options.portal, home, say)
    more, ours = indexing(home, clock, say)
    figures += more + checking(home, clock, say)
    figures += reindexing(home, scratch / "changed", clock, say) + serving(home, clock, say)
    bench.show(f"The portal's records ({options.portal.name}) over the shipped catalogue", figures)
    counts = write_texts(home, texts, options.sample, clock, say)
    everything = on_all(texts, ours, clock, say, langchain=options.all)
    bench.compare(f"all {counts['procedures']:,} procedures", everything)
    if not options.all:
        try:
            count, pipelines = on_sample(home, texts, counts["sample"], clock, say)
            bench.compare(f"{count:,} procedures, all right answers among them", pipelines)
        except OutOfTime:
            write("", f"This machine was too slow or busy: {MOST_SECONDS} s ended before LangChain could be measured.")
    write("", LEGEND.format(**counts))


if __name__ == "__main__":
    main()
