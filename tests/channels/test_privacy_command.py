"""`tro-ly privacy` at a terminal: what it prints, hands out and deletes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from assistant import own_data
from assistant.assistant import now
from assistant.consents import ConsentLedger, How, Purpose
from assistant.conversation import Answer, Memory, Status, Turn
from assistant.store import ConversationStore
from channels.command_line import app
from knowledge.database import Database

UNKNOWN = "error: Nothing is held under that id or token. Check it; or it has been deleted already."


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def database(home):
    home.mkdir()
    database = Database(f"sqlite:///{home / 'tro-ly.db'}")
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def privacy(home):
    """Runs `tro-ly privacy …`."""

    def run(*words, typed="", **environment):
        return CliRunner().invoke(
            app, ["privacy", *map(str, words)], input=typed, env={"TROLY_HOME": str(home), **environment}
        )

    return run


def live(database, at=None):
    """A conversation of one turn with one consent; its id and token."""
    at = at or now()
    store = ConversationStore(database)
    conversation, token = store.open("web", at)
    store.add(Turn(conversation=conversation, text="thẻ tre?", at=at), Answer(status=Status.ANSWERED), Memory(), 1)
    ConsentLedger(database).give(conversation, Purpose.PROFILE, at, How.BUTTON)
    return conversation, token


def test_a_sweep_tells_what_it_deleted(database, privacy):
    live(database, now() - timedelta(days=91))
    live(database)
    first, second = privacy("sweep"), privacy("sweep")

    assert (first.exit_code, first.stdout.splitlines()) == (0, [
        "feedback: 0 deleted",
        "handovers: 0 deleted",
        "conversations: 1 deleted",
        "consents: 0 deleted",
        "deletions: 0 deleted",
        "form_drafts: 0 deleted",
        "profiles: 0 deleted",
        "model_usage: 0 deleted",
    ])  # fmt: skip
    assert second.stdout.splitlines()[2] == "conversations: 0 deleted"


def test_a_sweep_keeps_to_the_settings(database, privacy):
    live(database, now() - timedelta(days=5))
    done = privacy("sweep", TROLY_KEEP_CONVERSATIONS_DAYS="4")
    wrong = privacy("sweep", TROLY_KEEP_CONVERSATIONS_DAYS="never")

    assert done.stdout.splitlines()[2] == "conversations: 1 deleted"
    assert (wrong.exit_code, wrong.stderr.startswith("error: TROLY_KEEP_CONVERSATIONS_DAYS=never is no")) == (1, True)


def test_a_fresh_machine_has_nothing_to_sweep(privacy, home):
    assert privacy("sweep").exit_code == 0
    assert home.is_dir()


def test_what_is_held_is_handed_out_by_id_or_by_token(database, privacy, tmp_path):
    conversation, token = live(database)
    live(database)
    held = own_data.export(database, conversation)
    by_id, by_token = privacy("export", conversation), privacy("export", token, "--out", tmp_path / "tre.json")

    assert (by_id.exit_code, json.loads(by_id.stdout)) == (0, held)
    assert (by_token.exit_code, by_token.stdout, json.loads((tmp_path / "tre.json").read_text("utf-8"))) == (
        0,
        "",
        held,
    )
    assert "thẻ tre?" in by_id.stdout


def test_the_ledger_is_handed_out_as_lines(database, privacy):
    conversation, _ = live(database)
    live(database)
    privacy("forget", conversation, "--yes")
    lines = [json.loads(line) for line in privacy("export", "--ledger").stdout.splitlines()]

    assert [line["kind"] for line in lines] == ["consent", "deletion"]
    assert (lines[1]["how"], lines[1]["counts"]) == ("command", {"turns": 1, "consents": 1, "conversations": 1})


@pytest.mark.parametrize("words", [("export",), ("export", "tre", "--ledger")])
def test_one_thing_is_asked_for_at_a_time(privacy, words):
    assert privacy(*words).exit_code == 2


def test_forgetting_asks_first(database, privacy):
    conversation, token = live(database)
    no = privacy("forget", token, typed="n\n")
    kept = own_data.is_held(own_data.export(database, conversation))
    yes = privacy("forget", token, typed="y\n")
    line = list(ConsentLedger(database).export())[-1]["id"]

    assert (no.exit_code, kept, yes.exit_code) == (1, True, 0)
    assert yes.stdout.splitlines()[-1] == f"deleted: 1 conversations, 1 turns, 1 consents; line {line} of the ledger"
    assert not own_data.is_held(own_data.export(database, conversation))


@pytest.mark.parametrize("command", [("export",), ("forget", "--yes")])
def test_of_nobody_nothing_is_told(database, privacy, command):
    done = privacy(*command, "no-such-token")

    assert (done.exit_code, done.stdout, done.stderr.strip()) == (1, "", UNKNOWN)


def test_a_place_that_cannot_be_written_is_told(database, privacy, tmp_path):
    conversation, _ = live(database)
    done = privacy("export", conversation, "--out", tmp_path)

    assert (done.exit_code, done.stderr.strip()) == (
        1,
        f"error: {tmp_path}: Is a directory. Give another file with --out.",
    )
