"""Prose about real records: true, or with one falsehood planted in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from assistant.draft import Finding, Whereabouts
from evals.check import lies, truths
from evals.check.frames import ways
from evals.check.spelling import copies
from evals.check.truths import Known, paper_name
from knowledge.place_names import Match, PlaceMention, Reading
from knowledge.places import Unit, places
from knowledge.procedure import Language, Procedure
from knowledge.shipped import shipped_facts
from knowledge.sources import written

KINDS: Final = (
    "amount", "amount_words", "duration", "duration_words", "date", "phone", "mail", "url", "document", "code", "agency", "ward",
    "negation", "free", "online", "copies", "paper",
)  # fmt: skip
"""What a planted falsehood is about."""
TRUE: Final = "true"

EACH: Final = 300
"""Falsehoods of each kind."""
TRUTHS: Final = 600
_BACKGROUND: Final = (
    "fee",
    "time",
    "date",
    "phone",
    "url",
    "law",
    "code",
    "agency",
    "papers",
    "free_true",
    "online",
    "copies",
    "negation_true",
    "ward",
    "echo",
)
_TRIES: Final = 400
_FACTS_SHARE: Final = 0.4
_ENGLISH_SHARE: Final = 0.35
_ON_PAPERS: Final = frozenset(("negation", "copies"))


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and what is false in it."""

    id: str
    kind: str
    """What the falsehood is about; `true` where there is none."""
    text: str
    finding: Finding
    said: str = ""
    """What the citizen had said."""
    planted: str = ""
    """The false sentence."""
    held_out: bool = False
    """Whether its frames are of those that nobody tunes on."""
    language: Language = "vi"


@dataclass(slots=True)
class Maker:
    """Writes cases from the records, the same ones for the same seed."""

    rng: Random
    written: Sequence[Procedure]
    facts: Sequence[Procedure]

    def case(self, kind: str, number: int) -> Case:
        """The case of that number: a text in which one sentence of that kind is false, or none."""
        for _ in range(_TRIES):
            language: Language = "en" if self.rng.random() < _ENGLISH_SHARE else "vi"
            made = self._case(kind, number, language)
            if made:
                return made
        raise LookupError(f"no record gives a falsehood about {kind}")

    def _case(self, kind: str, number: int, language: Language) -> Case | None:
        held_out = number % 3 == 2
        known = self._known(kind, language)
        unit = self.rng.choice(list(places().units.values())) if kind == "ward" or self.rng.random() < 0.2 else None
        pen = Pen(self.rng, known, language, held_out, unit)
        lie = "" if kind == TRUE else pen.lie(kind)
        if lie is None:
            return None
        told = pen.truths(2 if lie else 4)
        if lie:
            told.insert(self.rng.randrange(len(told) + 1), lie)
        text = self.rng.choice([" ", " ", "\n"]).join(filter(None, (pen.frame("opening"), *told, pen.frame("closing"))))
        mention = PlaceMention(Reading.FOUND, unit.full_name, 0, 1, (Match(unit),)) if unit else None
        finding = Finding(procedure=known.procedure, unit=unit, whereabouts=Whereabouts(mention))
        return Case(f"{kind}-{number}", kind, text, finding, pen.said, lie, held_out, language)

    def _known(self, kind: str, language: Language) -> Known:
        bare = kind not in _ON_PAPERS and self.rng.random() < _FACTS_SHARE and language == "vi"
        return Known(self.rng.choice(self.facts if bare else self.written), self.written)


@dataclass(slots=True)
class Pen:
    """Writes sentences about one record."""

    rng: Random
    known: Known
    language: Language
    held_out: bool
    unit: Unit | None
    said: str = ""

    def frame(self, section: str) -> str:
        """One way of writing a section, of the held-out third or of the others; a title is put in."""
        chosen: str = self.rng.choice(ways(section, self.language, held_out=self.held_out))
        title = self.known.procedure.title.said_in(self.language)
        return chosen.replace("{title}", title[:1].lower() + title[1:] if chosen[:1] != "{" else title)

    def truths(self, most: int) -> list[str]:
        """Some true sentences."""
        sections = self.rng.sample(_BACKGROUND, len(_BACKGROUND))
        told: list[str] = []
        for section in sections:
            sentence = self._true(section)
            if sentence:
                told.append(sentence)
            if len(told) == most:
                break
        return told

    def _true(self, section: str) -> str | None:
        rng, known, language = self.rng, self.known, self.language
        match section:
            case "fee":
                return self._filled(
                    "fee", amount=truths.amount(known, language, rng, lie=False, words=rng.random() < 0.3)
                )
            case "time":
                return self._filled(
                    "time", limit=truths.limit(known, language, rng, lie=False, words=rng.random() < 0.3)
                )
            case "date":
                return self._filled("date", as_of=truths.as_of(known, language, rng, lie=False))
            case "phone":
                return self._filled("phone", phone=truths.phone(rng, lie=False))
            case "url":
                return self._filled("url", url=truths.url(known, rng))
            case "law":
                named = truths.law(known, language, rng, lie=False, named=True)
                return self._filled(
                    "law", law=truths.law(known, language, rng, lie=False, named=False), law_named=named
                )
            case "code":
                return self._filled("code", code=truths.code(known, rng, lie=False))
            case "echo":
                return self._echo()
            case _:
                return (
                    self._true_of_offices(section) if section in ("agency", "ward") else self._true_of_papers(section)
                )

    def _true_of_offices(self, section: str) -> str | None:
        if section == "ward":
            return self._filled("ward", ward=self.unit.full_name if self.unit else None)
        return self._filled("agency", agency=truths.agency(self.known, self.language))

    def _true_of_papers(self, section: str) -> str | None:
        known, language, rng = self.known, self.language, self.rng
        papers = known.papers(language)
        if section == "online":
            kind = truths.online(known, lie=False)
            return self.frame(kind) if kind else None
        if section == "free_true":
            return self._filled("free_true", free_case=lies.free_case(known, language))
        if section == "papers" and len(papers) > 1:
            first, second = (paper_name(paper, language) for paper in rng.sample(papers, 2))
            joined = f"{first} {'và' if language == 'vi' else 'and'} {second}"
            return self._filled("papers", papers=joined, paper_1=first, paper_2=second)
        if section == "copies":
            counted = [paper for paper in papers if paper.originals or paper.copies]
            paper = rng.choice(counted) if counted else None
            said = copies(paper.originals or paper.copies, bool(paper.originals), language, rng) if paper else None
            return self._filled("copies", count=said, paper=paper_name(paper, language) if paper else None)
        if section == "negation_true":
            kept = [paper for paper in papers if paper.from_data]
            return self._filled("negation_true", paper=paper_name(rng.choice(kept), language) if kept else None)
        return None

    def _echo(self) -> str:
        self.said, answer = self.rng.choice(ways("echo", self.language, held_out=self.held_out))
        return str(answer)

    def lie(self, kind: str) -> str | None:
        """A false sentence about the record; None where this record gives none."""
        section, values = lies.lie(kind, self.known, self.language, self.rng, self.unit)
        return self._filled(section, **values) if section else None

    def _filled(self, section: str, **values: str | None) -> str | None:
        """A frame with these values; None where one is missing."""
        if any(value is None for value in values.values()):
            return None
        frame = self.frame(section)
        for name, value in values.items():
            frame = frame.replace("{" + name + "}", value or "")
        return None if "{" in frame else frame[:1].upper() + frame[1:]


def cases(seed: int = 1022, each: int = EACH, true: int = TRUTHS, kinds: Sequence[str] = KINDS) -> Iterator[Case]:
    """All cases: so many falsehoods of each kind, and so many true texts."""
    maker = Maker(Random(seed), written.load(), list(shipped_facts()))  # noqa: S311 - made-up texts, no secrets
    for kind in kinds:
        yield from (maker.case(kind, number) for number in range(each))
    yield from (maker.case(TRUE, number) for number in range(true))
