"""How people say it: read by code, and every code is one of the catalogue's."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest

from knowledge import phrasings
from knowledge.errors import CatalogueError
from knowledge.sources import written
from knowledge.text import clean


@pytest.fixture
def folder(tmp_path):
    """A folder of sayings: two files, one code in both."""
    (tmp_path / "a.yaml").write_text('"1.000001": [thẻ tre, thẻ trúc]\n"1.000002": [tre đỏ]\n', encoding="utf-8")
    (tmp_path / "b.yaml").write_text('"1.000001": [cái thẻ bằng tre]\n', encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("# nothing yet\n", encoding="utf-8")
    return tmp_path


def test_sayings_of_a_code_are_joined_over_files(folder):
    assert phrasings.load(folder) == {
        "1.000001": ("thẻ tre", "thẻ trúc", "cái thẻ bằng tre"),
        "1.000002": ("tre đỏ",),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.000001: [thẻ tre]", "«1.000001» must be a quoted code with a list of sayings"),
        ('"1.000001": thẻ tre', "«1.000001» must be a quoted code with a list of sayings"),
        ('"1.000001": [thẻ tre, 12]', "«1.000001» must be a quoted code with a list of sayings"),
    ],
)
def test_a_file_of_another_shape_is_told(folder, text, told):
    (folder / "c.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError, match=rf"^c\.yaml: {told}"):
        phrasings.load(folder)


def test_the_digest_changes_with_the_sayings():
    digests = [phrasings.digest(sayings) for sayings in [(), ("thẻ tre",), ("thẻ", "tre"), ("tre", "thẻ")]]

    assert digests[0] == ""
    assert len(set(digests)) == 4


def test_every_shipped_entry_has_sayings():
    assert {procedure.code for procedure in written.load()} <= set(phrasings.load())


def test_no_shipped_saying_belongs_to_two_procedures():
    owners = Counter(saying for sayings in phrasings.load().values() for saying in {s.lower() for s in sayings})

    assert [saying for saying, count in owners.items() if count > 1] == []


def test_shipped_sayings_are_tidy():
    assert [s for sayings in phrasings.load().values() for s in sayings if clean(s) != s or not s] == []


def test_every_shipped_code_is_one_of_the_portal(portal_file):
    with gzip.open(portal_file, "rt", encoding="utf-8") as lines:
        known = {json.loads(line)["detail"]["code"].strip()[:8] for line in lines}

    assert set(phrasings.load()) - known - {procedure.code for procedure in written.load()} == set()
