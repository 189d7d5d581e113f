"""What every reader does first and last: tidy what was said, quote it, refuse it politely, doubt it."""

from __future__ import annotations

import re
import unicodedata

from assistant.forms.values import MOST_LETTERS, Doubt, Unreadable
from knowledge.procedure import Text
from knowledge.text import clean, fold

_QUOTED = 40
"""So many letters of what was said are said back."""
_MOST_OF_SHORT = 500
"""Nobody needs more for anything but free words and tables."""
_SIGNLESS = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_POLITE_BEFORE = re.compile(r"(?i)^(?:(?:dạ|vâng|thưa|ừ|ờ|da|vang)\b[\s,.:]*)+(?=\S)")
_POLITE_AFTER = re.compile(r"(?<=\S)(?:[\s,]+(?:ạ|nhé|nghen|nhen|nghe em|nha em|em nha|nha|em ạ)[\s.!]*)+$")

SENTENCE_WORDS = frozenset(("không", "gì", "nào", "chưa", "muốn", "nhiêu", "và", "hoặc", "bỏ"))
"""No name of a person, a people or a country has one of these in small letters."""


def refuse(code: str, vi: str, en: str) -> Unreadable:
    """An error to raise, with what the citizen should write instead."""
    return Unreadable(code, Text(vi=vi, en=en))


def doubt(code: str, vi: str, en: str) -> Doubt:
    """A warning that goes with a value."""
    return Doubt(code=code, message=Text(vi=vi, en=en))


def tidied(said: str, most: int = MOST_LETTERS) -> str:
    """Lines in NFC, without anything invisible, spaces tidied.

    Raises:
        Unreadable: nothing is left, or it has more than `most` letters.

    """
    if len(said) > most:
        raise refuse(
            "too_long",
            f"Nội dung dài {len(said)} ký tự, ô này nhận tối đa {most}. Anh/chị viết gọn lại giúp.",
            f"This has {len(said)} characters, and the blank takes {most} at most. Please shorten it.",
        )
    kept = "".join(letter for letter in clean(said) if letter == "\n" or unicodedata.category(letter) not in _SIGNLESS)
    text = clean(kept)
    if not text:
        raise refuse(
            "empty",
            "Tôi chưa thấy nội dung. Anh/chị ghi vào, hoặc nói «bỏ qua».",
            "There is nothing here yet. Please write it, or say “skip”.",
        )
    return text


def line(said: str, most: int = MOST_LETTERS) -> str:
    """`tidied`, on one line.

    Raises:
        Unreadable: as `tidied`.

    """
    return " ".join(tidied(said, most).split())


def bare(said: str) -> str:
    """`line` without the polite words around it, decimal digits of any script as 0–9.

    Raises:
        Unreadable: as `tidied`.

    """
    text = _POLITE_AFTER.sub("", _POLITE_BEFORE.sub("", line(said, _MOST_OF_SHORT)))
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def quoted(text: str) -> str:
    """The words as they are said back: «…», cut where they are long."""
    return f"«{text}»" if len(text) <= _QUOTED else f"«{text[:_QUOTED].rstrip()}…»"


def key(text: str) -> str:
    """What makes two spellings the same: letters and digits without marks, nothing between them."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def words(text: str) -> list[str]:
    """The words without marks, in lower case; punctuation is dropped."""
    return re.findall(r"[^\W_]+", fold(text))
