"""`tro-ly privacy`: what is held about a citizen, handed out or deleted; and what is past its period, deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant import own_data, retention
from assistant.assistant import now
from assistant.consents import ConsentLedger
from assistant.errors import AssistantError
from assistant.forms.sealing import Seal, new_key
from assistant.settings import Settings
from assistant.store import ConversationStore
from channels.commands.screen import err, out, told_plainly
from knowledge.database import Database
from knowledge.errors import StorageError

app = typer.Typer(help="Citizens' data: retention, export, deletion.", no_args_is_help=True)

Conversation = Annotated[str, typer.Argument(help="The id of a conversation, or the token that reaches it.")]


class NothingHeld(AssistantError):
    """Nothing is held under that id or token."""


@app.command("sweep")
def sweep() -> None:
    """Delete what is past its period. Run it as often as you like; the server does so by itself."""
    with told_plainly(), _database() as database:
        for kind, count in retention.sweep(database, now(), retention.Periods.read()).items():
            out.print(f"{kind}: {count} deleted", markup=False)


@app.command("key")
def key() -> None:
    """Print a fresh key for TROLY_DATA_KEY, with which citizens' form data is sealed. Keep it somewhere safe."""
    out.print(new_key(), markup=False, highlight=False, soft_wrap=True)


@app.command("export")
def export(
    conversation: Annotated[str, typer.Argument(help="The id of a conversation, or the token that reaches it.")] = "",
    target: Annotated[Path | None, typer.Option("--out", help="Where it goes; standard output.")] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="The ledger of consents and deletions, as JSON lines.")
    ] = False,
) -> None:
    """Everything held about one conversation, as JSON; or the whole ledger of consents."""
    if bool(conversation) == ledger:
        raise typer.BadParameter("give a conversation, or --ledger")
    with told_plainly(), _database() as database:
        if ledger:
            text = "".join(f"{_json(line)}\n" for line in ConsentLedger(database).export())
        else:
            text = _json(_held(database, _id(database, conversation)), indent=2) + "\n"
        _write(text, target)


@app.command("forget")
def forget(
    conversation: Conversation,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything held about one conversation. It cannot be brought back."""
    with told_plainly(), _database() as database:
        identity = _id(database, conversation)
        held = {kind: len(rows) for kind, rows in _held(database, identity).items() if rows}
        told = ", ".join(f"{count} {kind}" for kind, count in held.items())
        if not yes and not typer.confirm(f"Delete {told}?", err=True):
            raise typer.Exit(1)
        line = ConversationStore(database).forget(identity, now(), how="command")
        out.print(f"deleted: {told}; line {line} of the ledger", markup=False)


@contextmanager
def _database() -> Iterator[Database]:
    """The database alone: neither catalogue nor index is needed here."""
    settings = Settings.read()
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.of(error, str(settings.home)) from error
    database = Database(settings.database_url)
    database.migrate()
    try:
        yield database
    finally:
        database.close()


def _id(database: Database, conversation: str) -> str:
    return ConversationStore(database).find(conversation) or conversation


def _held(database: Database, identity: str) -> dict[str, list[object]]:
    data = own_data.export(database, identity, Seal.read())
    if not own_data.is_held(data):
        # A token is a secret, and may have been mistyped by one letter only: it is not repeated.
        raise NothingHeld("Nothing is held under that id or token. Check it; or it has been deleted already.")
    return data


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _write(text: str, target: Path | None) -> None:
    if target is None:
        typer.echo(text, nl=False)
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AssistantError(f"{target}: {error.strerror}. Give another file with --out.") from error
    err.print(f"written to {target}", markup=False)
