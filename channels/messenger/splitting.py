"""Cuts a long answer into messages, where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

Count = Callable[[str], int]

_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n\s*")
_LINE: Final = re.compile(r"[ \t]*\n[ \t]*")
_SENTENCE: Final = re.compile(r"(?<=\w{3}[.!?…;])[ \t]+(?=[^\W\d_a-z]|[«“•])")
_WORD: Final = re.compile(r"(?<!\d)[ \t]+|[ \t]+(?!\d)")
"""Not between two groups of one number: «0236 388 1888»."""
_ANY: Final = re.compile(r"\s+")
_PLACES: Final = ((_PARAGRAPH, 3), (_LINE, 3), (_SENTENCE, 2), (_WORD, 1_000), (_ANY, 1_000))
"""Where to cut, best first; a cut counts only if the piece is at least one such part of a message, so that none is tiny."""


def utf16(text: str) -> int:
    """The length of a text as Telegram counts it: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, most: int, count: Count = utf16) -> tuple[str, ...]:
    """The text in pieces of at most so many characters; joined they give it again, apart from white space.

    It is cut between paragraphs, else lines, else sentences, else words: inside a word, an address or a number only
    where that alone is longer than a message.
    """
    pieces, left = [], text.strip()
    while count(left) > most:
        end, after = _cut(left, _fitting(left, most, count))
        pieces.append(left[:end].rstrip())
        left = left[after:].lstrip()
    return (*pieces, left) if left else tuple(pieces)


def shorten(text: str, most: int, count: Count = utf16) -> str:
    """A text of one line cut at a word, with «…», so that it fits on a button."""
    line = " ".join(text.split())
    if count(line) <= most:
        return line
    fitting = line[: _fitting(line, most - 1, count)]
    words = fitting.rfind(" ") if line[len(fitting)].isalnum() else len(fitting)
    kept = fitting[:words] if words > most // 2 else fitting
    return kept.rstrip(" ,;:–-(«“") + "…"


def _fitting(text: str, most: int, count: Count) -> int:
    """So many characters from the beginning fit."""
    end = min(len(text), most)
    while end > 1 and count(text[:end]) > most:
        end -= max(1, (count(text[:end]) - most) // 2)
    return max(end, 1)


def _cut(text: str, fitting: int) -> tuple[int, int]:
    """Where a piece ends and where the next begins."""
    window = text[: fitting + 1]
    for place, part in _PLACES:
        cuts = [found for found in place.finditer(window) if found.start() <= fitting]
        if cuts and cuts[-1].start() * part >= fitting and cuts[-1].start():
            return cuts[-1].start(), cuts[-1].end()
    return fitting, fitting
