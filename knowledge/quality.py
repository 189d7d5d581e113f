"""What is wrong in a record: rules with severity, explanation, example and fix, and what a citizen is told of it.

The words stand in `quality.yaml`, the tests of single records in `quality_rules`; here they are run and counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.procedure import Caution, Layer, Procedure, Section, Text
from knowledge.quality_rules import RULES, Found
from knowledge.text import fold, one_line

_DATA = Path(__file__).with_suffix(".yaml")
_ALWAYS_TOLD = ("ended",)
"""Said even of what somebody wrote by hand."""
_SHARED_FROM = 3
"""So many codes with one name make it a name that tells nothing apart."""


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """A citizen would be misled."""
    WARNING = "warning"
    """To be checked."""
    INFO = "info"
    """To be known."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong."""

    id: str
    severity: Severity
    about: Section
    explanation: str
    example: str
    fix: str
    caution: Text | None = None
    """What an answer about that part says then."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in one record."""

    rule: Rule
    code: str
    detail: str = ""
    caution: Caution | None = None


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rules, by id."""
    data: dict[str, dict[str, Any]] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: _rule(name, raw) for name, raw in data.items()}


def _rule(name: str, raw: dict[str, Any]) -> Rule:
    caution = raw.get("caution")
    return Rule(
        id=name,
        severity=Severity(raw["severity"]),
        about=Section(raw["about"]),
        explanation=raw["explanation"],
        example=raw["example"],
        fix=raw["fix"],
        caution=Text(**caution) if caution else None,
    )


def check(procedure: Procedure, today: date) -> list[Finding]:
    """What is wrong in one record."""
    known = rules()
    return [
        _finding(known[name], procedure.code, found) for name, test in RULES.items() for found in test(procedure, today)
    ]


def _finding(rule: Rule, code: str, found: Found) -> Finding:
    caution = found.caution
    if caution is None and rule.caution is not None:
        words = {language: text.format(**found.words) for language, text in rule.caution.model_dump().items()}
        caution = Caution(about=rule.about, text=Text(**words))
    return Finding(rule, code, found.detail, caution)


def check_all(procedures: Iterable[Procedure], today: date) -> Iterator[Finding]:
    """What is wrong in each record, and between them: one name under many codes, the same procedure twice."""
    names: dict[str, list[Procedure]] = defaultdict(list)
    related: list[tuple[str, str]] = []
    codes = set()
    for procedure in procedures:
        codes.add(procedure.code)
        if procedure.applies_in_da_nang:
            names[fold(one_line(procedure.name))].append(_slim(procedure))
            related += [(procedure.code, other) for other in procedure.related]
        yield from check(procedure, today)
    known = rules()
    for code, other in related:
        if other not in codes:
            yield Finding(known["related_unknown"], code, other)
    for alike in names.values():
        yield from _alike(alike)


def _slim(procedure: Procedure) -> Procedure:
    """Enough to compare: thousands are kept until the end."""
    return Procedure.model_construct(
        code=procedure.code,
        name=procedure.name,
        levels=procedure.levels,
        jurisdiction=procedure.jurisdiction,
        sources=procedure.sources,
    )


def _alike(procedures: list[Procedure]) -> Iterator[Finding]:
    if len(procedures) >= _SHARED_FROM:
        others = " ".join(procedure.code for procedure in procedures)
        for procedure in procedures:
            yield Finding(rules()["title_shared"], procedure.code, others)
        return
    if len({(procedure.levels, procedure.jurisdiction) for procedure in procedures}) > 1 or len(procedures) < 2:
        return
    for one, other in (procedures, reversed(procedures)):
        yield Finding(rules()["duplicate"], one.code, other.code)


def cautions(procedure: Procedure, today: date) -> tuple[Caution, ...]:
    """What an answer must add about its parts. A written entry or staff edit says such things itself."""
    told_by_hand = procedure.layer in (Layer.WRITTEN, Layer.STAFF)
    names = _ALWAYS_TOLD if told_by_hand else _telling()
    known = rules()
    kept = (
        _finding(known[name], procedure.code, found).caution
        for name in names
        for found in RULES[name](procedure, today)
    )
    return tuple(dict.fromkeys(caution for caution in kept if caution))


@lru_cache(maxsize=1)
def _telling() -> tuple[str, ...]:
    """The rules of single records that have something to tell citizens; the others are for the staff alone."""
    return tuple(name for name in RULES if rules()[name].caution or name == "known_fault")


def count(findings: Iterable[Finding]) -> Counter[str]:
    """How many records each rule found."""
    records = {(finding.rule.id, finding.code) for finding in findings}
    return Counter(rule for rule, _ in records)
