"""A procedure as linked data: what is known, in terms others know, and nothing more."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from knowledge.export_jsonld import CONTEXT, document, service
from knowledge.export_terms import NOTICE
from knowledge.exporting import ExportFormat, export
from knowledge.procedure import (
    Agency,
    Channel,
    Fee,
    FeeKind,
    FeeStatus,
    Layer,
    LegalBasis,
    Method,
    Paper,
    Source,
    Text,
    TimeLimit,
    TimeUnit,
)
from knowledge.sources.official import PORTAL_HOME

PAGE = f"{PORTAL_HOME}/thu-tuc-hanh-chinh/the-tre"


def vi(words):
    return {"@language": "vi", "@value": words}


def both(words, english):
    return [vi(words), {"@language": "en", "@value": english}]


@pytest.fixture
def method():
    """Makes a way of filing."""

    def make(*channels, limits=(), fees=()):
        return Method(channels=channels or (Channel.DIRECT,), time_limits=limits, fees=fees)

    return make


def test_a_procedure_of_which_nothing_is_known_says_nothing(made):
    assert document(
        made(sources=(Source(name="Cổng thử", url="https://example.vn/tre", as_of=date(2026, 7, 18)),))
    ) == {
        "@context": CONTEXT,
        "@id": "#1.000001",
        "@type": ["GovernmentService", "cpsv:PublicService"],
        "identifier": "1.000001",
        "dct:identifier": "1.000001",
        "name": vi("Cấp thẻ tre"),
        "dct:title": vi("Cấp thẻ tre"),
        "areaServed": {"@type": "Country", "name": "Việt Nam", "identifier": "VN"},
        "url": "https://example.vn/tre",
        "subjectOf": [
            {
                "@type": "WebPage",
                "name": "Cổng thử",
                "url": "https://example.vn/tre",
                "sdDatePublished": "2026-07-18",
                "sdLicense": "https://spdx.org/licenses/MIT.html",
            }
        ],
    }


def test_what_is_known_is_said_in_terms_others_know(made, method):
    fee = Fee(status=FeeStatus.EXACT, amount=10_000, unit=Text(vi="thẻ", en="card"), valid_to=date(2026, 12, 31))
    limit = TimeLimit(quantity=5, unit=TimeUnit.DAY)
    procedure = made(
        plain_name=Text(vi="Làm thẻ tre", en="Get a bamboo card"),
        synonyms=("thẻ tre",),
        summary=Text(vi="Thẻ cho người trồng tre"),
        field="Tre trúc",
        audience=(Text(vi="Công dân", en="Citizens"),),
        agency=Agency(receives=Text(vi="UBND phường"), settles=Text(vi="Sở Tre"), address="1 Đường Tre"),
        methods=(method(Channel.DIRECT, Channel.ONLINE, limits=(limit,), fees=(fee,)),),
        papers=(Paper(name=Text(vi="Tờ khai"), originals=1, condition=Text(vi="lần đầu"), code="TRE-1"),),
        conditions=(Text(vi="Có tre"),),
        results=(Text(vi="Thẻ tre"),),
        legal_basis=(LegalBasis(number="1/2026/NĐ-TRE", title="Nghị định về tre"),),
        related=("1.000002",),
        jurisdiction="da-nang",
        layer=Layer.CITY,
        sources=(Source(name="Cổng", url=PAGE, as_of=date(2026, 7, 18), updated_at=date(2026, 5, 1)),),
    )

    told = service(procedure)

    assert {name: told[name] for name in told if name not in ("@id", "@type", "identifier", "dct:identifier")} == {
        "name": vi("Cấp thẻ tre"),
        "dct:title": vi("Cấp thẻ tre"),
        "alternateName": [vi("Làm thẻ tre"), vi("thẻ tre"), {"@language": "en", "@value": "Get a bamboo card"}],
        "description": vi("Thẻ cho người trồng tre"),
        "dct:description": vi("Thẻ cho người trồng tre"),
        "serviceType": vi("Tre trúc"),
        "provider": {"@type": "GovernmentOrganization", "name": vi("Sở Tre")},
        "serviceOperator": {"@type": "GovernmentOrganization", "name": vi("UBND phường")},
        "cv:hasCompetentAuthority": {"@type": "cv:PublicOrganisation", "skos:prefLabel": vi("Sở Tre")},
        "areaServed": {"@type": "City", "name": "Đà Nẵng"},
        "audience": [{"@type": "Audience", "audienceType": both("Công dân", "Citizens")}],
        "availableChannel": [
            {
                "@id": "#1.000001/direct",
                "@type": ["ServiceChannel", "cv:Channel"],
                "name": "direct",
                "serviceLocation": {"@type": "Place", "address": "1 Đường Tre"},
                "processingTime": "P5D",
                "cv:processingTime": {"@type": "xsd:duration", "@value": "P5D"},
            },
            {
                "@id": "#1.000001/online",
                "@type": ["ServiceChannel", "cv:Channel"],
                "name": "online",
                "serviceUrl": PAGE,
                "processingTime": "P5D",
                "cv:processingTime": {"@type": "xsd:duration", "@value": "P5D"},
            },
        ],
        "cv:hasChannel": [{"@id": "#1.000001/direct"}, {"@id": "#1.000001/online"}],
        "offers": [
            {
                "@type": "Offer",
                "category": "charge",
                "price": 10_000,
                "priceCurrency": "VND",
                "priceSpecification": {
                    "@type": "UnitPriceSpecification",
                    "price": 10_000,
                    "priceCurrency": "VND",
                    "unitText": both("thẻ", "card"),
                },
                "validThrough": "2026-12-31",
            }
        ],
        "cv:hasCost": [
            {
                "@type": "cv:Cost",
                "cv:hasValue": {"@type": "xsd:double", "@value": "10000"},
                "cv:currency": {"@id": "http://publications.europa.eu/resource/authority/currency/VND"},
                "dct:description": [both("thẻ", "card")],
            }
        ],
        "cpsv:hasInput": [
            {
                "@type": "cv:Evidence",
                "dct:title": vi("Tờ khai"),
                "dct:identifier": "TRE-1",
                "dct:description": [vi("lần đầu")],
            }
        ],
        "serviceOutput": [{"@type": "Thing", "name": vi("Thẻ tre")}],
        "cpsv:produces": [{"@type": "cv:Output", "dct:title": vi("Thẻ tre")}],
        "termsOfService": [vi("Có tre")],
        "cv:hasLegalResource": [
            {"@type": "eli:LegalResource", "eli:id_local": "1/2026/NĐ-TRE", "dct:title": "Nghị định về tre"}
        ],
        "isRelatedTo": [{"@id": "#1.000002", "@type": "GovernmentService", "identifier": "1.000002"}],
        "url": PAGE,
        "subjectOf": [
            {
                "@type": "WebPage",
                "name": "Cổng",
                "url": PAGE,
                "dateModified": "2026-05-01",
                "sdDatePublished": "2026-07-18",
            }
        ],
    }


@pytest.mark.parametrize(
    ("fee", "prices", "costs"),
    [
        (Fee(status=FeeStatus.EXACT, amount=135_000), [135_000], [("135000", None)]),
        (Fee(status=FeeStatus.EXACT, amount=2.5, currency="USD"), [2.5], [("2.5", None)]),
        (Fee(status=FeeStatus.FREE), [0], [("0", None)]),
        (Fee(status=FeeStatus.STATED_ZERO), [], []),
        (Fee(status=FeeStatus.UNKNOWN), [], []),
        (Fee(status=FeeStatus.UNKNOWN, note=Text(vi="không rõ")), [], []),
        (Fee(status=FeeStatus.SET_ELSEWHERE, set_by=Text(vi="HĐND")), [], [(None, [vi("HĐND")])]),
        (Fee(status=FeeStatus.DESCRIBED, note=Text(vi="tùy loại tre")), [], [(None, [vi("tùy loại tre")])]),
        (Fee(status=FeeStatus.DOUBTFUL, amount=135), [], []),
        (Fee(status=FeeStatus.DOUBTFUL, amount=135, note=Text(vi="có thể là nghìn")), [], [(None, [vi("có thể là nghìn")])]),
    ],
)  # fmt: skip
def test_a_price_stands_only_for_an_exact_amount_and_0_only_for_free(made, method, fee, prices, costs):
    told = service(made(methods=(method(fees=(fee,)),)))

    assert [offer["price"] for offer in told.get("offers", [])] == prices
    assert [
        (cost.get("cv:hasValue", {}).get("@value"), cost.get("dct:description")) for cost in told.get("cv:hasCost", [])
    ] == costs


def test_charges_of_one_channel_say_which(made, method):
    counter, online = (Fee(status=FeeStatus.EXACT, amount=amount) for amount in (20_000, 10_000))
    always = Fee(kind=FeeKind.SERVICE_FEE, status=FeeStatus.EXACT, amount=5_000)

    told = service(
        made(methods=(method(fees=(counter, always)), method(Channel.ONLINE, Channel.POSTAL, fees=(online, always))))
    )

    assert [(offer["price"], offer.get("name")) for offer in told["offers"]] == [
        (20_000, "direct"), (5_000, None), (10_000, "online, postal"),
    ]  # fmt: skip
    assert [len(cost.get("cv:ifAccessedThrough", [])) for cost in told["cv:hasCost"]] == [1, 0, 2]


@pytest.mark.parametrize(
    ("quantity", "unit", "time", "duration"),
    [
        (8, TimeUnit.HOUR, "PT8H", "PT8H"),
        (0.5, TimeUnit.HOUR, "PT30M", "PT30M"),
        (30, TimeUnit.DAY, "P30D", "P30D"),
        (0.5, TimeUnit.DAY, "PT720M", "PT720M"),
        (2, TimeUnit.MONTH, "P2M", "P2M"),
        (1, TimeUnit.YEAR, "P1Y", "P1Y"),
        (1.5, TimeUnit.MONTH, None, None),
        (0.33, TimeUnit.HOUR, None, None),
        (3, TimeUnit.WORKING_DAY, {"@type": "QuantitativeValue", "value": 3, "unitCode": "E49"}, None),
        (0.5, TimeUnit.WORKING_DAY, {"@type": "QuantitativeValue", "value": 0.5, "unitCode": "E49"}, None),
    ],
)
def test_a_limit_is_a_duration_only_where_one_says_the_same(made, method, quantity, unit, time, duration):
    told = service(made(methods=(method(limits=(TimeLimit(quantity=quantity, unit=unit),)),)))

    (channel,) = told["availableChannel"]
    assert channel.get("processingTime") == time
    assert channel.get("cv:processingTime", {}).get("@value") == duration


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ((TimeLimit(note=Text(vi="theo hẹn")),), ["theo hẹn"]),
        ((TimeLimit(quantity=3, unit=TimeUnit.DAY, condition=Text(vi="có tre")),), ["3 day; có tre"]),
        (
            (TimeLimit(quantity=3, unit=TimeUnit.DAY), TimeLimit(quantity=5, unit=TimeUnit.WORKING_DAY)),
            ["3 day", "5 working_day"],
        ),
    ],
)
def test_limits_under_conditions_are_told_in_words(made, method, limits, told):
    (channel,) = service(made(methods=(method(limits=limits),)))["availableChannel"]

    assert "processingTime" not in channel
    assert channel["description"] == told


def test_notes_among_papers_are_no_input(made):
    told = service(made(papers=(Paper(name=Text(vi="Lưu ý chung"), is_note=True),)))

    assert "cpsv:hasInput" not in told


def test_an_export_of_several_says_what_it_is(made, tmp_path):
    export(
        lambda: (made(), made("1.000002")),
        ExportFormat.JSONLD,
        tmp_path / "x.jsonld",
        datetime(2026, 11, 22, tzinfo=UTC),
    )

    told = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
    assert told["@context"] == CONTEXT
    assert [node.get("identifier") for node in told["@graph"]] == [None, "1.000001", "1.000002"]
    assert told["@graph"][0] == {
        "@type": "Dataset",
        "name": "Administrative procedures that apply in Da Nang",
        "description": NOTICE,
        "license": "https://spdx.org/licenses/MIT.html",
        "dateModified": "2026-11-22T00:00:00+00:00",
        "temporalCoverage": "2026-07-18/2026-07-18",
        "isBasedOn": [{"@type": "WebSite", "name": "Cổng thử"}],
    }


def test_every_shipped_entry_can_be_told_as_linked_data():
    from knowledge.sources import written

    for entry in written.load():
        told = json.loads(json.dumps(service(entry)))
        assert all(offer["price"] or _is_free(entry) for offer in told.get("offers", []))


def _is_free(entry):
    return any(fee.status is FeeStatus.FREE for method in entry.methods for fee in method.fees)
