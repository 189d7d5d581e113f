"""A run as one page that needs nothing else: no network, no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from evals.retrieval import page_parts as parts
from evals.retrieval import plots
from evals.retrieval.calibration import Judged
from evals.retrieval.compare import Comparison, compare
from evals.retrieval.figures import RATES, Entry, Report
from evals.retrieval.labels import baseline_rows, headline, other_rows, outcome_rows, sections
from evals.retrieval.outcomes import Outcome, Verdict
from evals.retrieval.page_style import ALL, STYLE, filter_rules
from evals.retrieval.questions import Group

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_SPEECH = "speech"


def page(report: Report, old: Report | None = None) -> str:
    """The page of a run; beside an older one where there is one.

    Raises:
        EvaluationError: matplotlib is not installed.

    """
    missed = [e for e in report["results"] if e["group"] == Group.IN_SCOPE and e["rank"] != 1]
    speeches = sorted(Counter(entry["speech"] for entry in missed).items())
    rules = filter_rules(_SPEECH, [ALL, *(parts.plain(name) for name, _ in speeches)])
    body = "\n".join(_sections(report, old, missed, speeches))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Retrieval: {escape(headline(report))}</title><style>{STYLE}{rules}</style></head>\n"
        f"<body>\n<h1>Is the right procedure found?</h1>\n{parts.note(headline(report))}\n{body}\n</body></html>\n"
    )


def _sections(
    report: Report, old: Report | None, missed: list[Entry], speeches: list[tuple[str, int]]
) -> Iterator[str]:
    figures = report["figures"]
    yield _first(report)
    if old is not None:
        yield _compared(compare(report, old), old, {**old["titles"], **report["titles"]})
    yield parts.section(
        "What people met with",
        parts.outcome_bar(zip(Verdict, (share for _, share in outcome_rows(figures["outcomes"])), strict=True)),
        parts.table((), (parts.row(name, told) for name, told in other_rows(figures))),
    )
    yield parts.section(
        "By speech",
        parts.figure(
            plots.by_speech(figures["speech"]), "Right procedure first, or among five; lines are 95 % intervals."
        ),
    )
    yield _confidence(report)
    if "baselines" in report:
        yield _baselines(report)
    if "unseen" in report:
        yield _unseen(report)
    yield _rankings(report)
    yield _out_of_scope(report)
    yield parts.section(
        f"Not first: {len(missed)} questions",
        parts.filters(_SPEECH, speeches),
        f'<div class="items">{"".join(parts.miss(entry, _SPEECH, report["titles"]) for entry in missed)}</div>',
    )


def _first(report: Report) -> str:
    figures = report["figures"]
    return parts.cards(
        [
            ("questions", str(figures["all"]["n"])),
            ("right first", f"{figures['all']['hit@1']:.3f}"),
            ("in first five", f"{figures['all']['hit@5']:.3f}"),
            ("right first, held out", f"{figures['held_out']['hit@1']:.3f}"),
            ("MRR", f"{figures['all']['mrr']:.3f}"),
            ("ECE", f"{figures['calibration']['ece']:.3f}"),
        ]
    )


def _compared(comparison: Comparison, old: Report, titles: dict[str, str]) -> str:
    return parts.section(
        "Beside the older run",
        parts.note(f"Older: {headline(old)}"),
        parts.note(f"{comparison.told}."),
        parts.comparison_table(comparison),
        parts.changes("Won", comparison.won, titles),
        parts.changes("Lost", comparison.lost, titles),
    )


def _confidence(report: Report) -> str:
    inside = _judged(report, {Group.IN_SCOPE})
    everything = _judged(report, {Group.IN_SCOPE, Group.OUT_OF_SCOPE})
    return parts.section(
        "Does the confidence keep its word?",
        parts.figure(
            plots.reliability(report["figures"]["calibration"]),
            "Ten equal bins of the questions in scope; the bars count the questions of each.",
        ),
        parts.figure(
            plots.risk(inside, everything),
            "Were only the surest questions answered with the first hit, so many of those answers would be wrong.",
        ),
    )


def _judged(report: Report, groups: set[Group]) -> Judged:
    return [
        (entry["confidence"], entry["rank"] == 1 and entry["group"] == Group.IN_SCOPE)
        for entry in report["results"]
        if entry["group"] in groups
    ]


def _baselines(report: Report) -> str:
    rows = baseline_rows(report)
    run = [(title, rates) for title, rates, _ in rows if rates is not None]
    return parts.section(
        "Beside other ways of looking",
        parts.figure(plots.baselines(run), "The same records and questions. all-MiniLM-L6-v2 knows English only."),
        parts.table(("n", *RATES), (parts.rates_row(title, rates) for title, rates in run)),
        *(parts.note(f"{title}: skipped, {skipped}") for title, rates, skipped in rows if rates is None),
    )


def _unseen(report: Report) -> str:
    told = report["unseen"]
    rows = [
        parts.rates_row("phrasings left out", told["without"]),
        parts.rates_row("as shipped", told["with_phrasings"]),
    ]
    return parts.section(
        "Procedures that nobody wrote phrasings for",
        parts.note(
            f"Fold {told['fold']} of {told['folds']}: {told['procedures']} procedures lost theirs, in training and index."
        ),
        parts.table(("n", *RATES), rows),
    )


def _rankings(report: Report) -> str:
    rows: list[str] = []
    for heading, groups in sections(report["figures"]):
        rows += [parts.heading_row(heading)] if heading and groups else []
        rows += [parts.rates_row(name, rates) for name, rates in groups]
    return parts.section("Ranking", parts.table(("n", *RATES), rows))


def _out_of_scope(report: Report) -> str:
    outside = report["figures"]["out_of_scope"]
    answered = [
        f"<details><summary>{escape(entry['question'])}</summary><p>{escape(entry['id'])}, {escape(entry['kind'])}: "
        f"answered with {parts.procedures(entry['choices'], report['titles'])}</p></details>"
        for entry in report["results"]
        if entry["group"] == Group.OUT_OF_SCOPE and entry["outcome"] == Outcome.ANSWERED
    ]
    rows = (parts.row(kind, str(told["n"]), f"{told['not_answered']:.3f}") for kind, told in outside["kind"].items())
    return parts.section(
        "Out of scope",
        parts.table(("n", "not answered"), rows),
        f"<h3>Answered all the same ({len(answered)})</h3>",
        *answered,
    )
