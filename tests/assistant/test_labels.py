"""A label is said once, whatever the words behind it begin with."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.write.fields import tell
from assistant.write.labels import labelled, unlabelled
from assistant.write.sentences import fee_lines, time_lines
from knowledge.procedure import Section

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("section", "label", "words", "told"),
    [
        (Section.FEE, "Lệ phí", "Lệ phí: 5 đồng", ("Lệ phí", "5 đồng")),
        (Section.FEE, "Lệ phí", "Phí: 5 đồng", ("Phí", "5 đồng")),
        (Section.FEE, "Phí, lệ phí", "Lệ phí: Lệ phí: 5 đồng", ("Lệ phí", "5 đồng")),
        (Section.FEE, "Lệ phí", "Lệ phí – nộp trực tuyến: 5 đồng", ("Lệ phí", "Lệ phí – nộp trực tuyến: 5 đồng")),
        (Section.FEE, "Lệ phí", "nguồn không ghi mức thu", ("Lệ phí", "nguồn không ghi mức thu")),
        (Section.TIME, "Thời hạn", "Thời hạn: 3 ngày", ("Thời hạn", "3 ngày")),
        (Section.TIME, "Thời hạn", "thời hạn giải quyết: 3 ngày", ("Thời hạn", "3 ngày")),
        (Section.WHERE, "Nơi nộp", "Nơi nộp: UBND làng Tre", ("Nơi nộp", "UBND làng Tre")),
        (Section.WHERE, "Nơi nộp", "Nơi nộp:", ("Nơi nộp", "Nơi nộp:")),
        (Section.ONLINE, "Trực tuyến", "Lệ phí: 5 đồng", ("Trực tuyến", "Lệ phí: 5 đồng")),
    ],
)
def test_a_label_stands_once_in_vietnamese(section, label, words, told):
    assert labelled(section, label, words, "vi") == told


@pytest.mark.parametrize(
    ("section", "label", "words", "told"),
    [
        (Section.FEE, "Fees", "Charge: 5 đồng", ("Charge", "5 đồng")),
        (Section.FEE, "Fees", "Fees: 5 đồng", ("Fees", "5 đồng")),
        (Section.TIME, "Time", "Time limit: 3 days", ("Time", "3 days")),
        (Section.WHERE, "Where", "Where to go: the village", ("Where", "the village")),
    ],
)
def test_a_label_stands_once_in_english(section, label, words, told):
    assert labelled(section, label, words, "en") == told


def test_a_note_that_begins_with_the_label_does_not_say_it_again(made, method):
    fee = {"status": "described", "kind": "charge", "note": "Lệ phí: tùy số tờ"}
    limit = {"note": "Thời hạn giải quyết: ngay trong buổi"}
    procedure = made(methods=(method(fees=[fee], time_limits=[limit]),))

    assert fee_lines(procedure, TODAY, "vi") == ("Lệ phí: tùy trường hợp, nguồn ghi: «tùy số tờ»",)
    assert time_lines(procedure, "vi") == ("ngay trong buổi",)
    assert [block.plain() for block in tell(procedure, (Section.FEE, Section.TIME), "vi", TODAY).blocks[1:3]] == [
        "Lệ phí: Tùy trường hợp, nguồn ghi: «tùy số tờ» [1]",
        "Thời hạn giải quyết: Ngay trong buổi. [1]",
    ]


def test_other_words_before_a_colon_stay():
    assert unlabelled(Section.FEE, "nộp trực tiếp: 5 đồng") == "nộp trực tiếp: 5 đồng"
