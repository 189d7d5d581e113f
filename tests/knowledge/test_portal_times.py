"""Three places of a record may state the time limit. Where they disagree all are told, none is picked in silence."""

from __future__ import annotations

import pytest

from knowledge.procedure import Case, Text, TimeLimit, TimeUnit
from knowledge.sources.portal_times import IN_CASE, IN_METHOD, IN_TEXT, read_cases, read_time_limits
from knowledge.sources.reading import Notes, Problem, ProblemKind

TITLE = "Cấp thẻ tre"
DAY, WORKING, HOUR = TimeUnit.DAY, TimeUnit.WORKING_DAY, TimeUnit.HOUR


def _limit(quantity=None, unit=None, note=None):
    return TimeLimit(quantity=quantity, unit=unit, note=Text(vi=note) if note else None)


def _case(name, quantity=None, unit=None):
    return {"name": name, "code": "1.000001_1", "processingDay": {"qty": quantity, "type": unit}}


def _read(method, *cases):
    notes = Notes("1.000001")
    return read_time_limits(method, read_cases(list(cases)), TITLE, notes), notes.problems


@pytest.mark.parametrize(
    ("method", "limit"),
    [
        ({"processingTime": 7, "processingTimeUnit": "WORKING_DAY"}, _limit(7, WORKING)),
        ({"processingTime": "7", "processingTimeUnit": "DAY"}, _limit(7, DAY)),
        ({"processingTime": 0.5, "processingTimeUnit": "DAY"}, _limit(0.5, DAY)),
        (
            {"processingTime": 7, "processingTimeUnit": "DAY", "description": "Nộp tại quầy"},
            _limit(7, DAY, "Nộp tại quầy"),
        ),
        (
            {"processingTime": 7, "processingTimeUnit": "DAY", "description": "Trong 7 ngày"},
            _limit(7, DAY, "Trong 7 ngày"),
        ),
    ],
)
def test_a_limit_that_nothing_contradicts_stands_alone(method, limit):
    assert _read(method, _case(TITLE, method["processingTime"], method["processingTimeUnit"])) == ((limit,), [])


def test_readings_that_conflict_are_all_told_with_their_place():
    method = {"processingTime": 7, "processingTimeUnit": "DAY", "description": "Trong 5 ngày làm việc"}

    limits, problems = _read(method, _case(TITLE, 10, "WORKING_DAY"))

    assert limits == (_limit(7, DAY, IN_METHOD), _limit(10, WORKING, IN_CASE), _limit(5, WORKING, IN_TEXT))
    assert problems == [
        Problem(
            "1.000001",
            "executionMethods",
            ProblemKind.TIME_CONFLICT,
            f"7 day {IN_METHOD}; 10 working_day {IN_CASE}; 5 working_day {IN_TEXT}",
        )
    ]


def test_a_variant_with_a_limit_of_its_own_contradicts_nothing():
    limits, problems = _read({"processingTime": 7, "processingTimeUnit": "DAY"}, _case("Thẻ mạ vàng", 30, "DAY"))

    assert (limits, problems) == ((_limit(7, DAY),), [])


def test_several_durations_in_the_words_contradict_nothing():
    """They may be cases of their own: the words are kept and tell it."""
    words = "5 ngày với thẻ đỏ, 9 ngày với thẻ vàng"

    limits, problems = _read({"processingTime": 7, "processingTimeUnit": "DAY", "description": words})

    assert (limits, problems) == ((_limit(7, DAY, words),), [])


@pytest.mark.parametrize(
    ("method", "cases", "limits"),
    [
        ({"processingTime": 3, "processingTimeUnit": "OTHER"}, [_case(TITLE, 3, "WORKING_DAY")], (_limit(3, WORKING),)),
        ({"processingTime": None}, [_case("", 24, "HOUR")], (_limit(24, HOUR),)),
        (
            {"processingTime": 0, "processingTimeUnit": "OTHER", "description": "Trong 3 ngày làm việc"},
            [],
            (_limit(3, WORKING, "Trong 3 ngày làm việc"),),
        ),
        ({"processingTime": "Trong 3 ngày"}, [], (_limit(3, DAY, "Trong 3 ngày"),)),
        (
            {"description": "Thẻ đỏ 3 ngày, thẻ vàng 5 ngày"},
            [],
            (_limit(note="Thẻ đỏ 3 ngày, thẻ vàng 5 ngày"),),
        ),
    ],
)
def test_a_limit_without_a_unit_is_looked_for_elsewhere(method, cases, limits):
    assert _read(method, *cases) == (limits, [])


@pytest.mark.parametrize(
    ("method", "limits", "detail"),
    [
        ({"processingTime": 0, "processingTimeUnit": "OTHER"}, (), ""),
        ({"processingTime": 5, "processingTimeUnit": "OTHER"}, (), ""),
        ({"processingTime": -1, "processingTimeUnit": "DAY"}, (), ""),
        ({"processingTime": True, "processingTimeUnit": "DAY"}, (), ""),
        ({"description": "Ngay khi nhận đủ hồ sơ"}, (_limit(note="Ngay khi nhận đủ hồ sơ"),), "Ngay khi nhận đủ hồ sơ"),
    ],
)
def test_a_limit_that_cannot_be_read_is_unknown_and_reported(method, limits, detail):
    assert _read(method) == (
        limits,
        [Problem("1.000001", "executionMethods", ProblemKind.TIME_UNREADABLE, detail)],
    )


def test_cases_keep_their_names_codes_and_limits():
    cases = read_cases([_case(" Thẻ  đỏ ", 3, "DAY"), {"name": None, "code": None, "processingDay": None}])

    assert cases == (
        Case(name="Thẻ đỏ", code="1.000001_1", time_limit=_limit(3, DAY)),
        Case(name="", code="", time_limit=None),
    )
