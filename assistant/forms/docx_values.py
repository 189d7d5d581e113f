"""What a Word template may show: the values of a form, as letters and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from assistant.forms.definition import FILTERS, Form, FormField, Kind
from assistant.forms.layout import applying, dots, rows, written
from assistant.forms.values import Held, Values

LINE, ROWS = "line", "rows"
"""Filters that only Word needs: dots up to the margin where there is no value, and the rows of a table."""


class Value:
    """A value as a template sees it: `{{ child_name }}`, `{{ child_birth|words }}`."""

    def __init__(self, field: FormField, held: Held | None) -> None:
        self._field, self._held = field, held

    def __html__(self) -> Markup:
        return self.told()

    def __bool__(self) -> bool:
        return self._held is not None

    def told(self, how: str = "", argument: str = "") -> Markup:
        """The value, or dots to write on."""
        return _literal(written(self._held, self._field, how, argument) or dots(self._field, how))

    def line(self, how: str = "") -> Markup:
        """The value, or dots up to the margin."""
        text = written(self._held, self._field, how)
        return _literal(text or ("\t\n\t" if self._field.kind is Kind.LONG else "\t"))

    def rows(self) -> list[list[Markup]]:
        """The rows of a table."""
        return [[_literal(cell) for cell in row] for row in rows(self._field, self._held)]


def shown(form: Form, values: Values) -> dict[str, Value]:
    """Every field of a form by its name, as a template names it."""
    given = applying(form, values)
    return {field.id: Value(field, given.get(field.id)) for field in form.fields}


def environment() -> SandboxedEnvironment:
    """Templates come from staff: they may show values, and reach nothing else."""
    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters |= {name: _filter(name) for name in FILTERS}
    made.filters |= {LINE: Value.line, ROWS: Value.rows}
    return made


def _filter(name: str) -> Callable[..., Markup]:
    def told(value: Value, argument: str = "") -> Markup:
        return value.told(name, argument)

    return told


def _literal(text: str) -> Markup:
    """Letters and nothing else: what docxtpl would take for its own escape of a brace is kept apart as well."""
    return Markup(str(escape(text)).replace("_", "&#95;"))  # noqa: S704 - escaped before
