"""How far two tellings of one procedure agree, field by field. Silence is not disagreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from knowledge.procedure import Fee, FeeStatus, Procedure
from knowledge.text import one_line, syllables

DECISION, STEPS, TIME_LIMITS, CONDITIONS = "decision", "steps", "time limits", "conditions"

_SHOWN = 90
"""Letters of a difference that a report shows."""


class Verdict(StrEnum):
    """What comparing one field came to."""

    AGREES = "agree"
    DIFFERS = "differ"
    FILE_SILENT = "file silent"
    """The record says something that the file does not."""
    RECORD_SILENT = "record silent"
    """The file says something that the record leaves open."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One field of one procedure, in a file and in the catalogue."""

    code: str
    field: str
    verdict: Verdict
    in_file: str = ""
    """What only the file says."""
    in_record: str = ""
    """What only the record says."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many files agree with the catalogue about one field."""

    field: str
    counts: dict[Verdict, int]

    @property
    def share(self) -> float | None:
        """Of the files where both sides say something, how many agree; None where there is none."""
        both = self.counts[Verdict.AGREES] + self.counts[Verdict.DIFFERS]
        return self.counts[Verdict.AGREES] / both if both else None


def compare(given: Procedure, record: Procedure) -> list[Finding]:
    """Every field of a procedure from a file, against the record the catalogue holds.

    Another publisher announces the same procedure with a decision of its own: that is no difference.
    """
    same_publisher = given.jurisdiction == record.jurisdiction
    return [_finding(given, record, field) for field in _SAID if field != DECISION or same_publisher]


def agreements(findings: Iterable[Finding]) -> list[Agreement]:
    """The findings counted by field, in the order of the fields."""
    counts = {field: dict.fromkeys(Verdict, 0) for field in _SAID}
    for finding in findings:
        counts[finding.field][finding.verdict] += 1
    return [Agreement(field, counted) for field, counted in counts.items()]


def differences(findings: Iterable[Finding]) -> list[Finding]:
    """The findings where the two sides contradict each other."""
    return [finding for finding in findings if finding.verdict is Verdict.DIFFERS]


Said = dict[str, str]
"""What one side says about a field: the words to show, by the form to compare."""


def _finding(given: Procedure, record: Procedure, field: str) -> Finding:
    ours, theirs = _SAID[field](given), _SAID[field](record)
    # A record may tell several readings of one limit; a file that gives one of them agrees.
    agree = ours.keys() <= theirs.keys() if field == TIME_LIMITS and ours else ours.keys() == theirs.keys()
    if agree:
        return Finding(given.code, field, Verdict.AGREES)
    verdict = Verdict.DIFFERS if ours and theirs else Verdict.RECORD_SILENT if ours else Verdict.FILE_SILENT
    if field in (STEPS, CONDITIONS) and verdict is Verdict.DIFFERS:
        return Finding(given.code, field, verdict, *_differing_words(next(iter(ours)), next(iter(theirs))))
    return Finding(given.code, field, verdict, _only(ours, theirs), _only(theirs, ours))


def _only(mine: Said, other: Said) -> str:
    return _short("; ".join(one_line(shown) for key, shown in mine.items() if key not in other))


def _differing_words(mine: str, other: str) -> tuple[str, str]:
    """Of two long texts, the words that only one of them has."""
    ours, theirs = mine.split(), other.split()
    changes = [c for c in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes() if c[0] != "equal"]
    return (
        _short(" … ".join(" ".join(ours[start:end]) for _, start, end, _, _ in changes if end > start)),
        _short(" … ".join(" ".join(theirs[start:end]) for _, _, _, start, end in changes if end > start)),
    )


def _short(words: str) -> str:
    return f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words


def _said(words: Iterable[str]) -> Said:
    """Words compared without case, marks and spacing."""
    return {key: text for text in words if (key := " ".join(syllables(text)))}


def _prose(sentences: Iterable[str]) -> Said:
    """Running text, compared as a whole: sources cut it into steps differently."""
    return _said([" ".join(sentences)])


def _time_limits(procedure: Procedure) -> Said:
    return _said(
        f"{channel} {limit.quantity:g} {limit.unit}"
        for method in procedure.methods
        for channel in method.channels
        for limit in method.time_limits
        if limit.quantity is not None
    )


def _papers(procedure: Procedure) -> Said:
    return {
        f"{key} {paper.originals} {paper.copies}": f"{paper.name.vi} ({paper.originals}+{paper.copies})"
        for paper in procedure.papers
        for key in [" ".join(syllables(paper.name.vi))]
    }


def _fees(procedure: Procedure) -> Said:
    return _said(_fee(fee) for method in procedure.methods for fee in method.fees)


def _fee(fee: Fee) -> str:
    """The fee as told, empty where it is unknown: a bare 0 is no statement either."""
    silent = fee.status in (FeeStatus.UNKNOWN, FeeStatus.STATED_ZERO)
    return "" if silent else f"{fee.status} {fee.amount or ''} {fee.currency}"


_SAID: dict[str, Callable[[Procedure], Said]] = {
    "name": lambda p: _said([p.name]),
    DECISION: lambda p: _said([p.decision]),
    "level": lambda p: _said(p.levels),
    "field": lambda p: _said([p.field]),
    "audience": lambda p: _said(who.vi for who in p.audience),
    STEPS: lambda p: _prose(step.vi for step in p.steps),
    TIME_LIMITS: _time_limits,
    "methods": lambda p: _said(channel for method in p.methods for channel in method.channels),
    "papers": _papers,
    "fees": _fees,
    "legal basis": lambda p: _said(basis.number for basis in p.legal_basis),
    CONDITIONS: lambda p: _prose(condition.vi for condition in p.conditions),
    "results": lambda p: _said(result.vi for result in p.results),
}
"""By field, what a procedure says about it."""

FIELDS: Sequence[str] = tuple(_SAID)
