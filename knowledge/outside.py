"""What people ask that no procedure answers: sayings by kind, so that a search can tell when it is out of its depth.

One YAML file under `outside/`, kind to a list of sayings. Content staff add a line; `tro-ly embedder train` learns from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from knowledge import phrasings
from knowledge.embedder import StaticEmbedder
from knowledge.likeness import Sayings

FOLDER = Path(__file__).parent / "outside"


@lru_cache(maxsize=2)
def load(folder: Path = FOLDER) -> Mapping[str, tuple[str, ...]]:
    """The sayings of every kind.

    Raises:
        CatalogueError: a file is not a mapping of kinds to lists of sayings.

    """
    return phrasings.load(folder)


@lru_cache(maxsize=2)
def shipped(embedder: StaticEmbedder) -> Sayings:
    """The shipped sayings; made once for all searches with this embedder."""
    return Sayings(load(), embedder)
