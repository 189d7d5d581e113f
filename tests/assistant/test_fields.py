"""The writer over fields: whole answers, their citations, the fact card, the next questions."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import Citation, FactCard
from assistant.write.fields import tell
from knowledge.procedure import Agency, Caution, Form, Layer, LegalBasis, OnlineLevel, Procedure, Section, Source

TODAY = date(2026, 11, 22)


@pytest.fixture
def bamboo(made, method, paper) -> Procedure:
    """A procedure with something in every field."""
    return made(
        plain_name={"vi": "Làm thẻ tre", "en": "Get a bamboo card"},
        summary={"vi": "Cấp thẻ cho người trồng tre.", "en": "Issues a card to bamboo growers."},
        audience=({"vi": "Người trồng tre", "en": "Bamboo growers"},),
        agency=Agency(receives={"vi": "Trạm Tre", "en": "Bamboo Station"}),
        online=OnlineLevel.FULL,
        methods=(
            method(
                fees=[{"status": "exact", "amount": 50_000}],
                time_limits=[{"quantity": 5, "unit": "working_day"}],
            ),
        ),
        papers=(
            paper({"vi": "Tờ khai trồng tre", "en": "Bamboo form"}, originals=1),
            paper({"vi": "Giấy ủy quyền", "en": "Power of attorney"}, condition={"vi": "đi thay", "en": "for another"}),
            paper("Không mang bản gốc", is_note=True),
        ),
        forms=(Form(name={"vi": "Mẫu T-01", "en": "Form T-01"}),),
        conditions=({"vi": "Có vườn tre", "en": "You have a bamboo garden"},),
        results=({"vi": "Thẻ tre", "en": "A bamboo card"},),
        steps=({"vi": "Nộp tờ khai.", "en": "File the form."}, {"vi": "Nhận thẻ.", "en": "Collect the card."}),
        legal_basis=(LegalBasis(number="1/2099/TT-TRE", title="Thông tư về tre"), LegalBasis(number="2/2099/NĐ-TRE")),
        warnings=(Caution(about=Section.FEE, text={"vi": "Mức có thể đổi.", "en": "The rate may change."}),),
        sources=(
            Source(
                name="Cổng thử",
                url="https://example.vn/the-tre",
                as_of=date(2026, 7, 18),
                updated_at=date(2026, 4, 15),
            ),
        ),
        layer=Layer.WRITTEN,
    )


def test_an_overview_tells_what_everybody_needs(bamboo):
    assert tell(bamboo, (Section.OVERVIEW,), "vi", TODAY).text == (
        "Làm thẻ tre (mã 1.000001).\n"
        "\n"
        "Cấp thẻ cho người trồng tre. [1]\n"
        "\n"
        "Giấy tờ cần có: [1]\n"
        "• Tờ khai trồng tre (1 bản chính)\n"
        "• Tùy trường hợp có thể cần thêm 1 giấy tờ khác; bấm «Giấy tờ» để xem đủ.\n"
        "\n"
        "Lệ phí: 50.000 đồng. [1]\n"
        "\n"
        "Thời hạn giải quyết: 5 ngày làm việc. [1]\n"
        "\n"
        "Nơi nộp: Trạm Tre. [1]\n"
        "\n"
        "Nộp trực tuyến: Được, toàn bộ quy trình. Vào Cổng thử, đăng nhập bằng VNeID, tìm mã 1.000001. [1]\n"
        "\n"
        "Lưu ý:\n"
        "• Mức có thể đổi."
    )


def test_an_overview_in_english_says_the_same(bamboo):
    assert tell(bamboo, (Section.OVERVIEW,), "en", TODAY).text == (
        "Get a bamboo card (code 1.000001).\n"
        "\n"
        "Issues a card to bamboo growers. [1]\n"
        "\n"
        "Papers you need: [1]\n"
        "• Bamboo form (1 original)\n"
        "• Depending on your case, 1 more may be needed; press “Papers” for the full list.\n"
        "\n"
        "Charge: 50,000 đồng. [1]\n"
        "\n"
        "How long it takes: 5 working days. [1]\n"
        "\n"
        "Where to go: Bamboo Station. [1]\n"
        "\n"
        "Online: Yes, entirely. Open Cổng thử, sign in with VNeID and search for code 1.000001. [1]\n"
        "\n"
        "Note:\n"
        "• The rate may change."
    )


@pytest.mark.parametrize(
    ("section", "told"),
    [
        (Section.AUDIENCE, "Ai làm được: Người trồng tre. [1]"),
        (
            Section.PAPERS,
            "Giấy tờ cần có: [1]\n• Tờ khai trồng tre (1 bản chính)\n• Giấy ủy quyền – trường hợp đi thay",
        ),
        (Section.TIME, "Thời hạn giải quyết: 5 ngày làm việc. [1]"),
        (Section.WHERE, "Nơi nộp: Trạm Tre. [1]"),
        (Section.STEPS, "Các bước: [1]\n1. Nộp tờ khai.\n2. Nhận thẻ."),
        (Section.CONDITIONS, "Điều kiện: Có vườn tre. [1]"),
        (Section.RESULT, "Kết quả: Thẻ tre. [1]"),
        (Section.LEGAL_BASIS, "Căn cứ pháp lý: [1]\n• 1/2099/TT-TRE – Thông tư về tre\n• 2/2099/NĐ-TRE"),
        (Section.FORMS, "Mẫu đơn, tờ khai: Mẫu T-01. [1]"),
    ],
)
def test_only_the_part_asked_for_is_told(bamboo, section, told):
    assert tell(bamboo, (section,), "vi", TODAY).text == f"Làm thẻ tre (mã 1.000001).\n\n{told}"


@pytest.mark.parametrize(
    "section",
    [Section.AUDIENCE, Section.PAPERS, Section.STEPS, Section.CONDITIONS, Section.RESULT, Section.LEGAL_BASIS],
)
def test_what_the_source_leaves_out_is_said_to_be_left_out(made, section):
    for language, words in (("vi", "Nguồn không ghi."), ("en", "The source does not say.")):
        assert tell(made(), (section,), language, TODAY).blocks[1].text == words


def test_several_parts_come_in_the_order_asked(bamboo):
    answer = tell(bamboo, (Section.TIME, Section.FEE), "vi", TODAY)

    assert [block.section for block in answer.blocks] == [None, Section.TIME, Section.FEE, None]


def test_every_part_names_where_it_was_read(bamboo):
    answer = tell(bamboo, (Section.FEE,), "vi", TODAY)

    assert answer.citations == (
        Citation(
            number=1,
            code="1.000001",
            section=Section.FEE,
            url="https://example.vn/the-tre",
            source="Cổng thử",
            version=1,
            as_of="2026-07-18",
            updated_at="2026-04-15",
            layer="written",
            told_by="mục biên soạn từ nguồn này",
        ),
    )


def test_parts_read_in_two_places_have_two_marks(bamboo):
    price_list = Source(name="Bảng giá", url="https://example.vn/gia", as_of=TODAY, covers=(Section.FEE,))
    procedure = bamboo.model_copy(update={"sources": (*bamboo.sources, price_list)})
    answer = tell(procedure, (Section.TIME, Section.FEE, Section.WHERE), "vi", TODAY)

    assert [block.cites for block in answer.blocks] == [(), (1,), (2,), (1,), ()]
    assert {citation.number: citation.url for citation in answer.citations} == {
        1: "https://example.vn/the-tre",
        2: "https://example.vn/gia",
    }


def test_the_card_holds_the_facts_in_short(bamboo):
    assert tell(bamboo, (Section.FEE,), "vi", TODAY).facts == FactCard(
        code="1.000001",
        name="Làm thẻ tre",
        papers=("Tờ khai trồng tre",),
        fee=("Lệ phí: 50.000 đồng",),
        time=("5 ngày làm việc",),
        where="Trạm Tre",
        online="được, toàn bộ quy trình",
        url="https://example.vn/the-tre",
    )


def test_what_was_not_asked_is_offered_next(bamboo):
    answer = tell(bamboo, (Section.FEE,), "vi", TODAY)

    assert [(offer.label, offer.about) for offer in answer.suggestions] == [
        ("Giấy tờ", "1.000001"),
        ("Mấy ngày", "1.000001"),
        ("Nộp ở đâu", "1.000001"),
        ("Các bước", "1.000001"),
        ("Nộp trực tuyến", "1.000001"),
    ]


def test_nothing_is_offered_that_the_source_leaves_out(made):
    labels = {offer.label for offer in tell(made(), (Section.FEE,), "vi", TODAY).suggestions}

    assert labels == {"Mấy ngày", "Nộp ở đâu", "Nộp trực tuyến"}


def test_a_caution_stands_only_beside_what_it_is_about(bamboo):
    assert "Mức có thể đổi." in tell(bamboo, (Section.FEE,), "vi", TODAY).text
    assert "Mức có thể đổi." not in tell(bamboo, (Section.WHERE,), "vi", TODAY).text


def test_conflicting_limits_are_all_told_with_a_caution(made, method):
    limits = [
        {"quantity": 5, "unit": "day", "note": "theo ô thời hạn"},
        {"quantity": 20, "unit": "day", "note": "theo phần chữ"},
    ]
    answer = tell(made(methods=(method(time_limits=limits),)), (Section.TIME,), "vi", TODAY)

    assert answer.text == (
        "Cấp thẻ tre (mã 1.000001).\n"
        "\n"
        "Thời hạn giải quyết: [1]\n"
        "• 5 ngày – theo ô thời hạn\n"
        "• 20 ngày – theo phần chữ\n"
        "\n"
        "Lưu ý:\n"
        "• Nguồn ghi nhiều thời hạn khác nhau; anh/chị xem ngày hẹn trên phiếu tiếp nhận."
    )


@pytest.mark.parametrize(
    ("limits", "conflict"),
    [
        ([], False),
        ([{"quantity": 5, "unit": "day"}], False),
        ([{"quantity": 5, "unit": "day"}, {"quantity": 20, "unit": "day"}], True),
        ([{"quantity": 5, "unit": "day"}, {"quantity": 5, "unit": "working_day"}], True),
        ([{"quantity": 5, "unit": "day", "condition": "tre non"}, {"quantity": 20, "unit": "day"}], False),
        ([{"quantity": 5, "unit": "day", "note": "theo ô"}, {"quantity": 20, "unit": "day", "note": "theo chữ"}], True),
    ],
)
def test_limits_conflict_where_nothing_says_when_which_applies(made, method, limits, conflict):
    told = tell(made(methods=(method(time_limits=limits),)), (Section.TIME,), "vi", TODAY).text

    assert ("Nguồn ghi nhiều thời hạn khác nhau" in told) is conflict
