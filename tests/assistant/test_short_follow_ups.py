"""Short questions about a part: they go on with the procedure spoken of, and ask for one where there is none."""

from __future__ import annotations

import pytest

from assistant.conversation import Memory, Status
from assistant.draft import AskProcedure, Say
from assistant.plan.rules import plan
from assistant.screen import screen
from knowledge.procedure import Section

BEFORE = Memory(current="1.000001")
TIME = (
    "mất mấy ngày mới xong",
    "mat may ngay moi xong",
    "bao lâu thì có",
    "bao lau thi co",
    "mấy bữa xong",
    "may bua xong",
    "mất bao lâu mới lấy được",
    "chừng nào mới có",
    "bữa nào lấy được",
    "khi nào thì xong",
    "mấy tuần mới xong vậy em",
    "trong bao nhiêu ngày thì giải quyết xong",
    "mất bao nhiêu ngày làm việc",
    "mất thời gian không",
)
FEE = (
    "tốn nhiêu tiền",
    "ton nhieu tien",
    "hết nhiêu vậy",
    "tốn khoảng bao nhiêu",
    "có mất phí không",
    "giá nhiêu",
    "có mắc không",
    "tổng cộng hết bao nhiêu tiền",
)
ANYWHERE = (
    "thế làm ở phường nào cũng được à?",
    "the lam o phuong nao cung duoc a",
    "nộp ở phường nào cũng được phải không",
    "làm ở đâu cũng được hả",
    "lam o dau cung duoc ha",
    "phường nào làm cũng được hả em",
    "ra xã khác làm được không vậy",
    "qua phường khác nộp có được không",
    "có bắt buộc về quê làm không",
    "nộp ngoài địa bàn được không",
)
ALL = (
    [(said, Section.TIME) for said in TIME]
    + [(said, Section.FEE) for said in FEE]
    + [(said, Section.WHERE) for said in ANYWHERE]
)


@pytest.mark.parametrize(("said", "section"), ALL)
def test_after_an_answer_it_is_about_the_procedure_told(draft, said, section):
    (action,) = plan(screen(draft(said, BEFORE))).plan.actions

    assert isinstance(action, AskProcedure)
    assert (action.code, section in action.sections) == ("1.000001", True)


@pytest.mark.parametrize("said", [said for said, _ in ALL])
def test_as_a_first_message_it_asks_which_procedure(draft, said):
    assert plan(screen(draft(said))).plan.actions == (Say(Status.CLARIFICATION_SUBJECT),)


@pytest.mark.parametrize(
    "said", ["sao y mất mấy ngày mới xong", "đăng ký tạm trú mấy bữa xong", "làm căn cước mất mấy ngày"]
)
def test_what_names_something_is_looked_up(draft, said):
    (action,) = plan(screen(draft(said, BEFORE))).plan.actions

    assert isinstance(action, AskProcedure)
    assert action.code == ""


@pytest.mark.parametrize("said", ["no", "not now", "ok", "yes"])
def test_a_short_english_answer_goes_on_in_english(draft, said):
    assert plan(screen(draft(said, Memory(language="en")))).plan.language == "en"
