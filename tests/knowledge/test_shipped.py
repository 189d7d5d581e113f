"""A release brings its catalogue along: written entries, and facts of all the others, made the same way every time."""

from __future__ import annotations

import gzip
import json
import lzma
import re
from datetime import date
from typing import Any

import pytest

from knowledge import quality
from knowledge.errors import CatalogueError, UnknownProcedure
from knowledge.procedure import Channel, Layer, Section, Text
from knowledge.shipped import load_shipped, make_facts, shipped_facts
from knowledge.sources import facts, written
from knowledge.sources.facts import FACTS
from knowledge.text import fold

SNAPSHOT = date(2026, 7, 18)


@pytest.fixture(scope="module")
def by_hand():
    """The codes that have a written entry."""
    return {entry.code for entry in written.load()}


@pytest.fixture(scope="module")
def bare():
    """The facts records that come with the release."""
    return {record.code: record for record in shipped_facts()}


def _lines(packed):
    return lzma.decompress(packed).decode().split("\n")


def _portal(portal_record, code, **fields):
    """A record of the portal with a fee, a limit and a step."""
    method = {
        "submissionMethod": "DIRECT",
        "processingTime": 3,
        "processingTimeUnit": "WORKING_DAY",
        "fees": [{"type": "SERVICE_FEE", "value": 0, "description": "Cấp mới 40.000 đồng; cấp lại 20.000 đồng"}],
    }
    steps = [{"name": "Bước 1", "description": "Phòng Tư pháp quận tiếp nhận."}]
    return portal_record(code, isWard=True, executionMethods=[method], executionSteps=steps, **fields)


def test_a_code_with_a_written_entry_gets_no_facts_record(by_hand, bare):
    everything = {record.code for record in facts.load()}

    assert set(bare) == everything - by_hand
    assert by_hand & everything
    assert all(record.layer is Layer.FACTS for record in bare.values())


def test_the_second_time_nothing_is_done(new_store, by_hand, bare):
    store = new_store()

    assert load_shipped(store)
    before = store.hashes()

    assert not load_shipped(store)
    assert store.hashes() == before
    assert set(before) == by_hand | set(bare)


@pytest.fixture
def release(monkeypatch, tmp_path, made):
    """Puts a facts file of these codes in the place of the shipped one."""
    file = tmp_path / "facts.jsonl.xz"
    monkeypatch.setattr(facts, "FACTS", file)

    def make(*codes):
        file.write_bytes(facts.pack(made(code, layer=Layer.FACTS, results=("Thẻ tre",)) for code in codes))
        return file

    return make


def test_a_new_release_replaces_what_the_last_one_brought(new_store, release, by_hand):
    store = new_store()
    release("9.000001", "9.000002")
    load_shipped(store)
    before = store.hashes()

    release("9.000002", "9.000003")

    assert load_shipped(store)
    after = store.hashes()
    assert set(before) == by_hand | {"9.000001", "9.000002"}
    assert set(after) == by_hand | {"9.000002", "9.000003"}
    assert {code: after[code] for code in after if code != "9.000003"}.items() <= before.items()
    with pytest.raises(UnknownProcedure):
        store.get("9.000001")


def test_an_imported_record_wins_over_the_facts(new_store, release, made):
    store = new_store()
    release("9.000001")
    load_shipped(store)
    national = made("9.000001", name="Cấp thẻ tre của Bộ", layer=Layer.NATIONAL, steps=("Nộp hồ sơ.",))

    store.write([national], source="made up", problems=(), read=1)

    told = store.get("9.000001")
    assert (told.layer, told.name, told.steps) == (Layer.NATIONAL, "Cấp thẻ tre của Bộ", (Text(vi="Nộp hồ sơ."),))
    assert told.results == (Text(vi="Thẻ tre"),)
    assert told.source_of(Section.RESULT).layer is Layer.FACTS
    assert told.source_of(Section.STEPS).layer is Layer.NATIONAL


def test_without_a_facts_file_there_are_the_entries_alone(new_store, release, by_hand):
    release().unlink()
    store = new_store()

    load_shipped(store)

    assert list(shipped_facts()) == []
    assert set(store.hashes()) == by_hand


def test_a_damaged_facts_file_is_told_and_read_again_the_next_time(new_store, release):
    file = release("9.000001")
    whole = file.read_bytes()
    file.write_bytes(whole[:-10])
    store = new_store()

    with pytest.raises(CatalogueError, match="is damaged"):
        load_shipped(store)

    file.write_bytes(whole)
    assert load_shipped(store)
    assert store.get("9.000001").layer is Layer.FACTS


def test_the_facts_of_a_file_are_those_that_apply_here(portal_lines, portal_record, tmp_path):
    target = tmp_path / "facts.jsonl.xz"
    file = portal_lines(
        _portal(portal_record, "1.000001"),
        _portal(portal_record, "1.000002", departmentPromulgateName="UBND tỉnh Sơn La"),
        _portal(portal_record, "1.000003", departmentPromulgateName="UBND thành phố Đà Nẵng"),
        "{broken",
    )
    told = []

    count, weight = make_facts(file, SNAPSHOT, target, told.append)

    ours, city = facts.load(target)
    assert (count, weight, told) == (2, target.stat().st_size, [1, 2, 3, 4])
    assert (ours.code, ours.jurisdiction, ours.layer) == ("1.000001", "national", Layer.FACTS)
    assert (city.code, city.jurisdiction, city.layer) == ("1.000003", "da-nang", Layer.FACTS)
    assert ours.sources[0].as_of == SNAPSHOT
    assert ours.steps == ()
    (method,) = ours.methods
    assert method.channels == (Channel.DIRECT,)
    assert [(fee.condition.vi, fee.amount) for fee in method.fees] == [("cấp mới", 40_000), ("cấp lại", 20_000)]
    # What its steps gave rise to is told, though the steps are not.
    assert [caution.about for caution in ours.warnings] == [Section.STEPS]
    assert ours.warnings[0].text == quality.rules()["district_in_text"].caution


def test_the_same_file_gives_the_same_content(portal_lines, portal_record, tmp_path):
    records = [_portal(portal_record, f"1.{number:06}") for number in range(1, 20)]
    one, other = tmp_path / "one.xz", tmp_path / "other.xz"

    make_facts(portal_lines(*records, name="a.jsonl"), SNAPSHOT, one)
    make_facts(portal_lines(*reversed(records), name="b.jsonl.gz"), SNAPSHOT, other)

    assert one.read_bytes() == other.read_bytes()


def test_a_file_too_heavy_for_a_release_is_not_written(portal_lines, portal_record, tmp_path, monkeypatch):
    monkeypatch.setattr(facts, "MOST_BYTES", 10)
    target = tmp_path / "facts.jsonl.xz"

    with pytest.raises(CatalogueError, match=r"^The facts file would weigh \d+ bytes; 10 are the most\.$"):
        make_facts(portal_lines(_portal(portal_record, "1.000001")), SNAPSHOT, target)
    assert not target.exists()


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        make_facts(tmp_path / "none.jsonl", SNAPSHOT, tmp_path / "facts.jsonl.xz")


@pytest.fixture(scope="module")
def raw_records(portal_file):
    """The lines of the portal's file by code, each code once, read without our reader."""
    lines: dict[str, tuple[dict[str, Any], bytes]] = {}
    with gzip.open(portal_file) as file:
        for line in file:
            detail = json.loads(line)["detail"]
            code = re.match(r"\s*(\d\.\d{6})(?:\.[\d.H]+)?\s*$", detail["code"])
            if code:
                lines.setdefault(code[1], (detail, line))
    return lines


def test_the_shipped_facts_are_those_of_the_portals_records(raw_records, tmp_path):
    """A fifth of the records, for speed. If this fails, a reader has changed: run `tro-ly catalogue facts`."""
    file, target = tmp_path / "portal.jsonl", tmp_path / "facts.jsonl.xz"
    file.write_bytes(b"".join(line for _, line in list(raw_records.values())[::5]))

    make_facts(file, SNAPSHOT, target)

    made = _lines(target.read_bytes())
    kept = set(_lines(FACTS.read_bytes()))
    assert len(made) > 900
    assert [line for line in made if line not in kept][:3] == []


def test_every_record_that_applies_here_is_shipped_and_no_other(raw_records):
    def applies(detail):
        publisher = fold(" ".join(detail["departmentPromulgateName"].split()))
        return "da nang" in publisher or not re.search(r"\b(?:tinh|thanh pho|tp\.?) ", publisher)

    expected = {code for code, (detail, _) in raw_records.items() if applies(detail)}

    assert {json.loads(line)["code"] for line in _lines(FACTS.read_bytes())} == expected
