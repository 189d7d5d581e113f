"""What models are told: versioned, and told to nobody else."""

from __future__ import annotations

import re

import pytest

from assistant import wording
from assistant.plan.model import Wish
from assistant.prompts import prompt, repeats_a_prompt


@pytest.mark.parametrize("name", ["plan", "write", "repair", "fill"])
def test_every_prompt_has_a_version_and_is_short(name):
    told = prompt(name)

    assert told.version >= 1
    assert 100 < len(told.text) < 2_500


def test_a_prompt_is_known_where_it_is_repeated_with_marks_or_without():
    said = prompt("write").text.splitlines()[2]

    assert repeats_a_prompt(f"Lời dặn của tôi: {said}")
    assert repeats_a_prompt(said.upper())
    assert not repeats_a_prompt("Anh/chị mang theo giấy chứng sinh và căn cước, nộp ở phường. [1]")


def test_every_part_that_the_planner_may_name_is_one_that_a_plan_knows():
    line = next(line for line in prompt("plan").text.splitlines() if line.startswith("- `parts`"))
    named = re.findall(r"`(\w+)`", line)[1:]

    assert len(named) == 10
    assert [part.value for part in Wish(kind="procedure", parts=named).parts] == named


def test_no_fixed_sentence_of_ours_repeats_a_prompt():
    assert [
        status for status, text in wording.SAID.items() if repeats_a_prompt(text.vi) or repeats_a_prompt(text.en)
    ] == []
