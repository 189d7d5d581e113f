"""What every command shares: the console, progress bars, and errors that say what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.errors import AssistantError
from knowledge.errors import KnowledgeError
from knowledge.index_build import Progress as Step

out = Console(soft_wrap=True, highlight=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, emoji=False)

_STAGES = {"reading": "Reading procedures", "vectors": "Placing vectors", "words": "Indexing words"}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn our own errors into one line and exit status 1."""
    try:
        yield
    except (KnowledgeError, AssistantError) as error:
        err.print(f"[bold red]error:[/] {escape(str(error))}", markup=True)
        raise typer.Exit(1) from error
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on standard error; plain where nobody watches."""
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        yield bar


@contextmanager
def index_progress() -> Iterator[Callable[[Step], None]]:
    """Shows how far an index build is; nothing where there is nothing to do."""
    with progress() as bar:
        tasks: dict[str, int] = {}

        def report(step: Step) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bar.add_task(_STAGES.get(step.stage, step.stage), total=step.total)
            bar.update(tasks[step.stage], completed=step.done)  # type: ignore[arg-type]

        yield report
