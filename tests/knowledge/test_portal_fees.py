"""0 is not free; a figure is believed when nothing speaks against it; the rest is told in the source's words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.procedure import Fee, FeeKind, FeeStatus, Text
from knowledge.sources.portal_fees import read_fees
from knowledge.sources.reading import Notes, Problem, ProblemKind

TODAY = date(2026, 11, 22)


def _read(*entries):
    notes = Notes("1.000001")
    return read_fees(list(entries), notes, TODAY), notes.problems


@pytest.mark.parametrize("value", [0, 0.0, None])
@pytest.mark.parametrize(
    "words",
    [
        "Miễn phí",
        "Miễn lệ phí.",
        "- Không thu lệ phí",
        "không thu",
        "Không phải nộp phí",
        "Miễn lệ phí (Thông tư số 12/2345/TT-BTC)",
        "MIỄN LỆ PHÍ (theo Nghị định 1/2345/NĐ-CP).",
    ],
)
def test_free_is_what_the_words_call_free(value, words):
    (fee,), _ = _read({"value": value, "description": words})

    assert fee.status is FeeStatus.FREE


@pytest.mark.parametrize(
    ("value", "words", "status"),
    [
        (0, "", FeeStatus.STATED_ZERO),
        (0, None, FeeStatus.STATED_ZERO),
        (0, "Không", FeeStatus.STATED_ZERO),
        (0, "Không có", FeeStatus.STATED_ZERO),
        (0, "Không quy định", FeeStatus.STATED_ZERO),
        (0, "Lệ phí", FeeStatus.STATED_ZERO),
        (None, "", FeeStatus.UNKNOWN),
        (None, "Chưa quy định", FeeStatus.UNKNOWN),
        (0, "Miễn lệ phí (đối với hộ nghèo)", FeeStatus.DESCRIBED),
        (0, "Miễn lệ phí cho người trên 60 tuổi", FeeStatus.DESCRIBED),
        (0, "Không thu của trẻ em; người lớn theo bảng", FeeStatus.DESCRIBED),
        (0, "Mức thu tùy loại thẻ", FeeStatus.DESCRIBED),
    ],
)
def test_a_zero_without_words_is_not_free(value, words, status):
    (fee,), _ = _read({"value": value, "description": words})

    assert (fee.status, fee.amount) == (status, None)


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(
    st.sampled_from([0, None]),
    st.lists(
        st.sampled_from(
            "lệ phí 0 đồng không có thu theo Thông tư hộ nghèo HĐND tỉnh quy định 5.000 10% ( ) . ;".split()
        )
    ),
)
def test_no_words_but_those_of_freedom_make_it_free(value, words):
    text = " ".join(words)
    (fee,), _ = _read({"value": value, "description": text})

    assert fee.status is not FeeStatus.FREE or "không thu" in text


@pytest.mark.parametrize(
    ("value", "words", "amount"),
    [
        (70_000, "", 70_000),
        (70_000, "70.000 đồng/thẻ", 70_000),
        (70_000, "Theo Thông tư 12/2345/TT-BTC", 70_000),
        (0, "70.000 đồng/thẻ", 70_000),
        (None, "Lệ phí: 70 nghìn đồng", 70_000),
        (70, "70.000 đồng/thẻ", 70_000),
    ],
)
def test_an_amount_is_taken_from_the_field_or_from_its_words(value, words, amount):
    (fee,), _ = _read({"type": "SERVICE_FEE", "value": value, "description": words})

    assert (fee.status, fee.amount, fee.currency) == (FeeStatus.EXACT, amount, "VND")


@pytest.mark.parametrize(
    ("value", "words", "status", "amount"),
    [
        (70, "", FeeStatus.DOUBTFUL, 70),
        (70_000, "7.000 đồng/thẻ", FeeStatus.DOUBTFUL, 70_000),
        (70_000, "Do Hội đồng nhân dân tỉnh quyết định", FeeStatus.DOUBTFUL, 70_000),
        (70_000_000, "theo quy định, tính trên đồng/thẻ căn cước", FeeStatus.DOUBTFUL, 70_000_000),
        (70_000, "7", FeeStatus.DOUBTFUL, 70_000),
        (0, "3.000.000-5.000.000 đồng", FeeStatus.DESCRIBED, None),
        (0, "Từ 30.000 đến 50.000 đồng", FeeStatus.DESCRIBED, None),
        (0, "0,1% giá trị, ít nhất 3.000.000 đồng", FeeStatus.DESCRIBED, None),
        (0, "Bản giấy 70.000 đồng, bản điện tử 30.000 đồng", FeeStatus.DESCRIBED, None),
        (0, "70.000 đồng, miễn cho trẻ em", FeeStatus.DESCRIBED, None),
    ],
)
def test_an_amount_that_is_not_plain_is_not_stated(value, words, status, amount):
    (fee,), _ = _read({"value": value, "description": words})

    assert (fee.status, fee.amount, fee.note) == (status, amount, Text(vi=words) if words else None)


@pytest.mark.parametrize(
    ("entry", "currency"),
    [
        ({"value": 25, "currencyName": "USD"}, "USD"),
        ({"value": 25, "description": "25 USD/người"}, "USD"),
        ({"value": 70_000, "description": "Người nước ngoài trả bằng USD theo tỷ giá"}, "VND"),
    ],
)
def test_small_figures_may_be_dollars(entry, currency):
    (fee,), _ = _read(entry)

    assert (fee.status, fee.amount, fee.currency) == (FeeStatus.EXACT, entry["value"], currency)


@pytest.mark.parametrize(
    ("words", "setter"),
    [
        ("Do HĐND cấp tỉnh quyết định", "Hội đồng nhân dân tỉnh, thành phố"),
        ("Theo Thông tư số 12/2345/TT-BTC", "Thông tư 12/2345/TT-BTC"),
        ("theo Nghị định 1/2345/NĐ-CP", "Nghị định 1/2345/NĐ-CP"),
        ("Bộ Tài chính quy định", "Bộ Tài chính"),
        ("Theo quy định của pháp luật", "pháp luật về phí và lệ phí"),
    ],
)
def test_a_fee_set_elsewhere_names_who_sets_it(words, setter):
    (fee,), problems = _read({"type": "FEE", "value": 0, "description": words})

    assert fee == Fee(
        kind=FeeKind.SERVICE_FEE, status=FeeStatus.SET_ELSEWHERE, set_by=Text(vi=setter), note=Text(vi=words)
    )
    assert problems == []


@pytest.mark.parametrize(
    ("portal_type", "words", "kind"),
    [
        ("FEE", "", FeeKind.SERVICE_FEE),
        ("SERVICE_FEE", "", FeeKind.CHARGE),
        ("PRICE_LEVEL", "", FeeKind.PRICE),
        ("FEE", "Lệ phí: 70.000 đồng", FeeKind.CHARGE),
        ("SERVICE_FEE", "Phí: 70.000 đồng", FeeKind.SERVICE_FEE),
        ("FEE", "Phí và lệ phí", FeeKind.SERVICE_FEE),
        (None, "", FeeKind.CHARGE),
    ],
)
def test_the_words_say_what_kind_of_charge_it_is(portal_type, words, kind):
    (fee,), _ = _read({"type": portal_type, "value": 70_000, "description": words})

    assert fee.kind is kind


def test_a_fee_that_ended_says_so():
    words = "70.000 đồng từ ngày 01/7/2025 đến hết ngày 31/12/2025"

    (fee,), problems = _read({"value": 70_000, "description": words})

    assert (fee.valid_from, fee.valid_to) == (date(2025, 7, 1), date(2025, 12, 31))
    assert not fee.applies_on(TODAY)
    assert problems == [Problem("1.000001", "fees", ProblemKind.FEE_EXPIRED, f"31/12/2025: {words}")]


def test_a_fee_that_holds_to_its_last_day_is_no_problem():
    (fee,), problems = _read({"value": 70_000, "description": "70.000 đồng đến hết ngày 22/11/2026"})

    assert fee.applies_on(TODAY)
    assert problems == []


def test_the_days_of_a_reduction_are_not_the_days_of_the_fee():
    (fee,), _ = _read({"value": 70_000, "description": "70.000 đồng; giảm 50% đến hết ngày 31/12/2025"})

    assert (fee.valid_from, fee.valid_to) == (None, None)


@pytest.mark.parametrize("waived", ["miễn", "Miễn lệ phí", "giảm một nửa"])
def test_the_days_of_a_waiver_are_not_the_days_of_the_fee(waived):
    """Nothing is charged in those days; read the other way round, the fee would be charged in them alone."""
    (fee,), problems = _read({"value": 70_000, "description": f"({waived} từ ngày 07/4/2026 đến 30/6/2026)"})

    assert (fee.status, fee.amount) == (FeeStatus.EXACT, 70_000)
    assert (fee.valid_from, fee.valid_to) == (None, None)
    assert problems == []


def test_a_word_that_only_looks_like_lowered_makes_no_exception():
    (fee,), problems = _read({"value": 0, "description": "Giám định tre: 70.000 đồng"})

    assert (fee.status, fee.amount) == (FeeStatus.EXACT, 70_000)
    assert problems == []


@pytest.mark.parametrize("value", ["70000", -5, True, [], {}])
def test_a_value_that_is_no_amount_is_doubtful_and_reported(value):
    fees, problems = _read({"value": value})

    assert fees == (Fee(status=FeeStatus.DOUBTFUL),)
    assert [problem.kind for problem in problems] == [ProblemKind.FEE_DOUBTFUL]


@pytest.mark.parametrize(
    ("raw", "detail"),
    [([None], "an entry is no fee"), (["70.000 đồng"], "an entry is no fee"), ({"value": 0}, "no list: {'value': 0}")],
)
def test_fees_of_a_wrong_shape_are_reported(raw, detail):
    notes = Notes("1.000001")

    assert read_fees(raw, notes, TODAY) == ()
    assert notes.problems == [Problem("1.000001", "fees", ProblemKind.FIELD_MISSING, detail)]


def test_the_same_fee_twice_is_one_fee():
    fees, _ = _read({"value": 70_000}, {"value": 70_000}, {"value": 30_000})

    assert [fee.amount for fee in fees] == [70_000, 30_000]
