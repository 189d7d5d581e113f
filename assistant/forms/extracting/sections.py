"""Whose a form's fields are: sections of one person or one thing, and the words by which people name that person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.forms.definition import Form, FormField, Group, Kind
from assistant.forms.extracting.lexicon import Phrase, data, phrase, traits


class Section(NamedTuple):
    """Fields about one person or one thing: a group, or a part of one that tells of several people."""

    id: str
    label: str
    fields: tuple[FormField, ...]

    @property
    def is_personal(self) -> bool:
        """Whether it tells of a person."""
        return self.id == STRANGER.id or field_of("name", self) is not None


STRANGER = Section("-", "", ())
"""Of a person whom the form does not ask about; what is told of them goes nowhere."""


class Same:
    """A form by its identity: definitions hold tables and have no hash."""

    __slots__ = ("form",)

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.form is self.form


def sections(form: Form) -> tuple[Section, ...]:
    """All sections, in official order."""
    return _sections(Same(form))


@lru_cache(maxsize=64)
def _sections(same: Same) -> tuple[Section, ...]:
    return tuple(section for group in same.form.groups for section in _parts(group))


def _parts(group: Group) -> Iterator[Section]:
    starts = [place for place, field in enumerate(group.fields) if field.kind is Kind.NAME]
    if len(starts) < 2:
        yield Section(group.id, group.label.vi, group.fields)
        return
    for start, end in zip((0, *starts[1:]), (*starts[1:], len(group.fields)), strict=True):
        yield Section(f"{group.id}/{start}", group.fields[start].label.vi, group.fields[start:end])


def section_of(form: Form, name: str) -> Section:
    """The section a field stands in."""
    return next(section for section in sections(form) if any(field.id == name for field in section.fields))


def section(form: Form, name: str) -> Section:
    """The section of this name; the stranger's where there is none."""
    return next((one for one in sections(form) if one.id == name), STRANGER)


def field_of(trait: str, owner: Section) -> FormField | None:
    """The field of a section that a trait means; None where it has none, or several."""
    fitting = [field for field in owner.fields if traits()[trait].takes(field)]
    return fitting[0] if len(fitting) == 1 else None


def only_field_of(trait: str, fields: Iterable[FormField]) -> FormField | None:
    """The only field that a trait can mean."""
    fitting = [field for field in fields if traits()[trait].takes(field)]
    return fitting[0] if len(fitting) == 1 else None


def people(form: Form) -> Mapping[Phrase, tuple[str, ...]]:
    """The words for each person, with the sections about them; everybody else's with the stranger's."""
    told = {one.id: frozenset(_heads(one)) for one in sections(form)}
    owners: dict[Phrase, tuple[str, ...]] = {}
    for name, heads in told.items():
        others = frozenset(head for other, theirs in told.items() if other != name for head in theirs)
        circles = (circle for circle in _circles() if circle & heads)
        for head in sorted(heads.union(*(circle - others for circle in circles))):
            owners[head] = (*owners.get(head, ()), name)
    for stranger in (*_everybody(), *map(phrase, data()["strangers"])):
        owners.setdefault(stranger, (STRANGER.id,))
    return owners


def _heads(owner: Section) -> Iterator[Phrase]:
    """The person's words in what a section's fields are called: «mẹ» of «số căn cước của mẹ»."""
    whose = frozenset(data()["whose"])
    for told in (owner.label, *(words for field in owner.fields for words in field.said)):
        head = _bare(phrase(told))
        if len(head) > 1 and head[-1] in whose and _is_person(head[:-1]):
            head = head[:-1]
        if head and _is_person(head):
            yield head


def _bare(words: Phrase) -> Phrase:
    """The words without those that name a kind of value: «mẹ» of «căn cước mẹ», but «người mất» whole."""
    dress = frozenset(data()["dress"].split())
    begin, end = 0, len(words)
    while begin < end and words[begin] in dress and not (words[begin] == "người" and end - begin > 1):
        begin += 1
    while end > begin and words[end - 1] in dress:
        end -= 1
    if words[begin : begin + 1] == ("người",) and words[begin + 1 : end] in _everybody():
        begin += 1
    return words[begin:end]


def _is_person(words: Phrase) -> bool:
    return words in _everybody() or (len(words) > 1 and words[0] in data()["others"])


@cache
def _circles() -> tuple[frozenset[Phrase], ...]:
    """Words that mean the same person where a form has one of them."""
    return tuple(frozenset(map(phrase, line)) for line in data()["people"])


@cache
def _everybody() -> frozenset[Phrase]:
    return frozenset().union(*_circles())
