"""What models are told: versioned, and told to nobody else."""

from __future__ import annotations

import pytest

from assistant import wording
from assistant.prompts import prompt, repeats_a_prompt


@pytest.mark.parametrize("name", ["plan", "write", "repair"])
def test_every_prompt_has_a_version_and_is_short(name):
    told = prompt(name)

    assert told.version >= 1
    assert 100 < len(told.text) < 2_500


def test_a_prompt_is_known_where_it_is_repeated_with_marks_or_without():
    said = prompt("write").text.splitlines()[2]

    assert repeats_a_prompt(f"Lời dặn của tôi: {said}")
    assert repeats_a_prompt(said.upper())
    assert not repeats_a_prompt("Anh/chị mang theo giấy chứng sinh và căn cước, nộp ở phường. [1]")


def test_no_fixed_sentence_of_ours_repeats_a_prompt():
    assert [
        status for status, text in wording.SAID.items() if repeats_a_prompt(text.vi) or repeats_a_prompt(text.en)
    ] == []
