"""Values that no word announces and that need none: twelve digits, a telephone number, a mail address."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.forms.definition import Form, FormField, Kind
from assistant.forms.extracting.meaning import Slot
from assistant.forms.extracting.sections import Section, section, section_of
from assistant.forms.kinds.spoken import digit_run, tokens
from assistant.privacy import Kind as Personal
from assistant.privacy import Span, spans

TAKEN_BY: Mapping[Personal, tuple[Kind, ...]] = {
    Personal.IDENTITY: (Kind.IDENTITY, Kind.DOCUMENT),
    Personal.PHONE: (Kind.PHONE,),
    Personal.MAIL: (Kind.EMAIL,),
}
"""Kinds of field by what a value is seen to be."""


def owner(form: Form, span: Span, labels: Sequence[Slot], asked: str, given: Collection[str]) -> FormField | None:
    """The field of a bare value: the one asked, or the only one it can be of the person spoken of. None: it stays."""
    kinds = TAKEN_BY.get(span.kind, ())
    if asked and asked not in given and form.field(asked).kind in kinds:
        return form.field(asked)
    spoken_of = section_before(form, labels, span.start, asked)
    around = spoken_of.fields if spoken_of else form.fields
    return _only(field for field in around if field.kind in kinds and field.id not in given)


def section_before(form: Form, labels: Sequence[Slot], place: int, asked: str) -> Section | None:
    """Whom or what was spoken of last before a place, or the form asks about; None where neither is known."""
    name = next((label.section for label in reversed(labels) if label.end <= place and label.section), "")
    if name:
        return section(form, name)
    return section_of(form, asked) if asked else None


def _only(fields: Iterator[FormField]) -> FormField | None:
    found = list(fields)
    return found[0] if len(found) == 1 else None


def in_digits(words: str) -> str:
    """The words with spoken numbers of a person in digits: «không bốn tám …» as 048…."""
    for span in reversed(spans(words)):
        digits = digit_run(tokens(span.text)) if span.kind in TAKEN_BY and span.kind is not Personal.MAIL else None
        if digits:
            words = f"{words[: span.start]}{digits}{words[span.end :]}"
    return words
