"""Undoing what hides words: look-alike letters, spaced and reversed letters, Base64 and its like."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from knowledge.text import clean, fold

_STYLED = re.compile("[\uff01-\uff5e\u2460-\u24ff\u2100-\u214f\U0001d400-\U0001d7ff\U0001f130-\U0001f189]")
"""Letters for show: full width, circled, mathematical. They have a plain one in Unicode's own table."""
_OVERLAY = re.compile("[\u0334-\u0338\u0488\u0489\u20d0-\u20f0]|(?<=[\u0300-\u036f]{2})[\u0300-\u036f]+")
_MIXED = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1eff]+")
_LATIN = re.compile(r"[A-Za-z]")
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝвмнткпгАЕОРСУХІЈЅВМНТКГбαοενικτρυχηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwbmhtknrAEOPCYXIJSBMHTKr6aoevikтpuxnwABEZHIKMNOPTYX".replace("т", "t"),
)
_BLOB = re.compile(r"(?<![\w+/=-])(?:[A-Za-z0-9+/_-]{16,}={0,2}|(?:[0-9a-fA-F]{2}[ :]?){10,})(?![\w+/=])")
_PERCENT = re.compile(r"(?:[\w.+~-]*%[0-9a-fA-F]{2}){3,}[\w.+~%-]*")
_LEET = str.maketrans("013457@$!|€", "oieastasiie")
_BETWEEN = re.compile(r"(?<=\w)[_*~`^.·•|/\\-]+(?=\w)")
_SPACED = re.compile(r"(?<!\w)\w(?:[\s._*|·•/-]+\w(?!\w)){5,}")
_READABLE = 0.8


def undisguised(text: str) -> str:
    """The text with letters for show exchanged for plain ones, and look-alikes inside a Latin word for Latin ones."""
    text = _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    text = unicodedata.normalize("NFC", _OVERLAY.sub("", unicodedata.normalize("NFD", text)))
    return _MIXED.sub(_one_script, text)


def without_blobs(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without encoded pieces, and what they say."""
    found: list[str] = []

    def cut(match: re.Match[str]) -> str:
        told = _told(match.group())
        if told is None:
            return match.group()
        found.append(told)
        return " "

    return _BLOB.sub(cut, _PERCENT.sub(cut, text)), tuple(found)


def readings(text: str) -> Iterator[str]:
    """What a text may be meant to say: as written, then by each of the usual tricks."""
    yield text
    unescaped = html.unescape(text)
    if unescaped != text:
        yield unescaped
    if _BETWEEN.search(text):
        yield _BETWEEN.sub("", text)
        yield _BETWEEN.sub(" ", text)
    if any(letter in text for letter in "013457@$!|€"):
        yield text.translate(_LEET)
    if text.isascii():
        yield codecs.encode(text, "rot13")


def backwards(text: str) -> Iterator[str]:
    """The text read from its end, by letters, and word by word."""
    yield text[::-1]
    yield " ".join(word[::-1] for word in text.split())


def squeezed(text: str) -> str:
    """The letters of what is spaced out, as one folded word; empty where nothing is."""
    runs = _SPACED.findall(text)
    runs += [run[::-1] for run in runs]
    return fold("".join(letter for run in runs for letter in run.translate(_LEET) if letter.isalnum()))


def _one_script(match: re.Match[str]) -> str:
    word = match.group()
    return word.translate(_ALIKE) if _LATIN.search(word) else word


def _told(blob: str) -> str | None:
    """What an encoded piece says; None where it is none: a file code, a long word."""
    for decode in (_from_percent, _from_hex, _from_base64):
        told = decode(blob)
        if told is not None and len(told) > 5 and _is_readable(told):
            return clean(told)
    return None


def _from_percent(blob: str) -> str | None:
    return unquote(blob.replace("+", " ")) if "%" in blob else None


def _from_hex(blob: str) -> str | None:
    digits = re.sub("[ :]", "", blob)
    try:
        return bytes.fromhex(digits).decode("utf-8") if re.search("[a-fA-F]", digits) else None
    except ValueError:
        return None


def _from_base64(blob: str) -> str | None:
    padded = blob.rstrip("=") + "=" * (-len(blob.rstrip("=")) % 4)
    try:
        return base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None


def _is_readable(told: str) -> bool:
    readable = sum(letter.isalpha() or letter in " ,.!?:'\n" for letter in told)
    return readable >= _READABLE * len(told) and (" " in told.strip() or told.isalpha())
