"""How far a name reaches, and what may be one where nothing announces it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.forms.extracting.dress import Stretch, trimmed, without_dress
from assistant.forms.extracting.lexicon import is_listed
from assistant.privacy.kinds import data as privacy_data
from assistant.privacy.names import is_name_syllable
from assistant.privacy.reading import Reading
from knowledge.text import place_tones

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GAP = re.compile(r" {1,3}")
_MOST_WORDS, _COMPLETE = 8, 3
_INNER = frozenset("kim quoc dinh huu thi van".split())
"""These seldom come last in a name."""
_TITLES = frozenset("ong ba anh chi co chau be".split())
_SMALL_MIDDLES = frozenset(("thị", "văn", "thi", "van"))


def name(read: Reading, start: int, end: int) -> Iterator[Stretch]:
    """The words of the name that begins here, up to the first that belongs to none."""
    start, end = without_dress(read, start, end)
    words: list[re.Match[str]] = []
    place = start
    while len(words) < _MOST_WORDS and (match := _WORD.match(read.plain, place, end)):
        if _ends(read, words, match):
            break
        words.append(match)
        gap = _GAP.match(read.plain, match.end(), end)
        if gap is None:
            break
        place = gap.end()
    if words:
        yield start, words[-1].end()


def _ends(read: Reading, words: Sequence[re.Match[str]], word: re.Match[str]) -> bool:
    """Whether a name ends before a word: at a small letter among capitals, or at a word no name holds."""
    if word[0][0].isdigit():
        return True
    first = words[0] if words else word
    written = read.written[slice(*word.span())]
    if read.cased and read.written[first.start()].isupper() and not _shouts(read, first):
        title = len(words) == 1 and words[0][0] in _TITLES
        return written[0].islower() and not title and written not in _SMALL_MIDDLES
    if not is_listed("name_stops", written.lower(), marked=read.marked):
        return False
    if not words:
        return read.marked or not is_name_syllable(word[0])  # «ho» is hộ, and Hồ
    return _is_complete(words) or not is_name_syllable(word[0])


def _is_complete(words: Sequence[re.Match[str]]) -> bool:
    """Whether nothing more need follow: not behind «nguyễn», nor behind «nguyễn thị kim»."""
    return len(words) > _COMPLETE or (len(words) == _COMPLETE and words[-1][0] not in _INNER)


def _shouts(read: Reading, word: re.Match[str]) -> bool:
    return len(word[0]) > 1 and read.written[slice(*word.span())].isupper()


def is_like_a_name(read: Reading, start: int, end: int, *, until: int) -> bool:
    """Whether words that nothing announces may be a name: with its capitals, or of syllables known from names.

    It must be all there is up to a place, or to a sign.
    """
    if trimmed(read.plain, end, until)[0] < until and read.plain[end : end + 1] not in ",;.\n":
        return False
    words = list(_WORD.finditer(read.plain, start, end))
    if not words or read.cased:
        return bool(words) and read.written[start].isupper()
    if read.marked:
        return place_tones(read.written[slice(*words[0].span())].lower()) in _surnames()
    known = sum(is_name_syllable(word[0]) for word in words)
    return known * 2 > len(words) or is_name_syllable(words[0][0], surname=True)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(privacy_data("words")["surnames"].lower().split())
