"""`tro-ly`: everything that can be done from a terminal."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Annotated

import typer

from assistant import assistant as building
from assistant.conversation import Citation, Memory, Turn
from assistant.settings import Settings
from channels.commands import (
    catalogue,
    check,
    doctor,
    evaluate,
    export,
    facts,
    forms,
    jsonl,
    phrasings,
    place,
    privacy,
    replay,
    sync,
    telegram,
    zalo,
)
from channels.commands import explain as explaining
from channels.commands.screen import err, index_progress, out, progress, told_plainly
from knowledge.index_build import BuildReport
from knowledge.reader import Catalogue

app = typer.Typer(
    help="Trợ lý 1022: administrative procedures of Da Nang, looked up and cited.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(catalogue.app, name="catalogue")
catalogue.app.command("facts")(facts.facts)
catalogue.app.command("sync")(sync.sync_portal)
catalogue.app.command("export")(export.export_procedures)
catalogue.app.command("check")(check.check)
index_app = typer.Typer(help="The search index.", no_args_is_help=True)
embedder_app = typer.Typer(help="The trained embedder.", no_args_is_help=True)
ranker_app = typer.Typer(help="The learned ranker.", no_args_is_help=True)
db_app = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(index_app, name="index")
app.add_typer(embedder_app, name="embedder")
app.add_typer(ranker_app, name="ranker")
app.add_typer(db_app, name="db")
app.add_typer(evaluate.app, name="eval")
app.add_typer(phrasings.app, name="phrasings")
app.add_typer(privacy.app, name="privacy")
app.add_typer(forms.app, name="forms")
app.add_typer(zalo.app, name="zalo")
app.add_typer(telegram.app, name="telegram")
app.command("doctor")(doctor.doctor)
app.command("place")(place.place)

Count = Annotated[int, typer.Option("-k", min=1, max=50, help="How many hits.")]


def main() -> None:
    """Run the command line."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    app()


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; TROLY_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; TROLY_PORT.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes that answer; TROLY_WORKERS.")] = None,
) -> None:
    """Serve the web chat and the API."""
    import uvicorn

    from channels.app import create_app

    with told_plainly():
        settings = Settings.read()
        host, port, workers = host or settings.host, port or settings.port, workers or settings.workers
        assistant = _build(settings) if workers == 1 else None
        if assistant is None:
            _refresh(settings)  # once, before the workers open it
        err.print(f"Trợ lý 1022: http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}")  # noqa: S104
        uvicorn.run(
            create_app(settings, assistant) if assistant else "channels.app:create",
            factory=assistant is None,
            workers=workers,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            proxy_headers=False,  # it would believe whatever comes from the same machine; the application knows whom to
        )


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in everyday words.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one replay line.")] = False,
) -> None:
    """Ask one question."""
    with told_plainly():
        assistant = _build(Settings.read())
        started = time.perf_counter()
        turn = Turn(conversation="ask", text=question, at=building.now(), channel="command_line")
        answer, _ = assistant.answer(turn, Memory())
        ms = (time.perf_counter() - started) * 1000
        if as_json:
            typer.echo(json.dumps(replay.answer_line("ask", answer, ms), ensure_ascii=False))
            return
        out.print(answer.text, markup=False)
        for citation in {citation.number: citation for citation in answer.citations}.values():
            out.print(
                f"[{citation.number}] {_told_by(citation)}, {citation.as_of}: {citation.url}",
                markup=False,
            )


@app.command("replay")
def replay_file(
    source: Annotated[Path, typer.Argument(help="JSON lines: id, turns, channel (optional).")],
    target: Annotated[Path, typer.Option("--out", help="Where the results go.")],
) -> None:
    """Run recorded conversations and write what is answered to the last turn of each."""
    with told_plainly():
        assistant = _build(Settings.read())
        _run_lines(source, target, lambda line: replay.replay_line(assistant, line))


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="A question in everyday words.")] = "",
    lines: Annotated[Path | None, typer.Option("--jsonl", help="JSON lines: id, query.")] = None,
    target: Annotated[Path | None, typer.Option("--out", help="Where the results of --jsonl go.")] = None,
    count: Count = 10,
    explain: Annotated[bool, typer.Option(help="Show what the words became and why each hit stands there.")] = False,
) -> None:
    """Find procedures without answering."""
    if bool(question) == (lines is not None) or (lines is not None and target is None):
        raise typer.BadParameter("give a question, or --jsonl IN with --out OUT")
    with told_plainly():
        found = _catalogue(Settings.read())
        if lines is not None and target is not None:
            _run_lines(lines, target, lambda line: replay.search_line(found, line, count))
            return
        if explain:
            explained = found.explain(question, count)
            explaining.show(explained, found.many(explained.result.codes))
            return
        result = found.search(question, count)
        procedures = found.many(result.codes)
        for hit in result.hits:
            out.print(f"{hit.score:.3f}  {hit.code}  {procedures[hit.code].title.vi}", markup=False)
        out.print(f"confidence {result.confidence:.2f}")


@index_app.command("build")
def index_build() -> None:
    """Bring the index up to date: only what changed is read again."""
    with told_plainly():
        built = _refresh(Settings.read())
        out.print(
            f"{built.procedures} procedures, {built.passages} passages; {built.fresh} read anew, {built.removed} removed; "
            f"{built.seconds:.1f} s; build {built.build}"
        )


@embedder_app.command("train")
def embedder_train(
    target: Annotated[
        Path | None, typer.Option("--out", help="Where the table goes; the shipped one is replaced.")
    ] = None,
) -> None:
    """Train the embedder on the catalogue and the phrasings: import the portal file first. Needs torch."""
    from knowledge import embedder
    from knowledge.embedder_training import train

    with told_plainly():
        _, store = building.prepare(Settings.read())
        train(store.iterate(), target or embedder.SHIPPED, report=lambda words: err.print(words, markup=False))


@ranker_app.command("train")
def ranker_train(
    target: Annotated[
        Path | None, typer.Option("--out", help="Where the forest goes; the shipped one is replaced.")
    ] = None,
) -> None:
    """Train the ranker on phrasings it has not seen indexed: import the portal file first. Needs torch and lightgbm."""
    from knowledge import ranker
    from knowledge.ranker_training import train

    with told_plainly():
        _, store = building.prepare(Settings.read())
        train(store, target or ranker.SHIPPED, report=lambda words: err.print(words, markup=False))


@db_app.command("migrate")
def db_migrate() -> None:
    """Make the tables, or bring them up to date."""
    with told_plainly():
        database, _ = building.prepare(Settings.read())
        out.print(f"at revision {database.revision()}")


def _told_by(citation: Citation) -> str:
    """The source, the layer that tells it and the procedure, as far as there are any."""
    layer = f" ({citation.told_by})" if citation.told_by else ""
    return f"{citation.source}{layer}, {citation.code}".rstrip(", ")


def _refresh(settings: Settings) -> BuildReport:
    _, store = building.prepare(settings)
    with index_progress() as report:
        return building.refresh_index(settings, store, report)


def _build(settings: Settings) -> building.Assistant:
    with index_progress() as report:
        return building.build(settings, report)


def _catalogue(settings: Settings) -> Catalogue:
    return _build(settings).catalogue


def _run_lines(source: Path, target: Path, handle: jsonl.Handle) -> None:
    with progress() as bar:
        task = bar.add_task("Answering", total=None)
        done, bad = jsonl.run(source, target, handle, lambda: bar.advance(task))
    err.print(f"{done} lines handled, {bad} bad")
    if bad:
        raise typer.Exit(1)
