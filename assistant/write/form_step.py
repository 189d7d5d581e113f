"""One step of a form as words: what was noted, the next question, the review, and where to take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from assistant import wording_forms as words
from assistant.consents import Purpose
from assistant.consents import words as consent_words
from assistant.conversation import Block, Status, Suggestion
from assistant.forms.definition import FormField, Kind, Verified, forms_of
from assistant.forms.dialogue import Move, Step
from assistant.forms.filling import EARLIER_OFFER, PROFILE_OFFER, Filling
from assistant.forms.values import Held
from assistant.write.figures import day
from knowledge.procedure import Language, Text

STATUS: Mapping[Move, Status] = {
    Move.CONSENT: Status.FORM_CONSENT,
    Move.ASK: Status.FORM_ASKED,
    Move.OFFER: Status.FORM_OFFERED,
    Move.UNREADABLE: Status.FORM_UNREADABLE,
    Move.NEEDED: Status.FORM_UNREADABLE,
    Move.UNFINISHED: Status.FORM_ASKED,
    Move.EXPLAIN: Status.FORM_EXPLAINED,
    Move.WHICH_FIELD: Status.FORM_EDIT,
    Move.REVIEW: Status.FORM_REVIEW,
    Move.READY: Status.FORM_READY,
    Move.PAUSED: Status.FORM_PAUSED,
    Move.CANCELLED: Status.FORM_CANCELLED,
    Move.DECLINED: Status.FORM_CANCELLED,
}
"""The status of the answer that each move of a form leads to."""

_LONGEST_BUTTON = 60


class StepTeller:
    """Tells one step of a form: its blocks, and the buttons below them."""

    def __init__(self, step: Step, language: Language, done: str = "") -> None:
        self.step, self.done = step, done
        self.form = step.form
        self.language: Language = language

    def blocks(self) -> Iterator[Block]:
        """What was noted or could not be, then what the step is about."""
        if self.step.changed:
            yield self._caution(words.CHANGED)
        yield from self._taken()
        yield from self._failed()
        match self.step.move:
            case Move.CONSENT:
                yield from self._consent()
            case Move.ASK | Move.UNREADABLE | Move.UNFINISHED:
                yield from self._question()
            case Move.OFFER:
                yield from self._offer()
            case Move.NEEDED:
                yield from self._needed()
            case Move.EXPLAIN:
                yield from self._explain()
            case Move.WHICH_FIELD:
                yield Block(text=self._say(words.WHICH_FIELD), items=tuple(map(self._label, self.step.fields)))
            case Move.REVIEW:
                yield from self._review()
            case Move.READY:
                yield from self._ready()
            case move:
                yield Block(text=self._say(words.FORM_SAID[STATUS[move]]))

    def buttons(self) -> Iterator[Suggestion]:
        """What may be answered with one tap."""
        match self.step.move:
            case Move.CONSENT:
                yield from map(self._button, (words.AGREE, words.NO))
            case Move.OFFER:
                yield from map(self._button, (words.AGREE, words.NOPE))
            case Move.REVIEW:
                yield from map(self._button, (words.ALL_RIGHT, words.LATER))
                yield from self._edits()
            case Move.READY:
                yield self._button(words.REMEMBER)
            case Move.WHICH_FIELD:
                yield from self._edits()
            case Move.PAUSED:
                yield self._button(words.GO_ON)
            case Move.CANCELLED | Move.DECLINED:
                return
            case _:
                yield from self._for_question()

    def _for_question(self) -> Iterator[Suggestion]:
        if self._unconfirmed():
            yield from map(self._button, (words.RIGHT, words.DROP))
        field = self.step.field
        if field is None:
            return
        yield from (Suggestion(label=label, text=label) for label in self._options(field))
        if field.unknown or not field.required:
            yield self._button(words.NONE)
        yield from map(self._button, (words.SKIP, words.LATER))

    def _options(self, field: FormField) -> tuple[str, ...]:
        if field.kind is Kind.YES_NO:
            return self._say(words.YES), self._say(words.NOPE)
        if field.kind is Kind.SEX:
            return "Nam", "Nữ"
        labels = (option.label.said_in(self.language) for option in field.options)
        return tuple(label for label in labels if len(label) <= _LONGEST_BUTTON)

    def _edits(self) -> Iterator[Suggestion]:
        doubted = (name for trouble in self.step.troubles for name in trouble.fields)
        names = self.step.fields if self.step.move is Move.WHICH_FIELD else doubted
        for name in dict.fromkeys(names):
            label = words.EDIT.said_in(self.language).format(label=self._label(name).lower())
            yield Suggestion(label=label, text=label)

    def _taken(self) -> Iterator[Block]:
        """What was noted: the answer to a question in a line, anything found beside it for a yes or a no."""
        filling, taken = self.step.filling, self.step.taken
        if filling is None or not taken:
            return
        held = {name: filling.values[name] for name in taken if name in filling.values}
        if all(one.confirmed for one in held.values()) and len(held) == 1:
            ((name, one),) = held.items()
            text = words.NOTED.said_in(self.language).format(label=self._label(name).lower(), shown=one.shown)
            yield Block(text=text)
        else:
            yield Block(heading=self._say(words.TAKEN), items=tuple(self._from_words(held)))
        yield from self._doubts(held)

    def _doubts(self, held: Mapping[str, Held]) -> Iterator[Block]:
        told = words.DOUBT.said_in(self.language)
        items = tuple(
            told.format(label=self._label(name), message=doubt.message.said_in(self.language))
            for name, one in held.items()
            for doubt in one.warnings
        )
        if items:
            yield Block(heading=self._say(words.WARNED), items=items, caution=True)

    def _from_words(self, held: Mapping[str, Held]) -> Iterator[str]:
        for name, one in held.items():
            if one.words:
                told = words.FROM_WORDS.said_in(self.language)
                yield told.format(label=self._label(name), shown=one.shown, words=one.words)
            else:
                yield value_line(self._label(name), one.shown, self.language)

    def _failed(self) -> Iterator[Block]:
        told = words.DOUBT.said_in(self.language)
        items = [
            told.format(label=self._label(one.field), message=one.problem.message.said_in(self.language))
            for one in self.step.failed
        ]
        yield from (Block(text=item, caution=True) for item in items)
        if not items and self.step.move is Move.UNREADABLE and self.step.field:
            yield self._caution(words.NOT_READ, label=self.step.field.label.said_in(self.language))

    def _consent(self) -> Iterator[Block]:
        yield Block(text=self._say(words.BEGIN, form=self._title()))
        held = self.step.filling.values if self.step.filling else {}
        if held:
            yield Block(heading=self._say(words.HELD), items=tuple(self._from_words(held)))
        yield from self._source_note()
        yield Block(text=consent_words(Purpose.FORM_DATA, self.language).text)

    def _source_note(self) -> Iterator[Block]:
        source = self.form.source
        if source.note and source.verified is not Verified.PRIMARY:
            yield self._caution(words.NOT_SEEN, note=source.note.said_in(self.language))

    def _question(self) -> Iterator[Block]:
        field = self.step.field
        if field is None:
            return
        if self.step.move is Move.UNFINISHED:
            label, count = self._label(field.id), len(self.step.fields)
            yield Block(text=self._say(words.UNFINISHED, label=label, count=str(count)))
        group = self.form.group_of(field.id)
        first = group.fields[0].id == field.id and self.step.move is Move.ASK
        told = (group.why, field.ask) if first else (field.ask,)
        text = " ".join(one.said_in(self.language) for one in told)
        yield Block(text=text, items=tuple(self._example(field)))

    def _example(self, field: FormField) -> Iterator[str]:
        if field.example and not self._options(field):
            yield self._say(words.EXAMPLE, example=field.example)

    def _offer(self) -> Iterator[Block]:
        name = self.step.filling.offer if self.step.filling else PROFILE_OFFER
        asks = {PROFILE_OFFER: words.USE_PROFILE, EARLIER_OFFER: words.USE_EARLIER}
        ask = asks.get(name) or self.form.copies[int(name.removeprefix("copy:"))].ask
        items = (value_line(self._label(to), held.shown, self.language) for to, held in self.step.offered.items())
        yield Block(text=ask.said_in(self.language), items=tuple(items))

    def _needed(self) -> Iterator[Block]:
        if self.step.field:
            yield Block(text=self._say(words.NEEDED, label=self.step.field.label.said_in(self.language)))

    def _explain(self) -> Iterator[Block]:
        field = self.step.field
        if field is None:
            return
        told = [field.help.said_in(self.language)] if field.help else []
        told.append(self._say(words.WHY, why=self.form.group_of(field.id).why.said_in(self.language)))
        yield Block(text=" ".join(told), items=tuple(self._example(field)))
        yield Block(text=field.ask.said_in(self.language))

    def _review(self) -> Iterator[Block]:
        filling = self.step.filling
        if filling is None:
            return
        yield Block(text=self._say(words.REVIEW, form=self._title()) + ":")
        yield from self._groups(filling)
        yield from self._troubles()
        yield from self._missing()

    def _groups(self, filling: Filling) -> Iterator[Block]:
        for group in self.form.groups:
            items = [
                value_line(field.label.said_in(self.language), filling.values[field.id].shown, self.language)
                for field in group.fields
                if field.id in filling.values
            ]
            empty = [field.label.said_in(self.language) for field in group.fields if field.id in filling.none]
            items += [value_line(label, self._say(words.LEFT_EMPTY), self.language) for label in empty]
            if items:
                yield Block(heading=group.label.said_in(self.language), items=tuple(items))

    def _troubles(self) -> Iterator[Block]:
        for blocks, heading in ((True, words.BLOCKED), (False, words.WARNED)):
            items = tuple(t.message.said_in(self.language) for t in self.step.troubles if t.blocks is blocks)
            if items:
                yield Block(heading=self._say(heading), items=items, caution=True)

    def _missing(self) -> Iterator[Block]:
        items = tuple(self._label(name) for name in self.step.fields)
        if items:
            yield Block(heading=self._say(words.MISSING), items=items)

    def _ready(self) -> Iterator[Block]:
        yield Block(text=self._say(words.READY, form=self._title()))
        if self.form.signed_online:
            yield Block(text=self.form.signed_online.said_in(self.language))
        yield from self._missing()
        yield from self._troubles()
        yield from self._also_needed()
        yield Block(text=self._say(words.KEPT_FOR))
        source = self.form.source
        yield Block(text=self._say(words.FROM_FORM, legal=source.legal, as_of=day(date.fromisoformat(source.as_of))))
        yield from self._source_note()

    def _also_needed(self) -> Iterator[Block]:
        """The other forms of the procedure: one is filled in at a time."""
        code = self.step.filling.code if self.step.filling else ""
        for other in forms_of(code):
            if other.id not in (self.form.id, self.done):
                yield self._caution(words.ALSO_NEEDED, form=other.short.said_in(self.language))

    def _unconfirmed(self) -> bool:
        filling = self.step.filling
        return filling is not None and any(not held.confirmed for held in filling.values.values())

    def _title(self) -> str:
        title = self.form.short.said_in(self.language)
        return f"{title} ({self.form.mark})" if self.form.mark and self.form.mark not in title else title

    def _label(self, name: str) -> str:
        """What the form calls a field, with its group where another field's name begins the same way."""
        label = self.form.field(name).label.said_in(self.language)
        others = (field.label.said_in(self.language) for field in self.form.fields if field.id != name)
        if not any(other.startswith(label) for other in others):
            return label
        return f"{label} ({self.form.group_of(name).label.said_in(self.language).lower()})"

    def _say(self, text: Text, **facts: str) -> str:
        return text.said_in(self.language).format(**facts) if facts else text.said_in(self.language)

    def _caution(self, text: Text, **facts: str) -> Block:
        return Block(text=self._say(text, **facts), caution=True)

    def _button(self, text: Text) -> Suggestion:
        label = text.said_in(self.language)
        return Suggestion(label=label, text=label)


def value_line(label: str, shown: str, language: Language) -> str:
    """A value behind the label of its field."""
    return words.VALUE.said_in(language).format(label=label, shown=shown)
