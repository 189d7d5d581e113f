"""One form being filled in: what is held so far, and how that changes. A change gives a new filling; nobody writes into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from assistant.forms.checks import holds, is_asked
from assistant.forms.definition import Form, FormField, Group, Kind, forms
from assistant.forms.values import Held, Values

PROFILE_OFFER = "profile"
"""The offer of what a citizen had kept from an earlier form."""
EARLIER_OFFER = "earlier"
"""The offer of what the form just done for the same procedure says of the same people."""
_NOTHING: Values = MappingProxyType({})


class State(StrEnum):
    """How far a filling is."""

    CONSENT = "consent"
    """Waits for a yes to filling in at all; nothing is asked yet."""
    ASKING = "asking"
    REVIEW = "review"
    """All is shown, and waits for a yes."""
    PAUSED = "paused"
    """Put off: «để sau»."""
    DONE = "done"
    """Confirmed; the documents can be had."""


class Filling(BaseModel):
    """The state of one form."""

    model_config = ConfigDict(frozen=True)

    form: str
    version: str
    """Of the definition it was begun under."""
    code: str = ""
    """The procedure it is filled in for, where one was spoken of."""
    id: str = ""
    """Of the draft it is kept as; empty before the first time."""
    revision: int = 0
    """Counts its changes: who changes an older one is told."""
    state: State = State.CONSENT
    values: Mapping[str, Held] = {}
    none: tuple[str, ...] = ()
    """Left empty on purpose: «không có», «không rõ»."""
    later: tuple[str, ...] = ()
    """Skipped for now: not asked again, but missing at the review."""
    asked: str = ""
    """The field asked for last."""
    offer: str = ""
    """What waits for a yes or a no: `copy:0`, `profile`."""
    declined: tuple[str, ...] = ()
    """Offers that were turned down: none is made twice."""

    @property
    def is_open(self) -> bool:
        """Whether the next message is first taken as meant for the form."""
        return self.state in (State.CONSENT, State.ASKING, State.REVIEW)


def begin(form: Form, code: str = "") -> Filling:
    """An empty filling, which waits for a yes."""
    return Filling(form=form.id, version=form.version, code=code)


def put(filling: Filling, given: Mapping[str, Held]) -> Filling:
    """With these values; what was left empty or put off before is no longer."""
    return filling.model_copy(
        update={
            "values": {**filling.values, **given},
            "none": tuple(name for name in filling.none if name not in given),
            "later": tuple(name for name in filling.later if name not in given),
        }
    )


def drop(filling: Filling, names: Iterable[str]) -> Filling:
    """Without the values of these fields: they are asked again."""
    gone = set(names)
    return filling.model_copy(update={"values": {k: v for k, v in filling.values.items() if k not in gone}})


def leave_empty(filling: Filling, form: Form, name: str) -> Filling:
    """With a field left empty on purpose; with it the rest of its group, where nothing in that group is required."""
    group = form.group_of(name)
    names = [field.id for field in group.fields] if _is_optional(group) and group.fields[0].id == name else [name]
    left = drop(filling, names)
    later = tuple(put_off for put_off in left.later if put_off not in names)
    return left.model_copy(update={"none": tuple(dict.fromkeys((*left.none, *names))), "later": later})


def put_off(filling: Filling, name: str) -> Filling:
    """With a field skipped for now."""
    return filling.model_copy(update={"later": tuple(dict.fromkeys((*filling.later, name)))})


def finished(filling: Filling, form: Form) -> Filling:
    """Done: all let stand, without what no longer applies, which was not shown."""
    hidden = [field.id for field in form.fields if field.id in filling.values and not is_asked(field, filling.values)]
    return confirmed(drop(filling, hidden)).model_copy(update={"state": State.DONE, "asked": "", "offer": ""})


def still_empty(filling: Filling, form: Form) -> tuple[str, ...]:
    """What stays empty on purpose: the rest of a group that now has a value is asked after all."""
    touched = {form.group_of(name).id for name in filling.values}
    return tuple(name for name in filling.none if form.group_of(name).id not in touched or form.field(name).required)


def confirmed(filling: Filling, names: Iterable[str] | None = None) -> Filling:
    """With these values, or all, let stand by the citizen."""
    chosen = set(filling.values) if names is None else set(names)
    values = {
        name: held.model_copy(update={"confirmed": True}) if name in chosen else held
        for name, held in filling.values.items()
    }
    return filling.model_copy(update={"values": values})


def next_blank(filling: Filling, form: Form) -> FormField | None:
    """What is asked next, in official order; None once all was asked. What was skipped the review tells of."""
    open_ = (field for group in form.groups for field in _of_group(group, filling))
    return next((field for field in open_ if field.id not in filling.later), None)


def next_offer(filling: Filling, form: Form, profile: Values, earlier: Values = _NOTHING) -> str:
    """The name of what is known already and fits here, unless it was turned down; empty if there is nothing."""
    names = (EARLIER_OFFER, PROFILE_OFFER, *(f"copy:{number}" for number in range(len(form.copies))))
    open_ = (name for name in names if name not in filling.declined)
    return next((name for name in open_ if offered(name, filling, form, profile, earlier)), "")


def offered(name: str, filling: Filling, form: Form, profile: Values, earlier: Values = _NOTHING) -> dict[str, Held]:
    """The values that an offer gives; what stands already stays."""
    if name == PROFILE_OFFER:
        known = {field.id: profile[field.profile] for field in form.fields if field.profile in profile}
        origin = "profile"
    elif name == EARLIER_OFFER:
        known, origin = {one: held for one, held in earlier.items() if one not in filling.none}, "copied"
    else:
        copy = form.copies[int(name.removeprefix("copy:"))]
        fits = copy.fields.items() if holds(copy.when, filling.values) else ()
        known = {to: filling.values[source] for to, source in fits if source in filling.values}
        origin = "copied"
    return {
        to: held.model_copy(update={"origin": origin, "confirmed": True})
        for to, held in known.items()
        if to not in filling.values
    }


def shared(done: Filling, form: Form) -> Values:
    """What a form that is done says for another of its procedure: fields of one name hold the same of the same person.

    How the people of a form are related is its own.
    """
    if done.form == form.id or done.code not in form.procedures:
        return {}
    before = forms().get(done.form)
    kinds = {field.id: field.kind for field in before.fields} if before else {}
    same = (field.id for field in form.fields if kinds.get(field.id) is field.kind is not Kind.RELATION)
    return {name: done.values[name] for name in same if name in done.values}


def worth_keeping(filling: Filling, form: Form) -> dict[str, Held]:
    """What a form tells of the citizen's own data, by the names under which it is kept for the next form."""
    own = ((field.profile, filling.values.get(field.id)) for field in form.fields if field.profile)
    return {name: held.model_copy(update={"words": ""}) for name, held in own if held}


def progress(filling: Filling, form: Form) -> tuple[int, int]:
    """How many of the fields that apply are settled, and how many apply."""
    asked = [field for field in form.fields if is_asked(field, filling.values) and _counts(field, form, filling)]
    settled = [field for field in asked if field.id in filling.values or field.id in filling.none]
    return len(settled), len(asked)


def _counts(field: FormField, form: Form, filling: Filling) -> bool:
    return field.required or field.id in filling.values or _is_optional(form.group_of(field.id))


def _of_group(group: Group, filling: Filling) -> Iterator[FormField]:
    """The open fields of a group. What is not required is asked only in a group of its own, once its first was answered."""
    optional = _is_optional(group)
    opened = group.fields[0].id in filling.values
    for place, field in enumerate(group.fields):
        settled = field.id in filling.values or field.id in filling.none
        wanted = field.required or (optional and (place == 0 or opened))
        if wanted and not settled and is_asked(field, filling.values):
            yield field


def _is_optional(group: Group) -> bool:
    return not any(field.required for field in group.fields)
