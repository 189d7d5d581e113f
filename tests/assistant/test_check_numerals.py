"""Numbers are read in digits and in words."""

from __future__ import annotations

import re

import pytest

from assistant.checking.numerals import NUMBER, value
from evals.check.spelling import number_in_words


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("50.000", 50_000),
        ("50,000", 50_000),
        ("1,2 triệu", 1_200_000),
        ("1 triệu 200 nghìn", 1_200_000),
        ("một triệu rưỡi", 1_500_000),
        ("một triệu hai", 1_200_000),
        ("một trăm lẻ năm", 105),
        ("hai lăm", 25),
        ("hai mươi mốt", 21),
        ("50k", 50_000),
        ("nửa", 0.5),
        ("two and a half", 2.5),
        ("two hundred and fifty thousand", 250_000),
        ("năm ba", 3),
        ("mươi", None),
    ],
)
def test_a_number_is_read(said, number):
    assert value(said) == number


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_number_in_words_is_read_back(language):
    numbers = [*range(1, 1200), *range(1_000, 10_000_000, 7_511)]
    wrong = {
        number: said
        for number in numbers
        if value(said := number_in_words(number, language)) != number or not re.fullmatch(NUMBER, said)
    }

    assert wrong == {}
