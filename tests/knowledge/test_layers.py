"""One procedure out of several layers: who wins, and what the winner leaves to the others."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from knowledge.layers import LAYERS, compose
from knowledge.procedure import Agency, Caution, Grade, Layer, OnlineLevel, Section, Source, Text


@pytest.fixture
def told(made):
    """Makes the record of a layer, last changed on a day."""

    def make(layer, name, day=date(2026, 7, 18), updated=None, url="https://example.vn/1", **fields):
        source = Source(name=f"nguồn {layer}", url=url, as_of=day, updated_at=updated)
        return made(name=name, layer=layer, sources=(source,), **fields)

    return make


def test_the_first_layer_wins_in_whatever_order_they_come(told):
    records = [told(layer, f"Thẻ của {layer}") for layer in (Layer.STAFF, Layer.CITY, Layer.FACTS)]

    assert {compose(order).name for order in permutations(records)} == {"Thẻ của staff"}


def test_every_layer_has_its_place():
    assert set(LAYERS) == set(Layer)


@pytest.mark.parametrize(
    ("national", "written", "winner"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), Layer.WRITTEN),
        (date(2026, 3, 1), date(2026, 4, 1), Layer.WRITTEN),
        (date(2026, 5, 1), date(2026, 4, 1), Layer.NATIONAL),
        (None, date(2026, 4, 1), Layer.NATIONAL),
        (None, None, Layer.WRITTEN),
    ],
)
def test_a_written_entry_stands_until_the_portal_changes_its_record(told, national, written, winner):
    layers = [told(Layer.NATIONAL, "Cấp thẻ tre", updated=national), told(Layer.WRITTEN, "Làm thẻ", updated=written)]

    assert compose(layers).layer is winner


@pytest.mark.parametrize(
    ("read_from", "winner"), [("https://example.vn/1", Layer.CITY), ("https://example.vn/2", Layer.WRITTEN)]
)
def test_a_city_record_wins_over_an_entry_that_was_read_from_another_record(told, read_from, winner):
    layers = [
        told(Layer.WRITTEN, "Làm thẻ", updated=date(2026, 9, 1), url=read_from),
        told(Layer.CITY, "Thẻ của thành phố", updated=date(2026, 1, 1), url="https://example.vn/2"),
        told(Layer.NATIONAL, "Cấp thẻ tre", updated=date(2026, 1, 1)),
    ]

    assert compose(layers).layer is winner


def test_what_the_winner_leaves_unsaid_comes_from_below(told):
    city = told(Layer.CITY, "Thẻ của thành phố", field="Tre", online=OnlineLevel.UNKNOWN, jurisdiction="da-nang")
    national = told(
        Layer.NATIONAL,
        "Cấp thẻ tre",
        field="Trúc",
        online=OnlineLevel.PARTIAL,
        agency=Agency(receives=Text(vi="Phường")),
        results=(Text(vi="Thẻ tre"),),
    )
    facts = told(Layer.FACTS, "Thẻ", results=(Text(vi="Một tấm thẻ"),), decision="9/QĐ-TRE")

    assert compose([facts, national, city]) == city.model_copy(
        update={
            "online": OnlineLevel.PARTIAL,
            "agency": national.agency,
            "results": national.results,
            "decision": "9/QĐ-TRE",
        }
    )


def test_whose_record_it_is_comes_from_the_winner_alone(told):
    """A grade is the word of one writer on one record; it does not pass to another's."""
    staff = told(Layer.STAFF, "Thẻ", version=4)
    written = told(
        Layer.WRITTEN,
        "Làm thẻ",
        grade=Grade.B,
        internal=True,
        local_unit="H17",
        version=9,
        warnings=(Caution(about=Section.FEE, text=Text(vi="Có thể đã đổi")),),
    )

    assert compose([staff, written]) == staff.model_copy(update={"warnings": written.warnings})


def test_one_layer_alone_is_told_as_it_is(told):
    record = told(Layer.FACTS, "Thẻ")

    assert compose([record]) == record
