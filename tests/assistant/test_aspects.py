"""Which parts of a procedure a question asks for."""

from __future__ import annotations

import pytest

from assistant.plan.aspects import sections_asked, subject
from knowledge.procedure import Section
from knowledge.speech import is_english, understand
from knowledge.text import fold


def asked(question: str, *, english: bool = False) -> list[str]:
    """The parts a question asks for, in order."""
    query = understand(question)
    return list(sections_asked(query.words, english=english, accented=query.accented))


QUESTIONS = [
    ("làm giấy khai sinh cần giấy tờ gì", ["papers"]),
    ("đăng ký tạm trú phải mang theo cái gì", ["papers"]),
    ("lệ phí cấp hộ chiếu", ["fee"]),
    ("làm căn cước hết bao nhiêu tiền", ["fee"]),
    ("khai sinh có mất tiền không", ["fee"]),
    ("bao lâu thì có sổ đỏ", ["time"]),
    ("kết hôn mấy ngày xong", ["time"]),
    ("nộp hồ sơ khai tử ở đâu", ["where"]),
    ("cơ quan nào cấp giấy phép xây dựng", ["where"]),
    ("các bước đăng ký hộ kinh doanh", ["steps"]),
    ("đổi bằng lái trực tuyến", ["online"]),
    ("điều kiện nhận con nuôi", ["conditions"]),
    ("căn cứ pháp lý của thủ tục khai tử", ["legal_basis"]),
    ("tải mẫu đơn ly hôn", ["forms"]),
    ("đăng ký kết hôn nhận được gì", ["result"]),
    ("trợ cấp này dành cho ai", ["audience"]),
    ("đăng ký khai sinh như thế nào", []),
    ("làm hộ chiếu", []),
    ("", []),
]


@pytest.mark.parametrize(("question", "parts"), QUESTIONS)
def test_a_question_names_its_part(question, parts):
    assert asked(question) == parts


@pytest.mark.parametrize(("question", "parts"), [(fold(question), parts) for question, parts in QUESTIONS])
def test_a_question_without_marks_names_the_same_part(question, parts):
    assert asked(question) == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("what documents do I need for a passport", ["papers"]),
        ("how much does it cost to renew my id card", ["fee"]),
        ("how long does a marriage certificate take", ["time"]),
        ("where do I register my baby", ["where"]),
        ("what are the steps", ["steps"]),
        ("can I do it online", ["online"]),
        ("am I eligible", ["conditions"]),
        ("which law is that", ["legal_basis"]),
        ("where is the application form", ["where", "forms"]),
        ("how do I register a birth", []),
    ],
)
def test_an_english_question_names_its_part(question, parts):
    assert asked(question, english=True) == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("cần gì, bao nhiêu tiền, mấy ngày xong", ["papers", "fee", "time"]),
        ("bao lâu có và lệ phí bao nhiêu", ["time", "fee"]),
        ("nộp ở đâu, bao lâu, bao nhiêu tiền, cần gì", ["where", "time", "fee", "papers"]),
        ("lệ phí bao nhiêu, có đắt không, tốn tiền lắm không", ["fee"]),
    ],
)
def test_parts_come_in_the_order_in_which_they_are_asked(question, parts):
    assert asked(question) == parts


def test_who_asks_for_five_parts_gets_the_whole():
    assert asked("cần gì, bao nhiêu tiền, mấy ngày, nộp ở đâu, điều kiện gì") == ["overview"]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("hồ sơ xin việc chứng thực ở đâu", ["where"]),
        ("tờ khai kết hôn bao nhiêu tiền", ["fee"]),
        ("giấy tờ cần những gì", ["papers"]),
        ("hồ sơ đăng ký tạm trú", ["papers"]),
        ("làm lại căn cước được không", ["conditions"]),
        ("làm lại căn cước online được không", ["online"]),
    ],
)
def test_a_word_that_also_names_things_asks_only_where_nothing_clearer_does(question, parts):
    assert asked(question) == parts


def test_every_section_can_be_asked_for():
    words = {word for question, _ in QUESTIONS for word in asked(question)}

    assert words == {section.value for section in Section} - {"overview"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("lệ phí bao nhiêu", []),
        ("thời gian giải quyết mấy ngày", []),
        ("đăng ký tạm trú ở đâu", ["đăng", "ký", "tạm", "trú"]),
        ("cấp số nhà lệ phí bao nhiêu", ["cấp", "số", "nhà"]),
        ("giấy tờ nhà đất", ["giấy", "tờ", "nhà", "đất"]),
        ("tam tru o dau", ["tam", "tru"]),
        ("how much does a passport cost", ["passport"]),
        ("how long does it take", []),
    ],
)
def test_what_is_left_without_the_parts_is_the_subject(question, words):
    query = understand(question)

    assert subject(query.words, english=is_english(question), accented=query.accented) == words
