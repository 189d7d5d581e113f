"""The least that the shipped catalogue must reach, read from `thresholds.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from evals.retrieval.errors import EvaluationError
from evals.retrieval.figures import Figures

THRESHOLDS = Path(__file__).with_name("thresholds.yaml")

_MEASURES: dict[str, Callable[[Figures], float]] = {
    "hit_at_1": lambda figures: figures["all"]["hit@1"],
    "hit_at_1_held_out": lambda figures: figures["held_out"]["hit@1"],
    "hit_at_5": lambda figures: figures["all"]["hit@5"],
    "noise_gap": lambda figures: figures["noise_gap"],
    "english_hit_at_1": lambda figures: figures["speech"]["english"]["hit@1"],
    "short_hit_at_1": lambda figures: figures["speech"]["short"]["hit@1"],
    "turned_away": lambda figures: figures["outcomes"]["turned_away"],
    "answered_wrong": lambda figures: figures["outcomes"]["answered_wrong"],
    "out_of_scope_not_answered": lambda figures: figures["out_of_scope"]["not_answered"],
    "ambiguous_offered": lambda figures: figures["ambiguous"]["offered"],
    "ambiguous_all_offered": lambda figures: figures["ambiguous"]["all_offered"],
    "ece": lambda figures: figures["calibration"]["ece"],
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """One figure and its bound."""

    name: str
    bound: float
    at_least: bool
    """Whether the figure must not fall below the bound; else it must not rise above."""

    def measured(self, figures: Figures) -> float:
        """The figure of a run."""
        return _MEASURES[self.name](figures)

    def is_met(self, figures: Figures) -> bool:
        """Whether a run keeps within the bound."""
        measured = self.measured(figures)
        return measured >= self.bound if self.at_least else measured <= self.bound


def load(path: Path = THRESHOLDS) -> list[Threshold]:
    """The thresholds of a file, which has a line for every figure that can be bounded.

    Raises:
        EvaluationError: a line is missing, unknown, or no bound.

    """
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict) or set(told) != set(_MEASURES):
        raise EvaluationError(f"{path.name} must have exactly these lines: {', '.join(_MEASURES)}.")
    return [_threshold(name, line, path) for name, line in told.items()]


def _threshold(name: str, line: object, path: Path) -> Threshold:
    match line:
        case {"at_least": float() | int() as bound, **rest} if not rest:
            return Threshold(name, float(bound), at_least=True)
        case {"at_most": float() | int() as bound, **rest} if not rest:
            return Threshold(name, float(bound), at_least=False)
    raise EvaluationError(f"{path.name}: «{name}» must be {{at_least: 0.87}} or {{at_most: 0.05}}.")
