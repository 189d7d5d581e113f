"""What an answer says of where its facts come from: how old they are, whose they are, what they leave unsaid."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.write.fields import tell
from knowledge.layers import compose
from knowledge.procedure import Agency, Layer, Section, Source

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("today", "old"), [(date(2027, 1, 14), False), (date(2027, 1, 15), True)])
def test_facts_read_over_180_days_ago_are_said_to_be_old(made, today, old):
    words = "Dữ liệu đọc ngày 18/07/2026, có thể đã đổi; anh/chị nên hỏi lại trước khi đi."

    assert (words in tell(made(), (Section.WHERE,), "vi", today).text) is old


@pytest.mark.parametrize(("today", "ended"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True)])
@pytest.mark.parametrize("layer", [Layer.NATIONAL, Layer.WRITTEN, Layer.STAFF])
def test_a_procedure_that_ended_is_said_to_have_ended_whoever_tells_it(made, today, ended, layer):
    procedure = made(effective_to=date(2026, 9, 30), layer=layer)
    told = {language: tell(procedure, (Section.OVERVIEW,), language, today).text for language in ("vi", "en")}
    words = {
        "vi": "Thủ tục này đã hết hiệu lực ngày 30/09/2026; anh/chị gọi 1022 để biết nay làm theo thủ tục nào.",
        "en": "This procedure ended on 30/09/2026; call 1022 to learn which one applies now.",
    }

    assert {language: words[language] in text for language, text in told.items()} == {"vi": ended, "en": ended}


@pytest.mark.parametrize(
    ("layer", "vi", "en"),
    [
        (Layer.STAFF, "cán bộ thành phố cập nhật", "updated by city staff"),
        (Layer.CITY, "bản ghi riêng của thành phố", "the city's own record"),
        (Layer.NATIONAL, "bản ghi chung cả nước", "the national record"),
        (Layer.WRITTEN, "mục biên soạn từ nguồn này", "an entry written from this source"),
        (Layer.FACTS, "dữ kiện gọn từ nguồn này", "facts condensed from this source"),
    ],
)
def test_every_citation_tells_the_layer_that_said_it(made, layer, vi, en):
    told = {
        (citation.layer, citation.told_by)
        for language in ("vi", "en")
        for citation in tell(made(layer=layer), (Section.FEE,), language, TODAY).citations
    }

    assert told == {(layer, vi), (layer, en)}


def test_the_citys_own_parts_are_told_from_the_national_ones(made, method):
    """Composed as the store does: the city says the fee, the national record the limit and where to file."""
    city = made(
        name="Cấp thẻ tre (Đà Nẵng)",
        methods=(method(fees=[{"status": "exact", "amount": 40_000}]),),
        layer=Layer.CITY,
        jurisdiction="da-nang",
        sources=(Source(name="Cổng thành phố", url="https://example.vn/da-nang", as_of=date(2026, 8, 1)),),
    )
    national = made(
        methods=(
            method(
                fees=[{"status": "exact", "amount": 90_000}],
                time_limits=[{"quantity": 7, "unit": "working_day"}],
            ),
        ),
        agency=Agency(receives="Trạm Tre"),
    )
    answer = tell(compose([national, city]), (Section.FEE, Section.TIME, Section.WHERE), "vi", TODAY)

    assert answer.text == (
        "Cấp thẻ tre (Đà Nẵng) (mã 1.000001).\n"
        "\n"
        "Lệ phí: 40.000 đồng. [1]\n"
        "\n"
        "Thời hạn giải quyết: 7 ngày làm việc. [2]\n"
        "\n"
        "Nơi nộp: Trạm Tre. [2]\n"
        "\n"
        "Lưu ý:\n"
        "• Phần phí, lệ phí theo quy định riêng của thành phố; phần còn lại theo quy định chung cả nước."
    )
    assert [(c.number, c.section, c.url, c.layer) for c in answer.citations] == [
        (1, Section.FEE, "https://example.vn/da-nang", Layer.CITY),
        (2, Section.TIME, "https://example.vn/the-tre", Layer.NATIONAL),
        (2, Section.WHERE, "https://example.vn/the-tre", Layer.NATIONAL),
    ]


@pytest.mark.parametrize(
    ("language", "part", "rest"),
    [
        (
            "vi",
            "Giấy tờ cần có: Tôi chưa có phần này của thủ tục. [1]",
            "Tôi chỉ có dữ kiện gọn của thủ tục này, chưa có giấy tờ, các bước, điều kiện, mẫu đơn. "
            "Trang chính thức ghi đủ: https://example.vn/the-tre",
        ),
        (
            "en",
            "Papers you need: I do not hold this part of the procedure. [1]",
            "I only hold the bare facts of this procedure: no papers, steps, conditions or forms. "
            "The official page has them: https://example.vn/the-tre",
        ),
    ],
)
def test_a_facts_record_says_what_it_does_not_hold(made, language, part, rest):
    told = tell(made(layer=Layer.FACTS), (Section.PAPERS,), language, TODAY).text

    assert part in told
    assert rest in told


def test_what_a_facts_record_could_hold_is_said_to_be_unsaid(made):
    """Its source was read for results and legal basis too: there it is the source that says nothing."""
    (_, block, _) = tell(made(layer=Layer.FACTS), (Section.RESULT,), "vi", TODAY).blocks

    assert block.text == "Nguồn không ghi."


def test_a_record_in_vietnamese_only_is_said_to_be_quoted_in_english(made):
    words = "The source is in Vietnamese; names and conditions are quoted as they stand."

    assert words in tell(made(), (Section.WHERE,), "en", TODAY).text
    assert words not in tell(made(plain_name={"vi": "Thẻ tre", "en": "Card"}), (Section.WHERE,), "en", TODAY).text
