"""Reading a place out of what people say: old names, short forms, no marks; and saying so when it may be several.

A name is never guessed. One that several units share, or that was split, gives all of them, and the citizen is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.place_context import ENGLISH_KINDS, Said, read
from knowledge.place_index import Name, by_marks, initials_index, name_index, names_at, tokens_of
from knowledge.places import DISTRICT_KINDS, WARD_KINDS, Former, Unit, places

_UNKNOWN_NAME = range(2, 5)
"""So many capitalised syllables behind «phường» must be meant as a name; more are a headline."""

_HERE = frozenset(("da nang", "quang nam", "viet nam"))


class Reading(StrEnum):
    """What became of a name."""

    FOUND = "found"
    SAME_NAME = "same_name"
    """Several units have, or had, this name."""
    SPLIT = "split"
    """The old unit lies in several units today."""
    DISTRICT = "district"
    """An abolished district, or a name that is a district's and a ward's."""
    SHORT_FORM = "short_form"
    """Initials that stand for several names."""
    UNKNOWN = "unknown"
    """It is said to be a ward or commune, and none has that name."""


@dataclass(frozen=True, slots=True)
class Match:
    """A unit of today, and the old name it was found by."""

    unit: Unit
    former: Former | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in a text."""

    reading: Reading
    said: str
    """The words as they stand in the text."""
    start: int
    end: int
    matches: tuple[Match, ...] = ()
    """One where it was found, all that it may be otherwise."""

    @property
    def match(self) -> Match | None:
        """The place, where there is no doubt."""
        return self.matches[0] if self.reading is Reading.FOUND else None


def find_place(text: str) -> PlaceMention | None:
    """The place a text consists of or contains, as in a form's address field; None if it names none, or two."""
    return _best(_mentions(text, marked=False))


def place_in(text: str) -> PlaceMention | None:
    """The place a question mentions: only where the words around it say that it is one. None if it names two."""
    return _best(_mentions(text, marked=True))


def choose_place(text: str, codes: tuple[str, ...]) -> PlaceMention | None:
    """The place an answer names to the question which of these units is meant; any other place it names counts too."""
    mention = find_place(text)
    if mention is None or mention.match:
        return mention
    named = [match for match in mention.matches if match.unit.code in codes and _is_named(match.unit, mention.said)]
    return replace(mention, reading=Reading.FOUND, matches=tuple(named)) if len(named) == 1 else mention


def _is_named(unit: Unit, said: str) -> bool:
    """Whether just the name of the unit was said, with its kind or without."""
    return _together(said) in (_together(unit.name), _together(unit.full_name))


def _together(name: str) -> str:
    return "".join(token.folded for token in tokens_of(name))


def _best(mentions: list[PlaceMention]) -> PlaceMention | None:
    """A sure reading before an unsure one; the first of its kind. Of two places none is picked."""
    order = (Reading.FOUND, Reading.SPLIT, Reading.SAME_NAME, Reading.SHORT_FORM, Reading.DISTRICT, Reading.UNKNOWN)
    best = min(mentions, key=lambda mention: order.index(mention.reading), default=None)
    if best is None or best.match is None:
        return best
    named = [mention for mention in mentions if mention.reading in (Reading.FOUND, Reading.SPLIT, Reading.SAME_NAME)]
    same = all(best.match.unit.code in {match.unit.code for match in mention.matches} for mention in named)
    return best if same else None


def _mentions(text: str, *, marked: bool) -> list[PlaceMention]:
    said = read(text, marked=marked)
    mentions, position = [], 0
    while position < len(said.tokens):
        mention, after = _mention_at(said, position)
        if mention is not None and not said.is_elsewhere(mention.end):
            mentions.append(mention)
        position = max(after, position + 1)
    return mentions


def _mention_at(said: Said, position: int) -> tuple[PlaceMention | None, int]:
    """The mention that begins at a position, and where to read on."""
    kind, length = said.kind_at(position)
    start = position + length
    if not kind and position in said.behind:
        return None, position + said.behind[position]
    if not kind and not said.may_begin(position):
        return None, position + 1
    names, taken = names_at(said.tokens, start, name_index())
    if not names:
        return _without_name(said, position, start, kind), start
    end = start + taken
    if kind in WARD_KINDS and said.goes_on(end):
        return _without_name(said, position, start, kind), end
    if not kind and not said.ends(end) and said.folded(end) in ENGLISH_KINDS:
        kind, end = ENGLISH_KINDS[said.folded(end)], end + 1
    former, today, end = said.when(position, end)
    if not said.is_meant(position, start + taken, kind, names):
        return None, start
    kept = by_marks(names, said.tokens[start : start + taken], accented=said.accented, kind=kind)
    reading, matches = _judge(_narrow(kept, kind, said.districts, former=former, today=today))
    if not matches:
        return None, start + taken
    return _mention(said, reading, position, end, matches), end


def _without_name(said: Said, position: int, start: int, kind: str) -> PlaceMention | None:
    """A kind with initials («p. HC»), a name nobody has, or just the word («ra phường»)."""
    if kind not in WARD_KINDS:
        return None
    kept = _of_kind(initials_index().names.get(said.folded(start), []), kind) if said.are_initials(start) else []
    matches = _matches([name for name in kept if name.districts & said.districts] or kept)
    if matches:
        reading = Reading.FOUND if len(matches) == 1 else Reading.SHORT_FORM
        return _mention(said, reading, position, start + 1, matches)
    end = start
    while (end == start or not said.ends(end)) and said.is_capital(end):
        end += 1
    here = " ".join(token.folded for token in said.tokens[start : start + 2]) in _HERE
    return _mention(said, Reading.UNKNOWN, position, end) if end - start in _UNKNOWN_NAME and not here else None


def _mention(said: Said, reading: Reading, first: int, end: int, matches: tuple[Match, ...] = ()) -> PlaceMention:
    start, stop = said.tokens[first].start, said.tokens[end - 1].end
    stop += "(" in said.text[start:stop] and said.text[stop : stop + 1] == ")"
    return PlaceMention(reading, said.text[start:stop], start, stop, matches)


def _narrow(names: list[Name], kind: str, districts: frozenset[str], *, former: bool, today: bool) -> list[Name]:
    """The names that fit what was said best: kind, district, old or new. A sign that no ward fits is dropped."""
    kept = _of_kind(names, kind)
    if districts:
        kept = [name for name in kept if name.districts & districts] or kept
    if former:
        kept = [name for name in kept if name.district or name.former] or kept
    if today or (kind in WARD_KINDS and not former and not districts):
        kept = [name for name in kept if name.unit and name.former is None] or kept
    return kept


def _of_kind(names: list[Name], kind: str) -> list[Name]:
    if kind in DISTRICT_KINDS:
        return [name for name in names if name.district]  # «quận Tân Bình» is not here
    if kind in WARD_KINDS:
        wards = [name for name in names if not name.district]
        return [name for name in wards if name.kind == kind] or wards or names
    return names


def _judge(names: list[Name]) -> tuple[Reading, tuple[Match, ...]]:
    matches = _matches(names)
    if len(matches) == 1:
        return Reading.FOUND, matches
    if any(name.district for name in names):
        return Reading.DISTRICT, matches
    split = any(match.former and match.former.split for match in matches)
    return Reading.SPLIT if split else Reading.SAME_NAME, matches


def _matches(names: list[Name]) -> tuple[Match, ...]:
    """One match a unit: an old name that is told, else today's."""
    found: dict[str, Match] = {}
    for name in names:
        if name.district:
            for unit in places().in_district(name.district):
                found.setdefault(unit.code, Match(unit))
        elif name.unit is not None:
            found.setdefault(name.unit.code, Match(name.unit, name.former))
    return tuple(found.values())
