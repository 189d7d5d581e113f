"""What a form is: its fields in official order, its rules, its layout, and where all that stands. Forms are data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from assistant.errors import FormDefinitionError
from assistant.forms.blank import PROFILE, Column, FormField, Id, Kind, Option, Shape, Verified
from assistant.forms.line import FILTERS, PLACEHOLDER, Line, placeholders, texts
from knowledge.procedure import CODE_PATTERN, Text

__all__ = [
    "DEFINITIONS",
    "FILTERS",
    "PLACEHOLDER",
    "PROFILE",
    "Column",
    "Copy",
    "Form",
    "FormField",
    "Group",
    "Kind",
    "Line",
    "Option",
    "Rule",
    "Source",
    "Verified",
    "form_of",
    "forms",
    "forms_of",
    "placeholders",
    "read",
    "texts",
]
"""With the parts that forms are made of."""

DEFINITIONS = Path(__file__).parent / "definitions"


class Group(Shape):
    """Fields that belong together and are asked together."""

    id: str = Id
    label: Text
    why: Text
    """Why this is asked."""
    fields: tuple[FormField, ...] = Field(min_length=1)


class Rule(Shape):
    """What must hold between fields. `checks.py` knows the kinds."""

    kind: Literal[
        "born_before",
        "older_than",
        "at_least_age",
        "late",
        "not_after",
        "different",
        "identity_fits",
        "one_of",
        "given_together",
    ]
    fields: tuple[str, ...]
    years: int | None = None
    days: int | None = None
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    blocks: bool = False
    """Whether the form cannot be handed in so; else it is a warning."""
    message: Text
    source: str = ""
    """The law it follows from."""


class Copy(Shape):
    """What is already known in another place of the form, offered where the condition holds, never silently used."""

    when: dict[str, tuple[str, ...]]
    fields: dict[str, str]
    """To which field from which."""
    ask: Text


class Source(Shape):
    """Where the form stands."""

    legal: str
    """The document that prescribes it, by number and date."""
    read_in: str
    """What was read to write the definition."""
    as_of: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    verified: Verified
    note: Text | None = None
    """What is not sure; shown to whoever fills the form in."""


class Form(Shape):
    """A declaration that citizens fill in."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    """The name of its file."""
    version: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    """The day the definition last changed: a form begun under another is shown again before it goes on."""
    title: Text
    """The official title in Vietnamese; what it means in English."""
    short: Text
    """What people call it."""
    mark: str = ""
    """The official number: CT01, TK01, Mẫu số 01."""
    said: tuple[str, ...] = ()
    """How people ask for it."""
    procedures: tuple[str, ...] = ()
    """Codes of the procedures that it belongs to."""
    addressee: str = "addressee"
    """The field that holds «Kính gửi»; empty where the form has none."""
    national: bool = True
    """Whether the head of papers to an office stands on it."""
    source: Source
    groups: tuple[Group, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    copies: tuple[Copy, ...] = ()
    layout: tuple[Line, ...] = Field(min_length=1)
    footnotes: tuple[str, ...] = ()
    """The form's numbered notes, in our own words."""
    signed_online: Text | None = None
    """What replaces the signature where the form is handed in online."""

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields, in official order."""
        return tuple(field for group in self.groups for field in group.fields)

    def field(self, name: str) -> FormField:
        """The field of this name.

        Raises:
            KeyError: there is none.

        """
        return next((field for field in self.fields if field.id == name), None) or _missing(name)

    def group_of(self, name: str) -> Group:
        """The group a field stands in."""
        return next(group for group in self.groups if any(field.id == name for field in group.fields))

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        faults = list(_faults(self))
        if faults:
            raise ValueError("; ".join(faults))
        return self


def _missing(name: str) -> FormField:
    raise KeyError(name)


def _faults(form: Form) -> Iterator[str]:
    """What does not fit together in a definition."""
    names = [field.id for field in form.fields]
    known = set(names)
    yield from (f"{name} stands twice" for name in sorted(known) if names.count(name) > 1)
    if form.addressee and form.addressee not in known:
        yield f"the addressee {form.addressee} is no field"
    for field in form.fields:
        if (field.kind is Kind.CHOICE) != bool(field.options):
            yield f"{field.id}: options belong to a choice"
        if (field.kind is Kind.TABLE) != bool(field.columns):
            yield f"{field.id}: columns belong to a table"
        if field.profile and field.profile not in PROFILE:
            yield f"{field.id}: nothing called {field.profile} is kept"
    mentions: list[tuple[str, Iterable[str]]] = [
        *((field.id, field.when) for field in form.fields),
        *((f"the rule {rule.kind}", (*rule.fields, *rule.when)) for rule in form.rules),
        *(("a copy", (*copy.when, *copy.fields, *copy.fields.values())) for copy in form.copies),
    ]
    for owner, others in mentions:
        yield from (f"{owner} speaks of {other}, which is no field" for other in others if other not in known)
    for code in form.procedures:
        if not re.fullmatch(CODE_PATTERN, code):
            yield f"{code} is no code of a procedure"
    shown = set(placeholders(form.layout))
    yield from (f"the layout shows {name}, which is no field" for name in sorted(shown - known))
    yield from (f"the layout nowhere shows {name}" for name in names if name not in shown)


@cache
def forms() -> dict[str, Form]:
    """All forms by id.

    Raises:
        FormDefinitionError: a file cannot be read as a form; it says which, and what is wrong.

    """
    found = (read(path) for path in sorted(DEFINITIONS.glob("*.yaml")))
    return {form.id: form for form in found}


def read(path: Path) -> Form:
    """One definition.

    Raises:
        FormDefinitionError: the file cannot be read as a form; it says which, and what is wrong.

    """
    try:
        told: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        form = Form.model_validate(told)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise FormDefinitionError(f"{path.name}: {error}") from error
    if form.id != path.stem:
        raise FormDefinitionError(f"{path.name}: the form in it is called {form.id}")
    return form


@cache
def forms_of(code: str) -> tuple[Form, ...]:
    """The forms that a procedure needs, as far as we hold them; the one to begin with comes first."""
    return tuple(form for form in forms().values() if code in form.procedures)


def form_of(code: str) -> Form | None:
    """The form that a procedure needs first, where we hold it."""
    return next(iter(forms_of(code)), None)
