"""One line of a form's layout, and the blanks it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Self

from pydantic import model_validator

from assistant.forms.blank import Shape

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|([a-z]+)(?::([a-z0-9_]+))?)?\}")
"""`{field}`, `{field|filter}` or `{field|filter:argument}` in a text of a layout."""
FILTERS = ("words", "upper", "day", "month", "year", "tick")


class Line(Shape):
    """One piece of the document. Exactly one of the kinds is set; texts hold `{field}` where a value is written.

    `{field}` is the value, or dots to write on. `{field|words}` is a date or an amount in words, `{field|upper}` capitals,
    `{field|day}`, `{field|month}` and `{field|year}` parts of a date, `{field|tick:option}` a box that is ticked where
    the field holds the option.
    """

    text: str = ""
    """A line of text."""
    heading: str = ""
    """A line in bold."""
    centred: str = ""
    """A line in bold in the middle."""
    columns: tuple[tuple[str, ...], ...] = ()
    """Columns beside each other, each of lines."""
    table: str = ""
    """The table of this field."""
    sign: tuple[str, ...] = ()
    """Who signs, from left to right; under each name there is room. A second line in brackets follows a `|`."""
    boxed: str = ""
    """What the office writes, left empty."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(bool(value) for value in self.__dict__.values()) != 1:
            raise ValueError("a line of the layout has exactly one kind")
        return self


def texts(line: Line) -> tuple[str, ...]:
    """Every text of a line that may hold placeholders."""
    return (line.text, line.heading, line.centred, *(cell for column in line.columns for cell in column), *line.sign)


def placeholders(layout: Iterable[Line]) -> Iterator[str]:
    """The names of the fields a layout shows, in order; a field may come twice."""
    for line in layout:
        if line.table:
            yield line.table
        for text in texts(line):
            yield from (match.group(1) for match in PLACEHOLDER.finditer(text))
