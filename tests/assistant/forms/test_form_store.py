"""Forms being filled in and details kept for the next one, on both databases: sealed, one to a conversation, gone in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from assistant import retention
from assistant.errors import SettingError
from assistant.forms.filling import Filling, State
from assistant.forms.sealing import Seal, Unsealable, new_key
from assistant.forms.store import AFTER_DOWNLOAD, FormChanged, FormStore, ProfileStore
from assistant.forms.values import Held
from knowledge.database import Database

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
NAME = Held(data="Lê Minh An", shown="Lê Minh An", words="Lê Minh An", confirmed=True)
BEGUN = Filling(form="khai-sinh", version="2026-11-22", state=State.ASKING, values={"child_name": NAME})


@pytest.fixture
def seal() -> Seal:
    return Seal.read({"TROLY_DATA_KEY": new_key()})


@pytest.fixture
def store(database, seal) -> FormStore:
    return FormStore(database, seal)


def written(database: Database, table: str) -> str:
    with database.connection() as connection:
        return str(connection.execute(text(f"SELECT * FROM {table}")).all())


def test_what_is_kept_comes_back_as_it_was(store):
    kept = store.save("a", BEGUN, AT)

    assert (kept.revision, kept.values) == (1, BEGUN.values)
    assert store.of("a", AT) == kept
    assert store.of("b", AT) is None


def test_nothing_a_citizen_told_stands_in_the_database(store, database):
    store.save("a", BEGUN, AT)

    assert "Minh An" not in written(database, "form_drafts")


def test_a_conversation_fills_in_one_form_at_a_time(store, database):
    store.save("a", BEGUN, AT)
    other = store.save("a", BEGUN.model_copy(update={"form": "ket-hon"}), AT)

    assert store.of("a", AT) == other
    assert written(database, "form_drafts").count("ket-hon") == 1
    assert "khai-sinh" not in written(database, "form_drafts")


def test_of_two_tabs_the_second_is_told_what_the_first_wrote(store):
    first = store.save("a", BEGUN, AT)
    newer = store.save("a", first.model_copy(update={"none": ("father_name",)}), AT)

    with pytest.raises(FormChanged) as told:
        store.save("a", first.model_copy(update={"none": ("mother_name",)}), AT)

    assert told.value.now == newer
    assert store.of("a", AT) == newer


def test_a_private_link_reaches_the_form_until_there_is_another(store):
    kept = store.save("a", BEGUN, AT)
    link = store.link(kept.id)
    found = store.by_link(link, AT)
    again = store.link(kept.id)

    assert found is not None
    assert (found.conversation, found.filling) == ("a", kept)
    assert store.by_link(link, AT) is None
    assert store.by_link(again, AT) == found


def test_an_hour_after_its_document_was_taken_a_form_is_gone(store, database):
    kept = store.save("a", BEGUN, AT)
    store.downloaded(kept.id, AT)

    assert store.of("a", AT + AFTER_DOWNLOAD - timedelta(seconds=1)) == kept
    assert store.of("a", AT + AFTER_DOWNLOAD) is None
    assert written(database, "form_drafts") == "[]"


def test_a_form_that_is_to_be_kept_stays(store):
    kept = store.save("a", BEGUN, AT)
    store.downloaded(kept.id, AT)
    store.keep(kept.id)

    assert store.of("a", AT + 2 * AFTER_DOWNLOAD) == kept


def test_a_form_that_is_to_be_kept_stays_though_it_is_changed_and_taken_again(store, database):
    kept = store.save("a", BEGUN, AT)
    store.keep(kept.id)
    mended = store.save("a", kept.model_copy(update={"none": ("father_name",)}), AT)
    store.downloaded(kept.id, AT)

    assert store.of("a", AT + 2 * AFTER_DOWNLOAD) == mended
    assert retention.sweep(database, AT + 2 * AFTER_DOWNLOAD)[retention.Kind.FORM_DRAFTS] == 0


def test_a_form_changed_after_its_document_was_taken_stays_until_it_is_taken_again(store):
    kept = store.save("a", BEGUN, AT)
    store.downloaded(kept.id, AT)
    mended = store.save("a", kept.model_copy(update={"none": ("father_name",)}), AT)

    assert store.of("a", AT + 2 * AFTER_DOWNLOAD) == mended

    store.downloaded(kept.id, AT)

    assert store.of("a", AT + 2 * AFTER_DOWNLOAD) is None


def test_a_form_gone_meanwhile_is_written_anew_and_not_lost(store):
    kept = store.save("a", BEGUN, AT)
    store.forget("a")
    again = store.save("a", kept, AT)

    assert store.of("a", AT) == again


def test_the_sweep_takes_forms_that_nobody_went_on_with(store, database):
    store.save("a", BEGUN, AT - timedelta(days=31))
    left = store.save("b", BEGUN, AT - timedelta(days=29))
    taken = store.save("c", BEGUN, AT)
    store.downloaded(taken.id, AT - AFTER_DOWNLOAD)

    assert retention.sweep(database, AT)[retention.Kind.FORM_DRAFTS] == 2
    assert [store.of(name, AT) for name in "abc"] == [None, left, None]


def test_details_are_kept_sealed_and_forgotten_at_will(database, seal):
    profiles = ProfileStore(database, seal)
    profiles.save("a", {"name": NAME}, AT)

    assert profiles.of("a") == {"name": NAME}
    assert profiles.of("b") == {}
    assert "Minh An" not in written(database, "profiles")
    assert (profiles.forget("a"), profiles.forget("a"), profiles.of("a")) == (1, 0, {})


def test_without_a_key_no_details_are_kept(database):
    profiles = ProfileStore(database, Seal())
    profiles.save("a", {"name": NAME}, AT)

    assert (profiles.is_open, profiles.of("a")) == (False, {})


def test_a_form_sealed_with_a_lost_key_is_none(database, store):
    store.save("a", BEGUN, AT)

    assert FormStore(database, Seal.read({"TROLY_DATA_KEY": new_key()})).of("a", AT) is None


def test_an_older_key_still_opens_after_the_key_was_changed():
    old, new = new_key(), new_key()
    sealed = Seal.read({"TROLY_DATA_KEY": old}).close('{"a": 1}')

    assert Seal.read({"TROLY_DATA_KEY": f"{new}, {old}"}).open(sealed) == '{"a": 1}'
    with pytest.raises(Unsealable):
        Seal.read({"TROLY_DATA_KEY": new}).open(sealed)


def test_a_key_that_is_none_is_told_without_showing_it():
    with pytest.raises(SettingError) as told:
        Seal.read({"TROLY_DATA_KEY": "secret"})

    assert str(told.value) == "TROLY_DATA_KEY is no key: make one with `tro-ly privacy key`."
