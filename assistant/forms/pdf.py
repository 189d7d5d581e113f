"""PDF and pictures, by typst with its own fonts. The only door to it. Values are given as data, never as source."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

from assistant.forms.definition import Form, Line
from assistant.forms.layout import (
    NATION,
    NUMBER,
    applying,
    column_widths,
    is_addressee,
    mark,
    notice,
    pieces,
    rows,
    shares,
    signers,
)
from assistant.forms.values import Values

_SHEET = Path(__file__).with_name("sheet.typ")
_SCREEN = 96
"""Points an inch of a preview."""
_ONE_AT_A_TIME = Lock()
"""A compiler that two threads use at once refuses the second."""


def render_pdf(form: Form, values: Values) -> bytes:
    """The declaration as PDF."""
    return _compiled(form, values, "pdf")[0]


def render_png(form: Form, values: Values, ppi: float = _SCREEN) -> list[bytes]:
    """The declaration as pictures, one a page."""
    return _compiled(form, values, "png", ppi)


def _compiled(form: Form, values: Values, format_: Literal["pdf", "png"], ppi: float = _SCREEN) -> list[bytes]:
    told = _told(form, applying(form, values))
    with _ONE_AT_A_TIME:
        made: bytes | list[bytes] = _compiler().compile(format=format_, ppi=ppi, sys_inputs=told)
    return made if isinstance(made, list) else [made]


@cache
def _compiler() -> Any:
    return typst.Compiler(str(_SHEET), root=str(_SHEET.parent), ignore_system_fonts=True)


def _told(form: Form, values: Values) -> dict[str, str]:
    told = {
        "title": form.title.vi,
        "mark": mark(form),
        "nation": NATION if form.national else (),
        "blocks": [_block(line, form, values) for line in form.layout],
        "footnotes": form.footnotes,
        "notice": notice(form),
    }
    return {"told": json.dumps(told, ensure_ascii=False)}


def _block(line: Line, form: Form, values: Values) -> dict[str, Any]:
    def set_(text: str) -> list[dict[str, Any]]:
        return [{"part": piece.part, "text": piece.text, "room": piece.room} for piece in pieces(text, form, values)]

    if line.columns:
        columns = [[set_(text) for text in column] for column in line.columns]
        return {"kind": "columns", "shares": shares(line), "columns": columns}
    if line.table:
        field = form.field(line.table)
        heads = (NUMBER, *(column.label.vi for column in field.columns))
        return {
            "kind": "table",
            "widths": column_widths(field),
            "heads": heads,
            "rows": rows(field, values.get(field.id)),
        }
    if line.sign:
        return {"kind": "sign", "signers": [{"who": set_(who), "how": set_(how)} for who, how in signers(line)]}
    if line.boxed:
        return {"kind": "boxed", "text": line.boxed}
    text = line.centred or line.heading or line.text
    kind = "centred" if line.centred else "heading" if line.heading else "text"
    kind = "addressee" if kind == "text" and is_addressee(text, form) else kind
    return {"kind": kind, "pieces": set_(text)}
