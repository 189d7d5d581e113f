"""The last look before an answer goes out: every figure in it must stand in the findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant import wording, wording_fields, wording_places
from assistant.checking.claims import Problem
from assistant.checking.evidence import LATE, strings
from assistant.checking.judging import check_text
from assistant.checking.mending import mend
from assistant.consents import Purpose, words
from assistant.conversation import Answer, Block, Status
from assistant.draft import Draft, Finding
from assistant.forms.definition import forms
from assistant.forms.dialogue import Step
from assistant.write.figures import day, duration, money
from knowledge.competence import competence
from knowledge.procedure import FeeStatus, Procedure
from knowledge.quality import cautions, rules

__all__ = ["Problem", "check", "check_text", "merged", "reasons", "repair", "ungrounded"]

_FIGURE = re.compile(
    r"https?://[^\s»)]+|(?:[\w-]+\.)+(?:vn|com|net|org|info|io|gov|edu|xyz|top|site|shop)\b(?:/[^\s»)]*)?"
    r"|\d+(?:[.,/:-]\d+)*(?:/[A-ZĐ][\w-]*)?"
)
_MEASURE = re.compile(
    r"(?i)(?>(?<![\d.,/-])(?<!tháng )\d+(?:[.,]\d+)* (?:ngày làm việc|ngày|giờ|tuần|năm|đồng|usd|(?:working day|day|hour|week|month|year)s?)"
    r"|(?<!ngày )\b\d+ tháng|ngày \d+ tháng \d+(?: năm \d+)?)\b(?!(?: làm| năm)? …)"
)
"""A number with what it counts, as one: 5 days must not stand for 5 pages. A text cut short inside one is let be."""

_STREET = re.compile(r"\b\d+[a-zA-Z]?(?:[/-]\d+)* (?:đường )?(\w)\w+")
"""A number in front of a name, as in an address: 16 Lê Lợi is not 15 Lê Lợi."""

_MAY_HOLD = re.compile(r"\d|://|\.(?=[a-z])")
"""Most lines hold no figure and no link: seen a hundred times faster than by looking for each."""

_SMALL = frozenset(str(number) for number in range(60))
"""Bare numbers of lists and counts; with a unit behind them they are measures, and looked up."""


def check(draft: Draft) -> Draft:
    """Let the answer pass, or hold back what no field holds. Nothing unchecked goes out."""
    answer = draft.answer
    if answer is None or not draft.findings or draft.findings[0].said is not None:
        return draft
    foreign = ungrounded(answer, merged(draft.findings))
    if not foreign:
        return draft
    title = answer.blocks[:1] if draft.findings[0].procedure else ()  # other answers begin with what they tell
    sorry = Block(text=wording.SAID[Status.ERROR_UNGROUNDED].said_in(answer.language), cites=(1,))
    safe = answer.model_copy(
        update={"status": Status.ERROR_UNGROUNDED, "blocks": (*title, sorry), "facts": None, "choices": ()}
    )
    return draft.but(answer=safe, notes={**draft.notes, "ungrounded": foreign})


def merged(findings: Sequence[Finding]) -> Finding:
    """Several findings as one, so that each fact may stand in any of them."""
    first, *rest = findings
    beside = tuple(one for finding in rest for one in (finding.procedure, *finding.choices, *finding.others) if one)
    return replace(first, others=(*first.others, *beside)) if beside else first


def repair(text: str, finding: Finding, said: str = "") -> str | None:
    """Prose without what nothing found holds: a figure becomes the field's where it has one, else its sentence goes.

    None where what is left says nothing: the answer made of fields goes out then.
    """
    return mend(text, finding, said)


def reasons(problems: Iterable[Problem]) -> list[str]:
    """Why a text was repaired or held back, as kept in `notes["ungrounded"]`: «amount: 55.000 đồng (no field holds it)»."""
    return [str(problem) for problem in problems]


def ungrounded(answer: Answer, finding: Finding) -> list[str]:
    """The figures of an answer that nothing found holds: amounts, limits, dates, numbers, codes, links, addresses."""
    procedures = [finding.procedure, *finding.choices, *finding.others, *(entry.procedure for entry in finding.steps)]
    left = _figures(_told(answer)) - _SMALL - _own_words()
    for procedure in filter(None, procedures):
        if not left:  # reading a whole record takes milliseconds, and the first mostly holds all
            return []
        left -= _known(procedure) | _counts(procedure)
    return sorted(left - _figures(_beside(finding))) if left else []


def _told(answer: Answer) -> Iterator[str]:
    for block in answer.blocks:
        yield from (block.heading, block.text, *block.items)
    card = answer.facts
    if card:
        yield from (*card.papers, *card.fee, *card.time, card.where, card.online, card.url)


def _beside(finding: Finding) -> Iterable[str]:
    """What stands beside the procedure: the office, the place's names, the steps of a life event."""
    mention = finding.whereabouts.mention
    units = [finding.unit, *((match.unit for match in mention.matches) if mention else ())]
    for unit in filter(None, units):
        yield from (unit.full_name, unit.office.address, unit.office.other_address, unit.office.map_url)
        yield from (str(former.until) for former in unit.was if former.until)
    if mention:
        yield mention.said
    if finding.group:
        yield from strings(finding.group.model_dump(mode="json"))
    if finding.event:
        yield from strings(finding.event.model_dump(mode="json"))
    if finding.step_of_form:
        yield from _of_form(finding.step_of_form)
    for name in finding.forms:
        yield from strings(forms()[name].short.model_dump())
    if finding.procedure:
        source = competence(finding.procedure).online_only
        if source:
            yield from (source.name, day(source.as_of))


def _of_form(step: Step) -> Iterator[str]:
    """What a form says, and what the citizen has told for it."""
    yield from strings(step.form.model_dump(mode="json"))
    yield from (words(Purpose.FORM_DATA, language).text for language in ("vi", "en"))
    yield day(date.fromisoformat(step.form.source.as_of))
    if step.filling:
        yield from strings(step.filling.model_dump(mode="json"))
    for held in step.offered.values():
        yield held.shown
    for one in step.failed:
        yield from (one.words, one.problem.message.vi, one.problem.message.en)
    for trouble in step.troubles:
        yield from (trouble.message.vi, trouble.message.en)


_MOST_KEPT = 512
_kept: dict[int, tuple[Procedure, frozenset[str]]] = {}


def _known(procedure: Procedure) -> frozenset[str]:
    """The figures that may be said of a procedure; kept, since the same few hundred are asked for all day."""
    kept = _kept.get(id(procedure))
    if kept is None or kept[0] is not procedure:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        kept = (procedure, frozenset(_figures(_facts(procedure))))
        _kept[id(procedure)] = kept
    return kept[1]


def _facts(procedure: Procedure) -> Iterable[str]:
    """Everything the record says, as text, and its figures as the writers spell them."""
    yield from strings(procedure.model_dump(mode="json"))
    for method in procedure.methods:
        for fee in method.fees:
            if fee.amount:
                yield from (money(fee, "vi"), money(fee, "en"))
            if fee.status is FeeStatus.STATED_ZERO:
                yield from (wording_fields.FEE_ZERO.vi, wording_fields.FEE_ZERO.en)
            yield from (day(value) for value in (fee.valid_from, fee.valid_to) if value)
        for limit in method.time_limits:
            yield from (duration(limit, "vi"), duration(limit, "en"))
    for source in procedure.sources:
        yield from (day(value) for value in (source.as_of, source.updated_at) if value)
    for caution in cautions(procedure, LATE):
        yield from (caution.text.vi, caution.text.en)


def _figures(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for line in texts:
        if not _MAY_HOLD.search(line):
            continue
        text = " ".join(line.split())
        found.update(figure.rstrip(".,:") for figure in _FIGURE.findall(text))
        found.update(measure.lower().removesuffix("s") for measure in _MEASURE.findall(text))
        found.update(match.group().lower() for match in _STREET.finditer(text) if match.group(1).isupper())
    return found


def _counts(procedure: Procedure) -> set[str]:
    """How many papers are left to see."""
    return {str(number) for number in range(len(procedure.papers) + 1)}


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    """Figures that stand in our own fixed sentences: hotline and emergency numbers, the end of the districts."""
    words = [wording.HOTLINE, wording.HOTLINE_OUTSIDE, *wording.EMERGENCY_NUMBERS, wording_places.DISTRICT_GONE.vi]
    fixed = [text for asked in wording_places.PLACE_ASK.values() for text in (asked.vi, asked.en)]
    return frozenset(_figures([*words, *fixed, *_cautions()]))


def _cautions() -> Iterable[str]:
    """What the quality rules may add."""
    return (text for rule in rules().values() if rule.caution for text in (rule.caution.vi, rule.caution.en))
