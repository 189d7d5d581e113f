"""Making clean text as it arrives: typed on a bad keyboard, shortened, written down from a call. For training and for tests.

Every function draws from the generator it is given, so the same seed makes the same noise.
"""

from __future__ import annotations

import random

from knowledge import keyboards, sounds, speech
from knowledge.text import fold, has_diacritics, syllables

_SHARE = 0.25
"""How many words of a text a kind of noise touches."""

_LEFT_OUT = 0.05
"""How many words somebody in a hurry does not type at all."""


def without_marks(text: str, chosen: random.Random) -> str:  # noqa: ARG001 - one signature for all kinds
    """Typed without diacritics."""
    return fold(text)


def misheard(text: str, chosen: random.Random) -> str:
    """As a listener writes it down: lower case, no punctuation, some sounds changed."""
    words = (_one_of(sounds.heard(word), word, chosen) for word in syllables(text))
    return " ".join(words)


def mistyped(text: str, chosen: random.Random) -> str:
    """With the keys of Telex left in some words."""
    words = syllables(text)
    keys = ((keyboards.typed_as_telex(word),) if has_diacritics(word) else () for word in words)
    return " ".join(_one_of(typed, word, chosen) for typed, word in zip(keys, words, strict=True))


def shortened(text: str, chosen: random.Random) -> str:
    """In the short forms of chats wherever there is one, a few words left out."""
    table = speech.Phrases((full, chosen.choice(short)) for full, short in speech.short_forms().items())
    words = speech.exchange(syllables(text), table)
    return " ".join(word for word in words if chosen.random() >= _LEFT_OUT)


KINDS = (without_marks, misheard, mistyped, shortened)


def _one_of(changed: tuple[str, ...], word: str, chosen: random.Random) -> str:
    return chosen.choice(changed) if changed and chosen.random() < _SHARE else word
