"""Condolence is said to whoever tells of a death, and never to anybody whose papers, time or bike are gone."""

from __future__ import annotations

import pytest

from assistant.conversation import Status
from assistant.screening.mourning import is_figure, tells_of_death
from assistant.wording import CONDOLENCE, SAID
from knowledge.events import events
from knowledge.twins import load

INNOCENT = (
    "mất mấy ngày mới xong",
    "mat may ngay moi xong",
    "thế làm ở phường nào cũng được à?",
    "the lam o phuong nao cung duoc a",
    "mất giấy khai sinh",
    "ba tôi mới mất giấy tờ xe",
    "ba toi moi mat giay to xe",
    "mẹ em vừa mất cccd thì làm sao",
    "bà mới mất ngủ",
    "chú mới mất laptop",
    "chồng mới mất tích",
    "cô vừa mất sổ đỏ",
    "ba vừa mất việc",
    "vợ vừa mất con dấu công ty",
    "anh mới mất bằng lái xe",
    "cháu mới mất thẻ bảo hiểm y tế",
    "mẹ mới mất chìa khóa nhà",
    "ông bà mất công đi lại mấy lần",
    "mất công đi lại quá",
    "đi lại nhiều lần mất thời gian quá",
    "làm vậy có mất tiền không",
    "mất điện cả tuần nay gọi ai",
    "mất nước hai ngày rồi",
    "mất sóng không gọi được 1022",
    "chết máy giữa đường",
    "chet may giua duong",
    "xe chết máy có cần báo ai không",
    "đăng ký xe cho xe chết máy lâu ngày",
    "chết rồi quên mang giấy",
    "chet roi quen mang giay",
    "chết thật quên mang căn cước",
    "em chết mất, hồ sơ trả hoài",
    "hồ sơ chết ở phường cả tháng",
    "điện thoại chết nguồn không vào được vneid",
    "thẻ căn cước chết chip",
    "mệt muốn chết với mấy cái giấy này",
    "thủ tục rườm rà muốn chết luôn",
    "đau đầu quá thủ tục rườm rà",
    "dau dau qua thu tuc ruom ra",
    "cá chết hàng loạt trên sông",
    "cháy túi rồi có được miễn phí không",
    "giết thời gian chờ hồ sơ",
    "tuyệt vọng với cái thủ tục này",
    "my phone died and I cannot open VNeID",
)
"""None of these tells of a death or of danger."""

BEREAVED = (
    "ba tôi mới mất",
    "bo toi moi mat hom qua can lam gi",
    "mẹ em vừa qua đời, giờ làm thủ tục gì",
    "ông nội mất hôm qua, khai tử ở đâu",
    "bà em mới mất hồi sáng",
    "nhà em có người mất",
    "chồng tôi chết, làm giấy gì",
    "ba mất, xin tiền mai táng",
    "ôn tui mới mất bữa qua, chừ phải mần chi",
    "nhà có tang, phường hỗ trợ khoản gì",
    "My father just passed away, what do I have to do?",
)

SORRY = ("chia buồn", CONDOLENCE.en, "sorry for your loss")


@pytest.mark.parametrize("said", INNOCENT)
def test_what_tells_of_no_death_gets_no_condolence_and_no_emergency(talk, said):
    answer = talk.say(said)

    assert [words for words in SORRY if words in answer.text] == []
    assert answer.status.family != "emergency"
    assert tells_of_death(said) is False


@pytest.mark.parametrize("said", BEREAVED)
def test_who_tells_of_a_death_hears_condolence(talk, said):
    answer = talk.say(said)

    assert [words for words in SORRY if words in answer.text] != []
    assert tells_of_death(said) is True


@pytest.mark.parametrize("said", ["tôi muốn chết", "em khong muon song nua", "chán sống quá rồi"])
def test_a_crisis_is_still_one(talk, said):
    assert talk.say(said).status is Status.EMERGENCY_CRISIS


@pytest.mark.parametrize("said", ["chết rồi quên mang giấy", "xe chết máy có cần báo ai không", "bà mới mất ngủ"])
def test_death_in_a_figure_of_speech_leads_to_no_funeral(talk, said):
    answer = talk.say(said)

    assert is_figure(said)
    assert (answer.status, answer.text) == (
        Status.CLARIFICATION_SUBJECT,
        SAID[Status.CLARIFICATION_SUBJECT].vi,
    )


def test_condolence_is_said_once_and_not_with_every_question_back(talk):
    first = talk.say("ông nội mất hôm qua, khai tử ở đâu")
    again = talk.say("bao lâu thì xong")

    assert first.text.startswith(CONDOLENCE.vi)
    assert (again.status, "chia buồn" in again.text) == (Status.CLARIFICATION_PROCEDURE, False)


def test_every_saying_of_a_death_in_the_family_tells_of_one():
    event = events()["death"]

    assert event.mourning
    assert [said for said in (*event.sayings, *event.sayings_en) if not tells_of_death(said)] == []


def test_nearly_every_saying_of_the_groups_about_a_death_tells_of_one():
    sayings = [said for group in load() if group.mourning for said in group.sayings]
    missed = [said for said in sayings if not tells_of_death(said)]

    assert len(missed) <= len(sayings) // 12


def test_no_question_of_a_group_holds_its_own_condolence():
    asked = [group.question for group in load()]

    assert [one.vi for one in asked if "chia buồn" in one.vi or "ondolence" in one.en or "your loss" in one.en] == []
