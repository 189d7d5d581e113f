"""No figure goes out that the record does not hold."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from assistant.check import check, ungrounded
from assistant.conversation import Block, Status
from assistant.draft import Finding, Plan
from assistant.write.fields import tell
from knowledge.procedure import LegalBasis, Procedure, Section
from knowledge.sources import written

TODAY = date(2026, 11, 22)
LATER = date(2028, 1, 1)
"""Past every date that a fee is valid to."""

BAMBOO = {
    "fees": [{"status": "exact", "amount": 50_000}, {"status": "exact", "amount": 10, "currency": "USD"}],
    "time_limits": [{"quantity": 5, "unit": "working_day"}],
}


@pytest.fixture
def bamboo(made, method) -> Procedure:
    """A procedure with an amount, a limit and a legal basis."""
    basis = (LegalBasis(number="1/2099/TT-TRE"),)
    return made(methods=(method(**BAMBOO),), legal_basis=basis, related=("1.000002",))


def planted(procedure: Procedure, sentence: str, place: str = "text") -> list[str]:
    """What is found when a sentence slips into the answer."""
    answer = tell(procedure, (Section.OVERVIEW,), "vi", TODAY)
    block = Block(**{place: (sentence,) if place == "items" else sentence})
    return ungrounded(answer.model_copy(update={"blocks": (*answer.blocks, block)}), procedure)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lệ phí 50.000 đồng, nộp trong 5 ngày làm việc.",
        "The charge is 50,000 đồng or 10 USD; it takes 5 working days.",
        "Theo 1/2099/TT-TRE, xem https://example.vn/the-tre, đọc ngày 18/07/2026.",
        "Mã 1.000001, liên quan 1.000002.",
        "Gọi 1022 hoặc 0236.1022; cháy thì gọi 114.",
        "1. Nộp 2 tờ giấy. 2. Chờ.",
    ],
)
def test_what_the_record_holds_may_be_said(bamboo, sentence):
    assert planted(bamboo, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "caught"),
    [
        ("Lệ phí 55.000 đồng.", ["55.000", "55.000 đồng"]),
        ("Lệ phí 0 đồng.", ["0 đồng"]),
        ("Lệ phí 5 đồng.", ["5 đồng"]),
        ("The charge is 12 USD.", ["12 usd"]),
        ("Phí 50 nghìn, tức 500.000 đồng.", ["500.000", "500.000 đồng"]),
        ("Xong trong 7 ngày làm việc.", ["7 ngày làm việc"]),
        ("Xong trong 5 ngày.", ["5 ngày"]),
        ("It takes 6 working days.", ["6 working day"]),
        ("Có hiệu lực 10 năm.", ["10 năm"]),
        ("Chờ 90 ngày.", ["90", "90 ngày"]),
        ("Áp dụng từ 01/09/2026.", ["01/09/2026"]),
        ("Áp dụng từ ngày 1 tháng 9.", ["ngày 1 tháng 9"]),
        ("Mã 1.000003.", ["1.000003"]),
        ("Theo 2/2099/TT-TRE.", ["2/2099/TT-TRE"]),
        ("Theo 1/2098/TT-TRE.", ["1/2098/TT-TRE"]),
        ("Theo Nghị định 15/2099/NĐ-CP.", ["15/2099/NĐ-CP"]),
        ("Xem https://example.vn/gia-re.", ["https://example.vn/gia-re"]),
        ("Xem https://example.com.", ["https://example.com"]),
        ("Xem dichvucong-gov.vn/nop.", ["dichvucong-gov.vn/nop"]),
        ("Gọi 0905123456.", ["0905123456"]),
        ("Gọi 0236.3822.", ["0236.3822"]),
    ],
)
@pytest.mark.parametrize("place", ["text", "heading", "items"])
def test_a_false_figure_is_caught_wherever_it_stands(bamboo, sentence, caught, place):
    assert planted(bamboo, sentence, place) == caught


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("fee", ("Lệ phí: 55.000 đồng",)),
        ("time", ("7 ngày làm việc",)),
        ("papers", ("Mẫu 7/2099/TT-TRE",)),
        ("where", "Số 99 đường Tre, gọi 0905123456"),
        ("url", "https://example.com"),
    ],
)
def test_a_false_figure_on_the_card_is_caught(bamboo, part, value):
    answer = tell(bamboo, (Section.OVERVIEW,), "vi", TODAY)
    card = answer.facts.model_copy(update={part: value})

    assert ungrounded(answer.model_copy(update={"facts": card}), bamboo) != []


def test_a_zero_may_be_said_only_where_the_source_says_it(made, method):
    sentence = "Nguồn ghi 0 đồng."
    zero = made(methods=(method(fees=[{"status": "stated_zero"}]),))
    unknown = made(methods=(method(fees=[{"status": "unknown"}]),))

    assert (planted(zero, sentence), planted(unknown, sentence)) == ([], ["0 đồng"])


def test_a_held_back_answer_keeps_its_title_and_its_link(draft, bamboo):
    answer = tell(bamboo, (Section.FEE,), "vi", TODAY)
    lying = answer.model_copy(update={"blocks": (*answer.blocks, Block(text="Thật ra là 99.000 đồng."))})
    told = check(draft("x").but(plan=Plan(()), findings=(Finding(procedure=bamboo),), answer=lying))

    assert told.answer.status is Status.ERROR_UNGROUNDED
    assert told.answer.text == (
        "Cấp thẻ tre (mã 1.000001).\n"
        "\n"
        "Tôi chưa kiểm chứng được câu trả lời nên không đưa ra. Anh/chị xem trang chính thức ở nguồn bên dưới. [1]"
    )
    assert [citation.url for citation in told.answer.citations] == ["https://example.vn/the-tre"]
    assert told.answer.facts is None
    assert told.notes == {"ungrounded": ["99.000", "99.000 đồng"]}


def test_a_true_answer_passes_untouched(draft, bamboo):
    answer = tell(bamboo, (Section.FEE,), "vi", TODAY)
    settled = draft("x").but(plan=Plan(()), findings=(Finding(procedure=bamboo),), answer=answer)

    assert check(settled) is settled


def held_back(procedure: Procedure) -> dict[tuple[str, str, date], list[str]]:
    """The parts of a procedure that could not go out, and the figures to blame."""
    return {
        (section, language, today): figures
        for section in Section
        for language in ("vi", "en")
        for today in (TODAY, LATER)
        if (figures := ungrounded(tell(procedure, (section,), language, today), procedure))
    }


@pytest.mark.parametrize("code", [path.name.split("-")[0] for path in written.files()])
def test_every_part_of_every_shipped_procedure_passes(shipped, code):
    assert held_back(shipped.catalogue.get(code)) == {}


def test_every_part_of_real_records_passes(portal_procedures):
    sample = Random(1022).sample(portal_procedures, 60)

    assert {procedure.code: found for procedure in sample if (found := held_back(procedure))} == {}
