"""Long answers are cut where a reader would pause, and never inside an address or a number."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from channels.messenger.splitting import shorten, split, utf16

URL = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bf7-9e0b-7681-bd68-83f1e84c1cc7"
WORDS = st.sampled_from(
    ["giấy", "tờ", "phường", "15.000", "đồng.", "0236 388 1888", URL, "🙂", "ạ!", "Nộp", "\n", "\n\n"]
)
TEXTS = st.lists(WORDS, max_size=80).map(" ".join)


@given(TEXTS | st.text(max_size=400), st.integers(100, 200))
@example("x" * 500, 100)
@example("🙂" * 120, 100)
def test_the_pieces_joined_are_the_text_apart_from_white_space(text, most):
    pieces = split(text, most)

    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece and utf16(piece) <= most for piece in pieces)


@given(TEXTS, st.integers(100, 200))
def test_addresses_and_numbers_stay_whole(text, most):
    pieces = split(text, most)

    assert sum(piece.count(URL) for piece in pieces) == text.count(URL)
    assert sum(piece.count("15.000") for piece in pieces) == text.count("15.000")


def test_a_telephone_number_with_spaces_is_not_torn():
    assert split("Gọi số 0236 388 1888 để hỏi", 16) == ("Gọi số", "0236 388 1888 để", "hỏi")


def test_it_is_cut_between_paragraphs_before_lines_before_sentences_before_words():
    assert split("Một hai ba.\nBốn năm.\n\nSáu bảy. Tám chín mười.", 30) == (
        "Một hai ba.\nBốn năm.",
        "Sáu bảy. Tám chín mười.",
    )
    assert split("Một hai ba bốn\nnăm sáu bảy. Tám chín", 30) == ("Một hai ba bốn", "năm sáu bảy. Tám chín")
    assert split("Giấy tờ cần mang theo. Nộp ở phường nào cũng được", 30) == (
        "Giấy tờ cần mang theo.",
        "Nộp ở phường nào cũng được",
    )


def test_lengths_are_counted_as_telegram_does():
    assert utf16("a🙂") == 3
    assert split("🙂🙂🙂", 4) == ("🙂🙂", "🙂")


def test_labels_are_cut_at_a_word():
    assert shorten("Trọn gói: khai sinh, thường trú", 20) == "Trọn gói: khai sinh…"
    assert shorten("Ngắn", 20) == "Ngắn"
    assert shorten("Khôngcókhoảngtrắngnàocả", 10) == "Khôngcókh…"


@given(st.text(max_size=80), st.integers(4, 30))
def test_labels_always_fit_in_one_line(text, most):
    label = shorten(text, most)

    assert utf16(label) <= most
    assert not re.search(r"[\n\t]", label)
