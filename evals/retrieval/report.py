"""A run as one value: everything that was measured, and what came of every question; written, and read again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.assistant import now
from evals.retrieval.ask import Result
from evals.retrieval.errors import EvaluationError
from evals.retrieval.figures import Entry, Figures, Report
from knowledge.errors import StorageError
from knowledge.reader import Catalogue

FORMAT = 2
"""Raise it when a report of before could not be compared any more."""


def report_of(
    catalogue_name: str, catalogue: Catalogue, embedder: str, figures: Figures, results: Sequence[Result]
) -> Report:
    """The report of a run."""
    entries = [entry(result) for result in results]
    codes = {code for told in entries for code in (*told["codes"], told["first"], *told["choices"])}
    return {
        "format": FORMAT,
        "at": now().isoformat(timespec="seconds"),
        "catalogue": catalogue_name,
        "procedures": len(catalogue.store.hashes()),
        "build": catalogue.build,
        "embedder": embedder,
        "figures": figures,
        "results": entries,
        "titles": {code: told.title.vi for code, told in sorted(catalogue.store.many(sorted(codes)).items())},
    }


def entry(result: Result) -> Entry:
    """What came of one question, as it is kept."""
    question = result.question
    return {
        "id": question.id,
        "group": question.group.value,
        "question": question.question,
        "speech": question.speech,
        "section": question.section,
        "kind": question.kind,
        "codes": list(question.codes),
        "rank": result.rank,
        "first": result.codes[0] if result.codes else "",
        "confidence": result.confidence,
        "outcome": result.outcome.value,
        "choices": list(result.choices),
    }


def write(report: Report, path: Path) -> None:
    """Write a report as JSON.

    Raises:
        StorageError: it cannot be written.

    """
    write_text(path, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a file that was asked for.

    Raises:
        StorageError: it cannot be written.

    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror or error}. Check the path, your rights and the free space."
        ) from error


def read(path: Path) -> Report:
    """A report that `write` wrote.

    Raises:
        EvaluationError: it is none, or of a release that measured otherwise.

    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read: {error.strerror or error}. Check the path.") from error
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{path} is no JSON: give a file that `tro-ly eval retrieval --json` wrote.") from error
    if not isinstance(told, dict) or "figures" not in told or "results" not in told:
        raise EvaluationError(f"{path} is no report: give a file that `tro-ly eval retrieval --json` wrote.")
    if told.get("format") != FORMAT:
        raise EvaluationError(f"{path} was written by another release: run that evaluation again, then compare.")
    report: Report = told  # type: ignore[assignment]
    return report
