"""Names of people: Vietnamese, of the peoples of Quảng Nam, foreign; in the writer's own letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.said import SENTENCE_WORDS, bare, doubt, quoted, refuse
from assistant.forms.values import Doubt, Read
from assistant.privacy.kinds import data
from knowledge.text import fold, has_diacritics

_MOST_LETTERS = 100
_MOST_SYLLABLES = 10
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´ʹʻ", "'"))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑–", "-"))
_WHOSE = "tôi|em|mình|tui|cháu|bé|con|mẹ|cha|ba|bố|má|vợ|chồng"
_ANNOUNCED = re.compile(
    rf"(?i)^(?:(?:{_WHOSE})(?: (?:tôi|em|mình|tui|cháu|bé))? )?"
    rf"(?:(?:họ (?:và )?)?tên(?: đầy đủ)?(?: (?:{_WHOSE})(?= là))?(?: là)?|là|my name is|name)(?: ?: ?| )(?=\S)"
)
_TITLE = re.compile(r"^(?:ông|bà|anh|chị|em|cháu|bé|cô|chú|bác|mr\.?|mrs\.?|ms\.?) (?=\S+ \S)", re.IGNORECASE)


def name(said: str, _blank: FormField | Column, _today: date) -> Read:
    """The name as written; one all in small letters gets its capitals.

    Raises:
        Unreadable: there are digits or signs, other letters than Latin ones, a sentence, or far too many words.

    """
    text = _plain(bare(said))
    _refuse_signs(text)
    if any(word in SENTENCE_WORDS for word in text.split()):
        raise refuse(
            "name_sentence",
            "Tôi chưa nhận ra tên trong câu này. Anh/chị ghi riêng họ, chữ đệm và tên, ví dụ: Nguyễn Thị Hoa.",
            "I cannot make out the name. Please write only the full name, like Nguyễn Thị Hoa.",
        )
    if len(text) > _MOST_LETTERS or len(text.split()) > _MOST_SYLLABLES:
        raise refuse(
            "name_long",
            "Tên này dài quá, tôi sợ lẫn chữ khác vào. Anh/chị ghi riêng họ, chữ đệm và tên giúp.",
            "This is very long for a name; something else may have slipped in. Please write only the full name.",
        )
    shown = _capitalised(text) if text == text.lower() else text
    return Read(data=shown, shown=shown, warnings=tuple(_doubts(shown)))


def _plain(text: str) -> str:
    """Without what announces a name, and with one apostrophe and one hyphen for the many that exist."""
    text = text.translate(_APOSTROPHES).translate(_HYPHENS)
    text = _TITLE.sub("", _ANNOUNCED.sub("", text)) if _ANNOUNCED.match(text) else _titled(text)
    return re.sub(r"^[\s.,:;«»\"'-]+|[\s.,:;!«»\"'-]+$", "", text)


def _titled(text: str) -> str:
    """Without «ông», «bà» before a name in capitals; «Ông» and «Bà» with capitals may be surnames."""
    match = _TITLE.match(text)
    return text[match.end() :] if match and text[0].islower() and text[match.end()].isupper() else text


def _refuse_signs(text: str) -> None:
    if re.search(r"\d", text):
        raise refuse(
            "name_digits",
            f"Tên không có chữ số, tôi đọc được {quoted(text)}. Anh/chị ghi lại họ, chữ đệm, tên bằng chữ.",
            f"A name has no digits; I read {quoted(text)}. Please write it in letters.",
        )
    letters = [letter for letter in text if letter not in " '-." and not unicodedata.combining(letter)]
    if not letters or not all(map(_is_letter, letters)):
        raise refuse(
            "name_signs",
            f"Tên chỉ gồm chữ cái, khoảng trắng, dấu ' và -, tôi đọc được {quoted(text)}. Anh/chị ghi lại giúp, ví dụ: Nguyễn Thị Hoa.",
            f"A name has only letters, spaces, ' and -; I read {quoted(text)}. Please write it again, like Nguyễn Thị Hoa.",
        )
    if not all(_is_latin(letter) for letter in letters):
        raise refuse(
            "name_script",
            "Anh/chị ghi tên bằng chữ La-tinh như trên hộ chiếu hoặc giấy tờ tùy thân.",
            "Please write the name in Latin letters, as on the passport or identity paper.",
        )


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter).startswith("L")


def _is_latin(letter: str) -> bool:
    return _is_letter(letter) and unicodedata.name(letter, "").startswith("LATIN")


def _capitalised(text: str) -> str:
    """With a capital for every syllable; left alone where a letter has no capital of its own."""
    capitals = unicodedata.normalize("NFC", text.title())
    return capitals if len(capitals) == len(text) else text


def _doubts(shown: str) -> Iterator[Doubt]:
    syllables = shown.split()
    if len(syllables) == 1:
        yield doubt(
            "name_single",
            f"Em chỉ thấy một chữ «{shown}». Nếu còn họ hoặc chữ đệm, anh/chị ghi thêm.",
            f"I see only one word, “{shown}”. If there is a family or middle name, please add it.",
        )
    if not has_diacritics(shown) and any(fold(word) in _always_marked() for word in syllables[:-1]):
        yield doubt(
            "name_unmarked",
            f"«{shown}» chưa có dấu. Nếu giấy tờ có dấu, anh/chị ghi lại cho đúng, vì tờ khai chép y như vậy.",
            f"“{shown}” has no Vietnamese marks. If the papers have them, please write it with marks; it is copied as it is.",
        )


@cache
def _always_marked() -> frozenset[str]:
    """Surnames and middle names that have marks, and no twin without."""
    known = {word.lower() for group in ("surnames", "middles") for word in data("words")[group].split()}
    return frozenset(fold(word) for word in known if has_diacritics(word)) - {word for word in known if word.isascii()}
