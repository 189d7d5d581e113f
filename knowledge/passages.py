"""What of a procedure can be found: its names and sayings one by one, and its body as one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.procedure import Level, Passage, Procedure, Section
from knowledge.text import fold, one_line

_BODY_CHARACTERS = 4_000
"""Longer bodies (steps of twenty pages) drown the words that matter."""

PASSAGES_VERSION = 2
"""Raise it when the same procedure would give other passages: every index is then built anew."""


def names(procedure: Procedure, sayings: Sequence[str] = ()) -> tuple[Passage, ...]:
    """The official title, the plain name and each way of saying it, every one a passage of its own."""
    plain = procedure.plain_name
    said = [
        procedure.name,
        *([plain.vi, plain.en] if plain else []),
        *procedure.synonyms,
        *procedure.synonyms_en,
        *sayings,
    ]
    unique = dict.fromkeys(one_line(text) for text in said if text)
    return tuple(Passage(code=procedure.code, section=Section.OVERVIEW, text=text) for text in unique)


def body(procedure: Procedure) -> Passage:
    """Everything else that tells what the procedure is about, the most telling first."""
    text = " . ".join(one_line(part) for part in _body_parts(procedure) if part)
    return Passage(code=procedure.code, section=Section.CONDITIONS, text=text[:_BODY_CHARACTERS])


TRAITS = ("ward", "province", "ministry", "citizen", "business", "foreign")
"""Who settles a procedure and who may ask for it, as signs that a ranker can weigh."""

_AUDIENCE = {
    "citizen": ("cong dan", "than nhan"),
    "business": ("doanh nghiep", "hop tac xa", "ho kinh doanh"),
    "foreign": ("nuoc ngoai",),
}


def traits(procedure: Procedure) -> tuple[bool, ...]:
    """Which of `TRAITS` a procedure has."""
    levels = (level in procedure.levels for level in (Level.WARD, Level.PROVINCE, Level.MINISTRY))
    told = " ".join(fold(subject.vi).replace("khong bao gom doanh nghiep", "") for subject in procedure.audience)
    return (*levels, *(any(sign in told for sign in _AUDIENCE[trait]) for trait in TRAITS[3:]))


def _body_parts(procedure: Procedure) -> Iterator[str]:
    yield procedure.name
    if procedure.plain_name:
        yield procedure.plain_name.vi
    if procedure.summary:
        yield procedure.summary.vi
    yield procedure.field
    yield from (result.vi for result in procedure.results)
    yield from (case.name for case in procedure.cases)
    yield from (paper.name.vi for paper in procedure.real_papers)
    yield from (condition.vi for condition in procedure.conditions)
