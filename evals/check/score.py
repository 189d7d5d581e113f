"""How much of what is false is caught, and how much of what is true goes through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter

from assistant.check import Problem, check_text
from assistant.checking.prose import plain
from evals.bench.timing import percentile
from evals.check.made import TRUE, Case, cases
from knowledge.text import place_tones


@dataclass(slots=True)
class Count:
    """So many of so many."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """The share that is right; 1 of none."""
        return round(self.right / self.of, 4) if self.of else 1.0


@dataclass(slots=True)
class Report:
    """What came of a run; the falsehoods by kind, the true texts under `true`."""

    tuned: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    held_out: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    wrong: list[tuple[Case, tuple[Problem, ...]]] = field(default_factory=list)
    """Falsehoods that went through, and true texts that were held back."""
    milliseconds: list[float] = field(default_factory=list)

    def share(self, kind: str) -> float:
        """The share of a kind that was judged right, held out or not."""
        return Count(
            self.tuned[kind].right + self.held_out[kind].right, self.tuned[kind].of + self.held_out[kind].of
        ).share

    @property
    def table(self) -> str:
        """The figures as lines of text."""
        lines = [f"{'kind':16}{'frames seen':>14}{'held out':>12}{'of':>6}"]
        for kind, seen in self.tuned.items():
            held = self.held_out[kind]
            lines.append(f"{kind:16}{seen.share:>14.4f}{held.share:>12.4f}{seen.of + held.of:>6}")
        middle, late = (percentile(self.milliseconds, share) for share in (0.5, 0.95))
        return "\n".join([*lines, f"a text takes {middle:.2f} ms in the middle, {late:.2f} ms at 95 %"])


def run(made: Iterable[Case] | None = None) -> Report:
    """Check every case, and count."""
    report = Report()
    for case in cases() if made is None else made:
        begun = perf_counter()
        problems = check_text(case.text, case.finding, case.said)
        report.milliseconds.append((perf_counter() - begun) * 1e3)
        right = not problems if case.kind == TRUE else is_caught(case, problems)
        count = (report.held_out if case.held_out else report.tuned)[case.kind]
        count.of += 1
        count.right += right
        if not right:
            report.wrong.append((case, problems))
    return report


def is_caught(case: Case, problems: Iterable[Problem]) -> bool:
    """Whether a problem lies in the planted sentence; one elsewhere is luck."""
    planted = place_tones(plain(case.planted))
    return any(problem.text in planted for problem in problems)
