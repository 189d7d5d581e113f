"""The shapes of what an evaluation measures: in memory, in the JSON, and in the page."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Rates = TypedDict("Rates", {"n": int, "hit@1": float, "hit@3": float, "hit@5": float, "hit@10": float, "mrr": float})
"""How often a right procedure came first, or among the first few; the mean of one over its rank."""

RateName = Literal["hit@1", "hit@3", "hit@5", "hit@10", "mrr"]
RATES: tuple[RateName, ...] = ("hit@1", "hit@3", "hit@5", "hit@10", "mrr")

Bin = TypedDict("Bin", {"from": float, "to": float, "n": int, "confidence": float | None, "right": float | None})
"""The questions of one range of confidence: their mean confidence and how many were right."""


class Calibration(TypedDict):
    """How well confidences keep their word."""

    ece: float
    brier: float
    bins: list[Bin]


class Outcomes(TypedDict):
    """What people with a question in scope met with: shares of all, which sum to one; then how good each kind is."""

    n: int
    answered_right: float
    answered_wrong: float
    asked_back_with: float
    asked_back_without: float
    turned_away: float
    answer_precision: float | None
    """Of those answered, the share that was told a right procedure."""
    ask_back_precision: float | None
    """Of those asked back, the share that found a right one among the choices."""


class Ambiguous(TypedDict):
    """What people met with who could have meant several procedures."""

    n: int
    offered: float
    """The mean share of what could be meant that was told or offered."""
    all_offered_held_out: float
    """`all_offered` of the even-numbered ones, on which no curve was fitted."""
    all_offered: float
    """All that had to be offered were told or offered: asked back, or beside an answer."""
    all_offered_asking: float
    """Of these the ones that were asked back."""
    asked_back: float
    answered_at_once: float
    turned_away: float


class Refused(TypedDict):
    """How often a question that no procedure answers was not answered."""

    n: int
    not_answered: float
    turned_away: float
    """Of these the ones that were not asked back either."""


class OutOfScope(Refused):
    """The same, and by what they were about."""

    mean_confidence: float
    kind: dict[str, Refused]


class Speed(TypedDict):
    """Milliseconds that the search alone took."""

    p50: float
    p95: float


class Figures(TypedDict):
    """Everything that is measured of one catalogue."""

    all: Rates
    held_out: Rates
    speech: dict[str, Rates]
    section: dict[str, Rates]
    field: dict[str, Rates]
    origin: dict[str, Rates]
    phrasings: dict[str, Rates]
    """`seen` and `unseen`: whether the right procedure has phrasings."""
    noise_gap: float
    calibration: Calibration
    calibration_with_out_of_scope: Calibration
    """The same with the questions out of scope, where no first hit is right."""
    outcomes: Outcomes
    ambiguous: Ambiguous
    out_of_scope: OutOfScope
    speed: Speed


class Baseline(TypedDict):
    """Another way of looking, over the same records and questions."""

    title: str
    skipped: str
    """Why it was not run; empty where it was."""
    all: NotRequired[Rates]
    held_out: NotRequired[Rates]
    ranks: NotRequired[dict[str, int]]
    """By the id of the question."""


class Unseen(TypedDict):
    """The procedures of one fold, with their phrasings taken out of index and training."""

    fold: int
    folds: int
    procedures: int
    """How many procedures lost their phrasings."""
    without: Rates
    with_phrasings: Rates
    """The same questions of the catalogue as it is."""


class Entry(TypedDict):
    """What came of one question."""

    id: str
    group: str
    question: str
    speech: str
    section: str
    kind: str
    codes: list[str]
    rank: int
    first: str
    """The code that came first; empty where none came."""
    confidence: float
    outcome: str
    choices: list[str]


class Report(TypedDict):
    """One run: what `--json` writes and `--compare` reads."""

    format: int
    at: str
    catalogue: str
    procedures: int
    build: str
    embedder: str
    figures: Figures
    results: list[Entry]
    titles: dict[str, str]
    """Of every procedure among the results, by code."""
    baselines: NotRequired[dict[str, Baseline]]
    unseen: NotRequired[Unseen]
