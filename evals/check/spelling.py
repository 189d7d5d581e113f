"""Ways of spelling an amount, a duration, a date, a count: in figures and in words."""

from __future__ import annotations

from datetime import date
from random import Random

from knowledge.procedure import Language, TimeUnit

_DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MONTHS = "January February March April May June July August September October November December".split()
_VI_UNITS = {
    TimeUnit.HOUR: "giờ", TimeUnit.DAY: "ngày", TimeUnit.WORKING_DAY: "ngày làm việc", TimeUnit.MONTH: "tháng", TimeUnit.YEAR: "năm",
}  # fmt: skip
_EN_UNITS = {
    TimeUnit.HOUR: "hour", TimeUnit.DAY: "day", TimeUnit.WORKING_DAY: "working day", TimeUnit.MONTH: "month", TimeUnit.YEAR: "year",
}  # fmt: skip


def number_in_words(number: int, language: Language) -> str:
    """A whole number below ten million in words."""
    return _vietnamese(number) if language == "vi" else _english(number)


def amount(number: int, language: Language, rng: Random, *, words: bool = False) -> str:
    """An amount of đồng as somebody might write it."""
    if words:
        unit = "đồng" if language == "vi" else rng.choice(["dong", "đồng", "VND"])
        return f"{number_in_words(number, language)} {unit}"
    dots, commas = f"{number:,}".replace(",", "."), f"{number:,}"
    if language == "en":
        return rng.choice([f"{commas} đồng", f"VND {commas}", f"{commas} VND", f"{commas} dong", f"{dots} đồng"])
    ways = [f"{dots} đồng", f"{dots}đ", f"{dots} VNĐ", f"{dots} VND", f"{number} đồng"]
    if number % 1000 == 0 and number < 1_000_000:
        ways += [
            f"{number // 1000}k",
            f"{number // 1000} nghìn đồng",
            f"{number // 1000} ngàn",
            f"{number // 1000}.000 đồng",
        ]
    if number >= 1_000_000 and number % 100_000 == 0:
        ways += [f"{number / 1e6:g} triệu đồng".replace(".", ","), f"{number / 1e6:g} triệu".replace(".", ",")]
    return rng.choice(ways)


def duration(quantity: float, unit: TimeUnit, language: Language, rng: Random, *, words: bool = False) -> str:
    """A duration as somebody might write it."""
    whole = int(quantity) == quantity
    said = (
        number_in_words(int(quantity), language)
        if words and whole
        else f"{quantity:g}".replace(".", "," if language == "vi" else ".")
    )
    if language == "en":
        name = _EN_UNITS[unit]
        if unit is TimeUnit.WORKING_DAY:
            name = rng.choice(["working day", "working day", "business day"])
        return f"{said} {name}{'' if quantity == 1 else 's'}"
    if not words and whole and quantity < 10 and rng.random() < 0.3:
        said = rng.choice([f"0{quantity:g}", f"{quantity:g} ({number_in_words(int(quantity), 'vi')})"])
    return f"{said} {_VI_UNITS[unit]}"


def day(value: date, language: Language, rng: Random) -> str:
    """A date as somebody might write it."""
    slashed = [f"{value.day}/{value.month}/{value.year}", f"{value:%d/%m/%Y}"]
    if language == "vi":
        spoken = f"{value.day} tháng {value.month} năm {value.year}"
        return rng.choice([*slashed, f"{value:%d-%m-%Y}", f"{value:%d.%m.%Y}", spoken, f"ngày {spoken}"])
    month = _MONTHS[value.month - 1]
    return rng.choice(
        [*slashed, f"{month} {value.day}, {value.year}", f"{value.day} {month} {value.year}", value.isoformat()]
    )


def copies(number: int, original: bool, language: Language, rng: Random) -> str:  # noqa: FBT001
    """How many copies or originals."""
    said = rng.choice([str(number), f"0{number}", number_in_words(number, language)])
    if language == "vi":
        return f"{said} {rng.choice(['bản chính', 'bản gốc'] if original else ['bản sao', 'bản photo'])}"
    noun = "original" if original else rng.choice(["copy", "photocopy"])
    return f"{said} {noun if number == 1 else noun.replace('copy', 'copies') if not original else noun + 's'}"


def _vietnamese(number: int) -> str:
    parts: list[str] = []
    for scale, name in ((1_000_000, "triệu"), (1_000, "nghìn")):
        if number >= scale:
            parts.append(f"{_vi_hundreds(number // scale)} {name}")
            number %= scale
    if number or not parts:
        few = f"không trăm {'' if number >= 10 else 'lẻ '}" if parts and number < 100 else ""
        parts.append(few + _vi_hundreds(number))
    return " ".join(parts)


def _vi_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    head = f"{_DIGITS[hundreds]} trăm" if hundreds else ""
    tens, ones = divmod(rest, 10)
    if not rest:
        return head or _DIGITS[0]
    if not tens:
        return f"{head} lẻ {_DIGITS[ones]}" if head else _DIGITS[ones]
    last = {0: "", 1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, _DIGITS[ones])
    return " ".join(filter(None, (head, "mười" if tens == 1 else f"{_DIGITS[tens]} mươi", last)))


def _english(number: int) -> str:
    for scale, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            return f"{_english(number // scale)} {name}{' ' + _english(rest) if rest else ''}"
    if number < len(_ENGLISH):
        return _ENGLISH[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_ENGLISH[ones]}" if ones else "")
