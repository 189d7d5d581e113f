"""How many values are found of those told, and how many are told of those found: by way of speaking, and held out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.forms.definition import forms
from assistant.forms.extract import Found, extract
from evals.forms.cases import WAYS, Case, load
from knowledge.text import fold

TODAY = date(2026, 11, 22)
"""The day on which every message is said."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What was found of what is told."""

    right: int
    found: int
    told: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 if nothing was."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is told that was found; 1 if nothing is told."""
        return self.right / self.told if self.told else 1.0


@dataclass(frozen=True, slots=True)
class Wrong:
    """A case where something was missed or made up."""

    case: Case
    missed: Mapping[str, Any]
    made_up: Mapping[str, str]
    """The words that were taken, by field."""


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one run."""

    cases: int
    rates: Mapping[str, Rates]
    """By `all`, `held`, and each way, held out or not."""
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class _Result:
    case: Case
    found: Mapping[str, Found]

    @property
    def right(self) -> frozenset[str]:
        return frozenset(name for name, one in self.found.items() if fits(self.case.values.get(name), one))


def run(cases: Sequence[Case] | None = None) -> Report:
    """Read every case and count."""
    results = [_read(case) for case in (load() if cases is None else cases)]
    return Report(len(results), dict(_rates(results)), tuple(_wrong(results)))


def fits(told: Any, one: Found) -> bool:
    """Whether a value is the one told. Small letters and marks of free words do not count: the reader tidies them."""
    data = one.read.data
    if told is None:
        return False
    if isinstance(told, dict):
        return isinstance(data, dict) and all(data.get(part) == value for part, value in told.items())
    if not isinstance(told, str):
        return bool(data == told)
    return data == told or fold(told) in (fold(one.words), fold(data) if isinstance(data, str) else None)


def _read(case: Case) -> _Result:
    found, _ = extract(forms()[case.form], case.text, TODAY, case.asked)
    return _Result(case, {one.field: one for one in found})


def _rates(results: Sequence[_Result]) -> Iterator[tuple[str, Rates]]:
    yield "all", _count(results)
    yield "held", _count([one for one in results if one.case.held])
    for way in WAYS:
        yield way, _count([one for one in results if one.case.way == way])
        yield f"{way} held", _count([one for one in results if one.case.way == way and one.case.held])


def _count(results: Sequence[_Result]) -> Rates:
    return Rates(
        sum(len(one.right) for one in results),
        sum(len(one.found) for one in results),
        sum(len(one.case.values) for one in results),
    )


def _wrong(results: Sequence[_Result]) -> Iterator[Wrong]:
    for one in results:
        missed = {name: told for name, told in one.case.values.items() if name not in one.right}
        made_up = {name: found.words for name, found in one.found.items() if name not in one.right}
        if missed or made_up:
            yield Wrong(one.case, missed, made_up)
