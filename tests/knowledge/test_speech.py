"""How people type and talk is repaired before anything is looked up; no fact is added."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.speech import Query, is_english, understand
from knowledge.text import syllables

any_text = settings(derandomize=True, database=None, deadline=None, max_examples=300)


def test_a_question_is_understood_whole():
    assert understand("  Cho em hỏi lm GKS cho bé cần j\u200b ạ? ") == Query(
        original="Cho em hỏi lm GKS cho bé cần j ạ?",
        words=tuple("cho em hỏi làm giấy khai sinh cho bé cần gì ạ".split()),
        content=("làm", "giấy", "khai", "sinh", "cho", "bé"),
        accented=True,
        codes=(),
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("đkkh ở phường nào", "đăng ký kết hôn ở phường nào"),
        ("mất cccd rồi", "mất căn cước công dân rồi"),
        ("cần lltp ntn", "cần lý lịch tư pháp như thế nào"),
        ("chừ khai sanh ở mô", "bây giờ khai sinh ở đâu"),
        ("răng rứa", "sao vậy"),
        ("mua xe máy", "mua xe mô tô"),
        ("đổi bằng lái", "đổi giấy phép lái xe"),
        ("giấy tộm trú", "giấy tạm trú"),
        ("Uỷ ban kí giấy", "ủy ban ký giấy"),
        ("bé k có gks", "bé không có giấy khai sinh"),
    ],
)
def test_short_forms_and_dialect_become_common_words(said, words):
    assert " ".join(understand(said).words) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("lltp ntn", "ly lich tu phap nhu the nao"),
        ("dkkh can gi", "dang ky ket hon can gi"),
        ("khai sanh cho con", "khai sinh cho con"),
        ("mo quan an", "mo quan an"),
        ("mua ba con heo", "mua ba con heo"),
        ("cap so nha", "cap so nha"),
    ],
)
def test_without_marks_only_what_is_safe_is_exchanged(said, words):
    """«mo» may be mở as well as mô."""
    query = understand(said)

    assert (" ".join(query.words), query.accented) == (words, False)


@pytest.mark.parametrize(
    ("said", "content"),
    [
        ("Cho tôi hỏi thủ tục đăng ký kết hôn như thế nào?", "đăng ký kết hôn"),
        ("muốn xin hộ chiếu thì lệ phí bao nhiêu tiền", "xin hộ chiếu"),
        ("dạ alo cho em hỏi với ạ, khai tử ở đâu", "alo khai tử"),
        ("xin hoi can cuoc can gi", "can cuoc"),
        ("lam can cuoc o dau", "lam can cuoc"),
        ("How do I apply for a passport in Da Nang?", "apply for passport"),
    ],
)
def test_the_dress_of_a_question_is_left_out(said, content):
    query = understand(said)

    assert " ".join(query.content) == content


def test_a_question_that_is_all_dress_keeps_its_words():
    assert understand("lệ phí bao nhiêu").content == ("lệ", "phí", "bao", "nhiêu")


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("1.000001", ("1.000001",)),
        ("thủ tục 1.000001.000.00.00.H17 là gì", ("1.000001",)),
        ("1.000001 với 2.000002, 1.000001", ("1.000001", "2.000002")),
        ("nộp 1.000.000 đồng ngày 1.11.2026", ()),
        ("11.000001", ()),
        ("1.0000011", ()),
    ],
)
def test_typed_codes_are_found(said, codes):
    assert understand(said).codes == codes


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How can I register my marriage?", True),
        ("birth certificate fee", True),
        ("I lost my căn cước", False),
        ("lam giay khai sinh cho con", False),
        ("can cuoc gan chip lam o dau", False),
        ("passport", True),
        ("Đà Nẵng", False),
        ("паспорт", False),
        ("", False),
    ],
)
def test_english_is_told_from_vietnamese_without_marks(text, english):
    assert is_english(text) is english


@any_text
@given(st.text())
def test_no_text_is_too_strange(text):
    query = understand(text)

    assert set(query.codes) <= {word[:8] for word in syllables(query.original)}
    assert bool(query.content) == bool(query.words)


@any_text
@given(st.lists(st.sampled_from("khai sinh kết hôn hộ chiếu thẻ tre phường".split()), min_size=1))
def test_common_words_stay_as_they_are(words):
    query = understand(" ".join(words))

    assert query.words == query.content == tuple(words)
