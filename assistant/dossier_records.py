"""What the look-up service answers, read: of several dossiers the one that was asked for, without who filed it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.dossier import Dossier, DossierUnreachable, dossier_code, mask_name, short_code
from assistant.privacy import mask
from knowledge.text import one_line

_CITY_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
_MOST = 200
_DAY_FIRST = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")


def matching(code: str, answer: Any) -> Dossier | None:
    """The dossier under that code in an answer; None if it holds none, or if a short code fits several.

    A dossier under another code is never given out, whatever the service sends along.

    Raises:
        DossierUnreachable: the answer has not the shape that is known.

    """
    records = answer.get("HoSo") if isinstance(answer, Mapping) else answer
    if records is None and isinstance(answer, Mapping) and answer.get("TongSo") == 0:
        records = []
    if not isinstance(records, list) or not all(isinstance(record, Mapping) for record in records):
        raise DossierUnreachable("The dossier service answers in a shape that is not known: «HoSo» is missing.")
    found = {known: record for record in records if (known := dossier_code(_words(record, "MaHoSo")))}
    whole = found.get(code)
    if whole is not None:
        return _read(code, whole)
    alike = [known for known in found if _same(known, code)]
    return _read(alike[0], found[alike[0]]) if len(alike) == 1 else None


def _same(known: str, code: str) -> bool:
    """Whether they are one code, of which one leaves the office's numbers out."""
    short = short_code(known)
    return short == short_code(code) and short in (known, code)


def _read(code: str, record: Mapping[str, Any]) -> Dossier:
    return Dossier(
        code=code,
        procedure=_words(record, "TenTTHC"),
        status=mask(_words(record, "TenTrangThai")),
        agency=mask(_words(record, "DonViXuLy")),
        applicant=mask_name(_words(record, "TenChuHoSo")),
        received=_day(record.get("NgayTiepNhan")),
        due=_day(record.get("HanGiaiQuyet")),
        returned=_day(record.get("NgayTraKetQua")),
    )


def _words(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return one_line(value)[:_MOST] if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    """A day as the service writes it: 18/07/2026, 2026-07-18, {"$date": "2026-07-17T17:00:00Z"}; None where unreadable.

    A moment of the world's clock is the city's day: 17:00 UTC is the next morning there.
    """
    if isinstance(value, Mapping):
        value = value.get("$date")
    if not isinstance(value, str):
        return None
    try:
        if found := _DAY_FIRST.match(value.strip()):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return moment.astimezone(_CITY_TIME).date() if moment.tzinfo else moment.date()
