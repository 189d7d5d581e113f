"""`tro-ly catalogue facts`: pack what the portal says in figures and names for shipping."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from channels.commands.screen import out, progress, told_plainly
from knowledge.errors import SourceError
from knowledge.shipped import make_facts
from knowledge.sources.facts import FACTS


def facts(
    file: Annotated[Path, typer.Argument(help="A portal JSON-lines file, gzipped or not.")],
    as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day of the snapshot.")],
    target: Annotated[
        Path | None, typer.Option("--out", help="Where the file goes; the shipped one is replaced.")
    ] = None,
) -> None:
    """Write the shipped facts file from the portal's records: no sentence of theirs, no steps."""
    with told_plainly(), progress() as bar:
        task = bar.add_task("Condensing records", total=None)
        try:
            records, weight = make_facts(
                file, as_of.date(), target or FACTS, lambda count: bar.update(task, completed=count)
            )
        except OSError as error:
            where = error.filename or file
            raise SourceError(f"{where}: {error.strerror or error}. Check the path and your rights.") from error
    out.print(f"{records} facts records, {weight:,} bytes")
