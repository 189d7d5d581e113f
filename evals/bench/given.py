"""What every pipeline is given: records and questions, read from plain files, so that nobody pays for another's imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.bench.timing import Asked

TEXTS, QUESTIONS, SAMPLE = "texts.jsonl", "questions.json", "sample.json"


def read_texts(folder: str, count: int = 0, *, sayings: bool = False) -> dict[str, str]:
    """The full text of each procedure by code, or of the first so many of the sample, in the order of the sample."""
    with (Path(folder) / TEXTS).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts = {code: f"{text}\n{said}" if sayings else text for code, text, said in rows}
    return {code: texts[code] for code in sample_codes(folder, count)} if count else texts


def read_questions(folder: str) -> list[Asked]:
    """The questions that everyone is asked."""
    rows = json.loads((Path(folder) / QUESTIONS).read_text(encoding="utf-8"))
    return [Asked(text, tuple(codes)) for text, codes in rows]


def sample_codes(folder: str, count: int) -> list[str]:
    """The first so many codes of the sample."""
    codes: list[str] = _sample(folder)["codes"]
    return codes[:count]


def right_answers(folder: str) -> int:
    """How many codes of the sample, the first ones, are right answers to some question."""
    right: int = _sample(folder)["right"]
    return right


def _sample(folder: str) -> dict[str, Any]:
    sample: dict[str, Any] = json.loads((Path(folder) / SAMPLE).read_text(encoding="utf-8"))
    return sample
