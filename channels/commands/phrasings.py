"""`tro-ly phrasings check`: what is wrong with the sayings, told in the words of the staff who write them."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from channels.commands.screen import out, told_plainly
from knowledge import phrasings, phrasings_check
from knowledge.errors import SourceError
from knowledge.phrasings_check import Finding, Severity
from knowledge.shipped import shipped_facts
from knowledge.sources import written

_EXAMPLES = 3
_COLUMNS = ("rule", "severity", "file", "code", "saying", "detail", "fix")

app = typer.Typer(help="How people say a procedure.", no_args_is_help=True)


@app.command()
def check(
    target: Annotated[Path | None, typer.Option("--csv", help="Write every finding here, as CSV.")] = None,
    code: Annotated[str, typer.Option(help="Only this procedure: every finding in full.")] = "",
    field: Annotated[str, typer.Option(help="Only this file, such as ho-tich: every finding in full.")] = "",
    explain: Annotated[str, typer.Option(help="Tell one rule: what, why, example, remedy; «all» for all.")] = "",
) -> None:
    """Check the sayings: errors in full, advice by rule; with --code or --field all in full."""
    with told_plainly():
        if explain:
            _explain(explain)
            return
        _must_be_known(code, field)
        found = phrasings_check.check([*written.load(), *shipped_facts()], phrasings.PHRASINGS)
        found = [finding for finding in found if finding.concerns(code=code, stem=field)]
        for finding in found:
            if code or field or finding.rule.severity is Severity.ERROR:
                out.print(str(finding), markup=False)
        _by_rule(found)
        if target:
            _write(target, found)
    if any(finding.rule.severity is Severity.ERROR for finding in found):
        raise typer.Exit(1)


def _must_be_known(code: str, field: str) -> None:
    if code and code not in phrasings.load(phrasings.PHRASINGS):
        raise SourceError(f"No saying stands under {code}. A code looks like 1.001193.")
    if field and field not in {path.stem for path in phrasings.PHRASINGS.glob("*.yaml")}:
        raise SourceError(f"There is no phrasings/{field}.yaml. Give a file's name without .yaml.")


def _by_rule(found: list[Finding]) -> None:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        groups[finding.rule.id].append(finding)
    table = Table("luật", "mức", "số chỗ", "ví dụ", box=None, pad_edge=False)
    for rule in phrasings_check.rules().values():
        if group := groups[rule.id]:
            places = dict.fromkeys(finding.found.code or finding.found.file for finding in group)
            table.add_row(rule.id, rule.severity, str(len(group)), " ".join(list(places)[:_EXAMPLES]))
    if found:
        out.print(table)
    sayings = phrasings.load(phrasings.PHRASINGS)
    errors = sum(finding.rule.severity is Severity.ERROR for finding in found)
    out.print(
        f"{sum(map(len, sayings.values()))} sayings of {len(sayings)} procedures, "
        f"{errors} errors, {len(found) - errors} pieces of advice"
    )


def _explain(name: str) -> None:
    known = phrasings_check.rules()
    if name != "all" and name not in known:
        raise SourceError(f"No rule is called {name}. The rules: {', '.join(known)}.")
    for rule in known.values() if name == "all" else [known[name]]:
        out.print(f"{rule.id} ({rule.severity})", markup=False)
        for label, words in (("Sai ở đâu", rule.explanation), ("Ví dụ", rule.example), ("Cách sửa", rule.fix)):
            out.print(f"  {label}: {words}", markup=False)


def _write(path: Path, found: list[Finding]) -> None:
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(_COLUMNS)
            for finding in found:
                rule, place = finding.rule, finding.found
                rows.writerow(
                    (rule.id, rule.severity.value, place.file, place.code, place.saying, place.detail, rule.fix)
                )
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror}. Check the path and your rights.") from error
    out.print(f"{len(found)} findings written to {path}", markup=False)
