"""An index that is open for searching, and where its parts lie.

index/CURRENT            the name of the build that serves
index/<build>/chroma     vectors of the names (with a server: the collection passages-<build>)
index/<build>/lexical    BM25 of the names and of the bodies
index/<build>/terms.npz  every passage as term numbers, so that an unchanged one is not read again
index/<build>/manifest.json
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedder import Embedder
from knowledge.errors import IndexMissing
from knowledge.lexical import LexicalIndex
from knowledge.passages import PASSAGES_VERSION
from knowledge.vectors import Vectors


class Index:
    """An index that is open for searching."""

    def __init__(self, folder: Path, embedder: Embedder, chroma_url: str = "") -> None:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["embedder"] != embedder.identity or manifest["format"] != PASSAGES_VERSION:
            raise IndexMissing("The index was built with another embedder or release: run `tro-ly index build`.")
        self.build: str = folder.name
        self.codes: list[str] = list(manifest["procedures"])
        self.priors = np.array([entry["prior"] for entry in manifest["procedures"].values()], dtype=np.float32)
        self.traits = np.array([entry["traits"] for entry in manifest["procedures"].values()], dtype=np.float32)
        """For each procedure, which of `TRAITS` it has."""
        self.fields = np.unique([entry["field"] for entry in manifest["procedures"].values()], return_inverse=True)[1]
        """For each procedure, the number of its field."""
        self.texts = [name for entry in manifest["procedures"].values() for name in entry["names"]]
        counts = [len(entry["names"]) for entry in manifest["procedures"].values()]
        self.owners = np.repeat(np.arange(len(self.codes)), counts)
        """For each name, the position of its procedure in `codes`."""
        self.name_counts = np.array(counts, dtype=np.float32)
        self.starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.intp)
        """For each procedure, the position of its first name in `texts`."""
        terms = {term: number for number, term in enumerate(read_terms(folder))}
        self.names = LexicalIndex.load(folder / "lexical" / "names", terms)
        self.body = LexicalIndex.load(folder / "lexical" / "body", terms)
        self.name_lengths = np.load(folder / "lexical" / "lengths.npy")
        """For each name, the summed weight of its words without marks."""
        self.longest_name = max(float(self.name_lengths.max(initial=0)), 1e-6)
        self.vectors = vectors_of(folder, embedder, chroma_url)
        self.positions = {code: position for position, code in enumerate(self.codes)}
        self.vectors.number(self.codes, self.starts)
        if self.vectors.count() != len(self.texts):
            raise IndexMissing(
                "The vectors of the index are not where TROLY_CHROMA_URL says: run `tro-ly index build`."
            )
        if not chroma_url:
            self.vectors.keep_in_memory()


def current(home: Path) -> Path | None:
    """The folder of the build that serves, None before the first."""
    named = pointer(home)
    if not named.exists():
        return None
    folder = home / "index" / named.read_text(encoding="utf-8").strip()
    return folder if (folder / "manifest.json").exists() else None


def pointer(home: Path) -> Path:
    """The file that names the build that serves."""
    return home / "index" / "CURRENT"


def stamp(pointer: str) -> tuple[int, int] | None:
    """What changes in that file whenever another build comes to serve; None before the first. It is looked at for every question."""
    try:
        told = os.stat(pointer)  # noqa: PTH116 - a Path takes twice as long
    except OSError:
        return None
    return told.st_ino, told.st_mtime_ns


def open_index(home: Path, embedder: Embedder, chroma_url: str = "") -> Index:
    """Open the build that serves.

    Raises:
        IndexMissing: nothing fitting was built yet.

    """
    folder = current(home)
    if folder is None:
        raise IndexMissing("No index yet: run `tro-ly index build`.")
    return Index(folder, embedder, chroma_url)


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a build holds, by code."""
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def read_terms(folder: Path) -> list[str]:
    """The terms of a build, each at the place of its number."""
    return (folder / "terms.txt").read_text(encoding="utf-8").split("\n")


def vectors_of(folder: Path, embedder: Embedder, chroma_url: str) -> Vectors:
    """The vectors of a build, in its folder or on the server."""
    if chroma_url:
        return Vectors.served(chroma_url, f"passages-{folder.name}", embedder)
    return Vectors.embedded(folder / "chroma", embedder)
