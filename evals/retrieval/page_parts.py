"""The pieces the page is put together from. Whatever comes from outside is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from evals.retrieval.compare import Change, Comparison
from evals.retrieval.figures import RATES, Entry, Rates
from evals.retrieval.labels import VERDICTS
from evals.retrieval.outcomes import Outcome, Verdict, verdict
from evals.retrieval.page_style import ALL

_COLOURS = dict(zip(Verdict, ("#2e7d32", "#c62828", "#8bc34a", "#ef9a9a", "#9e9e9e"), strict=True))
_NO_NAME = re.compile(r"[^a-z0-9]+")


def section(heading: str, *parts: str) -> str:
    """A heading, and what is under it."""
    return "\n".join([f"<section><h2>{escape(heading)}</h2>", *parts, "</section>"])


def note(words: str) -> str:
    """A sentence that helps to read what stands beside it."""
    return f'<p class="note">{escape(words)}</p>'


def cards(told: Iterable[tuple[str, str]]) -> str:
    """The figures that are looked for first, large."""
    inside = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in told)
    return f'<dl class="cards">{inside}</dl>'


def table(columns: Sequence[str], rows: Iterable[str]) -> str:
    """A table of rows that `row`, `rates_row` or `heading_row` made."""
    head = "".join(f"<th>{escape(name)}</th>" for name in ("", *columns)) if columns else ""
    body = "\n".join(rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>'


def row(name: str, *cells: str) -> str:
    """A row of a table."""
    return f"<tr><td>{escape(name)}</td>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def rates_row(name: str, rates: Rates) -> str:
    """A row of ranking figures."""
    return row(name, str(rates["n"]), *(f"{rates[key]:.3f}" for key in RATES))


def heading_row(words: str) -> str:
    """A row that begins a group of others."""
    return f'<tr><th colspan="{len(RATES) + 2}">{escape(words)}</th></tr>'


def figure(svg: str, words: str) -> str:
    """A plot, and what it shows. The plot is our own and is not escaped."""
    return f"<figure>{svg}<figcaption>{note(words)}</figcaption></figure>"


def outcome_bar(shares: Iterable[tuple[Verdict, float]]) -> str:
    """The verdicts as one bar, and its key with the shares in figures."""
    shares = list(shares)
    parts = "".join(f'<span style="width:{share:.2%};background:{_COLOURS[kind]}"></span>' for kind, share in shares)
    key = "".join(
        f'<p><span class="key" style="background:{_COLOURS[kind]}"></span>{escape(VERDICTS[kind])}: {share:.1%}</p>'
        for kind, share in shares
    )
    return f'<div class="bar">{parts}</div>{key}'


def comparison_table(comparison: Comparison) -> str:
    """Both runs side by side."""
    rows = []
    for told in comparison.rows:
        kind = "" if not told.difference else "better" if told.better else "worse"
        rows.append(
            f"<tr><td>{escape(told.name)}</td><td>{told.old:.3f}</td><td>{told.new:.3f}</td>"
            f'<td class="{kind}">{told.difference:+.3f}</td></tr>'
        )
    return table(("old", "new", "difference"), rows)


def procedures(codes: Iterable[str], titles: Mapping[str, str]) -> str:
    """Procedures by name and code; nothing where there is none."""
    told = [f"{escape(titles.get(code, ''))} <code>{escape(code)}</code>".strip() for code in codes if code]
    return "; ".join(told) or "nothing"


def changes(title: str, changed: Iterable[Change], titles: Mapping[str, str]) -> str:
    """The questions won, or lost."""
    items = [
        f"<details><summary>{escape(change.new['question'])}</summary>"
        f"<p>{escape(change.new['id'])}, {escape(change.new['speech'])}: rank {_rank(change.old)} → {_rank(change.new)}</p>"
        f"<p>right: {procedures(change.new['codes'], titles)}</p>"
        f"<p>first: {procedures([change.old['first']], titles)} → {procedures([change.new['first']], titles)}</p></details>"
        for change in changed
    ]
    return f"<details><summary>{escape(title)} ({len(items)})</summary>" + "\n".join(items) + "</details>"


def class_of(group: str, value: str) -> str:
    """A name for a class or an element, of nothing but letters that a selector may hold."""
    return f"{group}-{plain(value)}"


def plain(value: str) -> str:
    """Lower-case Latin letters and figures with hyphens between."""
    return _NO_NAME.sub("-", value.lower()).strip("-") or "none"


def filters(group: str, values: Sequence[tuple[str, int]]) -> str:
    """Radio buttons for the values, each with how many items it has; the style sheet does the rest."""
    told = [(ALL, sum(count for _, count in values)), *values]
    buttons = "".join(
        f'<input class="filter" type="radio" name="{group}" id="{class_of(group, value)}"{" checked" * (value == ALL)}>'
        for value, _ in told
    )
    labels = "".join(
        f'<label for="{class_of(group, value)}">{escape(value)} ({count})</label>' for value, count in told
    )
    return f'{buttons}<div class="filters">{labels}</div>'


def miss(entry: Entry, group: str, titles: Mapping[str, str]) -> str:
    """A question that went wrong; opened it tells how."""
    kind = verdict(Outcome(entry["outcome"]), entry["choices"], entry["codes"])
    offered = f"<p>offered: {procedures(entry['choices'], titles)}</p>" if len(entry["choices"]) > 1 else ""
    return (
        f'<details class="{class_of(group, entry["speech"])}"><summary>{escape(entry["question"])}</summary>'
        f"<p>{escape(entry['id'])}, {escape(entry['speech'])}, {escape(entry['section'])}: rank {_rank(entry)}, "
        f"confidence {entry['confidence']:.2f}, {escape(VERDICTS[kind])}</p>"
        f"<p>right: {procedures(entry['codes'], titles)}</p>"
        f"<p>first: {procedures([entry['first']], titles)}</p>{offered}</details>"
    )


def _rank(entry: Entry) -> str:
    return str(entry["rank"] or "–")
