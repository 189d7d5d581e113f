"""No figure goes out that the record does not hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest

from assistant.check import check, ungrounded
from assistant.conversation import Block, Memory, Status, Turn
from assistant.draft import Draft, Finding, NextStep, Plan, Whereabouts
from assistant.write.fields import tell, write
from knowledge.events import events
from knowledge.place_names import Match, PlaceMention, Reading, place_in
from knowledge.places import places
from knowledge.procedure import Agency, LegalBasis, Level, Procedure, Section
from knowledge.sources import written

TODAY = date(2026, 11, 22)
LATER = date(2028, 1, 1)
"""Past every date that a fee is valid to."""
TURN = Turn(conversation="a test", text="x", at=datetime(2026, 11, 22, tzinfo=UTC))

BAMBOO = {
    "fees": [{"status": "exact", "amount": 50_000}, {"status": "exact", "amount": 10, "currency": "USD"}],
    "time_limits": [{"quantity": 5, "unit": "working_day"}],
}


@pytest.fixture
def bamboo(made, method) -> Procedure:
    """A procedure with an amount, a limit and a legal basis."""
    basis = (LegalBasis(number="1/2099/TT-TRE"),)
    agency = Agency(receives="UBND cấp xã")
    return made(
        methods=(method(**BAMBOO),), legal_basis=basis, related=("1.000002",), agency=agency, levels=(Level.WARD,)
    )


def planted(procedure: Procedure, sentence: str, place: str = "text") -> list[str]:
    """What is found when a sentence slips into the answer."""
    answer = tell(procedure, (Section.OVERVIEW,), "vi", TODAY)
    block = Block(**{place: (sentence,) if place == "items" else sentence})
    return ungrounded(answer.model_copy(update={"blocks": (*answer.blocks, block)}), Finding(procedure=procedure))


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

    assert ungrounded(answer.model_copy(update={"facts": card}), Finding(procedure=bamboo)) != []


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


def test_a_held_back_checklist_keeps_nothing_but_its_link(draft):
    finding = Finding(event=events()["birth"], steps=tuple(NextStep(step) for step in events()["birth"].steps))
    found = draft("x").but(plan=Plan(()), findings=(finding,))
    answer = write(found).answer
    lying = answer.model_copy(update={"blocks": (Block(text="Nộp 99.000 đồng."), *answer.blocks[1:])})
    told = check(found.but(answer=lying)).answer

    assert (told.status, told.choices, told.citations) == (Status.ERROR_UNGROUNDED, (), answer.citations)
    assert told.text == (
        "Tôi chưa kiểm chứng được câu trả lời nên không đưa ra. Anh/chị xem trang chính thức ở nguồn bên dưới. [1]"
    )


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
        if (figures := ungrounded(tell(procedure, (section,), language, today), Finding(procedure=procedure)))
    }


@pytest.mark.parametrize("code", [path.name.split("-")[0] for path in written.files()])
def test_every_part_of_every_shipped_procedure_passes(shipped, code):
    assert held_back(shipped.catalogue.get(code)) == {}


def test_every_part_of_real_records_passes(portal_procedures):
    sample = Random(1022).sample(portal_procedures, 60)

    assert {procedure.code: found for procedure in sample if (found := held_back(procedure))} == {}


@pytest.fixture
def in_hai_chau(bamboo) -> Finding:
    """The bamboo card asked for in a ward of today, by an old name."""
    mention = place_in("tôi ở phường Thanh Bình cũ")
    return Finding((Section.WHERE,), bamboo, whereabouts=Whereabouts(mention), unit=mention.match.unit)


def planted_beside(finding: Finding, sentence: str) -> list[str]:
    """What is found when a sentence slips into an answer about a procedure in a place, or about a life event."""
    answer = write(Draft(TURN, Memory(), TODAY, plan=Plan(()), findings=(finding,))).answer
    assert ungrounded(answer, finding) == []
    return ungrounded(answer.model_copy(update={"blocks": (*answer.blocks, Block(items=(sentence,)))}), finding)


@pytest.mark.parametrize(
    ("sentence", "caught"),
    [
        ("Trụ sở UBND phường Hải Châu: Số 15 đường Lê Hồng Phong, phường Hải Châu.", []),
        ("Trụ sở UBND phường Hải Châu: Số 16 đường Lê Hồng Phong, phường Hải Châu.", ["16 đường lê"]),
        ("Trụ sở UBND phường Hải Châu: 15 Lê Lợi.", ["15 lê"]),
        ("Trụ sở UBND phường Hải Châu: K123/45 đường Lê Lợi.", ["123/45", "45 đường lê"]),
        ("Trụ sở UBND phường Hải Châu: 388 Núi Thành.", ["388", "388 núi"]),
        (
            "Bản đồ: https://www.google.com/maps/search/?api=1&query=16.00000,108.00000",
            ["https://www.google.com/maps/search/?api=1&query=16.00000,108.00000"],
        ),
        ("Bản đồ: https://goo.gl/maps/abc", ["https://goo.gl/maps/abc"]),
        ("Phường Thanh Bình nhập vào phường Hải Châu năm 2019.", ["2019"]),
        ("Điện thoại 02363821234.", ["02363821234"]),
    ],
)
def test_an_address_or_a_map_that_is_not_of_this_ward_is_caught(in_hai_chau, sentence, caught):
    assert planted_beside(in_hai_chau, sentence) == caught


def test_the_address_of_another_ward_is_caught_unless_it_may_be_meant(bamboo):
    """Of the two wards between which Hòa Liên lies, both may be named; a third one may not."""
    mention = place_in("nhà ở Hòa Liên cũ")
    finding = Finding((Section.WHERE,), bamboo, whereabouts=Whereabouts(mention))
    addresses = {unit.name: unit.office.address for unit in places().units.values()}

    assert planted_beside(finding, addresses["Hải Vân"]) == []
    assert planted_beside(finding, addresses["Sơn Trà"]) == ["06", "06 đường nguyễn"]


@pytest.mark.parametrize(
    ("sentence", "caught"),
    [
        ("Trong 60 ngày từ ngày sinh.", []),
        ("Trong 90 ngày từ ngày sinh.", ["90", "90 ngày"]),
        ("Nộp 55.000 đồng.", ["55.000", "55.000 đồng"]),
        ("Xem 1.999999.", ["1.999999"]),
        ("Nộp tại lienthong-dichvucong.vn.", ["lienthong-dichvucong.vn"]),
    ],
)
def test_a_figure_in_a_step_that_the_event_does_not_hold_is_caught(sentence, caught):
    finding = Finding(event=events()["birth"], steps=tuple(NextStep(step) for step in events()["birth"].steps))

    assert planted_beside(finding, sentence) == caught


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_office_may_be_told(bamboo, language):
    held = {}
    for unit in places().units.values():
        for former in (None, *unit.was):
            said = former.full_name if former else unit.full_name
            mention = PlaceMention(Reading.FOUND, said, 0, len(said), (Match(unit, former),))
            finding = Finding((Section.WHERE,), bamboo, whereabouts=Whereabouts(mention), unit=unit)
            draft = Draft(TURN, Memory(), TODAY, plan=Plan((), language), findings=(finding,))
            if figures := ungrounded(write(draft).answer, finding):
                held[said] = figures

    assert held == {}
