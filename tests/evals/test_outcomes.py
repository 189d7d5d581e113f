"""What a person meets with, asked of the assistant as it is shipped."""

from __future__ import annotations

import pytest

from evals.retrieval.ask import ask_all
from evals.retrieval.outcomes import Outcome, meet
from evals.retrieval.questions import Group
from tests.evals.made import question

BIRTH, MARRIAGE = "1.001193", "1.000894"


def test_one_procedure_told_is_an_answer(shipped):
    assert meet(shipped, MARRIAGE) == (Outcome.ANSWERED, (MARRIAGE,))


def test_choices_and_the_steps_of_a_life_event_are_questions_back(shipped):
    offered, choices = meet(shipped, "đăng ký xe")
    listed, steps = meet(shipped, "vợ em mới sanh")

    assert (offered, len(choices) > 1) == (Outcome.ASKED_BACK, True)
    assert (listed, BIRTH in steps) == (Outcome.ASKED_BACK, True)


@pytest.mark.parametrize(
    "text",
    ["xin chào", "nhà đang cháy", "lệ phí bao nhiêu?", "mã 9.999999", "x" * 3_000, "", "здравствуйте товарищи"],
    ids=["greeting", "emergency", "no subject", "no such code", "too long", "empty", "script"],
)
def test_what_tells_or_offers_no_procedure_turns_away(shipped, text):
    assert meet(shipped, text) == (Outcome.TURNED_AWAY, ())


def test_every_question_is_ranked_timed_and_met_with(shipped):
    asked = [question("q1", [MARRIAGE], text=MARRIAGE), question("o1", text="xin chào", group=Group.OUT_OF_SCOPE)]
    steps = []

    ranked, refused = ask_all(shipped, asked, lambda step: steps.append((step.done, step.total)))

    assert (ranked.question, ranked.codes[0], ranked.rank, ranked.confidence) == (asked[0], MARRIAGE, 1, 1.0)
    assert (ranked.outcome, ranked.choices, ranked.ms > 0) == (Outcome.ANSWERED, (MARRIAGE,), True)
    assert (refused.outcome, refused.choices, refused.rank) == (Outcome.TURNED_AWAY, (), 0)
    assert steps == [(1, 2), (2, 2)]
