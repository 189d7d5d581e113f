"""A procedure that the portal lists under two codes counts once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

from knowledge import same
from knowledge.shipped import shipped_facts
from knowledge.sources import written


def test_a_code_is_the_same_as_its_twin_and_else_as_itself():
    assert same.same_as("1.014173") == same.same_as("1.001613") == ("1.001613", "1.014173")
    assert same.same_as("1.001193") == ("1.001193",)


def test_every_shipped_set_names_procedures_of_the_catalogue_and_none_twice():
    sets = yaml.safe_load(Path(same.__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    known = {procedure.code for procedure in (*shipped_facts(), *written.load())}
    counts = Counter(code for codes in sets for code in codes)

    assert [code for code, count in counts.items() if count > 1 or code not in known] == []
