"""Day, hour and place of one event, told together: «mất ngày 15/11/2026 lúc 2 giờ tại nhà»."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.forms.definition import Form, FormField, Kind
from assistant.forms.extracting.lexicon import numbers
from assistant.forms.extracting.sections import section_of
from knowledge.text import fold

_SPOKEN = "|".join(sorted(numbers()))
_PLACE = re.compile(r"(?<!\w)(?:tai|o)(?!\w)")
_HOUR = re.compile(r"(?<!\w)(?:vao )?luc(?!\w)")
_DAY = re.compile(
    rf"(?<!\w)(?:(?:vao )?(?:ngay|hom)(?= (?:\d|mung|mong|(?:{_SPOKEN})(?!\w)))"
    r"|nam(?= (?:\d{4}|mot nghin|hai nghin|mot chin)(?!\w)))"
)
_SAID = re.compile(r" (?:ngay|tai|o|hom|nam)$")
_LABEL = frozenset(("ngay", "thang", "nam", "noi", "gio", "phut"))
_NEAR = 3
"""Letters between a day and its hour: a comma, a space."""


class Twin(NamedTuple):
    """More about an event, where it is told."""

    field: str
    """Empty where the form does not ask for it; the value before ends all the same."""
    start: int
    end: int
    """Where the words that announce it stand: «tại», «ngày»."""


def place_of(form: Form, day: str, plain: str, start: int, end: int) -> Twin | None:
    """The place that is told behind a day."""
    match = _PLACE.search(plain, start, end)
    places = (Kind.ADDRESS, Kind.TEXT)
    field = next((other for other in _near(form, day, places) if _event(other) & _event(form.field(day))), None)
    return Twin(field.id, *match.span()) if match and field else None


def hour_of(form: Form, day: str, plain: str, start: int, end: int) -> Twin | None:
    """The hour that is told right behind a day."""
    match = _HOUR.search(plain, start, end)
    field = next(iter(_near(form, day, (Kind.TIME,))), None)
    return Twin(field.id, *match.span()) if match and field and match.start() - start <= _NEAR else None


def day_of(form: Form, name: str, plain: str, start: int, end: int) -> Twin | None:
    """The day that is told behind a place or a number, or the end of that."""
    match = _DAY.search(plain, start, end)
    if match is None:
        return None
    days = _near(form, name, (Kind.DATE,))
    field = next((other for other in days if _event(other) & _event(form.field(name))), None)
    if field is None and len(days) == 1 and not section_of(form, name).is_personal:
        field = days[0]
    return Twin(field.id if field else "", *match.span())


def _near(form: Form, name: str, kinds: tuple[Kind, ...]) -> list[FormField]:
    return [field for field in section_of(form, name).fields if field.kind in kinds]


def _event(field: FormField) -> frozenset[str]:
    """What happens at a day or place: «sinh» of «nơi sinh», «dang ky ket hon» of «đăng ký kết hôn tại»."""
    label = re.findall(r"\w+", fold(field.label.vi))
    words = " ".join(word for word in label if word not in _LABEL)
    placed = {_SAID.sub("", told) for told in map(fold, field.said) if _SAID.search(told)}
    return frozenset(placed | ({words} if words and {"ngay", "noi"} & set(label) else set()))
