"""Which words of a text belong to a name or an address and are therefore never changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby, pairwise

from knowledge.text import syllables, tokens

_GAP_ENDS_A_SENTENCE = re.compile(r"[.!?\n:]")
_GAP_ENDS_A_NAME = re.compile(r"[,;.!?\n:()«»\"]")

_PEOPLE = frozenset("ông bà anh chị em cô chú bác cậu mợ dì thím dượng cháu bé con vợ chồng ba má mẹ cha bố".split())
_PLACES = frozenset("đường phố thôn xã phường quận huyện tỉnh làng xóm ấp buôn bản chợ cầu kiệt hẻm ngõ quê".split())
_OPENINGS = {
    "tên": (
        ("tên", "là"),
        ("tên", "em", "là"),
        ("tên", "tôi", "là"),
        ("tên", "con", "là"),
        ("tên", "bé", "là"),
    ),
    "họ": (("họ", "tên"),),
}
"""After these, by their first words, come names even in lower case."""

_LOWER_PLACES = frozenset("đường thôn làng xóm ấp buôn kiệt hẻm".split())
_LABELS = frozenset("mẫu form hạng loại nhóm khối lô tòa block điểm lục visa gan vitamin type dạng nhà khu".split())
"""A letter after these is a sign: «hạng c», «mẫu e»."""

_ENDS_A_NAME = frozenset(
    "sinh ở tại xin muốn cần hỏi làm là gì có thì và với mà năm số cccd cmnd sđt quê nay đang đã".split()
)
_NO_NAME = _ENDS_A_NAME | frozenset(
    (
        "mô ni nớ tê ri nào gì này đó kia ấy đâu chi rứa nhà mình em tôi tui con của thì là mà có không được cho với và ở tại "
        "hay bị để đi vô vào ra lên xuống cần muốn xin hỏi làm nộp sinh năm số cấp đã đang sẽ chưa rồi từ về đến tới trước sau "
        "bộ sắt thủy biển hàng ống dây dẫn bờ điện nước cao quốc tỉnh huyện xã phố hầm ngang nội gom nhánh mòn bay truyền đô "
        "lưới văn xóm tổ dân nghề cũ mới dưới trên trong ngoài bên hẻm bê nhựa đất phường quận thôn đường kiệt "
        "hẻm ngắn dài lớn nhỏ một hai mấy các những"
    ).split()
)
"""In lower case these go on with the sentence: «đường bộ», «thôn ni», «tên là gì»."""

_LONGEST_NAME = 4
_LONGEST_STREET = 3
_MANY, _MOST = 6, 0.8
"""So many words, so large a share of them capitalised: That Is A Habit And Names Nobody."""


def protected(text: str) -> frozenset[int]:
    """The places of the words, as `tokens` counts them, that must stay as they are."""
    words = tokens(text)
    gaps = _gaps(text, words)
    lower = syllables(text)
    return frozenset(
        {
            *_capitalised(words, lower, gaps),
            *_announced(lower, gaps),
            *_joined(words, gaps),
            *_letters(words, lower, gaps),
        }
    )


def _capitalised(words: list[str], lower: list[str], gaps: list[str]) -> Iterator[int]:
    """Two capitalised words and more side by side, or one after «ông», «đường».

    A sentence begins with a capital anyway, so that alone proves nothing; nor do capitals throughout.
    """
    capital = [word[:1].isupper() and word[1:].islower() for word in words]
    if len(words) >= _MANY and sum(capital) >= _MOST * len(words):
        return
    for is_capital, group in groupby(range(len(words)), key=capital.__getitem__):
        run = list(group)
        if not is_capital:
            continue
        inside = [place for place in run if place and not _GAP_ENDS_A_SENTENCE.search(gaps[place])]
        if len(inside) > 1:
            yield from run
        elif inside and lower[inside[0] - 1] in _PEOPLE | _PLACES:
            yield inside[0]


def _announced(lower: list[str], gaps: list[str]) -> Iterator[int]:
    """What follows «tên là», «đường», «thôn» in lower case, until the sentence goes on."""
    for place, word in enumerate(lower):
        for opening in _OPENINGS.get(word, ()):
            if tuple(lower[place : place + len(opening)]) == opening:
                yield from _name_from(place + len(opening), _LONGEST_NAME, _ENDS_A_NAME, lower, gaps)
        if word in _LOWER_PLACES:
            yield from _name_from(place + 1, _LONGEST_STREET, _NO_NAME, lower, gaps)


def _name_from(start: int, longest: int, ends: Collection[str], lower: list[str], gaps: list[str]) -> Iterator[int]:
    for place in range(start, min(start + longest, len(lower))):
        if lower[place] in ends or _GAP_ENDS_A_NAME.search(gaps[place]):
            return
        yield place


def _joined(words: list[str], gaps: list[str]) -> Iterator[int]:
    """Parts of one sign: C/O, T-VAN, Căm-pu-chi-a, NQ-HĐND."""
    for first, second in pairwise(range(len(words))):
        if gaps[second] == "-" or (gaps[second] == "/" and len(words[first]) == len(words[second]) == 1):
            yield from (first, second)


def _letters(words: list[str], lower: list[str], gaps: list[str]) -> set[int]:
    """Letters that are signs, not short forms of «anh», «em», «không»: hạng c, mẫu E, điểm a, b và c, 500 k."""
    shouted = not any(word.islower() for word in words)
    found: set[int] = set()
    for place in range(1, len(words)):
        if len(words[place]) > 1 or words[place].isdigit():
            continue
        capital = words[place].isupper() and not shouted and not _GAP_ENDS_A_SENTENCE.search(gaps[place])
        counted = words[place - 1].isdigit() and lower[place] != "e"
        listed = place - 1 in found or (lower[place - 1] == "và" and place - 2 in found)
        if capital or counted or listed or lower[place - 1] in _LABELS:
            found.add(place)
    return found


def _gaps(text: str, words: list[str]) -> list[str]:
    """What stands before each word."""
    gaps: list[str] = []
    position = 0
    for word in words:
        found = text.index(word, position)
        gaps.append(text[position:found])
        position = found + len(word)
    return gaps
