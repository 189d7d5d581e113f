"""What a file with a declaration is called: what it is, and whose, in letters that every system takes."""

from __future__ import annotations

import re

from assistant.forms.definition import Form, Kind
from assistant.forms.values import Values
from knowledge.text import fold

_LONGEST = 80
_REQUESTER = "requester"
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def file_name(form: Form, values: Values, extension: str) -> str:
    """«to-khai-dang-ky-khai-sinh-le-minh-an.docx»: the title, and the name of the person it is about; never a number."""
    name = _slug(f"{form.title.vi} {_about(form, values)}")[:_LONGEST].strip("-")
    return f"{name}.{extension}"


def _about(form: Form, values: Values) -> str:
    """The name of the person the form is about: whoever files it for them only where nobody else is named."""
    names = [field for field in form.fields if field.kind is Kind.NAME and field.id in values]
    others = [field for field in names if form.group_of(field.id).id != _REQUESTER]
    return values[(others or names)[0].id].shown if names else ""


def _slug(text: str) -> str:
    return _NOT_A_LETTER.sub("-", fold(text).lower()).strip("-")
