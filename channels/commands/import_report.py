"""What an import or a comparison came to, on the screen and as CSV."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.table import Table

from channels.commands.screen import err, out
from knowledge.comparing import Finding, Verdict, agreements
from knowledge.errors import SourceError
from knowledge.importing import Comparison, ImportReport
from knowledge.sources.reading import count_by_kind

_EXAMPLES = 3
_LISTED = 20
"""Lines of one kind on the screen; a file takes them all."""


def show(report: ImportReport) -> None:
    """What one import read, kept, could not read, and found to differ."""
    out.print(
        f"{report.source}: {report.read} records read; {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {len(report.set_aside)} set aside",
        markup=False,
    )
    if report.problems:
        _show_problems(report)
    _list([f"set aside: {p.record}: {p.kind}: {p.detail}" for p in report.set_aside])
    if report.compared:
        out.print(f"{report.compared} only compared: the catalogue has a record as full, or fuller, which stays live")
    if report.differences:
        _show_differences(report.differences)
    if report.incomplete:
        err.print(
            f"{report.source} ends before its end: what came before was kept. Get the whole file and import again."
        )


def show_comparison(comparisons: Sequence[Comparison]) -> None:
    """By field, how many files agree with the catalogue; then every field that does not."""
    findings = [finding for comparison in comparisons for finding in comparison.findings]
    table = Table("field", *Verdict, "agreement", box=None, pad_edge=False)
    for agreement in agreements(findings):
        share = "–" if agreement.share is None else f"{agreement.share:.2f}"
        table.add_row(agreement.field, *(str(count) for count in agreement.counts.values()), share)
    out.print(table)
    out.print("agreement: of the records where both sides say something, the share that says the same")
    for finding in findings:
        if finding.verdict in (Verdict.DIFFERS, Verdict.RECORD_SILENT):
            out.print(_line(finding), markup=False)
    unknown = [code for comparison in comparisons for code in comparison.unknown]
    if unknown:
        out.print(f"no live record in the same layer: {' '.join(unknown[:_LISTED])}{' …' * (len(unknown) > _LISTED)}")
    for comparison in comparisons:
        _list([f"set aside: {comparison.source}: {p.record}: {p.kind}: {p.detail}" for p in comparison.set_aside])


def write_csv(path: Path, reports: Sequence[ImportReport]) -> None:
    """Everything that could not be read, and every difference; with the file's name where there are several.

    Raises:
        SourceError: the file cannot be written.

    """
    named = len(reports) > 1
    rows = [(report.source, *row) for report in reports for row in _rows(report)]
    try:
        with path.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as file:
            writer = csv.writer(file)
            writer.writerow(("record", "field", "kind", "detail", *(["file"] * named)))
            writer.writerows((*row, *([source] * named)) for source, *row in rows)
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror}. Check the path and your rights.") from error
    out.print(f"{len(rows)} problems written to {path}", markup=False)


def _rows(report: ImportReport) -> Iterable[tuple[str, str, str, str]]:
    yield from ((p.record, p.field, p.kind.value, p.detail) for p in report.problems)
    yield from (
        (f.code, f.field, "differs_from_catalogue", f"file: {f.in_file} | catalogue: {f.in_record}")
        for f in report.differences
    )


def _show_problems(report: ImportReport) -> None:
    examples: dict[str, list[str]] = defaultdict(list)
    for problem in report.problems:
        examples[problem.kind].append(problem.record)
    table = Table("what could not be read as it stands", "times", "records", "for example", box=None, pad_edge=False)
    for kind, times in count_by_kind(report.problems).most_common():
        records = list(dict.fromkeys(examples[kind]))
        table.add_row(kind, str(times), str(len(records)), " ".join(records[:_EXAMPLES]))
    out.print(table)


def _show_differences(findings: Sequence[Finding]) -> None:
    by_field: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_field[finding.field].append(finding)
    table = Table("what differs from the catalogue", "records", "for example", box=None, pad_edge=False)
    for field, found in by_field.items():
        table.add_row(field, str(len(found)), " ".join(finding.code for finding in found[:_EXAMPLES]))
    out.print(table)
    _list([_line(finding) for finding in findings])


def _line(finding: Finding) -> str:
    if finding.verdict is Verdict.RECORD_SILENT:
        return f"{finding.code} {finding.field}: the record leaves open what the file says: {finding.in_file}"
    return f"{finding.code} {finding.field}: file: {finding.in_file or '–'} | record: {finding.in_record or '–'}"


def _list(lines: Sequence[str]) -> None:
    for line in lines[:_LISTED]:
        out.print(line, markup=False)
    if len(lines) > _LISTED:
        out.print(f"… and {len(lines) - _LISTED} more: --problems FILE writes them all")
