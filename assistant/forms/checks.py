"""What must hold between the values of a form, and what is still missing.

Only what is certain is told: of a year without its day no contradiction follows that some day of it would not have.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from assistant.forms.definition import Form, FormField, Kind, Rule
from assistant.forms.kinds.identity import identity_parts
from assistant.forms.values import Data, Held, Values
from knowledge.procedure import Text
from knowledge.text import place_tones


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something between values that does not fit."""

    kind: str
    """The kind of the rule."""
    fields: tuple[str, ...]
    """The fields to look at again."""
    message: Text
    blocks: bool
    """Whether the form cannot be handed in so."""
    source: str
    """The law it follows from, empty where it is only common sense."""


class _Days(NamedTuple):
    """The first and the last day that a date may be."""

    first: date
    last: date


def is_asked(field: FormField, values: Values) -> bool:
    """Whether the field is asked at all with these values."""
    return holds(field.when, values)


def missing(form: Form, values: Values, none: Collection[str]) -> tuple[str, ...]:
    """The required fields that are asked, and neither given nor declared to have none, in official order."""
    return tuple(
        field.id
        for field in form.fields
        if field.required and field.id not in values and field.id not in none and is_asked(field, values)
    )


def check(form: Form, values: Values, today: date) -> tuple[Trouble, ...]:
    """Everything that does not fit, in the order of the form's rules. Fields that are not asked do not count."""
    asked = {field.id: values[field.id] for field in form.fields if field.id in values and is_asked(field, values)}
    return tuple(
        Trouble(rule.kind, rule.fields, rule.message, _blocks(rule), rule.source)
        for rule in form.rules
        if holds(rule.when, asked) and _is_broken(form, rule, asked, today)
    )


def _blocks(rule: Rule) -> bool:
    """A number that does not fit its owner never stops anybody: some were issued so."""
    return rule.blocks and rule.kind != "identity_fits"


def holds(when: Mapping[str, Collection[str]], values: Values) -> bool:
    """Whether each of these fields holds one of these values."""
    return all(name in values and values[name].data in options for name, options in when.items())


def _is_broken(form: Form, rule: Rule, values: Values, today: date) -> bool:
    match rule.kind:
        case "one_of":
            return bool(values) and not any(name in values for name in rule.fields)
        case "given_together":
            given = [name in values for name in rule.fields]
            return any(given) and not all(given)
        case "different":
            return _are_same(rule, values)
        case "identity_fits":
            return _misfits(form, rule, values)
        case _:
            return _dates_break(rule, [_days(values.get(name)) for name in rule.fields], today)


def _dates_break(rule: Rule, days: list[_Days | None], today: date) -> bool:
    """Whether dates surely stand against each other, or against today. A date that is not given breaks nothing."""
    told = [day for day in days if day is not None]
    if len(told) != len(days) or not told:
        return False
    first, second = told[0], told[1] if len(told) > 1 else _Days(today, today)
    match rule.kind:
        case "born_before" | "not_after":
            return first.first > second.last
        case "older_than" | "at_least_age":
            return _years_later(first.first, rule.years or 0) > second.last
        case "late":
            return (second.first - first.last) > timedelta(days=rule.days or 0)
    return False


def _days(held: Held | None) -> _Days | None:
    """The days that a value may be; None where it is no date."""
    told = held.data if held is not None else None
    if not isinstance(told, str):
        return None
    try:
        if len(told) == len("1990"):
            return _Days(date(int(told), 1, 1), date(int(told), 12, 31))
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return _Days(day, day)


def _years_later(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th, in favour of whoever comes of age."""
    year = min(day.year + years, date.max.year)
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _are_same(rule: Rule, values: Values) -> bool:
    keys = [_same_key(values[name].data) for name in rule.fields if name in values]
    return len(keys) > len(set(keys))


def _same_key(data: Data) -> str:
    """What makes two values the same: of a paper its number, of a name its letters and marks."""
    if isinstance(data, dict):
        data = data.get("number") or data.get("text") or ""
    return " ".join(place_tones(str(data).casefold()).split())


def _misfits(form: Form, rule: Rule, values: Values) -> bool:
    """Whether an identification number tells another year of birth or another sex."""
    number = values[rule.fields[0]].data if rule.fields[0] in values else ""
    parts = identity_parts(str(number.get("number", "") if isinstance(number, dict) else number))
    if parts is None:
        return False
    return any(
        told != (parts.birth_year if kind is Kind.DATE else parts.sex)
        for kind, told in _about_owner(form, rule, values)
    )


def _about_owner(form: Form, rule: Rule, values: Values) -> Iterator[tuple[Kind, int | str]]:
    """The year of birth and the sex that the other fields of the rule hold."""
    for name in rule.fields[1:]:
        kind = form.field(name).kind
        if name not in values:
            continue
        if kind is Kind.SEX:
            yield kind, str(values[name].data)
        if kind is Kind.DATE and (days := _days(values[name])) is not None:
            yield kind, days.first.year
