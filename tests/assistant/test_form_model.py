"""Values found with a language model: its word is taken for which words were said, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.forms.definition import forms
from assistant.forms.extract import extract
from assistant.plan.form_model import ModelExtract
from tests.model_server import ModelServer, Script

TODAY = date(2026, 11, 22)
FORM = forms()["khai-sinh"]
TEXT = "dạ tụi em bàn rồi, đặt cho bé là Lê Minh An, bà xã em trên giấy đầy đủ là Nguyễn Thị Hoa nghe anh"

Find = Callable[..., dict[str, str]]


@pytest.fixture
def find(server: ModelServer) -> Find:
    """The words found for each field, with a model that answers by this script."""

    def run(script: Script, text: str = TEXT) -> dict[str, str]:
        server.play(*[script] * 4)
        models = server.models()
        found, _ = ModelExtract(models, models.deadline())(FORM, text, TODAY, "", {})
        assert all(text[one.start : one.end] == one.words for one in found)
        return {one.field: one.words for one in found}

    return run


def tells(*pairs: tuple[str, str]) -> Script:
    return Script.good({"told": [{"field": field, "words": words} for field, words in pairs]})


def by_patterns(text: str = TEXT) -> dict[str, str]:
    found, _ = extract(FORM, text, TODAY)
    return {one.field: one.words for one in found}


def test_words_that_stand_in_the_message_are_taken_for_the_field_a_model_names(find):
    found = find(tells(("child_name", "Lê Minh An"), ("mother_name", "Nguyễn Thị Hoa")))

    assert found == {**by_patterns(), "child_name": "Lê Minh An", "mother_name": "Nguyễn Thị Hoa"}


@pytest.mark.parametrize(
    "telling",
    [
        ("father_name", "Lê Văn Minh"),
        ("child_birth", "05/11/2026"),
        ("father_birth", "bà xã em"),
        ("father_document", "Lê Minh An"),
        ("no_such_field", "Lê Minh An"),
        ("father_name", ""),
    ],
    ids=["nobody said it", "made up", "no value of that kind", "no paper", "no field", "nothing"],
)
def test_what_was_not_said_or_tells_nothing_is_not_taken(find, telling):
    assert find(tells(telling)) == by_patterns()


@pytest.mark.parametrize(
    "script",
    [Script.text("không phải JSON"), Script.text(""), Script.dead(), Script.status(500), Script.status(429)],
    ids=["no json", "empty", "dead", "500", "429"],
)
def test_a_model_that_fails_costs_nothing_that_patterns_find(find, script):
    assert find(script) == by_patterns()


def test_one_stretch_of_words_tells_one_field(find):
    found = find(tells(("child_name", "Lê Minh An"), ("father_name", "Lê Minh An")))

    assert found == {**by_patterns(), "child_name": "Lê Minh An"}


def test_a_model_never_sees_a_number_of_a_citizen(find, server):
    find(tells(), "bé nhà em tên thì đặt rồi, mà giấy của bà xã em mang số 048190001234 hay sao á, em nhớ vậy")

    assert server.requests
    assert "048190001234" not in str([request.body for request in server.requests])
