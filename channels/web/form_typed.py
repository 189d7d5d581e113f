"""What was typed on the page of a form: read field by field, laid over what is kept, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fastapi import Request

from assistant.forms import filling as fill
from assistant.forms.checks import Trouble, check
from assistant.forms.definition import Form, FormField, Kind
from assistant.forms.filling import Filling, State
from assistant.forms.values import Held, Unreadable, read
from knowledge.procedure import Text
from knowledge.text import clean

_CODED = (Kind.CHOICE, Kind.SEX, Kind.YES_NO)
"""Chosen from a list: the page sends what the value is kept as, not how it is shown."""
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Posted:
    """What a page of a form sent."""

    form: str = ""
    revision: int = 0
    """Of the filling as that page showed it."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """By field, what stood in its box."""
    was: Mapping[str, str] = field(default_factory=dict)
    """By field, what the page had put into its box."""
    none: frozenset[str] = frozenset()
    """Fields marked as left empty on purpose."""
    card: str = ""
    """The text of an identity card's QR code."""
    fill: frozenset[str] = frozenset()
    """Fields to be filled from that card."""


async def posted(request: Request) -> Posted:
    """The form of a request, as the page of a form sends it: `f.NAME`, `was.NAME`, `mine.NAME`, and what is ticked."""
    async with request.form() as told:
        texts = {name: tidy(value) for name, value in told.items() if isinstance(value, str)}
    taken = {name: text for name, text in _under("mine", texts).items() if f"take.{name}" in texts}
    revision = texts.get("revision", "")
    return Posted(
        form=texts.get("form", ""),
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) <= _MOST_DIGITS else 0,
        typed={**_under("f", texts), **taken},
        was=_under("was", texts),
        none=frozenset(_under("none", texts)),
        card=texts.get("card", ""),
        fill=frozenset(_under("fill", texts)),
    )


def tidy(text: str) -> str:
    """A text as it is compared: browsers send each line end as two characters."""
    return clean(text.replace("\r\n", "\n"))


def _under(prefix: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(f"{prefix}."): text for name, text in texts.items() if name.startswith(f"{prefix}.")}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something typed that is no value of its field."""

    typed: str
    message: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of what was typed."""

    filling: Filling
    """With everything that could be read."""
    changed: bool = False
    problems: Mapping[str, Problem] = field(default_factory=dict)
    mine: Mapping[str, str] = field(default_factory=dict)
    """By field, what this page typed where something else was written elsewhere meanwhile: neither is lost."""
    elsewhere: bool = False
    """The filling was changed since the page showed it."""


def written(blank: FormField, held: Held | None) -> str:
    """A value as it stands in its box on the page."""
    if held is None:
        return ""
    return str(held.data) if blank.kind in _CODED else tidy(held.shown)


def take(form: Form, kept: Filling, sent: Posted, today: date) -> Outcome:
    """Lay what was typed over what is kept. A box that the page's reader left alone changes nothing."""
    elsewhere = sent.revision != kept.revision
    given: dict[str, Held] = {}
    gone: list[str] = []
    problems: dict[str, Problem] = {}
    mine: dict[str, str] = {}
    for blank in form.fields:
        now = written(blank, kept.values.get(blank.id))
        typed = sent.typed.get(blank.id, now)
        was = sent.was.get(blank.id, "" if elsewhere else now)
        if typed in (was, now):
            continue
        if was != now:
            mine[blank.id] = typed
        elif not typed:
            gone.append(blank.id)
        else:
            try:
                given[blank.id] = _typed(blank, typed, today)
            except Unreadable as error:
                problems[blank.id] = Problem(typed, error.message)
    left = _with_none(fill.put(fill.drop(kept, gone), given), form, sent, elsewhere=elsewhere)
    changed = left != kept
    return Outcome(_asked_anew(left, form, today) if changed else kept, changed, problems, mine, elsewhere)


def read_back(blank: FormField, option: str, today: date) -> Held:
    """One of the things to choose between, as a value.

    Raises:
        Unreadable: it is none of them.

    """
    return _typed(blank, option, today)


def _typed(blank: FormField, text: str, today: date) -> Held:
    label = next((option.label.vi for option in blank.options if option.id == text), text)
    value = read(blank, label, today)
    return Held(data=value.data, shown=value.shown, origin="typed", confirmed=True, warnings=value.warnings)


def _with_none(filling: Filling, form: Form, sent: Posted, *, elsewhere: bool) -> Filling:
    """With the fields left empty on purpose as they were ticked; a page that is behind takes no tick away."""
    shown = [
        blank for blank in form.fields if blank.unknown and blank.id in sent.typed and blank.id not in filling.values
    ]
    for blank in shown:
        if blank.id in sent.none and blank.id not in filling.none:
            filling = fill.leave_empty(filling, form, blank.id)
        elif blank.id not in sent.none and blank.id in filling.none and not elsewhere:
            filling = filling.model_copy(update={"none": tuple(name for name in filling.none if name != blank.id)})
    return filling


def _asked_anew(filling: Filling, form: Form, today: date) -> Filling:
    """The chat asks for what is open now; a form that was done stays so only while nothing blocks it."""
    if filling.state is State.DONE and blocking(form, filling, today):
        filling = filling.model_copy(update={"state": State.ASKING})
    if filling.state is not State.ASKING or (filling.asked and filling.asked not in filling.values):
        return filling
    blank = fill.next_blank(filling, form)
    return filling.model_copy(update={"asked": blank.id if blank and not filling.offer else ""})


def blocking(form: Form, filling: Filling, today: date) -> tuple[Trouble, ...]:
    """What contradicts so that the form cannot be handed in."""
    return tuple(trouble for trouble in check(form, filling.values, today) if trouble.blocks)


def finished(form: Form, filling: Filling, today: date) -> Filling | None:
    """The filling with all that the page shows let stand, and its document to be had.

    None while something contradicts or all is empty. What no longer applies is not shown, and so goes.
    """
    done = fill.finished(filling, form)
    return None if not done.values or blocking(form, done, today) else done
