"""`tro-ly catalogue sync`: keep the catalogue in step with the portal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.assistant import now, prepare
from assistant.settings import Settings
from channels.commands.screen import err, out, progress, told_plainly
from knowledge.blank_forms import fetch_blanks
from knowledge.database import Database
from knowledge.errors import SourceError
from knowledge.portal_ledger import Ledger
from knowledge.sources.portal_http import Manners, PortalHttp
from knowledge.sources.portal_sync import Portal
from knowledge.sources.reading import count_by_kind
from knowledge.store import ProcedureStore
from knowledge.syncing import SyncReport, sync

_INTERRUPTED = 130


def sync_portal(
    url: Annotated[str, typer.Option(help="Address of the portal; TROLY_PORTAL_URL.")] = "",
    full: Annotated[bool, typer.Option("--full", help="Look into every record, changed or not.")] = False,
    department: Annotated[str, typer.Option(help="Only what this body published, by its code such as G15.")] = "",
    restart: Annotated[bool, typer.Option("--restart", help="Do not go on with an interrupted run.")] = False,
    many_gone: Annotated[bool, typer.Option("--many-gone", help="Believe a list that lost many records.")] = False,
    forms: Annotated[Path | None, typer.Option(help="Also save the blank forms into this folder.")] = None,
    vanished: Annotated[
        bool, typer.Option("--vanished", help="List what is gone from the portal; ask nothing.")
    ] = False,
) -> None:
    """Read what is new or changed on the national portal. Run it again to go on after an interruption."""
    with told_plainly():
        settings = Settings.read()
        database, store = prepare(settings)
        if vanished:
            _show_vanished(database)
            return
        http = PortalHttp(_address(url or settings.portal_url), _manners(settings))
        try:
            report = _sync(
                Portal(http), database, full=full, department=department, restart=restart, many_gone=many_gone
            )
            _show(http.name, report)
            if department and not report.counts.listed:
                _name_departments(Portal(http), department)
            if forms and not report.stopped:
                _fetch_blanks(Portal(http), store, forms)
        except KeyboardInterrupt:
            err.print("Interrupted. What was read is kept; run it again to go on from there.")
            raise typer.Exit(_INTERRUPTED) from None
        finally:
            http.close()
    if report.stopped:
        err.print(f"[bold red]stopped:[/] {_plain(report.stopped)}")
        raise typer.Exit(1)


def _address(url: str) -> str:
    if not url:
        raise SourceError("No portal is set: give --url, or set TROLY_PORTAL_URL to its address.")
    return url


def _manners(settings: Settings) -> Manners:
    return Manners(a_second=settings.portal_requests_a_second, timeout=settings.portal_timeout)


def _sync(
    portal: Portal, database: Database, *, full: bool, department: str, restart: bool, many_gone: bool
) -> SyncReport:
    with progress() as bar:
        task = bar.add_task("Reading the portal", total=None)
        return sync(
            portal,
            database,
            at=now(),
            full=full,
            department=department,
            restart=restart,
            many_gone=many_gone,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _show(name: str, report: SyncReport) -> None:
    counts = report.counts
    out.print(
        f"{name}: {counts.pages} pages, {counts.listed} records listed, {counts.fetched} fetched"
        f"{' (an earlier run gone on with)' if report.resumed else ''}\n"
        f"{counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged, {counts.set_aside} set aside; "
        f"{counts.vanished} vanished, {counts.returned} returned\n"
        f"{counts.requests} requests, {counts.retries} retries, {counts.seconds:.1f} seconds",
        markup=False,
    )
    for kind, times in count_by_kind(p for p in report.problems if not p.kind.sets_record_aside).most_common():
        out.print(f"not read as it stands: {kind}: {times} times", markup=False)
    for problem in report.set_aside:
        out.print(f"set aside: {problem.record}: {problem.kind}: {problem.detail}", markup=False)
    if report.undated:
        out.print("The list does not say when records changed: now and then, run it with --full.")
    if counts.added or counts.changed:
        out.print("Run `tro-ly index build` to make the changes searchable.")


def _name_departments(portal: Portal, asked: str) -> None:
    named = "\n".join(f"  {body.code}  {body.name}" for body in portal.departments())
    err.print(f"The portal lists nothing published by {asked}. The bodies it names:\n{named}", markup=False)


def _show_vanished(database: Database) -> None:
    gone = Ledger(database).vanished()
    for one in gone:
        code = one.code or one.portal_id
        out.print(f"{one.vanished_at}  {code}  {one.name} (last seen {one.last_seen})", markup=False)
    out.print(f"{len(gone)} records are gone from the portal")


def _fetch_blanks(portal: Portal, store: ProcedureStore, folder: Path) -> None:
    with progress() as bar:
        task = bar.add_task("Fetching blank forms", total=None)
        report = fetch_blanks(
            portal, store, folder, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    out.print(f"{report.saved} blank forms saved, {report.present} there already, {len(report.missing)} not given")
    for told in report.missing:
        out.print(f"not given: {told}", markup=False)


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
