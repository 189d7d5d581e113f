"""Words sound otherwise around Da Nang than they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.sounds import heard, is_syllable, meant, other_tone, split
from knowledge.text import syllable

any_text = settings(derandomize=True, database=None, deadline=None, max_examples=300)

SYLLABLES = (
    "thủ tục đăng ký khai sinh trường người quyền giấy giếng nghiệp hòa khỏe quý thuở ăn yêu ủy xoáy ngoài gì".split()
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("trường", ("tr", "ươ", "ng", "\u0300")),
        ("quyền", ("qu", "yê", "n", "\u0300")),
        ("giấy", ("gi", "ây", "", "\u0301")),
        ("gì", ("g", "i", "", "\u0300")),
        ("nghiệp", ("ngh", "iê", "p", "\u0323")),
        ("ăn", ("", "ă", "n", "")),
        ("sinh", ("s", "i", "nh", "")),
        ("stk", None),
        ("form", None),
        ("1022", None),
        ("", None),
    ],
)
def test_a_syllable_falls_into_its_parts(word, parts):
    assert split(word) == parts


@pytest.mark.parametrize("word", [*SYLLABLES, "thu", "tuc", "dang", "nguoi", "truong", "quyen"])
def test_vietnamese_syllables_are_known_with_and_without_marks(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["team", "web", "logo", "cccd", "ngưoi", "ăi", "êc", "b2", "đ", "pháṕ", "шар"])
def test_what_no_vietnamese_mouth_says_is_no_syllable(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("tạm", "tộm"),
        ("làm", "lồm"),
        ("đạp", "độp"),
        ("cấp", "cốp"),
        ("tôm", "tơm"),
        ("chào", "chồ"),
        ("cá", "cóa"),
        ("cha", "choa"),
        ("nói", "núa"),
        ("mặn", "mẹn"),
        ("đèn", "đèng"),
        ("tắt", "tét"),
        ("vô", "dô"),
        ("về", "dề"),
        ("trú", "chú"),
        ("sổ", "xổ"),
        ("giấy", "dấy"),
        ("căn", "căng"),
        ("lục", "lụt"),
        ("sửa", "sữa"),
    ],
)
def test_each_rule_is_heard_and_is_undone(said, written):
    assert written in heard(said)
    assert said in meant(written)


def test_the_onset_is_spelled_as_the_new_rhyme_wants_it():
    assert "keng" in heard("căn")
    assert "căn" in meant("keng")


@pytest.mark.parametrize(
    ("word", "other"), [("hỗ", "hổ"), ("bảo", "bão"), ("chuyễn", "chuyển"), ("tạm", None), ("x2", None)]
)
def test_hook_and_tilde_are_one_tone_here(word, other):
    assert other_tone(word) == other


def test_what_is_no_syllable_is_neither_heard_nor_meant_otherwise():
    assert (heard("cccd"), meant("passport")) == ((), ())


@any_text
@given(st.sampled_from(SYLLABLES))
def test_what_is_heard_is_a_syllable_in_normal_form(word):
    written = heard(word)

    assert [syllable(other) for other in written if is_syllable(other)] == list(written)
    assert all(word in meant(other) for other in written)
