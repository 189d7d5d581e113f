"""Words that name a field, a kind of value, or a person, found in a message. The longest is taken, from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.forms.definition import Form, Kind
from assistant.forms.extracting.lexicon import listed, numbers, words_in
from assistant.forms.extracting.people import Person, Sentence, is_owned, person, person_behind
from assistant.forms.extracting.sections import STRANGER
from assistant.forms.extracting.vocabulary import Entry, vocabulary
from assistant.privacy.reading import Reading

_SPOKEN = "|".join(sorted(numbers()))
_BORN = re.compile(rf"[\s,:]*(?:(?:vao|la|luc|hom|khoang) )*(?:\d|(?:ngay|nam|thang|hom|mung|mong|{_SPOKEN})(?!\w))")
_BEGINS_A_DATE = frozenset(("ngay", "nam", "hom"))


@dataclass(frozen=True, slots=True)
class Label:
    """Words that say what comes next, or whose it is."""

    start: int
    end: int
    fields: tuple[str, ...] = ()
    """Fields that people name so."""
    trait: str = ""
    """The kind of value, where the words name one of whomever."""
    people: tuple[str, ...] = ()
    """Sections of the person named; empty where the words name none."""


def labels(form: Form, read: Reading) -> Iterator[Label]:
    """All labels of a message, in order."""
    sentence = Sentence(vocabulary(form), words_in(read), read)
    place = 0
    while place < len(sentence.words):
        label, after = _label(sentence, place)
        if label is not None:
            yield label
        place = after


def _label(sentence: Sentence, place: int) -> tuple[Label | None, int]:
    """The label that begins at a word, and the place to go on from."""
    length, entries = sentence.at(place)
    somebody = person(sentence, place)
    only_somebody = not any(entry.fields or entry.trait for entry in entries)
    if somebody and (only_somebody or somebody.after > place + length):
        words = sentence.words
        return Label(words[place].start, words[somebody.after - 1].end, people=somebody.people), somebody.after
    if only_somebody or sentence.is_in_a_name(place) or is_owned(sentence, place):
        return None, place + 1
    label = _merged(sentence, place, length, entries)
    if not _stands(label, sentence, place + length):
        return None, place + 1
    return _of_whom(label, sentence, place + length)


def _merged(sentence: Sentence, place: int, length: int, entries: Sequence[Entry]) -> Label:
    """One label of all that a phrase may mean. A last «ngày», «năm» begins the value: «sinh năm tháng mười một»."""
    fields = tuple(dict.fromkeys(name for entry in entries for name in entry.fields))
    trait = next((entry.trait for entry in entries if entry.trait), "")
    last = place + length - 1
    if length > 1 and sentence.key(last) in _BEGINS_A_DATE and trait in ("", "birth"):
        last -= 1
    return Label(sentence.words[place].start, sentence.words[last].end, fields, trait)


def _stands(label: Label, sentence: Sentence, after: int) -> bool:
    """Whether the words can be a label here: «sinh» before a date, «tên» before anything."""
    following = sentence.key(after)
    if label.fields:
        return True
    match label.trait:
        case "birth" if sentence.read.plain[label.start : label.end] in ("sinh", "sinh ra", "born"):
            of = following in listed("of") or following in listed("whose")
            return of or _BORN.match(sentence.read.plain, label.end) is not None
        case "residence":
            return following != "dau"
        case "name":
            return bool(following)
        case _:
            return True


def _of_whom(label: Label, sentence: Sentence, after: int) -> tuple[Label, int]:
    """The label with the person behind it: «ngày sinh của vợ tôi», «em sinh bé ngày …». Theirs the value is."""
    somebody = person_behind(sentence, after)
    if somebody is None:
        return label, after
    end = sentence.words[somebody.after - 1].end
    if somebody.people == (STRANGER.id,) and _is_of_names(label, sentence):
        return replace(label, end=end), somebody.after  # «ủy quyền cho con trai tôi là …»
    trait = label.trait or _ending(label, sentence)
    if not trait:
        return label, after
    return _given(label, trait, somebody, end), somebody.after


def _given(label: Label, trait: str, somebody: Person, end: int) -> Label:
    return replace(label, end=end, fields=(), trait=trait, people=somebody.people)


def _is_of_names(label: Label, sentence: Sentence) -> bool:
    kinds = {sentence.known.form.field(name).kind for name in label.fields}
    return kinds == {Kind.NAME}


def _ending(label: Label, sentence: Sentence) -> str:
    """The trait that the last word of a field's words names: birth of «em sinh»."""
    kinds = {sentence.known.form.field(name).kind for name in label.fields}
    return "birth" if kinds == {Kind.DATE} and sentence.read.plain[: label.end].endswith("sinh") else ""
