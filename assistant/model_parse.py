"""What a model wrote, read as data: JSON however it is wrapped, or an error. A cut answer is never completed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

Shape = TypeVar("Shape", bound=BaseModel)

MOST_TEXT = 200_000
"""Characters that are looked at: no plan or paragraph is longer."""
_MOST_STARTS = 20
"""Places in prose where an object may begin: prose full of braces must not take long."""
_MOST_FAULTS = 5

_THOUGHT_END = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
_THOUGHT_START = re.compile(r"<(?:think|thinking|reasoning)>", re.IGNORECASE)
_LANGUAGE = re.compile(r"[\w-]*")
_OPEN = re.compile(r"[{\[]")
_WORDS = {"True": "true", "False": "false", "None": "null"}
_WORD = re.compile(r"[A-Za-z_]+")
_CLOSED_BY = {"{": "}", "[": "]"}
_BEFORE_QUOTE = ("{", "[", ",", ":")
_AFTER_QUOTE = re.compile(r"\s*(?:[,:}\]]|$)")
_TRAILING = re.compile(r"\s*[}\]]")
_ESCAPED = re.compile(r"\\.|\"", re.DOTALL)


class Unreadable(Exception):
    """No such data is in the text. The message is for the model, which may repair it: it holds none of the text."""


def without_thoughts(text: str) -> str:
    """What a model says after it thought aloud; empty if it never came to an end of thinking."""
    ends = [match.end() for match in _THOUGHT_END.finditer(text)]
    said = text[ends[-1] :] if ends else text
    start = _THOUGHT_START.search(said)
    return (said[: start.start()] if start else said).strip()


def parse(text: str, shape: type[Shape]) -> Shape:
    """The one object of that shape in a model's text.

    Raises:
        Unreadable: there is none, or there are two that differ: which one was meant is not guessed.

    """
    said = without_thoughts(text[:MOST_TEXT])
    if not said:
        raise Unreadable("The answer was empty.")
    fault, found = "", []
    for data in _readings(said):
        try:
            one = _validated(data, shape)
        except ValidationError as error:
            fault = fault or _told(error)
            continue
        except RecursionError:
            continue
        if one not in found:
            found.append(one)
    if len(found) == 1:
        return found[0]
    if found:
        raise Unreadable("The answer held several different objects; give one.")
    raise Unreadable(fault or "The answer was not one whole JSON object.")


def _readings(said: str) -> Iterator[Any]:
    """All that may have been meant: the whole text, else what is fenced, else objects between the prose."""
    for texts in ([said], _fenced(said), _objects(said)):
        readings = [data for one in texts if (data := _loaded(one.strip())) is not None]
        if readings:
            yield from readings
            return


def _fenced(said: str) -> list[str]:
    """What stands between code fences, without the name of its language."""
    return [_LANGUAGE.sub("", part, count=1) for part in said.split("```")[1::2]]


def _objects(said: str) -> Iterator[str]:
    """Balanced objects in prose, outermost, in order. What follows a bracket that never closes is a cut answer's rest."""
    at = 0
    for _ in range(_MOST_STARTS):
        start = _OPEN.search(said, at)
        end = _end(said, start.start()) if start else None
        if start is None or end is None:
            return
        is_object = start.group() == "{"
        if is_object:
            yield said[start.start() : end]
        # An array is prose («[1]») or a list of answers: the objects in it count, the array does not.
        at = end if is_object else start.end()


def _end(said: str, start: int) -> int | None:
    """Behind the bracket that closes the one at `start`; None if there is none."""
    awaited: list[str] = []
    at, before = start, ""
    while at < len(said):
        letter = said[at]
        if letter == '"' or (letter == "'" and before in _BEFORE_QUOTE):
            at = _quote_end(said, at)
        elif letter in _CLOSED_BY:
            awaited.append(_CLOSED_BY[letter])
        elif letter in "}]":
            if letter != awaited.pop():
                return None
            if not awaited:
                return at + 1
        before = before if letter.isspace() else letter
        at += 1
    return None


def _loaded(text: str) -> Any:
    """An object of strict JSON, or of what people and models write instead; None if it is neither."""
    if text[:1] != "{":
        return None
    for form in (str, _strict):
        try:
            return json.loads(form(text), strict=False, parse_constant=_refused)
        except (ValueError, RecursionError):
            continue
    return None


def _refused(constant: str) -> NoReturn:
    """NaN and Infinity are no JSON, whatever the library thinks."""
    raise ValueError(constant)


def _strict(text: str) -> str:
    """Loose JSON as strict JSON: double quotes, no trailing commas, `true` for `True`."""
    out: list[str] = []
    at, before = 0, ""
    while at < len(text):
        letter = text[at]
        if letter == '"' or (letter == "'" and before in _BEFORE_QUOTE):
            end = _quote_end(text, at)
            out.append(_quoted(text[at : end + 1]))
            at = end
        elif letter == "," and _TRAILING.match(text, at + 1):
            pass
        elif word := _WORD.match(text, at):
            out.append(_WORDS.get(word.group(), word.group()))
            at = word.end() - 1
        else:
            out.append(letter)
        before = before if letter.isspace() else letter
        at += 1
    return "".join(out)


def _quote_end(text: str, start: int) -> int:
    """Where the string that begins there ends: an apostrophe inside a word ends none."""
    quote, at = text[start], start + 1
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == quote and (quote == '"' or _AFTER_QUOTE.match(text, at + 1)):
            return at
        at += 1
    return len(text)


def _quoted(string: str) -> str:
    """A string in double quotes, whichever it had."""
    if string[0] == '"':
        return string
    mended = _ESCAPED.sub(lambda found: {"\\'": "'", '"': '\\"'}.get(found.group(), found.group()), string[1:-1])
    return f'"{mended}"'


def _validated(data: Any, shape: type[Shape]) -> Shape:
    """Models that cannot call tools write down the call instead: its arguments are what was meant."""
    try:
        return shape.model_validate_json(json.dumps(data))
    except ValidationError:
        inner = data.get("arguments", data.get("parameters")) if isinstance(data, dict) else None
        if isinstance(inner, str):
            inner = _loaded(inner.strip())
        if not isinstance(inner, dict):
            raise
        return shape.model_validate_json(json.dumps(inner))


def _told(error: ValidationError) -> str:
    """What is wrong, by field and without the values."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    told = [f"{'.'.join(map(str, fault['loc'])) or 'the object'}: {fault['msg']}" for fault in faults[:_MOST_FAULTS]]
    return "The answer does not match the schema: " + "; ".join(told) + "."
