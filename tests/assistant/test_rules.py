"""The planner over words: what is asked, of which procedure, in which language."""

from __future__ import annotations

import pytest

from assistant.conversation import Memory, Status
from assistant.draft import AskProcedure, Plan, Say
from assistant.plan.rules import plan
from assistant.screen import screen
from knowledge.procedure import Section

BIRTH = Memory(current="1.001193")
OFFERED = Memory(
    current="1.001193", offered=("1.013076", "1.013831", "2.001035"), sections=(Section.FEE,), asked_back=1
)


@pytest.fixture
def action(draft):
    """The one action planned for a message."""

    def planned(text: str, memory: Memory | None = None, about: str = "") -> AskProcedure | Say:
        settled = plan(screen(draft(text, memory=memory, about=about)))
        (one,) = settled.plan.actions
        return one

    return planned


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("xin chào", Status.SMALLTALK_GREETING),
        ("chao em", Status.SMALLTALK_GREETING),
        ("Alo 1022", Status.SMALLTALK_GREETING),
        ("hello there", Status.SMALLTALK_GREETING),
        ("chào bạn!!!", Status.SMALLTALK_GREETING),
        ("cảm ơn nhiều nha", Status.SMALLTALK_THANKS),
        ("dạ cám ơn ạ", Status.SMALLTALK_THANKS),
        ("ok cam on", Status.SMALLTALK_THANKS),
        ("Thank you!", Status.SMALLTALK_THANKS),
        ("tạm biệt", Status.SMALLTALK_GOODBYE),
        ("bye bye", Status.SMALLTALK_GOODBYE),
        ("bạn là ai", Status.SMALLTALK_ABOUT),
        ("ban la nguoi hay may", Status.SMALLTALK_ABOUT),
        ("em làm được gì", Status.SMALLTALK_ABOUT),
        ("are you a robot?", Status.SMALLTALK_ABOUT),
        ("what can you do", Status.SMALLTALK_ABOUT),
        ("good morning", Status.SMALLTALK_GREETING),
        ("thanks a lot for your help", Status.SMALLTALK_THANKS),
        ("cảm ơn tổng đài 1022 rất nhiều ạ", Status.SMALLTALK_THANKS),
    ],
)
def test_what_needs_no_look_up_is_said(action, text, status):
    assert action(text) == Say(status)


@pytest.mark.parametrize(
    "text",
    [
        "chào em, làm khai sinh cần gì",
        "cảm ơn, còn tạm trú thì sao, mang giấy gì",
        "cảm ơn, thế nộp ở đâu",
        "thank you, and where do I go",
        "hi, how do I register a birth",
        "đăng ký kết hôn với người nước ngoài",
        "xin hỏi thủ tục xây nhà",
    ],
)
def test_a_polite_question_is_a_question(action, text):
    assert isinstance(action(text, BIRTH), AskProcedure)


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("thời tiết hôm nay thế nào", True),
        ("gia vang bao nhieu", True),
        ("viết thơ tặng mẹ", True),
        ("what is the gold price", True),
        ("đăng ký kết hôn", False),
        ("tổ chức giải bóng đá có phải xin phép không", False),
        ("mở quán ăn cần giấy gì", False),
    ],
)
def test_words_of_other_topics_are_marked_not_refused(action, text, outside):
    assert action(text).outside is outside


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("thế lệ phí bao nhiêu?", (Section.FEE,)),
        ("còn phí?", (Section.FEE,)),
        ("vậy nộp ở đâu ạ", (Section.WHERE,)),
        ("may ngay co", (Section.TIME,)),
        ("cần giấy tờ gì và mấy ngày", (Section.PAPERS, Section.TIME)),
        ("cái đó thì sao", (Section.OVERVIEW,)),
        ("thủ tục đó như thế nào", (Section.OVERVIEW,)),
        ("how much does it cost?", (Section.FEE,)),
        ("how much is it", (Section.FEE,)),
        ("and what about the fee?", (Section.FEE,)),
        ("where do I go", (Section.WHERE,)),
        ("what documents do I need", (Section.PAPERS,)),
    ],
)
def test_a_follow_up_is_about_what_was_spoken_of(action, text, parts):
    asked = action(text, BIRTH)

    assert (asked.code, asked.sections) == ("1.001193", parts)


@pytest.mark.parametrize("text", ["lệ phí bao nhiêu?", "nộp ở đâu", "cái đó thì sao", "how much does it cost?", "2"])
def test_a_follow_up_of_nothing_asks_what_it_is_about(action, text):
    assert action(text) == Say(Status.CLARIFICATION_SUBJECT)


def test_a_bare_number_after_an_answer_is_no_question(action):
    assert action("2", BIRTH) == Say(Status.CLARIFICATION_SUBJECT)


def test_a_new_subject_is_looked_up_with_the_old_one_at_hand(action):
    assert action("còn tạm trú thì bao nhiêu tiền", BIRTH) == AskProcedure(
        "còn tạm trú thì bao nhiêu tiền", (Section.FEE,), context="1.001193"
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("không, ý tôi là tạm trú", "tạm trú"),
        ("khong phai, y toi la tam tru", "tam tru"),
        ("sai rồi, tôi hỏi tạm trú", "tạm trú"),
        ("nhầm rồi, tôi muốn hỏi tạm trú", "tạm trú"),
        ("không phải, là tạm trú", "tạm trú"),
        ("dạ không, em hỏi tạm trú", "tạm trú"),
        ("no, I meant temporary residence", "temporary residence"),
        ("no, I mean temporary residence", "temporary residence"),
    ],
)
def test_a_correction_is_about_what_was_meant_alone(action, text, meant):
    assert action(text, BIRTH) == AskProcedure(meant, (Section.OVERVIEW,))


@pytest.mark.parametrize("text", ["không có giấy chứng sinh thì sao", "không phải mẹ đi thì có được không"])
def test_a_question_that_begins_with_no_is_no_correction(action, text):
    assert (action(text, BIRTH).question, action(text, BIRTH).context) == (text, "1.001193")


def test_a_corrected_question_keeps_the_part_it_asked_for(action):
    memory = Memory(current="1.004222", sections=(Section.FEE,))

    assert action("không, ý tôi là tạm trú", memory) == AskProcedure("tạm trú", (Section.FEE,))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "1.013076"),
        ("2", "1.013831"),
        ("số 2", "1.013831"),
        ("cái thứ hai", "1.013831"),
        ("cai thu ba", "2.001035"),
        ("chọn số 3", "2.001035"),
        ("đầu tiên", "1.013076"),
        ("cái đầu tiên", "1.013076"),
        ("thứ nhất", "1.013076"),
        ("the second one", "1.013831"),
        ("option 3", "2.001035"),
    ],
)
def test_a_number_chooses_what_was_offered(action, text, code):
    assert action(text, OFFERED) == AskProcedure(text, (Section.FEE,), code=code)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("4", (Section.FEE,)),
        ("số 9", (Section.FEE,)),
        ("0", (Section.FEE,)),
        ("cái đó", (Section.FEE,)),
        ("mấy ngày có?", (Section.TIME,)),
    ],
)
def test_who_chooses_nothing_that_was_offered_is_offered_it_again(action, text, parts):
    assert action(text, OFFERED) == AskProcedure(text, parts, offers=OFFERED.offered)


def test_a_choice_may_say_what_it_asks_for(action):
    assert action("Lệ phí bao nhiêu?", OFFERED, about="1.013831").sections == (Section.FEE,)
    assert action("Bao lâu thì có?", OFFERED, about="1.013831").sections == (Section.TIME,)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.001193", (Section.OVERVIEW,)),
        ("mã 1.001193 lệ phí bao nhiêu", (Section.FEE,)),
        ("1.001193.000.00.00.H17", (Section.OVERVIEW,)),
        ("thủ tục 1.001193.H17 nộp ở đâu", (Section.WHERE,)),
    ],
)
def test_a_typed_code_is_looked_up_as_it_stands(action, text, parts):
    assert action(text, Memory(current="1.004222")) == AskProcedure(text, parts)


@pytest.mark.parametrize(
    ("text", "parts"), [("Lệ phí bao nhiêu?", (Section.FEE,)), ("", (Section.OVERVIEW,)), ("👍", (Section.OVERVIEW,))]
)
def test_a_button_names_its_procedure_whatever_was_spoken_of(action, text, parts):
    asked = action(text, BIRTH, about="1.004222")

    assert (asked.code, asked.sections) == ("1.004222", parts)


@pytest.mark.parametrize(
    ("text", "memory", "language"),
    [
        ("làm hộ chiếu", Memory(), "vi"),
        ("lam ho chieu", Memory(language="en"), "vi"),
        ("how do I get a passport", Memory(), "en"),
        ("2", Memory(language="en", offered=("1.001193", "1.004222")), "en"),
        ("1.001193", Memory(language="en"), "en"),
        ("2", Memory(offered=("1.001193", "1.004222")), "vi"),
        ("can cuoc cho con toi", Memory(), "vi"),
        ("thanks", Memory(language="en"), "en"),
        ("thanks", Memory(), "vi"),
        ("cam on", Memory(language="en"), "vi"),
        ("tam tru", Memory(language="en"), "vi"),
        ("tạm trú", Memory(language="en"), "vi"),
        ("the first one", Memory(language="en"), "en"),
        ("and for children?", Memory(language="en"), "en"),
        ("renewal", Memory(language="en"), "en"),
        ("bye", Memory(language="en"), "en"),
        ("hello", Memory(), "vi"),
        ("hello there", Memory(), "en"),
        ("passport fee", Memory(), "en"),
    ],
)
def test_an_answer_is_in_the_language_of_the_question(draft, text, memory, language):
    assert plan(screen(draft(text, memory=memory))).plan.language == language


def test_what_the_screen_settled_is_left_alone(draft):
    settled = draft("làm hộ chiếu").but(plan=Plan((Say(Status.EMERGENCY),)))

    assert plan(settled) is settled
