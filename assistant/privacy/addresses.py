"""Where a person lives: house and street after words that say so. The ward and the city stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from assistant.privacy.kinds import Kind, Span, data
from assistant.privacy.names import is_name_syllable
from assistant.privacy.reading import Reading, Word
from knowledge.text import fold

_SPOKEN = r"(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram (?:linh|le)|tram)"
_NUMBER = r"\d{1,5}[a-z]?(?: ?/ ?[hk]?\d{1,4}[a-z]?){0,4}"
_LANE = r"(?:so nha|nha so|so|kiet|hem|ngo|ngach|k|h|lo|to|khu|block|can ho|can|phong|tang|toa)"
_HOUSE = (
    rf"(?P<house>(?:so nha|so(?! tu phap)|k|kiet|hem) {_SPOKEN}(?: {_SPOKEN}){{0,5}}(?= duong|(?: [^\W\d_]+){{2}})"
    rf"|(?:{_SPOKEN} ){{1,3}}(?:muoi|tram)(?: {_SPOKEN}){{0,3}}(?=(?: [^\W\d_]+){{2}})"
    rf"|lo \d{{1,4}},? ?-? ?[a-z]\d{{0,2}}[.-]\d{{1,3}}(?!\w)"
    rf"|(?:(?:to|khu|block|tang) \d{{1,3}},? )?(?:{_LANE}[.:]? ?)?{_NUMBER}(?!\w)(?:,? (?:{_LANE}[.:]? ?){_NUMBER}(?!\w)){{0,3}})"
    r"(?P<way>,? ?(?:tren )?(?:duong|pho|kiet|hem|ngo)(?= ))?"
)
_WHERE = re.compile(
    r"(?<!\w)(?P<cue>(?:o|ngu|tai|tam tru|thuong tru|tru|cu tru|dia chi|d/c|nha|que quan|song|sinh song|ho khau|lien he"
    r"|live at|live in|lives at|living at|stay at|staying at|address|reside at|residing at|home)"
    r"(?: (?:cua )?(?:toi|em|minh|tui|con|me|vo|chong|hien tai|hien nay|thuong tru|tam tru|lien he"
    r"|nha|rieng|tro|thue|thue tro)){0,4}(?: la| is| o| tai| at){0,2})"
    rf"\s?:?\s?{_HOUSE}"
)
_HOUSE_NUMBER = re.compile(
    rf"(?<!\w)(?P<house>(?:so nha|nha so|house number):? ?{_NUMBER}(?!\w)(?:,? {_LANE}[.:]? ?{_NUMBER}(?!\w)){{0,2}})"
    r"(?P<way>,? ?(?:duong|pho|kiet|hem|ngo)(?= ))?"
)
_NUMBERED_STREET = re.compile(
    r",? ?(?:(?:mung |mong )?\d{1,2} thang (?:\d{1,2}|chin|tu)|cach mang thang (?:tam|8)|29/3|2/9|30/4|3/2)(?!\w|/)"
)
_BUILDING = re.compile(r",? ?(?:toa(?: nha)?|block|chung cu|khu chung cu|apartment|building)(?!\w)")
_SECTION = re.compile(r" \d{1,2}(?=$|[,.;\n)]| p\b| phuong| q\b| quan| xa\b| tp\b| to \d)")
_SECTION_NEXT = re.compile(r"(?:to|khoi|kp|khu) \d")
_LAST = re.compile(r"$|[,.;\n)]| (?:p|phuong|q|quan|xa|tp|thanh pho|da nang)(?!\w)")
"""What may stand behind the last word of a street."""
_REST = re.compile(r",? ?(?:to|khu pho|kp|khoi|to dan pho)(?: so)? ?\d{1,3}[a-z]?(?!\w)|(?: street| st\.?| road)(?!\w)")
_COUNTED = re.compile(
    r",? ?(?:thang|nam|ngay|tuan|gio|phut|nguoi|noi|cho|lan|cai|con|tuoi|tang|nha|can|phong|phuong|xa|quan|thon|d|k|m2|m|km|trieu)(?!\w)"
)
_HAPPENING = re.compile(
    r",? ?(?:co|bi|dang|xay ra|la (?:ubnd|tru so|co quan|phuong|dau|noi|cho)|co phai|khong thay)(?!\w)"
)
_SURE_HOUSE = re.compile(
    r"(?:so nha|nha so|kiet|hem|ngo|k ?\d|h ?\d|(?:so|k) [a-z]|house number|phong|can ho)|.*\d ?/ ?[hk]?\d"
)
_SHORT_CLAUSE = 70
_MOST_WORDS = 5
_FEWEST_SMALL_WORDS, _MOST_SMALL_WORDS = 2, 4


def addresses(read: Reading) -> Iterator[Span]:
    """Every house number with its street that a person is said to live at; an office's is left alone."""
    for pattern in (_WHERE, _HOUSE_NUMBER):
        for match in pattern.finditer(read.plain):
            end = _end(read, match)
            if end and not _is_of_office(read, match, end):
                yield read.span(match.start("house"), end, Kind.ADDRESS)


def _end(read: Reading, match: re.Match[str]) -> int:
    """Where the address ends; 0 if it is none."""
    sure = _SURE_HOUSE.match(match["house"]) is not None
    place = match.end()
    street = _numbered_street(read, place) or _building_end(read, place)
    street = street or _street_end(read, place, named=sure or match["way"] is not None)
    if not street:
        if not sure or _COUNTED.match(read.plain, match.end("house")):
            return 0
        street = match.end("house")
    rest = _SECTION.match(read.plain, street)
    street = rest.end() if rest else street
    for _ in range(2):
        rest = _REST.match(read.plain, street)
        street = rest.end() if rest else street
    return street


def _numbered_street(read: Reading, place: int) -> int:
    match = _NUMBERED_STREET.match(read.plain, place)
    return match.end() if match else 0


def _building_end(read: Reading, place: int) -> int:
    """Where the name of a block of flats ends that begins here; 0 if none does."""
    match = _BUILDING.match(read.plain, place)
    if match is None:
        return 0
    words = list(read.words(match.end(), _MOST_WORDS))
    named = [word.end for word in takewhile(lambda word: word.capital or not read.cased, words[:_MOST_SMALL_WORDS])]
    return named[-1] if named else match.end()


def _street_end(read: Reading, place: int, *, named: bool) -> int:
    """Where the name of a street ends that begins here; 0 if none does."""
    if read.plain[place : place + 1] == ",":
        place += 1
    words = list(read.words(place, _MOST_WORDS))
    capital = words and read.cased and words[0].capital
    street = _capital_street(read, words) if capital else _small_street(read, words, named=named)
    return street[-1].end if street else 0


def _capital_street(read: Reading, words: Sequence[Word]) -> list[Word]:
    street: list[Word] = []
    for word in words:
        if not word.capital or word.written.lower() in _units() or _SECTION_NEXT.match(read.plain, word.start):
            break
        street.append(word)
    return street


def _small_street(read: Reading, words: Sequence[Word], *, named: bool) -> list[Word]:
    pair = " ".join(word.plain for word in words[:2])
    if not named and pair not in _heads() and not (words and is_name_syllable(words[0].plain, surname=True)):
        return []
    street: list[Word] = []
    for word in words[:_MOST_SMALL_WORDS]:
        known = is_name_syllable(word.plain) or word.plain in _syllables() or _LAST.match(read.plain, word.end)
        if _is_no_street(read, word, street) or not (known or len(street) < _FEWEST_SMALL_WORDS):
            break
        street.append(word)
    return street if len(street) >= _FEWEST_SMALL_WORDS else []


def _is_no_street(read: Reading, word: Word, street: Sequence[Word]) -> bool:
    """Whether the street has ended: «phường», «p», «có»; but «thành» belongs to «núi thành»."""
    if _SECTION_NEXT.match(read.plain, word.start):
        return True
    belongs = len(street) == 1 and word.plain in _syllables()
    if read.marked:
        return word.written.lower() in _written_not_streets() and not belongs
    # A unit has its name behind it: «nguyen tri phuong, phuong thanh khe».
    last = (
        len(street) >= _FEWEST_SMALL_WORDS and is_name_syllable(word.plain) and not next(read.words(word.end, 1), None)
    )
    return word.plain in _not_streets() and not belongs and not last


def _is_of_office(read: Reading, match: re.Match[str], end: int) -> bool:
    """Whether the nearest word before speaks of an office or of handing in, or nobody lives there."""
    clause = read.plain[max(0, match.start() - _SHORT_CLAUSE) : match.start("house")]
    clause = re.split(r"[\n?!;]|\. ", clause)[-1]
    last = ""
    for found in _company().finditer(clause):
        last = found.lastgroup or ""
    if last == "person":
        return False
    if last == "office":
        return True
    bare = match.groupdict().get("cue") == "tai"
    return bare or _HAPPENING.match(read.plain, end) is not None


@lru_cache(maxsize=1)
def _company() -> re.Pattern[str]:
    """People and offices, whichever the clause names."""
    people = "|".join(fold(word) for word in data("words")["house_before_person"].split())
    return re.compile(rf"(?<!\w)(?:(?P<office>{data('words')['offices']})|(?P<person>{people}))(?!\w)")


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset(data("words")["units"].split())


@lru_cache(maxsize=1)
def _written_not_streets() -> frozenset[str]:
    return frozenset(data("words")["not_streets"].split())


@lru_cache(maxsize=1)
def _not_streets() -> frozenset[str]:
    return frozenset(fold(word) for word in _written_not_streets())


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset((*data("words")["street_syllables"].split(), *data("words")["street_heads"].split()))


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    words = data("words")["street_heads"].split()
    return frozenset(f"{first} {second}" for first, second in pairwise(words))
