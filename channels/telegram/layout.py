"""How buttons stand below a message, and what Telegram counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from channels.messenger.contract import Button, Limits

LIMITS = Limits(text=4096, buttons=10, label=60, documents=True)
MOST_CAPTION = 1024

_ROW = 26
"""So many characters fit side by side on a small phone."""
_MOST_IN_ROW = 3


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units, of which an emoji takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def rows(buttons: Sequence[Button]) -> Iterator[tuple[Button, ...]]:
    """The rows of a keyboard: short labels share one, a long one has its own."""
    row: list[Button] = []
    for button in buttons:
        # All buttons of a row are as wide as the widest.
        widest = max(len(one.label) for one in (*row, button))
        if row and (len(row) == _MOST_IN_ROW or widest * (len(row) + 1) > _ROW):
            yield tuple(row)
            row = []
        row.append(button)
    if row:
        yield tuple(row)


def cut(text: str, most: int) -> str:
    """The text, cut with «…» where Telegram would not take it."""
    if units(text) <= most:
        return text
    kept = text[:most]
    while units(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"
