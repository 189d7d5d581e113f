"""How a word sounds around Da Nang: what may be written for it, and what may have been meant by what was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.text import fold, place_tones

_DATA = Path(__file__).parent / "sounds.yaml"

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_HOOK, _TILDE = "\u0309", "\u0303"
_TONE_MARK = re.compile(f"[{_TONES}]")
_VOWELS = "aăâeêioôơuưy"
_PARTS = re.compile(
    rf"(ngh|ng|nh|gh|kh|ph|th|tr|ch|qu|gi(?=[{_VOWELS}])|[bcdđghklmnpqrstvx]|)([{_VOWELS}]{{1,3}})(ng|nh|ch|[cmnpt]|)"
)
_RHYMES = frozenset(
    (
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
        "e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
        "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot "
        "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uâc uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uơ up "
        "ut uy uya uych uyên uyêt uyn uynh uyt uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu "
        "ươc ươi ươm ươn ương ươp ươt ươu y ych ynh yn yt ya yên yêm yêng yêt yêu"
    ).split()
)
_RHYMES_UNMARKED = frozenset(fold(rhyme) for rhyme in _RHYMES)
_BEFORE_E_AND_I = {"c": "k", "g": "gh", "ng": "ngh"}
"""How these onsets are spelled before e, ê and i."""
_ELSEWHERE = {"k": "c", "gh": "g", "ngh": "ng"}


@lru_cache(maxsize=20_000)
def split(word: str) -> tuple[str, str, str, str] | None:
    """Onset, vowels, final and tone mark of one lower-case syllable; None if it is not built as Vietnamese is."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = _TONE_MARK.findall(decomposed)
    bare = unicodedata.normalize("NFC", _TONE_MARK.sub("", decomposed))
    match = _PARTS.fullmatch(bare)
    if not match or len(tones) > 1:
        return None
    onset, vowels, final = match.groups()
    return onset, vowels, final, "".join(tones)


def is_syllable(word: str) -> bool:
    """Whether a word is built as a Vietnamese syllable is, with its marks or without."""
    parts = split(word)
    return parts is not None and parts[1] + parts[2] in (_RHYMES_UNMARKED if word.isascii() else _RHYMES)


@lru_cache(maxsize=20_000)
def heard(word: str) -> tuple[str, ...]:
    """What a listener may write for a word: one sound changed."""
    return tuple(_changed(word, backwards=False))


@lru_cache(maxsize=20_000)
def meant(word: str) -> tuple[str, ...]:
    """What may have been said where this was written: `heard`, backwards."""
    return tuple(_changed(word, backwards=True))


@lru_cache(maxsize=20_000)
def other_tone(word: str) -> str | None:
    """The word with hỏi for ngã or ngã for hỏi, which sound the same here; None if it has neither."""
    parts = split(word)
    if parts is None or parts[3] not in (_HOOK, _TILDE):
        return None
    onset, vowels, final, tone = parts
    return _joined(onset, vowels + final, _TILDE if tone == _HOOK else _HOOK)


def _changed(word: str, *, backwards: bool) -> Iterator[str]:
    parts = split(word)
    if parts is None:
        return
    onset, vowels, final, tone = parts
    rules = _rules(backwards)
    found = [(onset, rhyme) for rhyme in rules["rhymes"].get(vowels + final, ())]
    found += [(other, vowels + final) for other in rules["onsets"].get(onset, ())]
    found += [(onset, vowels + other) for other in rules["finals"].get(final, ())]
    written = [_joined(onset, rhyme, tone) for onset, rhyme in found if rhyme in _RHYMES]
    yield from dict.fromkeys([*written, *filter(None, [other_tone(word)])])


def _joined(onset: str, rhyme: str, tone: str) -> str:
    """One word again, its onset spelled as this rhyme wants it, its tone on the vowel that carries it."""
    spelling = _BEFORE_E_AND_I if rhyme[0] in "eêi" else {} if rhyme[0] == "y" else _ELSEWHERE
    onset = spelling.get(onset, onset)
    letters = "".join(letter for letter in rhyme if letter in _VOWELS)
    place = _carrier(letters, closed=len(rhyme) > len(letters)) if tone else 0
    spelled = onset + rhyme[: place + 1] + tone + rhyme[place + 1 :]
    return place_tones(unicodedata.normalize("NFC", spelled))


def _carrier(vowels: str, *, closed: bool) -> int:
    """The place of the vowel that carries the tone."""
    marked = [place for place, letter in enumerate(vowels) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    return len(vowels) - 1 if closed or len(vowels) == 1 else len(vowels) - 2


@lru_cache(maxsize=2)
def _rules(backwards: bool) -> dict[str, dict[str, tuple[str, ...]]]:  # noqa: FBT001 - lru_cache wants it plain
    data: dict[str, list[list[str]]] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    data["finals"] = [*data["finals"], *([b, a] for a, b in data["finals"])]
    rules: dict[str, dict[str, tuple[str, ...]]] = {}
    for part, pairs in data.items():
        table: dict[str, tuple[str, ...]] = {}
        for said, written in pairs:
            key, value = (written, said) if backwards else (said, written)
            table[key] = (*table.get(key, ()), value)
        rules[part] = table
    return rules
