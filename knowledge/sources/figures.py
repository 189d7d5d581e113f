"""Reading amounts, durations and dates out of Vietnamese sentences."""

from __future__ import annotations

import re
from datetime import date

from knowledge.procedure import TimeUnit

AMOUNT = re.compile(
    r"(?i)(?<![\w./,])(\d{1,3}(?:[.,]\d{3})+|\d{4,})\s*(?:đồng|vnđ|vnd|đ)(?!\w)"
    r"|(?<![\w./,])(\d+(?:[.,]\d+)?)\s*(nghìn|ngàn|triệu)\s*(?:đồng|vnđ|vnd|đ)(?!\w)"
)
"""An amount in đồng, with its unit."""

_SCALE = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}
_DOLLARS = re.compile(r"(?i)\busd\b|đô la|\$")

_WAIVED = re.compile(r"\b(?:miễn|miễ|giảm)(?!\w)|\bmiễn?(?:lệ|phí)")
_WAIVED_PLAIN = re.compile(r"\b(?:mien|giam)\b")

_DURATION = re.compile(
    r"(?i)(?<![\w./,])(\d+(?:[.,]\d+)?)\s*(?:\([^)]{1,20}\)\s*)?(ngày\s+làm\s+việc|ngày|giờ|tháng|năm)(?!\s*\d)"
)
_DURATION_UNITS = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "ngày": TimeUnit.DAY,
    "giờ": TimeUnit.HOUR,
    "tháng": TimeUnit.MONTH,
    "năm": TimeUnit.YEAR,
}
_CLOCK = re.compile(r"(?i)(?:sau|trước|lúc|từ|đến)\s+\d+\s*giờ")

_DATE = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_UNTIL = re.compile(rf"(?i)đến\s+(?:hết\s+)?(?:ngày\s+)?{_DATE}")
_FROM = re.compile(rf"(?i)(?:kể\s+)?từ\s+(?:ngày\s+)?{_DATE}")


def amounts(text: str) -> tuple[int, ...]:
    """The amounts in đồng above 0 that a text states, each once, in order."""
    found: dict[int, None] = {}
    for plain, scaled, scale in AMOUNT.findall(text):
        value = (
            int(re.sub(r"[.,]", "", plain)) if plain else round(float(scaled.replace(",", ".")) * _SCALE[scale.lower()])
        )
        if value:
            found[value] = None
    return tuple(found)


def told_amount(amount: int) -> str:
    """An amount as people write it here: 50.000 đồng."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def told_duration(quantity: float, unit: TimeUnit) -> str:
    """A duration as people write it here: 2 ngày làm việc."""
    words = next(words for words, known in _DURATION_UNITS.items() if known is unit)
    return f"{quantity:g} {words}".replace(".", ",")


def mentions_dollars(text: str) -> bool:
    """Whether a text speaks of US dollars."""
    return bool(_DOLLARS.search(text))


def says_waived(text: str) -> bool:
    """Whether a text speaks of a charge being waived or lowered; «giám hộ» is no «giảm»."""
    lowered = text.lower()
    return bool(_WAIVED.search(lowered) or (lowered.isascii() and _WAIVED_PLAIN.search(lowered)))


def durations(text: str) -> tuple[tuple[float, TimeUnit], ...]:
    """The durations that a text states, each once, in order; times of day are not durations."""
    found: dict[tuple[float, TimeUnit], None] = {}
    for number, unit in _DURATION.findall(_CLOCK.sub(" ", text)):
        quantity = float(number.replace(",", "."))
        if quantity > 0:
            found[quantity, _DURATION_UNITS[" ".join(unit.lower().split())]] = None
    return tuple(found)


def last_day(text: str) -> date | None:
    """The latest «đến (hết) ngày …» of a text, None without one."""
    return max(_dates(_UNTIL, text), default=None)


def first_day(text: str) -> date | None:
    """The latest «từ ngày …» of a text, None without one."""
    return max(_dates(_FROM, text), default=None)


def _dates(pattern: re.Pattern[str], text: str) -> list[date]:
    days = []
    for day, month, year in pattern.findall(text):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days
