"""The shipped catalogue: one YAML file a procedure, checked with line numbers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge.errors import CatalogueError
from knowledge.procedure import FeeStatus, Layer, Procedure
from knowledge.text import clean, fold, place_tones

CATALOGUE = Path(__file__).parent.parent / "catalogue"
SCHEMA = CATALOGUE / "schema.json"

_ABOLISHED = (
    "cap huyen",
    "quan, huyen",
    "ubnd huyen",
    "ubnd quan",
    "lao dong - thuong binh",
    "tai nguyen va moi truong",
)
"""Bodies that no longer receive a file since 1 July 2025."""

_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")

Node = yaml.nodes.Node


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake in a catalogue file, and where."""

    path: Path
    line: int
    message: str
    error: bool = True
    """False for advice that does not stop the catalogue from loading."""

    def __str__(self) -> str:
        kind = "error" if self.error else "advice"
        return f"{self.path.name}:{self.line}: {kind}: {self.message}"


def load(folder: Path = CATALOGUE) -> list[Procedure]:
    """The written entries, in order of code.

    Raises:
        CatalogueError: a file has mistakes; run `tro-ly catalogue check` for all of them.

    """
    return sorted((load_file(path) for path in files(folder)), key=lambda procedure: procedure.code)


def load_file(path: Path) -> Procedure:
    """One written entry.

    Raises:
        CatalogueError: it has mistakes, each told with its line.

    """
    try:
        return _procedure(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValueError, TypeError) as error:
        faults = lint_file(path) or [Fault(path, 1, str(error))]
        raise CatalogueError("\n".join(map(str, faults))) from error


def files(folder: Path = CATALOGUE) -> list[Path]:
    """The entry files, in a fixed order."""
    return sorted(folder.glob("*/*.yaml"))


def digest(folder: Path = CATALOGUE) -> str:
    """A digest of all entry files: changes when any of them does."""
    total = hashlib.blake2b(digest_size=16)
    for path in files(folder):
        total.update(path.read_bytes())
    return total.hexdigest()


def schema_text() -> str:
    """The JSON Schema of an entry file, as shipped beside the catalogue for editors."""
    schema = Procedure.model_json_schema(mode="validation")
    schema["title"] = "A written catalogue entry of Trợ lý 1022"
    for name in ("layer", "version", "jurisdiction"):
        schema["properties"].pop(name)
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def lint(folder: Path = CATALOGUE, today: date | None = None) -> list[Fault]:
    """Every fault of every file, codes used twice included."""
    faults: list[Fault] = []
    seen: dict[str, Path] = {}
    for path in files(folder):
        faults += lint_file(path, today)
        code = path.name.split("-")[0]
        if code in seen:
            faults.append(Fault(path, 1, f"code {code} stands in {seen[code].name} already"))
        seen.setdefault(code, path)
    return faults


def lint_file(path: Path, today: date | None = None) -> list[Fault]:
    """The faults of one file, in order of line."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return [Fault(path, path.read_bytes()[: error.start].count(b"\n") + 1, "not UTF-8: save the file as UTF-8")]
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return [_yaml_fault(path, text, error)]
    if not isinstance(root, yaml.MappingNode):
        return [Fault(path, 1, "an entry is a mapping of field names to values")]
    try:
        raw = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return [_yaml_fault(path, text, error)]
    except ValueError as error:
        line = next((line for words, line in _strings(root) if _is_no_day(words)), 1)
        return [Fault(path, line, f"no such date: {error}")]
    faults = [Fault(path, line, f"the key «{key}» stands twice") for key, line in _double_keys(root)]
    try:
        procedure = _procedure(raw)
    except ValidationError as error:
        details = error.errors()
        broken = {detail["loc"][:1] for detail in details if len(detail["loc"]) > 1}
        for detail in details:
            if detail["type"] == "too_short" and detail["loc"] in broken:
                continue  # the list is short only because its items are told to be wrong
            where = ".".join(str(part) for part in detail["loc"])
            faults.append(Fault(path, _line_of(root, detail["loc"]), f"{where}: {detail['msg']}"))
        return sorted(faults, key=lambda fault: fault.line)
    faults += _content_faults(path, root, procedure, today or date.today())  # noqa: DTZ011
    return sorted(faults, key=lambda fault: fault.line)


def _yaml_fault(path: Path, text: str, error: yaml.YAMLError) -> Fault:
    if isinstance(error, yaml.reader.ReaderError):
        return Fault(path, text.encode()[: error.position].count(b"\n") + 1, "not YAML: a control character")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return Fault(path, mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', error)}")


def _is_no_day(words: str) -> bool:
    """Whether YAML takes it for a date that no calendar has."""
    try:
        date.fromisoformat(words)
    except ValueError:
        return bool(_DAY.fullmatch(words))
    return False


def _procedure(raw: Any) -> Procedure:
    if not isinstance(raw, dict):
        raise TypeError("an entry is a mapping of field names to values")
    return Procedure.model_validate({**raw, "layer": Layer.WRITTEN})


def _content_faults(path: Path, root: Node, procedure: Procedure, today: date) -> Iterator[Fault]:
    yield from _missing(path, procedure)
    if path.name.split("-")[0] != procedure.code:
        yield Fault(path, _line_of(root, ("code",)), f"the file name must start with {procedure.code}-")
    if procedure.code in procedure.related:
        yield Fault(path, _line_of(root, ("related",)), "a procedure is not related to itself")
    for words, line in _strings(root):
        if clean(words) != words.strip() or place_tones(words) != words:
            yield Fault(path, line, f"write it in NFC with tone marks as in hòa, thủy, khỏe: «{words[:40]}»")
    yield from _abolished(path, root, procedure)
    for m, method in enumerate(procedure.methods):
        for f, fee in enumerate(method.fees):
            line = _line_of(root, ("methods", m, "fees", f))
            if fee.valid_to and fee.valid_to < today:
                yield Fault(path, line, f"this fee ended on {fee.valid_to:%d/%m/%Y}: remove it", error=False)
            if fee.status is FeeStatus.EXACT and fee.currency == "VND" and (fee.amount or 0) % 500:
                yield Fault(path, line, f"{fee.amount:g} đồng is no round amount: check it")


def _missing(path: Path, procedure: Procedure) -> Iterator[Fault]:
    for name in (
        "plain_name",
        "synonyms",
        "summary",
        "field",
        "levels",
        "audience",
        "methods",
        "results",
        "legal_basis",
    ):
        if not getattr(procedure, name):
            yield Fault(path, 1, f"«{name}» is missing or empty")
    if procedure.agency.receives is None:
        yield Fault(path, 1, "«agency.receives» is missing: where does a citizen of Da Nang go?")


def _abolished(path: Path, root: Node, procedure: Procedure) -> Iterator[Fault]:
    agency = procedure.agency
    for name, sentence in (("receives", agency.receives), ("settles", agency.settles)):
        if sentence and any(body in fold(sentence.vi) for body in _ABOLISHED):
            yield Fault(path, _line_of(root, ("agency", name)), f"abolished on 1/7/2025: «{sentence.vi}»")
    for number, paper in enumerate(procedure.papers):
        if "so ho khau" in fold(paper.name.vi):
            yield Fault(path, _line_of(root, ("papers", number)), "«sổ hộ khẩu» is abolished: never ask for it")


def _line_of(root: Node, location: tuple[int | str, ...]) -> int:
    """The line of the deepest node that the location reaches."""
    node = root
    for part in location:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), node)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return int(node.start_mark.line) + 1


def _double_keys(node: Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _double_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _double_keys(value)


def _strings(node: Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.value, node.start_mark.line + 1
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _strings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _strings(value)
