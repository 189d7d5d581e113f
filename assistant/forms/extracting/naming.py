"""Which fields words speak of: «tên mẹ», «ngày sinh của cháu», «số căn cước của ba»."""

from __future__ import annotations

from functools import cache

from assistant.forms.definition import Form
from assistant.forms.extracting.lexicon import listed, read_through, traits, words_in
from assistant.forms.extracting.sections import section_of
from assistant.forms.extracting.vocabulary import Entry, vocabulary


def fields_named(form: Form, text: str) -> tuple[str, ...]:
    """The fields that a text names, and says nothing else of; none where it says more.

    The kind of value and the person may be told apart: «căn cước» of all, then those of the father.
    """
    read = read_through(text)
    words = words_in(read)
    known = vocabulary(form)
    found: list[Entry] = []
    place = 0
    while place < len(words):
        length, entries = known.at(words, place, read)
        if not entries and words[place].key not in _between():
            return ()
        found += entries
        place += length or 1
    return _fitting(form, found)


def _fitting(form: Form, found: list[Entry]) -> tuple[str, ...]:
    kinds = [traits()[entry.trait] for entry in found if entry.trait]
    people = {name for entry in found for name in entry.people}
    explicit = {name for entry in found for name in entry.fields}
    chosen = explicit | {field.id for field in form.fields if any(kind.takes(field) for kind in kinds)}
    if people and not chosen:
        chosen = {field.id for field in form.fields}
    theirs = {name for name in chosen if section_of(form, name).id in people}
    return tuple(field.id for field in form.fields if field.id in (theirs or chosen))


@cache
def _between() -> frozenset[str]:
    """Words that say nothing of which field is meant."""
    return frozenset((*listed("of"), *listed("whose"), *listed("before"), *listed("after"), "so", "phan", "muc"))
