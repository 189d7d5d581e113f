"""`tro-ly catalogue export`: procedures for other programs and other offices."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.assistant import now, prepare
from assistant.settings import Settings
from channels.commands.screen import out, progress, told_plainly
from knowledge.exporting import ExportFormat, chosen, export
from knowledge.procedure import Layer


def export_procedures(
    target: Annotated[Path, typer.Option("--out", help="The file; for YAML of several procedures, a folder.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="In which form.")] = ExportFormat.JSON,
    codes: Annotated[str, typer.Option(help="Only these codes, separated by commas.")] = "",
    layer: Annotated[Layer | None, typer.Option(help="As this layer alone tells them.")] = None,
) -> None:
    """Write the procedures that apply in Da Nang to a file, each with its sources and terms."""
    wanted = [code.strip() for code in codes.split(",") if code.strip()]
    with told_plainly():
        _, store = prepare(Settings.read())
        with progress() as bar:
            task = bar.add_task("Exporting", total=None)
            count = export(
                lambda: chosen(store, wanted, layer),
                form,
                target,
                now(),
                progress=lambda done: bar.update(task, completed=done),
            )
        out.print(f"{count} procedures written to {target}", markup=False)
