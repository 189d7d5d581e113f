"""A catalogue ten times as large: the same procedures again and again, each time with other words in their names."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import count

from assistant.assistant import prepare
from assistant.settings import Settings
from evals.bench.timing import SEED
from knowledge import phrasings
from knowledge.passages import names
from knowledge.procedure import Layer, Procedure

TIMES = 10
_CHANGED = 0.3
"""This share of the words of a name is another word of the catalogue."""
_AT_ONCE = 2_000


def fill(home: str) -> dict[str, int]:
    """Make a home with the shipped catalogue and nine copies of what applies here, no two with the same names."""
    _, store = prepare(Settings.read({"TROLY_HOME": home}))
    shipped = [procedure for procedure in store.iterate() if procedure.applies_in_da_nang]
    sayings = phrasings.load()
    told = {p.code: [passage.text for passage in names(p, sayings.get(p.code, ()))] for p in shipped}
    words = [word for lines in told.values() for line in lines for word in line.split()]
    chosen, numbers = random.Random(SEED), count()  # noqa: S311 - the same copies every time is the point
    for _ in range(TIMES - 1):
        copies = [_copy(procedure, told[procedure.code], words, chosen, next(numbers)) for procedure in shipped]
        for part in _parts(copies):
            store.write(part, source="bench", problems=(), read=len(part))
    return {"procedures": len(shipped) * TIMES}


def _copy(
    procedure: Procedure, told: Sequence[str], words: Sequence[str], chosen: random.Random, number: int
) -> Procedure:
    title, *others = (_changed(line, words, chosen) for line in told)
    changes = {
        "code": f"9.{number:06d}",
        "name": title,
        "plain_name": None,
        "synonyms": tuple(others),
        "synonyms_en": (),
        "layer": Layer.NATIONAL,
    }
    return procedure.model_copy(update=changes)


def _changed(line: str, words: Sequence[str], chosen: random.Random) -> str:
    return " ".join(chosen.choice(words) if chosen.random() < _CHANGED else word for word in line.split())


def _parts(procedures: Sequence[Procedure]) -> Iterator[Sequence[Procedure]]:
    for start in range(0, len(procedures), _AT_ONCE):
        yield procedures[start : start + _AT_ONCE]
