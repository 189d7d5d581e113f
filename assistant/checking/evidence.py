"""What was found, as sets that a claim is looked up in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant import wording_places
from assistant.checking import calendar, marks, measures
from assistant.checking.claims import Claim, Kind
from assistant.checking.lexicon import bodies, papers, together, words
from assistant.checking.negations import negations
from assistant.checking.places import addresses
from assistant.checking.prose import Prose, nfc
from assistant.write.figures import day, duration, money
from knowledge.competence import competence
from knowledge.procedure import Channel, FeeStatus, OnlineLevel, Paper, Procedure
from knowledge.quality import cautions
from knowledge.text import fold, place_tones

LATE = date(3000, 1, 1)
"""By this day the rules have found whatever they may ever find: what ended, what was replaced."""
_WORD = re.compile(r"\w{2,}")
_ASIDE = re.compile(r"[;:(,]")
_COMMON = frozenset(
    "của và các theo mẫu hoặc bản có được người cho một giấy tờ văn đối với trường hợp nếu quy định tại về the of for and or from "
    "with form certificate if in to by copy original required".split()
)
_STATED = frozenset((FeeStatus.EXACT, FeeStatus.DOUBTFUL))


def read(prose: Prose) -> list[Claim]:
    """Every figure, mark and date of a text."""
    marked, left = marks.read(prose.low)
    dated, left = calendar.read(left)
    measured = measures.read(left)
    taken = [(claim.start, claim.end) for claim in (*marked, *dated)]
    free = (claim for claim in addresses(prose.text) if not any(a < claim.end and claim.start < b for a, b in taken))
    return [*marked, *dated, *measured, *free]


class Evidence:
    """What some lines hold."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.prose = Prose(place_tones(nfc("\n".join(dict.fromkeys(" ".join(line.split()) for line in lines)))))

    @cached_property
    def keys(self) -> frozenset[tuple[Kind, str]]:
        """The claims that the lines make, in every way of writing them."""
        return frozenset((claim.kind, key) for claim in self._claims for key in spelled(claim))

    @cached_property
    def charged(self) -> frozenset[str]:
        """The amounts that stand in a sentence about what is charged."""
        return self._about(Kind.AMOUNT, "fee")

    @cached_property
    def lasting(self) -> frozenset[str]:
        """The durations that stand in a sentence about how long the office takes."""
        return self._about(Kind.DURATION, "time")

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The offices that are named, and those that sit at the same counter."""
        found = {name for names in bodies() for name, *_ in names.found(self.prose.low)}
        for group in together():
            found |= group if found & group - {"centre"} else set()
        return frozenset(found)

    @cached_property
    def papers(self) -> frozenset[str]:
        """The papers that are named."""
        return frozenset(name for name, *_ in papers().found(self.prose.low))

    @cached_property
    def unneeded(self) -> frozenset[str]:
        """The papers that are said not to be needed."""
        return frozenset(negation.paper for negation in negations(self.prose) if negation.sure)

    @cached_property
    def folded(self) -> str:
        """The text without marks, with a blank at each end."""
        return f" {' '.join(fold(self.prose.low).replace(',', ' ').replace('.', ' ').split())} "

    @cached_property
    def _claims(self) -> list[Claim]:
        return read(self.prose)

    def _about(self, kind: Kind, subject: str) -> frozenset[str]:
        prose, subjects = self.prose, words(subject)
        return frozenset(
            key
            for claim in self._claims
            if claim.kind is kind and subjects.search(prose.words_of(prose.sentence_at(claim.start)))
            for key in spelled(claim)
        )


@dataclass(frozen=True, slots=True)
class CountedPaper:
    """A paper with its numbers and the words of its name."""

    paper: Paper
    names: frozenset[str]
    low: str
    words: tuple[frozenset[str], ...]
    """Those of its name that tell it from others, in Vietnamese and in English."""


class Record:
    """What a procedure's record holds."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.all = Evidence(facts(procedure))
        self.asking = Evidence(_asking(procedure))

    @cached_property
    def fees(self) -> frozenset[str]:
        """The amounts that are charged."""
        fees = [fee for method in self.procedure.methods for fee in method.fees]
        lines = [text for fee in fees for text in strings(fee.model_dump(mode="json"))]
        lines += [money(fee, "vi") for fee in fees if fee.amount]
        zero = {"0"} if any(fee.status in (FeeStatus.STATED_ZERO, FeeStatus.FREE) for fee in fees) else set()
        told = {key for kind, key in Evidence(lines).keys if kind is Kind.AMOUNT}
        return self.all.charged | frozenset(told) - {"0"} | frozenset(zero)

    @cached_property
    def limits(self) -> frozenset[str]:
        """The durations that the office may take."""
        limits = [limit for method in self.procedure.methods for limit in method.time_limits]
        limits += [case.time_limit for case in self.procedure.cases if case.time_limit]
        lines = [text for limit in limits for text in strings(limit.model_dump(mode="json"))]
        lines += [duration(limit, "vi") for limit in limits]
        lines += [method.note.vi for method in self.procedure.methods if method.note]
        lines += [case.name for case in self.procedure.cases]
        return self.all.lasting | frozenset(key for kind, key in Evidence(lines).keys if kind is Kind.DURATION)

    @cached_property
    def papers(self) -> tuple[CountedPaper, ...]:
        """The papers of the file."""
        return tuple(_counted(paper) for paper in self.procedure.papers)

    @cached_property
    def free_words(self) -> tuple[str, ...]:
        """For each charge that is explained as free, the condition; an empty one where it is free for all."""
        fees = [fee for method in self.procedure.methods for fee in method.fees]
        free = [fee for fee in fees if fee.status is FeeStatus.FREE]
        told = [" ".join(strings(fee.condition.model_dump())).lower() if fee.condition else "" for fee in free]
        lines = [text for fee in fees for text in strings(fee.model_dump(mode="json"))]
        lines += [text for caution in self.procedure.warnings for text in strings(caution.text.model_dump())]
        lines += [
            text for step in (*self.procedure.steps, *self.procedure.conditions) for text in strings(step.model_dump())
        ]
        explained = [
            line.lower()
            for line in lines
            if words("free").search(line.lower()) and not words("not_free").search(line.lower())
        ]
        return tuple(dict.fromkeys((*told, *explained)))

    @property
    def channels(self) -> frozenset[Channel]:
        """The ways of handing in."""
        return frozenset(channel for method in self.procedure.methods for channel in method.channels)

    @property
    def online(self) -> OnlineLevel:
        """How much can be done online."""
        return self.procedure.online

    @property
    def online_only(self) -> bool:
        """Whether it is filed online and nowhere else."""
        return competence(self.procedure).online_only is not None or self.channels == {Channel.ONLINE}


def spelled(claim: Claim) -> Iterator[str]:
    """Every key under which a claim of the evidence is looked up."""
    match claim.kind:
        case Kind.DATE:
            yield from calendar.date_keys(claim.key)
        case Kind.DURATION:
            yield from measures.duration_keys(claim.key)
        case Kind.DOCUMENT:
            yield from marks.document_keys(claim.key)
        case _:
            yield claim.key


def strings(value: object) -> Iterator[str]:
    """Every text and number in a dumped model."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif value is not None and not isinstance(value, bool):
        yield f"{value:g}" if isinstance(value, float) else str(value)


def facts(procedure: Procedure) -> Iterator[str]:
    """Everything the record says, as text, its figures as the writers spell them, and today's offices."""
    yield from strings(
        procedure.model_dump(mode="json", exclude={"methods": {"__all__": {"fees": {"__all__": {"amount"}}}}})
    )
    for method in procedure.methods:
        for fee in method.fees:
            if fee.amount and fee.status in _STATED:
                yield from (money(fee, "vi"), money(fee, "en"))
            yield from (day(value) for value in (fee.valid_from, fee.valid_to) if value)
        for limit in method.time_limits:
            yield from (duration(limit, "vi"), duration(limit, "en"))
    for source in procedure.sources:
        yield from (day(value) for value in (source.as_of, source.updated_at) if value)
    for caution in cautions(procedure, LATE):
        yield from (caution.text.vi, caution.text.en)
    told = competence(procedure)
    for body in filter(None, (told.receives, told.settles)):
        yield from (body.name.vi, body.name.en)
    if told.online_only:
        line = wording_places.ONLINE_ONLY
        yield from (
            text.format(source=told.online_only.name, day=day(told.online_only.as_of)) for text in (line.vi, line.en)
        )
        yield told.online_only.url
    yield from (text for text in (told.elsewhere.vi, told.elsewhere.en) if text) if told.elsewhere else ()


def _asking(procedure: Procedure) -> Iterator[str]:
    """What the record says of papers: not what it gives, not what it is called."""
    kept = {"papers", "forms", "steps", "conditions", "methods", "warnings", "cases"}
    yield from strings(procedure.model_dump(mode="json", include=kept))
    for caution in cautions(procedure, LATE):
        yield from (caution.text.vi, caution.text.en)


def _counted(paper: Paper) -> CountedPaper:
    low = " ".join(strings(paper.name.model_dump())).lower()
    names = frozenset(name for name, *_ in papers().found(low))
    told = (_telling(said.lower()) for said in (paper.name.vi, paper.name.en))
    return CountedPaper(paper, names, low, tuple(words for words in told if words))


def _telling(name: str) -> frozenset[str]:
    """The words of a name up to its first aside, without those that every paper's name has."""
    head = frozenset(_WORD.findall(_ASIDE.split(name, maxsplit=1)[0])) - _COMMON
    return head if len(head) > 1 else frozenset(_WORD.findall(name)) - _COMMON
