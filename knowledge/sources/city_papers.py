"""The papers on a page of the city's portal, as a table or as lines, in the shape of the national portal's JSON."""

from __future__ import annotations

import re
from typing import Any

from knowledge.text import fold

_QUANTITY = re.compile(r"(?i)(\d+)\s*(?:\([^)]*\)\s*)?bản\s+(chính|sao|gốc)")


def table_papers(rows: tuple[tuple[str, ...], ...]) -> list[dict[str, Any]]:
    """The papers of a table: by the labels of its first row, or each row as it reads where that has none."""
    labels = [fold(label) for label in rows[0]]
    name, originals, copies = (
        next((place for place, label in enumerate(labels) if re.search(sign, label)), None)
        for sign in (r"ten|giay to|thanh phan", r"ban (?:chinh|goc)", r"ban sao")
    )
    if name is None:
        return [paper(" ".join(row)) for row in rows]
    papers = []
    for row in rows[1:]:
        values = dict(enumerate(row))
        rest = " ".join(value for place, value in values.items() if place not in (name, originals, copies))
        read = paper(f"{values.get(name, '')} {rest}")
        counts = {
            key: int(words)
            for key, place in (("originalQty", originals), ("copyQty", copies))
            if place is not None and (words := values.get(place, "")).isdigit()
        }
        papers.append({**read, "name": values.get(name, ""), **counts})
    return papers


def paper(words: str) -> dict[str, Any]:
    """One paper, with the quantities that its own words give."""
    counts = {kind.lower(): int(count) for count, kind in _QUANTITY.findall(words)}
    originals = counts.get("chính", 0) + counts.get("gốc", 0)
    return {"name": words, "originalQty": originals, "copyQty": counts.get("sao", 0)}
