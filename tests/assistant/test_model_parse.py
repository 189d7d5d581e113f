"""Data in a model's text: read however it is wrapped, and never guessed."""

from __future__ import annotations

import random
from typing import Literal

import pytest
from pydantic import BaseModel, field_validator

from assistant.model_parse import Unreadable, parse, without_thoughts


class Reading(BaseModel):
    """What the tests ask for."""

    action: Literal["ask", "office"]
    subject: str
    urgent: bool = False
    parts: list[str] = []

    @field_validator("subject")
    @classmethod
    def _named(cls, subject: str) -> str:
        if subject == "bí mật":
            raise ValueError("no such subject")
        return subject


GOOD = Reading(action="ask", subject="khai sinh")
TEXT = '{"action": "ask", "subject": "khai sinh"}'

WRAPPED = {
    "bare": TEXT,
    "fenced": f"```json\n{TEXT}\n```",
    "fenced without a language": f"```\n{TEXT}\n```",
    "a fence that is not closed": f"Đây ạ:\n```json\n{TEXT}",
    "between prose": f"Vâng, đây là kế hoạch [1]: {TEXT}\nAnh/chị xem giúp ạ.",
    "in a list": f"[{TEXT}]",
    "twice the same": f"{TEXT}\n\n{TEXT}",
    "after thoughts": f'<think>Hay là {{"action": "office", "subject": "x"}}?</think>\n{TEXT}',
    "after thoughts whose beginning was left out": f"Để xem nào.</think>{TEXT}",
    "trailing commas": '{"action": "ask", "subject": "khai sinh", "parts": [],}',
    "single quotes": "{'action': 'ask', 'subject': 'khai sinh'}",
    "words of Python": "{'action': 'ask', 'subject': 'khai sinh', 'urgent': False}",
    "a call written down": f'{{"name": "Reading", "arguments": {TEXT}}}',
    "a call whose arguments are text": '{"name": "Reading", "arguments": "{\\"action\\": \\"ask\\", \\"subject\\": \\"khai sinh\\"}"}',
    "more than was asked": TEXT.replace("}", ', "confidence": 0.9}'),
}

BAD = {
    "nothing": ("", "The answer was empty."),
    "white space": (" \n\t", "The answer was empty."),
    "only thoughts": ("<think>Để xem nào, người này hỏi", "The answer was empty."),
    "prose": ("Anh/chị cần tờ khai.", "The answer was not one whole JSON object."),
    "cut": (TEXT[:-1], "The answer was not one whole JSON object."),
    "cut in a string": ('{"action": "ask", "subject": "khai si', "The answer was not one whole JSON object."),
    "cut behind a whole object": (f'{{"first": {TEXT}, "second": {{"act', "The answer was not one whole JSON object."),
    "a list cut behind a whole object": (f'[{TEXT}, {{"act', "The answer was not one whole JSON object."),
    "two that differ": (
        f"{TEXT} hoặc {TEXT.replace('ask', 'office')}",
        "The answer held several different objects; give one.",
    ),
    "no number": ('{"action": NaN}', "The answer was not one whole JSON object."),
    "a wrong value": (
        '{"action": "đốt", "subject": "khai sinh"}',
        "The answer does not match the schema: action: Input should be 'ask' or 'office'.",
    ),
    "a missing field": ('{"action": "ask"}', "The answer does not match the schema: subject: Field required."),
    "what a validator refuses": (
        '{"action": "ask", "subject": "bí mật"}',
        "The answer does not match the schema: subject: Value error, no such subject.",
    ),
}


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED)
def test_data_is_read_however_it_is_wrapped(text):
    assert parse(text, Reading) == GOOD


@pytest.mark.parametrize(("text", "fault"), BAD.values(), ids=BAD)
def test_what_is_no_whole_answer_is_told_and_never_completed(text, fault):
    with pytest.raises(Unreadable) as raised:
        parse(text, Reading)

    assert str(raised.value) == fault


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ('{"action": "ask", "subject": "họ nói: \\"không\\""}', 'họ nói: "không"'),
        ('{"action": "ask", "subject": "hai\ndòng"}', "hai\ndòng"),
        ("{'action': 'ask', 'subject': 'con ông O'Brien',}", "con ông O'Brien"),
        ("{'action': 'ask', 'subject': 'họ nói \"không\" và \\'có\\''}", "họ nói \"không\" và 'có'"),
        ('Kế hoạch: {"action": "ask", "subject": "ngoặc } và ] trong chữ"} ạ', "ngoặc } và ] trong chữ"),
        ('{"action": "ask", "subject": "True, None",}', "True, None"),
    ],
)
def test_strings_keep_what_is_in_them(text, subject):
    assert parse(text, Reading).subject == subject


def test_no_beginning_of_an_answer_is_read_as_the_whole():
    """Whatever the wrapping, an answer that stops inside its object is an error at every place it may stop."""
    whole = "Vâng: {'first': " + TEXT + ", 'action': 'ask', 'subject': 'đất', 'parts': ['lệ phí', {'x': 1}]}"

    readable = []
    for end in range(len(whole)):
        try:
            parse(whole[:end], Reading)
        except Unreadable:
            continue
        readable.append(end)

    assert readable == []


def test_any_noise_ends_in_data_or_an_error():
    """Whatever is written, nothing but `Unreadable` comes out of it."""
    chance = random.Random(1022)
    pieces = [
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        ",",
        ":",
        "\\",
        "```",
        "<think>",
        "</think>",
        " ",
        "ask",
        "1",
        TEXT,
        "\ud800",
    ]

    for _ in range(3_000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 30)))
        try:
            found = parse(text, Reading)
        except Unreadable:
            continue

        assert found == GOOD


@pytest.mark.parametrize(
    "text",
    ["[" * 300_000, '{"a":' * 60_000, "'" * 300_000, "<think>" * 50_000, "```" * 100_000, "{'" * 100_000, '"' * 9_999],
)
def test_hostile_text_is_refused(text):
    with pytest.raises(Unreadable):
        parse(text, Reading)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Chào anh/chị.", "Chào anh/chị."),
        ("<think>a</think> Chào. ", "Chào."),
        ("<THINKING>a</THINKING><think>b</think>Chào.", "Chào."),
        ("a</think>Chào.", "Chào."),
        ("Chào.<think>a", "Chào."),
    ],
)
def test_thoughts_are_left_out(text, said):
    assert without_thoughts(text) == said
