"""What language models are told: a Markdown file a step, each with its version on the first line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.text import fold_word, syllables

_VERSION = re.compile(r"<!-- version (\d+) -->\n")


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words of a step."""

    name: str
    version: int
    text: str


_STEPS = ("plan", "write", "repair", "fill")
_IN_A_ROW = 12
"""So many words of a prompt in a row are no accident."""


def repeats_a_prompt(text: str) -> bool:
    """Whether a text has words of a prompt in a row: what models are told is nobody's answer."""
    words = [fold_word(word) for word in syllables(text)]
    runs = zip(*(words[start:] for start in range(_IN_A_ROW)), strict=False)
    return any(run in _runs() for run in runs)


@lru_cache(maxsize=1)
def _runs() -> frozenset[tuple[str, ...]]:
    told = [[fold_word(word) for word in syllables(prompt(step).text)] for step in _STEPS]
    return frozenset(
        tuple(words[start : start + _IN_A_ROW]) for words in told for start in range(len(words) - _IN_A_ROW + 1)
    )


@lru_cache(maxsize=8)
def prompt(name: str) -> Prompt:
    """The prompt of a step.

    Raises:
        ValueError: its first line names no version.

    """
    text = (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")
    head = _VERSION.match(text)
    if head is None:
        raise ValueError(f"{name}.md must begin with «<!-- version N -->»")
    return Prompt(name, int(head.group(1)), text[head.end() :].strip())
