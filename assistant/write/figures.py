"""How figures are written: 50.000 đồng, 21/11/2026, 7 ngày làm việc."""

from __future__ import annotations

from datetime import date

from assistant import wording_fields
from knowledge.procedure import Fee, Language, TimeLimit


def money(fee: Fee, language: Language) -> str:
    """An amount with its currency: 50.000 đồng, or 50,000 đồng in English."""
    amount = fee.amount or 0
    plain = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    if language == "vi":
        plain = plain.translate(str.maketrans(",.", ".,"))
    return f"{plain} USD" if fee.currency == "USD" else f"{plain} đồng"


def day(value: date) -> str:
    """A day as people write it here."""
    return f"{value:%d/%m/%Y}"


def distance(kilometres: float, language: Language) -> str:
    """A distance as people say it: 850 m; 1,2 km; 45 km."""
    if kilometres < 1:
        return f"{max(1, round(kilometres * 100)) * 10} m"
    told = f"{kilometres:.1f}" if kilometres < 10 else f"{kilometres:.0f}"
    return f"{told.replace('.', ',') if language == 'vi' else told} km"


def duration(limit: TimeLimit, language: Language) -> str:
    """A time limit: 7 ngày làm việc, or 7 working days."""
    if limit.quantity is None or limit.unit is None:
        return wording_fields.TIME_UNKNOWN.said_in(language)
    number = f"{limit.quantity:g}"
    unit = wording_fields.UNITS[limit.unit].said_in(language)
    if language == "vi":
        return f"{number.replace('.', ',')} {unit}"
    return f"{number} {unit}{'' if limit.quantity == 1 else 's'}"
