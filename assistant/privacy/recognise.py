"""All personal data of a text: every recogniser is asked, and where two claim the same words the surer one is believed."""

from __future__ import annotations

from itertools import chain

from assistant.privacy.addresses import addresses
from assistant.privacy.birth import births
from assistant.privacy.cues import Cues
from assistant.privacy.digits import numbers
from assistant.privacy.kinds import LABELS, Span
from assistant.privacy.marks import marked_values
from assistant.privacy.names import names
from assistant.privacy.reading import reading


def spans(text: str) -> tuple[Span, ...]:
    """Every value that identifies a person, in order, none overlapping."""
    if not text:
        return ()
    read = reading(text)
    cues = Cues(read.plain)
    claims = chain(births(read), marked_values(read, cues), numbers(read, cues), addresses(read), names(read))
    taken = bytearray(len(text))
    kept: list[Span] = []
    for span in claims:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def mask(text: str) -> str:
    """The text with every value exchanged for what it is: «[số định danh]»."""
    parts: list[str] = []
    end = 0
    for span in spans(text):
        parts += (text[end : span.start], LABELS[span.kind])
        end = span.end
    return "".join((*parts, text[end:]))
