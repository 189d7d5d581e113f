"""The writer over fields: whole answers, their citations, the fact card, the next questions."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import Choice, Citation, FactCard, Memory, Status
from assistant.draft import Finding, Plan
from assistant.wording_forms import FORM_SAID
from assistant.write.fields import tell, write
from knowledge.layers import compose
from knowledge.procedure import Agency, Caution, Form, Layer, LegalBasis, OnlineLevel, Procedure, Section, Source
from knowledge.search import Hit

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


def test_several_that_fit_are_offered_by_number(draft, made):
    choices = (made("1.000001", "Cấp thẻ tre"), made("1.000002", "Đổi thẻ tre"))
    hits = (Hit("1.000001", 0.5, ""), Hit("1.000002", 0.5, ""), Hit("1.000003", 0.1, ""))
    found = draft("thẻ tre").but(plan=Plan(()), findings=(Finding(choices=choices, hits=hits),))
    answer = write(found).answer

    assert answer.status is Status.CLARIFICATION_PROCEDURE
    assert answer.procedures == ("1.000001", "1.000002", "1.000003")
    assert answer.choices == (
        Choice(code="1.000001", label="Cấp thẻ tre"),
        Choice(code="1.000002", label="Đổi thẻ tre"),
    )
    assert answer.text == (
        "Có mấy thủ tục gần với câu hỏi. Anh/chị cần việc nào?\n"
        "1. Cấp thẻ tre\n"
        "2. Đổi thẻ tre\n"
        "\n"
        "Nếu không có việc nào đúng, anh/chị nói rõ hơn hoặc gọi 1022."
    )


def test_an_official_title_of_four_lines_is_cut_where_it_is_offered(draft, made):
    long = made("1.000002", "Cấp thẻ tre cho người trồng tre " + "ở vùng có tre " * 20)
    found = draft("thẻ tre").but(plan=Plan(()), findings=(Finding(choices=(made(), long)),))
    (_, choice) = write(found).answer.choices

    assert choice.label.startswith("Cấp thẻ tre cho người trồng tre ở vùng có tre")
    assert choice.label.endswith(" …")
    assert len(choice.label) <= 142


def test_the_nearest_others_are_named_behind_the_one_answered(draft, made):
    hits = tuple(Hit(f"1.{number:06}", 0.5, "") for number in range(1, 15))
    found = draft("thẻ tre").but(plan=Plan(()), findings=(Finding(procedure=made("1.000003"), hits=hits),))

    assert write(found).answer.procedures == (
        "1.000003",
        *(f"1.{number:06}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10)),
    )


LOOKED_UP = {
    Status.ANSWERED,
    Status.ANSWERED_OFFICE,
    Status.ANSWERED_EVENT,
    Status.CLARIFICATION_PLACE,
    Status.CLARIFICATION_PROCEDURE,
    Status.DOSSIER_FOUND,
    Status.PROFILE_SHOWN,
}
OF_FORMS = {status for status in Status if status.family == "form"} - set(FORM_SAID)
"""Told by the form that is filled in."""


@pytest.mark.parametrize("status", [status for status in Status if status not in LOOKED_UP | OF_FORMS])
def test_every_fixed_answer_has_words_in_both_languages(draft, status):
    texts = set()
    for language in ("vi", "en"):
        finding = draft("x", memory=Memory(language=language)).but(findings=(Finding(said=status),))
        texts.add(write(finding).answer.text)

    assert len(texts) == 2
    assert not any("{" in text for text in texts)
