"""Falsehoods that look right: which frame tells them, and the wrong values that go into it."""

from __future__ import annotations

from random import Random

from evals.check import truths
from evals.check.frames import frames
from evals.check.spelling import copies
from evals.check.truths import Known, paper_name
from knowledge.competence import competence
from knowledge.places import Unit, places
from knowledge.procedure import FeeStatus, Language
from knowledge.text import fold

Lie = tuple[str, dict[str, str | None]]
NONE: Lie = ("", {})

_SAYS_FREE = (
    "miễn",
    "không thu",
    "không mất",
    "không phải nộp",
    "free",
    "no charge",
    "no fee",
    "không thu phí",
    "khong thu",
)


def lie(kind: str, known: Known, language: Language, rng: Random, unit: Unit | None) -> Lie:
    """The section whose frame tells a falsehood of a kind, and its values; an empty section where the record gives none."""
    match kind:
        case "amount" | "amount_words":
            return "fee", {"amount": truths.amount(known, language, rng, lie=True, words=kind == "amount_words")}
        case "duration" | "duration_words":
            return "time", {"limit": truths.limit(known, language, rng, lie=True, words=kind == "duration_words")}
        case "date":
            return "date", {"as_of": truths.as_of(known, language, rng, lie=True)}
        case "phone":
            return "phone", {"phone": truths.phone(rng, lie=True)}
        case "mail" | "url":
            return kind, {kind: rng.choice(frames()["lies"][kind])}
        case "document":
            wrong = truths.law(known, language, rng, lie=True, named=True)
            return "law", {"law_named": wrong, "law": wrong}
        case "code":
            return "code", {"code": truths.code(known, rng, lie=True)}
        case "agency":
            return "agency", {"agency": _strange(known, rng.choice(frames()["lies"]["agency"][language]))}
        case "ward":
            return "ward", {"ward": _other_ward(known, unit, language, rng)}
        case _:
            return _without_figure(kind, known, language, rng)


def free_case(known: Known, language: Language) -> str | None:
    """In which case it is free, in words."""
    fees = [fee for method in known.procedure.methods for fee in method.fees]
    told = [fee.condition.said_in(language) for fee in fees if fee.status is FeeStatus.FREE and fee.condition]
    return told[0].rstrip(".") if told else None


def _without_figure(kind: str, known: Known, language: Language, rng: Random) -> Lie:
    papers = known.papers(language)
    if kind == "free":
        return NONE if known.is_free or _mentions(known, *_SAYS_FREE) else ("free", {})
    if kind == "online":
        section = truths.online(known, lie=True)
        return (section, {}) if section else NONE
    if kind == "paper":
        wrong = rng.choice(_papers()[language])
        held = _mentions(known, *frames()["means"].get(wrong, ()))
        return "paper", {"paper": None if held else _strange(known, wrong)}
    if kind == "copies":
        counted = [paper for paper in papers if paper.originals or paper.copies]
        if not counted:
            return NONE
        number, paper = rng.randint(2, 5), rng.choice(counted)
        original = rng.random() < 0.5
        taken = {one.originals if original else one.copies for one in known.procedure.papers}
        if number in taken or _mentions(
            known, f"{number} bản", f"0{number} bản", f"{number} cop", f"{number} orig", "hai bản", "two cop"
        ):
            return NONE
        return "copies", {"count": copies(number, original, language, rng), "paper": paper_name(paper, language)}
    needed = [p for p in papers if not (p.from_data or p.condition or p.show_only or p.note or p.is_note)]
    names = [paper_name(paper, language) for paper in needed]
    fair = [
        name
        for name in names
        if len(name.split()) >= 2 and not _mentions(known, f"không cần {name}", f"không phải nộp {name}")
    ]
    return ("negation", {"paper": rng.choice(fair)}) if fair else NONE


def _mentions(known: Known, *words: str) -> bool:
    record = known.procedure.model_dump_json().lower()
    return any(word in record for word in words)


def _strange(known: Known, name: str) -> str | None:
    """The name, where the record has nothing that is called so, or nearly so."""
    told = competence(known.procedure)
    bodies = " ".join(f"{body.name.vi} {body.name.en}" for body in (told.receives, told.settles) if body)
    record = fold(f"{known.procedure.model_dump_json()} {bodies}")
    words = [word for word in fold(name).split() if word not in ("a", "the", "your", "two", "2", "an")]
    pairs = [" ".join(words[place : place + 2]) for place in range(max(len(words) - 1, 1))]
    return None if any(pair in record for pair in pairs) else name


def _other_ward(known: Known, unit: Unit | None, language: Language, rng: Random) -> str | None:
    units = list(places().units.values())
    if unit:
        near = [
            other for other, _ in places().nearest(unit.office.latitude, unit.office.longitude, 8) if other is not unit
        ]
        units = near if rng.random() < 0.7 else units
    other = rng.choice(units)
    names = [(other.kind, other.name), *((former.kind, former.name) for former in other.was)]
    kind, name = rng.choice(names)
    own = (
        fold(
            f"{unit.full_name} {unit.office.address} {unit.office.other_address} {' '.join(f'{f.name} {f.district}' for f in unit.was)}"
        )
        if unit
        else ""
    )
    if f" {fold(name)}" in own or fold(name) in fold(known.procedure.model_dump_json()) or not name[0].isalpha():
        return None
    if language == "en" and rng.random() < 0.5:
        return f"{name} {'commune' if kind == 'xã' else 'ward'}"
    return f"{kind} {name}"


def _papers() -> dict[str, list[str]]:
    papers: dict[str, list[str]] = frames()["lies"]["paper"]
    return papers
