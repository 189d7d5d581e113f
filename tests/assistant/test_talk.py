"""What is said beside questions is told from questions, with marks and without."""

from __future__ import annotations

import pytest

from assistant.conversation import Memory, Status
from assistant.draft import AskProcedure, CheckDossier, HandOver, Say
from assistant.plan.talk import talk
from knowledge.procedure import Section

ASKED_BEFORE = Memory(current="1.001193", before=("1.000894", "1.001456"))
WAITS = Memory(pending=Status.HANDED_OVER_REQUESTED)
DELETES = Memory(pending=Status.PRIVACY_DELETION_WANTED)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("xin chào ad", Status.SMALLTALK_GREETING),
        ("cảm ơn nhiều ạ", Status.SMALLTALK_THANKS),
        ("bạn là ai", Status.SMALLTALK_ABOUT),
        ("bạn trả lời sai rồi", Status.SMALLTALK_COMPLAINT),
        ("vo dung qua", Status.SMALLTALK_COMPLAINT),
        ("hỏi một đằng trả lời một nẻo", Status.SMALLTALK_COMPLAINT),
        ("this is not helpful", Status.SMALLTALK_COMPLAINT),
        ("xoá dữ liệu của tôi", Status.PRIVACY_DELETION_WANTED),
        ("please delete my data", Status.PRIVACY_DELETION_WANTED),
        ("tải dữ liệu của tôi", Status.PRIVACY_EXPORTED),
        ("bạn lưu gì về tôi", Status.PRIVACY_EXPORTED),
        ("rút đồng ý", Status.PRIVACY_WITHDRAWN),
        ("đèn đường trước nhà tôi hư cả tuần nay", Status.REPORT_REFERRED),
        ("rac dau kiet khong ai thu gom", Status.REPORT_REFERRED),
        ("ổ gà sụt lún giữa đường, tôi muốn phản ánh việc này", None),
        ("tôi muốn phản ánh việc quán karaoke", Status.REPORT_REFERRED),
    ],
)
def test_small_talk_complaints_reports_and_wishes_about_data_are_known(said, status):
    found = talk(said, Memory())

    assert found == (Say(status) if status else found)


@pytest.mark.parametrize(
    "said",
    [
        "cảm ơn, thế nộp ở đâu",
        "xóa đăng ký tạm trú",
        "xóa thế chấp sổ đỏ",
        "hồ sơ khai sinh gồm những gì",
        "hồ sơ làm hộ chiếu cho con nộp ở đâu",
        "thủ tục xin chiếu sáng cảnh quan",
        "đường đi làm căn cước",
        "tra cứu quy hoạch",
        "giấy phép chặt cây xanh",
        "sai tên trên giấy khai sinh",
        "đồng ý",
        "có",
        "không",
    ],
)
def test_a_question_is_no_small_talk(said):
    assert talk(said, Memory()) is None


@pytest.mark.parametrize("said", ["hồ sơ của tôi tới đâu rồi", "tra cứu hồ sơ", "ho so em nop toi dau roi a"])
def test_a_dossier_is_asked_about_with_and_without_its_code(said):
    assert talk(said, Memory()) == CheckDossier()
    assert talk("mã 000.00.00.H17-261101-0042", Memory()) == CheckDossier("000.00.00.H17-261101-0042")


@pytest.mark.parametrize("said", ["cho tôi gặp cán bộ", "chuyển sang tổng đài viên giúp em", "can I talk to a person?"])
def test_a_person_is_asked_for_and_only_a_yes_passes_it_on(said):
    assert talk(said, Memory()) == HandOver("asked")
    assert talk("đồng ý", WAITS) == HandOver("asked", agreed=True)
    assert talk("thôi không cần", WAITS) == Say(Status.HANDED_OVER_DECLINED)
    assert talk("làm hộ chiếu cần gì", WAITS) is None


def test_data_go_only_after_a_second_word():
    assert talk("xoá hết", DELETES) == Say(Status.PRIVACY_DELETED)
    assert talk("đồng ý xoá", DELETES) == Say(Status.PRIVACY_DELETED)
    assert talk("không", DELETES) == Say(Status.PRIVACY_KEPT)
    assert talk("lệ phí bao nhiêu", DELETES) is None


def test_earlier_procedures_can_be_gone_back_to():
    overview = (Section.OVERVIEW,)

    assert talk("quay lại việc lúc nãy", ASKED_BEFORE) == AskProcedure("", overview, code="1.000894")
    assert talk("quay lại chuyện đầu tiên", ASKED_BEFORE) == AskProcedure("", overview, code="1.001456")
    assert talk("go back to the previous one", ASKED_BEFORE) == AskProcedure("", overview, code="1.000894")
    assert talk("quay lại việc lúc nãy", Memory()) is None
