"""The layout of a form with its values in it: the one truth that Word, PDF and picture are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.forms.checks import is_asked
from assistant.forms.definition import PLACEHOLDER, Form, FormField, Kind, Line, Verified, texts
from assistant.forms.kinds.tables import BETWEEN
from assistant.forms.kinds.words import amount_in_words, date_in_words
from assistant.forms.values import Data, Held, Values
from knowledge.text import clean

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
"""The head of every paper to an office (Nghị định 30/2020/NĐ-CP)."""

TICKED, UNTICKED = "☒", "☐"
NUMBER = "TT"
"""The head of the first column of a table, which counts its rows."""

_DOTS = {
    Kind.LONG: 120,
    Kind.ADDRESS: 60,
    Kind.NAME: 50,
    Kind.DOCUMENT: 60,
    Kind.TEXT: 40,
    Kind.AGENCY: 40,
    Kind.NUMBER: 10,
}
_FEW_DOTS = 20
_PART_DOTS = 6
_PARTS_OF_A_DATE = ("day", "month", "year")
_EMPTY_ROWS = 3
"""A table that nobody filled in has room for so many."""

_WIDTHS = {
    Kind.NAME: 30,
    Kind.ADDRESS: 30,
    Kind.LONG: 40,
    Kind.DOCUMENT: 32,
    Kind.TEXT: 24,
    Kind.AGENCY: 24,
    Kind.EMAIL: 32,
    Kind.IDENTITY: 28,
    Kind.TAX_CODE: 28,
    Kind.DATE: 22,
    Kind.SEX: 15,
    Kind.ETHNICITY: 15,
    Kind.NUMBER: 14,
    Kind.YES_NO: 14,
}
_WIDTH, _NUMBER_WIDTH = 20, 10
"""How wide a column is beside others: an identity number must not break."""
_MOST_OF_A_LINE, _LEAST_OF_A_LINE = 60, 40

_NOTED = re.compile(r"^(?:\(\d+\)[, ]*)+")
_NOTE = re.compile(r"(?<=\S )\(\d+\)|(?<=[^\s(])\(\d+\)")
"""A reference to a footnote stands behind something; a number at the beginning of a line counts the line."""
_BOX = r"\{[a-z0-9_]+\|tick:[a-z0-9_]+\}"
_BESIDE_A_BOX = re.compile(rf"(?<=\S) (?={_BOX})|({_BOX}) (?=\S)")
_LABEL = re.compile(r"(?<=\}) (\w[^{}]*:)")
_HAND_DOTS = re.compile("…+")


class Part(StrEnum):
    """What a piece of a line is."""

    TEXT = "text"
    NOTE = "note"
    """A reference to a footnote."""
    VALUE = "value"
    TICK = "tick"
    """A box, ticked or not."""
    BLANK = "blank"
    """Dots to write on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a line."""

    part: Part
    text: str
    room: int = 0
    """How much of what is left of the line dots may take, beside others; dots without stay as they are."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value goes, and how it is told."""

    field: FormField
    told: str = ""
    argument: str = ""


def split(text: str, form: Form) -> Iterator[Piece | Slot]:
    """A text of the layout, taken apart at its placeholders and its references to footnotes."""
    text = _spaced(text)
    end = 0
    for match in PLACEHOLDER.finditer(text):
        yield from _noted(text, end, match.start(), form)
        name, told, argument = match.groups()
        yield Slot(form.field(name), told or "", argument or "")
        end = match.end()
    yield from _noted(text, end, len(text), form)


def pieces(text: str, form: Form, values: Values) -> tuple[Piece, ...]:
    """A text of the layout with values in the place of its placeholders."""
    return tuple(_filled(one, values) if isinstance(one, Slot) else one for one in split(text, form))


def applying(form: Form, values: Values) -> dict[str, Held]:
    """The values that belong on the paper: what is no longer asked, as the review shows, is not written either."""
    return {field.id: values[field.id] for field in form.fields if field.id in values and is_asked(field, values)}


def written(held: Held | None, field: FormField, told: str = "", argument: str = "") -> str:
    """What a placeholder becomes; empty where there is nothing to write."""
    if told == "tick":
        return TICKED if held is not None and held.data == argument else UNTICKED
    if held is None:
        return ""
    match told:
        case "upper":
            return clean(held.shown).upper()
        case "words":
            return _in_words(held.data, field.kind)
        case "day" | "month" | "year":
            return _date_part(held.data, told)
        case _:
            return clean(held.shown)


def dots(field: FormField, told: str = "") -> str:
    """The dots to write on where a value is missing."""
    return "." * (_PART_DOTS if told in _PARTS_OF_A_DATE else _DOTS.get(field.kind, _FEW_DOTS))


def room(field: FormField, told: str = "") -> int:
    """How much of what is left of a line its dots may take, beside others."""
    fixed = told == "tick" or told in _PARTS_OF_A_DATE or field.kind in (Kind.NUMBER, Kind.TIME)
    return 0 if fixed else len(dots(field, told))


def rows(field: FormField, held: Held | None) -> list[list[str]]:
    """The rows of a table as they are written, numbered; empty ones where nobody filled it in."""
    lines = held.shown.split("\n") if held is not None else [""] * _EMPTY_ROWS
    told = [[clean(cell) for cell in line.split(BETWEEN)] for line in lines]
    width = len(field.columns)
    return [[str(number), *(cells + [""] * width)[:width]] for number, cells in enumerate(told, start=1)]


def column_widths(field: FormField) -> tuple[int, ...]:
    """How wide the columns of a table are beside each other, that of the row's number first."""
    return (_NUMBER_WIDTH, *(_WIDTHS.get(column.kind, _WIDTH) for column in field.columns))


def shares(line: Line) -> tuple[int, ...]:
    """How much of the line each of two columns takes, by what stands in it; more than two are all alike."""
    if len(line.columns) != 2:
        return (1,) * len(line.columns)
    first, second = (max(map(_length, column), default=0) for column in line.columns)
    share = round(100 * first / max(first + second, 1))
    share = max(_LEAST_OF_A_LINE, min(_MOST_OF_A_LINE, share))
    return share, 100 - share


def _length(text: str) -> int:
    """About how many letters a line is long once it is filled in."""
    return len(PLACEHOLDER.sub(lambda match: " " * (2 if match.group(2) == "tick" else _FEW_DOTS), text))


def is_addressee(text: str, form: Form) -> bool:
    """Whether a line is «Kính gửi», which stands in the middle."""
    return bool(form.addressee) and any(match.group(1) == form.addressee for match in PLACEHOLDER.finditer(text))


def signers(line: Line) -> Iterator[tuple[str, str]]:
    """Who signs, and what stands in brackets below."""
    for told in line.sign:
        who, _, how = told.partition("|")
        yield who.strip(), how.strip()


def mark(form: Form) -> str:
    """The official number to set in the corner; empty where the layout tells it itself."""
    told = (text for line in form.layout for text in texts(line))
    return "" if any(form.mark and form.mark in text for text in told) else form.mark


def notice(form: Form) -> str:
    """The line at the end: what the sheet follows, as of when, and what it is not."""
    year, month, day = form.source.as_of.split("-")
    told = f"Bản điền sẵn. Căn cứ: {form.source.legal} (đọc ngày {day}/{month}/{year})."
    if any(line.sign for line in form.layout):
        told = f"{told} Chưa có giá trị khi chưa ký."
    if form.source.verified is Verified.PRIMARY:
        return told
    return f"{told} Bố cục chưa đối chiếu với bản gốc; hỏi nơi nộp trước khi dùng."


def _spaced(text: str) -> str:
    """With a box kept beside what it is for, and the next label apart from the value before it."""
    kept = _BESIDE_A_BOX.sub(lambda match: f"{match.group(1) or ''}\u00a0", text)
    return _LABEL.sub(lambda match: ("    " if match.group(1)[0].isupper() else " ") + match.group(1), kept)


def _noted(text: str, start: int, end: int, form: Form) -> Iterator[Piece]:
    """A stretch of plain text; what refers to a footnote of the form is told apart."""
    for match in _NOTE.finditer(text, start, end):
        if match.group() in _notes(form):
            yield from _plain(text[start : match.start()])
            yield Piece(Part.NOTE, match.group())
            start = match.end()
    yield from _plain(text[start:end])


def _plain(text: str) -> Iterator[Piece]:
    """Text; dots that a definition draws itself look like ours."""
    if text:
        yield Piece(Part.TEXT, _HAND_DOTS.sub(lambda match: ".." * len(match.group()), text))


def _notes(form: Form) -> frozenset[str]:
    found = (_NOTED.match(note) for note in form.footnotes)
    return frozenset(number for match in found if match for number in re.findall(r"\(\d+\)", match.group()))


def _filled(slot: Slot, values: Values) -> Piece:
    field, told = slot.field, slot.told
    text = written(values.get(field.id), field, told, slot.argument)
    if told == "tick":
        return Piece(Part.TICK, text)
    return Piece(Part.VALUE, text) if text else Piece(Part.BLANK, dots(field, told), room(field, told))


def _in_words(data: Data, kind: Kind) -> str:
    if kind is Kind.DATE and isinstance(data, str) and len(data) == len("2026-11-05"):
        return date_in_words(date.fromisoformat(data))
    return amount_in_words(data) if kind is Kind.MONEY and isinstance(data, int) else ""


def _date_part(data: Data, told: str) -> str:
    parts = str(data).split("-")
    place = {"year": 0, "month": 1, "day": 2}[told]
    return parts[place] if place < len(parts) else ""
