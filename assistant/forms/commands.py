"""What a citizen may say to a form beside values: skip, go back, correct, look it over, agree, stop."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from assistant.forms.definition import Form, Kind
from assistant.forms.extracting.naming import fields_named
from knowledge.text import clean, fold, has_diacritics, syllables

_DATA = Path(__file__).with_suffix(".yaml")

CommandKind = Literal[
    "skip",
    "later",
    "none",
    "back",
    "edit",
    "review",
    "complete",
    "accept",
    "reject",
    "cancel",
    "finish",
    "why",
    "explain",
]
_VALUES_TOO = frozenset(("none", "accept", "reject"))
"""What is also a yes or a no to a question that has one."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be done, and to which field."""

    kind: CommandKind
    field: str = ""
    """Of an edit, the field meant; empty where none was told and none was asked."""
    fields: tuple[str, ...] = ()
    """Of an edit, all the fields it may mean, where they are several."""


def is_question(text: str) -> bool:
    """Whether a message asks something, so that it is no value: «lệ phí bao nhiêu?», «nộp ở đâu vậy»."""
    words = _words(text)
    if not words:
        return False
    told = (words, "question_plain") if not has_diacritics(text) else (_written(text), "question_marked")
    return text.rstrip().endswith("?") or any(_inside(kind).search(said) for said, kind in (told, (words, "question")))


def command(text: str, form: Form, asked: str) -> Command | None:
    """The command that a whole message is; None where it is none, or says more than one."""
    words = _words(text)
    if not words:
        return None
    for kind in get_args(CommandKind):
        if kind != "edit" and _whole(kind).fullmatch(words):
            return None if kind in _VALUES_TOO and _is_yes_or_no(form, asked, words) else Command(kind)
    return _edit(words, text, form, asked)


def _is_yes_or_no(form: Form, asked: str, words: str) -> bool:
    if not asked or form.field(asked).kind is not Kind.YES_NO:
        return False
    return not re.search(r"(?<!\w)(?:biet|ro|nho)(?!\w)", words)


def _edit(words: str, text: str, form: Form, asked: str) -> Command | None:
    """«sửa lại tên mẹ»: the field is told by its words; alone it is the field asked."""
    match = _edit_pattern().fullmatch(words)
    if match is None:
        return None
    if not match["what"]:
        return Command("edit", asked)
    first = match.start("what")
    place = words[:first].count(" ")
    written = " ".join(syllables(clean(text))[place : place + len(match["what"].split())])
    fields = fields_named(form, written)
    if not fields:
        return None
    return Command("edit", fields[0]) if len(fields) == 1 else Command("edit", fields=fields)


def _words(text: str) -> str:
    return " ".join(_data()["short"].get(word, word) for word in syllables(fold(clean(text))))


def _written(text: str) -> str:
    return " ".join(syllables(clean(text)))


@cache
def _whole(kind: str) -> re.Pattern[str]:
    """The pattern of a kind: one of its phrases, courtesies around."""
    courtesy, phrases = "|".join(_data()["courtesies"]), "|".join(_data()[kind])
    return re.compile(rf"(?:(?:{courtesy}) )*(?:{phrases})(?: (?:{courtesy}))*")


@cache
def _edit_pattern() -> re.Pattern[str]:
    courtesy, phrases = "|".join(_data()["courtesies"]), "|".join(_data()["edit"])
    return re.compile(
        rf"(?:(?:{courtesy}) )*(?:{phrases})(?: (?P<what>.+?))??(?: (?:{courtesy}|{'|'.join(_data()['edit_after'])}))*"
    )


@cache
def _inside(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_data()[kind])})(?!\w)")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
