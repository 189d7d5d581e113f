"""Life events: the whole checklist when something happened, a step by its number, what comes next unasked."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from assistant.act.event import all_steps, next_steps
from assistant.check import ungrounded
from assistant.conversation import Memory, Status, Turn
from assistant.draft import Draft, Finding, NextStep, Plan
from assistant.write.event import next_block, next_buttons, tell_event
from assistant.write.fields import write
from knowledge.events import Event, EventStep, events, lint
from knowledge.procedure import Section, Source

TURN = Turn(conversation="a test", text="x", at=datetime(2026, 11, 22, tzinfo=UTC))
TODAY = date(2026, 11, 22)


@pytest.fixture
def bamboo_wedding(made) -> Finding:
    """A made-up event: two steps in one go, one of them with everything a step may have, one that is no procedure."""
    steps = (
        EventStep(
            code="1.000001",
            title={"vi": "Thẻ và sổ tre cùng một lần", "en": "Card and book in one go"},
            when={"vi": "Muốn làm gộp.", "en": "If you want both."},
            instead_of=("1.000002", "1.000003"),
        ),
        EventStep(
            code="1.000002",
            by={"vi": "Trong 15 ngày từ ngày cưới.", "en": "Within 15 days of the wedding."},
            carries={"vi": "Tờ cưới tre vừa nhận.", "en": "The bamboo paper just received."},
            note={"vi": "Mang theo lá tre.", "en": "Bring a leaf."},
        ),
        EventStep(title={"vi": "Báo cho hàng xóm", "en": "Tell the neighbours"}),
    )
    event = Event(
        id="bamboo-wedding",
        name={"vi": "Cưới ở làng tre", "en": "A wedding in the bamboo village"},
        sayings=("cưới làng tre", "cưới dưới tre", "đám cưới tre", "tre cưới", "cưới bụi tre"),
        sayings_en=("bamboo wedding", "married under bamboo"),
        intro={"vi": "Chúc mừng anh/chị.", "en": "Congratulations."},
        steps=steps,
        sources=(Source(name="Cổng thử", url="https://example.vn/cuoi", as_of=date(2026, 7, 18)),),
    )
    held = (made("1.000001", "Cấp thẻ và sổ"), made("1.000002", "Cấp thẻ tre"), None)
    return Finding(event=event, steps=tuple(NextStep(*pair) for pair in zip(steps, held, strict=True)))


def test_a_checklist_tells_each_step_with_its_case_its_deadline_and_what_it_carries_over(bamboo_wedding):
    assert tell_event(bamboo_wedding, "vi").text == (
        "Chúc mừng anh/chị. [1]\n"
        "\n"
        "Cưới ở làng tre:\n"
        "1. Thẻ và sổ tre cùng một lần (thay cho 2 việc khác dưới đây) – muốn làm gộp.\n"
        "2. Cấp thẻ tre. Hạn: trong 15 ngày từ ngày cưới. Dùng lại từ việc trước: tờ cưới tre vừa nhận. "
        "Mang theo lá tre.\n"
        "3. Báo cho hàng xóm.\n"
        "\n"
        "Gõ số hoặc bấm vào việc để xem giấy tờ, lệ phí, nơi nộp."
    )


def test_a_checklist_in_english_says_the_same(bamboo_wedding):
    assert tell_event(bamboo_wedding, "en").text == (
        "Congratulations. [1]\n"
        "\n"
        "A wedding in the bamboo village:\n"
        "1. Card and book in one go (takes the place of 2 others below) – if you want both.\n"
        "2. Cấp thẻ tre. Deadline: within 15 days of the wedding. Carried over: the bamboo paper just received. "
        "Bring a leaf.\n"
        "3. Tell the neighbours.\n"
        "\n"
        "Type a number, or tap one, for its papers, fees and office."
    )


def test_a_checklist_is_cited_and_its_choices_are_numbered_like_its_lines(bamboo_wedding):
    answer = tell_event(bamboo_wedding, "vi")

    assert (answer.status, answer.procedures) == (Status.ANSWERED_EVENT, ("1.000001", "1.000002"))
    assert [(choice.code, choice.label) for choice in answer.choices] == [
        ("1.000001", "Thẻ và sổ tre cùng một lần"),
        ("1.000002", "Cấp thẻ tre"),
        ("", "Báo cho hàng xóm"),
    ]
    assert [(c.url, c.as_of) for c in answer.citations] == [("https://example.vn/cuoi", "2026-07-18")]


def test_a_step_that_is_no_procedure_is_told_alone_with_whom_to_ask(bamboo_wedding):
    picked = Finding(event=bamboo_wedding.event, steps=bamboo_wedding.steps, step=bamboo_wedding.steps[2])
    answer = tell_event(picked, "vi")

    assert (answer.status, answer.choices) == (Status.ANSWERED_EVENT, ())
    assert answer.text == (
        "Báo cho hàng xóm. [1]\n"
        "\n"
        "Việc này không có trong danh mục thủ tục tôi tra được; cần hỏi kỹ hơn, anh/chị gọi 1022."
    )


def test_what_comes_next_is_told_in_short_and_as_buttons(bamboo_wedding):
    (block,) = next_block(bamboo_wedding, "vi")

    assert block.heading == "Việc thường làm tiếp"
    assert block.items == ("Thẻ và sổ tre cùng một lần – muốn làm gộp", "Cấp thẻ tre", "Báo cho hàng xóm")
    assert [(button.label, button.about) for button in next_buttons(bamboo_wedding, "vi")] == [
        ("Thẻ và sổ tre cùng một lần", "1.000001"),
        ("Cấp thẻ tre", "1.000002"),
    ]


def test_every_shipped_event_names_procedures_that_are_held(shipped):
    assert list(lint(set(shipped.catalogue.store.hashes()))) == []
    assert len(events()) >= 19


@pytest.mark.parametrize("name", sorted(events()))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_shipped_event_can_be_told(shipped, name, language):
    """All its steps are held, no figure is held back, and no line ends twice."""
    event = events()[name]
    finding = Finding(event=event, steps=all_steps(event, shipped.catalogue))
    draft = Draft(TURN, Memory(), TODAY, plan=Plan((), language), findings=(finding,))
    answer = write(draft).answer

    assert [entry.step for entry in finding.steps] == list(event.steps)
    assert ungrounded(answer, finding) == []
    assert re.findall(r"\.\.|;\.|: \.|  |\.;", answer.text) == []
    assert answer.citations[0].url.startswith("https://")


def test_a_step_whose_procedure_is_not_held_is_left_out_unless_it_has_a_title_of_its_own(shipped, bamboo_wedding):
    steps = all_steps(bamboo_wedding.event, shipped.catalogue)

    assert [entry.step.title.vi for entry in steps] == ["Thẻ và sổ tre cùng một lần", "Báo cho hàng xóm"]
    assert [entry.procedure for entry in steps] == [None, None]


@pytest.mark.parametrize(
    ("code", "event", "first"),
    [("1.001193", "birth", "1.004222"), ("1.000894", "marriage", None), ("1.000656", "death", "1.003197")],
)
def test_after_a_procedure_that_leads_an_event_the_next_ones_are_offered(shipped, code, event, first):
    found, steps = next_steps(code, shipped.catalogue)

    assert (found.id, steps[0].step.code, len(steps)) == (event, first, 3)


def test_steps_done_in_one_go_are_not_offered_again(shipped):
    """Birth, residence and health card together: none of the three comes next."""
    _, steps = next_steps("2.000986", shipped.catalogue)

    assert {entry.step.code for entry in steps}.isdisjoint({"1.001193", "2.001023", "1.004222", "1.014137"})


@pytest.mark.parametrize("code", ["1.003197", "1.014064", "1.014063", "1.001456", "3.000346", "1.004873"])
def test_a_procedure_that_people_need_for_many_reasons_leads_nowhere(shipped, code):
    """Who strikes a name off a household is not told of funerals; who lost an identity card, of no other loss."""
    assert next_steps(code, shipped.catalogue) == (None, ())


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("em bé vừa sinh phải làm những gì?", "birth"),
        ("vợ em mới sanh", "birth"),
        ("ông nội tui mới mất, chừ phải mần chi hè", "death"),
        ("mk bị mất ví, h phải lm j", "losing-papers"),
        ("my father passed away, what do I have to do?", "death"),
        ("mới cưới thì cần làm những thủ tục gì", "marriage"),
    ],
)
def test_who_tells_what_happened_gets_the_whole_list(talk, said, name):
    answer = talk.say(said)

    assert (answer.status, talk.memory.event) == (Status.ANSWERED_EVENT, name)
    assert len(answer.choices) == len(events()[name].steps)


@pytest.mark.parametrize(
    "said",
    ["làm giấy khai sinh cho bé mới sinh cần gì", "mất ví làm lại căn cước ở đâu", "xem tuổi cưới vợ mới cưới giúp"],
)
def test_who_names_a_paper_or_asks_a_fortune_teller_gets_no_list(talk, said):
    assert talk.say(said).status is not Status.ANSWERED_EVENT


def test_numbers_choose_steps_until_something_else_is_spoken_of(talk):
    offered = talk.say("em bé vừa sinh phải làm những gì?")
    third = talk.say("3")
    fee = talk.say("lệ phí bao nhiêu?")
    first = talk.say("cái thứ nhất")
    other = talk.say("đăng ký kết hôn")
    lost = talk.say("2")

    assert [third.procedures[0], fee.procedures[0], first.procedures[0]] == [
        offered.choices[2].code,
        offered.choices[2].code,
        offered.choices[0].code,
    ]
    assert (other.procedures[0], lost.status) == ("1.000894", Status.CLARIFICATION_SUBJECT)


def test_the_number_of_a_step_without_a_code_tells_that_step(talk):
    offered = talk.say("ông nội tui mới mất, chừ phải mần chi hè")
    number = 1 + [choice.code for choice in offered.choices].index("")
    told = talk.say(str(number))
    then = talk.say(str(number + 1))

    assert told.status is Status.ANSWERED_EVENT
    assert told.blocks[0].text.startswith(offered.choices[number - 1].label)
    assert then.procedures[0] == offered.choices[number].code


def test_the_ward_named_before_is_used_for_a_step(talk):
    talk.say("trụ sở phường Hải Châu ở đâu")
    talk.say("em bé vừa sinh phải làm những gì?")
    told = talk.say("3")

    assert [block.heading for block in told.blocks if block.section is Section.WHERE] == ["Nơi nộp", "Nơi anh/chị đến"]
