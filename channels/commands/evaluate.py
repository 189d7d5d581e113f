"""`tro-ly eval retrieval`: how often the right procedure is found, and what people meet with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.assistant import Assistant
from assistant.errors import SettingError
from assistant.model import ModelSettings
from assistant.settings import Settings
from channels.commands.screen import err, out, progress, told_plainly
from evals.retrieval import report as reports
from evals.retrieval.ask import ask_all
from evals.retrieval.compare import compare
from evals.retrieval.figures import Report
from evals.retrieval.homes import PORTAL_FILE, CatalogueName, folder_of, open_assistant
from evals.retrieval.questions import load, load_all
from evals.retrieval.score import score
from evals.retrieval.subjects import subjects
from evals.retrieval.tables import comparison_tables, misses, tables
from knowledge import embedder, phrasings
from knowledge.index_build import Progress

app = typer.Typer(help="How often it is right.", no_args_is_help=True)

Watch = Callable[[Progress], None]


@app.command("retrieval")
def retrieval(
    name: Annotated[
        CatalogueName, typer.Option("--catalogue", help="Which catalogue is asked.")
    ] = CatalogueName.SHIPPED,
    portal: Annotated[Path, typer.Option(help="The portal's records, for --catalogue portal.")] = PORTAL_FILE,
    as_json: Annotated[Path | None, typer.Option("--json", help="Write figures and every result here.")] = None,
    as_page: Annotated[Path | None, typer.Option("--html", help="Write one page with plots here.")] = None,
    list_misses: Annotated[bool, typer.Option("--misses", help="List what did not come first.")] = False,
    with_baselines: Annotated[bool, typer.Option("--baselines", help="Ask plain pipelines too: minutes.")] = False,
    with_unseen: Annotated[
        bool, typer.Option("--unseen", help="Also train and ask without the phrasings of one fold: minutes.")
    ] = False,
    fold: Annotated[int, typer.Option(min=0, max=phrasings.FOLDS - 1, help="Which fold --unseen leaves out.")] = 0,
    older: Annotated[Path | None, typer.Option("--compare", help="An older --json to hold this run against.")] = None,
) -> None:
    """Ask every question of evals/retrieval: what is ranked first, how sure it is, and what a person would meet with."""
    with told_plainly():
        old = reports.read(older) if older else None  # a wrong file is told before minutes of work
        settings = Settings.read()
        with _watched() as watch:
            assistant = open_assistant(name, settings, portal, watch)
            report = _measured(name, assistant, settings, watch)
            if with_baselines:
                _add_baselines(report, name, assistant, settings, watch)
            if with_unseen:
                _add_unseen(report, fold, assistant, settings, watch)
        _show(report, old, list_misses=list_misses)
        if as_json:
            reports.write(report, as_json)
        if as_page:
            _write_page(report, old, as_page)


@app.command("answers")
def answers(
    count: Annotated[int, typer.Option(min=1, help="So many questions, spread over all sets.")] = 200,
    model: Annotated[
        bool, typer.Option("--model", help="Insist on a language model: TROLY_MODEL must be set.")
    ] = False,
) -> None:
    """Ask as it is set up, language model and all: whose words go out, and whether anything in them stands nowhere."""
    from evals.answers import ask

    with told_plainly():
        if model and not ModelSettings.read().choices:
            raise SettingError("TROLY_MODEL is not set. Set it and TROLY_MODEL_URL; README tells how to start one.")
        with _watched() as watch:
            assistant = open_assistant(CatalogueName.SHIPPED, Settings.read(), report=watch)
        asked = ask.ask(assistant, ask.sample(count))
    for label, figure in ask.lines(asked):
        out.print(f"{label:<60}{figure}", markup=False, highlight=False)


@app.command("doubt")
def doubt(
    name: Annotated[
        CatalogueName, typer.Option("--catalogue", help="Which catalogue is asked.")
    ] = CatalogueName.SHIPPED,
    portal: Annotated[Path, typer.Option(help="The portal's records, for --catalogue portal.")] = PORTAL_FILE,
) -> None:
    """Fit the curves of knowledge/doubt.yaml on the odd-numbered questions and print them. Needs scikit-learn."""
    from evals.retrieval import doubt_fit

    with told_plainly(), _watched() as watch:
        assistant = open_assistant(name, Settings.read(), portal, watch)
        curves = doubt_fit.fit(doubt_fit.see(assistant.catalogue)[::2])
    for curve, weights in curves.items():
        told = ", ".join(f"{sign}: {weight}" for sign, weight in weights.items())
        out.print(f"{curve}: {{{told}}}", markup=False, soft_wrap=True)


def _measured(name: CatalogueName, assistant: Assistant, settings: Settings, watch: Watch) -> Report:
    questions = load_all()
    results = ask_all(assistant, questions, watch)
    figures = score(results, subjects(assistant.catalogue, questions, phrasings.load()))
    identity = embedder.build(settings.embedder).identity
    return reports.report_of(name.value, assistant.catalogue, identity, figures, results)


def _add_baselines(report: Report, name: CatalogueName, assistant: Assistant, settings: Settings, watch: Watch) -> None:
    from evals.retrieval import baselines

    folder = folder_of(settings, f"baselines/{name.value}")
    report["baselines"] = baselines.run(assistant.catalogue, load(), folder, watch)


def _add_unseen(report: Report, fold: int, assistant: Assistant, settings: Settings, watch: Watch) -> None:
    from evals.retrieval.unseen import unseen

    report["unseen"] = unseen(fold, assistant.catalogue, settings, load(), watch)


def _show(report: Report, old: Report | None, *, list_misses: bool) -> None:
    for part in tables(report):
        out.print(part)
        out.print()
    if old is not None:
        for part in comparison_tables(compare(report, old)):
            out.print(part)
    if list_misses:
        for line in misses(report):
            out.print(line)


def _write_page(report: Report, old: Report | None, path: Path) -> None:
    from evals.retrieval.page import page

    reports.write_text(path, page(report, old))
    err.print(f"page written: {path}", markup=False)


@contextmanager
def _watched() -> Iterator[Watch]:
    """Shows how far each piece of work is."""
    with progress() as bar:
        tasks: dict[str, int] = {}

        def watch(step: Progress) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bar.add_task(step.stage.capitalize(), total=None)
            bar.update(tasks[step.stage], completed=step.done, total=step.total or None)  # type: ignore[arg-type]

        yield watch
