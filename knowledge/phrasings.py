"""How people say a procedure: the layer that bridges everyday speech and official titles.

One YAML file a field under `phrasings/`, code to a list of sayings. Content staff add a line; the next index build finds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.errors import CatalogueError

PHRASINGS = Path(__file__).parent / "phrasings"

Phrasings = Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=2)
def load(folder: Path = PHRASINGS) -> Phrasings:
    """The sayings of every code that has some.

    Raises:
        CatalogueError: a file is not a mapping of codes to lists of sayings.

    """
    sayings: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        for code, lines in raw.items():
            if not isinstance(code, str) or not isinstance(lines, list) or not all(isinstance(x, str) for x in lines):
                raise CatalogueError(f"{path.name}: «{code}» must be a quoted code with a list of sayings.")
            sayings[code] = (*sayings.get(code, ()), *lines)
    return sayings


FOLDS = 5
"""Into so many parts the procedures fall, to measure how one is found that nobody has written sayings for."""


def fold_of(code: str) -> int:
    """The part of a procedure, 0 to 4: the same on every machine and in every release."""
    return int.from_bytes(hashlib.blake2b(code.encode(), digest_size=8).digest(), "big") % FOLDS


def without(codes: Collection[str], sayings: Phrasings) -> Phrasings:
    """The sayings of all other procedures: how well one is found that nobody has written sayings for."""
    return {code: lines for code, lines in sayings.items() if code not in codes}


def digest(sayings: tuple[str, ...]) -> str:
    """Changes when the sayings of a code do; empty where there are none."""
    return hashlib.blake2b("\n".join(sayings).encode(), digest_size=8).hexdigest() if sayings else ""
