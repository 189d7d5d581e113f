"""A filling as JSON, in the keys of the portal's electronic form where they are known, for whoever types or sends it on."""

from __future__ import annotations

import json
from typing import Any

from assistant.forms.definition import Form, FormField
from assistant.forms.layout import applying
from assistant.forms.values import Held, Values


def render(form: Form, values: Values) -> bytes:
    """The values by field, in official order, with what the form is and follows; UTF-8."""
    given = applying(form, values)
    told: dict[str, Any] = {
        "form": form.id,
        "title": form.title.vi,
        "mark": form.mark,
        "version": form.version,
        "legal": form.source.legal,
        "as_of": form.source.as_of,
        "fields": {key(form.field(name)): _value(form.field(name), held) for name, held in given.items()},
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def key(field: FormField) -> str:
    """The portal's key for a field; ours where that is not known."""
    return field.key or field.id


def _value(field: FormField, held: Held) -> dict[str, Any]:
    return {"label": field.label.vi, "value": held.data, "shown": held.shown}
