"""What the words around a name say: whether a place is meant, an old one or today's, and in which district."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.place_index import (
    Name,
    Token,
    by_marks,
    district_index,
    kind_at,
    name_index,
    names_at,
    other_provinces,
    tokens_of,
)
from knowledge.places import DISTRICT_KINDS
from knowledge.text import has_diacritics

_BEFORE_A_PLACE = frozenset(
    "o tai ve ben khu nha que tru noi den len xuong sang qua vo vao ra gan in at from to near former".split()
)
"""Words after which the bare name of a ward is a place, and not the name of a person or a street."""

_NO_PLACE_BEFORE = frozenset(
    "duong pho kiet hem ngo cho truong cau ho street road ong ba anh chi em ten thon xom ap lang".split()
)
"""After these the name is a street, a market, a person, a hamlet."""

_COUNTED = frozenset("to thon xom ap khoi kp khu".split())
"""What has a number and is no street: «tổ 12 Hòa Minh»."""

ENGLISH_KINDS = {"ward": "phường", "commune": "xã", "district": "quận"}
"""These stand behind the name."""

_EVERYDAY_WORDS = frozenset(("ba", "tu", "lang", "dang"))
"""Four communes are called as any ba, tư, làng or đang is written: told apart by what stands around."""

_LIKE_WORDS = frozenset("quean quelam queloc queminh quemy tamlanh tamdan tienan tiencam tienmy hanha".split())
"""Names that are everyday words where no mark is typed: quê ăn, quê mình, tạm lánh, tấm dán, tiền ăn, hả nhà."""

_FORMER_WORDS = frozenset(("cũ", "cu", "xưa", "xua", "former", "formerly", "old"))
_NOW = frozenset(("gio", "nay", "chu", "bay", "la", "thuoc", "doi", "sap"))
"""«vinh trung cu gio la phuong nao»."""
_TODAY_WORDS = frozenset(("mới", "moi", "new"))
_COMPASS = frozenset(("dong", "tay", "nam", "bac", "trung"))
_VOWELS = frozenset("aeiouy")
_REACH = 8
"""Words behind a name among which its province stands."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text while it is read."""

    text: str
    tokens: list[Token]
    marked: bool
    """Only where the words around say so a name is a place."""
    accented: bool
    """The writer uses Vietnamese letters: marks tell names apart."""
    shouted: bool
    """All in capitals: they tell nothing."""
    districts: frozenset[str]
    """The abolished districts it names."""
    behind: Mapping[int, int]
    """Where a district's name stands behind that of a ward, and how long it is: «Phước Ninh, Hải Châu»."""

    def kind_at(self, position: int) -> tuple[str, int]:
        """The kind that is written at a position, and how many words it takes."""
        return kind_at(self.tokens, position, accented=self.accented)

    def folded(self, position: int) -> str:
        """A word without marks; empty outside the text."""
        return self.tokens[position].folded if 0 <= position < len(self.tokens) else ""

    def before(self, position: int) -> str:
        """The word before, folded; empty behind a comma."""
        return "" if not position or self.tokens[position].breaks else self.folded(position - 1)

    def ends(self, position: int) -> bool:
        """Whether a part of the text ends before this position."""
        return position >= len(self.tokens) or self.tokens[position].breaks

    def may_begin(self, position: int) -> bool:
        """Whether a name without its kind may stand here."""
        before = self.before(position)
        if before in _NO_PLACE_BEFORE:
            return False
        if any(letter.isdigit() for letter in before) and self.before(position - 1) not in _COUNTED:
            return False  # «24 Duy Tân» is a street
        return not self.marked or before in _BEFORE_A_PLACE or self._is_marked_behind(position)

    def _is_marked_behind(self, position: int) -> bool:
        _, taken = names_at(self.tokens, position, name_index())
        end = position + taken
        if not taken or self.ends(end):
            return False
        word = self.tokens[end].word
        if word == "cu":  # without its mark it may be any word
            return position == 0 and self.folded(end + 1) in _NOW
        return word in _FORMER_WORDS or word in ENGLISH_KINDS

    def is_meant(self, position: int, end: int, kind: str, names: Sequence[Name]) -> bool:
        """Whether a name that is also an everyday word, or another province's, is meant as a ward's here."""
        key = names[0].key
        if key in _LIKE_WORDS and self.marked and not self.accented and not self.is_capital(position):
            return kind in {name.kind for name in names}
        if key not in _EVERYDAY_WORDS and key not in other_provinces().names:
            return True
        followed = end if self.ends(end) or self.tokens[end].word not in _FORMER_WORDS else end + 1
        if not kind:
            return not self.marked and position == 0 and (followed >= len(self.tokens) or followed in self.behind)
        capital = self.text[self.tokens[end - 1].start].isupper() and not self.shouted
        closed = self.ends(followed) or bool(self.kind_at(followed)[0]) or followed in self.behind
        return capital or closed or followed > end or key not in _EVERYDAY_WORDS

    def is_elsewhere(self, end: int) -> bool:
        """Whether another province is named right behind: «xã Bình Minh, tỉnh Thanh Hóa»."""
        first = next((number for number, token in enumerate(self.tokens) if token.start >= end), len(self.tokens))
        for position in range(first, min(first + _REACH, len(self.tokens))):
            token = self.tokens[position]
            if token.folded in _BEFORE_A_PLACE or token.gap.strip().startswith((".", "?", "!")):
                return False
            names, taken = names_at(self.tokens, position, other_provinces())
            led = self.before(position) in ("tinh", "pho", "tp")
            if "".join(word.folded for word in self.tokens[position : position + taken]) not in name_index().names:
                led = led or position == first or token.breaks  # «Bình Thuận» alone may be the old ward
            if led and by_marks(names, self.tokens[position : position + taken], accented=self.accented, kind=""):
                return True
        return False

    def is_capital(self, position: int) -> bool:
        """Whether a word is written like a name."""
        token = self.tokens[position]
        return self.text[token.start].isupper() and not self.shouted and not token.word[-1].isdigit()

    def goes_on(self, position: int) -> bool:
        """Whether a name goes on with a part of the compass: «Bình Minh Đông» is not Bình Minh."""
        return not self.ends(position) and self.folded(position) in _COMPASS and self.is_capital(position)

    def are_initials(self, position: int) -> bool:
        """«HC» in capitals, or after the dot of «p.»; «phường dc» is «được», «phường có» a word."""
        token = self.tokens[position]
        written = self.text[token.start : token.end]
        consonants = not _VOWELS & set(token.folded)
        dotted = self.text[: token.start].rstrip().endswith(".")
        capitals = written.isupper() and (not self.shouted or (consonants and len(self.folded(position - 1)) < 3))
        return len(written) > 1 and (capitals or (dotted and consonants))

    def when(self, position: int, end: int) -> tuple[bool, bool, int]:
        """Whether it is said to be the old or the new name, and where the mention ends then."""
        former = self.before(position) in ("former", "old")
        token = self.tokens[end] if end < len(self.tokens) else None
        if token is None or token.gap.strip() not in ("", "("):
            return former, False, end
        if token.word in _FORMER_WORDS or (token.folded == "truoc" and self.folded(end + 1) in ("day", "kia")):
            return True, False, end + 1
        if token.word in _TODAY_WORDS and self.ends(end + 1):
            return False, True, end + 1  # «ở Hải Châu mới mua nhà» says nothing of Hải Châu
        return former, False, end


def read(text: str, *, marked: bool) -> Said:
    """A text made ready; `marked` as in `Said`."""
    text = unicodedata.normalize("NFC", text)
    tokens, accented = tokens_of(text), has_diacritics(text)
    districts, behind = _districts_said(tokens, accented=accented)
    return Said(text, tokens, marked, accented, text.isupper(), districts, behind)


def _districts_said(tokens: list[Token], *, accented: bool) -> tuple[frozenset[str], dict[int, int]]:
    """The abolished districts that are named with their kind, or right behind the name of a ward in them, and where."""
    found: set[str] = set()
    behind: dict[int, int] = {}
    for position in range(len(tokens)):
        kind, length = kind_at(tokens, position, accented=accented)
        if kind in DISTRICT_KINDS:
            found |= _districts_at(tokens, position + length)[0]
        elif kind or not position or not kind_at(tokens, position - 1, accented=accented)[0]:
            names, taken = names_at(tokens, position + length, name_index())
            end = position + length + taken
            end += bool(taken) and end < len(tokens) and tokens[end].word in _FORMER_WORDS
            around = {district for name in names for district in name.districts}
            districts, words = _districts_at(tokens, end)
            if around & districts:
                found |= around & districts
                behind[end] = words
    return frozenset(found), behind


def _districts_at(tokens: list[Token], position: int) -> tuple[set[str], int]:
    names, taken = names_at(tokens, position, district_index())
    return {name.district for name in names}, taken
