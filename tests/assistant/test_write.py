"""Answers that tell no procedure: several offered by number, the nearest others, every fixed sentence in both languages."""

from __future__ import annotations

import pytest

from assistant.conversation import Choice, Memory, Status
from assistant.draft import Finding, Plan
from assistant.wording_forms import FORM_SAID
from assistant.write.fields import write
from knowledge.search import Hit


def test_several_that_fit_are_offered_by_number(draft, made):
    choices = (made("1.000001", "Cấp thẻ tre"), made("1.000002", "Đổi thẻ tre"))
    hits = (Hit("1.000001", 0.5, ""), Hit("1.000002", 0.5, ""), Hit("1.000003", 0.1, ""))
    found = draft("thẻ tre").but(plan=Plan(()), findings=(Finding(choices=choices, hits=hits),))
    answer = write(found).answer

    assert answer.status is Status.CLARIFICATION_PROCEDURE
    assert answer.procedures == ("1.000001", "1.000002", "1.000003")
    assert answer.choices == (
        Choice(code="1.000001", label="Cấp thẻ tre"),
        Choice(code="1.000002", label="Đổi thẻ tre"),
    )
    assert answer.text == (
        "Có mấy thủ tục gần với câu hỏi. Anh/chị cần việc nào?\n"
        "1. Cấp thẻ tre\n"
        "2. Đổi thẻ tre\n"
        "\n"
        "Nếu không có việc nào đúng, anh/chị nói rõ hơn hoặc gọi 1022."
    )


def test_an_official_title_of_four_lines_is_cut_where_it_is_offered(draft, made):
    long = made("1.000002", "Cấp thẻ tre cho người trồng tre " + "ở vùng có tre " * 20)
    found = draft("thẻ tre").but(plan=Plan(()), findings=(Finding(choices=(made(), long)),))
    (_, choice) = write(found).answer.choices

    assert choice.label.startswith("Cấp thẻ tre cho người trồng tre ở vùng có tre")
    assert choice.label.endswith(" …")
    assert len(choice.label) <= 142


def test_the_nearest_others_are_named_behind_the_one_answered(draft, made):
    hits = tuple(Hit(f"1.{number:06}", 0.5, "") for number in range(1, 15))
    found = draft("thẻ tre").but(plan=Plan(()), findings=(Finding(procedure=made("1.000003"), hits=hits),))

    assert write(found).answer.procedures == (
        "1.000003",
        *(f"1.{number:06}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10)),
    )


LOOKED_UP = {
    Status.ANSWERED,
    Status.ANSWERED_OFFICE,
    Status.ANSWERED_EVENT,
    Status.CLARIFICATION_PLACE,
    Status.CLARIFICATION_PROCEDURE,
    Status.DOSSIER_FOUND,
    Status.PROFILE_SHOWN,
}
OF_FORMS = {status for status in Status if status.family == "form"} - set(FORM_SAID)
"""Told by the form that is filled in."""


@pytest.mark.parametrize("status", [status for status in Status if status not in LOOKED_UP | OF_FORMS])
def test_every_fixed_answer_has_words_in_both_languages(draft, status):
    texts = set()
    for language in ("vi", "en"):
        finding = draft("x", memory=Memory(language=language)).but(findings=(Finding(said=status),))
        texts.add(write(finding).answer.text)

    assert len(texts) == 2
    assert not any("{" in text for text in texts)
