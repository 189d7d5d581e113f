"""A label and the words behind it, said once: «Lệ phí: 50.000 đồng», where the words begin with a label of their own."""

from __future__ import annotations

from functools import cache

from assistant import wording_fields
from knowledge.procedure import Language, Section


def labelled(section: Section, label: str, words: str, language: Language) -> tuple[str, str]:
    """The label to write before the words, and the words without any. What kind of fee it is says more than «Phí, lệ phí»."""
    first, colon, _ = words.partition(":")
    kinds = [kind.said_in(language) for kind in wording_fields.FEE_KINDS.values()]
    kind = first.strip() if section is Section.FEE and colon and first.strip() in kinds else ""
    return kind or label, unlabelled(section, words)


def unlabelled(section: Section, words: str) -> str:
    """The words of a part without the label that they begin with, however often and in whichever language."""
    first, colon, rest = words.partition(":")
    while colon and rest.strip() and first.strip().lower() in _labels(section):
        words = rest.strip()
        first, colon, rest = words.partition(":")
    return words


@cache
def _labels(section: Section) -> frozenset[str]:
    told = (wording_fields.HEADINGS[section], *wording_fields.OWN_LABELS.get(section, ()))
    return frozenset(name.lower() for text in told for name in (text.vi, text.en))
