"""Plots as inline SVG. The only door to matplotlib, which is imported when a plot is drawn."""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Sequence
from typing import Any

from evals.retrieval.calibration import Judged, risk_coverage, wilson
from evals.retrieval.errors import EvaluationError
from evals.retrieval.figures import Calibration, Rates

_INK, _FIRST, _FIVE, _FAINT = "#1a1a1a", "#0b5394", "#e69138", "#c9d3dd"
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "tro-ly",
    "font.family": "sans-serif",
    "font.sans-serif": ["Noto Sans", "DejaVu Sans"],
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
}
_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_PROLOGUE = re.compile(r"\A.*?(?=<svg)", re.DOTALL)
_SIZE = re.compile(r'(<svg[^>]*?) width="[^"]*"| height="[^"]*"(?=[^>]*viewBox)')
_NAME = re.compile(r'(\bid="|href="#|url\(#)')


def reliability(calibration: Calibration) -> str:
    """How often each range of confidence was right, with the number of its questions."""
    figure, (above, below) = _figure(5.0, 5.0, rows=2, heights=(3, 1))
    filled = [told for told in calibration["bins"] if told["n"]]
    above.plot((0, 1), (0, 1), color=_FAINT, linestyle="--", label="keeps its word")
    above.plot([b["confidence"] for b in filled], [b["right"] for b in filled], "o-", color=_FIRST, label="measured")
    above.set(xlim=(0, 1), ylim=(0, 1.03), ylabel="share right")
    above.legend(frameon=False, loc="upper left")
    bars = below.bar([b["from"] + 0.05 for b in filled], [b["n"] for b in filled], width=0.085, color=_FAINT)
    below.bar_label(bars, fontsize=9)
    below.set(xlim=(0, 1), xlabel="confidence in the first hit", ylabel="questions")
    below.margins(y=0.3)
    return _svg(figure, "reliability", "Reliability: share right by confidence, with the questions of each bin")


def by_speech(speech: dict[str, Rates]) -> str:
    """hit@1 and hit@5 of each way of speaking, with 95 % Wilson intervals."""
    figure, (axes,) = _figure(5.0, 0.55 * len(speech) + 1.1)
    rows = list(speech.items())[::-1]
    for offset, key, colour in ((0.2, "hit@1", _FIRST), (-0.2, "hit@5", _FIVE)):
        values = [told["hit@1"] if key == "hit@1" else told["hit@5"] for _, told in rows]
        spans = [wilson(value, told["n"]) for value, (_, told) in zip(values, rows, strict=True)]
        errors = [
            [max(value - low, 0) for value, (low, _) in zip(values, spans, strict=True)],
            [max(high - value, 0) for value, (_, high) in zip(values, spans, strict=True)],
        ]
        places = [place + offset for place in range(len(rows))]
        axes.barh(places, values, 0.36, xerr=errors, color=colour, ecolor=_INK, capsize=2.5, label=key)
    axes.set_yticks(range(len(rows)), [f"{name} ({told['n']})" for name, told in rows])
    axes.set(xlim=(0, 1.02))
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.4, 1), ncols=2)
    return _svg(figure, "speech", "hit@1 and hit@5 by speech, with 95 % intervals")


def risk(in_scope: Judged, everything: Judged) -> str:
    """The share of wrong first hits among the surest questions, the fewer the surer."""
    figure, (axes,) = _figure(5.0, 3.6)
    for judged, colour, name in ((in_scope, _FIRST, "in scope"), (everything, _FIVE, "with out of scope")):
        points = risk_coverage(judged)
        axes.plot([coverage for coverage, _ in points], [wrong for _, wrong in points], color=colour, label=name)
    axes.set(xlim=(0, 1), xlabel="share of questions answered, the surest first", ylabel="share wrong among them")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, loc="upper left")
    return _svg(figure, "risk", "Risk and coverage: wrong first hits among the surest questions")


def baselines(rows: Sequence[tuple[str, Rates]]) -> str:
    """hit@1 and hit@5 of ours and of other ways of looking."""
    figure, (axes,) = _figure(5.0, 0.6 * len(rows) + 1.1)
    rows = rows[::-1]
    for offset, key, colour in ((0.2, "hit@1", _FIRST), (-0.2, "hit@5", _FIVE)):
        values = [told["hit@1"] if key == "hit@1" else told["hit@5"] for _, told in rows]
        bars = axes.barh([place + offset for place in range(len(rows))], values, 0.36, color=colour, label=key)
        axes.bar_label(bars, fmt="%.2f", padding=2, fontsize=9)
    axes.set_yticks(range(len(rows)), [name.replace(", ", ",\n", 1) for name, _ in rows])
    axes.set(xlim=(0, 1.1))
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.4, 1), ncols=2)
    return _svg(figure, "baselines", "hit@1 and hit@5 of ours and of other ways of looking")


def _figure(width: float, height: float, rows: int = 1, heights: Sequence[float] = (1,)) -> tuple[Any, list[Any]]:
    if importlib.util.find_spec("matplotlib") is None:
        raise EvaluationError("--html draws with matplotlib, which is not installed: run `make setup`.")
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots(rows, 1, sharex=True, height_ratios=heights, squeeze=False)
    return figure, list(axes[:, 0])


def _svg(figure: Any, name: str, title: str) -> str:
    """The figure as an element of a page: no prologue, as wide as there is room, its names its own."""
    import matplotlib as mpl

    file = io.StringIO()
    with mpl.rc_context(_STYLE):
        figure.savefig(file, format="svg", metadata=_METADATA)
    svg = _SIZE.sub(r"\1", _PROLOGUE.sub("", file.getvalue()))
    svg = _NAME.sub(lambda match: f"{match.group(1)}{name}-", svg)
    return svg.replace("<svg", f'<svg role="img" aria-label="{title}"', 1)
