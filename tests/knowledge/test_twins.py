"""The shipped groups: every choice is a procedure of the city, and no saying belongs to two groups."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge import outside, phrasings, twins
from knowledge.shipped import shipped_facts
from knowledge.sources import written
from knowledge.text import clean, fold, syllables


@pytest.fixture(scope="module")
def known():
    """The shipped procedures by code."""
    return {procedure.code: procedure for procedure in (*shipped_facts(), *written.load())}


def test_every_choice_is_a_procedure_of_the_city(known):
    chosen = {code for group in twins.load() for code in group.choices}

    assert [code for code in sorted(chosen) if code not in known or not known[code].applies_in_da_nang] == []
    assert [code for code in sorted(chosen) if known[code].internal] == []


def test_every_group_splits_two_to_seven_procedures_and_is_told_in_both_languages():
    assert [g.id for g in twins.load() if not 2 <= len(g.choices) <= 7] == []
    assert [g.id for g in twins.load() if not g.question.en or not all(label.en for label in g.choices.values())] == []
    assert [g.id for g in twins.load() if len({label.vi for label in g.choices.values()}) < len(g.choices)] == []


def test_no_group_stands_twice_and_no_saying_in_two_groups():
    ids = Counter(group.id for group in twins.load())
    owners = Counter(said for g in twins.load() for said in {" ".join(syllables(fold(s))) for s in g.sayings})

    assert [name for name, count in ids.items() if count > 1] == []
    assert [said for said, count in owners.items() if count > 1] == []


def test_no_vague_saying_and_none_from_outside_is_a_phrasing_of_one_procedure():
    own = {" ".join(syllables(said)) for lines in phrasings.load().values() for said in lines}
    vague = [said for group in twins.load() for said in group.sayings]
    beyond = [said for lines in outside.load().values() for said in lines]

    assert [said for said in (*vague, *beyond) if " ".join(syllables(said)) in own] == []


def test_sayings_are_tidy():
    said = [s for group in twins.load() for s in group.sayings] + [
        s for lines in outside.load().values() for s in lines
    ]

    assert [text for text in said if clean(text) != text or not text] == []
    assert len(twins.load()) >= 200
    assert sum(map(len, outside.load().values())) >= 1_000
