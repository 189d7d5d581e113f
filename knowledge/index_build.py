"""Building the index: incremental by content hash, atomic, the same from the same input.

A build is made aside and becomes current by renaming one small file: a killed build leaves the old one serving.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge import phrasings
from knowledge.embedder import Embedder
from knowledge.errors import IndexMissing, StorageError
from knowledge.index import current, read_manifest, read_terms, vectors_of
from knowledge.lexical import LexicalIndex
from knowledge.passages import PASSAGES_VERSION, body, names, traits
from knowledge.phrasings import Phrasings
from knowledge.procedure import Layer, Level, Passage, Procedure, Section
from knowledge.store import ProcedureStore
from knowledge.terms import document_terms, query_terms
from knowledge.text import syllables
from knowledge.vectors import Vectors

Rows = npt.NDArray[np.int32]

_NAMES = {"k1": 0.9, "b": 0.35}
_BODY = {"k1": 1.2, "b": 0.6}
_STALE_SECONDS = 3600
"""A half-made build older than this belongs to nobody any more."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is."""

    stage: str
    done: int
    total: int


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    build: str
    procedures: int
    passages: int
    fresh: int
    """How many procedures were read anew; the others were taken over."""
    removed: int
    seconds: float


@dataclass(slots=True)
class Entry:
    """What the index holds of one procedure."""

    hash: str
    prior: float
    field: str
    traits: list[bool]
    names: list[str]
    rows: list[Rows] = dataclasses.field(default_factory=list)
    """Term numbers of each name, then of the body."""


def build_index(
    home: Path,
    store: ProcedureStore,
    embedder: Embedder,
    *,
    chroma_url: str = "",
    sayings: Phrasings | None = None,
    report: Report = lambda _: None,
) -> BuildReport:
    """Bring the index up to date with the store, and make it the one that serves.

    Raises:
        StorageError: the folder cannot be written, or is full.

    """
    started = time.perf_counter()
    foreign = store.foreign_codes()
    sayings = phrasings.load() if sayings is None else sayings
    hashes = {
        code: value + phrasings.digest(sayings.get(code, ()))
        for code, value in store.hashes().items()
        if code not in foreign
    }
    if not hashes:
        raise IndexMissing("There is no procedure to index: run `tro-ly catalogue import FILE`.")
    build = _build_name(hashes, embedder)
    folder = home / "index" / build
    old = current(home)
    if old is not None and old.name == build:
        names_count = sum(len(entry["names"]) for entry in read_manifest(old)["procedures"].values())
        if _holds_vectors(old, names_count, embedder, chroma_url):
            return BuildReport(build, len(hashes), names_count, 0, 0, time.perf_counter() - started)
    try:
        result = _build_aside(folder, old, hashes, sayings, store, embedder, chroma_url, report)
        _make_current(home, folder)
        _sweep(home, keep=folder, embedder=embedder, chroma_url=chroma_url)
    except OSError as error:
        raise StorageError.of(error, str(home)) from error
    fresh, removed, passages = result
    return BuildReport(build, len(hashes), passages, fresh, removed, time.perf_counter() - started)


def _build_name(hashes: dict[str, str], embedder: Embedder) -> str:
    total = hashlib.blake2b(f"{PASSAGES_VERSION} {embedder.identity} {_NAMES} {_BODY}".encode(), digest_size=8)
    for code in sorted(hashes):
        total.update(f"{code}{hashes[code]}".encode())
    return total.hexdigest()


def _build_aside(
    folder: Path,
    old: Path | None,
    hashes: dict[str, str],
    sayings: Phrasings,
    store: ProcedureStore,
    embedder: Embedder,
    chroma_url: str,
    report: Report,
) -> tuple[int, int, int]:
    aside = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        kept, terms = _take_over(old, hashes, embedder)
        fresh = _read_fresh(
            [code for code in sorted(hashes) if code not in kept], hashes, sayings, store, terms, report
        )
        entries = {code: kept.get(code) or fresh[code] for code in sorted(hashes)}
        removed = _fill_vectors(aside, folder.name, old, entries, set(fresh), embedder, chroma_url, report)
        report(Progress("words", 0, 1))
        _write_lexical(aside, entries, terms)
        _write_manifest(aside, entries, embedder)
        report(Progress("words", 1, 1))
        names_count = sum(len(entry.names) for entry in entries.values())
        if not _holds_vectors(folder, names_count, embedder, chroma_url):
            shutil.rmtree(folder, ignore_errors=True)
        _put_in_place(aside, folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return len(fresh), removed, names_count


def _take_over(old: Path | None, hashes: dict[str, str], embedder: Embedder) -> tuple[dict[str, Entry], dict[str, int]]:
    """The entries of the old build that still hold, and its terms."""
    if old is None:
        return {}, {}
    manifest = read_manifest(old)
    if manifest["embedder"] != embedder.identity or manifest["format"] != PASSAGES_VERSION:
        return {}, {}
    terms = {term: number for number, term in enumerate(read_terms(old))}
    with np.load(old / "terms.npz") as data:
        flat, ends = data["flat"], data["ends"]
    rows = np.split(flat, ends[:-1])
    kept, position = {}, 0
    for code, told in manifest["procedures"].items():
        count = len(told["names"]) + 1
        if hashes.get(code) == told["hash"]:
            rest = (told["prior"], told["field"], told["traits"], told["names"])
            kept[code] = Entry(told["hash"], *rest, rows[position : position + count])
        position += count
    return kept, terms


def _read_fresh(
    codes: list[str],
    hashes: dict[str, str],
    sayings: Phrasings,
    store: ProcedureStore,
    terms: dict[str, int],
    report: Report,
) -> dict[str, Entry]:
    fresh: dict[str, Entry] = {}
    for number, procedure in enumerate(store.iterate(codes), start=1):
        texts = [passage.text for passage in names(procedure, sayings.get(procedure.code, ()))]
        entry = Entry(hashes[procedure.code], _prior(procedure), procedure.field, list(traits(procedure)), texts)
        found = [document_terms(syllables(text)) for text in texts]
        # A body is long enough to be found without its marks, which would make the index half as large again.
        found.append(query_terms(syllables(body(procedure).text), accented=False))
        entry.rows = [np.array([terms.setdefault(t, len(terms)) for t in row], dtype=np.int32) for row in found]
        fresh[procedure.code] = entry
        if number % 200 == 0 or number == len(codes):
            report(Progress("reading", number, len(codes)))
    return fresh


def _prior(procedure: Procedure) -> float:
    """How likely a citizen means this procedure before saying anything: small enough to break ties only."""
    prior = 0.05 if procedure.grade is not None or procedure.layer is Layer.WRITTEN else 0.0
    if Level.WARD in procedure.levels:
        prior += 0.02
    if any("Công dân" in subject.vi for subject in procedure.audience):
        prior += 0.01
    return prior - 0.15 if procedure.internal else prior


def _fill_vectors(
    aside: Path,
    build: str,
    old: Path | None,
    entries: dict[str, Entry],
    fresh: set[str],
    embedder: Embedder,
    chroma_url: str,
    report: Report,
) -> int:
    """Copy the old vectors and exchange what changed; from nothing where most of it did, or on a server."""
    gone: list[str] = []
    reuse = old is not None and (old / "chroma").exists() and not chroma_url and len(fresh) * 2 < len(entries)
    if reuse and old is not None:
        shutil.copytree(old / "chroma", aside / "chroma")
        gone = [code for code in read_manifest(old)["procedures"] if code not in entries or code in fresh]
    adding = sorted(fresh) if reuse else list(entries)
    passages = [
        Passage.model_construct(code=code, section=Section.OVERVIEW, text=text)
        for code in adding
        for text in entries[code].names
    ]
    ids = [f"{code}#{number}" for code in adding for number in range(len(entries[code].names))]
    vectors = (
        Vectors.served(chroma_url, f"passages-{build}", embedder)
        if chroma_url
        else Vectors.embedded(aside / "chroma", embedder)
    )
    done = 0

    def count(number: int) -> None:
        nonlocal done
        done += number
        report(Progress("vectors", done, len(passages)))

    try:
        vectors.remove(gone)
        vectors.add(passages, ids, count)
    finally:
        vectors.close()  # Chroma would meet its deleted files again in the next build of this process
    return len([code for code in gone if code not in entries])


def _write_lexical(aside: Path, entries: dict[str, Entry], terms: dict[str, int]) -> None:
    name_rows = [row for entry in entries.values() for row in entry.rows[:-1]]
    body_rows = [entry.rows[-1] for entry in entries.values()]
    all_names = LexicalIndex.build(name_rows, terms, **_NAMES)
    all_names.save(aside / "lexical" / "names")
    LexicalIndex.build(body_rows, terms, **_BODY).save(aside / "lexical" / "body")
    words = list(terms)
    weights = np.array(
        [all_names.weight(term) if term.startswith("~") and "_" not in term else 0.0 for term in words],
        dtype=np.float32,
    )
    lengths = np.array([weights[np.unique(row)].sum() for row in name_rows], dtype=np.float32)
    np.save(aside / "lexical" / "lengths.npy", lengths)
    rows = [row for entry in entries.values() for row in entry.rows]
    flat = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
    np.savez(aside / "terms.npz", flat=flat, ends=np.cumsum([len(row) for row in rows]))
    (aside / "terms.txt").write_text("\n".join(words), encoding="utf-8")


def _write_manifest(aside: Path, entries: dict[str, Entry], embedder: Embedder) -> None:
    told = {
        code: {
            "hash": e.hash,
            "prior": round(e.prior, 4),
            "field": e.field,
            "traits": [int(trait) for trait in e.traits],
            "names": e.names,
        }
        for code, e in entries.items()
    }
    manifest = {"format": PASSAGES_VERSION, "embedder": embedder.identity, "procedures": told}
    (aside / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def _holds_vectors(folder: Path, count: int, embedder: Embedder, chroma_url: str) -> bool:
    """Whether a build has its vectors where they are looked for: the setting may have changed since."""
    if not (folder / "manifest.json").exists():
        return False
    return vectors_of(folder, embedder, chroma_url).count() == count if chroma_url else (folder / "chroma").exists()


def _put_in_place(aside: Path, folder: Path) -> None:
    """Give a finished build its name, unless another process came first with the same one and may serve it already."""
    try:
        aside.rename(folder)
    except OSError:
        if not (folder / "manifest.json").exists():
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _make_current(home: Path, folder: Path) -> None:
    pointer = home / "index" / "CURRENT"
    aside = pointer.with_suffix(f".{os.getpid()}")
    aside.write_text(folder.name, encoding="utf-8")
    aside.replace(pointer)


def _sweep(home: Path, keep: Path, embedder: Embedder, chroma_url: str) -> None:
    """Remove older builds but the last: a process that still searches it may finish."""
    builds = sorted((f for f in (home / "index").iterdir() if f.is_dir()), key=lambda f: f.stat().st_mtime)
    finished = [f for f in builds if not f.name.endswith(".part") and f != keep]
    abandoned = [f for f in builds if f.name.endswith(".part") and time.time() - f.stat().st_mtime > _STALE_SECONDS]
    for folder in (*finished[:-1], *abandoned):
        if chroma_url and folder in finished:
            Vectors.served(chroma_url, f"passages-{folder.name}", embedder).drop()
        shutil.rmtree(folder, ignore_errors=True)
