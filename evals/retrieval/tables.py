"""A run, and two runs side by side, as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from evals.retrieval.compare import Change, Comparison
from evals.retrieval.figures import RATES, Calibration, Entry, OutOfScope, Rates, Report, Unseen
from evals.retrieval.labels import baseline_rows, headline, other_rows, outcome_rows, sections
from evals.retrieval.questions import Group


def tables(report: Report) -> Iterator[RenderableType]:
    """The tables of a run, in order."""
    figures = report["figures"]
    yield f"[bold]{escape(headline(report))}[/]"
    yield _ranking(report)
    yield _pairs(
        "What people met with (in scope)", [(name, f"{share:.3f}") for name, share in outcome_rows(figures["outcomes"])]
    )
    yield _pairs("Beside that", other_rows(figures))
    yield _refused(figures["out_of_scope"])
    yield _bins(figures["calibration"])
    if "baselines" in report:
        yield _baselines(report)
    if "unseen" in report:
        yield _unseen(report["unseen"])


def comparison_tables(comparison: Comparison) -> Iterator[RenderableType]:
    """The tables of two runs side by side, then the questions that changed."""
    table = _table("Compared with the older run", "old", "new", "difference")
    for row in comparison.rows:
        colour = "" if not row.difference else "green" if row.better else "red"
        told = f"[{colour}]{row.difference:+.3f}[/]" if colour else "0"
        table.add_row(row.name, f"{row.old:.3f}", f"{row.new:.3f}", told)
    yield table
    yield comparison.told
    for title, changes in (("won", comparison.won), ("lost", comparison.lost)):
        yield from (_changed(title, change) for change in changes)


def misses(report: Report) -> Iterator[str]:
    """The questions in scope whose procedure did not come first."""
    for entry in report["results"]:
        if entry["group"] == Group.IN_SCOPE and entry["rank"] != 1:
            yield escape(_miss(entry))


def _miss(entry: Entry) -> str:
    return (
        f"{entry['id']} [{entry['speech']}] rank {entry['rank'] or '–'}: {entry['question']}\n"
        f"     right {', '.join(entry['codes'])}; came {entry['first'] or 'nothing'}"
    )


def _changed(title: str, change: Change) -> str:
    old, new = change.old, change.new
    return escape(
        f"{title} {new['id']} [{new['speech']}] rank {old['rank'] or '–'} → {new['rank'] or '–'}: {new['question']}"
    )


def _ranking(report: Report) -> Table:
    table = _table("Ranking", "n", *RATES)
    for heading, rows in sections(report["figures"]):
        if heading and rows:
            table.add_section()
            table.add_row(f"[dim]{heading}[/]")
        for name, rates in rows:
            table.add_row(escape(name), *_cells(rates))
    return table


def _cells(rates: Rates) -> list[str]:
    return [str(rates["n"]), *(f"{rates[name]:.3f}" for name in RATES)]


def _pairs(title: str, rows: list[tuple[str, str]]) -> Table:
    table = _table(title, "")
    for name, told in rows:
        table.add_row(name, told)
    return table


def _refused(outside: OutOfScope) -> Table:
    table = _table("Out of scope", "n", "not answered")
    for kind, told in outside["kind"].items():
        table.add_row(escape(kind), str(told["n"]), f"{told['not_answered']:.3f}")
    return table


def _bins(calibration: Calibration) -> Table:
    table = _table("Confidence (in scope)", "n", "mean", "right")
    for told in calibration["bins"]:
        if told["confidence"] is not None and told["right"] is not None:
            name = f"{told['from']:.1f} to {told['to']:.1f}"
            table.add_row(name, str(told["n"]), f"{told['confidence']:.3f}", f"{told['right']:.3f}")
    return table


def _baselines(report: Report) -> Table:
    table = _table("Beside other ways of looking", "n", *RATES)
    for title, rates, skipped in baseline_rows(report):
        if rates is None:
            table.add_row(f"{escape(title)}: skipped, {escape(skipped)}")
        else:
            table.add_row(escape(title), *_cells(rates))
    return table


def _unseen(unseen: Unseen) -> Table:
    title = f"Fold {unseen['fold']} of {unseen['folds']}, {unseen['procedures']} procedures without their phrasings"
    table = _table(title, "n", *RATES)
    table.add_row("phrasings left out", *_cells(unseen["without"]))
    table.add_row("as shipped", *_cells(unseen["with_phrasings"]))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, show_header=any(columns))
    table.add_column("", overflow="fold")
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    return table
