"""How the portals write codes, titles, bodies and document numbers, in whatever format they hand them over."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.procedure import Layer, OnlineLevel
from knowledge.sources.reading import Notes, ProblemKind
from knowledge.text import fold, one_line

PORTAL_NAME = "Cổng Dịch vụ công quốc gia"
PORTAL_HOME = "https://dichvucong.gov.vn"
CITY_NAME = "Cổng Dịch vụ công thành phố Đà Nẵng"
CITY_HOME = "https://dichvucong.danang.gov.vn"
CITY_UNIT = "H17"
"""The suffix of Da Nang's local codes."""

NATIONAL = "national"
CITY = "da-nang"
UNKNOWN = "unknown"
"""The jurisdiction of a record whose source names no publisher: it is kept, and never answers."""

_CODE = re.compile(r"^(\d\.\d{6})(?:\.000\.00\.00)?(?:\.(H\d{2}))?$")
_JOIN_KEY = re.compile(r"^(\d\.\d{6})(?!\d)[\W\d]*([Hh]\d{2})?")
_LEGAL_NUMBER = re.compile(
    r"\d+[a-zđ]?(?:\.[\da-z]+)?/\d{4}/[A-ZĐa-zđ]+\d*(?:-[A-ZĐa-zđ]+\d*)*|\d+/(?:QĐ|NQ|CT)-[A-ZĐa-zđ]+"
)
_PROVINCE = re.compile(r"(?:tỉnh|thành phố|tp\.?)\s+(.+)$", re.IGNORECASE)
_NOT_A_PROCEDURE = re.compile(r"^(?:cong bo danh muc|test\b|thu nghiem\b)")
_TEST_ROW = re.compile(r"(?:thu tuc |tthc )?(?:test|thu nghiem|kiem thu)\b.{0,60}|.{0,30}\btest\W*")
_NOTHING = re.compile(r"(?:khong|khong co|khong co thong tin|khong quy dinh)?\W*")
_ONLINE_LEVELS = {
    "toan trinh": OnlineLevel.FULL,
    "mot phan": OnlineLevel.PARTIAL,
    # The four levels before Nghị định 42/2022: at 1 and 2 nothing can be handed in online.
    "muc do 1": OnlineLevel.NONE,
    "muc do 2": OnlineLevel.NONE,
}


def code_and_unit(written: str) -> tuple[str, str] | None:
    """The national code and the local unit in any spelling: 1.001193, 1.001193.H17, 1.001193.000.00.00.H17."""
    match = _CODE.match(written)
    return (match.group(1), match.group(2) or "") if match else None


def typed_code(written: str) -> tuple[str, str] | None:
    """`code_and_unit` of a code that people typed: 1.001193 .000.00,00.h17. is 1.001193 of H17."""
    match = _JOIN_KEY.match("".join(written.split()))
    return (match.group(1), (match.group(2) or "").upper()) if match else None


def national_code(written: str) -> str:
    """The national code in any spelling of it, empty if it is none."""
    found = code_and_unit(written)
    return found[0] if found else ""


def title(raw: str, notes: Notes) -> str:
    """The title of a procedure on one line; what is odd about it is noted."""
    name = one_line(raw)
    if name != raw or (name.isupper() and len(name.split()) > 3):
        notes.add("name", ProblemKind.TITLE_DAMAGED, raw)
    if _NOT_A_PROCEDURE.match(fold(name)):
        notes.add("name", ProblemKind.TITLE_NOT_A_PROCEDURE, name)
    return name.rstrip(".").strip()


def is_test(name: str, code: str = "") -> bool:
    """Whether somebody tried the system out with this row: «Thủ tục test», TEST_MOT_CAP."""
    return bool(_TEST_ROW.fullmatch(fold(one_line(name)))) or fold(code).startswith("test")


def jurisdiction_of(promulgator: str) -> str:
    """Whose record it is: a province's own never answers for Da Nang."""
    match = _PROVINCE.search(one_line(promulgator))
    if match is None:
        return NATIONAL
    return CITY if fold(match.group(1)) == "da nang" else match.group(1)[:64]


def layer_of(jurisdiction: str) -> Layer:
    """The layer in which records of that jurisdiction live."""
    return Layer.NATIONAL if jurisdiction == NATIONAL else Layer.CITY


def legal_number(*texts: str) -> str:
    """The first number of a legal document that the texts hold, empty without one."""
    return next((match.group(0) for text in texts if (match := _LEGAL_NUMBER.search(text))), "")


def says_nothing(text: str) -> bool:
    """Whether the words only say that there is nothing: «Không có thông tin»."""
    return bool(_NOTHING.fullmatch(fold(text)))


def online_level(words: str) -> OnlineLevel:
    """How much can be done online, as lists and pages put it; unknown words stay unknown."""
    return _ONLINE_LEVELS.get(fold(one_line(words)), OnlineLevel.UNKNOWN)


def each_once(names: Iterable[str]) -> list[str]:
    """The names tidied, each once however it is capitalised, in order."""
    found: dict[str, str] = {}
    for raw in names:
        name = one_line(raw).rstrip(".")
        if name:
            found.setdefault(fold(name), name)
    return list(found.values())
