"""`tro-ly catalogue check`: what is wrong in the shipped catalogue, or in every record that was imported."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.assistant import now, prepare
from assistant.settings import Settings
from channels.commands.screen import out, progress, told_plainly
from knowledge import events, quality
from knowledge.errors import SourceError
from knowledge.procedure import Procedure
from knowledge.quality import Finding, Severity
from knowledge.shipped import shipped_facts
from knowledge.sources import facts, written

_EXAMPLES = 3
_FIELDS = (
    "plain_name summary synonyms audience methods papers steps conditions results forms legal_basis related "
    "warnings online grade"
).split()


def check(
    imported: Annotated[bool, typer.Option(help="Every live record of the database, by rule.")] = False,
    findings: Annotated[Path | None, typer.Option(help="Write every finding here, as CSV.")] = None,
    explain: Annotated[str, typer.Option(help="Tell one rule: what, why, example, remedy; «all» for all.")] = "",
) -> None:
    """Check the shipped catalogue: every fault with file and line, and how complete each field is."""
    with told_plainly():
        if explain:
            _explain(explain)
            return
        today = now().date()
        found = _check_imported(today) if imported else _check_shipped(today)
        if findings:
            _write(findings, found)
    if not imported and any(finding.rule.severity is Severity.ERROR for finding in found):
        raise typer.Exit(1)


def _check_shipped(today: date) -> list[Finding]:
    faults = written.lint(today=today)
    for fault in faults:
        out.print(str(fault), markup=False)
    errors = sum(fault.error for fault in faults)
    if errors:
        out.print(f"{len(written.files())} entries, {errors} errors, {len(faults) - errors} pieces of advice")
        raise typer.Exit(1)
    entries = written.load()
    bare = list(shipped_facts())
    codes = {procedure.code for procedure in (*entries, *bare)}
    broken = list(events.lint(codes))
    for line in broken:
        out.print(f"events: error: {line}", markup=False)
    found = [f for f in quality.check_all(entries, today) if f.rule.id != "related_unknown" or f.detail not in codes]
    _by_rule(found)
    _completeness(entries)
    weight = facts.FACTS.stat().st_size if facts.FACTS.exists() else 0
    errors = len(broken) + sum(finding.rule.severity is Severity.ERROR for finding in found)
    out.print(
        f"{len(entries)} entries, {len(bare)} facts records ({weight:,} bytes), {len(events.events())} life events, "
        f"{errors} errors, {len(faults) - sum(f.error for f in faults)} pieces of advice"
    )
    if broken:
        raise typer.Exit(1)
    return found


def _check_imported(today: date) -> list[Finding]:
    _, store = prepare(Settings.read())
    with progress() as bar:
        task = bar.add_task("Checking records", total=None)
        found = list(quality.check_all(_told(store.iterate(), lambda: bar.advance(task)), today))
        total = int(bar.tasks[0].completed)
    _by_rule(found)
    out.print(f"{total} records checked")
    return found


def _told(procedures: Iterable[Procedure], tell: object) -> Iterable[Procedure]:
    for procedure in procedures:
        yield procedure
        if callable(tell):
            tell()


def _by_rule(found: list[Finding]) -> None:
    counts = quality.count(found)
    examples: dict[str, list[str]] = defaultdict(list)
    for finding in found:
        examples[finding.rule.id].append(finding.code)
    table = Table("rule", "severity", "records", "for example", box=None, pad_edge=False)
    order = list(Severity)
    for rule in sorted(quality.rules().values(), key=lambda rule: (order.index(rule.severity), -counts[rule.id])):
        if counts[rule.id]:
            codes = " ".join(dict.fromkeys(examples[rule.id][: _EXAMPLES * 3]))
            table.add_row(rule.id, rule.severity, str(counts[rule.id]), " ".join(codes.split()[:_EXAMPLES]))
    out.print(table)
    clean = len(quality.rules()) - sum(1 for rule in quality.rules() if counts[rule])
    out.print(f"{len(quality.rules())} rules, {clean} of them found nothing")


def _completeness(entries: list[Procedure]) -> None:
    filled = Counter(name for entry in entries for name in _FIELDS if getattr(entry, name))
    filled["receives"] = sum(entry.agency.receives is not None for entry in entries)
    filled["time limit in figures"] = sum(
        any(limit.quantity for method in entry.methods for limit in method.time_limits) for entry in entries
    )
    filled["fee told"] = sum(any(method.fees for method in entry.methods) for entry in entries)
    filled["English"] = sum(bool(entry.summary and entry.summary.en) for entry in entries)
    table = Table("field", "filled", "of", "share", box=None, pad_edge=False)
    for name, number in sorted(filled.items(), key=lambda pair: -pair[1]):
        table.add_row(name, str(number), str(len(entries)), f"{number / len(entries):.0%}")
    out.print(table)


def _explain(name: str) -> None:
    known = quality.rules()
    if name != "all" and name not in known:
        raise SourceError(f"No rule is called {name}. The rules: {', '.join(known)}.")
    for rule in known.values() if name == "all" else [known[name]]:
        out.print(f"{rule.id} ({rule.severity}, {rule.about})", markup=False)
        for label, words in (("Sai ở đâu", rule.explanation), ("Ví dụ", rule.example), ("Cách sửa", rule.fix)):
            out.print(f"  {label}: {words}", markup=False)
        if rule.caution:
            out.print(f"  Người dân được dặn: {rule.caution.vi}", markup=False)


def _write(path: Path, found: list[Finding]) -> None:
    try:
        with path.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as file:
            rows = csv.writer(file)
            rows.writerow(("code", "rule", "severity", "detail"))
            rows.writerows((f.code, f.rule.id, f.rule.severity.value, f.detail) for f in found)
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror}. Check the path and your rights.") from error
    out.print(f"{len(found)} findings written to {path}", markup=False)
