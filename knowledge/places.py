"""Today's map of Da Nang: 94 units since 1 July 2025, their offices, and the names they had before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.text import place_tones

_DATA = Path(__file__).with_name("places.yaml")
_EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""

WARD_KINDS = ("phường", "xã", "thị trấn", "đặc khu")
"""What a unit of the lowest level is, or was, called."""
DISTRICT_KINDS = ("quận", "huyện", "thị xã", "thành phố")
"""What the districts abolished on 1 July 2025 were called."""

OUTSIDE_KM = 30.0
"""Farther from every office than this is not in the city: its communes in the mountains are large."""


@dataclass(frozen=True, slots=True)
class Former:
    """A name that a unit, or a part of it, had before."""

    kind: str
    name: str
    district: str
    """The abolished district, with its kind: Quận Hải Châu."""
    until: int | None = None
    """The year it ended, where that was before 1 July 2025."""
    into: str = ""
    """The unit it went into then."""
    split: bool = False
    """It lies in several units today: the name alone does not tell which."""

    @property
    def full_name(self) -> str:
        """As people say it: phường Hòa Cường Bắc."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Office:
    """Where the People's Committee of a unit sits."""

    address: str
    other_address: str
    """What a second source says where the two differ, else empty."""
    latitude: float
    longitude: float
    """WGS 84, degrees."""

    @property
    def map_url(self) -> str:
        """A link that opens the place on a map."""
        return f"https://www.google.com/maps/search/?api=1&query={self.latitude:.5f},{self.longitude:.5f}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A ward, commune or special zone of today."""

    code: str
    """Its number in the national list (QĐ 19/2025/QĐ-TTg)."""
    name: str
    """As in the national list: Hoà Cường."""
    kind: str
    office: Office
    was: tuple[Former, ...]

    @property
    def full_name(self) -> str:
        """As people read it, with the tone mark in its usual place: phường Hòa Cường."""
        return place_tones(f"{self.kind} {self.name}")


@dataclass(frozen=True, slots=True)
class PlaceSource:
    """Where the map was read, and when."""

    name: str
    url: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Places:
    """All units."""

    units: Mapping[str, Unit]
    """By code."""
    offices_source: PlaceSource
    other_provinces: tuple[str, ...] = ()
    """Provinces and cities that are not Da Nang, old names included."""

    def in_district(self, district: str) -> tuple[Unit, ...]:
        """The units of today that lie, at least in part, in an abolished district."""
        return tuple(unit for unit in self.units.values() if any(former.district == district for former in unit.was))

    @property
    def districts(self) -> tuple[str, ...]:
        """The abolished districts, with their kind."""
        return tuple(dict.fromkeys(former.district for unit in self.units.values() for former in unit.was))

    def nearest(self, latitude: float, longitude: float, count: int = 3) -> list[tuple[Unit, float]]:
        """The units whose offices are nearest to a point, with the distance in kilometres as the crow flies.

        Raises:
            ValueError: no such point on earth.

        """
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError("latitude is from -90 to 90, longitude from -180 to 180")
        far = ((unit, _kilometres(latitude, longitude, unit.office)) for unit in self.units.values())
        return sorted(far, key=lambda pair: pair[1])[:count]


def _kilometres(latitude: float, longitude: float, office: Office) -> float:
    """The great-circle distance (haversine)."""
    north, south = math.radians(latitude), math.radians(office.latitude)
    half_up, half_across = (north - south) / 2, math.radians(longitude - office.longitude) / 2
    chord = math.sin(half_up) ** 2 + math.cos(north) * math.cos(south) * math.sin(half_across) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(chord))


@lru_cache(maxsize=1)
def places() -> Places:
    """The map, read once."""
    data: dict[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    source = data["sources"]["offices"]
    units = (_unit(raw) for raw in data["units"])
    offices = PlaceSource(source["name"], source["url"], data["as_of"])
    return Places({unit.code: unit for unit in units}, offices, tuple(data["other_provinces"]))


def _unit(raw: dict[str, Any]) -> Unit:
    office = raw["office"]
    return Unit(
        code=raw["code"],
        name=raw["name"],
        kind=raw["kind"],
        office=Office(office["address"], office.get("or", ""), *office["at"]),
        was=tuple(_former(former) for former in raw.get("was", ())),
    )


def _former(raw: dict[str, Any]) -> Former:
    kind, name = split_kind(raw["name"])
    return Former(kind, name, raw["district"], raw.get("until"), raw.get("into", ""), raw.get("split", False))


def split_kind(full_name: str) -> tuple[str, str]:
    """«Phường Hải Châu» → («phường», «Hải Châu»); the kind is empty where none stands in front."""
    for kind in (*WARD_KINDS, *DISTRICT_KINDS):
        if full_name.lower().startswith(f"{kind} "):
            return kind, full_name[len(kind) + 1 :]
    return "", full_name
