"""A figure, what was promised of it, and how both are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured; a latency has p50 and p95, anything else a value."""

    name: str
    unit: str
    value: float | None = None
    p50: float | None = None
    p95: float | None = None
    target: float | None = None
    """The most it may be; the least where `at_least`."""
    at_least: bool = False
    of: str = "value"
    """Which of the three the target is about."""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the promise holds; None where nothing was promised."""
        reached: float | None = getattr(self, self.of)
        if self.target is None or reached is None:
            return None
        return reached >= self.target if self.at_least else reached <= self.target

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {**asdict(self), "met": self.met}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One way of searching, measured beside the others."""

    name: str
    measured: dict[str, Any]
    """`seconds` to build, `peak_mb`, `resident_mb`, `p50`, `p95`, `hit@1`, `hit@5`, `passages`."""
    note: str = ""

    def beside(self, ours: Pipeline) -> str:
        """How many times as long and as large as ours, and how many points of hit rate it gains or loses."""
        if self is ours or not self.measured:
            return self.note
        them, us = self.measured, ours.measured
        times = [
            f"{word} ×{them[key] / us[key]:.2g}"
            for word, key in (("build", "seconds"), ("peak", "peak_mb"), ("query", "p50"))
        ]
        return ", ".join([*times, *(f"{key} {(them[key] - us[key]) * 100:+.1f}" for key in ("hit@1", "hit@5"))])

    def as_json(self, ours: Pipeline) -> dict[str, Any]:
        """For `--json`."""
        return {"name": self.name, **self.measured, "to_ours": self.beside(ours)}


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures, one a line, each beside its target."""
    rows = [["", "value", "p50", "p95", "unit", "target", "", ""]]
    for figure in figures:
        sign = ">=" if figure.at_least else "<="
        target = (
            ""
            if figure.target is None
            else f"{'' if figure.of == 'value' else figure.of + ' '}{sign} {figure.target:g}"
        )
        verdict = {True: "met", False: "NOT MET", None: ""}[figure.met]
        numbers = [_number(value) for value in (figure.value, figure.p50, figure.p95)]
        rows.append([figure.name, *numbers, figure.unit, target, verdict, figure.note])
    return aligned(rows, numbers=(1, 2, 3))


def side_by_side(pipelines: Sequence[Pipeline]) -> list[str]:
    """The pipelines, ours first, with ratios to it."""
    keys = ("passages", "seconds", "peak_mb", "resident_mb", "p50", "p95", "hit@1", "hit@5")
    heads = ("passages", "build s", "peak MB", "after MB", "query p50 ms", "p95 ms", "hit@1", "hit@5")
    rows = [["", *heads, "to ours"]]
    for pipeline in pipelines:
        told = pipeline.measured
        cells = [f"{told[key]:.3f}" if key.startswith("hit") else _number(told[key]) for key in keys] if told else []
        rows.append([pipeline.name, *(cells or ["–"] * len(keys)), pipeline.beside(pipelines[0])])
    return aligned(rows, numbers=tuple(range(1, len(keys) + 1)))


def aligned(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> list[str]:
    """Columns as wide as their widest cell, numbers to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
