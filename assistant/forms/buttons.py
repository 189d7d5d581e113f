"""The buttons that begin a form: what they say, and which form a message from one means."""

from __future__ import annotations

from functools import cache

from assistant.forms.definition import Form, forms
from assistant.wording_forms import FILL_THIS
from knowledge.procedure import Language


def button_text(form: Form, language: Language) -> str:
    """What the button of a form says when it is pressed."""
    return FILL_THIS.said_in(language).format(form=form.short.said_in(language))


def form_begun_by(text: str) -> Form | None:
    """The form whose button says this, however the form is called; None where it is no button's text."""
    return _by_text().get(text)


@cache
def _by_text() -> dict[str, Form]:
    languages: tuple[Language, ...] = ("vi", "en")
    return {button_text(form, language): form for form in forms().values() for language in languages}
