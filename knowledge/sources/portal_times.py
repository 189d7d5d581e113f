"""Reading time limits of a portal record, whose three places often disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from knowledge.procedure import Case, Text, TimeLimit, TimeUnit
from knowledge.sources.figures import durations
from knowledge.sources.reading import Notes, ProblemKind
from knowledge.text import clean, one_line, syllables

_UNITS = {
    "WORKING_DAY": TimeUnit.WORKING_DAY,
    "DAY": TimeUnit.DAY,
    "HOUR": TimeUnit.HOUR,
    "MONTH": TimeUnit.MONTH,
    "YEAR": TimeUnit.YEAR,
}

IN_METHOD = "theo mục cách thức nộp hồ sơ"
IN_CASE = "theo mục trường hợp giải quyết"
IN_TEXT = "theo phần mô tả thời hạn"
READ_FROM = frozenset((IN_METHOD, IN_CASE, IN_TEXT))
"""The notes that mark limits of one procedure which contradict each other."""

Duration = tuple[float, TimeUnit]


def read_cases(raw: Any) -> tuple[Case, ...]:
    """The variants of a procedure, each with its own limit where it has one."""
    cases = []
    for entry in raw if isinstance(raw, list) else []:
        day = entry.get("processingDay") or {}
        duration = _duration(day.get("qty"), day.get("type"))
        limit = TimeLimit(quantity=duration[0], unit=duration[1]) if duration else None
        cases.append(
            Case(name=one_line(str(entry.get("name") or "")), code=str(entry.get("code") or ""), time_limit=limit)
        )
    return tuple(cases)


def read_time_limits(method: dict[str, Any], cases: Sequence[Case], title: str, notes: Notes) -> tuple[TimeLimit, ...]:
    """The limits of one submission method; where readings conflict all are given, each with its place."""
    raw, unit = method.get("processingTime"), str(method.get("processingTimeUnit"))
    words = clean(str(method.get("description") or ""))
    if isinstance(raw, str) and not _is_number(raw):
        words = clean(f"{raw}\n{words}")
    stated = _duration(raw, unit)
    in_cases = _durations_of(_plain(cases, title))
    in_words = durations(words)
    if stated is None:
        return _from_elsewhere(in_cases, in_words, words, notes)
    limits = [(stated, IN_METHOD)]
    if len(in_cases) == 1 and in_cases[0] != stated:
        limits.append((in_cases[0], IN_CASE))
    if len(in_words) == 1 and in_words[0] not in {duration for duration, _ in limits}:
        limits.append((in_words[0], IN_TEXT))
    if len(limits) == 1:
        return (TimeLimit(quantity=stated[0], unit=stated[1], note=_note(words)),)
    notes.add(
        "executionMethods", ProblemKind.TIME_CONFLICT, "; ".join(f"{q:g} {u} {place}" for (q, u), place in limits)
    )
    return tuple(TimeLimit(quantity=q, unit=u, note=Text(vi=place)) for (q, u), place in limits)


def _from_elsewhere(
    in_cases: Sequence[Duration], in_words: Sequence[Duration], words: str, notes: Notes
) -> tuple[TimeLimit, ...]:
    """Unit OTHER, or no number: the cases say the unit, else the text, else it stays unknown."""
    found = in_cases if len(in_cases) == 1 else in_words if len(in_words) == 1 else ()
    if found:
        return (TimeLimit(quantity=found[0][0], unit=found[0][1], note=_note(words)),)
    if not words:
        notes.add("executionMethods", ProblemKind.TIME_UNREADABLE)
        return ()
    if not in_words:
        notes.add("executionMethods", ProblemKind.TIME_UNREADABLE, words)
    return (TimeLimit(note=Text(vi=words)),)


def _plain(cases: Sequence[Case], title: str) -> list[Case]:
    """The cases that only repeat the title; the others are variants with limits of their own."""
    return [case for case in cases if not case.name or syllables(case.name) == syllables(title)]


def _durations_of(cases: Sequence[Case]) -> list[Duration]:
    limits = (case.time_limit for case in cases)
    found = ((limit.quantity, limit.unit) for limit in limits if limit and limit.quantity and limit.unit)
    return list(dict.fromkeys(found))


def _duration(quantity: Any, unit: Any) -> Duration | None:
    known = _UNITS.get(str(unit))
    if known is None or isinstance(quantity, bool) or not _is_number(str(quantity)):
        return None
    number = float(quantity)
    return (number, known) if number > 0 else None


def _is_number(text: str) -> bool:
    return text.strip().replace(".", "", 1).isdigit()


def _note(words: str) -> Text | None:
    return Text(vi=words) if words else None
