"""Values for a form's fields in what a citizen types, by patterns alone. Nothing is inferred that was not said.

Words that name a field or a person part the message («mẹ là … sinh … cccd …»); between them each field's own reader says
what is a value. A message without such words is taken for the field that was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from assistant.forms.commands import command, is_question
from assistant.forms.definition import Form, Kind
from assistant.forms.extracting.bare import TAKEN_BY, owner, section_before
from assistant.forms.extracting.dress import Stretch, free_words, trimmed, without_dress
from assistant.forms.extracting.events import day_of, hour_of, place_of
from assistant.forms.extracting.lexicon import is_listed, read_through, words_in
from assistant.forms.extracting.meaning import Slot, slots
from assistant.forms.extracting.names import is_like_a_name
from assistant.forms.extracting.stretches import FREE, numbered, stretches
from assistant.forms.extracting.taking import Failed, Found, Taking
from assistant.forms.extracting.vocabulary import self_told
from assistant.forms.values import MOST_LETTERS, Held, Unreadable, Values
from assistant.privacy import spans

__all__ = ["Failed", "Found", "extract"]

_IN_DIGITS = frozenset(
    (Kind.DATE, Kind.IDENTITY, Kind.PHONE, Kind.DOCUMENT, Kind.NUMBER, Kind.MONEY, Kind.AREA, Kind.TAX_CODE, Kind.TIME)
)
_BARE_SEX = re.compile(r"(?:^|[,;])\s*(nam|nu)(?: gioi)?\s*(?=[,;.]|$)")
_NO_VALUES: Mapping[str, Held] = MappingProxyType({})


def extract(
    form: Form, text: str, today: date, asked: str = "", values: Values = _NO_VALUES
) -> tuple[tuple[Found, ...], tuple[Failed, ...]]:
    """What a message tells, in the order in which it was said, and what was named but cannot be read.

    No field comes twice, and no two values share a word.
    """
    taking = Taking(form, read_through(text), today, asked)
    if len(text) > MOST_LETTERS:
        _refuse(taking)
    else:
        _Search(taking, slots(form, taking.read, asked), values).run()
    return taking.result()


def _refuse(taking: Taking) -> None:
    """No blank takes so much; the reader says so."""
    whole = (0, len(taking.read.plain))
    problem = taking.take(taking.asked, [whole]) if taking.asked else None
    if problem:
        taking.fail(taking.asked, whole, problem)


@dataclass(frozen=True, slots=True)
class _Search:
    """One message parted by its labels."""

    taking: Taking
    labels: Sequence[Slot]
    values: Values
    """What the form holds already."""

    def run(self) -> None:
        """Take all that the message tells."""
        asked = self.taking.form.field(self.taking.asked) if self.taking.asked else None
        answers = asked is not None and not self._is_no_answer()
        wordy = asked is not None and asked.kind in FREE
        if answers and (not self.labels or self._is_all_free_words()):
            self._whole()
        elif answers and not wordy:
            self._before(self.labels[0].start)
        missed_whole = dict(self.taking.problems)
        for place in range(len(self.labels)):
            self._after(place)
        if answers and wordy and self.labels and self.taking.values:
            self._before(self.labels[0].start)
        for name, start, end in self_told(self.taking.form, self.taking.read):
            self.taking.take(name, [(start, end)])
        self._bare_numbers()
        self._bare_sex()
        if answers and not self.taking.values and not self.taking.problems and self._is_free_for_asked():
            self._whole()
        if self.taking.values:
            self.taking.problems = {name: one for name, one in self.taking.problems.items() if name not in missed_whole}

    def _whole(self) -> None:
        """The whole message for the field that was asked."""
        taking, read = self.taking, self.taking.read
        blank = taking.form.field(taking.asked)
        end = len(read.plain)
        match blank.kind:
            case Kind.ADDRESS:
                whole = free_words(read, 0, end)
            case Kind.TEXT | Kind.AGENCY | Kind.LONG:
                whole = without_dress(read, 0, end, before="before_words")
            case _:
                whole = without_dress(read, 0, end)
        ways = numbered(blank, read, 0, end) if blank.kind in FREE else stretches(blank, read, 0, end)
        problem = taking.take(taking.asked, self._likely(taking.asked, [*ways, whole], whole[1]))
        if problem:
            taking.fail(taking.asked, whole, problem)

    def _before(self, end: int) -> None:
        """What stands before the first label answers what was asked."""
        taking, read = self.taking, self.taking.read
        told = (word.written for word in words_in(read) if word.end <= end)
        if any(not is_listed("before", word, marked=read.marked) for word in told):
            ways = stretches(taking.form.field(taking.asked), read, 0, end)
            taking.take(taking.asked, self._likely(taking.asked, ways, end))

    def _likely(self, name: str, ways: Iterable[Stretch], end: int | None = None) -> Iterable[Stretch]:
        """Of a name that nothing announces only what looks like one, and is all there is up to a place."""
        if self.taking.form.field(name).kind is not Kind.NAME:
            return ways
        return [way for way in ways if is_like_a_name(self.taking.read, *way, until=way[1] if end is None else end)]

    def _after(self, place: int) -> None:
        """The value behind a label, up to the next one."""
        label, taking = self.labels[place], self.taking
        end = self._end(place)
        first: Unreadable | None = None
        for name in label.fields:
            if name in taking.values:
                return
            problem = self._told(name, label, self._end_of(name, place))
            if name in taking.values:
                return
            first = first or problem
        if first and label.named and self._is_an_attempt(label, end):
            taking.fail(label.fields[0], without_dress(taking.read, label.end, end), first)

    def _end(self, place: int) -> int:
        following = self.labels[place + 1 : place + 2]
        return following[0].start if following else len(self.taking.read.plain)

    def _end_of(self, name: str, place: int) -> int:
        """Where the value behind a label ends at most. «quan hệ: con gái»: a word for a person may be one."""
        end = self._end(place)
        empty = not self.taking.read.plain[self.labels[place].end : end].strip(" :,")
        relation = self.taking.form.field(name).kind is Kind.RELATION
        return self._end(place + 1) if relation and empty and place + 1 < len(self.labels) else end

    def _told(self, name: str, label: Slot, end: int) -> Unreadable | None:
        """Take the value of a field behind its label, and day, hour and place of the same event behind that."""
        taking, plain = self.taking, self.taking.read.plain
        form, blank = taking.form, taking.form.field(name)
        day = (
            day_of(form, name, plain, label.end, end) if blank.kind in (Kind.TEXT, Kind.AGENCY, Kind.ADDRESS) else None
        )
        ways: Iterable[Stretch] = stretches(blank, taking.read, label.end, day.start if day else end)
        problem = taking.take(name, ways if label.named else self._likely(name, ways))
        if name not in taking.values:
            return problem
        behind = taking.stretches[name][1]
        is_day = blank.kind is Kind.DATE
        twins = (
            (hour_of(form, name, plain, behind, end), place_of(form, name, plain, behind, end)) if is_day else (day,)
        )
        for twin in twins:
            if twin and twin.field:
                taking.take(twin.field, stretches(form.field(twin.field), taking.read, twin.end, end))
        return None

    def _bare_numbers(self) -> None:
        """Numbers and mail addresses that no word announced."""
        taking = self.taking
        for span in spans(taking.read.written):
            if span.kind not in TAKEN_BY or taking.is_covered((span.start, span.end)):
                continue
            given = {*taking.values, *(name for name in self.values if name != taking.asked)}
            blank = owner(taking.form, span, self.labels, taking.asked, given)
            if blank:
                end = next((label.start for label in self.labels if label.start >= span.end), len(taking.read.plain))
                paper = stretches(blank, taking.read, span.start, end) if blank.kind is Kind.DOCUMENT else ()
                taking.take(blank.id, (*paper, (span.start, span.end)))

    def _bare_sex(self) -> None:
        """«…, nữ, …» of the person spoken of."""
        for match in _BARE_SEX.finditer(self.taking.read.plain):
            owned_by = section_before(self.taking.form, self.labels, match.start(1), self.taking.asked)
            fields = owned_by.fields if owned_by else ()
            for field in fields:
                if field.kind is Kind.SEX:
                    self.taking.take(field.id, [match.span(1)])

    def _is_an_attempt(self, label: Slot, end: int) -> bool:
        """Whether what follows a label looks like a value: it has digits where the value has."""
        plain = self.taking.read.plain
        start, end = trimmed(plain, label.end, end)
        kind = self.taking.form.field(label.fields[0]).kind
        return kind in _IN_DIGITS and any(letter.isdigit() for letter in plain[start:end])

    def _is_no_answer(self) -> bool:
        text = self.taking.read.written
        return is_question(text) or command(text, self.taking.form, self.taking.asked) is not None

    def _is_all_free_words(self) -> bool:
        """Whether free words were asked for, and those that look like labels are part of them."""
        kind = self.taking.form.field(self.taking.asked).kind
        if kind is Kind.LONG:
            return self.taking.asked not in self.labels[0].fields
        return kind in FREE and not any(label.named for label in self.labels)

    def _is_free_for_asked(self) -> bool:
        """Whether no words name another field, or only by chance: nothing was told of it."""
        if self.taking.form.field(self.taking.asked).kind is not Kind.NAME:
            return True
        return all(not label.named or self.taking.asked in label.fields for label in self.labels)
