"""Keys of Telex and VNI that stayed in the text become the letters they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.keyboards import decoded, is_loan, typed_as_telex

any_text = settings(derandomize=True, database=None, deadline=None, max_examples=300)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("thur", "thủ"),
        ("tucj", "tục"),
        ("ddawng", "đăng"),
        ("dangd", "đang"),
        ("kys", "ký"),
        ("hooj", "hộ"),
        ("khaaur", "khẩu"),
        ("giaays", "giấy"),
        ("nguowif", "người"),
        ("nguwowif", "người"),
        ("nguwoif", "người"),
        ("nguoiwf", "người"),
        ("truwowngf", "trường"),
        ("truongwf", "trường"),
        ("dduowngf", "đường"),
        ("thuowr", "thuở"),
        ("thuyr", "thủy"),
        ("hoaf", "hòa"),
        ("quys", "quý"),
        ("gif", "gì"),
        ("gieengs", "giếng"),
        ("ngoaif", "ngoài"),
        ("nhuwng", "nhưng"),
        ("nhw", "như"),
        ("tusc", "túc"),
    ],
)
def test_telex_is_read(typed, word):
    assert decoded(typed) == word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("thu3", "thủ"),
        ("tuc5", "tục"),
        ("d9a8ng", "đăng"),
        ("dang89", "đăng"),
        ("dang9", "đang"),
        ("ky1", "ký"),
        ("tru1", "trú"),
        ("truong72", "trường"),
        ("tru7o7ng2", "trường"),
        ("d9uong72", "đường"),
        ("ngu7oi2", "người"),
        ("quye62n", "quyền"),
        ("kho6ng", "không"),
        ("o73", "ở"),
    ],
)
def test_vni_is_read(typed, word):
    assert decoded(typed) == word


@pytest.mark.parametrize(
    "word",
    (
        "visa passport online web app logo karaoke taxi gas internet vneid email wifi zalo facebook form tw "
        "a1 a2 b1 b2 c1 d1 e1 c1e ct01 tk01 na1 na5 a4 m2 m3 km2 co2 so2 lop1 cap3 to2 khu3 1022 1.001193"
    ).split(),
)
def test_loans_classes_forms_and_measures_are_no_keys(word):
    assert decoded(word) is None


@pytest.mark.parametrize("word", ["", "sinh", "thủ", "thursr", "bcd", "ngf", "đ", "th3u4", "паспорт"])
def test_a_word_without_keys_that_fit_is_left(word):
    assert decoded(word) is None


@pytest.mark.parametrize(
    ("word", "loan"), [("visa", True), ("b2", True), ("na1", True), ("thur", False), ("ky1", False)]
)
def test_loans_and_labels_are_told_from_words(word, loan):
    assert is_loan(word) is loan


@pytest.mark.parametrize(
    ("word", "keys"), [("thủ", "thur"), ("đăng", "ddawng"), ("người", "nguwowif"), ("sinh", "sinh")]
)
def test_a_word_is_typed_with_its_tone_last(word, keys):
    assert typed_as_telex(word) == keys


@any_text
@given(
    st.sampled_from(
        "thủ tục đăng ký hộ khẩu giấy người trường đường quyền thủy hòa khỏe giếng ngoài tuổi thuế quý".split()
    )
)
def test_what_was_typed_is_read_again(word):
    assert decoded(typed_as_telex(word)) == word


@any_text
@given(st.text(alphabet="abcdeghiklmnopqrstuvxyfjwz123456789đ", max_size=9))
def test_no_keys_are_too_strange(keys):
    assert decoded(keys) != keys
