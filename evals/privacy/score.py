"""How much personal data is found: by kind, by way of writing, as whole values and by characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.privacy import Kind, spans
from evals.privacy.cases import Case, Value, load

IN_WORDS = frozenset((Kind.NAME, Kind.ADDRESS))
"""Kinds that are told by the words around; all others are told mostly by their own shape."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What was found of what is there."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 if nothing was."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 1 if nothing is there."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.found + self.there
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Wrong:
    """A case where something was missed or masked wrongly."""

    case: Case
    missed: tuple[Value, ...]
    too_much: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one run."""

    cases: int
    whole: dict[str, Rates]
    """Exact values, by kind, by slice, and `all`, `numeric`, `in_words`."""
    characters: Rates
    """Letters hidden of letters to hide, whatever kind they were taken for: what leaks, and what is lost."""
    masked_for_nothing: tuple[str, ...]
    """Cases without personal data in which something was masked."""
    wrong: tuple[Wrong, ...]


def run(cases: Sequence[Case] | None = None) -> Report:
    """Recognise every case and count."""
    asked = load() if cases is None else tuple(cases)
    pairs = [(case, found(case.text)) for case in asked]
    return Report(
        len(asked),
        {name: _whole(chosen) for name, chosen in _groups(pairs)},
        _characters(pairs),
        tuple(case.id for case, values in pairs if values and not case.values),
        tuple(_wrong(pairs)),
    )


def found(text: str) -> tuple[Value, ...]:
    """What the recogniser finds in a text."""
    return tuple((span.start, span.end, span.kind) for span in spans(text))


Pair = tuple[Case, tuple[Value, ...]]
"""A case, and what was found in it."""
Chosen = Iterable[tuple[Iterable[Value], Iterable[Value]]]
"""What is there and what was found, case by case."""


def _groups(pairs: Sequence[Pair]) -> Iterator[tuple[str, Chosen]]:
    yield "all", _of_kinds(pairs, frozenset(Kind))
    yield "numeric", _of_kinds(pairs, frozenset(Kind) - IN_WORDS)
    yield "in_words", _of_kinds(pairs, IN_WORDS)
    for kind in Kind:
        yield kind.value, _of_kinds(pairs, frozenset((kind,)))
    for name in dict.fromkeys(case.slice for case, _ in pairs):
        yield f"slice {name}", _of_kinds([pair for pair in pairs if pair[0].slice == name], frozenset(Kind))


def _of_kinds(pairs: Sequence[Pair], kinds: frozenset[Kind]) -> Chosen:
    return [
        ([value for value in case.values if value[2] in kinds], [value for value in values if value[2] in kinds])
        for case, values in pairs
    ]


def _whole(chosen: Chosen) -> Rates:
    right = all_found = there = 0
    for expected, values in chosen:
        wanted, got = set(expected), set(values)
        right += len(wanted & got)
        all_found += len(got)
        there += len(wanted)
    return Rates(right, all_found, there)


def _characters(pairs: Sequence[Pair]) -> Rates:
    right = all_found = there = 0
    for case, values in pairs:
        wanted, got = _letters(case.values), _letters(values)
        right += len(wanted & got)
        all_found += len(got)
        there += len(wanted)
    return Rates(right, all_found, there)


def _letters(values: Iterable[Value]) -> set[int]:
    return {place for start, end, _ in values for place in range(start, end)}


def _wrong(pairs: Sequence[Pair]) -> Iterator[Wrong]:
    for case, values in pairs:
        missed = tuple(sorted(set(case.values) - set(values)))
        too_much = tuple(sorted(set(values) - set(case.values)))
        if missed or too_much:
            yield Wrong(case, missed, too_much)
