"""Places as sentences: which ward a name is today, who receives the file there, where its office is."""

from __future__ import annotations

from assistant import wording, wording_places
from assistant.conversation import Answer, Block, Citation, Status, Suggestion
from assistant.draft import Finding, Whereabouts
from assistant.write.figures import day
from knowledge.competence import Body, Competence, competence
from knowledge.place_names import Match, PlaceMention, Reading
from knowledge.places import Unit, places, split_kind
from knowledge.procedure import Language, OnlineLevel, Procedure, Section
from knowledge.text import fold

_MOST_LISTED = 12


def tell_place(finding: Finding, language: Language) -> Answer:
    """An answer about a place alone: what it is today and where its office is, or which one is meant."""
    mention = finding.whereabouts.mention
    if mention is None or finding.unit is None:
        return ask_place(mention, language)
    block = Block(
        section=Section.WHERE,
        text=_is_today(mention, finding.unit, language),
        items=office_lines(finding.unit, language),
        cites=(1,),
    )
    status = Status.ANSWERED_OFFICE
    return Answer(status=status, language=language, blocks=(block,), citations=(citation(1, ""),))


def ask_place(mention: PlaceMention | None, language: Language) -> Answer:
    """The question which of several places is meant."""
    if mention is None:
        words = wording.SAID[Status.CLARIFICATION_SUBJECT].said_in(language)
        return Answer(status=Status.CLARIFICATION_SUBJECT, language=language, blocks=(Block(text=words),))
    return Answer(
        status=Status.CLARIFICATION_PLACE,
        language=language,
        blocks=(Block(section=Section.WHERE, text=_which(mention, language)),),
        suggestions=place_buttons(mention, ""),
    )


def office_blocks(
    procedure: Procedure,
    where: Whereabouts,
    unit: Unit | None,
    number: int,
    language: Language,
    *,
    online_told: bool = False,
) -> list[Block]:
    """What an answer about where to file adds: today's body, its office, and what was asked of other places."""
    told = competence(procedure, unit)
    lines = [_anywhere(procedure, told, language)] if where.anywhere else []
    moved = _district_gone(told, language) if where.district or told.was_district else []
    lines += moved
    cites: tuple[int, ...] = ()
    if unit is not None and (where.mention or not where.anywhere):
        lines += _at(told, where, unit, language, told_body=bool(moved))
        cites = (number,)
    elif where.mention is not None and asks_which(procedure, where):
        lines.append(_which(where.mention, language))
    if told.online_only and not online_told:
        source = told.online_only
        lines.append(wording_places.ONLINE_ONLY.said_in(language).format(source=source.name, day=day(source.as_of)))
    return _office_block(lines, cites, language)


def nearby_blocks(procedure: Procedure, unit: Unit | None, number: int, language: Language) -> list[Block]:
    """The office in the ward that a question about something else names, where the file is received there."""
    if unit is None or not is_at_ward(procedure):
        return []
    lines = _at(competence(procedure, unit), Whereabouts(), unit, language, told_body=False)
    return _office_block(lines, (number,), language)


def _office_block(lines: list[str], cites: tuple[int, ...], language: Language) -> list[Block]:
    if not lines:
        return []
    heading = wording_places.OFFICE_HEADING.said_in(language)
    return [Block(section=Section.WHERE, heading=heading, items=tuple(dict.fromkeys(lines)), cites=cites)]


def is_at_ward(procedure: Procedure) -> bool:
    """Whether the place decides which office receives the file."""
    receives = competence(procedure).receives
    return receives is not None and receives.at_ward


def asks_which(procedure: Procedure, where: Whereabouts) -> bool:
    """Whether an answer about where to file must ask which of several places is meant."""
    return where.mention is not None and where.mention.match is None and is_at_ward(procedure)


def _district_gone(told: Competence, language: Language) -> list[str]:
    if told.receives is None:
        return []
    return [wording_places.DISTRICT_GONE.said_in(language).format(body=told.receives.said_in(language))]


def _anywhere(procedure: Procedure, told: Competence, language: Language) -> str:
    if told.anywhere:
        source = told.anywhere_source or procedure.source_of(Section.WHERE).name
        return wording_places.ANYWHERE_YES.said_in(language).format(source=source)
    if told.elsewhere:
        return told.elsewhere.said_in(language)
    online = procedure.online in (OnlineLevel.FULL, OnlineLevel.PARTIAL)
    also = wording_places.ANYWHERE_ONLINE.said_in(language) if online else ""
    return wording_places.ANYWHERE_UNKNOWN.said_in(language).format(hotline=wording.HOTLINE, online=also)


def _at(told: Competence, where: Whereabouts, unit: Unit, language: Language, *, told_body: bool) -> list[str]:
    """The body in this ward and its address; elsewhere, that the ward is not the place."""
    former = where.mention is not None and where.mention.match is not None and where.mention.match.former is not None
    lines = [_is_today(where.mention, unit, language)] if former else []
    body = told.receives
    if body is None:
        return lines
    if not body.at_ward:
        return [*lines, _not_at(body, unit, language)] if where.mention else lines
    if not told_body:
        lines.append(wording_places.RECEIVED_BY.said_in(language).format(body=body.said_in(language)))
    if body.kind in ("ward_police", "ward_military"):
        named = body.said_in(language)
        return [*lines, wording_places.OFFICE_POLICE.said_in(language).format(body=named, hotline=wording.HOTLINE)]
    return [*lines, *office_lines(unit, language)]


def _not_at(body: Body, unit: Unit, language: Language) -> str:
    """That the ward is not the place, or may not be: some bodies sit there in some cases."""
    folded = fold(body.name.vi)
    maybe = any(words in folded for words in ("xa, phuong", "cap xa", "phuc vu hanh chinh cong"))
    words = (wording_places.MAYBE_AT_WARD if maybe else wording_places.NOT_AT_WARD).said_in(language)
    return words.format(unit=unit.full_name, hotline=wording.HOTLINE)


def office_lines(unit: Unit, language: Language) -> tuple[str, ...]:
    """The address of a ward's office, as far as the sources agree, and a map."""
    office = unit.office
    lines = [wording_places.OFFICE_AT.said_in(language).format(unit=unit.full_name, address=office.address.rstrip("."))]
    if office.other_address:
        other = office.other_address.rstrip(".")
        lines.append(wording_places.OFFICE_OR.said_in(language).format(address=other, hotline=wording.HOTLINE))
    lines.append(wording_places.OFFICE_MAP.said_in(language).format(url=office.map_url))
    return tuple(lines)


def _is_today(mention: PlaceMention | None, unit: Unit, language: Language) -> str:
    former = mention.match.former if mention and mention.match else None
    now = _capital(unit.full_name)
    if former is None:
        return wording_places.PLACE_SAME.said_in(language).format(now=now)
    said = _capital(former.full_name)
    if former.until:
        words = wording_places.PLACE_BEFORE.said_in(language)
        return words.format(said=said, into=_lower(former.into), year=former.until, now=unit.full_name)
    words = wording_places.PLACE_NOW.said_in(language)
    return words.format(said=said, district=_lower(former.district), now=unit.full_name)


def _which(mention: PlaceMention, language: Language) -> str:
    listed = ", ".join(_told(match, mention.reading, language) for match in mention.matches[:_MOST_LISTED])
    words = wording_places.PLACE_ASK[mention.reading].said_in(language)
    told = words.format(
        said=_district(mention) or mention.said, count=len(mention.matches), listed=listed, hotline=wording.HOTLINE
    )
    return _capital(told)


def _district(mention: PlaceMention) -> str:
    """The abolished district that is meant, with its kind: «Sơn Trà» → quận Sơn Trà."""
    if mention.reading is not Reading.DISTRICT:
        return ""
    said = fold(mention.said)
    shared = set.intersection(*({former.district for former in match.unit.was} for match in mention.matches))
    meant = [district for district in sorted(shared) if fold(split_kind(district)[1]) in said]
    return _lower(meant[0]) if len(meant) == 1 else ""


def _told(match: Match, reading: Reading, language: Language) -> str:
    if match.former is None or reading is Reading.SPLIT:
        return match.unit.full_name
    words = wording_places.PLACE_WAS.said_in(language)
    return words.format(now=match.unit.full_name, said=match.former.full_name, district=_lower(match.former.district))


def place_buttons(mention: PlaceMention | None, about: str) -> tuple[Suggestion, ...]:
    """The places that may be meant, as buttons."""
    if mention is None or mention.match is not None:
        return ()
    names = dict.fromkeys(match.unit.full_name for match in mention.matches[:_MOST_LISTED])
    return tuple(Suggestion(label=_capital(name), text=name, about=about) for name in names)


def citation(number: int, code: str) -> Citation:
    """Where the map and the offices were read."""
    source = places().offices_source
    return Citation(
        number=number,
        code=code,
        section=Section.WHERE,
        url=source.url,
        source=source.name,
        version=1,
        as_of=source.as_of.isoformat(),
        told_by="",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
