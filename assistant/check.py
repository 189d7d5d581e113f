"""The last look before an answer goes out: every figure in it must stand in the findings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant import wording
from assistant.conversation import Answer, Block, Status
from assistant.draft import Draft
from assistant.write.figures import day, duration, money
from knowledge.procedure import FeeStatus, Procedure

_FIGURE = re.compile(
    r"https?://[^\s»)]+|(?:[\w-]+\.)+(?:vn|com|net|org|info|io|gov|edu|xyz|top|site|shop)\b(?:/[^\s»)]*)?"
    r"|\d+(?:[.,/:-]\d+)*(?:/[A-ZĐ][\w-]*)?"
)
_MEASURE = re.compile(
    r"(?i)(?>(?<![\d.,/-])(?<!tháng )\d+(?:[.,]\d+)* (?:ngày làm việc|ngày|giờ|tuần|năm|đồng|usd|(?:working day|day|hour|week|month|year)s?)"
    r"|(?<!ngày )\b\d+ tháng|ngày \d+ tháng \d+(?: năm \d+)?)\b(?!(?: làm| năm)? …)"
)
"""A number with what it counts, as one: 5 days must not stand for 5 pages. A text cut short inside one is let be."""

_SMALL = frozenset(str(number) for number in range(60))
"""Bare numbers of lists and counts; with a unit behind them they are measures, and looked up."""


def check(draft: Draft) -> Draft:
    """Let the answer pass, or hold back what no field holds. Nothing unchecked goes out."""
    answer = draft.answer
    procedure = next((finding.procedure for finding in draft.findings if finding.procedure), None)
    if answer is None or procedure is None:
        return draft
    foreign = ungrounded(answer, procedure)
    if not foreign:
        return draft
    language = answer.language
    safe = answer.model_copy(
        update={
            "status": Status.ERROR_UNGROUNDED,
            "blocks": (
                answer.blocks[0],
                Block(text=wording.SAID[Status.ERROR_UNGROUNDED].said_in(language), cites=(1,)),
            ),
            "facts": None,
        }
    )
    return draft.but(answer=safe, notes={**draft.notes, "ungrounded": foreign})


def ungrounded(answer: Answer, procedure: Procedure) -> list[str]:
    """The figures of an answer that the procedure does not hold: amounts, limits, dates, numbers, codes, links."""
    known = _known(procedure)
    told = [line for block in answer.blocks for line in (block.heading, block.text, *block.items)]
    card = answer.facts
    if card:
        told += [*card.papers, *card.fee, *card.time, card.where, card.online, card.url]
    return sorted(_figures(told) - known - _SMALL - _counts(procedure))


_MOST_KEPT = 512
_kept: dict[int, tuple[Procedure, frozenset[str]]] = {}


def _known(procedure: Procedure) -> frozenset[str]:
    """The figures that may be said of a procedure; kept, since the same few hundred are asked for all day."""
    kept = _kept.get(id(procedure))
    if kept is None or kept[0] is not procedure:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        kept = (procedure, frozenset(_figures(_facts(procedure)) | _own_words()))
        _kept[id(procedure)] = kept
    return kept[1]


def _facts(procedure: Procedure) -> Iterable[str]:
    """Everything the record says, as text, and its figures as the writers spell them."""
    yield from _strings(procedure.model_dump(mode="json"))
    for method in procedure.methods:
        for fee in method.fees:
            if fee.amount:
                yield from (money(fee, "vi"), money(fee, "en"))
            if fee.status is FeeStatus.STATED_ZERO:
                yield from (wording.FEE_ZERO.vi, wording.FEE_ZERO.en)
            yield from (day(value) for value in (fee.valid_from, fee.valid_to) if value)
        for limit in method.time_limits:
            yield from (duration(limit, "vi"), duration(limit, "en"))
    for source in procedure.sources:
        yield from (day(value) for value in (source.as_of, source.updated_at) if value)


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif value is not None and not isinstance(value, bool):
        yield f"{value:g}" if isinstance(value, float) else str(value)


def _figures(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for line in texts:
        text = " ".join(line.split())
        found.update(figure.rstrip(".,:") for figure in _FIGURE.findall(text))
        found.update(measure.lower().removesuffix("s") for measure in _MEASURE.findall(text))
    return found


def _counts(procedure: Procedure) -> set[str]:
    """How many papers are left to see."""
    return {str(number) for number in range(len(procedure.papers) + 1)}


def _own_words() -> set[str]:
    """Figures that stand in our own fixed sentences: hotline and emergency numbers."""
    return _figures([wording.HOTLINE, wording.HOTLINE_OUTSIDE, *wording.EMERGENCY_NUMBERS])
