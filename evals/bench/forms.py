"""A turn in a form with everything written down, and the documents made of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from assistant.assistant import build, now
from assistant.conversation import Turn
from assistant.forms.definition import forms
from assistant.settings import Settings
from evals.bench.timing import latency

FORM = "khai-sinh"
SAID = (
    "điền giúp tờ khai khai sinh",
    "đồng ý",
    "UBND phường Hải Châu",
    "tôi tên Nguyễn Thị Hoa sinh 12/3/1990, căn cước 048190001234 cấp 20/11/2021 do Bộ Công an",
    "mẹ",
    "đồng ý",
    "con tôi tên Lê Minh An sinh 5/11/2026 tại bệnh viện Phụ sản - Nhi Đà Nẵng, con trai",
    "đúng rồi",
    "Kinh",
    "Việt Nam",
    "phường Điện Bàn Bắc, Đà Nẵng",
    "Lê Văn Minh",
    "1988",
    "không có",
    "không có",
    "có",
    "3",
    "đúng hết, xuất tờ khai",
)
"""A whole declaration, as somebody fills it in."""


def run(home: str, rounds: int) -> dict[str, Any]:
    """Milliseconds of the turns of whole forms after a first, and of rendering what was told."""
    assistant = build(Settings.read({"TROLY_HOME": home}))
    turns: list[float] = []
    last = ""
    for number in range(rounds + 1):
        last, _ = assistant.conversations.open("bench", now())
        for text in SAID:
            turn = Turn(conversation=last, text=text, at=now())
            took = _timed(partial(assistant.reply, turn))
            turns += [took] if number else []
    filling = assistant.effects.forms.of(last, now())
    if filling is None:
        raise RuntimeError("the form was not kept")
    return {**latency(turns), **_rendered(filling.values, rounds)}


def _rendered(values: Any, rounds: int) -> dict[str, float]:
    from assistant.forms import docx, pdf

    form = forms()[FORM]
    ways: dict[str, Callable[[], object]] = {
        "docx": lambda: docx.render(form, values),
        "pdf": lambda: pdf.render_pdf(form, values),
    }
    # The first of each is what somebody waits for after a start; the others are what everybody else waits for.
    return {name: latency([_timed(way) for _ in range(rounds + 1)])["p95"] for name, way in ways.items()}


def _timed(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return (time.perf_counter() - started) * 1000
