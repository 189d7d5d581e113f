"""`python -m evals.forms`: the figures as a table, then what went wrong where nobody is to look away."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from evals.forms.score import Rates, Report, run


def lines(report: Report) -> Iterator[str]:
    """The report, line by line. What is held out is counted and not shown."""
    yield f"{report.cases} messages"
    yield f"{'':<18}{'told':>6}{'found':>7}{'precision':>11}{'recall':>8}"
    for name, rates in report.rates.items():
        yield _row(name, rates)
    for wrong in report.wrong:
        if not wrong.case.held:
            yield f"{wrong.case.id} «{wrong.case.text}» missed {dict(wrong.missed)} made up {dict(wrong.made_up)}"


def _row(name: str, rates: Rates) -> str:
    return f"{name:<18}{rates.told:>6}{rates.found:>7}{rates.precision:>11.3f}{rates.recall:>8.3f}"


def main() -> None:
    """Print the figures."""
    sys.stdout.write("\n".join(lines(run())) + "\n")


if __name__ == "__main__":
    main()
