"""One procedure out of several layers: who wins, and what the winner leaves to the others."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from knowledge.layers import LAYERS, compose
from knowledge.procedure import (
    Agency,
    Caution,
    Channel,
    Fee,
    FeeStatus,
    Grade,
    Layer,
    Method,
    OnlineLevel,
    Paper,
    Section,
    Source,
    Text,
    TimeLimit,
    TimeUnit,
)


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


def _read(record, *covers):
    """The record's first source as it is cited once layers are put together."""
    return record.sources[0].model_copy(update={"layer": record.layer, "covers": covers})


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
            "sources": (_read(city), _read(national, Section.WHERE, Section.RESULT, Section.ONLINE)),
        }
    )


def test_a_part_is_cited_with_the_layer_that_told_it(told):
    city = told(Layer.CITY, "Thẻ", steps=("Nộp ở phường.",), jurisdiction="da-nang")
    national = told(Layer.NATIONAL, "Cấp thẻ tre", steps=("Nộp.",), papers=(Paper(name="Tờ khai"),))
    facts = told(Layer.FACTS, "Thẻ", results=("Thẻ tre",), audience=("Công dân",))

    composed = compose([facts, national, city])

    told_by = {section: composed.source_of(section).layer for section in Section}
    assert told_by == {
        **dict.fromkeys(Section, Layer.CITY),
        Section.PAPERS: Layer.NATIONAL,
        Section.RESULT: Layer.FACTS,
        Section.AUDIENCE: Layer.FACTS,
    }


def test_a_part_is_cited_with_the_source_that_the_other_layer_read_it_in(told):
    page = Source(name="Cổng thử", url="https://example.vn/1", as_of=date(2026, 7, 18))
    law = Source(
        name="Nghị quyết 9", url="https://example.vn/9", as_of=date(2026, 8, 1), covers=(Section.FEE, Section.PAPERS)
    )
    written = told(Layer.WRITTEN, "Làm thẻ", methods=(_method(fees=(_fee(70_000),)),), results=("Thẻ tre",))
    written = written.model_copy(update={"sources": (page, law)})
    staff = told(Layer.STAFF, "Thẻ", methods=(_method(limits=(_limit(3),)),))

    composed = compose([staff, written])

    assert composed.sources[1:] == (
        page.model_copy(update={"layer": Layer.WRITTEN, "covers": (Section.RESULT,)}),
        law.model_copy(update={"layer": Layer.WRITTEN, "covers": (Section.FEE,)}),
    )
    assert composed.source_of(Section.FEE).url == "https://example.vn/9"
    assert composed.source_of(Section.TIME).layer is Layer.STAFF


def _fee(amount):
    return Fee(status=FeeStatus.EXACT, amount=amount)


def _limit(days):
    return TimeLimit(quantity=days, unit=TimeUnit.DAY)


def _method(*channels, fees=(), limits=()):
    return Method(channels=channels or (Channel.DIRECT,), fees=fees, time_limits=limits)


@pytest.mark.parametrize(
    ("ours", "theirs", "composed", "section", "layer"),
    [
        (
            (_method(limits=(_limit(3),)),),
            (_method(fees=(_fee(70_000),), limits=(_limit(9),)),),
            (_method(fees=(_fee(70_000),), limits=(_limit(3),)),),
            Section.FEE,
            Layer.NATIONAL,
        ),
        (
            (_method(fees=(_fee(50_000),)),),
            (_method(fees=(_fee(70_000),), limits=(_limit(9),)),),
            (_method(fees=(_fee(50_000),), limits=(_limit(9),)),),
            Section.FEE,
            Layer.CITY,
        ),
        (
            (_method(fees=(_fee(50_000),)),),
            (_method(fees=(_fee(70_000),), limits=(_limit(9),)),),
            (_method(fees=(_fee(50_000),), limits=(_limit(9),)),),
            Section.TIME,
            Layer.NATIONAL,
        ),
        (
            (_method(fees=(_fee(50_000),)), _method(Channel.ONLINE)),
            (_method(Channel.ONLINE, fees=(_fee(70_000),)),),
            (_method(fees=(_fee(50_000),)), _method(Channel.ONLINE)),
            Section.FEE,
            Layer.CITY,
        ),
        (
            (_method(Channel.DIRECT, Channel.ONLINE, Channel.POSTAL, limits=(_limit(3),)),),
            (
                _method(Channel.DIRECT, Channel.POSTAL, fees=(_fee(70_000),)),
                _method(Channel.ONLINE, fees=(_fee(30_000),)),
            ),
            (
                _method(Channel.DIRECT, Channel.POSTAL, fees=(_fee(70_000),), limits=(_limit(3),)),
                _method(Channel.ONLINE, fees=(_fee(30_000),), limits=(_limit(3),)),
            ),
            Section.FEE,
            Layer.NATIONAL,
        ),
        (
            (_method(Channel.ONLINE, limits=(_limit(3),)),),
            (_method(Channel.DIRECT, fees=(_fee(70_000),)),),
            (_method(Channel.ONLINE, limits=(_limit(3),)),),
            Section.FEE,
            Layer.CITY,
        ),
        ((), (_method(fees=(_fee(70_000),)),), (_method(fees=(_fee(70_000),)),), Section.FEE, Layer.NATIONAL),
    ],
    ids=[
        "fees are taken over",
        "own fees stay",
        "limits are taken over",
        "one own fee is enough",
        "each channel takes its own",
        "another channel's fee is not told",
        "the whole methods",
    ],
)
def test_fees_and_limits_are_laid_over_by_channel(told, ours, theirs, composed, section, layer):
    city = told(Layer.CITY, "Thẻ", methods=ours, jurisdiction="da-nang")
    national = told(Layer.NATIONAL, "Cấp thẻ tre", methods=theirs)

    record = compose([national, city])

    assert record.methods == composed
    assert record.source_of(section).layer is layer


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

    assert compose([staff, written]) == staff.model_copy(
        update={"warnings": written.warnings, "sources": (_read(staff),)}
    )


def test_the_cautions_of_a_facts_record_stay_with_it(told):
    """They tell what was wrong in the record it was condensed from; a newer import may have mended that."""
    caution = Caution(about=Section.WHERE, text=Text(vi="Còn nêu cấp huyện", en="Still names the district"))
    facts = told(Layer.FACTS, "Thẻ", warnings=(caution,), results=("Thẻ tre",))
    national = told(Layer.NATIONAL, "Cấp thẻ tre")

    assert compose([facts]).warnings == (caution,)
    assert compose([facts, national]).warnings == ()
    assert compose([facts, national]).results == facts.results


def test_one_layer_alone_is_told_as_it_is_with_its_name(told):
    record = told(Layer.FACTS, "Thẻ")

    assert compose([record]) == record.model_copy(update={"sources": (_read(record),)})


def test_another_provinces_record_of_the_same_code_tells_nothing_here(told):
    theirs = told(Layer.CITY, "Thẻ của Sơn La", jurisdiction="Sơn La", results=("Thẻ khác",))
    national = told(Layer.NATIONAL, "Cấp thẻ tre")

    assert compose([theirs, national]) == compose([national])
    assert compose([theirs]).name == "Thẻ của Sơn La"
