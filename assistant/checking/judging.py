"""Holding every claim of a prose text against what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant import wording, wording_places
from assistant.checking import statements
from assistant.checking.claims import Claim, Kind, Problem
from assistant.checking.evidence import Evidence, Record, read, spelled, strings
from assistant.checking.lexicon import bodies, own_numbers, papers, words
from assistant.checking.links import link_tokens
from assistant.checking.marks import address
from assistant.checking.places import read as read_places
from assistant.checking.prose import Prose, plain
from assistant.draft import Finding
from knowledge.competence import competence
from knowledge.procedure import Procedure
from knowledge.text import fold, place_tones

_MOST_KEPT = 512
_SHORTEST = 2
"""Characters of a form's number that may stand anywhere in a record."""
_kept: dict[int, Record] = {}
_ASSERTED = frozenset((Kind.AMOUNT, Kind.COPIES, Kind.PHONE, Kind.MAIL, Kind.CODE, Kind.DOCUMENT))
"""What is taken for a fact of the procedure unless the text says that the citizen said it."""
_NEVER_ECHOED = frozenset((Kind.URL, Kind.AGENCY))


@dataclass(frozen=True, slots=True)
class Ground:
    """What a text may stand on."""

    records: tuple[Record, ...]
    beside: Evidence
    """Offices, places, the steps of a life event; names of other procedures."""
    links: frozenset[str]
    said: Evidence
    """The citizen's own words: they may be repeated, not turned into facts."""

    @property
    def evidence(self) -> Iterator[Evidence]:
        """All that was found."""
        yield from (record.all for record in self.records)
        yield self.beside
        yield _own()

    def holds(self, kind: Kind, key: str, *, own: bool = True) -> bool:
        """Whether anything found makes the same claim; our `own` fixed sentences count as found."""
        return any((kind, key) in evidence.keys for evidence in self.evidence if own or evidence is not _own())


def check_text(text: str, finding: Finding, said: str = "") -> tuple[Problem, ...]:
    """What a text claims that nothing found holds, in the order of the text; `said` are the citizen's own words."""
    prose = Prose(place_tones(plain(text)))
    return tuple(judge(prose, ground(finding, said)))


def judge(prose: Prose, stand: Ground) -> list[Problem]:
    """The problems of a text, each place told once."""
    found = [*_figures(prose, stand), *_bodies(prose, stand), *_places(prose, stand)]
    found += statements.problems(prose, stand.records, stand.beside, stand.said)
    found.sort(key=lambda problem: (problem.start, problem.end))
    return list({(problem.kind, problem.start): problem for problem in found}.values())


def ground(finding: Finding, said: str = "") -> Ground:
    """What a text about a finding may stand on."""
    told = (
        [finding.procedure]
        if finding.procedure
        else [*finding.choices, *(s.procedure for s in finding.steps if s.procedure)]
    )
    records = tuple(_record(procedure) for procedure in told if procedure)
    links = link_tokens(finding)
    return Ground(
        records, Evidence(_beside(finding)), frozenset((*links, *map(address, links.values()))), Evidence([said])
    )


def _record(procedure: Procedure) -> Record:
    """What a record holds; kept, since the same few hundred are asked for all day."""
    kept = _kept.get(id(procedure))
    if kept is None or kept.procedure is not procedure:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        kept = _kept[id(procedure)] = Record(procedure)
    return kept


def _beside(finding: Finding) -> Iterator[str]:
    mention = finding.whereabouts.mention
    for unit in filter(None, (finding.unit, *((match.unit for match in mention.matches) if mention else ()))):
        yield from (unit.full_name, unit.office.address, unit.office.other_address)
        yield from (f"{former.full_name} {former.district} {former.until or ''}" for former in unit.was)
        for procedure in filter(None, (finding.procedure,)):
            told = competence(procedure, unit)
            yield from (text for body in (told.receives, told.settles) if body for text in (body.name.vi, body.name.en))
    yield mention.said if mention else ""
    for part in filter(None, (finding.group, finding.event, finding.step.step if finding.step else None)):
        yield from strings(part.model_dump(mode="json"))
    for procedure in (*finding.others, *(step.procedure for step in finding.steps if step.procedure)):
        yield from (procedure.code, procedure.name, *strings(procedure.title.model_dump()))
    for step in finding.steps:
        yield from strings(step.step.model_dump(mode="json"))


@lru_cache(maxsize=1)
def _own() -> Evidence:
    """What the assistant may always say: its own fixed sentences."""
    lines = [
        wording_places.DISTRICT_GONE.vi,
        wording_places.DISTRICT_GONE.en,
        f"Gọi {wording.HOTLINE} hoặc gọi {wording.HOTLINE_OUTSIDE}.",
    ]
    return Evidence([*lines, *(f"gọi {number}" for number in wording.EMERGENCY_NUMBERS)])


def _figures(prose: Prose, stand: Ground) -> Iterator[Problem]:
    for claim in read(prose):
        why = _why(claim, prose, stand)
        if why:
            yield Problem(claim.kind, prose.text[claim.start : claim.end], why, claim.start, claim.end)


def _why(claim: Claim, prose: Prose, stand: Ground) -> str:
    """Why a figure may not be said; empty where it may."""
    if claim.kind is Kind.URL:
        known = claim.key in stand.links or stand.holds(claim.kind, claim.key)
        return "" if known else "no such link was found"
    around = prose.clause_at(claim.start, claim.end)
    if _is_held(claim, around, prose, stand):
        return ""
    if _is_repeated(claim, around, prose, stand):
        return ""
    return "no field holds it"


def _is_held(claim: Claim, around: str, prose: Prose, stand: Ground) -> bool:
    if claim.kind in (Kind.PHONE, Kind.NUMBER) and claim.key in own_numbers():
        return True
    if claim.kind is Kind.COPIES:
        return _copies_held(claim, prose.words_of(prose.sentence_at(claim.start)), stand)
    if claim.kind is Kind.ADDRESS:
        return stand.holds(claim.kind, claim.key) or any(f" {claim.key} " in e.folded for e in stand.evidence)
    if claim.kind is Kind.AMOUNT and claim.key == "0":
        return any(claim.key in record.fees for record in stand.records)
    if claim.kind is Kind.AMOUNT and stand.records and words("fee").search(around):
        return any(claim.key in record.fees for record in stand.records)
    if claim.kind is Kind.DURATION and stand.records and words("time").search(around):
        return any(claim.key in record.limits for record in stand.records)
    if claim.kind is Kind.CODE and len(claim.key) > _SHORTEST and any(claim.key in e.prose.low for e in stand.evidence):
        return True
    own = claim.kind is not Kind.DATE or words("two_tiers").search(around)
    return stand.holds(claim.kind, claim.key, own=bool(own))


def _copies_held(claim: Claim, around: str, stand: Ground) -> bool:
    number, _, what = claim.key.partition(" ")
    if stand.holds(Kind.COPIES, claim.key):
        return True
    for record in stand.records:
        named = {name for counted in record.papers for name in counted.names if name in _paper_ids(around)}
        for counted in record.papers:
            if named and not counted.names & named:
                continue
            counts = {"copy": (counted.paper.copies,), "original": (counted.paper.originals,)}
            if float(number) in counts.get(what, (counted.paper.copies, counted.paper.originals)):
                return True
    return False


def _paper_ids(low: str) -> frozenset[str]:
    return frozenset(name for name, *_ in papers().found(low))


def _is_repeated(claim: Claim, around: str, prose: Prose, stand: Ground) -> bool:
    """Whether the citizen said it, and the text only says it back."""
    if claim.kind in _NEVER_ECHOED or not any((claim.kind, key) in stand.said.keys for key in spelled(claim)):
        return False
    sentence = prose.words_of(prose.sentence_at(claim.start))
    if claim.kind not in _ASSERTED and not words("time").search(around) and not words("fee").search(around):
        return True
    denied = words("deny").search(sentence) is not None
    confirmed = words("confirm").search(sentence) is not None and not denied
    return (words("echo").search(sentence) is not None or denied) and not confirmed


def _bodies(prose: Prose, stand: Ground) -> Iterator[Problem]:
    for names in bodies():
        for name, start, end in names.found(prose.low):
            gone = words("gone").fullmatch(name) and not words("former").search(
                prose.words_of(prose.sentence_at(start))
            )
            if not gone and any(name in evidence.bodies for evidence in (*stand.evidence, stand.said)):
                continue
            yield Problem(Kind.AGENCY, prose.text[start:end], "no field names this office", start, end)


def _places(prose: Prose, stand: Ground) -> Iterator[Problem]:
    for claim in read_places(prose.text):
        if not _in(claim.key, (*stand.evidence, stand.said)):
            yield Problem(
                Kind.PLACE, prose.text[claim.start : claim.end], "nobody spoke of this place", claim.start, claim.end
            )


def _in(name: str, evidence: Iterable[Evidence]) -> bool:
    return any(f" {fold(name)} " in one.folded for one in evidence)
