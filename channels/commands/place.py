"""`tro-ly place`: which ward a name is today, its office, and the offices nearest to a point."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from channels.commands.screen import out
from knowledge.place_names import Match, PlaceMention, Reading, find_place
from knowledge.places import Unit, places


def place(
    name: Annotated[str, typer.Argument(help="A name or address, old or new, with marks or without.")] = "",
    near: Annotated[str, typer.Option(help="LATITUDE,LONGITUDE: the nearest offices instead.")] = "",
    count: Annotated[int, typer.Option("-k", min=1, max=94, help="How many offices with --near.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find today's ward or commune of a place, and its office. A name that may be several is asked about, never guessed."""
    if bool(name) == bool(near):
        raise typer.BadParameter("give a name, or --near LATITUDE,LONGITUDE")
    if near:
        _nearest(near, count, as_json=as_json)
        return
    mention = find_place(name)
    if as_json:
        typer.echo(json.dumps(_as_json(mention), ensure_ascii=False))
    else:
        _print(name, mention)
    if mention is None or mention.match is None:
        raise typer.Exit(1)


def _print(name: str, mention: PlaceMention | None) -> None:
    if mention is None or mention.reading is Reading.UNKNOWN:
        out.print(f"«{name}»: no ward or commune of Da Nang has, or had, this name.", markup=False)
        return
    if mention.match is None:
        out.print(f"«{mention.said}» may be {len(mention.matches)} places ({mention.reading}):", markup=False)
    for match in mention.matches:
        out.print(_line(match), markup=False)


def _line(match: Match) -> str:
    unit, former = match.unit, match.former
    line = f"{unit.full_name} ({unit.code})"
    if former:
        line += f" – {former.full_name}, {former.district}"
        line += f", until {former.until}" if former.until else ""
    line += f"\n  {unit.office.address}"
    if unit.office.other_address:
        line += f"\n  or, by another source: {unit.office.other_address}"
    return f"{line}\n  {unit.office.map_url}"


def _nearest(near: str, count: int, *, as_json: bool) -> None:
    try:
        latitude, longitude = (float(part) for part in near.split(","))
    except ValueError as error:
        raise typer.BadParameter(f"{near}: two numbers are needed, like 16.0544,108.2022.") from error
    try:
        found = places().nearest(latitude, longitude, count)
    except ValueError as error:
        raise typer.BadParameter(f"{near}: {error}.") from error
    if as_json:
        typer.echo(json.dumps([{**_unit(unit), "km": round(far, 3)} for unit, far in found], ensure_ascii=False))
        return
    for unit, far in found:
        out.print(
            f"{far:6.2f} km  {unit.full_name}: {unit.office.address}\n           {unit.office.map_url}", markup=False
        )


def _as_json(mention: PlaceMention | None) -> dict[str, object]:
    if mention is None:
        return {"reading": Reading.UNKNOWN, "units": []}
    units = [{**_unit(match.unit), "was": match.former.full_name if match.former else ""} for match in mention.matches]
    return {"reading": mention.reading, "said": mention.said, "units": units}


def _unit(unit: Unit) -> dict[str, object]:
    office = unit.office
    return {
        "code": unit.code,
        "name": unit.full_name,
        "address": office.address,
        "other_address": office.other_address,
        "latitude": office.latitude,
        "longitude": office.longitude,
        "map": office.map_url,
    }
