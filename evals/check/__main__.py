"""`python -m evals.check`: the figures, and what went wrong with frames that may be looked at."""

from __future__ import annotations

import sys

from evals.check.score import run


def main() -> None:
    """Print the table, then each miss of the frames that are not held out."""
    report = run()
    lines = [report.table]
    for case, problems in report.wrong:
        if not case.held_out:
            told = "; ".join(map(str, problems)) or "nothing told"
            lines.append(
                f"{case.id} ({case.finding.procedure and case.finding.procedure.code}): {case.planted or case.text!r}: {told}"
            )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
