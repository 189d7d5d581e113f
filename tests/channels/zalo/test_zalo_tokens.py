"""The pair of tokens: used once, kept sealed, renewed by one process at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from assistant.forms.sealing import Seal, new_key
from channels.zalo.open_api import NothingDone, NoWord
from channels.zalo.tokens import HOW_TO_MEND, NotNow, Pair, Timing, TokensLost
from knowledge.errors import StorageError
from tests.zalo_server import code, cut, held, status

PROCESS = """
import sys
from channels.zalo.connecting import tokens
from channels.zalo.open_api import OpenApi
from channels.zalo.settings import ZaloSettings
from assistant.forms.sealing import Seal
from knowledge.database import Database

settings = ZaloSettings.read()
own = tokens(settings, OpenApi(settings), Database(sys.argv[1]), Seal.read())
print("ready", flush=True)
sys.stdin.readline()
print(own.access(refused=sys.argv[2]))
"""
"""Another worker: says that it is ready, waits for a line, and prints the token that it then gets."""


def raw(database):
    with database.connection() as connection:
        return connection.execute(text("SELECT sealed FROM zalo_tokens")).scalar_one()


def worker(database, zalo, refused, key):
    command = [sys.executable, "-c", PROCESS, database.engine.url.render_as_string(hide_password=False), refused]
    environment = {"PATH": "/usr/bin:/bin", "TROLY_DATA_KEY": key, **zalo.environment()}
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_the_first_pair_comes_from_the_environments_refresh_token_and_is_kept(new_tokens, zalo, database):
    first = new_tokens().access()
    second = new_tokens().access()

    assert (first, second, zalo.renewed) == ("access-1", "access-1", 1)
    assert json.loads(raw(database)) == {"access": "access-1", "refresh": "refresh-1"}


def test_with_a_key_no_token_stands_open_in_the_database(new_tokens, database):
    seal = Seal.read({"TROLY_DATA_KEY": new_key()})
    new_tokens(seal).access()

    assert (new_tokens(seal).access(), "access" in raw(database), "refresh" in raw(database)) == (
        "access-1",
        False,
        False,
    )


def test_tokens_sealed_with_a_key_that_is_gone_are_told_so(new_tokens):
    new_tokens(Seal.read({"TROLY_DATA_KEY": new_key()})).access()

    with pytest.raises(TokensLost, match="cannot be read") as lost:
        new_tokens(Seal.read({"TROLY_DATA_KEY": new_key()})).access()

    assert HOW_TO_MEND in str(lost.value)


def test_a_token_near_its_end_is_renewed_before_it_is_used(new_tokens, zalo):
    new_tokens().access()
    late = Timing(clock=lambda: datetime.now(UTC) + timedelta(seconds=zalo.life - 60))

    assert (new_tokens(timing=late).access(), zalo.renewed) == ("access-2", 2)


def test_a_token_that_zalo_refused_is_renewed_once_for_all_who_had_it(new_tokens, zalo):
    mine, theirs = new_tokens(), new_tokens()
    old = mine.access()

    assert (mine.access(refused=old), theirs.access(refused=old), zalo.renewed) == ("access-2", "access-2", 2)


def test_many_threads_renew_once(new_tokens, zalo):
    tokens = new_tokens()
    with ThreadPoolExecutor(8) as pool:
        got = set(pool.map(lambda _: tokens.access(), range(8)))

    assert (got, zalo.renewed, zalo.revoked) == ({"access-1"}, 1, False)


def test_of_two_processes_one_renews_and_the_other_waits_for_what_it_writes(new_tokens, zalo, database):
    key = new_key()
    old = new_tokens(Seal.read({"TROLY_DATA_KEY": key})).access()
    zalo.arrived.clear()
    zalo.token_script = [held(zalo, zalo.give_pair)]  # Zalo keeps the first waiting until both are at it
    workers = [worker(database, zalo, old, key) for _ in range(2)]
    assert [each.stdout.readline() for each in workers] == ["ready\n", "ready\n"]
    for each in workers:
        each.stdin.write("\n")
        each.stdin.flush()
    assert zalo.arrived.wait(30)
    zalo.released.set()
    got = [each.communicate(timeout=60)[0] for each in workers]

    assert got == ["access-2\n", "access-2\n"]
    assert (zalo.renewed, zalo.revoked, new_tokens(Seal.read({"TROLY_DATA_KEY": key})).access()) == (
        2,
        False,
        "access-2",
    )


def test_a_process_that_died_while_renewing_is_waited_for_no_longer_than_its_lease(new_tokens, zalo, database):
    """It died before Zalo was asked, so that the refresh token is still good."""
    old = new_tokens().access()
    until = (datetime.now(UTC) + timedelta(seconds=15)).isoformat(timespec="seconds")
    with database.connection() as connection:
        connection.execute(text("UPDATE zalo_tokens SET lease_by = 'dead', lease_until = :until"), {"until": until})
    pauses = []
    clock = Timing(clock=lambda: datetime.now(UTC) + timedelta(seconds=sum(pauses)), pause=pauses.append)
    with pytest.raises(NotNow):
        new_tokens(timing=clock).access(refused=old)
    got = new_tokens(timing=clock).access(refused=old)

    assert (got, zalo.renewed) == ("access-2", 2)


def test_a_refresh_token_that_is_used_up_stops_everything_until_a_person_mends_it(new_tokens, zalo, caplog):
    zalo.refresh = "another process took it"
    with pytest.raises(TokensLost, match="-14014"):
        new_tokens().access()
    asked = zalo.renewed
    zalo.token_script = [status(500)]  # would show if anybody asked again
    with pytest.raises(TokensLost):
        new_tokens().access()

    assert (zalo.renewed, len(zalo.token_script)) == (asked, 1)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        f"Zalo does not take the refresh token; nothing is sent until it is mended: {HOW_TO_MEND}"
    ]


def test_a_new_token_in_the_environment_mends_it_and_the_old_one_is_not_tried_again(new_tokens, zalo):
    zalo.refresh = "lost"
    with pytest.raises(TokensLost):
        new_tokens().access()
    zalo.refresh, zalo.revoked = "brought", False

    assert (new_tokens(first="brought").access(), new_tokens(first="brought").access()) == ("access-1", "access-1")


def test_a_pair_that_a_person_brings_takes_the_place_of_the_lost_one(new_tokens, zalo):
    zalo.refresh = "lost"
    with pytest.raises(TokensLost):
        new_tokens().access()
    tokens = new_tokens()
    tokens.replace(Pair("access-9", "refresh-9", datetime.now(UTC) + timedelta(hours=25)))

    assert tokens.access() == "access-9"


def test_without_any_token_it_is_told_how_to_get_one(new_tokens):
    with pytest.raises(TokensLost, match="no tokens for Zalo yet") as lost:
        new_tokens(first="").access()

    assert HOW_TO_MEND in str(lost.value)


@pytest.mark.parametrize(("reply", "error"), [(status(500), NothingDone), (status(429), NothingDone), (cut, NoWord)])
def test_when_zalo_fails_the_lease_is_given_back_and_the_next_call_tries_again(new_tokens, zalo, reply, error):
    zalo.token_script = [reply]
    with pytest.raises(error):
        new_tokens().access()

    assert new_tokens().access() == "access-1"


def test_another_error_of_zalo_does_not_give_the_tokens_up(new_tokens, zalo):
    zalo.token_script = [code(-14002)]
    with pytest.raises(NothingDone, match="-14002"):
        new_tokens().access()

    assert new_tokens().access() == "access-1"


def test_a_pair_that_could_not_be_written_is_written_before_it_is_used(new_tokens, zalo, database, monkeypatch):
    """Nobody gives the pair a second time: it is kept in memory until the database takes it."""
    tokens = new_tokens()
    give = zalo.give_pair

    def while_the_table_is_away():
        with database.connection() as connection:
            connection.execute(text("ALTER TABLE zalo_tokens RENAME TO away"))
        return give()

    zalo.token_script = [held(zalo, while_the_table_is_away)]
    zalo.released.set()
    with pytest.raises(StorageError):
        tokens.access()
    with database.connection() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO zalo_tokens"))

    assert (tokens.access(), new_tokens().access(), zalo.renewed) == ("access-1", "access-1", 1)
