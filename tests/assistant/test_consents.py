"""What was agreed to, in which words, and that it can be taken back at any time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.consents import Consent, ConsentLedger, How, Purpose, Words, words
from assistant.store import ConversationStore

AT = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)

PUBLISHED = {
    (Purpose.HANDOVER, 1, "vi"): "9f57dfa10427",
    (Purpose.HANDOVER, 1, "en"): "ee50e0f67829",
    (Purpose.PROFILE, 1, "vi"): "1c6ebd85398b",
    (Purpose.PROFILE, 1, "en"): "06e3ff99a748",
    (Purpose.FORM_DATA, 1, "vi"): "dc8f5192a491",
    (Purpose.FORM_DATA, 1, "en"): "ae6d58ff6ee4",
    (Purpose.IMPROVEMENT, 1, "vi"): "fd75edb6d90c",
    (Purpose.IMPROVEMENT, 1, "en"): "b8e263013802",
}
"""Words that citizens may have agreed to: they are never changed; a new version is added to consents.yaml and here."""


@pytest.fixture
def ledger(database) -> ConsentLedger:
    return ConsentLedger(database)


def test_a_consent_says_what_when_how_and_in_which_words(ledger):
    given = ledger.give("tre", Purpose.HANDOVER, AT, How.TYPED, "en")

    assert given == Consent(
        id=given.id,
        conversation="tre",
        purpose=Purpose.HANDOVER,
        version=1,
        given_at="2026-11-21T02:30:00+00:00",
        withdrawn_at=None,
        how=How.TYPED,
        wording_hash=words(Purpose.HANDOVER, "en").hash,
    )
    assert ledger.current("tre", Purpose.HANDOVER) == given


def test_silence_is_no_consent(ledger):
    assert [ledger.current("tre", purpose) for purpose in Purpose] == [None] * 4
    with pytest.raises(ValueError, match="'silence' is not a valid How"):
        ledger.give("tre", Purpose.HANDOVER, AT, "silence")
    assert ledger.history("tre") == []


def test_one_purpose_says_nothing_of_another_nor_of_another_conversation(ledger):
    ledger.give("tre", Purpose.HANDOVER, AT, How.BUTTON)

    assert ledger.current("tre", Purpose.PROFILE) is None
    assert ledger.current("trúc", Purpose.HANDOVER) is None


def test_agreeing_twice_is_one_line(ledger):
    first = ledger.give("tre", Purpose.PROFILE, AT, How.BUTTON)
    second = ledger.give("tre", Purpose.PROFILE, LATER, How.TYPED)

    assert (second, ledger.history("tre")) == (first, [first])


def test_one_call_takes_a_consent_back(ledger):
    given = ledger.give("tre", Purpose.PROFILE, AT, How.BUTTON)
    kept = ledger.give("tre", Purpose.FORM_DATA, AT, How.BUTTON)

    assert ledger.withdraw("tre", LATER, Purpose.PROFILE) == 1
    assert ledger.withdraw("tre", LATER + timedelta(hours=1), Purpose.PROFILE) == 0
    assert ledger.current("tre", Purpose.PROFILE) is None
    assert ledger.current("tre", Purpose.FORM_DATA) == kept
    assert [(line.id, line.withdrawn_at) for line in ledger.history("tre") if line.purpose is Purpose.PROFILE] == [
        (given.id, "2026-11-21T03:30:00+00:00")
    ]


def test_one_call_takes_everything_back(ledger):
    for purpose in Purpose:
        ledger.give("tre", purpose, AT, How.BUTTON)
        ledger.give("trúc", purpose, AT, How.BUTTON)

    assert ledger.withdraw("tre", LATER) == 4
    assert [ledger.current("tre", purpose) for purpose in Purpose] == [None] * 4
    assert None not in [ledger.current("trúc", purpose) for purpose in Purpose]


def test_who_agrees_again_after_taking_back_has_a_new_line(ledger):
    first = ledger.give("tre", Purpose.PROFILE, AT, How.BUTTON)
    ledger.withdraw("tre", AT, Purpose.PROFILE)
    again = ledger.give("tre", Purpose.PROFILE, LATER, How.SPOKEN)

    assert ledger.current("tre", Purpose.PROFILE) == again
    assert [line.id for line in ledger.history("tre")] == [first.id, again.id]


def test_consent_to_earlier_words_is_none_to_the_new_ones(ledger, tmp_path, monkeypatch):
    before = ledger.give("tre", Purpose.PROFILE, AT, How.BUTTON)
    newer = tmp_path / "consents.yaml"
    newer.write_text("profile: [{version: 1, vi: cũ, en: old}, {version: 2, vi: mới, en: new}]", encoding="utf-8")
    monkeypatch.setattr("assistant.consents.WORDS", newer)
    words.cache_clear()
    try:
        found = ledger.current("tre", Purpose.PROFILE)
        again = ledger.give("tre", Purpose.PROFILE, LATER, How.BUTTON)
        standing = ledger.current("tre", Purpose.PROFILE)
    finally:
        words.cache_clear()

    assert (found, again.version, standing) == (None, 2, again)
    assert [line.id for line in ledger.history("tre")] == [before.id, again.id]


def test_the_ledger_is_handed_out_oldest_first(ledger, database):
    store = ConversationStore(database)
    second = ledger.give("trúc", Purpose.PROFILE, LATER, How.TYPED)
    first = ledger.give("tre", Purpose.HANDOVER, AT, How.BUTTON)
    gone, _ = store.open("web", AT)
    ledger.give(gone, Purpose.HANDOVER, AT, How.BUTTON)
    number = store.forget(gone, LATER)

    assert list(ledger.export()) == [
        {
            "kind": "consent",
            "id": first.id,
            "conversation": "tre",
            "purpose": "handover",
            "version": 1,
            "given_at": "2026-11-21T02:30:00+00:00",
            "withdrawn_at": None,
            "how": "button",
            "wording_hash": words(Purpose.HANDOVER).hash,
        },
        {
            "kind": "consent",
            "id": second.id,
            "conversation": "trúc",
            "purpose": "profile",
            "version": 1,
            "given_at": "2026-11-21T03:30:00+00:00",
            "withdrawn_at": None,
            "how": "typed",
            "wording_hash": words(Purpose.PROFILE).hash,
        },
        {
            "kind": "deletion",
            "id": number,
            "at": "2026-11-21T03:30:00+00:00",
            "how": "asked",
            "counts": {"consents": 1, "conversations": 1},
        },
    ]


def test_every_purpose_is_asked_for_in_both_languages():
    asked = [words(purpose, language) for purpose in Purpose for language in ("vi", "en")]

    assert [one.version for one in asked] == [1] * 8
    assert [one.text for one in asked if not one.text.endswith("?")] == []


def test_words_that_were_in_use_stay_as_they_are():
    now = {key: words(key[0], key[2], key[1]).hash[:12] for key in PUBLISHED}

    assert now == PUBLISHED
    assert {purpose for purpose, *_ in PUBLISHED} == set(Purpose)


def test_other_words_have_another_hash():
    assert Words(1, "tre").hash != Words(1, "tre ").hash
