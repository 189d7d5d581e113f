"""What may be meant: the hits and the choices of near groups, likeliest first."""

from __future__ import annotations

from knowledge.offers import Offer, offers
from knowledge.procedure import Text
from knowledge.twins import Group

HITS = [("1.000001", 3.0), ("1.000002", 1.5)]


def group(*codes: str) -> Group:
    """A group of these choices."""
    choices = {code: Text(vi=code) for code in codes}
    return Group(id="papers", question=Text(vi="Việc nào ạ?"), sayings=("giấy tờ",), choices=choices)


def test_without_a_group_the_hits_are_offered_by_their_scores():
    assert offers(HITS, ()) == (Offer("1.000001", 1.0), Offer("1.000002", 0.3679))


def test_a_near_group_brings_its_choices_the_first_of_them_most():
    told = offers(HITS, [(group("1.000009", "1.000002"), 0.5)])

    assert told == (Offer("1.000002", 1.0), Offer("1.000001", 0.7588), Offer("1.000009", 0.7588))


def test_the_nearer_a_group_the_more_its_choices_count():
    far = offers(HITS, [(group("1.000009"), 0.1)])
    near = offers(HITS, [(group("1.000009"), 0.6)])

    assert [offer.code for offer in far] == ["1.000001", "1.000002", "1.000009"]
    assert [offer.code for offer in near] == ["1.000009", "1.000001", "1.000002"]


def test_a_procedure_listed_twice_is_offered_once_under_the_code_that_was_found():
    told = offers([("1.014173", 2.0)], [(group("1.001613", "1.000894"), 0.2)])

    assert [offer.code for offer in told] == ["1.014173", "1.000894"]


def test_where_nothing_was_found_nothing_is_offered():
    assert offers((), ()) == ()
