"""A message meant for a form: what it does to the filling, and what is said next. No model, no look-up, no clock of its own.

`Dialogue.reply` is read top down: a yes or a no that is waited for, a command, then values. What is none of these is a
digression, which the rest of the assistant answers; the form goes on after it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.forms import filling as fill
from assistant.forms.checks import Trouble, check, missing
from assistant.forms.commands import Command, command, is_question
from assistant.forms.definition import Form, FormField
from assistant.forms.extract import Failed, Found, extract
from assistant.forms.filling import Filling, State
from assistant.forms.values import Held, Values

Extract = Callable[[Form, str, date, str, Values], tuple[tuple[Found, ...], tuple[Failed, ...]]]
"""Finds values in a message: by patterns, or with a language model beside them."""

_NO = frozenset(("reject", "cancel", "none", "later", "skip"))


class Move(StrEnum):
    """What is said next."""

    CONSENT = "consent"
    ASK = "ask"
    OFFER = "offer"
    """What is known already is offered for other fields."""
    UNREADABLE = "unreadable"
    """The message holds no value of the field asked for; told why."""
    NEEDED = "needed"
    """«không có» where the form needs it."""
    UNFINISHED = "unfinished"
    """«đúng hết, xuất tờ khai» while something the form needs was not asked yet; it is asked on."""
    EXPLAIN = "explain"
    WHICH_FIELD = "which_field"
    """«sửa tên» may mean several fields."""
    REVIEW = "review"
    READY = "ready"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    """No to filling in at all."""
    DIGRESSION = "digression"


@dataclass(frozen=True, slots=True)
class Step:
    """What a message did."""

    move: Move
    form: Form
    filling: Filling | None
    """None once nothing is to be kept."""
    taken: tuple[str, ...] = ()
    """Fields that got a value now, in the order in which they were said."""
    failed: tuple[Failed, ...] = ()
    field: FormField | None = None
    """The one asked for."""
    offered: Mapping[str, Held] = dataclasses.field(default_factory=dict)
    """What is known already, by the fields it would fill."""
    fields: tuple[str, ...] = ()
    """Those between which the citizen chooses; at a review, those still missing."""
    troubles: tuple[Trouble, ...] = ()
    changed: bool = False
    """The form's definition is newer than the filling; what still fits was kept."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Talks about one form on one day."""

    form: Form
    today: date
    profile: Values = dataclasses.field(default_factory=dict)
    """What the citizen had kept from an earlier form, by its name there."""
    earlier: Values = dataclasses.field(default_factory=dict)
    """What another form of the procedure, just done, says for this one."""
    find: Extract = extract

    def start(self, code: str, text: str) -> Step:
        """A form is asked for: what the request already tells is held until the citizen agrees."""
        found, _ = self.find(self.form, text, self.today, "", {})
        begun = fill.put(fill.begin(self.form, code), _held(found, asked=""))
        return Step(Move.CONSENT, self.form, begun)

    def resume(self, filling: Filling) -> Step:
        """Go on with a filling that was put off, on this channel or another."""
        if filling.version != self.form.version:
            return replace(self.resume(moved_on(filling, self.form)), changed=True)
        if filling.state is State.CONSENT:
            return Step(Move.CONSENT, self.form, filling)
        return self._finish(filling) if filling.state is State.DONE else self._go_on(filling)

    def take_card(self, filling: Filling, card: Values) -> Step:
        """What an identity card says, by the names of `definition.PROFILE`: held, and shown for a yes."""
        known = fill.offered(fill.PROFILE_OFFER, filling, self.form, card)
        given = {name: held.model_copy(update={"origin": "card", "confirmed": False}) for name, held in known.items()}
        return replace(self._go_on(fill.put(_without_offer(filling), given)), taken=tuple(given))

    def reply(self, filling: Filling, text: str) -> Step:
        """What a message does to a filling."""
        if filling.version != self.form.version:
            return replace(self.reply(moved_on(filling, self.form), text), changed=True)
        if filling.state is State.CONSENT:
            return self._consented(filling, text)
        said = command(text, self.form, filling.asked)
        step = self._obeyed(filling, said) if said else None
        return step or self._told(filling, text)

    def _told(self, filling: Filling, text: str) -> Step:
        """A message that is no command: values, or something else altogether."""
        found, failed = self.find(self.form, text, self.today, filling.asked, filling.values)
        if is_question(text) and not any(one.field != filling.asked for one in found):
            return Step(Move.DIGRESSION, self.form, filling)
        if found:
            return self._taken(filling, found, failed)
        if not filling.asked and not failed:
            return Step(Move.DIGRESSION, self.form, filling)
        field = self.form.field(failed[0].field if failed else filling.asked)
        return Step(Move.UNREADABLE, self.form, filling, failed=failed, field=field)

    def _consented(self, filling: Filling, text: str) -> Step:
        said = command(text, self.form, "")
        if said and said.kind == "accept":
            return replace(self._go_on(filling), taken=tuple(filling.values))
        if said and said.kind in _NO:
            return Step(Move.DECLINED, self.form, None)
        found, _ = self.find(self.form, text, self.today, "", filling.values)
        if is_question(text) or not found:
            return Step(Move.DIGRESSION, self.form, filling)
        return Step(Move.CONSENT, self.form, fill.put(filling, _held(found, asked="")))

    def _obeyed(self, filling: Filling, said: Command) -> Step | None:
        """What a command does; None where it says nothing here, so that the message may be a value after all."""
        asked = self.form.field(filling.asked) if filling.asked else None
        match said.kind:
            case "cancel":
                return Step(Move.CANCELLED, self.form, None)
            case "later":
                return Step(Move.PAUSED, self.form, filling.model_copy(update={"state": State.PAUSED}))
            case "accept":
                return self._accepted(filling)
            case "reject":
                return self._rejected(filling)
            case "none" | "skip" if filling.offer:
                return self._go_on(_declined(filling))
            case "back":
                return self._back(filling)
            case "edit":
                return self._edit(filling, said)
            case "review":
                return self._review(filling)
            case "finish" | "complete":
                return self._complete(filling) if said.kind == "complete" else self._finish(filling)
            case _:
                return self._of_asked(filling, asked, said.kind) if asked else None

    def _of_asked(self, filling: Filling, asked: FormField, kind: str) -> Step | None:
        """What a command does to the field asked for."""
        match kind:
            case "why" | "explain":
                return Step(Move.EXPLAIN, self.form, filling, field=asked)
            case "skip":
                return self._go_on(fill.put_off(filling, asked.id))
            case "none" if asked.required and not asked.unknown:
                return Step(Move.NEEDED, self.form, filling, field=asked)
            case "none":
                return self._go_on(fill.leave_empty(filling, self.form, asked.id))
            case _:
                return None

    def _accepted(self, filling: Filling) -> Step | None:
        if filling.offer:
            given = fill.offered(filling.offer, filling, self.form, self.profile, self.earlier)
            return self._go_on(fill.put(_without_offer(filling), given))
        if filling.state is State.REVIEW:
            return self._finish(fill.confirmed(filling))
        if any(not held.confirmed for held in filling.values.values()):
            return self._go_on(fill.confirmed(filling))
        return None

    def _complete(self, filling: Filling) -> Step:
        """All is said to be right, and the form wanted: it is made, unless something it needs was never asked."""
        if filling.offer:
            return self._accepted(filling) or self._go_on(filling)
        seen = fill.confirmed(filling)
        lacking = [name for name in missing(self.form, seen.values, seen.none) if name not in seen.later]
        if not lacking or seen.state in (State.REVIEW, State.DONE):
            return self._finish(seen)
        asked = seen.asked if seen.asked in lacking else lacking[0]
        return replace(self._asking(seen, self.form.field(asked)), move=Move.UNFINISHED, fields=tuple(lacking))

    def _rejected(self, filling: Filling) -> Step | None:
        if filling.offer:
            return self._go_on(_declined(filling))
        if filling.state is State.REVIEW:
            return Step(Move.WHICH_FIELD, self.form, filling, fields=tuple(filling.values))
        doubtful = [name for name, held in filling.values.items() if not held.confirmed]
        return self._go_on(fill.drop(filling, doubtful)) if doubtful else None

    def _back(self, filling: Filling) -> Step:
        """The last field before this one that was settled, asked again."""
        order = [field.id for field in self.form.fields]
        end = order.index(filling.asked) if filling.asked in order else len(order)
        settled = (*filling.values, *filling.none, *filling.later)
        before = [name for name in order[:end] if name in settled]
        return self._asking(filling, self.form.field(before[-1])) if before else self._go_on(filling)

    def _edit(self, filling: Filling, said: Command) -> Step:
        if said.field:
            return self._asking(filling, self.form.field(said.field))
        return Step(Move.WHICH_FIELD, self.form, filling, fields=said.fields or tuple(filling.values))

    def _taken(self, filling: Filling, found: tuple[Found, ...], failed: tuple[Failed, ...]) -> Step:
        given = _held(found, filling.asked)
        left = fill.put(_without_offer(filling), given)
        left = left.model_copy(update={"none": fill.still_empty(left, self.form)})
        return replace(self._go_on(left), taken=tuple(given), failed=failed)

    def _go_on(self, filling: Filling) -> Step:
        """The next thing to say: an offer, a question, or the review."""
        offer = fill.next_offer(filling, self.form, self.profile, self.earlier)
        if offer:
            waiting = filling.model_copy(update={"offer": offer, "asked": "", "state": State.ASKING})
            given = fill.offered(offer, filling, self.form, self.profile, self.earlier)
            return Step(Move.OFFER, self.form, waiting, offered=given)
        field = fill.next_blank(filling, self.form)
        return self._asking(filling, field) if field else self._review(filling)

    def _asking(self, filling: Filling, field: FormField) -> Step:
        asked = filling.model_copy(update={"asked": field.id, "offer": "", "state": State.ASKING})
        return Step(Move.ASK, self.form, asked, field=field)

    def _review(self, filling: Filling) -> Step:
        """All there is, what is missing, and what contradicts."""
        shown = filling.model_copy(update={"state": State.REVIEW, "asked": "", "offer": ""})
        lacking = missing(self.form, filling.values, filling.none)
        return Step(
            Move.REVIEW, self.form, shown, fields=lacking, troubles=check(self.form, filling.values, self.today)
        )

    def _finish(self, filling: Filling) -> Step:
        """Ready once nothing contradicts and the citizen has seen all; what is missing may be written by hand."""
        review = self._review(filling)
        blocked = any(trouble.blocks for trouble in review.troubles)
        unseen = any(not held.confirmed for held in filling.values.values())
        if blocked or unseen or not filling.values:
            return review
        return replace(review, move=Move.READY, filling=fill.finished(filling, self.form))


def moved_on(filling: Filling, form: Form) -> Filling:
    """A filling of an older definition as one of today's: what has no field any more is left out, nothing is made up."""
    known = {field.id for field in form.fields}
    return filling.model_copy(
        update={
            "version": form.version,
            "values": {name: held for name, held in filling.values.items() if name in known},
            "none": tuple(name for name in filling.none if name in known),
            "later": tuple(name for name in filling.later if name in known),
            "asked": filling.asked if filling.asked in known else "",
            "offer": "",
            "state": State.CONSENT if filling.state is State.CONSENT else State.ASKING,
        }
    )


def _held(found: Iterable[Found], asked: str) -> dict[str, Held]:
    """Values as they are held. The answer to a question is meant; what was found beside it is shown for a yes."""
    return {
        one.field: Held(
            data=one.read.data,
            shown=one.read.shown,
            words=one.words,
            confirmed=one.field == asked,
            warnings=one.read.warnings,
        )
        for one in found
    }


def _without_offer(filling: Filling) -> Filling:
    return filling.model_copy(update={"offer": ""})


def _declined(filling: Filling) -> Filling:
    return filling.model_copy(update={"offer": "", "declined": (*filling.declined, filling.offer)})
