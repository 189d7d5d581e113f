"""The same records and the same questions for everyone: full texts of what applies in Da Nang, and a sample of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.assistant import prepare
from assistant.settings import Settings
from evals.bench.given import QUESTIONS, SAMPLE, TEXTS, sample_codes
from evals.bench.timing import SEED
from evals.retrieval import ask
from knowledge import phrasings
from knowledge.database import Database
from knowledge.procedure import Procedure
from knowledge.store import ProcedureStore

_NO_WORDS = frozenset(
    {"url", "file_id", "file_name", "code", "local_unit", "jurisdiction", "coordinates", "currency", "decision"}
)
"""Fields that nobody would search by their words."""


def export(home: str, folder: str, sample: int) -> dict[str, int]:
    """Write the questions, the full texts, and the sample's codes: right answers first, then others by a fixed draw."""
    _, store = prepare(Settings.read({"TROLY_HOME": home}))
    found = [procedure for procedure in store.iterate() if procedure.applies_in_da_nang]
    questions = [*ask.load(ask.QUESTIONS), *ask.load(ask.OUT_OF_SCOPE)]
    right = sorted({procedure.code for procedure in found} & {code for q in questions for code in q.codes})
    others = sorted({procedure.code for procedure in found} - set(right))
    room = min(max(sample - len(right), 0), len(others))
    drawn = random.Random(SEED).sample(others, room)  # noqa: S311 - the same draw every time is the point
    sayings = phrasings.load()
    with (Path(folder) / TEXTS).open("w", encoding="utf-8") as file:
        for procedure in found:
            said = "\n".join(sayings.get(procedure.code, ()))
            file.write(json.dumps([procedure.code, full_text(procedure), said], ensure_ascii=False) + "\n")
    _write(Path(folder) / QUESTIONS, [[question.question, question.codes] for question in questions])
    _write(Path(folder) / SAMPLE, {"right": len(right), "codes": right + drawn})
    return {
        "procedures": len(found),
        "sample": len(right) + len(drawn),
        "right": len(right),
        "right_with_phrasings": sum(code in sayings for code in right),
    }


def sample_home(home: str, folder: str, count: int) -> dict[str, int]:
    """Make a home that holds the first procedures of the sample and nothing else."""
    _, store = prepare(Settings.read({"TROLY_HOME": home}))
    procedures = list(store.many(sample_codes(folder, count)).values())
    where = Path(folder) / "sample"
    where.mkdir()
    database = Database(Settings.read({"TROLY_HOME": str(where)}).database_url)
    database.migrate()
    ProcedureStore(database).write(procedures, source="bench", problems=(), read=len(procedures))
    database.close()
    return {"procedures": len(procedures)}


def full_text(procedure: Procedure) -> str:
    """The title and every other text of a record, in the order of its fields."""
    return "\n".join([procedure.name, *_texts(procedure.model_dump(exclude={"name"}))])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NO_WORDS:
                yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
    elif type(value) is str and value:  # a member of an enum is no text of the record
        yield value


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
