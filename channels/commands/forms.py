"""`tro-ly forms`: the forms there are, and their Word templates, which staff may lay out anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.errors import FormDefinitionError
from assistant.forms.definition import Form, forms
from assistant.settings import Settings
from channels.commands.screen import out, told_plainly

app = typer.Typer(help="Declarations that citizens fill in.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The id of a form, such as khai-sinh.")]


@app.command("list")
def listed() -> None:
    """The forms: how many fields, how far they were read in the official form, and when."""
    with told_plainly():
        table = Table("form", "title", "fields", "read", "as of", "template", box=None)
        for form in forms().values():
            own = "own" if _template_of(form).exists() else "built in"
            source = form.source
            table.add_row(form.id, form.title.vi, str(len(form.fields)), source.verified, source.as_of, own)
        out.print(table)


@app.command("check")
def check() -> None:
    """Read every form and every template of our own; what is wrong is told."""
    from assistant.forms import docx

    wrong = 0
    with told_plainly():
        for form in forms().values():
            path = _template_of(form)
            for fault in docx.check_template(form, path.read_bytes()) if path.exists() else ():
                wrong += 1
                out.print(f"{path.name}: {fault}", markup=False)
        out.print(f"{len(forms())} forms, {wrong} faults", markup=False)
    if wrong:
        raise typer.Exit(1)


@app.command("template")
def template(
    name: Name,
    target: Annotated[Path | None, typer.Option("--out", help="Where it goes; NAME.docx here.")] = None,
) -> None:
    """Write the Word template of a form, to be laid out anew in Word: move the tags as you like, keep them all."""
    from assistant.forms import docx

    with told_plainly():
        form = _known(name)
        path = target or Path(f"{form.id}.docx")
        path.write_bytes(docx.template(form))
        out.print(f"{path}: open it in Word, then `tro-ly forms use {form.id} {path}`", markup=False)


@app.command("use")
def use(name: Name, source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The template.")]) -> None:
    """Take a template into use, unless something is wrong with it."""
    from assistant.forms import docx

    with told_plainly():
        form, data = _known(name), source.read_bytes()
        faults = docx.check_template(form, data)
        if faults:
            raise FormDefinitionError(f"{source.name}: {'; '.join(faults)}. Nothing was changed.")
        path = _template_of(form)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        out.print(f"{form.id}: from now on {path.name} is filled in", markup=False)


def _known(name: str) -> Form:
    found = forms().get(name)
    if found is None:
        raise FormDefinitionError(f"No form is called {name}. `tro-ly forms list` names them.")
    return found


def _template_of(form: Form) -> Path:
    return Settings.read().templates / f"{form.id}.docx"
