"""Links, mail addresses, telephone numbers, codes and the numbers of documents in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.checking.claims import Claim, Kind
from knowledge.text import fold

TOKEN = re.compile(r"\[\[ ?url ?: ?(\w+) ?\]\]")
"""How a link travels through a model."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"https?://[^\s»)\]>\"]+|\b(?:[\w-]+\.)+(?:vn|com|net|org|info|io|gov|edu|xyz|top|site|shop|me|app|asia|gl|ly)\b(?:/[^\s»)\]>\"]*)?"
)
_DOCUMENT = re.compile(r"\b\d+(?:\.\d+)?[a-z]?/(?:(?:19|20)\d\d/)?(?:[a-zđ][\wđ]*(?:-[\wđ]+)*)\b")
_NAMED = re.compile(
    r"\b(luật|bộ luật|nghị định|thông tư liên tịch|thông tư|nghị quyết|quyết định|pháp lệnh|chỉ thị|công văn|"
    r"law|decree|circular|resolution|decision|ordinance)"
    r"(?: số| no\.?| number)? (\d+(?:\.\d+)?)(?:/((?:19|20)\d\d)(?!\d))?(?:/([a-zđ][\wđ-]*))?(?![\d/])"
)
_FAMILY = {
    "luat": "qh", "bo luat": "qh", "nghi dinh": "nd", "thong tu": "tt", "thong tu lien tich": "ttlt", "nghi quyet": "nq",
    "quyet dinh": "qd", "phap lenh": "", "chi thi": "ct", "cong van": "", "law": "qh", "decree": "nd", "circular": "tt",
    "resolution": "nq", "decision": "qd", "ordinance": "",
}  # fmt: skip
"""How the abbreviation behind the number of such a document begins."""
_ARTICLE = re.compile(r"\b(?:điều|khoản|chương|article|clause|chapter) (\d+[a-zđ]?)\b")
_CODE = re.compile(r"\b\d\.\d{6}(?:\.[\w.]*\w)?")
_FORM = re.compile(
    r"\b(?:mẫu(?: số| đơn số)?|biểu mẫu(?: số)?|form(?: no\.?)?|phụ lục(?: số)?|appendix) ((?:[a-zđ]{1,6}[-.]?)?\d+[\w/.-]*\w|\d|[ivx]+)\b"
)
_FORM_NAME = re.compile(r"\b(?:ct|tk|na|dk|lt|m)\d{1,2}[a-z]?\b")
_DOSSIER = re.compile(r"\b(?:000\.\d\d\.\d\d\.)?h\d\d-\d{6}-\d{4}\b")
_PHONE = re.compile(
    r"(?<![\d.,/])(?:\(?\+?84\)?[ .-]?|\(?0)\d{1,4}\)?(?:[ .-]?\d{2,4}){1,4}(?![\d/])|\b1[89]00[ .-]?\d{2,4}(?:[ .-]?\d{2,4})?\b"
)
_CALLED = re.compile(
    r"\b(?:gọi(?: số| đến| tới| điện| tổng đài)*|tổng đài|đường dây nóng|hotline|số máy|điện thoại|đt|sđt|"
    r"zalo|call(?: us)?(?: on| at)?|dial|ring|phone)"
    r":? \(?(\d[\d .-]{1,12}\d)(?![\d/])"
)
_FEWEST, _MOST = 9, 11
"""Digits of a telephone number with its leading 0."""

Replace = Callable[[re.Match[str]], str]


def read(low: str) -> tuple[list[Claim], str]:
    """The claims of a text in lower case, and the text with blanks in their place."""
    claims: list[Claim] = []

    def take(kind: Kind, keyed: Callable[[re.Match[str]], str | None]) -> Replace:
        def taken(match: re.Match[str]) -> str:
            key = keyed(match)
            if key is None:
                return match.group()
            text = match.group().rstrip(".,:;")
            claims.append(Claim(kind, key, match.start(), match.start() + len(text)))
            return "·" * len(match.group())

        return taken

    left = TOKEN.sub(take(Kind.URL, lambda match: f"[[url:{match.group(1)}]]"), low) if "[[" in low else low
    left = _MAIL.sub(take(Kind.MAIL, lambda match: match.group().rstrip(".")), left) if "@" in left else left
    left = _URL.sub(take(Kind.URL, lambda match: address(match.group())), left)
    for pattern, kind, keyed in _NUMBERED:
        left = pattern.sub(take(kind, keyed), left)
    return claims, left


def address(url: str) -> str:
    """A link as it is compared: without scheme, «www.» and what ends a sentence."""
    return re.sub(r"^https?://", "", url).removeprefix("www.").rstrip(".,:;!?").rstrip("/")


def phone(said: str) -> str | None:
    """The digits of a telephone number, +84 as 0; None where it cannot be one."""
    found = re.sub(r"\D", "", said)
    if found.startswith("84") and len(found) > _FEWEST:
        found = "0" + found[2:]
    if found[:4] in ("1900", "1800"):
        return found
    return found if found.startswith("0") and _FEWEST - 1 <= len(found) <= _MOST else None


def document_keys(key: str) -> Iterator[str]:
    """Every shorter way to name a document: of 123/2015/nd-cp also 123/2015, nd 123/2015 and nd 123."""
    number, _, rest = key.partition("/")
    year, _, family = rest.partition("/") if re.match(r"(?:19|20)\d\d(?:/|$)", rest) else ("", "", rest)
    yield key
    for said in (number, f"{number}/{year}") if year else (number,):
        yield said
        for length in range(1, len(family) + 1) if family else ():
            yield f"{family[:length]} {said}"


def _named(match: re.Match[str]) -> str:
    kind, number, year, family = match.groups()
    number = number.lstrip("0") or number
    if family:
        return "/".join(filter(None, (number, year, fold(family))))
    said = f"{number}/{year}" if year else number
    return f"{_FAMILY[fold(kind)]} {said}".strip()


def _document(match: re.Match[str]) -> str | None:
    said = fold(match.group())
    return (
        said.lstrip("0")
        if re.search(r"/(?:19|20)\d\d/|/(?:qd|tt|nd|nq|ct|kh|cv|bc|tb|hd|ubnd|qh|vbhn)", said)
        else None
    )


def _called(match: re.Match[str]) -> str:
    found = re.sub(r"\D", "", match.group(1))
    return phone(match.group(1)) or found


_NUMBERED: tuple[tuple[re.Pattern[str], Kind, Callable[[re.Match[str]], str | None]], ...] = (
    (_NAMED, Kind.DOCUMENT, _named),
    (_DOCUMENT, Kind.DOCUMENT, _document),
    (_DOSSIER, Kind.CODE, lambda match: match.group()),
    (_CODE, Kind.CODE, lambda match: match.group()[:8]),
    (_FORM, Kind.CODE, lambda match: match.group(1)),
    (_FORM_NAME, Kind.CODE, lambda match: match.group()),
    (_CALLED, Kind.PHONE, _called),
    (_PHONE, Kind.PHONE, lambda match: phone(match.group())),
    (_ARTICLE, Kind.DOCUMENT, lambda match: f"art {match.group(1)}"),
)
