"""Numbers said as words become numerals where they are clearly numbers, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.numbers import with_numerals

any_text = settings(derandomize=True, database=None, deadline=None, max_examples=300)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("con mười bốn tuổi", "con 14 tuổi"),
        ("năm tuổi", "5 tuổi"),
        ("hai lăm tuổi", "25 tuổi"),
        ("bốn lăm tuổi", "45 tuổi"),
        ("ba mốt ngày", "31 ngày"),
        ("hai tư tháng", "24 tháng"),
        ("hai mươi mốt tuổi", "21 tuổi"),
        ("mười lăm năm nữa", "15 năm nữa"),
        ("mười năm", "10 năm"),
        ("sáu mươi ngày", "60 ngày"),
        ("ba trăm năm mươi mét vuông", "350 mét vuông"),
        ("một trăm lẻ năm ngày", "105 ngày"),
        ("trên năm mươi cc", "trên 50 cc"),
        ("xe bảy chỗ", "xe 7 chỗ"),
        ("hai trăm nghìn đồng", "200 nghìn đồng"),
        ("một triệu hai trăm nghìn", "1 triệu 200 nghìn"),
        ("hai triệu rưỡi", "2 triệu rưỡi"),
        ("hai mươi ba mươi ngày", "20 30 ngày"),
    ],
)
def test_a_number_before_what_it_counts(said, written):
    assert " ".join(with_numerals(said.split())[0]) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("gọi một không hai hai", "gọi 1022"),
        ("một chín không không", "1900"),
        ("không chín không năm một hai ba bốn năm sáu", "0905123456"),
        ("năm hai không hai sáu", "năm 2026"),
        ("năm hai không hai lăm", "năm 2025"),
        ("năm hai nghìn không trăm hai mươi sáu", "năm 2026"),
        ("năm hai nghìn hai lăm", "năm 2025"),
        ("tháng ba năm hai nghìn không trăm mười", "tháng 3 năm 2010"),
    ],
)
def test_digits_read_one_by_one_and_years(said, written):
    assert " ".join(with_numerals(said.split())[0]) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("muoi bon tuoi", "14 tuoi"),
        ("hai muoi lam ngay", "25 ngay"),
        ("mot khong hai hai", "1022"),
    ],
)
def test_without_marks_what_can_be_nothing_else(said, written):
    assert " ".join(with_numerals(said.split())[0]) == written


@pytest.mark.parametrize(
    "said",
    [
        "đường hai bà trưng",
        "quận ba đình",
        "phường ba",
        "chị tư bán cá",
        "ba má tui",
        "hai vợ chồng",
        "công ty hai thành viên",
        "một năm",
        "năm tháng",
        "hai ba ngày",
        "tám chín tuổi",
        "ở trọ hai ba năm không có giấy",
        "đi ba bốn năm không về",
        "hai năm nay",
        "hai nghìn hai lăm",
        "có con không",
        "một hai ba",
        "nam tuoi",
        "sau thang",
        "ba toi muon lam giay",
        "",
    ],
)
def test_what_may_be_no_number_stays(said):
    assert " ".join(with_numerals(said.split())[0]) == said


def test_kept_words_stay_and_their_places_are_told():
    words = "bé mười hai tuổi nhà mười hai tuổi".split()

    assert with_numerals(words, {5, 6}) == ("bé 12 tuổi nhà mười hai tuổi".split(), frozenset({4, 5}))


@any_text
@given(
    st.lists(st.sampled_from("không một hai ba bốn năm mười mươi trăm nghìn lẻ lăm mốt tuổi ngày khai sinh".split()))
)
def test_no_number_is_too_strange_and_none_adds_a_word(words):
    out, _ = with_numerals(words)

    assert len(out) <= len(words)
    assert [word for word in out if word in ("khai", "sinh")] == [word for word in words if word in ("khai", "sinh")]
