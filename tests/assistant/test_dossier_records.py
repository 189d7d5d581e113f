"""What the look-up service answers, read: the dossier that was asked for, never that of another."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dossier import Dossier, DossierUnreachable
from assistant.dossier_records import matching
from tests.dossier_server import dossier

CODE = "000.00.00.H17-260718-0001"
SHORT = "H17-260718-0001"
FOUND = Dossier(
    code=CODE,
    procedure="Cấp thẻ tre",
    status="Đang xử lý",
    agency="UBND phường Tre",
    applicant="N*** V** T**",
    received=date(2026, 7, 18),
    due=date(2026, 7, 25),
)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"TongSo": 1, "HoSo": [dossier(CODE)]}, FOUND),
        ([dossier(CODE)], FOUND),
        ({"HoSo": [dossier(CODE.lower())]}, FOUND),
        ({"HoSo": [dossier(CODE.replace(".", ""))]}, FOUND),
        ({"HoSo": [dossier(CODE), dossier(CODE)]}, FOUND),
        ({"TongSo": 0, "HoSo": []}, None),
        ({"TongSo": 0}, None),
        ([], None),
    ],
)
def test_the_shapes_an_answer_may_have(answer, found):
    assert matching(CODE, answer) == found


@pytest.mark.parametrize(
    "answer", [None, "x", 5, {}, {"TongSo": 1}, {"HoSo": None}, {"HoSo": "x"}, {"HoSo": [1]}, [None]]
)
def test_other_shapes_are_no_answer(answer):
    with pytest.raises(DossierUnreachable, match="a shape that is not known"):
        matching(CODE, answer)


@pytest.mark.parametrize(
    "records",
    [
        [dossier("000.00.00.H17-260718-0002")],
        [dossier("000.00.09.H17-260718-0001")],
        [dossier("000.00.00.H36-260718-0001")],
        [dossier("")],
        [dossier("Nguyễn Văn Tre")],
        [{"MaHoSo": 7}],
        [{"TenChuHoSo": "Nguyễn Văn Tre"}],
    ],
)
def test_the_dossier_of_another_is_never_given_out(records):
    assert matching(CODE, {"TongSo": len(records), "HoSo": records}) is None


def test_of_many_the_one_asked_for_is_told():
    assert matching(CODE, {"HoSo": [dossier(f"000.00.00.H17-260718-{n:04}") for n in range(500)]}) == FOUND


def test_a_short_code_finds_the_one_dossier_it_fits():
    others = [dossier("000.00.00.H17-260718-0002"), dossier("000.00.00.H17-260719-0001")]

    assert matching(SHORT, {"HoSo": [*others, dossier(CODE)]}) == FOUND


def test_a_short_code_that_fits_two_finds_none():
    answer = {"HoSo": [dossier(CODE), dossier("000.00.01.H17-260718-0001", "Lê Thị Nứa")]}

    assert (matching(SHORT, answer), matching(CODE, answer)) == (None, FOUND)


def test_a_whole_code_finds_a_dossier_that_is_kept_under_the_short_one():
    assert matching(CODE, {"HoSo": [dossier(SHORT)]}) == Dossier(
        **{name: getattr(FOUND, name) for name in Dossier.__slots__ if name != "code"}, code=SHORT
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("18/07/2026", date(2026, 7, 18)),
        ("8/7/2026 08:30", date(2026, 7, 8)),
        ("18-07-2026", date(2026, 7, 18)),
        ("2026-07-18", date(2026, 7, 18)),
        ("2026-07-18T23:30:00", date(2026, 7, 18)),
        ("2026-07-17T17:00:00.000Z", date(2026, 7, 18)),
        ({"$date": "2026-07-17T16:59:59Z"}, date(2026, 7, 17)),
        ({"$date": 5}, None),
        ("31/02/2026", None),
        ("chưa có", None),
        ("", None),
        (1_776_242_191_512, None),
        (None, None),
    ],
)
def test_days_are_read_and_never_guessed(written, read):
    found = matching(CODE, {"HoSo": [dossier(CODE, NgayTiepNhan=written)]})

    assert found is not None
    assert found.received == read


def test_numbers_of_people_in_the_words_of_the_service_are_hidden():
    found = matching(CODE, {"HoSo": [dossier(CODE, DonViXuLy="UBND phường Tre (0905123456)", TenTrangThai=None)]})

    assert found is not None
    assert (found.agency, found.status) == ("UBND phường Tre ([số điện thoại])", "")


def test_endless_words_are_cut():
    found = matching(CODE, {"HoSo": [dossier(CODE, TenTTHC="tre " * 1000, TenChuHoSo="Tre " * 1000)]})

    assert found is not None
    assert (len(found.procedure), found.applicant) == (200, " ".join(["T**"] * 8))
