"""The JSON API of what surrounds the procedures: places, life events, and what is wrong in a record."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from assistant.assistant import now
from channels.requests import Problem, known, parts, problem
from knowledge import quality
from knowledge.events import Event, events
from knowledge.place_names import PlaceMention, Reading, find_place
from knowledge.places import Unit, places
from knowledge.procedure import Text

router = APIRouter(prefix="/api", tags=["catalogue"])


class UnitOut(BaseModel):
    """A ward or commune of today, with its office."""

    code: str
    name: str
    was: str = Field(default="", description="The old name it was found by")
    address: str
    other_address: str = Field(default="", description="What a second source says where the two differ")
    latitude: float
    longitude: float
    map: str
    kilometres: float | None = None


class PlaceOut(BaseModel):
    """What became of a name: one unit where it is sure, all that it may be otherwise."""

    reading: Reading
    said: str = ""
    units: list[UnitOut]


class RuleOut(BaseModel):
    """A quality rule."""

    id: str
    severity: quality.Severity
    about: str
    explanation: str
    example: str
    fix: str
    caution: Text | None = None


class FindingOut(BaseModel):
    """What a rule found in a record."""

    rule: str
    severity: quality.Severity
    detail: str
    caution: Text | None = None


@router.get("/places")
def place(q: Annotated[str, Query(min_length=1, max_length=300)]) -> PlaceOut:
    """Today's ward or commune of a name or address, old or new. An unsure name gives all it may be, never a guess."""
    mention = find_place(q)
    if mention is None:
        return PlaceOut(reading=Reading.UNKNOWN, units=[])
    return PlaceOut(reading=mention.reading, said=mention.said, units=_units(mention))


@router.get("/places/nearest", responses={422: {"model": Problem}})
def nearest(
    latitude: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)],
    longitude: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)],
    k: Annotated[int, Query(ge=1, le=94)] = 3,
) -> list[UnitOut]:
    """The offices nearest to a point, as the crow flies."""
    found = places().nearest(latitude, longitude, k)
    return [_unit(unit).model_copy(update={"kilometres": round(far, 3)}) for unit, far in found]


@router.get("/events")
def all_events() -> list[Event]:
    """The life events, each with its steps in order."""
    return list(events().values())


@router.get("/events/{name}", responses={404: {"model": Problem}})
def event(name: str) -> Event:
    """One life event."""
    if name not in events():
        raise problem(404, "unknown_event", "Không có sự kiện này.", "There is no such life event.")
    return events()[name]


@router.get("/quality/rules")
def rules() -> list[RuleOut]:
    """What records are checked for: each rule with severity, explanation, example and fix."""
    return [
        RuleOut(
            id=rule.id,
            severity=rule.severity,
            about=rule.about,
            explanation=rule.explanation,
            example=rule.example,
            fix=rule.fix,
            caution=rule.caution,
        )
        for rule in quality.rules().values()
    ]


@router.get("/procedures/{code}/findings", responses={404: {"model": Problem}})
def findings(code: str, request: Request) -> list[FindingOut]:
    """What is wrong in one procedure's record, and what a citizen is told of it."""
    found = quality.check(known(parts(request), code), now().date())
    return [
        FindingOut(
            rule=finding.rule.id,
            severity=finding.rule.severity,
            detail=finding.detail,
            caution=finding.caution.text if finding.caution else None,
        )
        for finding in found
    ]


def _units(mention: PlaceMention) -> list[UnitOut]:
    return [
        _unit(match.unit).model_copy(update={"was": match.former.full_name if match.former else ""})
        for match in mention.matches
    ]


def _unit(unit: Unit) -> UnitOut:
    office = unit.office
    return UnitOut(
        code=unit.code,
        name=unit.full_name,
        address=office.address,
        other_address=office.other_address,
        latitude=office.latitude,
        longitude=office.longitude,
        map=office.map_url,
    )
