"""What a question says of places, and what is done about it."""

from __future__ import annotations

import pytest

from assistant.conversation import Memory, Status
from assistant.draft import AskProcedure, FindOffice, Say, TellEvent
from assistant.plan.rules import plan
from assistant.plan.whereabouts import asks_for_everything, asks_for_office, only_asks_where, tells_news, whereabouts
from assistant.screen import screen
from evals.retrieval.ask import OUT_OF_SCOPE, load
from knowledge.place_names import Reading
from knowledge.procedure import Section

BIRTH = Memory(current="1.001193")
HOA_LIEN = ("20194", "20197")
"""Hải Vân and Liên Chiểu, between which the former commune Hòa Liên lies."""


@pytest.fixture
def action(draft):
    """The one action planned for a message."""

    def planned(text: str, memory: Memory | None = None, about: str = ""):
        made = plan(screen(draft(text, memory=memory, about=about))).plan
        return made.whole or made.actions[0]

    return planned


@pytest.mark.parametrize(
    ("text", "said", "rest"),
    [
        ("làm giấy khai sinh ở phường Hải Châu", "phường Hải Châu", "làm giấy khai sinh"),
        ("tôi ở phường Hòa Cường Bắc cũ, làm khai sinh ở đâu", "phường Hòa Cường Bắc cũ", "làm khai sinh ở đâu"),
        ("nhà em đang ở Hòa Khánh, đăng ký tạm trú", "Hòa Khánh", "đăng ký tạm trú"),
        ("mk o hoa khanh, dk tam tru", "hoa khanh", "dk tam tru"),
        ("dọn qua Hòa Xuân rồi thì nộp đâu", "Hòa Xuân", "dọn rồi thì nộp đâu"),
        ("I live in Hoa Khanh, where do I apply?", "Hoa Khanh", "where do I apply?"),
        ("đăng ký tạm trú ở đâu", None, "đăng ký tạm trú ở đâu"),
        ("Hải Vân", "Hải Vân", ""),
        ("ba", None, "ba"),
    ],
)
def test_the_place_is_taken_out_of_the_question(text, said, rest):
    found, left = whereabouts(text, Memory())

    assert (found.mention.said if found.mention else None, left) == (said, rest)


@pytest.mark.parametrize(
    ("text", "anywhere", "district"),
    [
        ("nộp ở phường khác được không", True, False),
        ("lam can cuoc o dau cung duoc ha", True, False),
        ("không về quê làm được không", True, False),
        ("can I go to another ward?", True, False),
        ("trước đây nộp ở quận mà", False, True),
        ("nop o ubnd huyen duoc khong", False, True),
        ("it used to be at the district", False, True),
        ("nộp ở quận Hải Châu được không", False, True),
        ("tôi ở quận Hải Châu, làm khai sinh ở đâu", False, False),
        ("làm khai sinh ở đâu", False, False),
    ],
)
def test_questions_about_other_places_and_old_levels_are_noticed(text, anywhere, district):
    found, _ = whereabouts(text, Memory())

    assert (found.anywhere, found.district) == (anywhere, district)


@pytest.mark.parametrize(
    "text", ["nhà ở", "nay thuộc phường nào", "trụ sở ở đâu", "trung tâm hành chính công ở đâu", "giờ tôi dọn rồi", ""]
)
def test_words_that_only_say_where_ask_for_no_procedure(text):
    assert only_asks_where(text)


@pytest.mark.parametrize(
    "text",
    [
        "tạm trú",
        "tam tru o dau",
        "sang tên nhà",
        "sang ten nha",
        "hộ khẩu",
        "số nhà",
        "cấp số nhà",
        "nộp hồ sơ tạm trú",
    ],
)
def test_names_of_papers_made_of_the_same_syllables_are_no_words_of_dwelling(text):
    assert not only_asks_where(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("nay là phường nào", True),
        ("trụ sở ở đâu", True),
        ("which ward is it now", True),
        ("nhà tôi ở đó", False),
    ],
)
def test_a_question_about_the_place_itself_is_told_from_one_about_filing_there(text, asked):
    assert asks_for_office(text) is asked


@pytest.mark.parametrize(
    ("text", "everything"),
    [
        ("phải làm những gì", True),
        ("phai lam chi", True),
        ("what do I have to do", True),
        ("làm giấy khai sinh cần gì", False),
    ],
)
def test_who_asks_for_all_that_has_to_be_done_is_noticed(text, everything):
    assert asks_for_everything(text) is everything


def test_dialect_asks_for_everything_too(action):
    assert action("ông nội tui mới mất, chừ phải mần chi hè") == TellEvent("death")


@pytest.mark.parametrize(
    ("text", "news"), [("vợ em mới sinh", True), ("vợ mới sinh làm khai sinh", False), ("bé mới sinh lệ phí", False)]
)
def test_a_message_that_wants_nothing_only_tells_news(text, news):
    assert tells_news(text) is news


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("nhà ở Hòa Liên cũ", Reading.SPLIT),
        ("trụ sở phường Hải Châu ở đâu", Reading.FOUND),
        ("Hòa Thọ Tây cũ nay là phường nào", Reading.FOUND),
        ("UBND quận Hải Châu cũ ở đâu", Reading.DISTRICT),
        ("tôi ở p. HC", Reading.SHORT_FORM),
        ("xã Tân Phú Trung ở đâu", Reading.UNKNOWN),
        ("where is the office of Hoa Khanh ward", Reading.FOUND),
        ("Hải Vân", Reading.FOUND),
    ],
)
def test_a_message_about_a_place_alone_is_about_the_place(action, text, reading):
    found = action(text)

    assert isinstance(found, FindOffice)
    assert found.mention.reading is reading


@pytest.mark.parametrize(
    "text",
    [
        "nhà tôi ở Hòa Khánh",
        "thế ở Hòa Khánh thì nộp đâu",
        "giờ tôi dọn qua Hòa Khánh rồi",
        "nộp ở phường khác được không",
        "trước đây nộp ở quận mà",
        "can I go to another ward?",
        "it used to be at the district",
        "Hòa Khánh",
    ],
)
def test_after_a_procedure_a_place_is_where_to_file_it(action, text):
    asked = action(text, BIRTH)

    assert (asked.code, asked.sections) == ("1.001193", (Section.WHERE,))


def test_another_part_asked_for_beside_the_place_is_told_too(action):
    asked = action("cần giấy tờ gì, nộp ở phường khác được không", BIRTH)

    assert (asked.code, asked.sections) == ("1.001193", (Section.PAPERS, Section.WHERE))


@pytest.mark.parametrize("text", ["trụ sở phường Hòa Khánh ở đâu", "Hòa Thọ Tây cũ nay là phường nào"])
def test_a_question_about_the_place_itself_is_answered_whatever_was_spoken_of(action, text):
    assert isinstance(action(text, BIRTH), FindOffice)


def test_another_procedure_in_another_place_is_looked_up(action):
    asked = action("còn đăng ký tạm trú ở Hòa Khánh thì sao", BIRTH)

    assert (asked.code, asked.context, asked.whereabouts.mention.said) == ("", "1.001193", "Hòa Khánh")


def test_offers_stand_while_a_place_is_asked_about(action):
    offered = Memory(offered=("1.001193", "1.004884"))

    assert action("nộp ở phường khác được không", offered).offers == offered.offered
    assert isinstance(action("Hòa Khánh", offered), FindOffice)


@pytest.mark.parametrize("text", ["Hải Vân", "hai van", "phường Hải Vân", "ở Hải Vân đó", "Hai Van"])
def test_an_answer_to_which_place_may_be_a_bare_name(action, text):
    alone = action(text, Memory(asked_places=HOA_LIEN))
    asked = action(text, Memory(current="1.001193", asked_places=HOA_LIEN))

    assert alone.mention.match.unit.code == asked.whereabouts.mention.match.unit.code == "20194"
    assert (asked.code, asked.sections) == ("1.001193", (Section.WHERE,))


def test_the_ward_named_before_is_remembered_with_the_question(action):
    asked = action("làm giấy khai sinh ở đâu", Memory(unit="20194"))

    assert (asked.whereabouts.unit, asked.whereabouts.mention) == ("20194", None)


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("mở quán ăn ở Hòa Khánh hết bao nhiêu tiền", (Section.FEE,)),
        ("làm khai sinh ở Hòa Khánh", (Section.OVERVIEW,)),
        ("làm khai sinh ở Hòa Khánh nộp đâu", (Section.WHERE,)),
        ("làm khai sinh ở phường khác được không", (Section.WHERE,)),
        ("đăng ký tạm trú nộp ở quận Hải Châu được không", (Section.WHERE,)),
    ],
)
def test_a_place_in_passing_does_not_ask_where_to_file(action, text, sections):
    assert action(text).sections == sections


def test_no_ordinary_question_is_taken_for_one_about_a_place_alone(action):
    """Wards are named in passing in many of them."""
    planned = {question.id: action(question.question) for question in (*load(), *load(OUT_OF_SCOPE))}

    assert [name for name, found in planned.items() if isinstance(found, FindOffice)] == []
    assert sum(isinstance(found, AskProcedure) for found in planned.values()) > 500


@pytest.mark.parametrize(
    ("text", "memory", "step"),
    [
        ("1", Memory(event="birth"), 1),
        ("số 8", Memory(event="birth"), 8),
        ("cái thứ hai", Memory(event="birth"), 2),
        ("1", Memory(event="death", offered=("", "1.000656")), 1),
        ("3", Memory(event="birth", current="1.001193"), 3),
    ],
)
def test_a_number_picks_a_step_of_the_event_told_last(action, text, memory, step):
    found = action(text, memory)

    assert (found.event, found.step) == (memory.event, step)


def test_a_number_that_no_step_has_picks_nothing(action):
    assert action("12", Memory(event="birth")) == Say(Status.CLARIFICATION_SUBJECT)
