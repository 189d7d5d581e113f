"""Peoples, countries and relatives: what the lists beside this file know, and what they do not, with a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.said import SENTENCE_WORDS, bare, doubt, key, quoted, refuse
from assistant.forms.values import Doubt, Read
from knowledge.text import fold, has_diacritics, place_tones

_FOLDER = Path(__file__).parent
_MOST_SYLLABLES = 6
_MOST_LETTERS = 60
_LABEL_ETHNICITY = re.compile(
    r"(?i)^(?:(?:là|người|nguoi|dân tộc|dan toc|ethnicity|ethnic|thuộc|theo (?:cha|mẹ|ba|má)(?: là)?)[\s:]+)+(?=\S)"
)
_LABEL_NATIONALITY = re.compile(
    r"(?i)^(?:(?:là|la|người|nguoi|quốc tịch|quoc tich|nước|nuoc|nationality|citizen of|công dân)[\s:]+)+(?=\S)"
)
_BEHIND = re.compile(r"(?i)\s+(?:citizen|nationality|people|ethnicity|quốc tịch)$")
_BETWEEN = re.compile(r"(?i)\s*(?:,|/|;|\+|&|\s+và\s+|\s+va\s+|\s+and\s+)\s*")
_WHOSE = re.compile(
    r"^(?:(?:quan hệ|tôi|em|mình|tui|con|cháu|chị|anh|toi|chau)(?: thì)? l[àa]|l[àa]|quan h[ệe](?: là| :|:)?|(?:i am|i'm)(?: the)?|the)\s+"
    r"|\s+(?:của|cua|of)\s.*$|\s+(?:cháu(?: bé)?|bé|nó|đứa (?:trẻ|bé)|chủ hộ|người mất)$"
)


class _Relation(NamedTuple):
    id: str
    shown: str


def ethnicity(said: str, _blank: FormField | Column, _today: date) -> Read:
    """One of the 54 peoples, or the word as said with a doubt.

    Raises:
        Unreadable: it is no name of a people.

    """
    text = _BEHIND.sub("", _LABEL_ETHNICITY.sub("", bare(said))).strip(" .,;:")
    known = _known("ethnicities").get(key(text))
    if known:
        return Read(data=known, shown=known)
    _refuse_no_word(text, "ethnicity", "dân tộc", "ethnicity", "Kinh, Cơ Tu, Xơ Đăng")
    return _unlisted(text, "ethnicity", "danh mục 54 dân tộc", "the list of 54 peoples")


def nationality(said: str, _blank: FormField | Column, _today: date) -> Read:
    """A country, or several, or the word as said with a doubt.

    Raises:
        Unreadable: it is no name of a country.

    """
    said = bare(said)
    text = _BEHIND.sub("", _LABEL_NATIONALITY.sub("", said)).strip(" .,;:")
    whole = _known("nationalities").get(key(said)) or _known("nationalities").get(key(text))
    if whole:
        return Read(data=whole, shown=whole)
    parts = [_LABEL_NATIONALITY.sub("", part) for part in _BETWEEN.split(text)]
    several = [_known("nationalities").get(key(part)) for part in parts]
    if all(several):
        shown = ", ".join(dict.fromkeys(filter(None, several)))
        return Read(data=shown, shown=shown)
    _refuse_no_word(text, "nationality", "quốc tịch", "nationality", "Việt Nam, Hàn Quốc")
    return _unlisted(text, "nationality", "danh sách các nước em có", "the countries I know")


def relation(said: str, _blank: FormField | Column, _today: date) -> Read:
    """What somebody is to another: the id as data, shown as the form writes it; an unknown word is kept.

    Raises:
        Unreadable: it is no word for a relation.

    """
    text = bare(said).strip(" .,;:!")
    low = place_tones(text.lower())
    short = _WHOSE.sub("", _WHOSE.sub("", low)).strip(" .,;:!")
    for told in (low, short):
        found = _relations().get(told) or (None if has_diacritics(told) else _relations_unmarked().get(told))
        if found:
            return Read(data=found.id, shown=found.shown, warnings=_unmarked(told, found))
    _refuse_no_word(text, "relation", "quan hệ", "relation", "mẹ, ông nội, người giám hộ")
    told_doubt = doubt(
        "relation_unlisted",
        f"Tôi ghi y như anh/chị nói: {quoted(text)}.",
        f"I put it down as you said it: {quoted(text)}.",
    )
    return Read(data=text, shown=text, warnings=(told_doubt,))


def _unmarked(told: str, found: _Relation) -> tuple[Doubt, ...]:
    """A doubt where the word without marks may be another relation: «ba» is a father, or a grandmother unmarked."""
    others = {other.shown for word, other in _said() if fold(word) == told and other.id != found.id}
    if not others:
        return ()
    named = ", ".join(f"«{shown.lower()}»" for shown in sorted(others))
    return (
        doubt(
            "relation_unmarked",
            f"Tôi ghi «{told}» là {found.shown.lower()}. Nếu là {named}, anh/chị ghi lại có dấu giúp.",
            f"I put down “{told}” as {found.shown.lower()}. If it is {named}, please write it with its marks.",
        ),
    )


def _refuse_no_word(text: str, code: str, vi: str, en: str, example: str) -> None:
    """Raises: Unreadable: the text has signs or digits, or is a sentence."""
    plain = re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[ '’.-])*", text)
    told = text.lower().split()
    if plain is None or len(told) > _MOST_SYLLABLES or len(text) > _MOST_LETTERS or SENTENCE_WORDS & set(told):
        raise refuse(
            f"{code}_unreadable",
            f"Tôi chưa rõ {vi} trong {quoted(text)}. Anh/chị ghi ngắn gọn, ví dụ: {example}.",
            f"I cannot make out the {en} in {quoted(text)}. Please write just that, like: {example}.",
        )


def _unlisted(text: str, code: str, vi: str, en: str) -> Read:
    told = doubt(
        f"{code}_unlisted",
        f"Tôi chưa thấy {quoted(text)} trong {vi}. Anh/chị xem lại; đúng thì tôi ghi như vậy.",
        f"{quoted(text)} is not in {en}. Please check; if it is right I write it so.",
    )
    return Read(data=text, shown=text, warnings=(told,))


@cache
def _known(name: str) -> dict[str, str]:
    """Official names by every spelling."""
    told: dict[str, list[str]] = _loaded(name)
    official = {key(shown): shown for shown in told}
    return {**{key(spelling): shown for shown, spellings in told.items() for spelling in spellings}, **official}


@cache
def _relations() -> dict[str, _Relation]:
    return {place_tones(word.lower()): told for word, told in _said()}


@cache
def _relations_unmarked() -> dict[str, _Relation]:
    """For those who write without marks; of two words that are then the same, the first in the list."""
    found: dict[str, _Relation] = {}
    for word, told in _said():
        found.setdefault(fold(word), told)
    return found


def _said() -> Iterator[tuple[str, _Relation]]:
    for told in _loaded("relations"):
        for word in (told["shown"], *told["said"]):
            yield word.lower(), _Relation(told["id"], told["shown"])


@cache
def _loaded(name: str) -> Any:
    return yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
