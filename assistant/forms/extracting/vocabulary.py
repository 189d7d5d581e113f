"""The phrases of a form: of its fields, of the kinds of values, of the people it asks about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from assistant.forms.definition import Form, FormField, Kind
from assistant.forms.extracting.lexicon import Phrase, Word, data, phrase, traits, words_in
from assistant.forms.extracting.sections import Same, people
from assistant.privacy.reading import Reading
from knowledge.text import fold

_WITHIN = re.compile(r"[ /,'’.-]{0,2}")
"""What may stand between the words of one phrase."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase of a form means."""

    written: Phrase
    fields: tuple[str, ...] = ()
    trait: str = ""
    people: tuple[str, ...] = ()
    """Sections of the person named."""

    def fits(self, words: Sequence[Word], *, marked: bool) -> bool:
        """Whether the words are this phrase, where the writer used marks; one may be defined without any."""
        if not marked or (len(words) > 1 and all(own.isascii() for own in self.written)):
            return True
        return all(word.written == own for word, own in zip(words, self.written, strict=True))


@dataclass(frozen=True)
class Vocabulary:
    """All phrases of a form."""

    form: Form
    phrases: Mapping[Phrase, tuple[Entry, ...]]
    """By their words without marks."""
    longest: Mapping[str, int]
    """How many words the longest phrase has that begins with a word."""

    def at(self, words: Sequence[Word], place: int, read: Reading, *, people: bool = False) -> tuple[int, list[Entry]]:
        """The longest phrase that begins at a word, or the longest for a person: its length, and what it may mean."""
        most = min(self.longest.get(words[place].key, 0), len(words) - place)
        for length in range(most, 0, -1):
            chosen = words[place : place + length]
            entries = self.phrases.get(tuple(word.key for word in chosen), ())
            found = [
                entry for entry in entries if entry.fits(chosen, marked=read.marked) and (entry.people or not people)
            ]
            if found and all(_WITHIN.fullmatch(read.plain[one.end : two.start]) for one, two in pairwise(chosen)):
                return length, found
        return 0, []


def vocabulary(form: Form) -> Vocabulary:
    """The phrases of a form, remembered."""
    return _vocabulary(Same(form))


@lru_cache(maxsize=64)
def _vocabulary(same: Same) -> Vocabulary:
    phrases: dict[Phrase, tuple[Entry, ...]] = {}
    longest: dict[str, int] = {}
    of_people = (Entry(words, people=owners) for words, owners in people(same.form).items())
    for entry in (*_of_fields(same.form), *_of_traits(), *of_people):
        key = tuple(fold(word) for word in entry.written)
        if key:
            phrases[key] = (*phrases.get(key, ()), entry)
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Vocabulary(same.form, phrases, longest)


def _of_fields(form: Form) -> Iterator[Entry]:
    names: dict[Phrase, list[str]] = {}
    for field in form.fields:
        for words in dict.fromkeys(map(phrase, (field.label.vi, *field.said))):
            names.setdefault(words, []).append(field.id)
    for field in form.fields:
        for words in {other for told in field.said for other in _reworded(phrase(told), field)}:
            names.setdefault(words, [field.id])
    yield from (Entry(words, fields=tuple(fields)) for words, fields in names.items())


def _reworded(words: Phrase, field: FormField) -> Iterator[Phrase]:
    """«sđt quán» where the form has «điện thoại quán»."""
    for name in data()["reworded"]:
        trait = traits()[name]
        head = max((way for way in trait.words if words[: len(way)] == way), key=len, default=())
        rest = words[len(head) :]
        if field.kind in trait.kinds and head and rest:
            yield from ((*way, *rest) for way in trait.words)


@cache
def _of_traits() -> tuple[Entry, ...]:
    return tuple(Entry(words, trait=name) for name, trait in traits().items() for words in trait.words)


def self_told(form: Form, read: Reading) -> Iterator[tuple[str, int, int]]:
    """Words that name a field and are its value at once: «bé gái». The field, and where they stand."""
    known, words = vocabulary(form), words_in(read)
    for place in range(len(words)):
        length, entries = known.at(words, place, read)
        for name in (name for entry in entries for name in entry.fields):
            if form.field(name).kind is Kind.SEX:
                yield name, words[place].start, words[place + length - 1].end
