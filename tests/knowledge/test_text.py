"""Equal words are written in one way, whatever keyboard they came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.text import clean, fold, has_diacritics, one_line, place_tones, syllables

any_text = settings(derandomize=True, database=None, deadline=None, max_examples=300)


@pytest.mark.parametrize(
    ("typed", "placed"),
    [
        ("hoà", "hòa"),
        ("Hoà Vang", "Hòa Vang"),
        ("TOÀ ÁN", "TÒA ÁN"),
        ("khoẻ", "khỏe"),
        ("loè", "lòe"),
        ("uỷ ban", "ủy ban"),
        ("thuỷ", "thủy"),
        ("hòa", "hòa"),
        ("hoàn", "hoàn"),
        ("huỳnh", "huỳnh"),
        ("ngoài", "ngoài"),
        ("quý", "quý"),
        ("Quỳ", "Quỳ"),
        ("tuyệt", "tuyệt"),
        ("hoa hue", "hoa hue"),
    ],
)
def test_tone_marks_stand_in_the_traditional_place(typed, placed):
    assert place_tones(typed) == placed


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("  thẻ \t tre  ", "thẻ tre"),
        ("thẻ\r\n\r\n tre ", "thẻ\n\ntre"),
        ("th\u200bẻ\ufeff tre", "thẻ tre"),
        ("thẻ\u00a0tre", "thẻ tre"),
        ("thẻ \u202eert", "thẻ ert"),
        ("thẻ\U000e0041\U000e0042", "thẻ"),
        ("thẻ\x00 tre\x1b[0m", "thẻ tre"),
        (unicodedata.normalize("NFD", "thẻ tre Đà Nẵng"), "thẻ tre Đà Nẵng"),
        ("\u200b\n ", ""),
    ],
)
def test_what_carries_no_word_is_taken_out(raw, tidy):
    assert clean(raw) == tidy


def test_one_line_joins_the_lines():
    assert one_line(" thẻ\n\n tre\t đỏ ") == "thẻ tre đỏ"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kĩ sư, lí lịch; mĩ thuật", ["kỹ", "sư", "lý", "lịch", "mỹ", "thuật"]),
        ("Uỷ ban nhân dân phường Hoà Cường", ["ủy", "ban", "nhân", "dân", "phường", "hòa", "cường"]),
        ("mã 1.000001 ngày 21/11/2026", ["mã", "1.000001", "ngày", "21/11/2026"]),
        (unicodedata.normalize("NFD", "Hoà"), ["hòa"]),
        ("đi, chi, gì?", ["đi", "chi", "gì"]),
        ("!? …", []),
    ],
)
def test_syllables_are_in_one_form(text, words):
    assert syllables(text) == words


@pytest.mark.parametrize(
    ("text", "folded"), [("Đường Điện Biên Phủ", "duong dien bien phu"), ("ẶỔỮ", "aou"), ("plain", "plain")]
)
def test_fold_leaves_no_mark(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "accented"), [("thẻ tre", True), ("duong đi", True), ("the tre", False), ("THE TRE", False), ("", False)]
)
def test_marks_are_noticed(text, accented):
    assert has_diacritics(text) is accented


@any_text
@given(st.text())
def test_tidy_text_stays_as_it_is(text):
    tidy = clean(text)

    assert clean(tidy) == tidy


@any_text
@given(st.text(alphabet="aàáảãạăằâầeèêềiìoòôồơờuùưừyỳhknqtđ "))
def test_words_read_the_same_composed_and_decomposed(text):
    assert syllables(unicodedata.normalize("NFD", text)) == syllables(unicodedata.normalize("NFC", text))


@any_text
@given(st.text(alphabet="aàáảãạăằâầeèêềiìoòôồơờuùưừyỳhknqtđ "))
def test_normal_words_stay_as_they_are(text):
    words = syllables(text)

    assert syllables(" ".join(words)) == words


def test_a_long_text_is_folded_like_its_words():
    words = "Đặng Thị Hoà nộp “hồ sơ” – 3 ngày… naïve Ελληνικά Q\u0309uy\u0301 ﬁ Ǻ".split(" ")

    assert fold(" ".join(words * 3)) == " ".join(fold(word) for word in words * 3)
    assert fold(" ".join(words[:5] * 9)) == " ".join(fold(word) for word in words[:5] * 9)
