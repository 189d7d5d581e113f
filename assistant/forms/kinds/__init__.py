"""A reader for each kind of field."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.forms.definition import Kind
from assistant.forms.kinds import (
    addresses,
    amounts,
    choices,
    contact,
    dates,
    documents,
    free,
    hours,
    identity,
    names,
    offices,
    people,
    tables,
)
from assistant.forms.values import Reader

_PLAIN: Mapping[Kind, Reader] = {
    Kind.NAME: names.name,
    Kind.TEXT: free.text,
    Kind.AGENCY: offices.agency,
    Kind.LONG: free.long,
    Kind.IDENTITY: identity.identity,
    Kind.DATE: dates.date_of,
    Kind.TIME: hours.time_of,
    Kind.SEX: choices.sex,
    Kind.PHONE: contact.phone,
    Kind.EMAIL: contact.email,
    Kind.ADDRESS: addresses.address,
    Kind.ETHNICITY: people.ethnicity,
    Kind.NATIONALITY: people.nationality,
    Kind.RELATION: people.relation,
    Kind.DOCUMENT: documents.document,
    Kind.NUMBER: amounts.number,
    Kind.AREA: amounts.area,
    Kind.MONEY: amounts.money,
    Kind.TAX_CODE: amounts.tax_code,
    Kind.YES_NO: choices.yes_no,
    Kind.CHOICE: choices.choice,
}

READERS: Mapping[Kind, Reader] = {**_PLAIN, Kind.TABLE: tables.Table(_PLAIN)}
"""Every kind has its reader."""
