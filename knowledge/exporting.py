"""Procedures out of the catalogue, for other programs and other offices. What our own formats say can be imported again."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

import yaml

from knowledge import export_jsonld, export_table, workbook
from knowledge.errors import SourceError
from knowledge.export_terms import Terms, licence_of, terms_of
from knowledge.procedure import Layer, Procedure
from knowledge.sources.formats import EXPORT_MARK
from knowledge.sources.official import typed_code
from knowledge.store import ProcedureStore
from knowledge.text import fold, one_line

Progress = Callable[[int], None]

_LONGEST_SLUG = 60


class ExportFormat(StrEnum):
    """A form in which procedures go out."""

    JSON = "json"
    YAML = "yaml"
    JSONLD = "jsonld"
    CSV = "csv"
    XLSX = "xlsx"


def chosen(store: ProcedureStore, codes: Sequence[str] = (), layer: Layer | None = None) -> Iterator[Procedure]:
    """The procedures to export, by code: those that apply in Da Nang, as all layers tell them or as one does.

    Raises:
        SourceError: a code is none, or nothing is known under it.

    """
    wanted = list(dict.fromkeys(map(_code_of, codes))) or sorted(store.hashes())
    found = store.iterate(wanted) if layer is None else store.of_layer(layer, wanted)
    missing = dict.fromkeys(wanted)
    for procedure in found:
        missing.pop(procedure.code, None)
        if procedure.applies_in_da_nang:
            yield procedure
    if codes and missing:
        where = f" in the layer {layer.value}" if layer else ""
        raise SourceError(f"No procedure has the code {', '.join(missing)}{where}. Leave it out, or check it.")


def export(
    procedures: Callable[[], Iterable[Procedure]],
    form: ExportFormat,
    target: Path,
    at: datetime,
    progress: Progress = lambda _: None,
) -> int:
    """Write procedures to a file, all of it or nothing; how many there were. `procedures` is called twice.

    YAML of more than one procedure is a folder, one file each, as the catalogue itself is.

    Raises:
        SourceError: the file cannot be written, or there is nothing to write.

    """
    terms = terms_of(procedures(), at)
    if not terms.count:
        raise SourceError("There is nothing to export: import something, or name other codes or another layer.")
    counted = _counted(procedures(), progress)
    try:
        if form is ExportFormat.YAML and (terms.count > 1 or target.is_dir()):
            _write_folder(counted, terms, target)
        else:
            with _whole(target) as aside:
                _WRITERS[form](counted, terms, aside)
    except OSError as error:
        raise SourceError(
            f"{target} cannot be written: {error.strerror or error}. Check the path, your rights and the free space."
        ) from error
    return terms.count


def as_json(procedure: Procedure) -> dict[str, Any]:
    """The procedure as our own JSON: what is unknown is left out, and it can be read back equal."""
    told: dict[str, Any] = json.loads(procedure.model_dump_json(exclude_defaults=True, exclude={"version"}))
    return told


def as_yaml(procedure: Procedure, terms: Terms) -> str:
    """The procedure as an entry of the catalogue, its terms in a comment."""
    told = _plain({name: value for name, value in as_json(procedure).items() if name != "layer"})
    head = "".join(
        f"# {name}: {one_line(value)}\n" for name, value in {**terms.told, "licence": licence_of(procedure)}.items()
    )
    return head + yaml.dump(told, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)


def _write_json(procedures: Iterable[Procedure], terms: Terms, path: Path) -> None:
    head = json.dumps(terms.told, ensure_ascii=False)[1:-1]
    with _text(path) as file:
        file.write(f"{{{EXPORT_MARK}: 1, {head},\n")
        _write_list(file, "procedures", (as_json(procedure) for procedure in procedures))


def _write_jsonld(procedures: Iterable[Procedure], terms: Terms, path: Path) -> None:
    def nodes() -> Iterator[dict[str, Any]]:
        yield export_jsonld.dataset(terms)
        yield from map(export_jsonld.service, procedures)

    with _text(path) as file:
        file.write(f'{{"@context": {json.dumps(export_jsonld.CONTEXT)},\n')
        _write_list(file, "@graph", nodes())


def _write_list(file: IO[str], name: str, nodes: Iterable[dict[str, Any]]) -> None:
    """The last member of a JSON object: a list, one node a line."""
    file.write(f'"{name}": [')
    for number, node in enumerate(nodes):
        file.write(("," if number else "") + "\n" + json.dumps(node, ensure_ascii=False))
    file.write("\n]}\n")


def _write_yaml(procedures: Iterable[Procedure], terms: Terms, path: Path) -> None:
    with _text(path) as file:
        file.writelines(as_yaml(procedure, terms) for procedure in procedures)


def _write_folder(procedures: Iterable[Procedure], terms: Terms, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for procedure in procedures:
        slug = re.sub(r"[^a-z0-9]+", "-", fold(procedure.title.vi))[:_LONGEST_SLUG].strip("-")
        with _whole(folder / f"{procedure.code}-{slug}.yaml") as aside:
            _write_yaml((procedure,), terms, aside)


def _write_csv(procedures: Iterable[Procedure], terms: Terms, path: Path) -> None:
    """The terms are told in every row: a table has no other place for them."""
    del terms
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        rows = csv.writer(file)
        rows.writerow(export_table.header())
        rows.writerows([export_table.guarded(cell) for cell in export_table.row(one)] for one in procedures)


def _write_xlsx(procedures: Iterable[Procedure], terms: Terms, path: Path) -> None:
    def table() -> Iterator[Sequence[str]]:
        yield export_table.header()
        yield from map(export_table.row, procedures)

    workbook.written(path, [("Thủ tục", table()), ("Nguồn", list(terms.told.items()))])


_WRITERS: dict[ExportFormat, Callable[[Iterable[Procedure], Terms, Path], None]] = {
    ExportFormat.JSON: _write_json,
    ExportFormat.YAML: _write_yaml,
    ExportFormat.JSONLD: _write_jsonld,
    ExportFormat.CSV: _write_csv,
    ExportFormat.XLSX: _write_xlsx,
}


def _plain(value: Any) -> Any:
    """Sentences without a translation as the plain strings that people write in entries."""
    if isinstance(value, dict):
        return value["vi"] if set(value) == {"vi"} else {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _code_of(written: str) -> str:
    found = typed_code(written)
    if found is None:
        raise SourceError(f"«{written}» is no procedure code: give codes such as 1.001193 or 1.001193.H17.")
    return found[0]


def _counted(procedures: Iterable[Procedure], progress: Progress) -> Iterator[Procedure]:
    for number, procedure in enumerate(procedures, start=1):
        yield procedure
        progress(number)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A file aside that takes the place of the target once it is whole."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield aside
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _text(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", errors="replace")
