"""Forms filled in for tests: every field with its own example, or only what nothing may be left out of."""

from __future__ import annotations

from datetime import date

from assistant.forms.checks import is_asked
from assistant.forms.definition import Form, FormField
from assistant.forms.values import Held, read

TODAY = date(2026, 11, 22)


def held(field: FormField, said: str) -> Held:
    """What a field holds once this was said."""
    value = read(field, said, TODAY)
    return Held(data=value.data, shown=value.shown, words=said, confirmed=True)


def everything(form: Form) -> dict[str, Held]:
    """Every field, filled in with its example."""
    return {field.id: held(field, _example(field)) for field in form.fields}


def least(form: Form) -> dict[str, Held]:
    """Only the fields that must be given and may not be unknown."""
    values: dict[str, Held] = {}
    for field in form.fields:
        if field.required and not field.unknown and is_asked(field, values):
            values[field.id] = held(field, _example(field))
    return values


def _example(field: FormField) -> str:
    return field.example or (field.options[0].label.vi if field.options else "")
