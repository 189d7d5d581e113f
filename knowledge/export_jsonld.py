"""Procedures as linked data: Schema.org GovernmentService with the terms of CPSV-AP 3.2 beside it.

Only what is known is said. A price stands only for an exact amount, and 0 only where the source says «free» in words.
ISO 8601 knows no working days, so a limit in working days is a quantity with UN/CEFACT's unit E49; other limits are
durations. A limit or charge that holds only under a condition is told in words beside it.
"""

from __future__ import annotations

from typing import Any

from knowledge.export_terms import NOTICE, OURS, OURS_URL, Terms, licence_of
from knowledge.procedure import Channel, Fee, FeeStatus, Paper, Procedure, Source, Text, TimeLimit, TimeUnit
from knowledge.sources.official import CITY, NATIONAL, PORTAL_HOME

CONTEXT = [
    "https://schema.org",
    {
        "cpsv": "http://purl.org/vocab/cpsv#",
        "cv": "http://data.europa.eu/m8g/",
        "dct": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    },
]
MEDIA_TYPE = "application/ld+json"

_CURRENCIES = "http://publications.europa.eu/resource/authority/currency/"
_WORKING_DAY = "E49"
_WHOLE = {TimeUnit.HOUR: "PT{}H", TimeUnit.DAY: "P{}D", TimeUnit.MONTH: "P{}M", TimeUnit.YEAR: "P{}Y"}
_SECONDS = {TimeUnit.HOUR: 3_600, TimeUnit.DAY: 86_400}

Node = dict[str, Any]


def document(procedure: Procedure) -> Node:
    """One procedure as a document of its own."""
    return {"@context": CONTEXT, **service(procedure)}


def dataset(terms: Terms) -> Node:
    """What an export of several says of itself."""
    return _known(
        {
            "@type": "Dataset",
            "name": "Administrative procedures that apply in Da Nang",
            "description": NOTICE,
            "license": OURS_URL,
            "dateModified": terms.exported_at,
            "temporalCoverage": f"{terms.first}/{terms.last}" if terms.first else None,
            "isBasedOn": [{"@type": "WebSite", "name": name} for name in terms.sources],
        }
    )


def service(procedure: Procedure) -> Node:
    """The procedure as a node."""
    here = f"#{procedure.code}"
    agency = procedure.agency
    source = procedure.sources[0]
    channels = _channels(procedure, here)
    fees = _fees(procedure)
    return _known(
        {
            "@id": here,
            "@type": ["GovernmentService", "cpsv:PublicService"],
            "identifier": procedure.code,
            "dct:identifier": procedure.code,
            "name": _vietnamese(procedure.name),
            "dct:title": _vietnamese(procedure.name),
            "alternateName": _other_names(procedure),
            "description": _said(procedure.summary),
            "dct:description": _said(procedure.summary),
            "serviceType": _vietnamese(procedure.field),
            "provider": _organisation(agency.settles or agency.receives),
            "serviceOperator": _organisation(agency.receives if agency.settles else None),
            "cv:hasCompetentAuthority": _organisation(agency.settles, "cv:PublicOrganisation"),
            "areaServed": _area(procedure),
            "audience": [{"@type": "Audience", "audienceType": _said(text)} for text in procedure.audience],
            "availableChannel": channels,
            "cv:hasChannel": [{"@id": channel["@id"]} for channel in channels],
            "offers": [offer for fee, used in fees.items() if (offer := _offer(fee, used))],
            "cv:hasCost": [cost for fee, used in fees.items() if (cost := _cost(fee, used, here))],
            "cpsv:hasInput": [_evidence(paper) for paper in procedure.real_papers],
            "serviceOutput": [{"@type": "Thing", "name": _said(text)} for text in procedure.results],
            "cpsv:produces": [{"@type": "cv:Output", "dct:title": _said(text)} for text in procedure.results],
            "termsOfService": [_said(text) for text in procedure.conditions],
            "cv:hasLegalResource": [
                _known({"@type": "eli:LegalResource", "eli:id_local": basis.number, "dct:title": basis.title})
                for basis in procedure.legal_basis
            ],
            "isRelatedTo": [
                {"@id": f"#{code}", "@type": "GovernmentService", "identifier": code} for code in procedure.related
            ],
            "url": source.url,
            "subjectOf": [_page(one, procedure) for one in procedure.sources],
        }
    )


def _known(node: Node) -> Node:
    """The node without what is empty: unknown stays absent."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def _vietnamese(words: str) -> Node | None:
    return {"@language": "vi", "@value": words} if words else None


def _said(text: Text | None) -> list[Node] | Node | None:
    if text is None:
        return None
    vi = {"@language": "vi", "@value": text.vi}
    return [vi, {"@language": "en", "@value": text.en}] if text.en else vi


def _other_names(procedure: Procedure) -> list[Node]:
    plain = procedure.plain_name
    vi = [*([plain.vi] if plain else []), *procedure.synonyms]
    en = [*([plain.en] if plain and plain.en else []), *procedure.synonyms_en]
    return [
        {"@language": language, "@value": words}
        for language, names in (("vi", vi), ("en", en))
        for words in dict.fromkeys(names)
    ]


def _organisation(name: Text | None, kind: str = "GovernmentOrganization") -> Node | None:
    label = "name" if kind == "GovernmentOrganization" else "skos:prefLabel"
    return {"@type": kind, label: _said(name)} if name else None


def _area(procedure: Procedure) -> Node:
    if procedure.jurisdiction == NATIONAL:
        return {"@type": "Country", "name": "Việt Nam", "identifier": "VN"}
    if procedure.jurisdiction == CITY:
        return {"@type": "City", "name": "Đà Nẵng"}
    return {"@type": "AdministrativeArea", "name": procedure.jurisdiction}


def _channels(procedure: Procedure, here: str) -> list[Node]:
    used = dict.fromkeys(channel for method in procedure.methods for channel in method.channels)
    return [_channel(channel, procedure, here) for channel in used]


def _channel(channel: Channel, procedure: Procedure, here: str) -> Node:
    limits = list(dict.fromkeys(limit for m in procedure.methods if channel in m.channels for limit in m.time_limits))
    sure = limits[0] if len(limits) == 1 and limits[0].condition is None else None
    page = next((s.url for s in procedure.sources if s.url.startswith(f"{PORTAL_HOME}/")), None)
    address = procedure.agency.address if channel is Channel.DIRECT else ""
    return _known(
        {
            "@id": f"{here}/{channel.value}",
            "@type": ["ServiceChannel", "cv:Channel"],
            "name": channel.value,
            "serviceUrl": page if channel is Channel.ONLINE else None,
            "serviceLocation": {"@type": "Place", "address": address} if address else None,
            "processingTime": _processing_time(sure),
            "cv:processingTime": _duration(sure),
            "description": [_told(limit) for limit in limits] if sure is None or sure.note else None,
        }
    )


def _processing_time(limit: TimeLimit | None) -> Any:
    if limit is None or limit.quantity is None:
        return None
    if limit.unit is TimeUnit.WORKING_DAY:
        return {"@type": "QuantitativeValue", "value": _number(limit.quantity), "unitCode": _WORKING_DAY}
    duration = _duration(limit)
    return duration["@value"] if duration else None


def _duration(limit: TimeLimit | None) -> Node | None:
    """The limit as a duration, where one says the same: half a day is twelve hours, half a month is nothing exact."""
    if limit is None or limit.quantity is None or limit.unit in (None, TimeUnit.WORKING_DAY):
        return None
    seconds = limit.quantity * _SECONDS.get(limit.unit, 0)
    if limit.quantity == int(limit.quantity):
        written = _WHOLE[limit.unit].format(int(limit.quantity))
    elif seconds and seconds % 60 == 0:
        written = f"PT{seconds / 60:.0f}M"
    else:
        return None
    return {"@type": "xsd:duration", "@value": written}


def _told(limit: TimeLimit) -> str:
    figure = f"{limit.quantity:g} {limit.unit.value}" if limit.quantity is not None and limit.unit else ""
    words = [figure, *(text.vi for text in (limit.condition, limit.note) if text)]
    return "; ".join(word for word in words if word)


def _fees(procedure: Procedure) -> dict[Fee, tuple[Channel, ...]]:
    """Each charge, and the channels it goes with; none named where it goes with all."""
    found: dict[Fee, dict[Channel, None]] = {}
    for method in procedure.methods:
        for fee in method.fees:
            found.setdefault(fee, {}).update(dict.fromkeys(method.channels))
    every = {channel for method in procedure.methods for channel in method.channels}
    return {fee: () if set(used) == every else tuple(used) for fee, used in found.items()}


def _offer(fee: Fee, channels: tuple[Channel, ...]) -> Node | None:
    """A price, where there is one."""
    if fee.status not in (FeeStatus.EXACT, FeeStatus.FREE):
        return None
    price = _number(fee.amount or 0)
    unit = {
        "@type": "UnitPriceSpecification",
        "price": price,
        "priceCurrency": fee.currency,
        "unitText": _said(fee.unit),
    }
    return _known(
        {
            "@type": "Offer",
            "name": ", ".join(channel.value for channel in channels),
            "category": fee.kind.value,
            "price": price,
            "priceCurrency": fee.currency,
            "priceSpecification": unit if fee.unit else None,
            "description": [_said(text) for text in (fee.condition, fee.note) if text],
            "validFrom": str(fee.valid_from or ""),
            "validThrough": str(fee.valid_to or ""),
        }
    )


def _cost(fee: Fee, channels: tuple[Channel, ...], here: str) -> Node | None:
    """A charge; without a figure where only words are known, and none at all for a bare 0 or silence."""
    words = [_said(text) for text in (fee.condition, fee.unit, fee.set_by, fee.note) if text]
    sure = fee.status in (FeeStatus.EXACT, FeeStatus.FREE)
    if fee.status in (FeeStatus.STATED_ZERO, FeeStatus.UNKNOWN) or not (sure or words):
        return None
    return _known(
        {
            "@type": "cv:Cost",
            "cv:hasValue": {"@type": "xsd:double", "@value": str(_number(fee.amount or 0))} if sure else None,
            "cv:currency": {"@id": _CURRENCIES + fee.currency} if sure else None,
            "dct:description": words,
            "cv:ifAccessedThrough": [{"@id": f"{here}/{channel.value}"} for channel in channels],
        }
    )


def _number(amount: float) -> float:
    return int(amount) if amount == int(amount) else amount


def _evidence(paper: Paper) -> Node:
    return _known(
        {
            "@type": "cv:Evidence",
            "dct:title": _said(paper.name),
            "dct:identifier": paper.code,
            "dct:description": [_said(text) for text in (paper.condition, paper.note) if text],
        }
    )


def _page(source: Source, procedure: Procedure) -> Node:
    ours = licence_of(procedure) == OURS
    return _known(
        {
            "@type": "WebPage",
            "name": source.name,
            "url": source.url,
            "dateModified": str(source.updated_at or ""),
            "sdDatePublished": str(source.as_of),
            "sdLicense": OURS_URL if ours else None,
        }
    )
