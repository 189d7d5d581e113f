"""Whatever is said, a reader answers or asks again; what it shows can be read again."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.forms.definition import FormField, Kind
from assistant.forms.kinds import READERS
from assistant.forms.values import Unreadable, read

TODAY = date(2026, 11, 21)
TOLD = {"vi": "Ô", "en": "Blank"}
OPTIONS = [
    {"id": "moi", "label": {"vi": "Xây mới", "en": "New"}},
    {"id": "sua", "label": {"vi": "Sửa chữa"}, "said": ["sửa nhà"]},
]
COLUMNS = [
    {"id": kind.value, "kind": kind, "label": TOLD, "options": OPTIONS if kind is Kind.CHOICE else []}
    for kind in Kind
    if kind is not Kind.TABLE
]
PIECES = (
    "ngày tháng năm mười một hai ba tư năm lăm mốt linh lẻ nghìn triệu tỷ rưỡi giờ kém chiều hôm qua tết mùng 12 3 1990 90 31/2 5/11/2026 "
    "0905 123 456 +84 048190001234 048 cccd căn cước cấp do Bộ Công an hộ chiếu C1234567 phường Hải Châu I quận Đà Nẵng xã Hòa Khương "
    'Nguyễn Thị Hoa bà ba mẹ của cháu Kinh Cơ Tu có không dạ ạ nam nữ m2 ha đồng k usd @ gmail.com chấm {{ }} {% <a> = | ; , . - / [ { " ( ) '
    "\u200b \u0301 \u0000 ² ½ ǆ ŉ İ ﬁ 𝟙 १ 王 😀"
).split(" ")

mixed = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=9).flatmap(
    lambda parts: st.sampled_from((" ", "", ", ", "\n")).map(lambda between: between.join(parts))
)
anything = mixed | st.text(max_size=60) | st.integers().map(str) | st.dates().map(lambda day: f"{day:%d/%m/%Y}")
fuzzed = settings(max_examples=200, derandomize=True, deadline=None)


def blank(kind, **more):
    options = OPTIONS if kind is Kind.CHOICE else []
    columns = COLUMNS if kind is Kind.TABLE else []
    return FormField.model_validate(
        {"id": "blank", "kind": kind, "label": TOLD, "ask": TOLD, "options": options, "columns": columns, **more}
    )


def value_of(kind, said, **more):
    """What was read, None where it was asked about."""
    try:
        return read(blank(kind, **more), said, TODAY)
    except Unreadable as error:
        told = (error.code, error.message.vi, error.message.en)
    assert all(told)
    return None


def test_every_kind_has_a_reader():
    assert set(READERS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
@given(said=anything)
@fuzzed
def test_a_reader_answers_or_asks_again_and_shows_clean_text(kind, said):
    value = value_of(kind, said)

    if value is not None:
        lines = "\n" if kind in (Kind.LONG, Kind.TABLE) else ""
        assert value.shown
        assert unicodedata.is_normalized("NFC", value.shown)
        assert not [sign for sign in value.shown if unicodedata.category(sign) == "Cc" and sign not in lines]
        assert json.loads(json.dumps(value.data)) == value.data


@pytest.mark.parametrize("kind", Kind)
def test_one_thing_said_a_hundred_times_is_answered_or_asked_again(kind):
    for piece in (*PIECES, "a1 ", "1.", "1/1/", "dạ ", " ạ", "của tôi là ", "quận Hải Châu ", "ngày cấp: ", ";"):
        for between in ("", " ", ", "):
            said = piece + between
            value_of(kind, said * (500 // len(said)) if said else "")


@pytest.mark.parametrize(
    "kind",
    [
        Kind.NAME,
        Kind.IDENTITY,
        Kind.DATE,
        Kind.TIME,
        Kind.SEX,
        Kind.PHONE,
        Kind.MONEY,
        Kind.AREA,
        Kind.ETHNICITY,
        Kind.YES_NO,
    ],
)
@given(said=anything)
@fuzzed
def test_what_is_shown_is_read_as_the_same_again(kind, said):
    value = value_of(kind, said)

    if value is not None:
        assert value_of(kind, value.shown).data == value.data


@given(
    day=st.dates(date(1900, 1, 1), TODAY),
    form=st.sampled_from(("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d%m%Y", "%d tháng %m năm %Y", "%d %B %Y")),
)
@fuzzed
def test_every_day_is_read_in_every_form(day, form):
    assert value_of(Kind.DATE, day.strftime(form)).data == day.isoformat()


@given(amount=st.integers(1_000, 10**15))
@fuzzed
def test_every_amount_is_read_from_its_figures(amount):
    assert value_of(Kind.MONEY, f"{amount:,}".replace(",", ".")).data == amount


@given(rest=st.from_regex(r"[0-9]{9}", fullmatch=True))
@fuzzed
def test_every_number_of_da_nang_is_taken(rest):
    assert value_of(Kind.IDENTITY, f"048{rest}").data == f"048{rest}"
