"""Names of people, where words around say that a name comes: «tôi tên là …», «con tôi là …», «my name is …»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.privacy.kinds import Kind, Span, data
from assistant.privacy.reading import Reading, Word
from knowledge.text import fold, place_tones

_KIN = "ong|ba|anh|chi|em|co|chu|bac|di|cau|mo|thim|chau|con|be|vo|chong|me|ma|cha|bo|tia|toi|minh|tui|ban"
_OWN = r"(?: (?:gai|trai|ruot|nuoi|ngoai|noi|vo|chong|toi|em|minh|tui|cua toi|cua em|cua minh|cua tui|de|dau|re|ut|ca|lon|nho|ten|ho))"

_SURE = re.compile(
    rf"(?<!\w)(?:ho (?:va |& )?(?:chu dem (?:va )?)?ten(?: (?:day du|khai sinh|nguoi \w{{2,6}}|la|{_KIN})){{0,3}}"
    rf"|(?P<kin>{_KIN}|gai|trai|cu|chau be)(?: cua)?(?: (?:toi|em|minh|tui|nho|ut|ca))? ten(?: day du| that)?(?: la)?"
    rf"|(?<!doi )ten (?:cua )?(?:{_KIN})(?: (?:toi|em|minh|tui|trai|gai))?(?: la|:)|ten(?: day du| that| cu| moi)? la"
    r"|(?:my|his|her|full|child'?s|son'?s|daughter'?s|wife'?s|husband'?s|mother'?s|father'?s|baby'?s) name(?: is|'s)?"
    r"|(?<!company )(?<!street )name(?: is)? ?:|named)(?!\w)\s?:?\s?(?!\w+ (?:nay|gi)\b)(?=\w)"
)
_MAYBE = re.compile(
    r"(?<!\w)(?:chu (?:ho so|ho|xe|dat|nha|the|tai khoan|tk)(?: la)?:?"
    r"|nguoi (?:nop|khai|yeu cau|mat|chet|lien he|than|dung ten|giam ho|nhan)(?: la)?:?|be (?:trai|gai)"
    rf"|(?:dung|mang|doi) ten(?: (?:la|con|cho|ong|ba|tu)){{0,3}}"
    rf"|(?P<kin>{_KIN}){_OWN}{{0,3}}(?: la)?[:,]?|ten(?: moi| cu)?:?(?: (?:{_KIN}))?"
    r"|(?:husband|wife|son|daughter|mother|father|brother|sister|child|baby)(?: is|,)?"
    r"|i am|i'm|this is|mr\.?|mrs\.?|ms\.?|miss|benh nhan)\s(?=\w)"
)
_FULL = re.compile(r"(?<!\w)(?:cho|cua|voi|va|thanh|cung|gap|giua|nho|moi|for|of|with|and)\s(?=\w)")
"""What may as well stand before a street: only a full name counts after these."""
_WHO = "(?:so )?(?:cccd|cmnd|cmt|dinh danh|can cuoc|sdt|dt|dien thoai)|sinh|sn|ns|nam sinh|ngay sinh|born|dob"
_IDENTIFIED = re.compile(rf"[ ,;:(-]{{1,4}}(?:(?:{_WHO})(?!\w)|\+?\d(?:[ .-]?\d){{8,12}}(?!\d))")
_STREET_BEFORE = re.compile(r"(?:\d[a-z]?|duong|pho|kiet|hem|ngo|phuong|truong|cau|cho|quan|street)\s?$")
_SAYS = (" la", " ten", ":", "i am", "i'm", "this is", "chu ho", "dung ten")
"""Words after which a name in small letters is likely."""
_MOST_WORDS = 5
_COMPLETE = 3
_INNER = frozenset("kim quoc dinh huu thi van".split())
"""These seldom come last in a name."""


def names(read: Reading) -> Iterator[Span]:
    """Every name that the words around announce, surest first; the words around stay."""
    for pattern in (_SURE, _MAYBE):
        for match in pattern.finditer(read.plain):
            if _is_kin(read, match):
                said = pattern is _SURE or match[0].rstrip().endswith(_SAYS)
                yield from _spanned(read, _name(read, match.end(), sure=pattern is _SURE, said=said))
    if read.cased:
        for match in _FULL.finditer(read.plain):
            name = _name(read, match.end(), sure=False, said=False)
            yield from _spanned(read, name if len(name) >= _COMPLETE and name[0].capital else ())
        for match in _surname().finditer(read.plain):
            found = _name(read, match.start(), sure=False, said=False)
            if found and _stands_alone(read, found):
                yield from _spanned(read, found)


def _is_kin(read: Reading, match: re.Match[str]) -> bool:
    """Whether the word really is «cô», «bà», «chị» where marks tell them from «có», «bả», «chỉ»."""
    kin = match["kin"]
    if kin == "di" and not read.marked:
        return False  # nearly always «đi»
    return not kin or not read.marked or read.written[slice(*match.span("kin"))].lower() in _kin()


def _spanned(read: Reading, words: Sequence[Word]) -> Iterator[Span]:
    if words:
        yield read.span(words[0].start, words[-1].end, Kind.NAME)


def _stands_alone(read: Reading, words: Sequence[Word]) -> bool:
    """Whether a name no word announces is one: who it is stands behind it, and no street before it."""
    before = read.plain[max(0, words[0].start - 12) : words[0].start]
    identified = words[0].capital and _IDENTIFIED.match(read.plain, words[-1].end) is not None
    return identified and not _STREET_BEFORE.search(before)


def _name(read: Reading, place: int, *, sure: bool, said: bool) -> list[Word]:
    """The words of the name that begins here; none if it is none. `said`: «là» or «tên» stands before it."""
    words = list(read.words(place, _MOST_WORDS))
    if not words or _is_no_name(words):
        return []
    if read.cased and words[0].capital:
        return _capital_name(words, sure=sure)
    return _small_name(read, words, sure=sure, said=said)


def _capital_name(words: Sequence[Word], *, sure: bool) -> list[Word]:
    name: list[Word] = []
    for word in words:
        shouted = len(word.written) > 1 and word.written.isupper()
        if not word.capital or (shouted and word.plain in _plain_stops() and word.plain not in _given()):
            break
        name.append(word)
    if sure or (len(name) > 1 and (name[0].plain in _surnames() or not _is_vietnamese(name))):
        return name
    return []


def _is_vietnamese(words: Sequence[Word]) -> bool:
    """Whether the words could be Vietnamese: then only a surname makes a name of them."""
    known = _given() | _plain_stops()
    return any(word.plain in known or not word.written.isascii() or len(word.plain) < len("john") for word in words)


def _small_name(read: Reading, words: Sequence[Word], *, sure: bool, said: bool) -> list[Word]:
    """A name where capitals tell nothing: known syllables, up to the first word that is none."""
    if not sure and not _is_believed(read, words, said=said):
        return []
    name: list[Word] = []
    for word in words:
        if _ends(read, word, name, sure=sure):
            break
        name.append(word)
    if sure:
        return [] if len(name) == 1 and not read.marked and name[0].plain in _INNER else name
    enough = _COMPLETE if not read.marked else _COMPLETE - 1
    return name if len(name) >= enough else []


def _is_believed(read: Reading, words: Sequence[Word], *, said: bool) -> bool:
    """Whether small letters begin as a name does: a common surname, and a middle name where more doubt is left."""
    first = words[0]
    if first.plain not in _common_surnames() or not _is_surname(read, first):
        return False
    doubtful = not said or (not read.marked and first.plain in _doubtful_surnames())
    return not doubtful or (len(words) > 1 and _is_middle(read, words[1]))


def _ends(read: Reading, word: Word, name: Sequence[Word], *, sure: bool) -> bool:
    written = place_tones(word.written.lower())
    known = word.plain in _given() or word.plain in _surnames()
    complete = _is_complete(read, name)
    after_middle = bool(name) and not complete and _is_middle(read, name[-1])
    own = written in _given() and bool(name) and _is_surname(read, name[0])
    unmarked = not read.marked and (bool(name) or _is_surname(read, word))
    goes_on = known and not complete and (after_middle or own or unmarked)
    stops = written in _stops() if read.marked else word.plain in _plain_stops()
    foreign = sure and len(name) < _COMPLETE - 1 and not read.marked
    return (stops and not goes_on) or not (known or after_middle or foreign)


def _is_complete(read: Reading, name: Sequence[Word]) -> bool:
    """Whether nothing more need follow: «nguyễn an», «nguyễn thị an», but not «nguyễn thị» nor «nguyễn thị kim»."""
    if len(name) < _COMPLETE:
        return len(name) == _COMPLETE - 1 and not _is_middle(read, name[1])
    return len(name) > _COMPLETE or name[-1].plain not in _INNER


def _is_middle(read: Reading, word: Word) -> bool:
    if read.marked:
        return word.written.lower() in _written_middles()
    return word.plain in _middles()


def _is_surname(read: Reading, word: Word) -> bool:
    if read.marked:
        return place_tones(word.written.lower()) in _written_surnames()
    return word.plain in _surnames()


def _is_no_name(words: Sequence[Word]) -> bool:
    first = words[0].plain
    second = words[1].plain if len(words) > 1 else ""
    return f"{first} {second}" in _not_names()


@lru_cache(maxsize=1)
def _written_surnames() -> frozenset[str]:
    return frozenset(data("words")["surnames"].lower().split())


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset(fold(name) for name in _written_surnames())


@lru_cache(maxsize=1)
def _common_surnames() -> frozenset[str]:
    return frozenset(fold(name) for name in data("words")["common_surnames"].split())


@lru_cache(maxsize=1)
def _doubtful_surnames() -> frozenset[str]:
    return frozenset(data("words")["doubtful_surnames"].split())


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    words = data("words")["given"].split()
    return frozenset((*words, *(fold(word) for word in words)))


@lru_cache(maxsize=1)
def _written_middles() -> frozenset[str]:
    return frozenset(data("words")["middles"].split())


@lru_cache(maxsize=1)
def _middles() -> frozenset[str]:
    return frozenset(fold(word) for word in _written_middles())


@lru_cache(maxsize=1)
def _kin() -> frozenset[str]:
    """Words for relatives as they are written."""
    return frozenset(data("words")["kin"].split())


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    return frozenset(data("words")["stops"].split())


@lru_cache(maxsize=1)
def _plain_stops() -> frozenset[str]:
    return frozenset(fold(word) for word in _stops())


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(pair.strip() for pair in data("words")["not_names"].split("|"))


@lru_cache(maxsize=1)
def _surname() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_surnames() - {'a'}, key=len, reverse=True))})(?= \w)")


def is_name_syllable(plain: str, *, surname: bool = False) -> bool:
    """Whether a folded word is known from names; streets are mostly named for people."""
    return plain in _surnames() or (not surname and plain in _given())
