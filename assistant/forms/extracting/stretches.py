"""How far a value reaches: for each kind the stretches of a text that may be one, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from assistant.forms.definition import FormField, Kind
from assistant.forms.extracting.dress import Stretch, free_words, last_word, trimmed, without_dress, without_last
from assistant.forms.extracting.lexicon import numbers
from assistant.forms.extracting.names import name
from assistant.privacy.reading import Reading
from knowledge.text import fold

_SPOKEN = "|".join(sorted(numbers()))
_NUMBER_WORD = rf"(?:{_SPOKEN}|tram|nghin|ngan|le|linh|trieu|ty|ti)"
_DATE_WORD = (
    rf"(?:{_NUMBER_WORD}|ngay|thang|nam|mung|mong|hom|nay|qua|kia|gieng|chap|am lich|duong lich|al|dl|khoang|ram|tet"
    r"|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|of|the|st|nd|rd|th)"
)
_DATE = re.compile(rf"(?:(?:{_DATE_WORD})(?!\w)|\d+(?:st|nd|rd|th)?|[\s/.,-])+")
_TIME = re.compile(
    rf"(?:(?:{_NUMBER_WORD}|gio|phut|ruoi|kem|sang|trua|chieu|toi|dem|khuya|khoang|h|g|p|am|pm)(?!\w)|\d+(?=[hg:]|\b)|[hg](?=\d)|[\s:.])+"
)
_DIGITS = re.compile(rf"\+?(?:(?:{_SPOKEN})(?!\w)|\d+|[\s.()-])+")
_LETTERED = re.compile(r"[a-z]{0,3}\d[\w.-]*(?:[ .-]\d+)*")
_MAIL = re.compile(r"\S+@\S+|\w[\w. ]*? (?:a cong|a moc|at) [\w. ]+")
_AMOUNT = re.compile(
    rf"(?:(?:{_NUMBER_WORD}|ruoi)(?!\w)|\d[\d.,]*|\s|(?:m2|met vuong|met|dong|vnd|d|ban|lan|nguoi|tang|trieu|tr|k|ty|m|%)(?!\w))+"
)
_CODE = re.compile(r"(?:quyen )?(?:so |so: ?|no\.? ?)?(?P<code>[\w/.-]*\d[\w/.-]*)")
_BECAUSE = re.compile(r" (?:do|vi)(?= (?:benh|tai|gia|dot|ung|nhoi|tu|ngat|bi|dich)(?!\w))")
_PAPER_GOES_ON = re.compile(
    r"[\s,]*(?:\(?(?:ngay cap|noi cap|cap|do|tai|co quan cap|ngay|cuc|bo cong an|cong an|ca tinh|ca tp|so|\d))(?!\w)|[\s,]*\d"
)
_SENTENCE = re.compile(r"[;\n!?]|(?<![\s.](?:p|q|x|k|h|d))(?<![\s.](?:tp|tt|st|bv|dc|so))\.(?=\s|$)")
_CLAUSE = re.compile(r"[,;\n!?.](?=\s|$)|[()]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_UNTIL = re.compile(r"(?:(?:den|het|tu|toi) )+")
_NUMBERED = re.compile(r"(?:^|\s)so(?! (?:tang|nha))(?!\w)")
"""The label of a blank for the number of a paper, a book or a plot."""
_MOST_SHORT = 6

FREE = frozenset((Kind.TEXT, Kind.AGENCY, Kind.LONG, Kind.ADDRESS))
"""Kinds whose reader accepts nearly anything."""


def stretches(blank: FormField, read: Reading, start: int, end: int) -> Iterator[Stretch]:
    """Where the value of a blank may stand between two places."""
    seen: set[Stretch] = set()
    for begin, stop in (*numbered(blank, read, start, end), *_OF_KIND.get(blank.kind, _short)(read, start, end)):
        stretch = trimmed(read.plain, begin, stop)
        if stretch[0] < stretch[1] and stretch not in seen:
            seen.add(stretch)
            yield stretch


def numbered(blank: FormField, read: Reading, start: int, end: int) -> Iterator[Stretch]:
    """What stands behind «số», where a line of free words is for the number of a paper: 45/2018, 125/GBT."""
    if blank.kind is Kind.TEXT and _NUMBERED.search(fold(blank.label.vi)):
        match = _CODE.match(read.plain, without_dress(read, start, end)[0], end)
        if match:
            yield trimmed(read.plain, *match.span("code"))


def _matched(pattern: re.Pattern[str]) -> Callable[[Reading, int, int], Iterator[Stretch]]:
    """The stretch that a pattern matches behind the dress."""

    def found(read: Reading, start: int, end: int) -> Iterator[Stretch]:
        begins = [trimmed(read.plain, start, end)[0], without_dress(read, start, end)[0]]
        until = _UNTIL.match(read.plain, begins[1], end)
        for begin in dict.fromkeys((*begins, until.end() if until else begins[1])):
            match = pattern.match(read.plain, begin, end)
            if match and match.end() > match.start():
                yield from _shrinking(read.plain, *trimmed(read.plain, *match.span()))

    return found


def _shrinking(plain: str, start: int, end: int) -> Iterator[Stretch]:
    """A stretch, then without its last words as long as they are no numbers."""
    yield start, end
    while (last := last_word(plain, start, end)) and last[0] > start:
        word = plain[last[0] : end]
        if word.isdigit() or re.fullmatch(_NUMBER_WORD, word):
            break
        start, end = trimmed(plain, start, last[0])
        yield start, end


def _paper(read: Reading, start: int, end: int) -> Iterator[Stretch]:
    """A paper with its number, and its day and place of issue as long as the clauses speak of them."""
    start, _ = trimmed(read.plain, start, end)
    stop = end
    for match in re.finditer(r"[,;\n]|\.(?=\s|$)", read.plain[start:end]):
        at = start + match.start()
        if not _PAPER_GOES_ON.match(read.plain, at + 1):
            stop = at
            break
    stop = without_last(read, start, stop)
    begin, _ = without_dress(read, start, stop)
    yield begin, stop
    yield start, stop
    yield from (found.span() for pattern in (_DIGITS, _LETTERED) if (found := pattern.match(read.plain, begin, stop)))


def _free(read: Reading, start: int, end: int) -> Iterator[Stretch]:
    """Free words, to the end of the sentence."""
    sentence = _SENTENCE.search(read.plain, start, end)
    while sentence and not trimmed(read.plain, start, sentence.start())[0] < sentence.start():
        start = sentence.end()
        sentence = _SENTENCE.search(read.plain, start, end)
    because = _BECAUSE.search(read.plain, start, end)
    end = because.start() if because else end
    yield free_words(read, start, sentence.start() if sentence else end)


def _long(read: Reading, start: int, end: int) -> Iterator[Stretch]:
    yield without_dress(read, start, end)


def _short(read: Reading, start: int, end: int) -> Iterator[Stretch]:
    """A few words of a clause, from many to one."""
    begin, _ = trimmed(read.plain, start, end)
    clause = _CLAUSE.search(read.plain, begin, end)
    stop = without_last(read, begin, clause.start() if clause else end)
    for first in dict.fromkeys((begin, without_dress(read, begin, stop)[0])):
        words = [match.end() for match in _WORD.finditer(read.plain, first, stop)][:_MOST_SHORT]
        yield from ((first, last) for last in reversed(words))


_OF_KIND: Mapping[Kind, Callable[[Reading, int, int], Iterator[Stretch]]] = {
    Kind.NAME: name,
    Kind.DATE: _matched(_DATE),
    Kind.TIME: _matched(_TIME),
    Kind.IDENTITY: _matched(_DIGITS),
    Kind.PHONE: _matched(_DIGITS),
    Kind.TAX_CODE: _matched(_DIGITS),
    Kind.EMAIL: _matched(_MAIL),
    Kind.NUMBER: _matched(_AMOUNT),
    Kind.AREA: _matched(_AMOUNT),
    Kind.MONEY: _matched(_AMOUNT),
    Kind.DOCUMENT: _paper,
    Kind.ADDRESS: _free,
    Kind.TEXT: _free,
    Kind.AGENCY: _free,
    Kind.LONG: _long,
}
