"""`python -m evals.privacy`: the figures as a table, then what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from evals.privacy.cases import Value
from evals.privacy.score import Rates, Report, Wrong, run


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    yield f"{report.cases} cases, masked for nothing: {', '.join(report.masked_for_nothing) or 'none'}"
    yield f"{'':<18}{'there':>7}{'found':>7}{'precision':>11}{'recall':>8}{'F1':>7}"
    for name, rates in (*report.whole.items(), ("by characters", report.characters)):
        yield _row(name, rates)
    for wrong in report.wrong:
        yield _told(wrong)


def _row(name: str, rates: Rates) -> str:
    figures = f"{rates.precision:>11.3f}{rates.recall:>8.3f}{rates.f1:>7.3f}"
    return f"{name:<18}{rates.there:>7}{rates.found:>7}{figures}"


def _told(wrong: Wrong) -> str:
    def words(values: tuple[Value, ...]) -> str:
        return ", ".join(f"{kind} «{wrong.case.text[start:end]}»" for start, end, kind in values) or "nothing"

    return f"{wrong.case.id} {wrong.case.text!r}: missed {words(wrong.missed)}; masked {words(wrong.too_much)}"


def main() -> None:
    """Print the figures."""
    sys.stdout.write("\n".join(lines(run())) + "\n")


if __name__ == "__main__":
    main()
