"""Every unit before the merger, in every way that people write it, leads to its unit of today or is asked about."""

from __future__ import annotations

import csv

import pytest

from knowledge.place_names import PlaceMention, Reading, find_place, place_in
from knowledge.places import places, split_kind
from knowledge.text import fold

SHORT = {
    "phường": "p.",
    "xã": "x.",
    "thị trấn": "tt.",
    "quận": "q.",
    "huyện": "h.",
    "thị xã": "tx.",
    "thành phố": "tp.",
}

SPLIT = {"Hòa Liên"}
SAME_NAME = {"Phước Hòa", "Phước Mỹ", "Phước Ninh", "Tân An"}
"""In two districts; the kind or the district tells them apart."""
SAME_MARKS = {"Tam Đàn", "Tam Dân", "Tam Thanh", "Tam Thành", "Tam Thạnh", "Trà Dơn", "Trà Don"}
"""The same but for their marks, and of one kind."""
SAME_MARKS_IN_DISTRICT = {"Tam Đàn", "Tam Dân", "Trà Dơn", "Trà Don"}
DISTRICTS_TOO = {"Hải Châu", "Núi Thành"}
"""Old units whose name their district had too."""

_OLD = [(unit, former) for unit in places().units.values() for former in unit.was]


def _short(full_name):
    kind, name = split_kind(full_name)
    return f"{SHORT[kind]} {name}" if kind in SHORT else full_name


FORMS = {
    "full": lambda former: former.full_name,
    "old": lambda former: f"{former.full_name} cũ",
    "short": lambda former: _short(former.full_name),
    "short and old": lambda former: f"{_short(former.full_name)} (cũ)",
    "glued": lambda former: _short(former.full_name).replace(". ", "."),
    "bare": lambda former: former.name,
    "bare and old": lambda former: f"{former.name} cũ",
    "with district": lambda former: f"{former.full_name}, {former.district}",
    "no comma": lambda former: f"{former.full_name} {former.district}",
    "short district": lambda former: f"{_short(former.full_name)}, {_short(former.district)}",
    "bare district": lambda former: f"{former.name}, {split_kind(former.district)[1]}",
    "capitals": lambda former: f"{former.full_name}, {former.district}".upper(),
    "address": lambda former: f"K123/H45 Nguyễn Tri Phương, {former.full_name}, {former.district}, Đà Nẵng",
}
"""How people write an old address."""

ASKED = {
    **dict.fromkeys(FORMS, SPLIT),
    # «x. Tam Thanh» is written without a mark: which of three it is cannot be told.
    **dict.fromkeys(("short", "glued"), SPLIT | {"Tam Thanh"}),
    "bare": SPLIT | SAME_NAME | DISTRICTS_TOO | {"Tam Thanh"},
    "bare and old": SPLIT | SAME_NAME | DISTRICTS_TOO,
}
"""Of each form, the names that are asked about."""

ASKED_WITHOUT_MARKS = {
    **dict.fromkeys(FORMS, SPLIT | SAME_MARKS_IN_DISTRICT),
    **dict.fromkeys(("full", "old", "short", "short and old", "glued"), SPLIT | SAME_MARKS),
    **dict.fromkeys(("bare", "bare and old"), SPLIT | SAME_NAME | SAME_MARKS | DISTRICTS_TOO),
}
"""The same where no mark is typed; «thanh binh» alone may be Thanh Bình or Thạnh Bình."""
ASKED_WITHOUT_MARKS["bare"] = ASKED_WITHOUT_MARKS["bare"] | {"Thanh Bình"}


def _codes(mention: PlaceMention | None) -> set[str]:
    return {match.unit.code for match in mention.matches} if mention else set()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("marks", [True, False], ids=["marks", "no marks"])
def test_every_old_name_gives_its_unit_or_is_asked_about(form, marks):
    asked = set()
    for unit, former in _OLD:
        text = FORMS[form](former)
        mention = find_place(text if marks else fold(text))
        assert unit.code in _codes(mention), text
        if mention.match is None:
            asked.add(former.name)
        else:
            assert mention.match.unit.code == unit.code, text

    assert asked == (ASKED if marks else ASKED_WITHOUT_MARKS)[form]


@pytest.mark.parametrize("form", ["full", "short", "with district"])
def test_every_old_name_is_found_inside_a_question(form):
    for unit, former in _OLD:
        mention = place_in(f"tôi ở {FORMS[form](former)} thì làm giấy khai sinh ở đâu")
        assert unit.code in _codes(mention), former
        assert former.name in SPLIT or mention.match.unit.code == unit.code, former


def test_every_row_of_the_reference_gives_its_unit(shared_data):
    path = shared_data / "places" / "former-wards.csv"
    if not path.exists():
        pytest.skip(f"the old names are not here: {path.name}")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    for row in rows:
        text = ", ".join(filter(None, (row["old_ward"], row["old_district"], row["old_province"])))
        mention = find_place(text)
        assert row["new_code"] in _codes(mention), text
        assert mention.reading is (Reading.SPLIT if row["partial"] == "yes" else Reading.FOUND), text
    assert len(rows) == len(_OLD)
