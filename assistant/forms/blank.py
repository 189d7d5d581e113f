"""One blank of a form: what may be written in it, how it is asked for, what people call it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from knowledge.procedure import Text

Id = Field(pattern=r"^[a-z][a-z0-9_]*$")


class Kind(StrEnum):
    """What may be written in a field; `kinds/` reads each."""

    NAME = "name"
    TEXT = "text"
    """One line of free words."""
    AGENCY = "agency"
    """An office: a body, or a ward or commune for its own."""
    LONG = "long"
    """Several lines of free words."""
    IDENTITY = "identity"
    """The personal identification number, twelve digits."""
    DATE = "date"
    TIME = "time"
    """An hour and minute of a day."""
    SEX = "sex"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    ETHNICITY = "ethnicity"
    NATIONALITY = "nationality"
    RELATION = "relation"
    DOCUMENT = "document"
    """A paper: which, its number, when and by whom it was issued."""
    NUMBER = "number"
    """A whole number, never negative."""
    AREA = "area"
    """Square metres."""
    MONEY = "money"
    """Whole đồng."""
    TAX_CODE = "tax_code"
    YES_NO = "yes_no"
    CHOICE = "choice"
    """One of the field's options."""
    TABLE = "table"
    """Rows of the field's columns."""


class Verified(StrEnum):
    """How far a field, or a whole form, was seen in the official form itself."""

    PRIMARY = "primary"
    """Read in the form."""
    SECONDARY = "secondary"
    """Read in something that shows or describes the form."""
    MEMORY = "memory"
    """Told by people who know the form; to be checked."""


class Shape(BaseModel):
    """A frozen part of a definition; keys it does not know are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Shape):
    """One of several things to choose from."""

    id: str = Id
    label: Text
    said: tuple[str, ...] = ()
    """Other ways people say it, in any spelling."""


class Column(Shape):
    """One column of a table."""

    id: str = Id
    kind: Kind
    label: Text
    required: bool = False
    options: tuple[Option, ...] = ()


class FormField(Shape):
    """One blank of a form."""

    id: str = Id
    kind: Kind
    label: Text
    """As the form calls it, in Vietnamese; what it means in English."""
    ask: Text
    """The question a good civil servant would put."""
    help: Text | None = None
    """Told where somebody asks what is meant."""
    example: str = ""
    said: tuple[str, ...] = ()
    """Words by which people name the field: «tên cháu», «ten be». Folded or not, both are found."""
    required: bool = True
    unknown: bool = False
    """Whether the form may be handed in with «không rõ» or nothing here, because people may truly not know."""
    when: dict[str, tuple[str, ...]] = {}
    """Asked only where each of these fields holds one of these values."""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    year_alone: bool = False
    """A date of which the year is enough."""
    future: bool = False
    """A date that may lie ahead; any other must not."""
    least: int | None = None
    most: int | None = None
    profile: str = ""
    """What of the citizen's own data may be offered here: one of `PROFILE`."""
    key: str = ""
    """The field's key in the portal's electronic form, where it is known."""
    verified: Verified | None = None
    """Where it differs from the form's own."""


PROFILE = (
    "name",
    "birth",
    "sex",
    "identity",
    "document",
    "phone",
    "email",
    "address",
    "temporary_address",
    "ethnicity",
    "nationality",
)
"""What is kept of a citizen, with consent, for the next form."""
