"""The shipped catalogue is without fault, and a mistake in an entry is told by file and line."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from knowledge.errors import CatalogueError
from knowledge.procedure import Layer
from knowledge.sources import written

TODAY = date(2026, 11, 22)

ENTRY = """\
code: "1.000001"
name: Cấp thẻ tre
plain_name: {vi: Làm thẻ tre, en: Get a bamboo card}
synonyms: [thẻ tre]
summary: {vi: Thẻ cho người trồng tre, en: A card for bamboo growers}
field: Tre trúc
levels: [ward]
audience: [Người trồng tre]
agency:
  receives: {vi: Ủy ban nhân dân phường, en: The ward}
methods:
  - channels: [direct]
    time_limits: [{quantity: 7, unit: working_day}]
    fees:
      - status: exact
        amount: 70000
papers:
  - name: Tờ khai
    originals: 1
results: [Thẻ tre]
legal_basis: [{number: 12/2345/NĐ-CP}]
related: ["1.000002"]
sources:
  - name: Cổng thử
    url: https://example.vn/the-tre
    as_of: 2026-07-18
"""


@pytest.fixture
def entry(tmp_path):
    """Writes an entry file, with some of its words exchanged, and gives its path."""

    def write(*exchanges, name="1.000001-the-tre.yaml", text=ENTRY):
        for old, new in exchanges:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "catalogue" / "bamboo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def _told(path):
    return [str(fault).removeprefix(f"{path.name}:") for fault in written.lint_file(path, TODAY)]


def test_the_shipped_catalogue_has_no_error():
    assert [str(fault) for fault in written.lint(today=TODAY) if fault.error] == []


def test_the_shipped_catalogue_has_its_procedures_in_both_languages():
    procedures = written.load()

    assert len(procedures) >= 40
    assert [p.code for p in procedures] == sorted({p.code for p in procedures})
    assert [p.code for p in procedures if not (p.plain_name and p.plain_name.en and p.summary and p.summary.en)] == []
    assert {p.layer for p in procedures} == {Layer.WRITTEN}


def test_the_shipped_schema_is_the_one_of_the_types():
    assert written.SCHEMA.read_text(encoding="utf-8") == written.schema_text()


def test_a_good_entry_has_no_fault(entry):
    path = entry()

    assert _told(path) == []
    assert [procedure.name for procedure in written.load(path.parent.parent)] == ["Cấp thẻ tre"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("levels: [ward]", "levels: [ward", "8: error: not YAML: did not find expected ',' or ']'"),
        ("field: Tre", "\tfield: Tre", "6: error: not YAML: found character that cannot start any token"),
        ("Tre trúc", "Tre *trúc\x07", "6: error: not YAML: a control character"),
        ("as_of: 2026-07-18", "as_of: 2026-02-30", "26: error: no such date: day is out of range for month"),
        ("levels: [ward]", "levels: [town]", "7: error: levels.0: Input should be "),
        ("originals: 1", "originals: one", "19: error: papers.0.originals: Input should be a valid integer"),
        ("originals: 1", "original: 1", "19: error: papers.0.original: Extra inputs are not permitted"),
        (
            "amount: 70000",
            "amount: 0",
            "15: error: methods.0.fees.0: Value error, an exact fee needs an amount above 0",
        ),
        (
            "status: exact",
            "status: free",
            "15: error: methods.0.fees.0: Value error, a fee of status free has no amount",
        ),
        ("status: exact", "status: set_elsewhere", "15: error: methods.0.fees.0: Value error, a fee of status set_els"),
        (", unit: working_day", "", "13: error: methods.0.time_limits.0: Value error, a time limit needs both"),
        ('code: "1.000001"', "code: 1.000001", "1: error: code: Input should be a valid string"),
        ("url: https://", "url: ", "25: error: sources.0.url: String should match pattern"),
        ("field: Tre trúc", "field: Tre\nfield: trúc", "7: error: the key «field» stands twice"),
        ("field: Tre trúc\n", "", "1: error: «field» is missing or empty"),
        (
            "  receives: {vi: Ủy ban nhân dân phường, en: The ward}",
            "  address: Số 1",
            "1: error: «agency.receives» is m",
        ),
        ("nhân dân phường", "nhân dân cấp huyện", "10: error: abolished on 1/7/2025: «Ủy ban nhân dân cấp huyện»"),
        ("name: Tờ khai", "name: Sổ hộ khẩu", "18: error: «sổ hộ khẩu» is abolished"),
        ("amount: 70000", "amount: 70001", "15: error: 70001 đồng is no round amount"),
        ("amount: 70000", "amount: 70000\n        valid_to: 2025-12-31", "15: advice: this fee ended on 31/12/2025"),
        ('"1.000002"', '"1.000001"', "22: error: a procedure is not related to itself"),
        ("results: [Thẻ tre]", "results: [Hoà giải]", "20: error: write it in NFC with tone marks as in hòa"),
        ("results: [Thẻ tre]", "results: [The\u0309 tre]", "20: error: write it in NFC with tone marks as in hòa"),
    ],
)
def test_a_mistake_is_told_with_its_line(entry, old, new, told):
    faults = _told(entry((old, new)))

    assert [fault[: len(told)] for fault in faults] == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: error: an entry is a mapping of field names to values"),
        ("- code\n- name\n", "1: error: an entry is a mapping of field names to values"),
        (b'code: "1.000001"\nname: C\xe2p\n', "2: error: not UTF-8: save the file as UTF-8"),
        ("code: x\n---\ncode: y\n", "2: error: not YAML: but found another document"),
    ],
)
def test_a_file_that_is_no_entry_is_told(entry, text, told):
    assert _told(entry(text=text)) == [told]


def test_all_mistakes_are_told_in_order_of_line(entry):
    path = entry(("originals: 1", "originals: -1"), ("levels: [ward]", "levels: ward"), ("quantity: 7", "quantity: 0"))

    assert [fault.line for fault in written.lint_file(path, TODAY)] == [7, 13, 19]


def test_a_file_named_after_another_code_is_told(entry):
    path = entry(name="1.000009-the-tre.yaml")

    assert _told(path) == ["1: error: the file name must start with 1.000001-"]


def test_a_code_in_two_files_is_told(entry):
    folder = entry().parent.parent
    entry(name="1.000001-the-truc.yaml")

    assert [str(fault) for fault in written.lint(folder, TODAY)] == [
        "1.000001-the-truc.yaml:1: error: code 1.000001 stands in 1.000001-the-tre.yaml already"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("levels: [ward]", "levels: [ward", 8), ("as_of: 2026-07-18", "as_of: 2026-02-30", 26), ("70000", "0", 15)],
)
def test_a_catalogue_with_mistakes_does_not_load(entry, old, new, line):
    folder = entry((old, new)).parent.parent

    with pytest.raises(CatalogueError, match=rf"^1\.000001-the-tre\.yaml:{line}: error: "):
        written.load(folder)


def test_the_digest_changes_with_any_entry(entry):
    folder = entry().parent.parent
    before = written.digest(folder)
    entry(("70000", "75000"))

    assert written.digest(folder) != before


def test_every_shipped_file_parses_to_plain_values():
    """No tag, anchor or merge that only one YAML reader understands."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in written.files()}
    tokens = (yaml.tokens.AnchorToken, yaml.tokens.AliasToken, yaml.tokens.TagToken)

    assert [name for name, text in texts.items() if any(isinstance(t, tokens) for t in yaml.scan(text))] == []
