"""Is a question copied from what the index holds? Pairs of texts that share most of their parts, found fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from knowledge.text import fold, syllables

Parts = frozenset[str]
"""What of a text is compared: its words, or its sequences of letters."""

Numbers = npt.NDArray[np.float64]

Likeness = Callable[[Numbers, int, Numbers], Numbers]
"""How alike a text is to many: from the parts it shares with each, its own number of parts, and that of each."""

_GRAM = 4
_SHORTEST = 20
"""Characters from which sequences of letters tell anything."""


def words(text: str) -> Parts:
    """The syllables without marks."""
    return frozenset(syllables(fold(text)))


def grams(text: str) -> Parts:
    """The sequences of four characters, without marks; none of a text that is too short to tell."""
    plain = " ".join(syllables(fold(text)))
    starts = range(len(plain) - _GRAM + 1) if len(plain) >= _SHORTEST else ()
    return frozenset(plain[start : start + _GRAM] for start in starts)


def jaccard(shared: Numbers, own: int, others: Numbers) -> Numbers:
    """What both have, as a share of what either has."""
    return shared / np.maximum(own + others - shared, 1)


def cosine(shared: Numbers, own: int, others: Numbers) -> Numbers:
    """What both have, as a share of the geometric mean of what each has."""
    return shared / np.maximum(np.sqrt(own * others), 1)


def near_pairs(
    asked: Sequence[Parts], told: Sequence[Parts], least: float, likeness: Likeness
) -> list[tuple[int, int]]:
    """The places of every two texts, one of each list, that are at least so alike."""
    places, sizes = _places(told), np.array([len(parts) for parts in told], dtype=np.float64)
    pairs: list[tuple[int, int]] = []
    for place, parts in enumerate(asked):
        held = [places[part] for part in parts if part in places]
        if held:
            shared = np.bincount(np.concatenate(held), minlength=len(told)).astype(np.float64)
            near = np.flatnonzero(likeness(shared, len(parts), sizes) >= least)
            pairs += [(place, int(other)) for other in near]
    return pairs


def _places(texts: Iterable[Parts]) -> dict[str, npt.NDArray[np.intp]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, parts in enumerate(texts):
        for part in parts:
            places[part].append(place)
    return {part: np.array(found, dtype=np.intp) for part, found in places.items()}
