"""What we write out comes back as it was; a damaged record is told, and the others are read."""

from __future__ import annotations

import gzip
import json

import pytest

from knowledge.errors import CatalogueError, SourceError
from knowledge.procedure import Layer
from knowledge.sources.formats import Format
from knowledge.sources.limits import Budget, Limits
from knowledge.sources.own import read_file
from knowledge.sources.reading import ProblemKind
from knowledge.store import content_of

ENTRY = """\
code: "1.000001"
name: Cấp thẻ tre
sources:
  - {name: Cổng thử, url: https://example.vn/the-tre, as_of: 2026-07-18}
"""


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "xuat"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def _read(path, form=Format.OWN_EXPORT, **limits):
    return list(read_file(path, form, Budget(path.name, Limits(**limits))))


@pytest.mark.parametrize("layer", [Layer.STAFF, Layer.CITY, Layer.NATIONAL])
@pytest.mark.parametrize("shape", ["one", "lines", "packed lines", "list", "indented"])
def test_an_export_comes_back_as_it_was(file, made, layer, shape):
    procedures = [made(layer=layer), made("1.000002", "Đổi thẻ tre\u2028mới", layer=layer)][
        : 1 if shape in ("one", "indented") else 2
    ]
    texts = [content_of(procedure) for procedure in procedures]
    content = {
        "one": texts[0],
        "lines": "\n".join(texts) + "\n",
        "packed lines": gzip.compress("\n".join(texts).encode()),
        "list": f"[{','.join(texts)}]",
        "indented": json.dumps(json.loads(texts[0]), indent=1, ensure_ascii=False),
    }[shape]

    assert [record.procedure for record in _read(file(content))] == procedures


@pytest.mark.parametrize("layer", [Layer.WRITTEN, Layer.FACTS])
def test_what_a_release_ships_comes_in_as_a_staff_edit(file, made, layer):
    """The shipped layers are replaced with every release: what somebody brings in would be lost with the next."""
    (record,) = _read(file(content_of(made(layer=layer))))

    assert record.procedure == made(layer=Layer.STAFF)


def test_an_entry_comes_in_as_a_staff_edit(file, made):
    (record,) = _read(file(ENTRY), Format.OWN_ENTRY)

    assert record.procedure == made(layer=Layer.STAFF)


def test_an_entry_with_mistakes_is_told_with_its_lines(file):
    with pytest.raises(CatalogueError, match=r"xuat:1: error: code: "):
        _read(file(ENTRY.replace("1.000001", "1.1")), Format.OWN_ENTRY)


def test_a_damaged_record_is_told_and_the_others_are_read(file, made):
    bad = json.dumps({**json.loads(content_of(made("1.000002"))), "fee": 0})

    good, wrong = _read(file(f"{content_of(made(layer=Layer.STAFF))}\n{bad}\n"))

    assert good.procedure == made(layer=Layer.STAFF)
    assert [(p.record, p.kind, p.detail) for p in wrong.problems] == [
        ("record 2", ProblemKind.RECORD_UNREADABLE, "fee: Extra inputs are not permitted")
    ]


@pytest.mark.parametrize("content", ["{", gzip.compress(b"{}")[:-5], b"\xff{", "[" * 9_000])
def test_damaged_json_is_told(file, content):
    with pytest.raises(
        SourceError, match=r"^xuat holds no procedure that can be read: it is damaged.* Export it again\.$"
    ):
        _read(file(content))


def test_an_export_that_is_mostly_air_is_not_opened(file):
    with pytest.raises(SourceError, match="unpacks to far more"):
        _read(file(gzip.compress(b" " * 3_000_000)), unpacked=1_000_000)
