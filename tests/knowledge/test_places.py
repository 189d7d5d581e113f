"""Today's map: 94 units, their offices and old names, as the reference data has them."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from pathlib import Path

import pytest

from knowledge.places import DISTRICT_KINDS, WARD_KINDS, Former, Office, Unit, places, split_kind
from knowledge.text import fold

FORMER_NAMES = 314


@pytest.fixture(scope="session")
def rows(shared_data):
    """Reads one of the reference tables: `rows("wards")`."""
    folder = shared_data / "places"
    if not folder.is_dir():
        pytest.skip("the reference tables of places are not here: ../shared/data/places")

    def read(name: str) -> list[dict[str, str]]:
        with Path(folder / f"{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return read


def _plain(address):
    """What an address says, however it is typed, without the old office in brackets."""
    return " ".join(re.findall(r"\w+", fold(re.sub(r"\([^)]*\)", "", address)).replace("laee", "la ee")))


def _numbers(address):
    return set(re.findall(r"\d+", re.sub(r"\([^)]*\)", "", address)))


def test_there_are_94_units_each_with_its_own_code():
    units = list(places().units.values())

    assert len(units) == len({unit.code for unit in units}) == len({unit.full_name for unit in units}) == 94
    assert Counter(unit.kind for unit in units) == {"phường": 23, "xã": 70, "đặc khu": 1}
    assert all(places().units[unit.code] is unit for unit in units)


def test_one_old_unit_alone_is_split():
    olds = [(unit.name, former) for unit in places().units.values() for former in unit.was]

    assert len(olds) == FORMER_NAMES
    assert [(name, former) for name, former in olds if former.split] == [
        (name, Former("xã", "Hòa Liên", "Huyện Hòa Vang", split=True)) for name in ("Hải Vân", "Liên Chiểu")
    ]


def test_an_old_name_that_ended_before_2025_says_when_and_into_what():
    olds = {former for unit in places().units.values() for former in unit.was}
    ended = [former for former in olds if former.until]

    assert len(ended) == 32
    assert {former.until for former in ended} == {2020, 2023, 2025}
    assert all(split_kind(former.into)[0] for former in ended)
    assert not any(former.into for former in olds if not former.until)


def test_every_district_has_units_of_today_and_every_kind_is_known():
    known = places()

    assert len(known.districts) == 25
    assert all(split_kind(district)[0] in DISTRICT_KINDS for district in known.districts)
    assert {former.kind for unit in known.units.values() for former in unit.was} <= {*WARD_KINDS, "huyện"}
    assert all(known.in_district(district) for district in known.districts)
    assert [unit.name for unit in known.in_district("Quận Ngũ Hành Sơn")] == ["Ngũ Hành Sơn"]
    assert [unit.name for unit in known.in_district("Quận Sơn Trà")] == ["Sơn Trà", "An Hải"]
    assert known.in_district("Quận Không Có") == ()


def test_every_office_lies_in_or_off_the_city_and_has_a_map():
    on_land = [unit for unit in places().units.values() if unit.kind != "đặc khu"]

    assert all(14.9 < unit.office.latitude < 16.3 for unit in on_land)
    assert all(107.2 < unit.office.longitude < 108.8 for unit in on_land)
    assert places().units["20242"].office.map_url.endswith("query=16.06373,108.22247")


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("Phường Hải Châu", ("phường", "Hải Châu")),
        ("Thị Trấn Prao", ("thị trấn", "Prao")),
        ("thị xã Điện Bàn", ("thị xã", "Điện Bàn")),
        ("Xã Ba", ("xã", "Ba")),
        ("Xãba", ("", "Xãba")),
        ("Hải Châu", ("", "Hải Châu")),
        ("", ("", "")),
    ],
)
def test_a_name_is_told_from_its_kind(full_name, parts):
    assert split_kind(full_name) == parts


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "nearest"),
    [
        ("Dragon Bridge, west end", 16.0612, 108.2245, ["Hải Châu", "An Hải", "Hoà Cường"]),
        ("the covered bridge of Hội An", 15.8772, 108.3260, ["Hội An", "Hội An Tây", "Hội An Đông"]),
        ("the railway station of Tam Kỳ", 15.5700, 108.4700, ["Tam Kỳ", "Bàn Thạch", "Hương Trà"]),
        ("Hoàng Sa", 16.5, 112.0, ["Hoàng Sa", "Tam Hải", "Núi Thành"]),
    ],
)
def test_the_nearest_offices_come_first(place, latitude, longitude, nearest):
    found = places().nearest(latitude, longitude)
    distances = [kilometres for _, kilometres in found]

    assert [unit.name for unit, _ in found] == nearest
    assert distances == sorted(distances)


def test_every_office_is_nearest_to_itself():
    known = places()

    for unit in known.units.values():
        ((near, kilometres),) = known.nearest(unit.office.latitude, unit.office.longitude, count=1)
        assert (near.code, kilometres) == (unit.code, 0)


def test_distances_are_great_circles():
    """Half way round the earth is half its circumference, and a degree of latitude about 111 km."""
    known = places()
    office = known.units["20242"].office

    opposite = dict(_by_code(known.nearest(-office.latitude, office.longitude - 180, count=94)))
    north = dict(_by_code(known.nearest(office.latitude + 1, office.longitude, count=94)))

    assert opposite["20242"] == pytest.approx(math.pi * 6371.0088, rel=1e-6)
    assert north["20242"] == pytest.approx(111.195, rel=1e-4)


def _by_code(found):
    return ((unit.code, kilometres) for unit, kilometres in found)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(90.1, 108), (-91, 108), (16, 180.5), (16, -181), (math.nan, 108), (16, math.inf), (108.2, 16.0 + 200)],
)
def test_a_point_that_is_not_on_earth_is_refused(latitude, longitude):
    with pytest.raises(ValueError, match="latitude is from -90 to 90, longitude from -180 to 180"):
        places().nearest(latitude, longitude)


def test_the_units_are_those_of_the_reference(rows):
    told = {row["new_code"]: (row["short_name"], row["type"]) for row in rows("wards")}

    assert {code: (unit.name, unit.kind) for code, unit in places().units.items()} == told


def test_the_offices_are_those_of_the_reference(rows):
    second = {row["new_code"]: row["admin_centre"] for row in rows("wards")}

    for row in rows("offices"):
        unit: Unit = places().units[row["new_code"]]
        told = {_plain(row["office_address"]), _plain(second[unit.code])}
        assert _plain(unit.office.address) in told, unit.full_name
        expected = (round(float(row["lat"]), 5), round(float(row["lon"]), 5))
        assert (unit.office.latitude, unit.office.longitude) == expected


def test_an_address_that_two_sources_tell_differently_is_told_twice(rows):
    first = {row["new_code"]: row["office_address"] for row in rows("offices")}
    second = {row["new_code"]: row["admin_centre"] for row in rows("wards")}

    differ = {code for code in first if _numbers(second[code]) - _numbers(first[code])}

    both: dict[str, Office] = {code: unit.office for code, unit in places().units.items() if unit.office.other_address}
    assert differ <= set(both)
    assert all(office.other_address == second[code] != office.address for code, office in both.items())


def test_the_old_names_are_those_of_the_reference(rows):
    """Row by row: the name, its district, where it lies today, whether it was split, when it ended and into what."""

    def told(row):
        ended = re.search(r"nhập vào (.+?) \((\d{4})", row["legacy_layer"])
        name = row["old_ward"] or row["old_district"]
        into, until = (ended[1], int(ended[2])) if ended else ("", None)
        return row["new_code"], name.lower(), row["old_district"], row["partial"] == "yes", until, into

    ours = [
        (unit.code, former.full_name.lower(), former.district, former.split, former.until, former.into)
        for unit in places().units.values()
        for former in unit.was
    ]

    assert sorted(ours, key=str) == sorted(map(told, rows("former-wards")), key=str)
    assert len(ours) == FORMER_NAMES
