"""Vietnamese normal forms: one way of writing a word, so that equal words compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
"""Control, direction, variation and tag characters, and halves of pairs: they carry no word, and some hide instructions."""

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""Colours and cursor moves of a terminal, which are copied along from one."""

_SPACES = re.compile(r"[^\S\n]+")
_TOKEN = re.compile(r"\d+(?:[./-]\d+)+|\w+")

_MARKUP = re.compile(r"(?is)<(script|style)\b[^<>]{0,500}>.{0,2000}?</\1>|<[^<>]{0,500}>")

_LETTERS = [
    (letter, unicodedata.normalize("NFD", letter)[0].replace("đ", "d"))
    for letter in "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
]
_MORE_TO_FOLD = re.compile("[^\x00-\x7f\u00a0\u2010-\u2026]")
_LONG = 30

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LATE_TONE = re.compile(rf"(?i)(?<![a-z])([a-zđ]*?)(o[ae]|uy)([{_TONES}])(?![\w{_TONES}\u0302\u0306\u031b])")
_Y_AFTER = frozenset("hklmst")


def clean(text: str) -> str:
    """The text in NFC without invisible characters, spaces tidied, lines kept."""
    text = _INVISIBLE.sub("", _ESCAPES.sub("", unicodedata.normalize("NFC", text)))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.splitlines()).strip()


def without_markup(text: str) -> str:
    """The text without tags, and without scripts and styles, that came along with what was copied."""
    return _MARKUP.sub(" ", text)


def one_line(text: str) -> str:
    """`clean`, on one line."""
    return " ".join(clean(text).split())


def place_tones(text: str) -> str:
    """Put tone marks in the traditional place: hoà → hòa, khoẻ → khỏe, uỷ → ủy; hoàn and quý stay."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _LATE_TONE.sub(_move_tone, decomposed))


def _move_tone(match: re.Match[str]) -> str:
    onset, vowels, tone = match.groups()
    if onset.lower().endswith("q"):
        return match.group(0)
    return f"{onset}{vowels[0]}{tone}{vowels[1]}"


def fold(text: str) -> str:
    """Lower case without diacritics; đ becomes d."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    if len(lowered) > _LONG:  # three times as fast, and whole records are folded
        for letter, plain in _LETTERS:
            lowered = lowered.replace(letter, plain)
        if not _MORE_TO_FOLD.search(lowered):
            return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """`fold` of one word, remembered: a catalogue says the same few thousand words millions of times."""
    return fold(word)


@lru_cache(maxsize=50_000)
def syllable(word: str) -> str:
    """The normal form of one lower-case syllable: tone in place, kĩ as kỹ."""
    placed = place_tones(word)
    if len(placed) == 2 and fold(placed)[1:] == "i" and placed[0] in _Y_AFTER:
        return unicodedata.normalize("NFC", unicodedata.normalize("NFD", placed).replace("i", "y"))
    return placed


def syllables(text: str) -> list[str]:
    """The words of a text in normal form, lower case; 1.001193 and 21/11/2026 stay whole."""
    return [syllable(word.lower()) for word in tokens(text)]


def tokens(text: str) -> list[str]:
    """The words of a text as written; numbers with dots and strokes stay whole."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def has_diacritics(text: str) -> bool:
    """Whether the writer used Vietnamese letters at all."""
    return not text.isascii() and fold(text) != text.lower()
