"""0 is not free. Over all real records: nobody is told that nothing is charged unless the source says so in words."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from pathlib import Path

import pytest

from assistant.conversation import Answer
from assistant.write.fields import tell
from knowledge.procedure import FeeStatus, Layer, Procedure, Section

TODAY = date(2026, 11, 22)

_CLAIM = re.compile(
    r"(?i)không thu\b|không mất (?:phí|tiền)|không phải (?:nộp|đóng|trả) (?:phí|lệ phí|tiền)|không tốn|miễn (?:phí|lệ phí|thu|cước)|"
    r"\bfree\b|\bnone\b|\bno (?:fee|charge|cost)|\bwaived\b|\b0 (?:đồng|VND)"
)
_QUOTED = re.compile(r"«[^»]*»")
_DENIALS = re.compile(
    r"(?i)nguồn ghi 0 đồng nhưng không giải thích|the source says 0 đồng without explaining it|đừng hiểu là miễn phí|"
    r"không có lời nào về miễn phí|không có nghĩa là miễn phí|không thu quá|do not take it as free|"
    r"no word about it being free|does not say it is free"
)
"""What our own notes say so that nobody takes a 0 for a promise."""

_WORDS_OF_FREEDOM = re.compile(r"(?i)miễn|không\s+(?:thu|mất|phải)|không\s+tính")
"""Wide on purpose: a record none of whose notes has these words cannot have said that it is free."""


def claims(text: str) -> list[str]:
    """The words outside quotation marks that promise something for nothing."""
    return _CLAIM.findall(_DENIALS.sub("", _QUOTED.sub("", text)).lower())


def said_of_fees(answer: Answer) -> str:
    """All that an answer says of money: its part on fees, and the card."""
    lines = [block.plain() for block in answer.blocks if block.section is Section.FEE]
    return "\n".join([*lines, *answer.facts.fee])


def fees_of(procedure: Procedure) -> list:
    """All fees of a procedure."""
    return [fee for method in procedure.methods for fee in method.fees]


Key = tuple[str, str, str]
"""A procedure, a section, a language."""


@pytest.fixture(scope="module")
def found(portal_procedures) -> dict[str, dict[Key, list[str]]]:
    """The promises in every answer, where there are any: in what is said of fees, and in the rest."""
    found: dict[str, dict[Key, list[str]]] = {"fees": {}, "rest": {}}
    for procedure in portal_procedures:
        for section in (Section.FEE, Section.OVERVIEW):
            for language in ("vi", "en"):
                answer = tell(procedure, (section,), language, TODAY)
                rest = "\n".join(block.plain() for block in answer.blocks if block.section is not Section.FEE)
                for place, words in (("fees", claims(said_of_fees(answer))), ("rest", claims(rest))):
                    if words:
                        found[place][procedure.code, section, language] = words
    return found


@pytest.fixture(scope="module")
def promised(found) -> dict[Key, list[str]]:
    return found["fees"]


@pytest.fixture(scope="module")
def records(portal_file: Path) -> dict[str, dict]:
    """The real records as the portal gives them, by code; read here without the importer."""
    with gzip.open(portal_file, "rt", encoding="utf-8") as lines:
        details = [json.loads(line).get("detail") or {} for line in lines]
    return {str(detail.get("code")).strip()[:8]: detail for detail in details}


def words_of(procedure: Procedure) -> str:
    """Everything that a record says, on one line."""
    return " ".join(json.dumps(procedure.model_dump(mode="json"), ensure_ascii=False).replace("\\n", " ").split())


def notes_of(detail: dict) -> list[str]:
    """Every note that a raw record has on a fee."""
    fees = [fee for method in detail.get("executionMethods") or [] for fee in method.get("fees") or []]
    return [str(fee.get("description") or "") for fee in fees]


def test_all_real_records_are_looked_at(portal_procedures, records):
    assert len(records) > 5_600
    assert len(portal_procedures) > 5_600


def test_no_answer_says_free_where_no_fee_is_free(portal_procedures, promised):
    free = {p.code for p in portal_procedures if any(fee.status is FeeStatus.FREE for fee in fees_of(p))}

    assert {key: found for key, found in promised.items() if key[0] not in free} == {}


def test_no_answer_says_free_where_the_raw_record_has_no_such_word(portal_procedures, promised, records):
    """The same, without trusting the importer: the portal's own JSON is asked."""
    silent = {code for code, detail in records.items() if not any(map(_WORDS_OF_FREEDOM.search, notes_of(detail)))}
    national = {p.code for p in portal_procedures if p.layer is Layer.NATIONAL}

    assert len(silent & national) > 4_000
    assert {key: found for key, found in promised.items() if key[0] in silent & national} == {}


def test_the_rest_of_an_answer_promises_nothing_of_its_own(portal_procedures, found):
    """Titles and papers may speak of exemptions; then the record does, in the same words."""
    speaking = {code for code, _, _ in found["rest"]}
    recorded = {p.code: set(claims(words_of(p))) for p in portal_procedures if p.code in speaking}

    assert {key: words for key, words in found["rest"].items() if not set(words) <= recorded[key[0]]} == {}


def test_a_free_fee_of_a_real_record_quotes_the_words_that_say_so(portal_procedures):
    free = {
        (procedure.code, fee.note.vi if fee.note else None)
        for procedure in portal_procedures
        if procedure.layer is Layer.NATIONAL
        for fee in fees_of(procedure)
        if fee.status is FeeStatus.FREE
    }

    assert free
    assert [(code, note) for code, note in free if not note or not _WORDS_OF_FREEDOM.search(note)] == []


def test_a_bare_zero_is_told_as_a_zero(portal_procedures):
    bare = [
        procedure
        for procedure in portal_procedures
        if {fee.status for fee in fees_of(procedure)} == {FeeStatus.STATED_ZERO}
    ]
    told = {said_of_fees(tell(procedure, (Section.FEE,), "vi", TODAY)).count("0 đồng") for procedure in bare}

    assert len(bare) > 1_000
    assert 0 not in told


def test_a_promise_would_be_noticed(made, method):
    free = made(methods=(method(fees=[{"status": "free"}]),))

    assert [claims(said_of_fees(tell(free, (Section.FEE,), language, TODAY))) for language in ("vi", "en")] == [
        ["không thu", "không thu"],
        ["none", "none"],
    ]
