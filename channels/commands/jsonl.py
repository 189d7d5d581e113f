"""Reading lines of JSON from other tools: a bad line is told with its number, and the rest still run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from channels.commands.screen import err
from knowledge.errors import SourceError

Handle = Callable[[dict[str, Any]], dict[str, Any]]


class BadLine(ValueError):
    """What is wrong with a line."""


def run(source: Path, target: Path, handle: Handle, count: Callable[[], None] = lambda: None) -> tuple[int, int]:
    """Handle every line of `source` into `target`; returns how many were handled and how many were bad.

    Raises:
        SourceError: a file cannot be read or written.
    """
    done = bad = 0
    if target.exists() and source.exists() and target.samefile(source):
        raise SourceError(f"{source}: the results would overwrite the questions. Give --out another name.")
    try:
        # An id may hold half a surrogate pair: written as the escape it came as.
        with source.open("rb") as lines, target.open("w", encoding="utf-8", errors="backslashreplace") as results:
            for number, raw in _numbered(lines):
                try:
                    result = handle(_parse(raw))
                except BadLine as error:
                    err.print(f"{source.name}, line {number}: {error}", markup=False)
                    bad += 1
                else:
                    results.write(json.dumps(result, ensure_ascii=False) + "\n")
                    done += 1
                count()
    except OSError as error:
        raise SourceError(
            f"{error.filename or target}: {error.strerror}. Check the path and your rights, and the free space."
        ) from error
    return done, bad


def text_of(line: dict[str, Any], key: str) -> str:
    """A field that must be text.

    Raises:
        BadLine: it is missing or no text.
    """
    value = line.get(key)
    if not isinstance(value, str):
        raise BadLine(f'"{key}" must be a string')
    return value


def _numbered(lines: Any) -> Iterator[tuple[int, bytes]]:
    yield from ((number, raw) for number, raw in enumerate(lines, start=1) if raw.strip())


def _parse(raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine("not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(line, dict):
        raise BadLine("not a JSON object")
    if not isinstance(line.get("id"), str | int):
        raise BadLine('"id" is missing')
    return line
