"""What figures and outcomes are called where people read them: in the terminal and in the page."""

from __future__ import annotations

from collections.abc import Iterator

from evals.retrieval.figures import Figures, Outcomes, Rates, Report
from evals.retrieval.outcomes import Verdict

VERDICTS = {
    Verdict.ANSWERED_RIGHT: "answered right",
    Verdict.ANSWERED_WRONG: "answered wrong",
    Verdict.ASKED_BACK_WITH: "asked back, right one offered",
    Verdict.ASKED_BACK_WITHOUT: "asked back without it",
    Verdict.TURNED_AWAY: "turned away",
}

_LEAST_IN_FIELD = 8
"""Questions from which a field has a row of its own; the others are in the JSON."""

Section = tuple[str, list[tuple[str, Rates]]]
"""A heading, and the groups under it."""


def headline(report: Report) -> str:
    """What was measured, in a line."""
    day, _, time = report["at"].partition("T")
    return f"{report['catalogue']}: {report['procedures']:,} procedures, {day} {time[:5]}, index {report['build']}"


def sections(figures: Figures) -> Iterator[Section]:
    """The ranking figures in the order in which they are read."""
    yield "", [("all", figures["all"]), ("held out (even)", figures["held_out"])]
    yield "by speech", list(figures["speech"].items())
    yield "by what is asked", list(figures["section"].items())
    yield "by origin of the right record", list(figures["origin"].items())
    yield "by phrasings of the right procedure", list(figures["phrasings"].items())
    fields = [(name, told) for name, told in figures["field"].items() if told["n"] >= _LEAST_IN_FIELD]
    yield f"by field, of {_LEAST_IN_FIELD} questions or more", sorted(fields, key=lambda field: -field[1]["n"])


def outcome_rows(outcomes: Outcomes) -> list[tuple[str, float]]:
    """The shares of each verdict."""
    return [
        (VERDICTS[Verdict.ANSWERED_RIGHT], outcomes["answered_right"]),
        (VERDICTS[Verdict.ANSWERED_WRONG], outcomes["answered_wrong"]),
        (VERDICTS[Verdict.ASKED_BACK_WITH], outcomes["asked_back_with"]),
        (VERDICTS[Verdict.ASKED_BACK_WITHOUT], outcomes["asked_back_without"]),
        (VERDICTS[Verdict.TURNED_AWAY], outcomes["turned_away"]),
    ]


def other_rows(figures: Figures) -> list[tuple[str, str]]:
    """The figures that stand alone, each with its words."""
    outcomes, ambiguous, outside = figures["outcomes"], figures["ambiguous"], figures["out_of_scope"]
    inside, overall, speed = figures["calibration"], figures["calibration_with_out_of_scope"], figures["speed"]
    return [
        ("of those answered, right", _share(outcomes["answer_precision"])),
        ("of those asked back, right one offered", _share(outcomes["ask_back_precision"])),
        ("noise gap to plain, right first", _share(figures["noise_gap"])),
        (f"ambiguous ({ambiguous['n']}): of those meant, offered", _share(ambiguous["offered"])),
        ("ambiguous: all meant ones offered", _share(ambiguous["all_offered"])),
        ("ambiguous: all meant ones offered, held out (even)", _share(ambiguous["all_offered_held_out"])),
        ("ambiguous: all meant ones offered by asking back", _share(ambiguous["all_offered_asking"])),
        ("ambiguous: asked back", _share(ambiguous["asked_back"])),
        ("ambiguous: answered at once", _share(ambiguous["answered_at_once"])),
        ("ambiguous: turned away", _share(ambiguous["turned_away"])),
        (f"out of scope ({outside['n']}): not answered", _share(outside["not_answered"])),
        ("out of scope: turned away", _share(outside["turned_away"])),
        ("ECE, in scope", _share(inside["ece"])),
        ("Brier, in scope", _share(inside["brier"])),
        ("ECE, with out of scope", _share(overall["ece"])),
        ("Brier, with out of scope", _share(overall["brier"])),
        ("search alone, p50 / p95", f"{speed['p50']:.1f} / {speed['p95']:.1f} ms"),
    ]


def baseline_rows(report: Report) -> list[tuple[str, Rates | None, str]]:
    """Ours and each other way of looking: title, its figures where it was run, why not where it was not."""
    rows: list[tuple[str, Rates | None, str]] = [("ours", report["figures"]["all"], "")]
    rows += [(told["title"], told.get("all"), told["skipped"]) for told in report.get("baselines", {}).values()]
    return rows


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
