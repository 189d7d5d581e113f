"""`tro-ly catalogue`: bring procedures in, and check the shipped ones."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.assistant import now, prepare
from assistant.settings import Settings
from channels.commands.screen import err, out, progress, told_plainly
from knowledge.errors import SourceError
from knowledge.importing import ImportReport, import_portal_file
from knowledge.sources import written
from knowledge.sources.reading import Problem, count_by_kind

app = typer.Typer(help="Bring procedures in, and check the shipped ones.", no_args_is_help=True)

_EXAMPLES = 3


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A portal JSON-lines file, gzipped or not.")],
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the snapshot.")] = None,
    problems: Annotated[Path | None, typer.Option(help="Write everything that could not be read here, as CSV.")] = None,
) -> None:
    """Import the national portal's records. What cannot be read is listed by record and field."""
    with told_plainly():
        _, store = prepare(Settings.read())
        with progress() as bar:
            task = bar.add_task("Reading records", total=None)
            report = import_portal_file(
                file,
                store,
                today=now().date(),
                as_of=as_of.date() if as_of else None,
                progress=lambda count: bar.update(task, completed=count),
            )
        _show(report)
        if problems:
            _write_csv(problems, report.problems)
    if report.incomplete:
        raise typer.Exit(1)


@app.command()
def check() -> None:
    """Check the shipped catalogue: every fault with file and line."""
    faults = written.lint(today=now().date())
    for fault in faults:
        out.print(str(fault), markup=False)
    errors = sum(fault.error for fault in faults)
    out.print(f"{len(written.files())} entries, {errors} errors, {len(faults) - errors} pieces of advice")
    if errors:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Write the JSON Schema of an entry file beside the catalogue, for editors."""
    written.SCHEMA.write_text(written.schema_text(), encoding="utf-8")
    out.print(f"{written.SCHEMA.name} written")


def _show(report: ImportReport) -> None:
    out.print(
        f"{report.source}: {report.read} records read; {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {len(report.set_aside)} set aside"
    )
    examples: dict[str, list[str]] = defaultdict(list)
    for problem in report.problems:
        examples[problem.kind].append(problem.record)
    table = Table("what could not be read as it stands", "times", "records", "for example", box=None, pad_edge=False)
    for kind, times in count_by_kind(report.problems).most_common():
        records = list(dict.fromkeys(examples[kind]))
        table.add_row(kind, str(times), str(len(records)), " ".join(records[:_EXAMPLES]))
    out.print(table)
    for problem in report.set_aside:
        out.print(f"set aside: {problem.record}: {problem.kind}: {problem.detail}", markup=False)
    if report.incomplete:
        err.print(
            f"{report.source} ends before its end: what came before was kept. Get the whole file and import again."
        )


def _write_csv(path: Path, problems: tuple[Problem, ...]) -> None:
    try:
        with path.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as file:
            rows = csv.writer(file)
            rows.writerow(("record", "field", "kind", "detail"))
            rows.writerows((p.record, p.field, p.kind.value, p.detail) for p in problems)
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror}. Check the path and your rights.") from error
    out.print(f"{len(problems)} problems written to {path}", markup=False)
