"""The fields of a form as its page shows them: which box, what stands in it, and all that is said beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from assistant.forms.checks import is_asked
from assistant.forms.definition import Form, FormField, Group, Kind
from assistant.forms.filling import Filling
from assistant.forms.values import Held
from channels.web.form_typed import Outcome, written
from channels.web.rendering import foreign
from channels.web.words import words_in
from knowledge.procedure import Language

_LINES: Mapping[Kind, int] = {Kind.LONG: 3, Kind.TABLE: 4, Kind.ADDRESS: 2, Kind.DOCUMENT: 2}
"""Boxes of several lines: what is long would not be seen whole in one."""
_INPUT_MODE: Mapping[Kind, str] = {
    Kind.IDENTITY: "numeric",
    Kind.PHONE: "tel",
    Kind.MONEY: "numeric",
    Kind.NUMBER: "numeric",
    Kind.TAX_CODE: "numeric",
    Kind.AREA: "decimal",
    Kind.EMAIL: "email",
}
"""The keyboard that a phone shows."""
_AUTOCOMPLETE: Mapping[str, str] = {
    "name": "name",
    "birth": "bday",
    "sex": "sex",
    "phone": "tel",
    "email": "email",
    "address": "street-address",
}
"""How a browser knows that a box is for its owner's own data (WCAG 1.3.5)."""
_CODES: Mapping[Kind, Mapping[str, str]] = {
    Kind.SEX: {"nam": "form.male", "nu": "form.female"},
    Kind.YES_NO: {"co": "form.is_so", "khong": "form.is_not"},
}
"""What such a value is kept as, and the key of how it is told."""


@dataclass(frozen=True, slots=True)
class Box:
    """One field on the page."""

    field: FormField
    value: str
    """What stands in the box."""
    was: str
    """What is kept: what stands in the box is only sent on where it differs."""
    options: tuple[tuple[str, str], ...] = ()
    """To choose from: what is kept, and how it is shown."""
    hints: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    words: str = ""
    """The citizen's own words that the value came from."""
    unseen: bool = False
    """It was noted in the chat and waits for a yes."""
    problem: str = ""
    mine: str = ""
    """What this page typed while something else was written elsewhere."""
    mine_shown: str = ""
    may_be_none: bool = False
    is_none: bool = False

    @property
    def lines(self) -> int:
        """The height of the box; 0 for a single line."""
        return _LINES.get(self.field.kind, 0)

    @property
    def input_mode(self) -> str:
        """The keyboard that fits."""
        return _INPUT_MODE.get(self.field.kind, "")

    @property
    def autocomplete(self) -> str:
        """What a browser may put in by itself."""
        return _AUTOCOMPLETE.get(self.field.profile, "off")

    @property
    def described_by(self) -> str:
        """The ids of what is said about the box, as they stand in the template."""
        said = {"h": self.hints, "e": self.problem, "d": self.doubts, "w": self.words or self.unseen, "m": self.mine}
        return " ".join(f"{mark}-{self.field.id}" for mark, told in said.items() if told)


@dataclass(frozen=True, slots=True)
class Part:
    """A group with those of its fields that apply."""

    group: Group
    boxes: tuple[Box, ...]


def parts_of(form: Form, outcome: Outcome, language: Language = "vi") -> list[Part]:
    """The groups of a form that have something to fill in now."""
    told = ((group, tuple(_boxes(form, group, outcome, language))) for group in form.groups)
    return [Part(group, boxes) for group, boxes in told if boxes]


@dataclass(frozen=True, slots=True)
class Offer:
    """What an identity card would put into a field."""

    field: FormField
    card: str
    now: str
    """What stands there already, where it is something else."""


def offers(form: Form, filling: Filling, card: Mapping[str, Held]) -> list[Offer]:
    """The fields of a form that a card can fill in."""
    told = (
        (field, card[field.profile], filling.values.get(field.id)) for field in form.fields if field.profile in card
    )
    return [
        Offer(field, held.shown, before.shown if before and before.data != held.data else "")
        for field, held, before in told
        if is_asked(field, filling.values)
    ]


def opened(form: Form) -> frozenset[str]:
    """The fields on which it depends what else is asked."""
    return frozenset(name for field in form.fields for name in field.when)


def _boxes(form: Form, group: Group, outcome: Outcome, language: Language) -> Iterator[Box]:
    opening = opened(form)
    for field in group.fields:
        if is_asked(field, outcome.filling.values) or field.id in outcome.problems or field.id in outcome.mine:
            yield _box(field, outcome, language, opens=field.id in opening)


def _box(field: FormField, outcome: Outcome, language: Language, *, opens: bool) -> Box:
    filling: Filling = outcome.filling
    held = filling.values.get(field.id)
    problem = outcome.problems.get(field.id)
    options = _options(field, language)
    mine = outcome.mine.get(field.id, "")
    kept = written(field, held)
    return Box(
        field=field,
        value=problem.typed if problem else kept,
        was=kept,
        options=options,
        hints=tuple(_hints(field, language, opens=opens)),
        doubts=tuple(doubt.message.said_in(language) for doubt in held.warnings) if held and not problem else (),
        words=held.words if held else "",
        unseen=bool(held and not held.confirmed),
        problem=problem.message.said_in(language) if problem else "",
        mine=mine,
        mine_shown=dict(options).get(mine, mine),
        may_be_none=field.unknown and held is None,
        is_none=field.id in filling.none,
    )


def _options(field: FormField, language: Language) -> tuple[tuple[str, str], ...]:
    if field.options:
        return tuple((option.id, option.label.said_in(language)) for option in field.options)
    words = words_in(language)
    return tuple((code, words.plain(key)) for code, key in _CODES.get(field.kind, {}).items())


def _hints(field: FormField, language: Language, *, opens: bool) -> Iterator[str]:
    words = words_in(language)
    if field.help:
        yield field.help.said_in(language)
    if field.kind is Kind.TABLE:
        yield words.plain("form.rows", columns=" | ".join(column.label.said_in(language) for column in field.columns))
    if field.example and not field.options and field.kind not in _CODES:
        marked = Markup("<span{}>{}</span>").format(foreign(field.example, language), field.example)
        yield words("form.for_example", example=marked)
    if opens:
        yield words.plain("form.opens")
