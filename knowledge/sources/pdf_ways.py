"""The table of ways to hand in, in the portal's PDF: its limits, its fees, and words that belong to no single row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from knowledge.procedure import Method, Text, TimeUnit
from knowledge.sources.figures import durations
from knowledge.sources.official import says_nothing
from knowledge.text import clean, fold, one_line

Way = tuple[str, ...]
"""One row: how to hand in, limit, fee, description."""

CHANNELS = {
    "truc tuyen": "ONLINE",
    "truc tiep": "DIRECT",
    "qua buu dien": "POSTAL",
    "dich vu buu chinh": "POSTAL",
    "buu chinh": "POSTAL",
    "truc tiep va truc tuyen": "DIRECT_AND_ONLINE",
}
_UNITS = {"ngay lam viec": "WORKING_DAY", "ngay": "DAY", "gio": "HOUR", "thang": "MONTH", "nam": "YEAR"}
_LIMIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(.*)")
_FREE = "mien phi"
_FEE = re.compile(r"(?i)(\d{1,3}(?:[.,]\d{3})+|\d+)((?:[.,]\d{1,2})?)\s*(vnđ|vnd|đồng|đ|usd|\$)")

DAYS_IN_DOUBT = (
    "Bản PDF của Cổng in «ngày» cả khi Cổng không ghi đơn vị; có thể là ngày làm việc. Hãy hỏi nơi nhận hồ sơ."
)
"""What an answer must add where a limit in «ngày» stands alone."""


def methods(ways: Sequence[Way]) -> list[dict[str, Any]]:
    """The ways of handing in.

    The exporter prints the descriptions of all ways behind each of them: they tell about one only where all have
    the same limit.
    """
    same_limit = len({fold(limit) for _, limit, _, _ in ways}) <= 1
    shared = len({one_line(words) for *_, words in ways}) <= 1
    found = []
    for channel, limit, fee, words in ways:
        quantity, unit = _limit(limit)
        found.append(
            {
                "submissionMethod": CHANNELS.get(fold(one_line(channel)), channel),
                "processingTime": quantity,
                "processingTimeUnit": unit,
                "description": _said_once(words, len(ways)) if same_limit or not shared else "",
                "fees": _fees(one_line(fee)),
            }
        )
    return found


def _limit(words: str) -> tuple[str, str]:
    """«5 ngày làm việc» as number and unit; a bare «1» has no unit, and words without a number stay words."""
    match = _LIMIT.fullmatch(one_line(words))
    if match is None:
        return ("" if says_nothing(words) else words), ""
    unit = _UNITS.get(fold(match.group(2)))
    return (match.group(1).replace(",", "."), unit) if unit else (one_line(words), "OTHER")


def _fees(words: str) -> list[dict[str, Any]]:
    """What a cell charges; nothing where it says nothing, or «Miễn phí», which is printed for want of a fee too."""
    if fold(words) == _FREE or says_nothing(words):
        return []
    match = _FEE.fullmatch(words)
    if match is None:
        return [{"value": None, "description": words}]
    whole, part, currency = match.groups()
    value = float(re.sub(r"[.,]", "", whole) + part.replace(",", "."))
    return [{"value": value, "currencyName": "USD" if currency.lower() in ("usd", "$") else "", "description": ""}]


def is_printed_free(ways: Sequence[Way]) -> bool:
    """Whether a way is said to be free, which the PDF prints where the portal states no fee."""
    return any(fold(one_line(fee)) == _FREE for _, _, fee, _ in ways)


def _said_once(words: str, times: int) -> str:
    """The description once, where the exporter repeats it for each way, with commas between."""
    line = one_line(words)
    for count in range(times, 1, -1):
        part = line[: (len(line) - 2 * (count - 1)) // count]
        if part and ", ".join([part] * count) == line:
            lines = clean(words).splitlines()
            kept = next((n for n in range(1, len(lines) + 1) if len(one_line("\n".join(lines[:n]))) >= len(part)), 0)
            return clean("\n".join(lines[:kept]))[: len(part)] if kept else part
    return words


def days_in_doubt(ways: Sequence[Way]) -> list[str]:
    """The limits in «ngày» that no description repeats."""
    return list(
        dict.fromkeys(
            one_line(limit)
            for _, limit, _, words in ways
            for quantity, unit in durations(limit)
            if unit is TimeUnit.DAY and (quantity, unit) not in durations(words)
        )
    )


def with_shared_words(read: tuple[Method, ...], ways: Sequence[Way]) -> tuple[Method, ...]:
    """The description that stands behind every way, kept where it could not be read as telling about one of them."""
    words = {_said_once(words, len(ways)) for *_, words in ways}
    if len(words) != 1 or not (text := clean(words.pop())):
        return read
    return tuple(
        method
        if method.note or any(limit.note for limit in method.time_limits)
        else method.model_copy(update={"note": Text(vi=text)})
        for method in read
    )
