"""Who receives a file now: a procedure and a place give a body of today's Da Nang.

Since 1 July 2025 there are two tiers. What a record says of districts, merged departments or another province's office is
read as the body that has the work here today; where that cannot be told, the record's own words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from knowledge.places import Unit, places
from knowledge.procedure import Language, Level, Procedure, Source, Text
from knowledge.text import fold, one_line

_DATA = Path(__file__).with_suffix(".yaml")
_ANY_WARD = Text(vi="xã, phường nơi anh/chị ở", en="the ward or commune where you live")
_LANGUAGES: Final[tuple[Language, Language]] = ("vi", "en")
_BETWEEN_BODIES = re.compile(r"; | hoặc |\. |: ")
_AT_WARDS = frozenset(("ward", "ward_police", "ward_military", "land_office"))
_DISTRICT_WORDS = (
    "cap huyen",
    "ubnd huyen",
    "ubnd quan",
    "uy ban nhan dan huyen",
    "uy ban nhan dan quan",
    "cong an huyen",
)


@dataclass(frozen=True, slots=True)
class Body:
    """An office as a citizen knows it."""

    kind: str
    """Which of the bodies of `competence.yaml`; empty where the record's own words stand."""
    name: Text
    at_ward: bool
    """It sits in each ward or commune: the place decides which."""

    def said_in(self, language: Language) -> str:
        """Its name."""
        return self.name.said_in(language)


@dataclass(frozen=True, slots=True)
class Competence:
    """Who takes the file and who decides, under today's government."""

    receives: Body | None
    settles: Body | None
    anywhere: bool | None
    """May be filed regardless of residence; None where no source says."""
    anywhere_source: str
    elsewhere: Text | None
    """What happens at another ward than one's own, where a rule for the whole field says."""
    online_only: Source | None
    """Set where it is filed online only: where that was read."""
    was_district: bool
    """The record still names the abolished district level."""


def competence(procedure: Procedure, unit: Unit | None = None) -> Competence:
    """Who receives a procedure's file, in a ward or commune if one is known."""
    agency = procedure.agency
    told = [sentence.vi for sentence in (agency.receives, agency.settles) if sentence]
    return Competence(
        receives=_receives(procedure, unit),
        settles=_as_written(agency.settles, procedure, unit, settling=True) if agency.settles else None,
        elsewhere=_elsewhere().get(procedure.field),
        anywhere=agency.anywhere,
        anywhere_source=agency.anywhere_source,
        online_only=_online_only().get(procedure.code),
        was_district=any(word in fold(name) for name in told for word in _DISTRICT_WORDS),
    )


def _receives(procedure: Procedure, unit: Unit | None) -> Body | None:
    receives = procedure.agency.receives
    return _by_level(procedure, unit) if receives is None else _as_written(receives, procedure, unit)


def _as_written(sentence: Text, procedure: Procedure, unit: Unit | None, *, settling: bool = False) -> Body | None:
    """The body; a written entry's own words stay, unless a ward is known and they mean wards."""
    body = _body(sentence, procedure, unit, settling=settling)
    if body is None:
        return None
    at_ward = body.at_ward and not (sentence.en and _begins_elsewhere(sentence, procedure))
    by_hand = bool(sentence.en) and (unit is None or not at_ward)
    return Body(body.kind, sentence, at_ward) if by_hand else body


def _begins_elsewhere(sentence: Text, procedure: Procedure) -> bool:
    """Whether it names first who sits in no ward: «Sở Y tế …; một số cơ sở do UBND xã, phường», «tùy giấy …»."""
    first = fold(_BETWEEN_BODIES.split(sentence.vi, maxsplit=1)[0])
    kind = _kind_of(first, procedure)
    return first.startswith("tuy ") or (kind != "" and kind not in _AT_WARDS)


def _by_level(procedure: Procedure, unit: Unit | None) -> Body | None:
    """No agency is named: the lowest level that the record flags takes the file."""
    if Level.WARD in procedure.levels:
        return _named("ward", unit)
    return _named("city", unit) if Level.PROVINCE in procedure.levels else None


def _body(sentence: Text, procedure: Procedure, unit: Unit | None, *, settling: bool = False) -> Body | None:
    """Today's body; several, where a record names several that differ; None if all are other provinces'."""
    if not {Level.WARD, Level.PROVINCE} & set(procedure.levels):
        return Body("", sentence, at_ward=False)  # a ministry's own matter: its words stand
    parts = [part for part in sentence.vi.split(";") if part.strip()] if not sentence.en else [sentence.vi]
    bodies = [_one_body(part, procedure, unit, settling=settling) for part in parts]
    bodies = [body for body in bodies if body.kind or not names_other_province(body.name.vi)]
    known = any(body.kind for body in bodies)
    # Beside a body of the city, one of the ministry is for cases that are not filed here.
    told = {body.name.vi: body for body in bodies if body.kind or not (known and _is_central(body.name.vi))}
    if not told:
        return None
    if not known and len(told) == len(parts):
        return Body("", sentence, at_ward=False)
    if len(told) == 1:
        return next(iter(told.values()))
    kind = next((body.kind for body in told.values() if body.kind), "")
    return Body(kind, _joined(tuple(told.values())), any(body.at_ward for body in told.values()))


def _joined(bodies: tuple[Body, ...]) -> Text:
    vi, en = ("; ".join(body.said_in(language) for body in bodies) for language in _LANGUAGES)
    return Text(vi=f"{vi} (tùy trường hợp)", en=f"{en} (it depends on the case)")


def _one_body(words: str, procedure: Procedure, unit: Unit | None, *, settling: bool) -> Body:
    folded = fold(words)
    moved = next((now for now, old in _moved() if old.search(folded)), "")
    kind = "department" if moved else _kind_of(folded, procedure)
    if not kind:
        return Body("", Text(vi=one_line(words)), at_ward=False)
    return _named(kind, unit, department=moved or _department(words), settling=settling)


def _kind_of(folded: str, procedure: Procedure) -> str:
    for body, words in _patterns():
        if words.search(folded):
            return body
    if Level.WARD in procedure.levels and "trung tam phuc vu hanh chinh cong" in folded:
        return "ward"
    return ""


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(pattern["body"], _any_of(pattern["words"])) for pattern in _data()["patterns"]]


@lru_cache(maxsize=1)
def _moved() -> list[tuple[str, re.Pattern[str]]]:
    return [(now, _any_of([old])) for old, now in _data()["moved"].items()]


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of these words, whole: «cơ sở y tế» is no «sở y tế»."""
    return re.compile(rf"(?<!\bco )\b(?:{'|'.join(map(re.escape, phrases))})\b")


def names_other_province(name: str) -> bool:
    """Whether an office is another province's: «Sở Tư pháp Thành phố Hà Nội»."""
    return _other_province().search(fold(name)) is not None


@lru_cache(maxsize=1)
def _other_province() -> re.Pattern[str]:
    names = "|".join(re.escape(fold(name)) for name in places().other_provinces)
    return re.compile(rf"\b(?:tinh|thanh pho|tp\.?|thu do) ?-? ?(?:{names})\b")


def _is_central(name: str) -> bool:
    return fold(name).startswith(tuple(_data()["central"]))


def _department(words: str) -> str:
    """The department without the province whose record it came from."""
    name = one_line(words)
    for cut in (" Thành phố", " thành phố", " TP", " các tỉnh", " tỉnh", " Tỉnh", " - "):
        name = name.split(cut, maxsplit=1)[0]
    return name.strip(" ,.-–")


def _named(kind: str, unit: Unit | None, *, department: str = "", settling: bool = False) -> Body:
    words = _data()["bodies"][kind]
    words = words.get("settles", words) if settling else words
    place = Text(vi=unit.full_name, en=unit.full_name) if unit else _ANY_WARD
    name = Text(
        vi=words["vi"].format(unit=place.vi, department=department),
        en=words["en"].format(unit=place.en, department=department),
    )
    return Body(kind, name, at_ward=kind in _AT_WARDS)


@lru_cache(maxsize=1)
def _elsewhere() -> dict[str, Text]:
    return {rule["field"]: Text(vi=rule["vi"], en=rule["en"]) for rule in _data()["elsewhere"]}


@lru_cache(maxsize=1)
def _online_only() -> dict[str, Source]:
    told = _data()["online_only"]
    raw = told["source"]
    as_of: date = raw["as_of"]
    source = Source(name=raw["name"], url=raw["url"], as_of=as_of)
    return dict.fromkeys(told["codes"], source)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
