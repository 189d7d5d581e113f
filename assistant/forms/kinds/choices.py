"""Yes or no, male or female, and one of a field's options."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.forms.definition import Column, FormField, Option
from assistant.forms.kinds.said import bare, quoted, refuse, words
from assistant.forms.values import Read, Unreadable

_MOST_WORDS = 8
_SHOWN_OPTIONS = 8
_YES = frozenset("co dung duoc roi can phai muon dong ok oke okay yes y yeah chuan".split())
_NO = frozenset("khong ko k hong hem no n chua khoi thoi not none".split())
_SOFT_YES = frozenset("da vang u uh o um a".split())
"""Only polite where «không» follows."""
_MALE = frozenset(
    (
        "nam",
        "trai",
        "con trai",
        "be trai",
        "nam gioi",
        "dan ong",
        "gioi tinh nam",
        "male",
        "boy",
        "man",
        "m",
        "chau trai",
        "thang cu",
    )
)
_FEMALE = frozenset(
    (
        "nu",
        "gai",
        "con gai",
        "be gai",
        "nu gioi",
        "dan ba",
        "phu nu",
        "gioi tinh nu",
        "female",
        "girl",
        "woman",
        "f",
        "chau gai",
    )
)
_ABOUT_SEX = frozenset("la gioi tinh chau be con em toi minh no a nhe nha it is the".split())


def yes_no(said: str, _blank: FormField | Column, _today: date) -> Read:
    """`co` or `khong`.

    Raises:
        Unreadable: it is neither, or both.

    """
    text = bare(said)
    told = words(text)
    strong = [word for word in told if word in _YES or word in _NO]
    soft = any(word in _SOFT_YES for word in told)
    if len(told) <= _MOST_WORDS and strong and (strong[0] in _NO or not set(strong) & _NO):
        return _answered(yes=strong[0] in _YES)
    if not strong and soft and all(word in _SOFT_YES for word in told):
        return _answered(yes=True)
    raise refuse(
        "yes_no",
        f"Tôi chưa rõ {quoted(text)} là có hay không. Anh/chị trả lời «có» hoặc «không» giúp.",
        f"I am not sure whether {quoted(text)} is yes or no. Please answer “yes” or “no”.",
    )


def _answered(*, yes: bool) -> Read:
    return Read(data="co", shown="Có") if yes else Read(data="khong", shown="Không")


def sex(said: str, _blank: FormField | Column, _today: date) -> Read:
    """`nam` or `nu`.

    Raises:
        Unreadable: it is neither.

    """
    text = bare(said)
    told = words(text)
    phrases = {" ".join(told), " ".join(word for word in told if word not in _ABOUT_SEX)}
    male, female = bool(phrases & _MALE), bool(phrases & _FEMALE)
    if male == female:
        raise refuse(
            "sex",
            f"Tôi chưa rõ {quoted(text)}. Anh/chị ghi «nam» hoặc «nữ» như trên giấy tờ.",
            f"I am not sure about {quoted(text)}. Please write “nam” (male) or “nữ” (female), as on the papers.",
        )
    return Read(data="nam", shown="Nam") if male else Read(data="nu", shown="Nữ")


def choice(said: str, blank: FormField | Column, _today: date) -> Read:
    """The id of the option that was named.

    Raises:
        Unreadable: none was named, or several were.

    """
    text = bare(said)
    told = words(text)
    named = _exactly(told, blank.options) or _inside(told, blank.options) or _in_part(told, blank.options)
    if len(named) == 1:
        return Read(data=named[0].id, shown=named[0].label.vi)
    offered = named or blank.options
    raise _unclear(text, offered, "choice_ambiguous" if named else "choice_unknown")


def _phrases(option: Option) -> Iterable[list[str]]:
    """All that names an option, as words."""
    told = (option.id, option.label.vi, option.label.en, *option.said)
    return (phrase for phrase in map(words, told) if phrase)


def _exactly(told: list[str], options: Iterable[Option]) -> list[Option]:
    return [option for option in options if told in _phrases(option)]


def _inside(told: Sequence[str], options: Iterable[Option]) -> list[Option]:
    """Options named inside a sentence; a longer name covers the shorter ones that it contains."""
    found = {option.id: (_longest(told, option), option) for option in options}
    hits = [(hit, option) for hit, option in found.values() if hit is not None]
    kept = [(hit, option) for hit, option in hits if not any(_covers(other, hit) for other, _ in hits)]
    rest = [word for at, word in enumerate(told) if not any(start <= at < end for (start, end), _ in kept)]
    return [] if "khong" in rest or "not" in rest else [option for _, option in kept]


def _longest(told: Sequence[str], option: Option) -> tuple[int, int] | None:
    """Where the longest name of the option stands."""
    spans = (
        (at, at + len(phrase))
        for phrase in _phrases(option)
        for at in range(len(told) - len(phrase) + 1)
        if list(told[at : at + len(phrase)]) == phrase
    )
    return max(spans, key=lambda span: span[1] - span[0], default=None)


def _covers(other: tuple[int, int], span: tuple[int, int]) -> bool:
    return other != span and other[0] <= span[0] and span[1] <= other[1]


def _in_part(told: Sequence[str], options: Iterable[Option]) -> list[Option]:
    """Options of whose name the words are a part: «sửa chữa» of «sửa chữa, cải tạo nhà»."""
    if not any(len(word) > 1 for word in told):
        return []
    return [
        option
        for option in options
        if any(
            list(told) == phrase[at : at + len(told)]
            for phrase in map(words, (option.label.vi, option.label.en))
            for at in range(len(phrase) - len(told) + 1)
        )
    ]


def _unclear(text: str, offered: Sequence[Option], code: str) -> Unreadable:
    vi = "; ".join(f"«{option.label.vi}»" for option in offered[:_SHOWN_OPTIONS])
    en = "; ".join(f"“{option.label.en or option.label.vi}”" for option in offered[:_SHOWN_OPTIONS])
    return refuse(
        code,
        f"Tôi chưa rõ {quoted(text)}. Anh/chị chọn một trong các mục: {vi}.",
        f"I am not sure about {quoted(text)}. Please choose one of: {en}.",
    )
