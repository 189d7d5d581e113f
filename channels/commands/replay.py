"""The machine contract: `replay` and `search --jsonl` (DESIGN §9). These shapes are stable."""

from __future__ import annotations

import time
from typing import Any

from assistant.assistant import Assistant, now
from assistant.conversation import Answer, Memory, Turn
from channels.commands.jsonl import BadLine, text_of
from knowledge.reader import Catalogue


def replay_line(assistant: Assistant, line: dict[str, Any]) -> dict[str, Any]:
    """Run the turns of a line through the assistant; the result is that of the last turn.

    Raises:
        BadLine: the line is not `{"id", "turns": ["…"], "channel"?}`.
    """
    turns = line.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise BadLine('"turns" must be a list of strings with at least one')
    channel = text_of(line, "channel") if "channel" in line else "replay"
    memory = Memory()
    for text in turns:
        started = time.perf_counter()
        turn = Turn(conversation=f"replay-{line['id']}", text=text, at=now(), channel=channel)
        answer, memory = assistant.answer(turn, memory)
    return answer_line(line["id"], answer, (time.perf_counter() - started) * 1000)


def answer_line(identity: str | int, answer: Answer, ms: float) -> dict[str, Any]:
    """An answer in the shape that other tools read."""
    return {
        "id": identity,
        "status": answer.status.value,
        "procedures": list(answer.procedures[:10]),
        "text": answer.text,
        "citations": [{"code": c.code, "section": c.section.value, "url": c.url} for c in answer.citations],
        "facts": answer.facts.model_dump(mode="json") if answer.facts else {},
        "choices": [choice.code for choice in answer.choices],
        "report": None,
        "form": None,
        "ms": round(ms, 2),
    }


def search_line(catalogue: Catalogue, line: dict[str, Any], count: int) -> dict[str, Any]:
    """The hits of one query.

    Raises:
        BadLine: the line is not `{"id", "query"}`.
    """
    query = text_of(line, "query")
    started = time.perf_counter()
    result = catalogue.search(query, count)
    ms = (time.perf_counter() - started) * 1000
    hits = [{"code": hit.code, "score": hit.score} for hit in result.hits]
    return {"id": line["id"], "hits": hits, "confidence": result.confidence, "ms": round(ms, 2)}
