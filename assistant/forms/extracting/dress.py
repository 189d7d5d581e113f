"""What stands around a value and is none of it: «dạ», «là», «tên» before, «ạ», «nha» behind."""

from __future__ import annotations

import re

from assistant.forms.extracting.lexicon import is_listed
from assistant.privacy.names import is_name_syllable
from assistant.privacy.reading import Reading

Stretch = tuple[int, int]
"""Where a part of a text stands."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LAST_WORD = re.compile(r"[^\W_]+$")
_NEW_SENTENCE = re.compile(r"[.!?\n]\s*$")
_SIGNS = " \n\t,;:=.-–!?"
_AS_OF = re.compile(
    r"(?:(?:ghi )?theo )?(?:que )?(?:cha|ba|bo|me|ma|noi|ngoai)(?: (?:chau|be))?(?:,| la| o| tai)+(?!\w)"
)
"""«theo quê ba»: why, before what."""


def trimmed(plain: str, start: int, end: int) -> Stretch:
    """Without spaces and signs around."""
    while start < end and plain[start] in f"{_SIGNS})":
        start += 1
    while end > start and plain[end - 1] in f"{_SIGNS}(":
        end -= 1
    return start, end


def without_dress(read: Reading, start: int, end: int, *, before: str = "before", number: bool = True) -> Stretch:
    """Without words around; «số» stays where it is a house's. `before` is the list of those that may stand before."""
    start, end = trimmed(read.plain, start, end)
    while match := _WORD.match(read.plain, start, end):
        kept = match[0] == "so" and not number
        # «dang» is đang, and the surname Đặng
        surname = not read.marked and match[0] != "la" and is_name_syllable(match[0], surname=True)
        if kept or surname or not _is_dress(read, match.span(), before):
            break
        start, end = trimmed(read.plain, match.end(), end)
    return start, without_last(read, start, end)


def without_last(read: Reading, start: int, end: int) -> int:
    """The end without words behind."""
    while (last := last_word(read.plain, start, end)) and last[0] > start and _is_dress(read, last, "after"):
        start, end = trimmed(read.plain, start, last[0])
    return end


def free_words(read: Reading, start: int, end: int) -> Stretch:
    """All of a stretch without words around, and without the reason before: «theo quê ba, ở …»."""
    start, end = without_dress(read, start, end, number=False)
    reason = _AS_OF.match(read.plain, start, end)
    return without_dress(read, reason.end(), end, number=False) if reason else (start, end)


def last_word(plain: str, start: int, end: int) -> Stretch | None:
    """Where the last word of a stretch stands; None where it ends in a sign."""
    match = _LAST_WORD.search(plain[start:end])
    return (start + match.start(), end) if match else None


def _is_dress(read: Reading, span: Stretch, name: str) -> bool:
    written = read.written[slice(*span)]
    if read.cased and written[0].isupper() and span[0] and not _NEW_SENTENCE.search(read.plain[: span[0]]):
        return False
    return is_listed(name, written.lower(), marked=read.marked)
