"""Word: the declaration, made of a template that staff may lay out anew. The only door to docxtpl."""

from __future__ import annotations

import io
import logging
from functools import cache
from pathlib import Path

from docxtpl import DocxTemplate

from assistant.errors import FormDefinitionError
from assistant.forms.definition import Form, forms
from assistant.forms.docx_template import saved, template
from assistant.forms.docx_values import environment, shown
from assistant.forms.values import Values

__all__ = ["check_template", "render", "template"]

log = logging.getLogger(__name__)


def render(form: Form, values: Values, templates: Path | None = None) -> bytes:
    """The declaration in Word: by the template that staff laid out anew, where there is one and it works."""
    own = templates / f"{form.id}.docx" if templates else None
    if own is not None and own.exists():
        try:
            return _by_own(form, values, own)
        except FormDefinitionError:
            log.exception("a template cannot be filled in: the built-in one is used", extra={"template": own.name})
    return _filled(form, values, _kept(form.id) if forms().get(form.id) is form else template(form))


def check_template(form: Form, data: bytes) -> tuple[str, ...]:
    """What is wrong with a template: it cannot be read, names a field that there is not, or leaves one out."""
    try:
        unknown, left_out = _misnamed(form, data)
        if not unknown:
            _filled(form, {}, data)
    except Exception as error:  # noqa: BLE001 - a file that staff made may fail in any way there is
        return (f"it cannot be read as a template: {error}",)
    return unknown + left_out


def _by_own(form: Form, values: Values, path: Path) -> bytes:
    """By a template of staff.

    Raises:
        FormDefinitionError: it would lose something that the citizen gave, or cannot be filled in at all.

    """
    try:
        data = path.read_bytes()
        unknown, left_out = _misnamed(form, data)
        if not unknown + left_out:
            return _filled(form, values, data)
    except Exception as error:  # noqa: BLE001 - as above
        # The cause is told by its kind only: its message may quote what the citizen wrote.
        raise FormDefinitionError(f"{path.name}: it cannot be filled in ({type(error).__name__})") from None
    raise FormDefinitionError(f"{path.name}: {'; '.join(unknown + left_out)}")


def _misnamed(form: Form, data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields a template names although there are none, and those it leaves out."""
    named = set(DocxTemplate(io.BytesIO(data)).get_undeclared_template_variables(environment()))
    known = {field.id: field for field in form.fields}
    return (
        tuple(f"there is no field {name}" for name in sorted(named - known.keys())),
        tuple(f"the field {name} ({known[name].label.vi}) is nowhere shown" for name in sorted(known.keys() - named)),
    )


@cache
def _kept(name: str) -> bytes:
    return template(forms()[name])


def _filled(form: Form, values: Values, data: bytes) -> bytes:
    told = DocxTemplate(io.BytesIO(data))
    told.render(shown(form, values), environment(), autoescape=True)
    return saved(told.docx, form)
