"""Finding values for a form with a language model, where patterns leave words unread. A value stands only on words that were said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from assistant.forms.checks import is_asked
from assistant.forms.commands import is_question
from assistant.forms.definition import Form, FormField
from assistant.forms.extract import Failed, Found, extract
from assistant.forms.values import Unreadable, Values, read
from assistant.model import Deadline, ModelError, Models
from assistant.privacy import Vault, hide, restore
from assistant.prompts import prompt
from knowledge.text import syllables

_UNREAD = 4
"""So many words that no pattern took are worth a second look."""


class Telling(BaseModel):
    """Words of a message that tell something for a field."""

    field: str
    words: str


class Tellings(BaseModel):
    """All that a message tells for a form."""

    told: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelExtract:
    """Finds by patterns, and asks a model about what they leave. Its word is taken for which words, never for a value."""

    models: Models
    deadline: Deadline

    def __call__(
        self, form: Form, text: str, today: date, asked: str, values: Values
    ) -> tuple[tuple[Found, ...], tuple[Failed, ...]]:
        """As `extract`, and never less."""
        found, failed = extract(form, text, today, asked, values)
        if is_question(text) or _unread(text, found) < _UNREAD:
            return found, failed
        try:
            told = self._ask(form, text, asked, values, {one.field for one in found})
        except ModelError:
            return found, failed
        more = _held_to_the_words(form, told, text, today, found)
        known = {one.field for one in more}
        return (*found, *more), tuple(one for one in failed if one.field not in known)

    def _ask(self, form: Form, text: str, asked: str, values: Values, found: Collection[str]) -> Tellings:
        vault = Vault()
        known = {*values, *found}
        open_ = [field for field in form.fields if field.id not in known and is_asked(field, values)]
        listed = "\n".join(f"- {field.id}: {field.label.vi}{_mark(field, asked)}" for field in open_)
        said = f"Các mục còn trống của «{form.title.vi}»:\n{listed}\n\nTin nhắn:\n«{hide(text, vault).text}»"
        messages = [("system", prompt("fill").text), ("user", said)]
        tellings = self.models.structured("fill", messages, Tellings, self.deadline)
        restored = (one.model_copy(update={"words": restore(one.words, vault)}) for one in tellings.told)
        return Tellings(told=tuple(restored))


def _mark(field: FormField, asked: str) -> str:
    return " (đang hỏi mục này)" if field.id == asked else ""


def _unread(text: str, found: tuple[Found, ...]) -> int:
    return len(syllables(text)) - sum(len(syllables(one.words)) for one in found)


def _held_to_the_words(
    form: Form, told: Tellings, text: str, today: date, found: tuple[Found, ...]
) -> tuple[Found, ...]:
    """What a model named, where its words stand in the message, tell a value of the field, and are nobody else's."""
    known = {field.id: field for field in form.fields}
    taken = list(found)
    for one in told.told:
        words = one.words.strip()
        start = text.find(words)
        field = known.get(one.field)
        if field is None or not words or start < 0 or any(_clash(other, one.field, start, words) for other in taken):
            continue
        try:
            value = read(field, words, today)
        except Unreadable:
            continue
        taken.append(Found(one.field, value, words, start, start + len(words)))
    return tuple(taken[len(found) :])


def _clash(other: Found, field: str, start: int, words: str) -> bool:
    return other.field == field or (start < other.end and other.start < start + len(words))
