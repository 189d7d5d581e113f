"""Whether somebody died: condolence is said to those who lost somebody, and to nobody whose bike died."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.screening.phrases import Phrases, load, read


@dataclass(frozen=True, slots=True)
class _Words:
    figures: Phrases
    told: Phrases


def tells_of_death(text: str) -> bool:
    """Whether a message tells of a person's death, or asks what follows from one: a funeral, a death certificate."""
    words = _words()
    return words.told(words.figures.without(read(text)))


def is_figure(text: str) -> bool:
    """Whether it has death in a figure of speech alone: «chết rồi, quên mang giấy», «xe chết máy»."""
    return _words().figures(read(text)) and not tells_of_death(text)


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load("mourning")
    return _Words(Phrases.of(data["figures"], data["names"]), Phrases.of(data["told"], data["names"]))
