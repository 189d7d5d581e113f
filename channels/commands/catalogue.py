"""`tro-ly catalogue`: bring procedures in, and check the shipped ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.markup import escape

from assistant.assistant import now, prepare
from assistant.settings import Settings
from channels.commands.import_report import show, show_comparison, write_csv
from channels.commands.screen import err, out, progress, told_plainly
from knowledge.errors import CatalogueError, SourceError
from knowledge.importing import Importer
from knowledge.importing import Progress as Count
from knowledge.sources import written

app = typer.Typer(help="Bring procedures in, and check the shipped ones.", no_args_is_help=True)

T = TypeVar("T")

Files = Annotated[
    list[Path],
    typer.Argument(
        help="Files or folders: portal JSON lines, list XLSX, detail PDF, city HTML, entries (YAML, JSON).",
        show_default=False,
    ),
]
AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the snapshot.")]
Whose = Annotated[
    str, typer.Option(help="Whose the records are where a file does not say: national, da-nang, or a province.")
]


@app.command("import")
def import_files(
    files: Files,
    as_of: AsOf = None,
    problems: Annotated[Path | None, typer.Option(help="Write everything that could not be read here, as CSV.")] = None,
    jurisdiction: Whose = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Let PDFs and pages take the place of live records.")
    ] = False,
) -> None:
    """Import files of procedures, each by itself. What cannot be read is listed by record and field."""
    with told_plainly():
        database, _ = prepare(Settings.read())
        importer = Importer(database, now().date(), as_of.date() if as_of else None, jurisdiction, replace=replace)
        reports = []
        for report in _each(files, importer, Importer.__call__):
            if report is not None:
                show(report)
            reports.append(report)
        done = [report for report in reports if report is not None]
        if problems and done:
            write_csv(problems, done)
    if None in reports or any(report.incomplete for report in done):
        raise typer.Exit(1)


@app.command()
def compare(files: Files, as_of: AsOf = None, jurisdiction: Whose = "") -> None:
    """Hold files against the live records of the same layer, field by field. Nothing is written."""
    with told_plainly():
        database, _ = prepare(Settings.read())
        importer = Importer(database, now().date(), as_of.date() if as_of else None, jurisdiction)
        comparisons = list(_each(files, importer, Importer.compare))
        done = [comparison for comparison in comparisons if comparison is not None]
        if done:
            show_comparison(done)
    if None in comparisons:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Write the JSON Schema of an entry file beside the catalogue, for editors."""
    written.SCHEMA.write_text(written.schema_text(), encoding="utf-8")
    out.print(f"{written.SCHEMA.name} written")


def _each(given: list[Path], importer: Importer, work: Callable[[Importer, Path], T]) -> Iterator[T | None]:
    """What comes of every file; None for one that cannot be read, which is told, and the rest still run."""
    for path in _files(given):
        try:
            with _watched() as count:
                result = work(dataclasses.replace(importer, progress=count), path)
        except (SourceError, CatalogueError) as error:
            err.print(f"[bold red]error:[/] {escape(str(error))}")
            yield None
        else:
            yield result


@contextmanager
def _watched() -> Iterator[Count]:
    """Shows how many records are read; nothing where nobody watches, for a folder may hold hundreds of files."""
    if not err.is_terminal:
        yield lambda _: None
        return
    with progress() as bar:
        task = bar.add_task("Reading records", total=None)

        def show_count(count: int) -> None:
            bar.update(task, completed=count)

        yield show_count


def _files(given: list[Path]) -> list[Path]:
    """The files, folders opened; hidden ones are left alone."""
    found: list[Path] = []
    for path in given:
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        found += inside if path.is_dir() else [path]
    return found
