"""The labels of a message as what they mean. Whose a value is follows from the person named last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.forms.definition import Form, Kind
from assistant.forms.extracting.labels import Label, labels
from assistant.forms.extracting.lexicon import data, listed, traits
from assistant.forms.extracting.people import COLON
from assistant.forms.extracting.sections import Section, field_of, only_field_of, section, section_of
from assistant.privacy.reading import Reading
from knowledge.text import fold

_IS = re.compile(r"(?<!\w)la\s*$")
_OF_ONE_IN_A_FORM = frozenset((Kind.PHONE, Kind.EMAIL))
"""Mostly asked once, whoever was spoken of."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A label whose field is known, or that only says whose the next values are."""

    start: int
    end: int
    fields: tuple[str, ...]
    """What it may mean, the likeliest first; empty where it is no field, and still ends the value before."""
    section: str
    """Whose it is; empty where that stays as it was."""
    named: bool = False
    """Whether the words name the field, so that a value which cannot be read is worth telling."""


@dataclass(frozen=True, slots=True)
class _Context:
    """Of whom or what was spoken last."""

    section: Section | None
    told: bool = False
    """Whether the message said so; else it follows from what was asked."""

    @property
    def binds(self) -> bool:
        """Whether what comes next is told of this person, and of nobody else."""
        return self.told and self.section is not None and self.section.is_personal


def slots(form: Form, read: Reading, asked: str) -> list[Slot]:
    """All labels of a message, in order, as what they mean."""
    context = _Context(section_of(form, asked) if asked else None)
    wordy = bool(asked) and form.field(asked).kind in (Kind.TEXT, Kind.AGENCY, Kind.LONG)
    found: list[Slot] = []
    for label in labels(form, read):
        if wordy and not context.told and not (label.fields or label.people):
            continue  # «Hồ Văn Lực, sinh 1990» is all of it what a line of words was asked for
        slot = _relative(label, context, read) or _meant(form, label, context, read)
        if slot is not None:
            found.append(slot)
            context = _Context(section(form, slot.section), told=True) if slot.section else context
    return found


def _relative(label: Label, context: _Context, read: Reading) -> Slot | None:
    """«tôi … là mẹ của bé»: the person named is what the one spoken of is to another, and nothing more is told of her."""
    owner = context.section
    if owner is None or not label.people or label.trait or not _IS.search(read.plain, 0, label.start):
        return None
    field = next((field for field in owner.fields if field.kind is Kind.RELATION), None)
    return Slot(label.start, label.start, (field.id,), owner.id) if field and _writes(owner) else None


def _writes(owner: Section) -> bool:
    """Whether a section is about who writes: its fields are called «tôi …»."""
    return any(fold(told).split()[0] in listed("self") for field in owner.fields for told in field.said)


def _meant(form: Form, label: Label, context: _Context, read: Reading) -> Slot | None:
    """The label as what it means after what was said before; None where it says nothing."""
    if label.people:
        return _of_person(form, label, context)
    if not label.trait:
        return _explicit(form, label, context)
    return _generic(form, label, context, colon=COLON.match(read.plain, label.end) is not None)


def _of_person(form: Form, label: Label, context: _Context) -> Slot | None:
    """A person, who is named next, or what is told of them: «căn cước của mẹ»."""
    spoken_of = context.section.id if context.section else ""
    owner = section(form, spoken_of if spoken_of in label.people else label.people[0])
    field = field_of(label.trait or "name", owner)
    if field is None and label.trait in data()["weak"]:
        return None
    return Slot(label.start, label.end, (field.id,) if field else (), owner.id, named=bool(label.trait and field))


def _explicit(form: Form, label: Label, context: _Context) -> Slot:
    """Words by which a form's field is called; those of several only end the value before."""
    near = [name for name in label.fields if context.section and section_of(form, name).id == context.section.id]
    fields = near or list(label.fields)
    if len(fields) > 1:
        return Slot(label.start, label.end, (), "")
    owner = section_of(form, fields[0])
    name = field_of("name", owner)
    others = (name.id,) if name and form.field(fields[0]).kind is Kind.RELATION else ()  # «tôi là Nguyễn Thị Hoa»
    return Slot(label.start, label.end, (fields[0], *others), owner.id, named=True)


def _generic(form: Form, label: Label, context: _Context, *, colon: bool) -> Slot | None:
    """«sinh», «cccd», «dân tộc»: of the person spoken of; of the only one it may be where nobody was."""
    weak = label.trait in data()["weak"]
    if weak and context.section is None:
        return None
    field = field_of(label.trait, context.section) if context.section else None
    if field is None and label.fields and (colon or not context.binds):
        return _explicit(form, label, context)
    personal = context.section is not None and context.section.is_personal
    if field is None and not weak and (not personal or _OF_ONE_IN_A_FORM.intersection(traits()[label.trait].kinds)):
        field = only_field_of(label.trait, form.fields)
    if field is not None:
        return Slot(label.start, label.end, (field.id,), section_of(form, field.id).id, named=True)
    return None if weak else Slot(label.start, label.end, (), "")
