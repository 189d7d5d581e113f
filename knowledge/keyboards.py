"""Undoing Telex and VNI keys that stayed in the text: «thur tucj», «thu3 tuc5»."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from knowledge.sounds import is_syllable
from knowledge.text import syllable

_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX_LETTERS = {"dd": "đ", "aa": "â", "aw": "ă", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư", "w": "ư"}
_VNI_LETTERS = {"d9": "đ", "a6": "â", "a8": "ă", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư"}
_HORN_KEYS = "w7"
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"
_TELEX = re.compile(r"[a-zđ]{2,}")
_VNI = re.compile(r"[a-zđ]+[1-9][a-z0-9]*")
_LABEL = re.compile(r"[a-z]\d|(?:na|to|cap|lop|khu|form|type)\d|[cns]o2")
"""A licence class, a size of paper, a numbered form or group: «b2», «a4», «na1», «lop1», «co2»."""
_LOANS = frozenset(
    (
        "visa passport online web website app apps logo karaoke taxi gas internet vneid email mail gmail wifi fax max box "
        "file files scan photo form zalo facebook face google chrome youtube tiktok video clip camera laptop ipad iphone "
        "android windows word excel pdf code qr otp sms pin card visa master bank banking atm pos ship shipper shop sale "
        "sales spa massage gym yoga bar pub beer bus car tour tours tourist resort hotel homestay villa condotel loft cafe "
        "coffee bill test pass class club game games show live stream sex six boss team user users pass password login "
        "logout link click cookie server data docs doc pro plus size lab lasik drone flycam robot container logistics "
        "incoterm invest startup marketing freelancer ads was has his her our for or of if is as us so see law tw covid "
        "vaccine inox gara ghana laos malaysia asean apec wto fdi oda bot ppp for law door floor room food good book tax "
        "hihi haha huhu hehe hic hix ama there been this its last list lost low now own too did dad past rest chef sawn neem"
    ).split()
)
"""Words from other languages, which are no keys of Vietnamese ones, and the short form «tw»."""


def is_loan(word: str) -> bool:
    """Whether a word is known to come from another language, or labels a class or a form: it is written as it is."""
    return word in _LOANS or bool(_LABEL.fullmatch(word))


@lru_cache(maxsize=20_000)
def decoded(word: str) -> str | None:
    """The Vietnamese syllable that these keys stand for; None if they stand for none, or the word has no keys in it."""
    if is_loan(word):
        return None
    if _VNI.fullmatch(word):
        return _checked(word, _typed(word, _VNI_TONES, _VNI_LETTERS))
    if _TELEX.fullmatch(word):
        return _checked(word, _typed(word, _TELEX_TONES, _TELEX_LETTERS))
    return None


@lru_cache(maxsize=20_000)
def typed_as_telex(word: str) -> str:
    """The keys of one syllable, its tone key last: thủ → thur."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = next((key for key, mark in _TELEX_TONES.items() if mark in decomposed), "")
    marks = "".join(_TELEX_TONES.values())
    bare = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in marks))
    keys = {letter: key for key, letter in _TELEX_LETTERS.items() if len(key) > 1}
    return "".join(keys.get(letter, letter) for letter in bare) + tone


def _typed(word: str, tones: dict[str, str], letters: dict[str, str]) -> str | None:
    """What a keyboard driver would have shown; None where a key means nothing."""
    shown, tone = "", ""
    for key in word:
        if key in tones and any(letter in _VOWELS for letter in shown):
            if tone:
                return None
            tone = tones[key]
        elif changed := _changed(shown, key, letters):
            shown = changed
        elif key.isdigit():
            return None
        else:
            shown += key
    shown = shown.replace("ưo", "ươ")
    if shown.endswith(("ươ", "uơ")):
        shown = shown[:-2] + "uơ"  # thuở
    elif "uơ" in shown:
        shown = shown.replace("uơ", "ươ")
    return _with_tone(shown, tone) if tone else shown


def _changed(shown: str, key: str, letters: dict[str, str]) -> str | None:
    """What was shown so far with one letter changed by a key, which may come late: dangd, truongw, dang9."""
    if key in _HORN_KEYS and "u" + key in letters and "uo" in shown:
        return shown.replace("uo", "ươ", 1)
    for place in range(len(shown) - 1, -1, -1):
        letter = letters.get(shown[place] + key)
        if letter is not None:
            return shown[:place] + letter + shown[place + 1 :]
    return shown + letters[key] if key in letters else None


def _with_tone(bare: str, tone: str) -> str:
    vowels = [place for place, letter in enumerate(bare) if letter in _VOWELS]
    if bare.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    special = [place for place in vowels if bare[place] in _MARKED]
    closed = vowels[-1] < len(bare) - 1
    place = special[-1] if special else vowels[-1] if closed or len(vowels) == 1 else vowels[-2]
    return unicodedata.normalize("NFC", bare[: place + 1] + tone + bare[place + 1 :])


def _checked(word: str, found: str | None) -> str | None:
    return syllable(found) if found and found != word and is_syllable(found) else None
