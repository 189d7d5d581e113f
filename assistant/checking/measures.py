"""Amounts, durations, counts of copies and other figures with what they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.checking.claims import Claim, Kind
from assistant.checking.numerals import NUMBER, SCALES, value

_RANGE = rf"(?:(?P<from>{NUMBER})(?:(?<=\d) ?[-–] ?| [-–] | (?:đến|tới|hoặc|hay|to|or) ))?"
_TWICE = rf"(?P<number>{NUMBER})(?: ?\((?P<again>{NUMBER})\))?"
_CURRENCY = r"(?:đồng|vnđ|vnd|đ(?![\wđ])|dongs?\b|usd|đô la mỹ|đô la|đô\b|us dollars?|dollars?|bucks?)"
_AMOUNT = re.compile(rf"{_RANGE}{_TWICE} ?(?P<unit>{_CURRENCY})(?:/|\b|(?<=đ))")
_BEFORE = re.compile(rf"(?P<unit>vnd|vnđ|usd|us\$|\$|₫) ?(?P<number>{NUMBER})")
_BARE = re.compile(rf"{_RANGE}(?P<number>{NUMBER})(?![\w·])(?! (?:người|hộ|dân|con|lượt|trường hợp|people|persons))")
_SCALED = re.compile(rf"(?:^|\s|\d)(?:{'|'.join(word for word in SCALES if word not in ('trăm', 'hundred'))})(?!\w)")
_NONE = re.compile(
    r"\b(?:không đồng(?! ý| tình| nhất| bộ| thời| đều| quan)|0 ?(?:đồng|đ\b|vnđ|vnd|usd)|zero (?:đồng|dong|vnd))"
)

_UNITS: tuple[tuple[str, str, float], ...] = (
    (r"(?:ngày \(?(?:làm việc|lv)\)?|ngày công|(?:working|business|work)[ -]days?)", "working_day", 1),
    (r"(?:giờ|tiếng|hours?)(?! ?\d)(?! sáng| chiều)", "hour", 1),
    (r"(?:phút|minutes?)", "minute", 1),
    (r"(?:buổi|mornings?|afternoons?)", "session", 1),
    (r"(?:ngày(?! làm việc)|(?:calendar )?days?)", "day", 1),
    (r"(?:tuần(?: lễ)?|weeks?)", "day", 7),
    (r"(?:tháng(?! \d)|months?)", "month", 1),
    (r"(?:năm(?! (?:19|20)\d\d)|years?)", "year", 1),
)
_AGE = r"(?! ?(?:tuổi|old\b|of age))"
_UNIT = "|".join(f"(?P<u{place}>{unit})" for place, (unit, _, _) in enumerate(_UNITS))
_DURATION = re.compile(
    rf"{_RANGE}{_TWICE}[ -]?(?:{_UNIT})\b(?P<half> rưỡi| and a half)?(?P<age> ?(?:tuổi| old\b|[ -]old\b| of age))?"
)
_A = re.compile(
    rf"\b(?:within|takes?|in|after|about|than|least|most|only|just|to|half) an? (?:full |single )?(?:{_UNIT})\b"
)
_SAME_DAY = re.compile(
    r"\b(?:(?:ngay )?trong ngày(?! làm việc| đầu| nghỉ| lễ| hôm|[ ·]*\d)|cùng ngày|ngay trong buổi|lấy (?:ngay|liền)|"
    r"same[ -](?:working )?day|on the spot|immediately|while you wait|within the day|ngay lập tức|ngay tại chỗ)\b"
)
_COPIES = re.compile(
    rf"(?P<number>{NUMBER})(?: ?\((?P<again>{NUMBER})\))? (?:(?:certified|notarised|plain|clear|tấm|cái|tờ|chiếc) )?"
    r"(?P<what>bản chính|bản gốc|bản sao|bản photo|bản chụp|bản phô tô|bản|bộ|"
    r"originals?|(?:photo)?cop(?:y|ies)|sets?|(?:passport )?photos?|photographs?|ảnh|hình)\b"
)
_WHAT = {
    "bản chính": "original", "bản gốc": "original", "original": "original", "ảnh": "photo", "hình": "photo", "photo": "photo",
    "photograph": "photo", "passport photo": "photo", "bộ": "set", "set": "set", "bản": "piece",
}  # fmt: skip
_OTHER = re.compile(
    rf"(?P<number>{NUMBER}) ?(?P<unit>tuổi|%|phần trăm|percent|per cent|m2|m²|mét vuông|km|mét|ha\b|trang|pages?|years? old|years of age|lần|times)"
)
_AT_AGE = re.compile(rf"\b(?:aged?|over|under) (?P<number>{NUMBER})(?! ?(?:đồng|vnd|·|day|working|month|hour|week))")
_OTHER_UNIT = {"phần trăm": "%", "percent": "%", "per cent": "%", "mét vuông": "m2", "m²": "m2", "pages": "trang", "page": "trang",
               "years old": "tuổi", "year old": "tuổi", "years of age": "tuổi", "times": "lần"}  # fmt: skip
_SIZE = re.compile(r"\b\d{1,2}(?:[.,]\d)? ?[x×] ?\d{1,2}(?:[.,]\d)?\b")
_PLAIN = re.compile(r"(?<![\w.,/-])\d+(?:[.,/:-]\d+)*(?![\w%])")
_LIST = re.compile(
    r"(?m)^\s*(?:[-*•+–]\s*)?\d{1,2}[.)](?=\s)|\b24 ?/ ?(?:7|24)(?: ?/ ?7)?\b|\b(?:bước|step|mục|mức độ|level|cấp độ)(?: thứ)? \d{1,2}\b|\[\d{1,2}\]"
)
_NUMBER = re.compile(NUMBER)
_HARMLESS = 60
"""Bare numbers below it are counts of papers, people, things."""


def read(low: str) -> list[Claim]:
    """The claims of a text in lower case, in which everything else that has digits is blanked out."""
    claims: list[Claim] = []
    left = _LIST.sub(_blank, low)
    for pattern, reader in _ALONE:
        left = _taken(pattern, reader, left, claims)
    done = 0
    pieces = []
    for number in _NUMBER.finditer(left):
        if number.start() < done:
            continue
        for pattern, reader in _COUNTED:
            match = pattern.match(left, number.start())
            found = list(reader(match)) if match else []
            if match and found:
                claims.extend(found)
                pieces.append((match.start(), match.end()))
                done = match.end()
                break
    for start, end in pieces:
        left = left[:start] + "·" * (end - start) + left[end:]
    _taken(_PLAIN, _number, left, claims)
    return claims


def _taken(pattern: re.Pattern[str], reader: Reader, text: str, claims: list[Claim]) -> str:
    """The text with blanks where the pattern stands for a claim, which is added to the others."""

    def taken(match: re.Match[str]) -> str:
        found = list(reader(match))
        claims.extend(found)
        return "·" * len(match.group()) if found else match.group()

    return pattern.sub(taken, text)


def duration_keys(key: str) -> Iterator[str]:
    """The same duration in other words: 7 days a week, 24 hours a day, 12 months a year, 15 days half a month."""
    yield key
    number, unit = key.split(" ")
    quantity = float(number)
    if unit == "hour":
        yield from (f"{quantity / 24:g} day",) if quantity % 24 == 0 else ()
    if unit == "day":
        yield f"{quantity * 24:g} hour"
        yield from ("0.5 month",) if quantity == 15 else ()
    if unit == "month":
        yield f"{quantity / 12:g} year"
    if unit == "year":
        yield f"{quantity * 12:g} month"


def _blank(match: re.Match[str]) -> str:
    return "·" * len(match.group())


def _values(match: re.Match[str], *names: str) -> Iterator[float]:
    for name in names:
        said = match.groupdict().get(name)
        number = value(said) if said else None
        if number is not None:
            yield number


def _none(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim(Kind.AMOUNT, "0", match.start(), match.end())


def _amount(match: re.Match[str]) -> Iterator[Claim]:
    unit = match["unit"]
    currency = "USD" if unit.startswith(("us", "$", "đô", "dollar", "buck")) else "VND"
    for number in filter(None, _values(match, "from", "number", "again")):
        yield Claim(Kind.AMOUNT, f"{number:.10g} {currency}", match.start(), match.end())


def _bare(match: re.Match[str]) -> Iterator[Claim]:
    """«50 nghìn», «1,2 triệu», «50k» without a word for money."""
    if _SCALED.search(match["number"]):
        for number in _values(match, "number"):
            yield Claim(Kind.AMOUNT, f"{number:.10g} VND", match.start(), match.end())


def _unit_of(match: re.Match[str]) -> tuple[str, float]:
    return next((name, times) for place, (_, name, times) in enumerate(_UNITS) if match[f"u{place}"])


def _duration(match: re.Match[str]) -> Iterator[Claim]:
    unit, times = _unit_of(match)
    half = 0.5 if match["half"] else 0
    for number in _values(match, "from", "number", "again"):
        kind = Kind.NUMBER if match["age"] else Kind.DURATION
        if kind is Kind.NUMBER and unit == "year":
            yield Claim(kind, f"{number:g} tuổi", match.start(), match.end())
        else:
            yield Claim(Kind.DURATION, f"{(number + half) * times:g} {unit}", match.start(), match.end())


def _one(match: re.Match[str]) -> Iterator[Claim]:
    unit, times = _unit_of(match)
    quantity = 0.5 if match.group().startswith("half") else 1
    yield Claim(Kind.DURATION, f"{quantity * times:g} {unit}", match.start(), match.end())


def _same_day(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim(Kind.DURATION, "0 day", match.start(), match.end())


def _other(match: re.Match[str]) -> Iterator[Claim]:
    unit = _OTHER_UNIT.get(match["unit"], match["unit"])
    for number in _values(match, "number"):
        if unit not in ("lần", "trang", "mét", "km") or number > 3:
            yield Claim(Kind.NUMBER, f"{number:.10g} {unit}", match.start(), match.end())


def _age(match: re.Match[str]) -> Iterator[Claim]:
    for number in _values(match, "number"):
        yield Claim(Kind.NUMBER, f"{number:g} tuổi", match.start(), match.end())


def _copies(match: re.Match[str]) -> Iterator[Claim]:
    said = match["what"]
    what = _WHAT.get(said, _WHAT.get(said.removesuffix("s"), "copy"))
    for number in _values(match, "number", "again"):
        if number != 1 or what not in ("piece", "set"):
            yield Claim(Kind.COPIES, f"{number:g} {what}", match.start(), match.end())


def _size(match: re.Match[str]) -> Iterator[Claim]:
    yield Claim(
        Kind.NUMBER,
        re.sub(r"[ ×]", lambda m: "x" if m.group() == "×" else "", match.group()),
        match.start(),
        match.end(),
    )


def _number(match: re.Match[str]) -> Iterator[Claim]:
    number = value(match.group())
    if number is None or number >= _HARMLESS or not match.group().isdigit():
        key = f"{number:.12g}" if number is not None else match.group()
        yield Claim(Kind.NUMBER, key, match.start(), match.end())


Reader = Callable[[re.Match[str]], Iterator[Claim]]
_ALONE: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_NONE, _none), (_BEFORE, _amount), (_A, _one), (_SAME_DAY, _same_day), (_AT_AGE, _age), (_SIZE, _size),
)  # fmt: skip
_COUNTED: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_AMOUNT, _amount), (_DURATION, _duration), (_OTHER, _other), (_COPIES, _copies), (_BARE, _bare),
)  # fmt: skip
